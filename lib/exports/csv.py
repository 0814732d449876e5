"""Tables as CSV and workbooks in which a spreadsheet finds no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
