"""The schedule under the vesting pictures, and the view as files and as a link."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from lib.exports.csv import csv_bytes
from lib.plans.result import GrantState
from lib.ui.words import iso

CSV_HEADER = ("grant", "installment", "date", "weekday", "shares", "cumulative", "status")
MOST_ROWS, LONG_HEIGHT = 16, 480


def installment_table(state: GrantState, left: date | None, seen: date) -> None:
    """Every installment as it would run without leaving, and what became of it."""
    frame = pd.DataFrame(
        [
            {
                "No.": str(number),
                "Vests on": iso(vest.date),
                "Day": f"{vest.date:%a}",
                "Shares": f"{vest.shares:,}",
                "Cumulative": f"{vest.cumulative:,}",
                "Status": status,
            }
            for number, (vest, status) in enumerate(
                zip(state.installments, statuses(state, left, seen), strict=True), 1
            )
        ],
        dtype="str",
    )
    right = {
        name: st.column_config.TextColumn(alignment="right", width=width)
        for name, width in (("No.", 44), ("Shares", 74), ("Cumulative", 92))
    } | {"Day": st.column_config.TextColumn(width=52)}
    st.dataframe(
        frame,
        hide_index=True,
        column_config=right,
        height="content" if len(frame) <= MOST_ROWS else LONG_HEIGHT,
        alt=f"The schedule: {len(frame)} installments with day, shares, cumulative shares and status",
    )


def statuses(state: GrantState, left: date | None, seen: date) -> list[str]:
    """What became of each installment: vested, accelerated, forfeited or to come."""
    held = state.holding
    unlost = held.total - held.forfeited - held.unvested
    listed = []
    for vest in state.installments:
        in_service = vest.date <= seen and (left is None or vest.date <= left)
        if vest.cumulative <= unlost:
            listed.append("Vested" if in_service or not state.accelerated else "Accelerated")
        else:
            listed.append("To come" if held.unvested else "Forfeited")
    return listed


def downloads(state: GrantState, left: date | None, seen: date, scenario: Mapping[str, Any]) -> None:
    """The installments for a spreadsheet, the scenario for the command line, and the link to this view."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            data=lambda: installments_csv(state, left, seen),
            file_name="installments.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download_installments",
        )
        st.download_button(
            "Download scenario",
            data=lambda: json.dumps(scenario, indent=2).encode(),
            file_name="scenario.json",
            mime="application/json",
            icon=":material/data_object:",
            on_click="ignore",
            key="download_scenario",
            help="JSON with every input, for `python -m lib simulate`.",
        )


def installments_csv(state: GrantState, left: date | None, seen: date) -> bytes:
    """The schedule for spreadsheets: whole shares, ISO dates, no formulas."""
    return csv_bytes(
        CSV_HEADER,
        (
            (state.id, number, vest.date, f"{vest.date:%A}", vest.shares, vest.cumulative, status)
            for number, (vest, status) in enumerate(
                zip(state.installments, statuses(state, left, seen), strict=True), 1
            )
        ),
    )
