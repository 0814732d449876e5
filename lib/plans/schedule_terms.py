"""How a grant vests, as data: equal installments, all at a meeting, or conditions that follow one another.

The first two are short forms for what most plans say. ``Conditions`` can say what Open Cap Format can: a graph
in which each condition names those that may follow it, and the one that is met first is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lib.plans.days import Day
from lib.plans.term import Model, Months, Name, Portion, Shares, Term

LONGEST_SCHEDULE = 1200  # months
LONGEST_WAIT = 36500  # days
MOST_CONDITIONS = 500

Allocation = Literal[
    "fractional",
    "cumulative_rounding",
    "cumulative_round_down",
    "front_loaded",
    "back_loaded",
    "front_loaded_to_single_tranche",
    "back_loaded_to_single_tranche",
]


class Installments(Term):
    """Equal installments every ``period_months`` from the grant date; the first ``cliff`` of them come together."""

    kind: Literal["installments"] = "installments"
    count: Annotated[int, Field(ge=1, le=1200)]
    period_months: Months
    allocation: Allocation = "fractional"
    cliff: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _runs_a_sensible_time(self) -> Self:
        if self.count * self.period_months > LONGEST_SCHEDULE:
            raise ValueError(
                f"{self.count} installments of {self.period_months} months run longer than a century"
            )
        if self.cliff > self.count:
            raise ValueError(
                f"a cliff of {self.cliff} installments is longer than the {self.count} there are"
            )
        return self


class MeetingOrMonths(Term):
    """All at once: some days before the next annual meeting, or after ``months``, whichever is earlier (A7, A8)."""

    kind: Literal["meeting_or_months"] = "meeting_or_months"
    days_before: Annotated[int, Field(ge=0, le=60)]
    months: Months


class AtStart(Model):
    """Met on the day the schedule starts: the vesting start if the grant has one, else the grant date."""

    type: Literal["start"] = "start"


class OnDate(Model):
    """Met on a day of the calendar."""

    type: Literal["date"] = "date"
    date: Day


class After(Model):
    """Met ``times`` times, every ``months`` or ``days`` after the condition ``of``; the first ``cliff`` together.

    ``day`` is the day of the month: that of the date the count runs from (``own``), that of the schedule's start
    (``start``), or a number, clamped to the month's length.
    """

    type: Literal["after"] = "after"
    of: Name
    months: Annotated[int, Field(ge=0, le=LONGEST_SCHEDULE)] = 0
    days: Annotated[int, Field(ge=0, le=LONGEST_WAIT)] = 0
    times: Annotated[int, Field(ge=1, le=1200)] = 1
    cliff: Annotated[int, Field(ge=0)] = 0
    day: Literal["own", "start"] | Annotated[int, Field(ge=1, le=31)] = "own"

    @model_validator(mode="after")
    def _counts_one_unit(self) -> Self:
        if self.months and self.days:
            raise ValueError("counts in months or in days, not in both")
        if self.months * self.times > LONGEST_SCHEDULE or self.days * self.times > LONGEST_WAIT:
            raise ValueError(f"{self.times} times of that period run longer than a century")
        if self.cliff > self.times:
            raise ValueError(f"a cliff of {self.cliff} is longer than the {self.times} times there are")
        return self


class OnEvent(Model):
    """Met when the scenario reports an event of that name, such as a performance goal or a first sale of shares."""

    type: Literal["event"] = "event"
    event: Name


class AtMeeting(Model):
    """Met some days before the first annual meeting that follows the condition before it."""

    type: Literal["meeting"] = "meeting"
    days_before: Annotated[int, Field(ge=0, le=60)] = 0


When = Annotated[AtStart | OnDate | After | OnEvent | AtMeeting, Field(discriminator="type")]


class Condition(Model):
    """A step of a schedule: when it is met, what vests each time, and what may follow, first named first.

    ``portion`` is a share of the whole grant, or with ``of_rest`` of what has not vested; ``shares`` is a number.
    """

    id: Name
    when: When
    portion: Portion | None = None
    of_rest: bool = False
    shares: Shares | None = None
    next: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _says_one_amount(self) -> Self:
        if self.portion is not None and self.shares is not None:
            raise ValueError(f"{self.id!r} has a portion and a number of shares; it can have one of them")
        if self.of_rest and self.portion is None:
            raise ValueError(f"{self.id!r} takes a part of the rest without saying which portion")
        return self

    @property
    def times(self) -> int:
        """How often it is met."""
        return self.when.times if isinstance(self.when, After) else 1


class Conditions(Term):
    """Conditions that follow one another; those that no other one names as next may come first.

    Of the conditions that may follow, the one met earliest does, on one day the one named first: so "the earlier
    of" is two conditions to follow, and an expiry is one that vests nothing and that nothing follows.
    """

    kind: Literal["conditions"] = "conditions"
    allocation: Allocation = "fractional"
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=MOST_CONDITIONS)]

    @model_validator(mode="after")
    def _is_a_graph_that_ends(self) -> Self:
        for problem in _problems(self):
            raise ValueError(problem)
        return self

    def named(self, name: str) -> Condition:
        """The condition of that id."""
        return next(condition for condition in self.conditions if condition.id == name)

    @property
    def first(self) -> tuple[Condition, ...]:
        """The conditions that may come first."""
        later = {name for condition in self.conditions for name in condition.next}
        return tuple(condition for condition in self.conditions if condition.id not in later)


SCHEDULE_KINDS = ("installments", "meeting_or_months", "conditions")
WHEN_TYPES = ("start", "date", "after", "event", "meeting")
Schedule = Annotated[Installments | MeetingOrMonths | Conditions, Field(discriminator="kind")]
AnySchedule = Installments | MeetingOrMonths | Conditions


def _problems(schedule: Conditions) -> Iterator[str]:
    """What keeps the conditions from being run, in an order in which each check may rely on those before it."""
    named = {condition.id: condition for condition in schedule.conditions}
    if len(named) < len(schedule.conditions):
        ids = [condition.id for condition in schedule.conditions]
        twice = next(name for name in ids if ids.count(name) > 1)
        yield f"conditions: the id {twice!r} is used twice"
    for number, condition in enumerate(schedule.conditions):
        for name in condition.next:
            if name not in named:
                yield f"conditions[{number}].next: there is no condition {name!r}"
        if isinstance(condition.when, After) and condition.when.of not in named:
            yield f"conditions[{number}].when.of: there is no condition {condition.when.of!r}"
    yield from _cycles(named)
    before = _ancestors(named)
    for number, condition in enumerate(schedule.conditions):
        yield from _out_of_order(number, condition, named, before[condition.id])
    for name, part in _most_vested(schedule, named).items():
        if part > 1:
            yield f"conditions: by the time of {name!r} {part} of the grant vest, more than the whole"


def _cycles(named: dict[str, Condition]) -> Iterator[str]:
    """The first way round in which a condition follows itself, if there is one."""
    done: set[str] = set()
    for root in named:
        path: list[str] = []
        stack = [(root, False)]
        while stack:
            name, left = stack.pop()
            if left:
                done.add(path.pop())
                continue
            if name in path:
                yield f"conditions: a cycle, {' → '.join([*path[path.index(name) :], name])}"
                return
            if name not in done:
                path.append(name)
                stack.append((name, True))
                stack += [(following, False) for following in named[name].next]


def _in_order(named: dict[str, Condition]) -> list[str]:
    """Every condition before those that may follow it; the graph has no cycle."""
    waiting = dict.fromkeys(named, 0)
    for condition in named.values():
        for name in condition.next:
            waiting[name] += 1
    ready, listed = [name for name, count in waiting.items() if not count], []
    while ready:
        listed.append(ready.pop())
        for name in named[listed[-1]].next:
            waiting[name] -= 1
            if not waiting[name]:
                ready.append(name)
    return listed


def _ancestors(named: dict[str, Condition]) -> dict[str, set[str]]:
    before: dict[str, set[str]] = {name: set() for name in named}
    for name in _in_order(named):
        for following in named[name].next:
            before[following] |= before[name] | {name}
    return before


def _out_of_order(
    number: int, condition: Condition, named: dict[str, Condition], before: set[str]
) -> Iterator[str]:
    when = condition.when
    if isinstance(when, AtStart) and before:
        yield f"conditions[{number}].when: the start cannot come after {sorted(before)[0]!r}"
    if isinstance(when, After) and when.of not in before:
        yield f"conditions[{number}].when.of: {when.of!r} does not come before {condition.id!r}"
    if isinstance(when, OnDate):
        for name in sorted(before):
            earlier = named[name].when
            if isinstance(earlier, OnDate) and when.date < earlier.date:
                yield (
                    f"conditions[{number}].when.date: {when.date} is before {earlier.date}, the date of {name!r},"
                    " which comes first"
                )


def _most_vested(schedule: Conditions, named: dict[str, Condition]) -> dict[str, Fraction]:
    """The largest part of the grant that can have vested by each condition, parts of the rest left out."""
    most = dict.fromkeys(named, Fraction(0))
    for name in _in_order(named):
        condition = named[name]
        if condition.portion is not None and not condition.of_rest:
            most[name] += Fraction(condition.portion) * condition.times
        for following in condition.next:
            most[following] = max(most[following], most[name])
    return most
