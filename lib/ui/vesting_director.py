"""All automatic grants of a director: which arose and which did not, and what each comes to."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from lib.charts.vesting_words import set_by
from lib.filings.words import days_as_read
from lib.holdings.words import capital
from lib.ui.figures import figure, written
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import DAY_FORMAT, plain

ELIGIBILITY: Final = frozenset({"A11", "A12", "A13", "A14", "A46"})
"""The rules whose findings tell why a grant did or did not arise."""


def grants_of_director(found: Outcome) -> None:
    """A row a grant, then why grants did not arise."""
    rows = [
        {
            "Grant": state.rule.replace("_", " ").capitalize(),
            "Granted": state.date,
            "Shares": figure(state.shares),
            "Exercisable": figure(state.holding.exercisable),
            "Unvested": figure(state.holding.unvested),
            "Exercised": figure(state.holding.exercised),
            "Forfeited": figure(state.holding.forfeited),
            "Lapsed": figure(state.holding.lapsed),
            "Last day": state.last_day.date if state.last_day and not state.last_day.at_once else None,
            "Set by": capital(set_by(state.last_day)),
        }
        for state in found.result.grants
    ]
    st.dataframe(
        written(pd.DataFrame(rows), rows),
        hide_index=True,
        column_config={
            name: st.column_config.DateColumn(format=DAY_FORMAT) for name in ("Granted", "Last day")
        },
        placeholder="",
        height="content",
        alt=f"The director's {len(rows)} automatic grants with their shares and last days",
    )
    refused = [one for one in found.result.findings if one.rule in ELIGIBILITY]
    st.markdown("**Eligibility**")
    if refused:
        st.markdown("\n".join(f"- {plain(days_as_read(one.message))}" for one in refused))
    else:
        st.markdown("Every election and meeting in these dates made the grant that the plan provides for.")
