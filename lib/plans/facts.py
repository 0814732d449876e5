"""What is known on one day: terms, chosen readings, and the events up to that day, sorted out for the engine.

Meetings are the exception: a future one is known as the expected day, so that a schedule can be shown (A9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import prod

from lib.plans.scenario import (
    AnnualMeeting,
    Event,
    Exercise,
    Fact,
    Scenario,
    Split,
    StockDividend,
    VestingEvent,
    check_rules,
    chosen_readings,
)
from lib.plans.service import Service, first, service
from lib.plans.terms import PlanTerms, Readings

ONE = Fraction(1)


@dataclass(frozen=True)
class Facts:
    """A scenario up to and including ``through``; ``exercises`` keep their place in the scenario."""

    terms: PlanTerms
    readings: Readings
    through: date
    events: tuple[Event, ...]
    meetings: tuple[date, ...]
    service: Service
    acquisitions: tuple[date, ...]
    breaches: tuple[date, ...]
    splits: tuple[Split | StockDividend, ...]
    exercises: tuple[tuple[int, Exercise], ...]
    happened: tuple[VestingEvent, ...] = ()

    def factor(self, after: date, through: date) -> Fraction:
        """Shares that one share of the end of ``after`` has become by the end of ``through`` (A33, A34)."""
        if not self._factors:
            return ONE
        known = self._products.get((after, through))
        if known is None:
            known = prod((factor for day, factor in self._factors if after < day <= through), start=ONE)
            self._products[after, through] = known
        return known

    @cached_property
    def _products(self) -> dict[tuple[date, date], Fraction]:
        return {}

    @cached_property
    def _factors(self) -> tuple[tuple[date, Fraction], ...]:
        return tuple((split.date, split.factor) for split in self.splits)

    def met(self, grant: str) -> dict[str, date]:
        """The days on which what conditions wait for happened while service went on, for one grant."""
        days: dict[str, date] = {}
        for event in self.happened:
            if event.grant in {None, grant} and (self.service.end is None or event.date <= self.service.end):
                days.setdefault(event.event, event.date)
        return days

    def plan_factor(self, through: date) -> Fraction:
        """The same for the figures printed in the plan, which already reflect earlier splits (rule 5, A37)."""
        since = self.terms.pool.reflects_splits_before
        return prod(
            (factor for day, factor in self._factors if (since is None or since <= day) and day <= through),
            start=ONE,
        )


def facts(terms: PlanTerms, scenario: Scenario, through: date) -> Facts:
    """Sort out the scenario as of the end of ``through``. Raises ScenarioError for what the plan does not offer."""
    readings = chosen_readings(scenario, terms)
    check_rules(scenario, terms)
    events = _in_order([event for event in scenario.events if event.date <= through])
    places = {id(event): number for number, event in enumerate(scenario.events)}
    return Facts(
        terms=terms,
        readings=readings,
        through=through,
        events=events,
        meetings=tuple(sorted({event.date for event in scenario.events if isinstance(event, AnnualMeeting)})),
        service=service(events, readings),
        acquisitions=tuple(
            event.date for event in events if isinstance(event, Fact) and event.type == "acquisition"
        ),
        breaches=_breaches(terms, readings, events),
        splits=tuple(event for event in events if isinstance(event, Split | StockDividend)),
        exercises=tuple((places[id(event)], event) for event in events if isinstance(event, Exercise)),
        happened=tuple(event for event in events if isinstance(event, VestingEvent)),
    )


def _in_order(events: list[Event]) -> tuple[Event, ...]:
    """By day; within one by content, smaller exercises first, so that the order of listing never matters."""
    events.sort(key=lambda event: event.date)
    if any(before.date == after.date for before, after in pairwise(events)):
        events.sort(
            key=lambda event: (
                event.date,
                event.shares if isinstance(event, Exercise) else Decimal(0),
                event.model_dump_json(),
            )
        )
    return tuple(events)


def _breaches(terms: PlanTerms, readings: Readings, events: tuple[Event, ...]) -> tuple[date, ...]:
    """The days on which a breach ends options: the notices, or under the other reading the first breach too (A28)."""
    if terms.breach is None:
        return ()
    notices = {event.date for event in events if isinstance(event, Fact) and event.type == "breach_notice"}
    breached = first(events, "breach")
    if readings.breach_lapse == "breach" and breached is not None:
        notices.add(breached)
    return tuple(sorted(notices))
