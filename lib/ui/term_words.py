"""A plan's terms in plain words, as pages and memos show them beside the clause."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lib.charts.look import day
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
from lib.plans.term import REASON_WORDS
from lib.plans.terms import Acceleration, GrantRule, PriceRule, Window
from lib.ui.words import count

_BASES = {
    "last_sale": "last sale",
    "closing": "closing price",
    "average_high_low": "average of high and low",
    "fair_market_value": "fair market value",
}
_MADE = {
    "on_election": "on election",
    "at_annual_meeting": "at each annual meeting",
    "by_the_board": "as the Board grants it",
}


def rule_words(rule: GrantRule) -> str:
    """A kind of grant: ``20,000 shares on election after 16 Apr 2003``."""
    shares = f"{rule.shares:,} shares" if rule.shares else "a number of its own"
    told = f"{shares} {_MADE[rule.made]}"
    if rule.elected_after:
        told += f", if elected after {day(rule.elected_after)}"
    if rule.months_since_election:
        told += f", if elected {count(rule.months_since_election, 'month')} before"
    if rule.held_from:
        told += f", from {day(rule.held_from)} on"
    return f"{told}, as units delivered when they vest" if rule.award == "units" else told


def schedule_words(schedule: AnySchedule) -> str:
    """How a grant vests: ``12 equal installments, 3 months apart``."""
    match schedule:
        case Installments(count=1):
            return f"everything after {count(schedule.period_months, 'month')}"
        case Installments():
            told = f"{schedule.count} equal installments, {_every(schedule.period_months)}"
            return f"{told}, the first {schedule.cliff} together" if schedule.cliff > 1 else told
        case MeetingOrMonths():
            before = count(schedule.days_before, "day")
            return f"everything {before} before the next annual meeting, or after {count(schedule.months, 'month')}"
        case Conditions():
            steps = [words for one in schedule.conditions if (words := _condition_words(schedule, one))]
            shown = "; ".join(steps[:4])
            return f"{shown}; and {len(steps) - 4} more steps" if len(steps) > 4 else shown or "nothing"


def window_words(window: Window) -> str:
    """How long after service ends: ``36 months after any end of service, for grants from 17 May 2000``."""
    why = (
        "any end of service" if window.reasons is None else listed([REASON_WORDS[r] for r in window.reasons])
    )
    if window.at_once:
        told = f"ends at once upon {why}"
    elif window.until_expiry:
        told = f"lasts its own life after {why}"
    else:
        spans = [count(n, unit) for n, unit in ((window.months, "month"), (window.days, "day")) if n]
        told = f"{' and '.join(spans)} after {why}"
    return told + _dates(window)


def acceleration_words(rule: Acceleration) -> str:
    """What vests early: ``upon death or disability, what would have vested by the next anniversary``."""
    reach = {
        "full": "everything",
        "next_anniversary": "what would have vested by the next anniversary",
        "months": f"what would have vested in the next {count(rule.months or 0, 'month')}",
    }[rule.reach]
    told = f"{reach} upon {listed([REASON_WORDS[name] for name in rule.upon])}"
    if rule.within_months_of_acquisition:
        told += f" within {count(rule.within_months_of_acquisition, 'month')} after an acquisition"
    return told + _dates(rule)


def price_words(rule: PriceRule) -> str:
    """How the exercise price is set: ``100 % of the last sale on the day of the grant``."""
    when = "the day of the grant" if rule.day == "grant" else "the day before the grant"
    told = f"{rule.percent} % of the {_BASES[rule.basis]} on {when}"
    if rule.without_a_price:
        told += f", else of the {rule.without_a_price.replace('_day', '')} day with a price"
    return told


def listed(words: list[str]) -> str:
    """Words in a row: ``death or disability``."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def _dates(term: Any) -> str:
    told = ""
    if term.granted_from:
        told += f", for grants from {day(term.granted_from)}"
    if term.granted_through:
        told += f", for grants through {day(term.granted_through)}"
    return f"{told}, in force from {day(term.effective)}" if term.effective else told


def _condition_words(schedule: Conditions, condition: Condition) -> str:
    """A step that vests something: ``1/48 of the grant 36 times, 1 month apart``; empty for one that vests nothing."""
    if condition.shares is not None:
        amount = f"{condition.shares:,} shares"
    elif condition.portion is None or not Fraction(condition.portion):
        return ""
    else:
        part = Fraction(condition.portion)
        whole = "the rest" if condition.of_rest else "the grant"
        amount = f"all of {whole}" if part == 1 else f"{condition.portion} of {whole}"
    match condition.when:
        case AtStart():
            return f"{amount} at the start"
        case OnDate(date=on):
            return f"{amount} on {day(on)}"
        case OnEvent(event=name):
            return f"{amount} once {name} is met"
        case AtMeeting(days_before=days):
            return (
                f"{amount} {count(days, 'day')} before the next annual meeting"
                if days
                else f"{amount} at the next annual meeting"
            )
        case After(months=0, days=0, of=of):
            starts = isinstance(schedule.named(of).when, AtStart)
            return f"{amount} at the start" if starts else f"{amount} on the same day"
        case After() as when:
            span = _every(when.months) if when.months else f"{count(when.days, 'day')} apart"
            if when.times == 1:
                return f"{amount} {_later(schedule, when, span.removesuffix(' apart'))}"
            together = f", the first {when.cliff} together" if when.cliff > 1 else ""
            return f"{amount} {when.times} times, {span}{together}"


def _later(schedule: Conditions, when: After, span: str) -> str:
    """How long after what: ``after 12 months``, ``12 months after 1 Mar 2024``, or ``12 months later``."""
    match schedule.named(when.of).when:
        case AtStart():
            return f"after {span}"
        case OnDate(date=on):
            return f"{span} after {day(on)}"
        case _:
            return f"{span} later"


def _every(months: int) -> str:
    return f"{count(months, 'month')} apart"
