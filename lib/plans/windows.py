"""The last day to exercise: the window after service, the cap, the Final Exercise Date (A16 to A20, A27).

Rules are effective-dated: seen on a day, only what is in force by that day counts (A45). An amendment that comes
after a director left extends what is still outstanding and revives nothing (A17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lib.plans.days import months_after
from lib.plans.facts import Facts
from lib.plans.result import Binding, LastDay
from lib.plans.term import Term
from lib.plans.terms import Window


@dataclass(frozen=True)
class Limit:
    """A last day with the term that sets it; ``at_once`` where the right is gone by the end of that very day."""

    last_day: LastDay
    term: Term
    at_once: bool = False


def expiry(facts: Facts, granted: date, final_exercise_date: date | None) -> Limit:
    """The end of the option's own life: the cap, inclusive, or an earlier Final Exercise Date (A19)."""
    cap = months_after(granted, 12 * facts.terms.cap.years)
    if final_exercise_date is not None and final_exercise_date < cap:
        return _limit(final_exercise_date, "final_exercise_date", facts.terms.final_exercise_date)
    return _limit(cap, "cap", facts.terms.cap)


def window(facts: Facts, granted: date, end_of_life: date, seen: date) -> tuple[Window, date]:
    """The window that counts on ``seen`` for an option whose holder has left, and its last day, inclusive."""
    ended = facts.service.end
    assert ended is not None
    counting: tuple[Window, date] | None = None
    for rule in in_order(facts.terms.windows):
        if not (rule.in_force(seen) and rule.covers(granted) and _meets(rule, facts)):
            continue
        if (
            rule.effective is not None
            and ended < rule.effective
            and not _reaches(rule, facts, counting, end_of_life)
        ):
            continue
        counting = rule, _window_end(facts, rule, granted, end_of_life)
    assert counting is not None, "the terms were checked to have a window for every departure"
    return counting


def window_ends(facts: Facts, granted: date, end_of_life: date) -> list[date]:
    """The last days of all windows that could count once service has ended."""
    if facts.service.end is None:
        return []
    return [_window_end(facts, rule, granted, end_of_life) for rule in facts.terms.windows]


def in_order(windows: tuple[Window, ...]) -> list[Window]:
    """Windows as they came into force, the original ones first; of those that cover a case the last one counts.

    Of windows in force from one day, one for named reasons counts before one for any, wherever the file lists it.
    """
    return sorted(windows, key=lambda rule: (rule.effective or date.min, rule.reasons is not None))


def earliest(facts: Facts, granted: date, own: Limit, seen: date) -> Limit:
    """The earliest of window, cap and Final Exercise Date for a holder who has left (A20)."""
    rule, last = window(facts, granted, own.last_day.date, seen)
    if rule.until_expiry or last > own.last_day.date:
        return own
    return Limit(LastDay(last, "window", rule.at_once), rule, at_once=rule.at_once)


def _window_end(facts: Facts, rule: Window, granted: date, end_of_life: date) -> date:
    """The corresponding calendar day, clamped and inclusive; from the disability under that reading (A18, A25)."""
    ended = facts.service.end
    assert ended is not None
    if rule.until_expiry or rule.at_once:
        return end_of_life if rule.until_expiry else ended
    start = ended
    if facts.readings.disability_measure == "disability":
        start = facts.service.disabled_holding(granted) or ended
    return months_after(start, rule.months) + timedelta(days=rule.days)


def _meets(rule: Window, facts: Facts) -> bool:
    return rule.reasons is None or facts.service.reason in rule.reasons


def _reaches(rule: Window, facts: Facts, before: tuple[Window, date] | None, end_of_life: date) -> bool:
    """Whether an amendment reaches a holder already gone: only what had not lapsed on its date (A17)."""
    if facts.readings.window_amendment == "prospective" or before is None or rule.effective is None:
        return False
    return min(before[1], end_of_life) >= rule.effective


def _limit(day: date, binding: Binding, term: Term) -> Limit:
    return Limit(LastDay(day, binding), term)
