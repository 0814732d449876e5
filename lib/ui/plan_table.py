"""The plans page's table of work: which plan is on it, kept with its edits while the session lasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from lib.plans.terms import PlanTerms
from lib.ui.plan_evidence import work_of_saved
from lib.ui.plan_links import CLAUSE_IN_LINK, PLAN_IN_LINK
from lib.ui.plan_work import Work

_WORKS: Final = "plan_works"
MOST_WORKS: Final = 20


def work_on_table(shelf: Mapping[str, PlanTerms]) -> Work | None:
    """The plan that the link names, with this session's edits; null where nothing is on the table."""
    name = st.query_params.get(PLAN_IN_LINK)
    if name is None:
        return None
    works = _works()
    if name not in works and name in shelf:
        put_on_table(work_of_saved(name, shelf[name]), keep_clause=True)
    return works.get(name)


def put_on_table(work: Work, *, keep_clause: bool = False) -> None:
    """Show a plan, or what an edit has made of it."""
    works = _works()
    works[work.name] = work
    while len(works) > MOST_WORKS:
        del works[next(iter(works))]
    st.query_params[PLAN_IN_LINK] = work.name
    if not keep_clause:
        st.query_params.pop(CLAUSE_IN_LINK, None)


def clear_table() -> None:
    """Show the start again; edits are kept."""
    st.query_params.pop(PLAN_IN_LINK, None)
    st.query_params.pop(CLAUSE_IN_LINK, None)


def forget(name: str) -> None:
    """Let the edits of a plan go, so that it is read afresh from the shelf."""
    _works().pop(name, None)


def _works() -> dict[str, Work]:
    works: dict[str, Work] = st.session_state.setdefault(_WORKS, {})
    return works
