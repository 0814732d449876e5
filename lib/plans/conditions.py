"""The course that a grant takes through a schedule of conditions: which were met when, and what vested with each.

From the condition reached, those that may follow are looked at together, and the one met earliest is taken. A
condition that waits for something that has not happened is not met; one whose day has passed when its turn comes
is met at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from lib.plans.days import LATEST, DayOfMonth, anchor_day, month_day
from lib.plans.schedule_terms import (
    After,
    Allocation,
    AtMeeting,
    AtStart,
    Condition,
    Conditions,
    OnDate,
    OnEvent,
)
from lib.plans.vest import Vest, cumulative_shares, first_meeting_after

WHOLE_GRANT: frozenset[Allocation] = frozenset({"fractional", "cumulative_rounding", "cumulative_round_down"})
"""The allocation types whose rounding runs over the whole grant, so that conditions never add up to more."""


@dataclass(frozen=True)
class Met:
    """A condition with the days on which it was met, the last of them the day the course goes on from."""

    condition: Condition
    days: tuple[date, ...]


@dataclass(frozen=True)
class _Course:
    schedule: Conditions
    start: date
    day: int
    meetings: Sequence[date]
    events: Mapping[str, date]


def course(
    schedule: Conditions,
    start: date,
    shares: int,
    meetings: Sequence[date],
    policy: DayOfMonth,
    events: Mapping[str, date],
) -> list[Vest]:
    """The vests along the course, in order of date, with what has vested by each."""
    met = path(schedule, start, meetings, policy, events)
    return _amounts(met, shares, schedule.allocation)


def path(
    schedule: Conditions,
    start: date,
    meetings: Sequence[date],
    policy: DayOfMonth,
    events: Mapping[str, date],
) -> list[Met]:
    """The conditions met, in order. Days count from ``start``; ``events`` are the days of what has happened."""
    known = _Course(schedule, start, anchor_day(start, policy), meetings, events)
    reached: dict[str, tuple[date, int]] = {}
    listed: list[Met] = []
    following, since, held = schedule.first, start, start
    while following:
        found = min(
            (
                (days[0], number, condition, days)
                for number, condition in enumerate(following)
                if (days := _days(known, condition, reached, since, held, not listed))
            ),
            key=lambda choice: choice[:2],
            default=None,
        )
        if found is None:
            break
        _, _, condition, days = found
        listed.append(Met(condition, days))
        since = days[-1]
        if isinstance(condition.when, AtMeeting):
            held = first_meeting_after(held, meetings) or held
        held = max(held, since)
        reached[condition.id] = since, _aimed_at(known, condition, reached, since)
        following = tuple(schedule.named(name) for name in condition.next)
    return listed


def _aimed_at(known: _Course, condition: Condition, reached: dict[str, tuple[date, int]], day: date) -> int:
    """The day of the month that counts running from a condition aim at; a clamped one never sets it (A3)."""
    if isinstance(condition.when, AtStart):
        return known.day
    if isinstance(condition.when, After) and condition.when.months:
        return _wanted(known, condition.when, reached)
    return day.day


def _wanted(known: _Course, when: After, reached: dict[str, tuple[date, int]]) -> int:
    if when.day == "start":
        return known.day
    return reached[when.of][1] if when.day == "own" else when.day


def _days(
    known: _Course,
    condition: Condition,
    reached: dict[str, tuple[date, int]],
    since: date,
    held: date,
    first: bool,
) -> tuple[date, ...]:
    """The days on which a condition is met, given what came before it; empty when it is not met."""
    match condition.when:
        case AtStart():
            return (known.start,)
        case OnDate(date=day):
            return (day if first else max(day, since),)
        case OnEvent(event=event):
            happened = known.events.get(event)
            return () if happened is None or (not first and happened < since) else (happened,)
        case AtMeeting(days_before=days):
            meeting = first_meeting_after(held, known.meetings)
            return () if meeting is None else (max(since, meeting - timedelta(days=days)),)
        case After() as when:
            if when.of not in reached:
                return ()
            return tuple(_counted(known, when, reached, since))


def _counted(
    known: _Course, when: After, reached: dict[str, tuple[date, int]], since: date
) -> Iterator[date]:
    origin = reached[when.of][0]
    wanted = _wanted(known, when, reached)
    for number in range(1, when.times + 1):
        if when.days or not when.months:
            day = min(LATEST, origin + timedelta(days=when.days * number))
        else:
            day = month_day(origin, when.months * number, wanted)
        yield max(day, since)


def _amounts(met: list[Met], shares: int, allocation: Allocation) -> list[Vest]:
    listed: list[Vest] = []
    before, granted = Fraction(0), Fraction(shares)
    for step in met:
        condition, times = step.condition, step.condition.times
        cliff = condition.when.cliff if isinstance(condition.when, After) else 0
        entitled = _entitlement(condition, shares, before)
        after = entitled(times)
        for number in range(max(1, cliff), times + 1):
            if allocation in WHOLE_GRANT:
                vested = _to_whole(entitled(number), allocation)
            else:
                own = floor(after) - floor(before)
                vested = floor(before) + cumulative_shares(own, number, times, allocation)
            if vested > (listed[-1].cumulative if listed else 0):
                listed.append(Vest(step.days[number - 1], min(granted, vested)))
        before = after
    return listed


def _entitlement(condition: Condition, shares: int, before: Fraction) -> Callable[[int], Fraction]:
    """What has vested exactly once a condition was met so many times, never more than the grant."""
    granted, portion = Fraction(shares), Fraction(condition.portion or 0)
    if condition.of_rest and condition.shares is None:
        return lambda number: granted - (granted - before) * (1 - portion) ** number
    each = granted * portion if condition.shares is None else condition.shares
    return lambda number: min(granted, before + each * number)


def _to_whole(amount: Fraction, allocation: Allocation) -> Fraction:
    match allocation:
        case "cumulative_rounding":
            return Fraction(floor(amount + Fraction(1, 2)))
        case "cumulative_round_down":
            return Fraction(floor(amount))
        case _:
            return amount
