"""What a plan's document does not say in a way that is read: each as a question, with what it does say about it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.plans.reader import Missing
from lib.plans.terms import PlanTerms
from lib.ui.plan_editor import edit_term
from lib.ui.plan_problem import problem_path, problem_words
from lib.ui.plan_shelf import plan_title
from lib.ui.plan_table import put_on_table
from lib.ui.plan_work import LISTS, Path, Work
from lib.ui.words import count, plain


def questions(work: Work, shelf: Mapping[str, PlanTerms]) -> None:
    """Every open question with the way to answer it; all of them from another plan in one step."""
    if work.problem:
        _problem(work, work.problem)
        return
    if not work.missing:
        st.caption(":material/check: Nothing is missing: the plan can run.")
        return
    with st.container(border=True, key="questions"):
        st.markdown(
            f":material/help: **{count(len(work.missing), 'term')} to ask for before the plan can run**"
        )
        for number, one in enumerate(work.missing):
            _question(work, number, one)
        _fill(work, shelf)


def _question(work: Work, number: int, one: Missing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"question_{number}"):
        st.markdown(plain(one.question), width="stretch")
        st.button(
            "Answer",
            key=f"answer_{number}",
            icon=":material/edit:",
            on_click=edit_term,
            args=(answer_path(work, one.term),),
        )
        if work.may_settle(number) and st.button(
            "Settled",
            key=f"settle_{number}",
            type="tertiary",
            icon=":material/check:",
            help="What is listed below already says it, or the plan does not have it.",
        ):
            put_on_table(work.settled(number))
            st.rerun()
    if one.quotes:
        with st.expander(f"What the document says about it, {count(len(one.quotes), 'sentence')}"):
            for quote in one.quotes:
                st.markdown(f"> {plain(quote)}")


def _problem(work: Work, problem: str) -> None:
    """What keeps the terms from being run though nothing is asked, with the way to the term."""
    st.error(plain(f"The terms cannot be run yet. {problem_words(problem)}"), icon=":material/error:")
    path = problem_path(work, problem)
    if path is not None:
        st.button("Answer", key="answer_problem", icon=":material/edit:", on_click=edit_term, args=(path,))


def answer_path(work: Work, term: str) -> Path:
    """Where an answer goes: to the schedule that is asked about, the end of a list, or the term itself."""
    name, _, more = term.partition(".")
    rule, _, part = more.rpartition(".")
    named = [one.get("name") for one in work.draft.get("grant_rules", [])]
    if name == "grant_rules" and part == "schedule" and rule in named:
        return (name, named.index(rule), part)
    if name in LISTS:
        return (name, len(work.draft.get(name, [])))
    if more == "returns" and work.draft.get("pool"):
        return ("pool", "returns")
    return (name,)


def _fill(work: Work, shelf: Mapping[str, PlanTerms]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        other = st.selectbox(
            "Or take what is missing from",
            list(shelf),
            format_func=lambda name: plan_title(name, shelf[name]),
            key="fill_from",
            width=420,
            help="Terms that this plan lacks are copied; nothing that was read is changed.",
        )
        if st.button("Take what is missing", key="fill", icon=":material/content_copy:"):
            terms = shelf[other]
            put_on_table(work.filled_from(terms.model_dump(mode="json", exclude_none=True), terms.title))
            st.rerun()
