"""The start of the plans page: drop in a document, start from the sample, or open a plan of the library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from lib.filings.names import display_name
from lib.plans.errors import TermsError
from lib.plans.reader import UnreadableDocument
from lib.plans.reader.isolated import read_plan_isolated
from lib.plans.terms import PlanTerms, read_terms
from lib.ui.navigation import ROOT
from lib.ui.plan_evidence import work_of_saved
from lib.ui.plan_exchange import work_of_ocf
from lib.ui.plan_shelf import is_saved, plan_title, saved_name
from lib.ui.plan_table import put_on_table
from lib.ui.plan_work import Work, work_of_reading, work_of_terms
from lib.ui.share import NOTE
from lib.ui.words import plain

SAMPLE: Final = ROOT / "sample_filings" / "director-plan.txt"
SAMPLE_NAME: Final = "sample-plan.yaml"
KINDS: Final = ["txt", "md", "html", "htm", "pdf", "yaml", "yml", "json"]
MOST_MB: Final = 20
NO_PLAN: Final = (
    "no term of a stock plan is understood in this document: no grant, vesting schedule, exercise window or pool"
    " of shares. It may be of another kind, or worded in another way."
)


def what_link_opens(work: Work, shelf: Mapping[str, PlanTerms]) -> str:
    """What a link to a plan restores: the plan as it is saved, for a document on the table stays in its session."""
    if work.name not in shelf and work.name != SAMPLE_NAME:
        return "Save the plan first: until then this link opens it in this session alone."
    return NOTE if not work.edits else f"{NOTE} Edits that are not saved are not in it."


def open_another(shelf: Mapping[str, PlanTerms]) -> None:
    """The ways in once a plan is on the table."""
    with st.popover("Open another plan", icon=":material/folder_open:"):
        _ways_in(shelf)


def start_panel(shelf: Mapping[str, PlanTerms]) -> None:
    """The ways in."""
    drop, library = st.columns([3, 2], gap="large")
    with drop:
        _drop_zone()
    with library:
        _sample()
        _library(shelf)


def _ways_in(shelf: Mapping[str, PlanTerms]) -> None:
    _drop_zone()
    _sample()
    _library(shelf)


def say_not_here(name: str) -> None:
    """Where a link names a plan that is neither saved nor open: why, and how to have it again."""
    st.info(
        f"{plain(name[:120])} is neither in this library nor open in this window. A document that was read but not"
        " saved is kept only until its page is closed or reloaded: drop it in again below, and save it to keep it.",
        icon=":material/info:",
    )


def _drop_zone() -> None:
    turn = st.session_state.get("plan_upload_turn", 0)
    dropped = st.file_uploader(
        "A plan document as text, PDF or page; terms as YAML; vesting terms in Open Cap Format",
        type=KINDS,
        max_upload_size=MOST_MB,
        key=f"plan_upload_{turn}",
    )
    if dropped is not None:
        work = _read(display_name(dropped.name), dropped.getvalue())
        if work is not None:
            st.session_state["plan_upload_turn"] = turn + 1
            put_on_table(work)
            st.rerun()


def _sample() -> None:
    if st.button("Start from the sample plan", icon=":material/description:", key="sample_plan"):
        open_sample()
        st.rerun()


def open_sample() -> None:
    """Put the sample plan on the table, under the name that its link restores it by."""
    work = _read(SAMPLE.name, SAMPLE.read_bytes())
    if work is not None:
        put_on_table(replace(work, name=SAMPLE_NAME))


def _library(shelf: Mapping[str, PlanTerms]) -> None:
    titles = {name: plan_title(name, terms) for name, terms in shelf.items()}
    st.caption("Or open a plan that is ready" + (", or one you saved:" if any(map(is_saved, shelf)) else ":"))
    for name, title in titles.items():
        if st.button(plain(title), icon=":material/article:", key=f"open_{name}", type="tertiary"):
            put_on_table(work_of_saved(name, shelf[name]))
            st.rerun()


def _read(name: str, data: bytes) -> Work | None:
    """The work that a file makes; where it cannot be read, the sentence why is shown."""
    try:
        if name.lower().endswith((".yaml", ".yml")):
            terms = read_terms(data.decode("utf-8-sig"))
            return work_of_terms(saved_name(terms.plan), terms)
        if name.lower().endswith(".json"):
            return work_of_ocf(name, _json(data))
        with st.spinner("Reading the plan"):
            reading = read_plan_isolated(name, data)
        if not reading.is_of_plan:
            raise UnreadableDocument(NO_PLAN)
        return work_of_reading(saved_name(str(reading.draft.get("plan") or name)), name, reading)
    except UnicodeDecodeError:
        st.error(f"{plain(name)} is not UTF-8 text; save it as UTF-8.", icon=":material/error:")
    except (TermsError, UnreadableDocument) as error:
        said = str(error)
        told = said if name in said else f"{name}: {said}"
        st.error(plain(told), icon=":material/error:")
    return None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise TermsError("This is not JSON that can be read.") from None
