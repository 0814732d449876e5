"""What a vest is, and how shares divide over installments, exactly: fractions are floored where shares are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from lib.plans.schedule_terms import Allocation


@dataclass(frozen=True)
class Vest:
    """From ``date`` on, ``cumulative`` shares of the grant are vested, in the units of the grant date."""

    date: date
    cumulative: Fraction


def cumulative_shares(shares: int, number: int, count: int, allocation: Allocation) -> Fraction:
    """What the first ``number`` of ``count`` installments give together (Open Cap Format allocation types; A1)."""
    exact = Fraction(shares * number, count)
    each, spare = divmod(shares, count)
    match allocation:
        case "fractional":
            return exact
        case "cumulative_rounding":
            return Fraction(floor(exact + Fraction(1, 2)))
        case "cumulative_round_down":
            return Fraction(floor(exact))
        case "front_loaded":
            return Fraction(each * number + min(number, spare))
        case "back_loaded":
            return Fraction(each * number + max(0, number - (count - spare)))
        case "front_loaded_to_single_tranche":
            return Fraction(each * number + spare)
        case "back_loaded_to_single_tranche":
            return Fraction(each * number + (spare if number == count else 0))


def first_meeting_after(granted: date, meetings: Sequence[date]) -> date | None:
    """The first meeting following the grant; one on the grant day does not follow it (A7)."""
    return next((day for day in meetings if day > granted), None)
