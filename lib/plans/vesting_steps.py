"""What a vesting sentence says, step by step, and the engine's own schedule that says the same.

A step is an amount and a time. Steps that do not add up to the whole, or whose number of times does not come out
whole, make no schedule: nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import ValidationError

from lib.plans.days import LAST_DAY, month_day
from lib.plans.schedule_terms import AnySchedule, Conditions, Installments, MeetingOrMonths

Anchor = Literal["grant", "vesting start"] | date
MOST_STEPS = 400


@dataclass(frozen=True)
class Fixed:
    """On a day of the calendar."""

    date: date


@dataclass(frozen=True)
class Offset:
    """So many months, or days, after the anchor; zero is the anchor itself."""

    months: int
    days: int = 0


@dataclass(frozen=True)
class Repeat:
    """Every so many months after the step before it, ``times`` times; null: until the whole has vested.

    ``day`` is the day of the month where the sentence names one.
    """

    months: int
    times: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Calendar:
    """On the same days of every year after the step before it, until the whole has vested."""

    days: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Meeting:
    """So many days before the next annual meeting."""

    days_before: int


Time = Fixed | Offset | Repeat | Calendar | Meeting


@dataclass(frozen=True)
class Step:
    """An amount that vests at a time: a share of the whole, a number of shares, or null for the rest.

    With ``together`` the amount is that of all times, else of each.
    """

    amount: Fraction | int | None
    time: Time
    together: bool = False


class NotASchedule(ValueError):
    """The steps make no schedule; the message says why."""


@dataclass(frozen=True)
class Plan:
    """The steps of a sentence with the day from which time counts; ``either`` means the earliest of them.

    ``notes`` are what a reader of the schedule should know that the steps do not say.
    """

    steps: tuple[Step, ...]
    anchor: Anchor | None = None
    either: bool = False
    notes: tuple[str, ...] = ()


def to_schedule(plan: Plan, clause: str, text: str) -> AnySchedule:
    """The engine's schedule of a plan of steps. Raises NotASchedule with the reason."""
    cited = {"clause": clause, "text": text[:2000]}
    try:
        if plan.either:
            return _earliest(plan, cited)
        steps = _counted(plan.steps)
        plain = _plain(steps, plan.anchor)
        if plain is not None:
            return Installments.model_validate({**cited, **plain})
        return Conditions.model_validate(
            {**cited, "kind": "conditions", "conditions": _chain(steps, plan.anchor)}
        )
    except ValidationError as error:
        raise NotASchedule(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from None


def _counted(steps: tuple[Step, ...]) -> list[Step]:
    """Every step with its own amount and number of times; they have to make the whole."""
    counted: list[Step] = []
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        done = sum((_whole(before) for before in counted), start=Fraction(0))
        if last and counted and _is_rest_of_shares(step, counted):
            return [*counted, step]
        if isinstance(step.time, Calendar):
            counted += _years(step, done, counted)
        else:
            counted.append(_times(step, done, last))
        if len(counted) > MOST_STEPS:
            raise NotASchedule("too many steps")
    if all(isinstance(step.amount, int) for step in counted) and len(counted) > 1:
        return counted
    if any(isinstance(step.amount, int) for step in counted):
        raise NotASchedule("some amounts are shares and others are parts of the whole")
    total = sum((_whole(step) for step in counted), start=Fraction(0))
    if total != 1:
        raise NotASchedule(f"the parts come to {total}, not to the whole")
    return counted


def _is_rest_of_shares(step: Step, before: list[Step]) -> bool:
    """Whether a step is the rest, at one time, of an award of which so far numbers of shares vest."""
    single = not isinstance(step.time, Repeat | Calendar)
    return step.amount is None and single and all(isinstance(one.amount, int) for one in before)


def _whole(step: Step) -> Fraction:
    """What a counted step vests in all its times."""
    assert step.amount is not None
    times = step.time.times or 1 if isinstance(step.time, Repeat) else 1
    return Fraction(step.amount) * (1 if step.together else times)


def _times(step: Step, done: Fraction, last: bool) -> Step:
    if not isinstance(step.time, Repeat):
        return replace(step, amount=1 - done) if step.amount is None else step
    times, amount = step.time.times, step.amount
    if amount is None:
        if times is None:
            raise NotASchedule("the number of installments is not said")
        return Step((1 - done) / times, step.time)
    if isinstance(amount, int):
        raise NotASchedule("a number of shares repeats, and how often is not said")
    if step.together and times is not None:
        return Step(amount / times, step.time)
    if times is None:
        if not last or (1 - done) % amount:
            raise NotASchedule("the installments do not come out whole")
        times = int((1 - done) / amount)
        if not times:
            raise NotASchedule("nothing is left to vest in installments")
    return Step(amount, replace(step.time, times=times))


def _years(step: Step, done: Fraction, before: list[Step]) -> list[Step]:
    """The dates of steps on the same days of every year, each written out."""
    assert isinstance(step.time, Calendar)
    if not isinstance(step.amount, Fraction) or not before or not isinstance(before[-1].time, Fixed):
        raise NotASchedule("days of the year follow no date")
    left = (1 - done) / step.amount
    if left.denominator != 1 or left > MOST_STEPS:
        raise NotASchedule("the installments do not come out whole")
    day, listed = before[-1].time.date, []
    for _ in range(int(left)):
        day = min(_following(month, number, day) for month, number in step.time.days)
        listed.append(Step(step.amount, Fixed(day)))
    return listed


def _following(month: int, number: int, after: date) -> date:
    year = after.year
    while (day := month_day(date(year, month, 1), 0, number)) <= after:
        year += 1
    return day


def _plain(steps: list[Step], anchor: Anchor | None) -> dict[str, Any] | None:
    """Equal installments at one interval from grant or vesting start, a cliff perhaps first; null for anything else."""
    if isinstance(anchor, date) or any(not isinstance(step.amount, Fraction) for step in steps):
        return None
    match [step.time for step in steps]:
        case [Repeat(months=months, times=int(times), day=None)]:
            return {"kind": "installments", "count": times, "period_months": months}
        case [Offset(months=first, days=0), Repeat(months=months, times=int(times), day=None)] if first:
            each = Fraction(steps[1].amount or 0)
            cliff, rest = divmod(first, months)
            if not rest and steps[0].amount == cliff * each and (cliff + times) * each == 1:
                return {
                    "kind": "installments",
                    "count": cliff + times,
                    "period_months": months,
                    "cliff": cliff,
                }
        case times if all(isinstance(time, Offset) and not time.days for time in times):
            months_of = [time.months for time in times if isinstance(time, Offset)]
            even = [months_of[0] * (number + 1) for number in range(len(months_of))]
            if months_of == even and months_of[0] and len({step.amount for step in steps}) == 1:
                return {"kind": "installments", "count": len(steps), "period_months": months_of[0]}
    return None


def _chain(steps: list[Step], anchor: Anchor | None) -> list[dict[str, Any]]:
    """Conditions one after the other, from the anchor or from the first date."""
    rooted = isinstance(anchor, date) or not isinstance(steps[0].time, Fixed)
    root: list[dict[str, Any]] = []
    if rooted:
        when = {"type": "date", "date": anchor} if isinstance(anchor, date) else {"type": "start"}
        root = [{"id": "start", "when": when}]
    listed = root
    for number, step in enumerate(steps, start=1):
        condition: dict[str, Any] = {"id": f"step {number}", "when": _when(step, listed)}
        if isinstance(step.amount, int):
            condition["shares"] = step.amount
        elif step.amount is None:
            condition |= {"portion": "1/1", "of_rest": True}
        else:
            condition["portion"] = f"{step.amount.numerator}/{step.amount.denominator}"
        if listed:
            listed[-1]["next"] = [condition["id"]]
        listed.append(condition)
    return listed


def _when(step: Step, before: list[dict[str, Any]]) -> dict[str, Any]:
    match step.time:
        case Fixed(date=day):
            return {"type": "date", "date": day}
        case Offset(months=months, days=days):
            return {"type": "after", "of": "start", "months": months, "days": days}
        case Repeat(months=months, times=times, day=day):
            if not before:
                raise NotASchedule("installments follow nothing")
            when = {"type": "after", "of": before[-1]["id"], "months": months, "times": times}
            return when if day is None else {**when, "day": min(day, LAST_DAY)}
        case _:
            raise NotASchedule("a meeting is one of two times or it is none")


def _earliest(plan: Plan, cited: dict[str, Any]) -> AnySchedule:
    """All at the earliest of several times."""
    times = [step.time for step in plan.steps]
    match times:
        case [Meeting(days_before=days), Offset(months=months, days=0)] | [
            Offset(months=months, days=0),
            Meeting(days_before=days),
        ] if months and not isinstance(plan.anchor, date):
            return MeetingOrMonths.model_validate({**cited, "days_before": days, "months": months})
    when = {"type": "date", "date": plan.anchor} if isinstance(plan.anchor, date) else {"type": "start"}
    listed: list[dict[str, Any]] = [{"id": "start", "when": when}]
    for number, time in enumerate(times, start=1):
        if isinstance(time, Meeting):
            follow: dict[str, Any] = {"type": "meeting", "days_before": time.days_before}
        else:
            follow = _when(Step(None, time), listed)
        listed.append({"id": f"step {number}", "when": follow, "portion": "1/1"})
    listed[0]["next"] = [condition["id"] for condition in listed[1:]]
    return Conditions.model_validate({**cited, "kind": "conditions", "conditions": listed})


def before_by(last: date, months: int, times: int) -> date:
    """The first of ``times`` days, ``months`` apart, of which ``last`` is the last."""
    return month_day(last, -months * (times - 1), last.day)
