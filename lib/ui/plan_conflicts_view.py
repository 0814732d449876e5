"""Where a plan and its agreement forms differ, with both sentences, and the way there from the plan's head."""

from __future__ import annotations

from typing import Final

import streamlit as st

from lib.filings.words import days_as_read
from lib.plans.reader import Found
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
    """Each conflict with the plan's sentence beside the agreements'."""
    for conflict in work.conflicts:
        with st.container(border=True):
            st.markdown(f"**{plain(conflict.message)}**")
            plan, agreement = st.columns(2, gap="medium")
            with plan:
                was = conflict.superseded
                amended = " as amended" if was else ""
                _sentence(f"The plan{amended}, § {conflict.plan.clause}", conflict.plan.quote)
                if was:
                    _sentence(f"Superseded: the plan before, § {was.clause}", was.quote)
            with agreement:
                said: dict[str, list[Found]] = {}
                for one in (conflict.agreement, *conflict.also):
                    said.setdefault(one.quote, []).append(one)
                for quote, alike in said.items():
                    places = ", ".join(f"{one.term.partition('.')[0]} § {one.clause}" for one in alike)
                    _sentence(f"The agreement form{'s' if len(alike) > 1 else ''}: {places}", quote)


def _sentence(whose: str, quote: str) -> None:
    """A sentence under whose it is and where it stands."""
    st.caption(plain(days_as_read(whose)))
    st.markdown(f"> {plain(quote)}")
