"""What an analyst should know beside the figures: disputed readings at work, events without effect, awkward days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import floor
from typing import get_args

from lib.plans.facts import Facts
from lib.plans.option import DeathReading, Option
from lib.plans.result import Finding
from lib.plans.scenario import Fact, Termination
from lib.plans.schedule_terms import MeetingOrMonths
from lib.plans.service import departure, first
from lib.plans.vest import first_meeting_after


def findings(facts: Facts, options: Sequence[Option], day: date) -> tuple[Finding, ...]:
    """All findings about the events and the grants as seen at the end of ``day``."""
    found = list(_events_without_effect(facts))
    for number, option in enumerate(options):
        where = f"grants[{number}]"
        for check in (_after_service, _provisional, _waiting, _acceleration, _amended_window, _days_off):
            found += check(option, day, where)
    return tuple(found)


def _events_without_effect(facts: Facts) -> Iterator[Finding]:
    leaving = departure(facts.events)
    if leaving is None and first(facts.events, "disability") is not None:
        message = "Disability while still serving accelerates nothing; it counts once service ends by it."
        yield Finding("note", "events", message, "A44")
    if leaving is not None and leaving.continues_as:
        message = (
            f"Left the Board on {leaving.date} and went on as {leaving.continues_as}: whether that keeps the option"
            f" alive is a reading, here {facts.readings.service!r}."
        )
        yield Finding("note", "readings.service", message, "A15")
    for event in facts.events:
        if isinstance(event, Termination) and leaving is not None and event.date > leaving.date:
            yield Finding(
                "warning", "events", f"Service had ended before the termination on {event.date}.", "A42"
            )
        if isinstance(event, Fact) and event.type in {"death", "disability"}:
            ended = facts.service.end
            if ended is not None and ended < event.date:
                message = (
                    f"The {event.type} on {event.date} came after service: no acceleration, no longer window."
                )
                yield Finding("note", "events", message, "A26")
            if (
                event.type == "death"
                and ended == event.date
                and leaving is not None
                and leaving.reason != "death"
            ):
                message = (
                    f"The death on {event.date} falls on the day of leaving, whose reason is given as"
                    f" {leaving.reason}: nothing is accelerated unless the reason is death."
                )
                yield Finding("warning", "events", message, "A26")
    breached, noticed = first(facts.events, "breach"), first(facts.events, "breach_notice")
    if breached is not None and noticed is None and facts.readings.breach_lapse == "notice":
        message = f"The breach on {breached} ends nothing until the company gives written notice."
        yield Finding("note", "events", message, "A28")
    if breached is not None and noticed is not None and noticed < breached:
        message = (
            f"The notice of a breach on {noticed} comes before the breach on {breached} that it would describe."
            " Check the two dates."
        )
        yield Finding("warning", "events", message, "A28")


def _after_service(option: Option, day: date, where: str) -> Iterator[Finding]:
    end = option.facts.service.end
    if end is not None and end < option.grant.date:
        message = f"Granted on {option.grant.date}, after service ended on {end}: nothing vests."
        yield Finding("warning", f"{where}.date", message, "A5")


def _provisional(option: Option, day: date, where: str) -> Iterator[Finding]:
    if not isinstance(option.schedule, MeetingOrMonths) or option.grant.vested:
        return
    meeting = first_meeting_after(option.grant.date, option.facts.meetings)
    if (
        meeting is not None
        and meeting > day
        and option.vests[0].date < meeting
        and option.holding(day).unvested
    ):
        message = (
            f"The vest on {option.vests[0].date} rests on the meeting expected for {meeting}; without it the last"
            f" day would be {option.schedule.months} months after the grant ({option.schedule.clause})."
        )
        yield Finding("note", f"{where}.installments", message, "A9")


def _waiting(option: Option, day: date, where: str) -> Iterator[Finding]:
    """Shares that no day is known for, because a condition has not been met."""
    total = option.vests[-1].cumulative if option.vests else 0
    if total < option.shares and option.holding(day).unvested:
        waiting = floor((option.shares - total) * option.factor(day))
        message = (
            f"{waiting:,} shares have no vest date: a condition has not been met ({option.schedule.clause})."
        )
        yield Finding("note", f"{where}.installments", message, option.schedule.clause)


def _acceleration(option: Option, day: date, where: str) -> Iterator[Finding]:
    facts = option.facts
    if facts.service.accelerating is None or not option.left(day) or option.acquired is not None:
        return
    rule = option.acceleration(facts.service.reason, facts.service.end) if facts.service.end else None
    if rule is None or rule.reach != "next_anniversary" or "death_acceleration" not in facts.terms.readings:
        return
    kept = {}
    for mode in get_args(DeathReading):
        holding = option.with_death_reading(mode).holding(day)
        kept[mode] = holding.exercisable + holding.lapsed
    if len(set(kept.values())) > 1:
        message = (
            f"On {facts.service.accelerating} the reading decides: {kept['through']:,} shares with everything up to"
            f" the next anniversary, {kept['installment']:,} with the installment of that day alone,"
            f" {kept['none']:,} with no acceleration."
        )
        question = "A21" if facts.readings.death_acceleration == "none" else "A22"
        yield Finding("note", f"{where}.accelerated", message, question)


def _amended_window(option: Option, day: date, where: str) -> Iterator[Finding]:
    limit, end = option.limit(day), option.facts.service.end
    if limit is None or limit.last_day.binding != "window" or end is None:
        return
    effective = option.window(day).effective
    if effective is not None and end < effective:
        message = (
            f"Service ended on {end}, before the amendment of {effective}; the option was outstanding on that day"
            f" and is read as extended ({option.window(day).clause})."
        )
        yield Finding("note", f"{where}.last_exercise_day", message, "A17")


def _days_off(option: Option, day: date, where: str) -> Iterator[Finding]:
    limit = option.limit(day)
    if limit is not None and limit.last_day.binding != "breach" and limit.last_day.date.weekday() >= 5:
        message = (
            f"The last day, {limit.last_day.date}, is a {limit.last_day.weekday}: it does not roll, and notice has"
            " to be received by then."
        )
        yield Finding("note", f"{where}.last_exercise_day", message, "A18")
