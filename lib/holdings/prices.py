"""A price series that the analyst uploads: a CSV of days and closes, read exactly or refused in a sentence.

What the day of a price is and which number the close is must be certain: a series that can be read two ways
is refused rather than guessed at. Closes are of the shares as they were traded or adjusted, as its source
says; the software cannot know which.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

MOST_ROWS: Final = 50_000
MOST_BYTES: Final = 5_000_000
OLDEST_CLOSE: Final = timedelta(days=35)
"""A close still says what a share was worth until the next month's, so that a monthly series has no gaps."""
ONE_DAY: Final = timedelta(days=1)
FIRST_DAY: Final = date(1900, 1, 1)
_DAY_HEADS: Final = ("date", "day")
_CLOSE_HEADS: Final = ("close", "close/last", "closing price", "close price", "price")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NUMBER: Final = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?")


class UnreadablePrices(Exception):
    """A price series that cannot be taken, with a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """Closes in dollars a share, by day in order, each day once."""

    days: tuple[date, ...]
    closes: tuple[Decimal, ...]

    def close_on(self, day: date) -> Decimal | None:
        """The close of the day, else the last of the 35 days before it; ``None`` where there is none."""
        at = bisect_right(self.days, day) - 1
        return self.closes[at] if at >= 0 and day - self.days[at] <= OLDEST_CLOSE else None

    def between(self, first: date, last: date, most: int) -> list[tuple[date, Decimal]]:
        """The closes of these days, both included; where there are more than ``most``, evenly fewer."""
        start, end = bisect_left(self.days, first), bisect_right(self.days, last)
        step = -(-(end - start) // most) or 1
        return [(self.days[n], self.closes[n]) for n in range(start, end, step)]

    def lapses(self, first: date, last: date) -> list[date]:
        """The days after ``first`` and before ``last`` from which the close before them no longer holds."""
        until = [day + OLDEST_CLOSE + ONE_DAY for day in self.days]
        after = [*self.days[1:], date.max]
        return [day for day, then in zip(until, after, strict=False) if day < then and first < day < last]


def read_prices(data: bytes) -> PriceSeries:
    """The series in a CSV with a column of days and a column of closes.

    Days are ``2007-11-08`` or ``11/8/2007`` (month first, unless a day above twelve shows that the day comes
    first). Raises ``UnreadablePrices``.
    """
    if len(data) > MOST_BYTES:
        raise UnreadablePrices("The price series is larger than 5 MB: keep the columns date and close only.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadablePrices("The price series is no text in UTF-8: save it as CSV (UTF-8).") from None
    rows = _rows(text)
    if not rows:
        raise UnreadablePrices(
            "The price series is empty: it needs a row with “date, close” and a row a day."
        )
    day_at, close_at = _columns(rows[0])
    body = rows[1:]
    if len(body) > MOST_ROWS:
        raise UnreadablePrices(f"The price series has more than {MOST_ROWS:,} rows: leave out earlier years.")
    days = _days([_cell(row, day_at, n) for n, row in body_numbered(body)])
    found: dict[date, Decimal] = {}
    for (n, row), day in zip(body_numbered(body), days, strict=True):
        close = _close(_cell(row, close_at, n), n)
        if found.setdefault(day, close) != close:
            raise UnreadablePrices(
                f"The price series gives two closes for {day.isoformat()}, {found[day]} and {close}: keep one."
            )
    if not found:
        raise UnreadablePrices("The price series has a head but no rows: it needs a row for each day.")
    ordered = sorted(found)
    return PriceSeries(tuple(ordered), tuple(found[day] for day in ordered))


def body_numbered(body: Sequence[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows with the numbers a person counts by: the head is row 1."""
    return list(enumerate(body, start=2))


def _rows(text: str) -> list[list[str]]:
    head = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip()), delimiter=mark))
    except csv.Error as error:
        raise UnreadablePrices(f"The price series is no CSV: {error}. Save it as CSV again.") from None
    return [row for row in rows if any(cell.strip() for cell in row)]


def _columns(head: Sequence[str]) -> tuple[int, int]:
    """Where days and closes stand: the head must name each once."""
    names = [name.strip().casefold() for name in head]
    days = [n for n, name in enumerate(names) if name in _DAY_HEADS]
    closes = [n for wanted in _CLOSE_HEADS for n, name in enumerate(names) if name == wanted]
    if len(days) != 1 or not closes:
        missing = "date" if len(days) != 1 else "close"
        raise UnreadablePrices(
            f"The first row of the price series must name one column “{missing}”: it needs “date” and “close”."
        )
    return days[0], closes[0]


def _cell(row: Sequence[str], at: int, number: int) -> str:
    if at >= len(row) or not row[at].strip():
        raise UnreadablePrices(
            f"Row {number} of the price series lacks its date or close: fill it or leave it out."
        )
    return row[at].strip()


def _days(texts: Sequence[str]) -> list[date]:
    """All days in one way of writing; which of two numbers is the month must show or is the month first."""
    slashed = [match for text in texts if (match := _SLASHED.fullmatch(text))]
    day_first = any(int(match[1]) > 12 for match in slashed)
    if day_first and any(int(match[2]) > 12 for match in slashed):
        raise UnreadablePrices("The price series writes days in two ways: write them as 2007-11-08.")
    found = []
    for number, text in enumerate(texts, start=2):
        iso, other = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
        try:
            if iso:
                day = date(*map(int, iso.groups()))
            elif other:
                a, b, year = map(int, other.groups())
                day = date(year, b, a) if day_first else date(year, a, b)
            else:
                raise ValueError(text)
        except ValueError:
            said = text[:20]
            raise UnreadablePrices(
                f"Row {number} of the price series has the day “{said}”, which is none: write days as 2007-11-08."
            ) from None
        if not FIRST_DAY <= day <= date(2199, 12, 31):
            raise UnreadablePrices(
                f"Row {number} of the price series has the day {day.isoformat()}: check the year."
            )
        found.append(day)
    return found


def _close(text: str, number: int) -> Decimal:
    try:
        match = _NUMBER.fullmatch(text)
        close = Decimal("".join(part or "" for part in match.groups()).replace(",", "")) if match else None
    except InvalidOperation:
        close = None
    if close is None or close <= 0:
        raise UnreadablePrices(
            f"Row {number} of the price series has the close “{text[:20]}”: it must be a number above zero."
        )
    return close
