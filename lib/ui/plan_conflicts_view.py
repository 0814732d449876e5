"""Where a plan and its agreement forms differ, with both sentences, and the way there from the plan's head."""

from __future__ import annotations

from typing import Final

import streamlit as st

from lib.filings.words import days_as_read
from lib.ui.plan_work import Work
from lib.ui.words import count, plain

PART: Final = "plan_part"
"""The query parameter of the part of a plan that is shown."""
CONFLICTS: Final = "Conflicts"


def link_to_conflicts(work: Work) -> None:
    """How many conflicts there are, as the button that opens them."""
    if work.conflicts:
        st.button(
            f"{count(len(work.conflicts), 'conflict')} between plan and agreements",
            key="show_conflicts",
            type="tertiary",
            icon=":material/difference:",
            on_click=_show,
        )


def _show() -> None:
    st.session_state[PART] = CONFLICTS


def conflicts_view(work: Work) -> None:
    """Each conflict with the plan's sentence beside the agreement's."""
    for conflict in work.conflicts:
        with st.container(border=True):
            st.markdown(f"**{plain(conflict.message)}**")
            plan, agreement = st.columns(2, gap="medium")
            for place, who, one in (
                (plan, "The plan", conflict.plan),
                (agreement, "The agreement", conflict.agreement),
            ):
                with place:
                    st.caption(f"{who}, § {plain(days_as_read(one.clause))}")
                    st.markdown(f"> {plain(one.quote)}")
