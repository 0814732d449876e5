"""The terms of a plan, a line each: what it is in words, the sentence it came from, its clause, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from lib.filings.words import days_as_read
from lib.plans.reader import Found, is_stated
from lib.plans.schedule_terms import Schedule
from lib.plans.terms import Acceleration, GrantRule, PriceRule, Window
from lib.ui.plan_editor import add_button, edit_term
from lib.ui.plan_links import CLAUSE_IN_LINK
from lib.ui.plan_work import Path, Work, is_taken, term_paths
from lib.ui.term_words import acceleration_words, price_words, rule_words, schedule_words, window_words
from lib.ui.words import plain

NAMES: Final = {
    "grant_rules": "Grant",
    "schedule": "Schedule",
    "eligibility": "Eligibility",
    "service": "Service",
    "windows": "Window after service",
    "accelerations": "Early vesting",
    "cap": "Longest life",
    "final_exercise_date": "Final Exercise Date",
    "breach": "Breach",
    "pool": "Pool",
    "returns": "Shares that return",
    "price": "Exercise price",
    "splits": "Splits",
    "exercise": "Exercise",
    "provisions": "Provision",
    "history": "Amendment",
}
GROUPS: Final = (
    ("Grants and vesting", ("grant_rules", "eligibility", "service")),
    ("Leaving", ("windows", "cap", "final_exercise_date", "breach")),
    ("Early vesting", ("accelerations",)),
    ("Shares, price, exercise", ("pool", "price", "splits", "exercise")),
)
ADDABLE: Final = {"Grants and vesting": "grant_rules", "Leaving": "windows", "Early vesting": "accelerations"}
OF_A_DOCUMENT: Final = (
    "Each term was read from the sentence beside it: “stated” where that says so outright, “likely” where"
    " somebody should look."
)
OF_A_PLAN_KEPT: Final = "The sentences beside the terms tell the clauses in short."
MEANT: Final[dict[Path, str]] = {
    ("service",): "the service that keeps an option alive",
    ("final_exercise_date",): "an agreement may name an earlier last day",
    ("breach",): "ends the right to exercise",
    ("pool", "returns"): "what ends unexercised goes back to the pool",
    ("splits",): "shares and prices follow a split",
    ("exercise",): "how an option is exercised",
}
"""What terms without a value of their own say, which is the sentence beside them."""
_SCHEDULE: Final[TypeAdapter[Any]] = TypeAdapter(Schedule)


def terms_view(work: Work) -> None:
    """Every term in its group, those of the clause that the link names first."""
    st.caption(OF_A_DOCUMENT if work.found else OF_A_PLAN_KEPT)
    clause = st.query_params.get(CLAUSE_IN_LINK)
    paths = list(term_paths(work.draft))
    if clause:
        _followed(work, paths, clause)
    for title, names in GROUPS:
        st.subheader(title, anchor=False)
        listed = [path for path in paths if path[0] in names]
        for path in listed:
            _line(work, path)
        if not listed:
            st.caption("Nothing was found.")
        if title in ADDABLE:
            name = ADDABLE[title]
            add_button(work, name, NAMES[name].lower())


def _followed(work: Work, paths: list[Path], clause: str) -> None:
    """The terms of one clause, marked: where a figure of the vesting page leads."""
    meant = [path for path in paths if _clause(work, path) == clause]
    with st.container(border=True, key="followed"):
        if meant:
            st.markdown(f":material/gavel: **§ {plain(days_as_read(clause))}**")
            for path in meant:
                _line(work, path, key="followed")
        else:
            st.markdown(f"This plan has no term under § {plain(days_as_read(clause))} any more.")


def _clause(work: Work, path: Path) -> str:
    term = work.at(path)
    return str(term.get("clause", "")) if isinstance(term, Mapping) else ""


def _line(work: Work, path: Path, key: str = "term") -> None:
    term = work.at(path)
    found = work.evidence(term)
    with st.container(key=f"{key}_{'_'.join(map(str, path))}", gap="small"):
        words, sentence, place, action = st.columns([4, 6, 2, 1], gap="small", vertical_alignment="top")
        with words:
            kind = NAMES[str(path[-1] if isinstance(path[-1], str) else path[-2])]
            st.markdown(f"**{kind}**{_in_words(path, term)}")
        with sentence:
            st.markdown(f"> {plain(str(term.get('text', '')))}" if term.get("text") else "_No sentence._")
        with place:
            known = _how_known(work, term, found)
            st.markdown(
                f"§ {plain(days_as_read(str(term.get('clause', ''))))}" + (f"  \n{known}" if known else "")
            )
        with action:
            st.button(
                "Edit",
                key=f"{key}_edit_{'_'.join(map(str, path))}",
                type="tertiary",
                icon=":material/edit:",
                help="Change this term; every change can be undone.",
                on_click=edit_term,
                args=(path,),
            )


def _how_known(work: Work, term: object, found: Found | None) -> str:
    """How a term of a document is known: stated by the sentence, made likely by it, typed by a person, or borrowed."""
    if is_taken(term):
        return "**not this plan's own**"
    if found is not None:
        return ":gray[stated]" if is_stated(found) else "**likely, check it**"
    return ":gray[edited]" if work.found else ""


def _in_words(path: Path, term: Mapping[str, Any]) -> str:
    """The value of a term in words, after its name."""
    try:
        told = _words(path, term)
    except ValidationError:
        told = "not complete"
    return f"  \n{plain(told)}" if told else ""


def _words(path: Path, term: Mapping[str, Any]) -> str:
    match path:
        case ("grant_rules", _, "schedule"):
            return schedule_words(_SCHEDULE.validate_python(term))
        case ("grant_rules", _):
            rule = GrantRule.model_validate(
                {
                    "schedule": {
                        "kind": "installments",
                        "count": 1,
                        "period_months": 1,
                        "clause": "-",
                        "text": "-",
                    }
                }
                | dict(term)
            )
            return f"{rule.name.replace('_', ' ')}: {rule_words(rule)}"
        case ("windows", _):
            return window_words(Window.model_validate(term))
        case ("accelerations", _):
            return acceleration_words(Acceleration.model_validate(term))
        case ("price",):
            return price_words(PriceRule.model_validate(term))
        case ("cap",):
            return f"{term.get('years', '?')} years from grant"
        case ("pool",):
            limit = term.get("limit")
            return f"{limit:,} shares" if isinstance(limit, int) else "not known"
        case ("eligibility",):
            return "employees are left out" if term.get("excludes_employees") else "employees included"
        case _:
            return MEANT.get(path, "")
