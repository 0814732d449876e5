"""A bar for each grant with vesting, window and cap, and the plan's shares over time."""

from __future__ import annotations

import streamlit as st

from lib.charts.grant_bars import grant_bars, grant_bars_alt
from lib.charts.pool import pool_alt, pool_figure, pool_words
from lib.plans.clocks import clocks
from lib.plans.timeline import pool_steps
from lib.ui.navigation import is_dark
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import plain

QUIET = {"displayModeBar": False, "doubleClick": False}


def clocks_and_pool(found: Outcome) -> None:
    """Both pictures, each under its takeaway."""
    bars = clocks(found.terms, found.scenario)
    what = "vests" if found.units else "vests, can be exercised, and ends at the latest"
    st.markdown(f"**When each grant {what}**")
    st.plotly_chart(
        grant_bars(bars, found.left, departure=found.departure, units=found.units, dark=is_dark()),
        key="grant_bars",
        theme=None,
        config=QUIET,
        alt=grant_bars_alt(bars, found.units),
    )
    if not found.units:
        st.caption(
            "Wide bar: while it vests. Green: while something can be exercised, to the diamond, the last day."
            " Thin line: the longest life, by the cap or the Final Exercise Date."
        )
    st.markdown(f"**The pool: {plain(pool_words(found.result.pool))}**")
    st.plotly_chart(
        pool_figure(
            pool_steps(found.terms, found.scenario), found.result.as_of, mark=found.mark, dark=is_dark()
        ),
        key="pool",
        theme=None,
        config=QUIET,
        alt=pool_alt(pool_steps(found.terms, found.scenario)),
    )
    st.caption(
        "Counts the grants on this page alone: shares issued at the bottom, under option above them. Unvested shares"
        " return when service ends, vested ones the day after the last day to exercise."
    )
