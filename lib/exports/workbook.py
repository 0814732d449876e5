"""Excel workbooks: one sheet a table, real numbers and dates, nothing that a spreadsheet would run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

Value = str | Decimal | date | bool | int | None

EXACT_DIGITS: Final = 15
"""A spreadsheet's numbers have no more significant digits; longer ones are written as text."""
FIRST_YEAR: Final = 1900
"""A spreadsheet has no day before."""
MOST_ROWS: Final = 1_048_575
LONGEST_TEXT: Final = 32_767
LONGEST_NAME: Final = 31
NARROWEST, WIDEST = 8, 60
ROWS_MEASURED: Final = 200


class TooManyRows(Exception):
    """More rows than a sheet has, with a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, which Excel cuts at 31 characters, its heads and its rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file: bold heads that stay in view, filters, columns as wide as their words."""
    import xlsxwriter  # heavy, and only wanted when somebody downloads

    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **safe})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "number": book.add_format({"num_format": "#,##0.##########"}),
        "whole": book.add_format({"num_format": "#,##0"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, formats)
    book.close()
    return out.getvalue()


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    widths = [len(head) for head in sheet.heads]
    last = 0
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, formats["head"])
    for last, row in enumerate(sheet.rows, 1):
        if last > MOST_ROWS:
            raise TooManyRows(
                f"{sheet.name} has more rows than a sheet holds; choose fewer filings, or CSV or Parquet."
            )
        for column, value in enumerate(row):
            _put(page, last, column, value, formats)
            if last <= ROWS_MEASURED:
                widths[column] = max(widths[column], len(str(value)) if value is not None else 0)
    page.freeze_panes(1, 0)
    if sheet.heads:
        page.autofilter(0, 0, last, len(sheet.heads) - 1)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))


def _put(page: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, Decimal | int) and is_exact(Decimal(value)):
        whole = value == int(value)
        page.write_number(row, column, value, formats["whole" if whole else "number"])
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        page.write_datetime(row, column, value, formats["date"])
    else:
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        page.write_string(row, column, text[:LONGEST_TEXT])


def is_exact(value: Decimal) -> bool:
    """Whether a spreadsheet's number holds every digit of ``value``."""
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= EXACT_DIGITS
