"""What a vest is, and how shares divide over installments, exactly: fractions are floored where shares are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from lib.plans.schedule_terms import Allocation


class Vest(NamedTuple):
    """From ``date`` on, ``cumulative`` shares of the grant are vested, in the units of the grant date."""

    date: date
    cumulative: Fraction


def cumulative_shares(shares: int, number: int, count: int, allocation: Allocation) -> Fraction:
    """What the first ``number`` of ``count`` installments give together (Open Cap Format allocation types; A1)."""
    each, spare = divmod(shares, count)
    match allocation:
        case "fractional":
            return Fraction(shares * number, count)
        case "cumulative_rounding":
            return Fraction((2 * shares * number + count) // (2 * count))
        case "cumulative_round_down":
            return Fraction(shares * number // count)
        case "front_loaded":
            return Fraction(each * number + min(number, spare))
        case "back_loaded":
            return Fraction(each * number + max(0, number - (count - spare)))
        case "front_loaded_to_single_tranche":
            return Fraction(each * number + (spare if number else 0))
        case "back_loaded_to_single_tranche":
            return Fraction(each * number + (spare if number == count else 0))


def whole(amount: Fraction, factor: Fraction) -> int:
    """Whole shares of an amount at so many shares for one, fractions dropped, without making a third fraction."""
    return amount.numerator * factor.numerator // (amount.denominator * factor.denominator)


def first_meeting_after(granted: date, meetings: Sequence[date]) -> date | None:
    """The first meeting following the grant; one on the grant day does not follow it (A7)."""
    return next((day for day in meetings if day > granted), None)
