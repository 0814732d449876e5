"""Totals by transaction code and year under the ledger, with their download."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import streamlit as st

from lib.charts.look import signed
from lib.exports.csv import CellValue
from lib.filings.codes import TRANSACTION_CODES
from lib.holdings.ledger import Ledger
from lib.ui.checks_table import Cell, frame_of
from lib.ui.downloads import csv_and_workbook
from lib.ui.figures import figure, written

CSV_HEADER: Final = ("code", "meaning", "year", "shares")
Totals = Mapping[str, Mapping[int, Decimal]]


def totals_by_code(ledgers: Iterable[Ledger]) -> Totals:
    """Signed shares by code, then by year, in order; rows without an amount are left out."""
    found: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in ledgers:
        for report in one.reports:
            for movement in report.movements:
                if movement.change:
                    found[movement.code or "?"][(movement.date or report.date).year] += movement.change
    return {code: dict(sorted(found[code].items())) for code in sorted(found)}


def totals_table(ledgers: Sequence[Ledger]) -> None:
    """A row for each code, a column for each year; nothing where nothing moved."""
    totals = totals_by_code(ledgers)
    if not totals:
        return
    years = sorted({year for by_year in totals.values() for year in by_year})
    rows: list[Mapping[str, Cell]] = [
        {"Code": code, "Meaning": _meaning(code)}
        | {str(year): figure(by_year.get(year), signed) for year in years}
        | {"Total": figure(sum(by_year.values(), Decimal(0)), signed)}
        for code, by_year in totals.items()
    ]
    listed = st.expander("Totals by code and year", key="totals", on_change="rerun", bind="query-params")
    if not listed.open:
        return
    with listed:
        st.dataframe(
            written(frame_of(rows, {})[0], rows),
            hide_index=True,
            placeholder="",
            alt="Shares acquired and disposed of, by transaction code and year: "
            + "; ".join(
                f"{code} {signed(sum(by_year.values(), Decimal(0)))}" for code, by_year in totals.items()
            ),
        )
        with st.container(horizontal=True):
            csv_and_workbook("totals", "holdings-by-code-and-year", lambda: {"Totals": totals_rows(totals)})


def totals_rows(totals: Totals) -> tuple[tuple[str, ...], list[tuple[CellValue, ...]]]:
    """A row for each code and year."""
    return CSV_HEADER, [
        (code, _meaning(code), year, shares)
        for code, by_year in totals.items()
        for year, shares in by_year.items()
    ]


def _meaning(code: str) -> str:
    return TRANSACTION_CODES.get(code, "Not a code of the SEC's list")
