"""When a grant vests and how much of it, exactly: entitlement in fractions, floored only where shares are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from lib.plans.days import DayOfMonth, months_after
from lib.plans.terms import Allocation, Installments, MeetingOrMonths


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


def vests(
    schedule: Installments | MeetingOrMonths,
    granted: date,
    shares: int,
    meetings: Sequence[date],
    policy: DayOfMonth,
) -> tuple[Vest, ...]:
    """The vests of a grant in order, as they would run without leaving; ``meetings`` in order, known to date."""
    if isinstance(schedule, MeetingOrMonths):
        day = months_after(granted, schedule.months)
        meeting = first_meeting_after(granted, meetings)
        if meeting is not None:
            day = max(granted, min(day, meeting - timedelta(days=schedule.days_before)))
        return (Vest(day, Fraction(shares)),)
    return tuple(
        Vest(
            months_after(granted, schedule.period_months * number, policy),
            cumulative_shares(shares, number, schedule.count, schedule.allocation),
        )
        for number in range(max(1, schedule.cliff), schedule.count + 1)
    )


def first_meeting_after(granted: date, meetings: Sequence[date]) -> date | None:
    """The first meeting following the grant; one on the grant day does not follow it (A7)."""
    return next((day for day in meetings if day > granted), None)
