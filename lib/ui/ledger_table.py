"""The ledger under the holdings chart: opening, change, closing, and what is unexplained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.charts.holdings_words import line_names
from lib.charts.look import signed
from lib.exports.csv import Table
from lib.exports.ledger import LEDGER_HEADER, ROWS_HEADER, Cause, codes_of, movement_rows, report_rows
from lib.holdings.ledger import Ledger, Report
from lib.ui.checks_table import MOST_ROWS, Cell, frame_of
from lib.ui.downloads import csv_and_workbook
from lib.ui.figures import figure, written
from lib.ui.holdings_totals import totals_by_code, totals_rows
from lib.ui.navigation import FILING


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
    listed = rows[:MOST_ROWS]
    cells = [_row(name, report, why) for name, report, why in listed]
    frame, days = frame_of(cells, {})
    if not any(why for _, _, why in listed):
        frame = frame.drop(columns="Most likely")
    columns: dict[str, Any] = days | {
        head: st.column_config.Column(help=explained)
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
    if len(rows) > len(listed):
        st.caption(f"The first {len(listed):,} of {len(rows):,} reports; the downloads have all of them.")
    event: Any = st.dataframe(
        written(frame, cells),
        key=f"ledger_{hash(tuple(listed)) & 0xFFFFFFFF:x}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        placeholder="",
        height="auto" if len(frame) <= 10 else 480,
        alt="The ledger: opening, change, closing and unexplained amount of every report",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = [listed[n][1] for n in event.selection.rows if n < len(listed)]
        if st.button("Open filing", key="open_from_ledger", disabled=not picked):
            query = {
                "id": str(picked[0].movements[-1].filing_id),
                "cell": f"{picked[0].movements[-1].path}.shares_owned_following",
            }
            st.switch_page(FILING, query_params=query)
        csv_and_workbook("ledger", "holdings", lambda: ledger_sheets(ledgers, cause))


def ledger_sheets(ledgers: Sequence[Ledger], cause: Cause) -> dict[str, Table]:
    """The ledger for spreadsheets, exact: a row for each report, a row for each transaction and holding, totals."""
    return {
        "Ledger": (
            LEDGER_HEADER,
            list(report_rows(ledgers, cause)),
        ),
        "Rows": (
            ROWS_HEADER,
            list(movement_rows(ledgers)),
        ),
        "Totals": totals_rows(totals_by_code(ledgers)),
    }


def _row(name: str, report: Report, why: str) -> dict[str, Cell]:
    return {
        "Line": name,
        "Date": report.date,
        "Form": report.form or "?",
        "Code": codes_of(report),
        "Opening": figure(report.opening),
        "Change": figure(report.change or None, signed),
        "Closing": figure(report.closing),
        "Unexplained": figure(report.missing or None, signed),
        "Most likely": why,
    }
