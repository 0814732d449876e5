"""The clocks of each grant: from when to when it vests, the last day to exercise, and its longest life.

Seen once everything in the scenario has happened, so that a later amendment or departure is in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lib.plans.option import Option
from lib.plans.result import LastDay
from lib.plans.scenario import Scenario
from lib.plans.simulate import open_book
from lib.plans.terms import PlanTerms


@dataclass(frozen=True)
class Clock:
    """One grant's days. The vests are those that came or will come; without any, both are null."""

    id: str
    rule: str
    granted: date
    first_vest: date | None
    last_vest: date | None
    last_day: LastDay | None
    life_ends: date


def clocks(terms: PlanTerms, scenario: Scenario) -> tuple[Clock, ...]:
    """The clocks of every grant of the scenario, by the rules and events of all its days."""
    last = max([scenario.day, *(event.date for event in scenario.events)])
    return tuple(_clock(option, last) for option in open_book(terms, scenario, last).options)


def _clock(option: Option, day: date) -> Clock:
    end = option.facts.service.end
    vests = [vest.date for vest in option.vests if end is None or vest.date <= end]
    vests += [at for at, _ in option.acquisitions]
    if end is not None and option.accelerated(day):
        vests.append(end)
    limit = option.limit(day)
    return Clock(
        id=option.grant.id,
        rule=option.grant.rule,
        granted=option.grant.date,
        first_vest=min(vests, default=None),
        last_vest=max(vests, default=None),
        last_day=None if limit is None else limit.last_day,
        life_ends=option.expiry.last_day.date,
    )
