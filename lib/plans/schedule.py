"""When a grant vests and how much of it, without leaving: the vests of any schedule, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from lib.plans.conditions import course
from lib.plans.days import DayOfMonth, anchor_day, month_day, months_after
from lib.plans.schedule_terms import AnySchedule, Conditions, MeetingOrMonths
from lib.plans.vest import Vest, cumulative_shares, first_meeting_after


def vests(
    schedule: AnySchedule,
    granted: date,
    shares: int,
    meetings: Sequence[date],
    policy: DayOfMonth,
    start: date | None = None,
    events: Mapping[str, date] | None = None,
) -> tuple[Vest, ...]:
    """The vests of a grant in order, as they would run without leaving.

    ``meetings`` come in order, known to date; ``start`` is the vesting start where it is not the grant date;
    ``events`` are the days of what conditions wait for. Nothing vests before the grant.
    """
    if isinstance(schedule, MeetingOrMonths):
        day = months_after(granted, schedule.months)
        meeting = first_meeting_after(granted, meetings)
        if meeting is not None:
            day = max(granted, min(day, meeting - timedelta(days=schedule.days_before)))
        return (Vest(day, Fraction(shares)),)
    anchor = start or granted
    if isinstance(schedule, Conditions):
        listed = course(schedule, anchor, shares, meetings, policy, events or {})
    else:
        wanted = anchor_day(anchor, policy)
        listed = [
            Vest(
                month_day(anchor, schedule.period_months * number, wanted),
                cumulative_shares(shares, number, schedule.count, schedule.allocation),
            )
            for number in range(max(1, schedule.cliff), schedule.count + 1)
        ]
    return _not_before(granted, listed)


def _not_before(granted: date, listed: list[Vest]) -> tuple[Vest, ...]:
    """What was earned before the grant vests with it, once."""
    early = [vest for vest in listed if vest.date <= granted]
    late = [vest for vest in listed if vest.date > granted]
    return (*([Vest(granted, early[-1].cumulative)] if early else []), *late)
