"""Calendar arithmetic of plans: whole months from an anchor, clamped to the month's length (A2, A3, A18).

Dates are always reached from the anchor in one step. Chaining from a date that was clamped would drift.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)
ONE_DAY = timedelta(days=1)
LAST_DAY = 31
"""A day of the month that every month clamps to its own last day."""

DayOfMonth = Literal["anchor", "end_of_month"]


def _written_as_a_day(value: object) -> object:
    if type(value) is date:
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{str(value)[:40]!r} is not a day written as YYYY-MM-DD")


def _within_range(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"{value} is outside {EARLIEST.year} to {LATEST.year}")
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day), AfterValidator(_within_range)]
"""A calendar day written YYYY-MM-DD, in a range in which no plan's arithmetic can overflow."""


@lru_cache(maxsize=1 << 16)
def month_day(day: date, months: int, wanted: int) -> date:
    """The ``wanted`` day of the month, or its last day where it is shorter, ``months`` after the month of ``day``."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted, _days_of(year, month + 1)))


@lru_cache(maxsize=1 << 12)
def _days_of(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def months_after(anchor: date, months: int, policy: DayOfMonth = "anchor") -> date:
    """The day ``months`` after ``anchor``, clamped; under ``end_of_month`` a month's last day stays the last (A3)."""
    return month_day(anchor, months, anchor_day(anchor, policy))


def anchor_day(anchor: date, policy: DayOfMonth) -> int:
    """The day of the month that installments counted from ``anchor`` aim at (A3)."""
    if policy == "end_of_month" and anchor.day == monthrange(anchor.year, anchor.month)[1]:
        return LAST_DAY
    return anchor.day


def next_anniversary(anchor: date, day: date, policy: DayOfMonth = "anchor") -> date:
    """The first anniversary of ``anchor`` strictly after ``day`` (A24)."""
    years = max(1, day.year - anchor.year)
    while months_after(anchor, 12 * years, policy) <= day:
        years += 1
    return months_after(anchor, 12 * years, policy)
