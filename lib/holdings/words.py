"""How findings and causes name filings, amounts and days, so that every sentence speaks alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lib.filings.record import CellValue, Filing


def figure(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: ``1,234.5``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spoken_day(value: date | None) -> str:
    """A day as a sentence says it: ``24 Nov 2003``."""
    return "an unknown day" if value is None else f"{value.day} {value:%b} {value.year:04d}"


def cell_words(value: CellValue) -> str:
    """A cell's value in a sentence; an empty cell is “nothing”."""
    if value is None:
        return "nothing"
    if isinstance(value, Decimal):
        return figure(value)
    return value.isoformat() if isinstance(value, date) else f"“{value}”"


def filing_words(filing: Filing) -> str:
    """A filing in a sentence: ``the Form 4 for 24 Nov 2003``."""
    return f"the Form {filing.document_type or '?'} for {spoken_day(filing.period_of_report)}"


def row_words(path: str) -> str:
    """A row's path as a person counts: ``non_derivative[2]`` is ``row 3 of Table I``."""
    table, _, number = path.partition("[")
    return f"row {int(number.rstrip(']')) + 1} of Table {'I' if table == 'non_derivative' else 'II'}"


def listed(parts: list[str], most: int = 4) -> str:
    """Parts with semicolons, the first few and how many more."""
    more = len(parts) - most
    return "; ".join(parts[:most]) + (f"; and {more} more" if more > 0 else "")


def capital(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]
