"""The same state at every day on which anything changes: what a stepped chart needs, and no other days.

All events of the scenario count here, whatever its ``as_of``. A step on a day equals the result as of that day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lib.plans.days import LATEST, ONE_DAY, months_after, next_anniversary
from lib.plans.option import Option
from lib.plans.pool import pool_on
from lib.plans.result import NOTHING, Holding, PoolStep, Step, summed
from lib.plans.scenario import Fact, Scenario, Termination
from lib.plans.simulate import open_book
from lib.plans.term import Reason
from lib.plans.terms import PlanTerms
from lib.plans.windows import window_ends


@dataclass(frozen=True)
class Leaving:
    """Leaving on any day from ``date`` until the next entry forfeits and keeps so many shares over all grants."""

    date: date
    forfeited: int
    kept: int


def steps(terms: PlanTerms, scenario: Scenario) -> dict[str, tuple[Step, ...]]:
    """For each grant by id its steps in order, the first on the grant date.

    Each step's ``total`` is the grant's shares, save that exercised shares are never restated for a later split.
    """
    return {option.grant.id: tuple(_steps(option)) for option in open_book(terms, scenario).options}


def steps_together(told: Mapping[str, Sequence[Step]]) -> tuple[Step, ...]:
    """The steps of several grants as those of one, from the first grant on; a grant adds to the total on its day."""
    causes = defaultdict[date, list[str]](list)
    for run in told.values():
        for step in run:
            causes[step.date] += step.causes
    return tuple(
        Step(day, summed(_on(run, day) for run in told.values()), tuple(dict.fromkeys(causes[day])))
        for day in sorted(causes)
    )


def _on(run: Sequence[Step], day: date) -> Holding:
    """A grant's state on a day; nothing before it was made."""
    place = bisect_right(run, day, key=lambda step: step.date)
    return run[place - 1].holding if place else NOTHING


def pool_steps(terms: PlanTerms, scenario: Scenario) -> tuple[PoolStep, ...]:
    """The pool on every day on which it changes, from the first grant on."""
    book = open_book(terms, scenario)
    days = {day for option in book.options for day in _days_of_change(option)}
    listed: list[PoolStep] = []
    for day in sorted(days):
        pool = pool_on(book.facts, book.options, day)
        if not listed or listed[-1].pool != pool:
            listed.append(PoolStep(day, pool))
    return tuple(listed)


def cost_of_leaving(terms: PlanTerms, scenario: Scenario, reason: Reason) -> tuple[Leaving, ...]:
    """What leaving would forfeit, for every day from the first grant until everything is vested or over.

    Days after ``LATEST``, which no event may have, are left out.
    The scenario's own departure is left out; its other events stay.
    """
    staying = scenario.model_copy(update={"events": tuple(e for e in scenario.events if not _departs(e))})
    options = open_book(terms, staying).options
    days = {day for option in options for day in _days_that_matter(option) if day <= LATEST}
    listed: list[Leaving] = []
    for day in sorted(days):
        leaving = Termination(date=day, reason=reason)
        left = staying.model_copy(update={"as_of": day, "events": (*staying.events, leaving)})
        book = open_book(terms, left, day)
        holdings = [(option, option.holding(day)) for option in book.options]
        cost = sum(holding.forfeited for _, holding in holdings)
        kept = sum(
            holding.exercised if option.delivered else holding.exercisable for option, holding in holdings
        )
        if not listed or (listed[-1].forfeited, listed[-1].kept) != (cost, kept):
            listed.append(Leaving(day, cost, kept))
    return tuple(listed)


def _departs(event: object) -> bool:
    return isinstance(event, Termination) or (
        isinstance(event, Fact) and event.type in {"death", "disability"}
    )


def _steps(option: Option) -> Iterator[Step]:
    before = None
    for day, causes in sorted(_days_of_change(option).items()):
        holding = option.holding(day)
        if holding != before:
            yield Step(day, holding, tuple(causes))
        before = holding


def _days_of_change(option: Option) -> dict[date, list[str]]:
    """Every day on which the option may change, with what happens on it."""
    facts, days = option.facts, defaultdict[date, list[str]](list)
    days[option.grant.date].append("grant")
    for vest in option.vests:
        days[vest.date].append("vest")
    for split in facts.splits:
        days[split.date].append("split")
    for exercise in option.exercises:
        days[exercise.date].append("exercise")
    for acquired, _ in option.acquisitions:
        days[acquired].append("acquisition")
    if facts.service.end is not None:
        days[facts.service.end].append(facts.service.reason)
    for breach in facts.breaches:
        days[breach].append("breach")
    life_ends = option.expiry.last_day.date
    for last in {life_ends, *window_ends(facts, option.grant.date, life_ends)}:
        days[last + ONE_DAY].append("lapse")
    return {day: causes for day, causes in days.items() if day >= option.grant.date}


def _days_that_matter(option: Option) -> Iterator[date]:
    """Days on which the answer to "what if they left today" may change, with the day after each."""
    changes = list(_days_of_change(option))
    last = option.expiry.last_day.date
    anniversary = next_anniversary(option.grant.date, option.grant.date)
    while anniversary <= max((vest.date for vest in option.vests), default=date.min):
        changes.append(anniversary)
        anniversary = next_anniversary(option.grant.date, anniversary)
    changes += _days_of_accelerations(option)
    for day in changes:
        if option.grant.date <= day <= last:
            yield day
            yield day + ONE_DAY


def _days_of_accelerations(option: Option) -> Iterator[date]:
    """Days on which an acceleration that reaches some months ahead gains a vest, or a second trigger ends."""
    for rule in option.facts.terms.accelerations:
        if rule.months is not None:
            for vest in option.vests:
                earlier = months_after(vest.date, -rule.months)
                yield from (earlier + ONE_DAY * late for late in range(4))  # shorter months clamp
        if rule.within_months_of_acquisition is not None:
            for acquired in option.facts.acquisitions:
                yield from (acquired, months_after(acquired, rule.within_months_of_acquisition))
