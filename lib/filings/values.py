"""Text to value: dates, decimals and switches as filings write them.

Every function takes text that may be empty and returns ``None`` where the text holds no such value; none
guesses. What a caller makes of ``None`` (a finding, another column) is the caller's.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

EXCHANGE_ACT: Final = date(1934, 6, 6)
"""Nothing that is reported under Section 16 is older than the Securities Exchange Act."""
LAST_DAY: Final = date(2199, 12, 31)
"""Later years are slips of the pen, and no calendar of holidays goes so far."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH_DAY_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_DECIMAL = re.compile(r"\$?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)")


def folded(text: str | None) -> str | None:
    """White space folded to single spaces, ends trimmed; ``None`` for nothing."""
    if not text:
        return None
    if text.isalnum():  # one word, as most cells are
        return text
    return " ".join(text.split()) or None


def iso_date(text: str) -> date | None:
    """A date as ``YYYY-MM-DD``."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    found = _ISO.fullmatch(text.strip())
    return _day(*found.groups()) if found else None


def month_day_year(text: str) -> date | None:
    """A printed ``MM/DD/YYYY``; two-digit years are of 1980 to 2079, the life of the forms."""
    found = _MONTH_DAY_YEAR.fullmatch(text.strip())
    if not found:
        return None
    month, day, year = found.groups()
    if len(year) == 2:
        year = ("19" if int(year) >= 80 else "20") + year
    return _day(year, month, day)


def decimal(text: str) -> Decimal | None:
    """A non-negative number, with ``$`` before it and thousands separators allowed."""
    if text.replace(".", "", 1).isdecimal():
        return Decimal(text)
    found = _DECIMAL.fullmatch(text.strip())
    return Decimal(found[1].replace(",", "")) if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
