"""Tables as CSV and workbooks in which a spreadsheet finds no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")

MOST_DIGITS = 15
"""Digits that a workbook's numbers keep; a longer one is written as text, for nothing may be rounded."""
WIDEST = 60

CellValue = str | int | Decimal | date | None
Table = tuple[Sequence[str], Iterable[Sequence[CellValue]]]
"""A table's head and its rows."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it; text that would be a formula gets a ``'``.

    Numbers stay numbers, also negative ones; dates are ISO.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: CellValue) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RISKY_STARTS) else text


def workbook_bytes(sheets: Mapping[str, Table]) -> bytes:
    """A workbook with a sheet for each table: heads in bold and held in view, dates as dates, text as text.

    No cell is a formula or a link, whatever it says.
    """
    import xlsxwriter  # writing workbooks is rare, and importing the writer slow

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "whole": book.add_format({"num_format": "#,##0"}),
            "parts": book.add_format({"num_format": "#,##0.00##"}),
        }
        for name, (header, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            widths = [len(head) for head in header]
            for column, head in enumerate(header):
                sheet.write_string(0, column, head, formats["head"])
            number = 0
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    widths[column] = max(widths[column], _write(sheet, number, column, value, formats))
            for column, width in enumerate(widths):
                sheet.set_column(column, column, min(width + 2, WIDEST))
            sheet.autofilter(0, 0, number, len(header) - 1)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: CellValue, formats: Mapping[str, Any]) -> int:
    """One cell; the width of what it shows."""
    if value is None or value == "":
        return 0
    if isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
        return 10
    if isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= MOST_DIGITS:
        whole = value == int(value)
        grouped = formats["whole" if whole else "parts"] if isinstance(value, Decimal) else None
        sheet.write_number(row, column, float(value), grouped)
        return len(f"{value:,}")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    sheet.write_string(row, column, text)
    return len(text)
