"""The ledger under the holdings chart: opening, change, closing, and what is unexplained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from lib.charts.holdings_words import line_names
from lib.charts.look import amount, signed
from lib.exports.csv import csv_bytes
from lib.holdings.ledger import Ledger, Position, Report
from lib.ui.navigation import FILING
from lib.ui.words import iso

CSV_HEADER = (
    "issuer",
    "owner",
    "security",
    "ownership",
    "date",
    "form",
    "codes",
    "opening",
    "change",
    "closing",
    "unexplained",
    "unexplained_within",
    "filing",
    "most_likely",
)

Cause = Callable[[Position, Report], str]
"""What most likely explains a report's unexplained amount; empty where there is none."""


def ledger_table(ledgers: Sequence[Ledger], cause: Cause) -> None:
    """Every report of every line, a row each; picking one offers its filing.

    ``cause`` says what most likely explains a report's unexplained amount.
    """
    names = line_names([one.position for one in ledgers])
    rows = [
        (name, report, cause(one.position, report))
        for name, one in zip(names, ledgers, strict=True)
        for report in one.reports
    ]
    frame = pd.DataFrame([_row(name, report, why) for name, report, why in rows], dtype="str")
    if not any(why for _, _, why in rows):
        frame = frame.drop(columns="Most likely")
    columns = {
        head: st.column_config.TextColumn(alignment="right", help=explained)
        for head, explained in (
            ("Opening", "What must have been held before the filing's transactions"),
            ("Change", "What the filing's transactions add up to"),
            ("Closing", "What the filing says is held after them"),
            ("Unexplained", "The opening, less the closing of the report before"),
        )
    }
    columns["Most likely"] = st.column_config.TextColumn(
        width="large", help="What most likely explains the amount; the checks page has every candidate"
    )
    event: Any = st.dataframe(
        frame,
        key=f"ledger_{hash(tuple(rows)) & 0xFFFFFFFF:x}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        placeholder="",
        height="auto" if len(frame) <= 10 else 480,
        alt="The ledger: opening, change, closing and unexplained amount of every report",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = [rows[n][1] for n in event.selection.rows if n < len(rows)]
        if st.button("Open filing", key="open_from_ledger", disabled=not picked):
            query = {
                "id": str(picked[0].movements[-1].filing_id),
                "cell": f"{picked[0].movements[-1].path}.shares_owned_following",
            }
            st.switch_page(FILING, query_params=query)
        st.download_button(
            "Download CSV",
            data=lambda: ledger_csv(ledgers, cause),
            file_name="holdings.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download_ledger",
        )


def ledger_csv(ledgers: Sequence[Ledger], cause: Cause) -> bytes:
    """The ledger for spreadsheets: exact numbers, ISO dates, no formulas."""
    return csv_bytes(
        CSV_HEADER,
        (
            (
                one.position.issuer,
                one.position.owner,
                one.position.security,
                one.position.line,
                report.date,
                report.form,
                _codes(report),
                report.opening,
                report.change,
                report.closing,
                report.unexplained,
                report.inside,
                report.filing_id,
                cause(one.position, report),
            )
            for one in ledgers
            for report in one.reports
        ),
    )


def _row(name: str, report: Report, why: str) -> dict[str, str]:
    return {
        "Line": name,
        "Date": iso(report.date),
        "Form": report.form or "?",
        "Code": _codes(report),
        "Opening": _shares(report.opening),
        "Change": "" if not report.change else signed(report.change),
        "Closing": _shares(report.closing),
        "Unexplained": signed(report.missing) if report.missing else "",
        "Most likely": why,
    }


def _codes(report: Report) -> str:
    return " ".join(dict.fromkeys(m.code for m in report.movements if m.code))


def _shares(value: Decimal | None) -> str:
    return "" if value is None else amount(value)
