"""Open Cap Format out: a rule's schedule as vesting terms, its windows, and a grant's vests; with what gets lost.

The format has no meetings, no acquisitions, no breach, no acceleration by reason, and one reading of every text.
Whatever it cannot hold is a sentence in ``lost``, so that nobody takes the file for the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lib.plans.days import LAST_DAY
from lib.plans.ocf import REASONS, START_DAY
from lib.plans.result import GrantState
from lib.plans.schedule_terms import (
    After,
    AnySchedule,
    AtMeeting,
    AtStart,
    Condition,
    Conditions,
    Installments,
    MeetingOrMonths,
    OnDate,
    OnEvent,
)
from lib.plans.terms import GrantRule, PlanTerms, Window
from lib.plans.windows import in_order

LONGEST_PLAIN_DAY = 28
"""The last day of the month that every month has, which the format writes as a bare number."""


@dataclass(frozen=True)
class Exported:
    """The format's objects, with sentences on what of the plan they do not hold."""

    vesting_terms: dict[str, Any]
    termination_exercise_windows: list[dict[str, Any]]
    lost: tuple[str, ...]


def write_rule(terms: PlanTerms, rule: GrantRule) -> Exported:
    """The schedule of a grant rule and the plan's windows, as the format can say them."""
    lost: list[str] = []
    vesting = write_schedule(rule.schedule, f"{terms.plan}-{rule.name}", lost)
    windows = list(_windows(terms, lost)) if rule.award == "option" else []
    lost += _beyond(terms)
    return Exported(vesting, windows, tuple(lost))


def write_schedule(schedule: AnySchedule, name: str, lost: list[str]) -> dict[str, Any]:
    """A ``VESTING_TERMS`` object; sentences on what it cannot hold are added to ``lost``."""
    match schedule:
        case Installments():
            listed, allocation = _installments(schedule), schedule.allocation
        case MeetingOrMonths():
            listed, allocation = _meeting_or_months(schedule, lost), "cumulative_round_down"
        case Conditions():
            listed, allocation = (
                [_condition(schedule, c, lost) for c in schedule.conditions],
                schedule.allocation,
            )
    return {
        "id": name,
        "object_type": "VESTING_TERMS",
        "name": name,
        "description": schedule.text,
        "allocation_type": allocation.upper(),
        "vesting_conditions": listed,
    }


def write_vestings(state: GrantState) -> list[dict[str, str]]:
    """A grant's installments as the format's ``vestings``: days and whole shares."""
    return [
        {"date": vest.date.isoformat(), "amount": str(vest.shares)}
        for vest in state.installments
        if vest.shares
    ]


def _start(*following: str) -> dict[str, Any]:
    return {
        "id": "start",
        "quantity": "0",
        "trigger": {"type": "VESTING_START_DATE"},
        "next_condition_ids": list(following),
    }


def _relative(
    of: str, length: int, times: int, cliff: int = 0, unit: str = "MONTHS", day: str = START_DAY
) -> dict[str, Any]:
    period: dict[str, Any] = {"length": length, "type": unit, "occurrences": times}
    if unit == "MONTHS":
        period["day_of_month"] = day
    if cliff > 1:
        period["cliff_installment"] = cliff
    return {"type": "VESTING_SCHEDULE_RELATIVE", "period": period, "relative_to_condition_id": of}


def _installments(schedule: Installments) -> list[dict[str, Any]]:
    installments = {
        "id": "installments",
        "portion": {"numerator": "1", "denominator": str(schedule.count)},
        "trigger": _relative("start", schedule.period_months, schedule.count, schedule.cliff),
        "next_condition_ids": [],
    }
    return [_start("installments"), installments]


def _meeting_or_months(schedule: MeetingOrMonths, lost: list[str]) -> list[dict[str, Any]]:
    lost.append(
        f"{schedule.clause}: the format knows no meetings. Record a vesting event {schedule.days_before} day(s) before"
        " the first annual meeting after the grant."
    )
    whole = {"numerator": "1", "denominator": "1"}
    return [
        _start("meeting", "months"),
        {"id": "meeting", "portion": whole, "trigger": {"type": "VESTING_EVENT"}, "next_condition_ids": []},
        {
            "id": "months",
            "portion": whole,
            "trigger": _relative("start", schedule.months, 1),
            "next_condition_ids": [],
        },
    ]


def _condition(schedule: Conditions, condition: Condition, lost: list[str]) -> dict[str, Any]:
    written: dict[str, Any] = {"id": condition.id}
    if condition.portion is not None:
        top, _, bottom = condition.portion.partition("/")
        written["portion"] = {"numerator": top, "denominator": bottom or "1"}
        written["portion"] |= {"remainder": True} if condition.of_rest else {}
    else:
        written["quantity"] = str(condition.shares or 0)
    written["trigger"] = _trigger(schedule, condition, lost)
    written["next_condition_ids"] = list(condition.next)
    return written


def _trigger(schedule: Conditions, condition: Condition, lost: list[str]) -> dict[str, Any]:
    match condition.when:
        case AtStart():
            return {"type": "VESTING_START_DATE"}
        case OnDate(date=day):
            return {"type": "VESTING_SCHEDULE_ABSOLUTE", "date": day.isoformat()}
        case OnEvent():
            return {"type": "VESTING_EVENT"}
        case AtMeeting(days_before=days):
            lost.append(
                f"{condition.id}: the format knows no meetings. Record a vesting event {days} day(s) before the"
                " annual meeting."
            )
            return {"type": "VESTING_EVENT"}
        case After() as when if when.months:
            wanted = _day(schedule, condition, when, lost)
            return _relative(when.of, when.months, when.times, when.cliff, day=wanted)
        case After() as when:
            return _relative(when.of, when.days, when.times, when.cliff, unit="DAYS")


def _day(schedule: Conditions, condition: Condition, when: After, lost: list[str]) -> str:
    """The day of the month in the format's words; it knows the start's day and numbers only."""
    day: str | int = when.day
    origin = schedule.named(when.of)
    while day == "own":
        match origin.when:
            case AtStart():
                day = "start"
            case OnDate(date=fixed):
                day = fixed.day
            case After() as before if before.months:
                day, origin = before.day, schedule.named(before.of)
            case _:
                lost.append(
                    f"{condition.id}: the format cannot count from the day of {origin.id}; it takes the start's."
                )
                day = "start"
    if isinstance(day, str):
        return START_DAY
    return f"{day:02}" if day <= LONGEST_PLAIN_DAY else f"{min(day, LAST_DAY)}_OR_LAST_DAY_OF_MONTH"


def _windows(terms: PlanTerms, lost: list[str]) -> Iterator[dict[str, Any]]:
    for reason, ours in REASONS.items():
        found = [_window(terms, name) for name in ours]
        window = found[0]
        if window is None or any(other != window for other in found):
            lost.append(
                f"windows: {' and '.join(ours)} have no one window that the format's {reason} could name."
            )
        elif window.until_expiry or (window.months and window.days):
            lost.append(
                f"{window.clause}: the format cannot say that the window lasts so long after {reason}."
            )
        else:
            unit = "MONTHS" if window.months else "DAYS"
            yield {"reason": reason, "period": window.months or window.days, "period_type": unit}
    for window in terms.windows:
        if window.effective or window.granted_from or window.granted_through:
            lost.append(
                f"{window.clause}: the format's windows know no dates of grants or amendments; the newest is written."
            )


def _window(terms: PlanTerms, reason: str) -> Window | None:
    """The newest window for a reason."""
    covering = [w for w in in_order(terms.windows) if w.reasons is None or reason in w.reasons]
    return covering[-1] if covering else None


def _beyond(terms: PlanTerms) -> Iterator[str]:
    for acceleration in terms.accelerations:
        yield f"{acceleration.clause}: the format has no acceleration upon {', '.join(acceleration.upon)}."
    if terms.breach is not None:
        yield f"{terms.breach.clause}: the format has no end of the right upon a breach."
    yield f"{terms.cap.clause}: the longest life goes into each issuance as its expiration date."
    for name, reading in terms.readings.items():
        if len(reading.options) > 1:
            yield f"readings.{name}: the format holds one reading, {reading.default!r}."
