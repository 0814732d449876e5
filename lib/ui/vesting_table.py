"""The schedule under the vesting pictures, and as a file for spreadsheets."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from lib.charts.look import day
from lib.exports.csv import csv_bytes
from lib.plans.result import GrantState
from lib.ui.figures import figure, written
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import DAY_FORMAT

CSV_HEADER = ("grant", "installment", "date", "weekday", "shares", "cumulative", "status")
MOST_ROWS, LONG_HEIGHT = 16, 480


def installment_table(found: Outcome) -> None:
    """Every installment as it would run without leaving, and what became of it; of all grants, a column names each."""
    rows = [
        {
            "Grant": f"{state.rule} {day(state.date)}",
            "No.": number,
            "Vests on": vest.date,
            "Day": f"{vest.date:%a}",
            "Shares": figure(vest.shares),
            "Cumulative": figure(vest.cumulative),
            "Status": status,
        }
        for state in found.result.grants
        for number, (vest, status) in enumerate(
            zip(state.installments, statuses(state, found.left, found.result.as_of), strict=True), 1
        )
    ]
    frame = pd.DataFrame(rows)
    if not found.whole and "Grant" in frame:
        frame = frame.drop(columns="Grant")
    config = {
        name: st.column_config.Column(width=width)
        for name, width in (("No.", 44), ("Shares", 74), ("Cumulative", 92))
    } | {
        "Day": st.column_config.TextColumn(width=52),
        "Vests on": st.column_config.DateColumn(format=DAY_FORMAT),
    }
    st.dataframe(
        written(frame, rows),
        hide_index=True,
        column_config=config,
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


def installments_csv(found: Outcome) -> bytes:
    """The schedules for spreadsheets: whole shares, ISO dates, no formulas."""
    return csv_bytes(
        CSV_HEADER,
        (
            (state.id, number, vest.date, f"{vest.date:%A}", vest.shares, vest.cumulative, status)
            for state in found.result.grants
            for number, (vest, status) in enumerate(
                zip(state.installments, statuses(state, found.left, found.result.as_of), strict=True), 1
            )
        ),
    )
