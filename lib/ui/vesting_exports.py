"""The view as files, computed when they are asked for, and as a link that restores all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from lib.exports.report import Report, report_html
from lib.plans.terms import PlanTerms
from lib.ui.day_slider import span_in_link, span_key
from lib.ui.filed_banner import filled_in_link
from lib.ui.plan_shelf import is_saved
from lib.ui.share import current_link, title_with_menu
from lib.ui.vesting_compare import pinned_words
from lib.ui.vesting_memo import memo
from lib.ui.vesting_outcome import Outcome
from lib.ui.vesting_pins import PIN, pinned
from lib.ui.vesting_table import installments_csv
from lib.ui.vesting_workbook import scenario_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def share_popover() -> PopoverContainer:
    """Where the files stand; they are drawn only while it is open, so that a slider's step need not."""
    place: PopoverContainer = st.popover("Export", icon=":material/download:", key="share", on_change="rerun")
    return place


def share(
    place: PopoverContainer, found: Outcome, data: Mapping[str, Any], shelf: Mapping[str, PlanTerms]
) -> None:
    """The files of what is shown, while they are asked for."""
    if not place.open:
        return
    link = link_to_view(shelf)
    pins, _ = pinned(pinned_words(), shelf)  # now, for a file is made after the run, without its session
    with place, st.container(horizontal=True, gap="small", key="exports"):
        _file("Excel", "table_view", lambda: scenario_workbook(found, pins, link), "vesting.xlsx", XLSX)
        _file("CSV", "csv", lambda: installments_csv(found), "installments.csv", "text/csv")
        _file(
            "Memo as PDF",
            "picture_as_pdf",
            lambda: _memo_pdf(memo(found, pins, link)),
            "vesting-memo.pdf",
            "application/pdf",
        )
        _file(
            "Memo",
            "description",
            lambda: report_html(memo(found, pins, link)),
            "vesting-memo.html",
            "text/html",
        )
        _file(
            "Scenario",
            "data_object",
            lambda: json.dumps(data, indent=2).encode(),
            "scenario.json",
            "application/json",
        )


def link_title() -> PopoverContainer:
    """The page's title with the menu for the link that restores all of it."""
    note = "Restores every input, reading and pinned scenario, for whoever can reach this server."
    if is_saved(st.session_state.get("plan", "")):
        note += " The plan is saved in this library; in another one its file is needed too."
    return title_with_menu("Vesting", note)


def link_to_view(shelf: Mapping[str, PlanTerms]) -> str:
    """The page's address with every input that is not as on a first visit, and the days and spans of both sliders.

    To be asked for once both sliders are drawn: their days are in the session from then on.
    """
    sliders = {
        name: [text]
        for key in ("granted", "leaves")
        for name, text in ((key, st.session_state[key].isoformat()), (span_key(key), span_in_link(key)))
        if text
    }
    return current_link({**filled_in_link(shelf), **sliders, PIN: pinned_words()})


def _memo_pdf(said: Report) -> bytes:
    from lib.exports.report_pdf import report_pdf

    return report_pdf(said)


def _file(label: str, icon: str, data: Any, name: str, kind: str) -> None:
    helps = {
        "Excel": "Inputs, figures, grants, installments, events, pool and clauses as a workbook.",
        "CSV": "The installments with what became of each.",
        "Memo as PDF": "Figures, clauses, assumptions and open readings, fit to print or send.",
        "Memo": "The same as a page for the browser.",
        "Scenario": "JSON with every input, for `python -m lib simulate`.",
    }
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=kind,
        icon=f":material/{icon}:",
        on_click="ignore",
        key=f"download_{label.lower().replace(' ', '_')}",
        help=helps[label],
    )
