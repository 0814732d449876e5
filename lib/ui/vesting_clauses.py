"""The clause behind every figure, each leading to its place among the plan's terms."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lib.filings.words import days_as_read
from lib.plans.result import Citation
from lib.ui.navigation import PLANS
from lib.ui.plan_links import term_link
from lib.ui.vesting_numbers import NAMES
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import plain


def clause_links(found: Outcome, key: str) -> None:
    """A line a clause: the figures that rest on it, what it says, and the way to it on the Plans page."""
    for number, (cited, names) in enumerate(by_clause(found.state.citations, found.units).items()):
        clause, text = cited
        with st.container(key=f"{key}_clause_{number}", gap=None):
            st.markdown(f"**{', '.join(names)}:** {plain(days_as_read(text))}")
            st.page_link(
                PLANS,
                label=f"§ {plain(days_as_read(clause))}",
                icon=":material/gavel:",
                query_params=term_link(found.scenario.plan, clause),
            )
    st.caption(
        "Summaries of the filed plan, which is what counts. How a disputed text is read is a modelling judgement."
    )


def by_clause(citations: Iterable[Citation], units: bool) -> dict[tuple[str, str], list[str]]:
    """The names of the figures that rest on each clause, with what the clause says."""
    listed: dict[tuple[str, str], list[str]] = {}
    for one in citations:
        name = "Delivered" if units and one.value == "exercised" else NAMES[one.value]
        names = listed.setdefault((one.clause, one.text), [])
        names += [name] if name not in names else []
    return listed
