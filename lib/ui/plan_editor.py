"""A dialog for one term of a plan: its fields, checked by its model before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from lib.plans.term import Term
from lib.ui.plan_shelf import plan_shelf
from lib.ui.plan_table import put_on_table, work_on_table
from lib.ui.plan_work import Path, Work
from lib.ui.term_form import MODELS, problem_of, schedule_form, term_form
from lib.ui.words import plain

NEW_SCHEDULE: Final = {"kind": "installments", "count": 12, "period_months": 3}
_EDITED: Final = "edited_term"
REMOVABLE: Final = frozenset({"breach", "price"})
"""Terms outside lists that a plan may lack."""


def edit_term(path: Path) -> None:
    """Open the dialog in the next run; ``path`` behind the end of a list adds a term to it."""
    st.session_state[_EDITED] = path


def add_button(work: Work, name: str, what: str) -> None:
    """A button that adds a term to a list."""
    st.button(
        f"Add {what}",
        key=f"add_{name}",
        type="tertiary",
        icon=":material/add:",
        on_click=edit_term,
        args=((name, len(work.draft.get(name) or [])),),
    )


def editor(work: Work) -> None:
    """The dialog for the term that is being edited, if one is."""
    path = st.session_state.get(_EDITED)
    if path is not None:
        _dialog(work.name, path)


def _close() -> None:
    st.session_state.pop(_EDITED, None)


@st.dialog("Edit a term", width="large", on_dismiss=_close)
def _dialog(name: str, path: Path) -> None:
    work = work_on_table(plan_shelf())
    if work is None or work.name != name:
        _close()
        st.rerun()
    value = work.at(path)
    quotes = [quote for one in work.missing if one.term.split(".")[0] == path[0] for quote in one.quotes]
    if quotes:
        st.caption("What the document says about it, and was not understood:")
        for quote in quotes:
            st.markdown(f"> {plain(quote)}")
    typed, model = _form(path, value or {})
    with st.container(horizontal=True, gap="small"):
        if st.button("Take over", type="primary", key="take_over"):
            problem = _problem(path, model, typed)
            if problem:
                st.error(plain(problem), icon=":material/error:")
            else:
                put_on_table(work.with_term(path, typed, _label(path, value)))
                _close()
                st.rerun()
        removable = value is not None and (isinstance(path[-1], int) or path[0] in REMOVABLE)
        if removable and st.button("Remove", icon=":material/delete:", key="remove_term"):
            put_on_table(work.without_term(path, f"Removed: {_place(path)}"))
            _close()
            st.rerun()


def _form(path: Path, value: Mapping[str, Any]) -> tuple[dict[str, Any], type[Term] | None]:
    """The fields of the term, and its model; a schedule has none of its own, and a new grant has both forms."""
    key = "edit_" + "_".join(map(str, path))
    if path[-1] == "schedule":
        return schedule_form(value, key), None
    model = MODELS.get(str(path[0]), Term) if path[-1] != "returns" else Term
    typed = term_form(model, value, key)
    if path[0] == "grant_rules" and "schedule" not in typed:
        st.markdown("**Its schedule**")
        typed["schedule"] = schedule_form(NEW_SCHEDULE, f"{key}_schedule")
    if path[0] == "pool" and "returns" not in typed and len(path) == 1:
        st.markdown("**Shares that become available again**")
        typed["returns"] = term_form(Term, {}, f"{key}_returns")
    return typed, model


def _problem(path: Path, model: type[Term] | None, typed: Mapping[str, Any]) -> str | None:
    problem = problem_of(model, typed)
    return None if problem is None else f"{_place(path)}: {problem}"


def _label(path: Path, before: object) -> str:
    return f"{'Added' if before is None else 'Edited'}: {_place(path)}"


def _place(path: Path) -> str:
    """A path in words: ``windows 2``, ``grant rules 1, schedule``."""
    words = ""
    for step in path:
        words += (
            f" {step + 1}" if isinstance(step, int) else f"{', ' if words else ''}{step.replace('_', ' ')}"
        )
    return words
