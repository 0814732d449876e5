"""What the vesting page asks the engine: its inputs as the contract's scenario, and the days on which shares vest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from lib.plans.errors import ScenarioError
from lib.plans.result import GrantState
from lib.plans.scenario import Scenario, parse_scenario
from lib.plans.simulate import simulate
from lib.plans.term import Reason
from lib.plans.terms import PlanTerms
from lib.plans.timeline import Leaving, cost_of_leaving

GRANT: Final = "G1"
FIRST_GRANT: Final = date(2003, 11, 13)
FIRST_DEPARTURE: Final = date(2005, 3, 15)
SERVING: Final = "Still serving"
SEARCHED_DAYS: Final = 800
"""How far from a grant date another one is looked for that would vest on a given day."""


@dataclass(frozen=True)
class Setup:
    """The inputs that stay while the two sliders move."""

    plan: str
    terms: PlanTerms
    rule: str
    shares: int | None
    price: Decimal | None
    share_price: Decimal | None
    meetings: tuple[date, ...]
    as_of: date | None
    final_exercise_date: date | None
    events: tuple[Mapping[str, Any], ...]
    readings: Mapping[str, str]
    continues: Mapping[str, Any]
    own: Mapping[str, Any] = field(default_factory=dict)
    """What the grant brings of its own: a schedule in place of the plan's, a vesting start, or that it has vested."""
    whole: bool = False
    """Whether every automatic grant of a director is asked for, from the election on, and not one grant."""
    employed: tuple[tuple[str, str | None], ...] = ()
    prices: tuple[Decimal | None, ...] = ()
    """The exercise prices of a director's automatic grants, in their order; null where one is not known."""
    problems: tuple[str, ...] = ()
    """What keeps the inputs from being run, a sentence each that names the place."""

    @property
    def units(self) -> bool:
        """Whether the grant is of units, whose shares are delivered as they vest."""
        rule = self.terms.rule(self.rule)
        return not self.whole and rule is not None and rule.award == "units"


@dataclass(frozen=True)
class Course:
    """The inputs that the sliders move: the grant date, and how service went on or ended."""

    granted: date
    day: date
    reason: Reason | None

    @property
    def left(self) -> date | None:
        """The day service ended; null while it goes on."""
        return None if self.reason is None else self.day


def scenario_data(setup: Setup, course: Course) -> dict[str, Any]:
    """The page's inputs as the contract's JSON: what ``python -m lib simulate`` takes."""
    events = [dict(event) for event in setup.events]
    events += [{"type": "annual_meeting", "date": meeting.isoformat()} for meeting in setup.meetings]
    if course.reason is not None:
        leaving = {"type": "termination", "date": course.day.isoformat(), "reason": course.reason}
        events.append(leaving | dict(setup.continues))
    data: dict[str, Any] = {
        "plan": setup.plan,
        "as_of": _as_of(setup, course),
        "grants": [] if setup.whole else [_grant(setup, course)],
        "events": sorted(events, key=lambda event: (event["date"], event["type"])),
        "readings": dict(setup.readings),
    }
    if setup.whole:
        data["director"] = {"elected": course.granted.isoformat(), "employee": setup.employed}
        data["grants"] = _priced(setup, data)
    return data


def arising(terms: PlanTerms, data: Mapping[str, Any]) -> tuple[GrantState, ...]:
    """The automatic grants of a scenario of a director, in order; none where it cannot be run."""
    try:
        return simulate(terms, parse_scenario({**data, "as_of": None})).grants
    except ScenarioError:
        return ()


def _priced(setup: Setup, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those automatic grants whose price is known, listed with it; listed ones are not made a second time."""
    if not any(setup.prices):
        return []
    made = zip(arising(setup.terms, data), setup.prices, strict=False)
    return [
        {"id": grant.id, "rule": grant.rule, "date": grant.date.isoformat(), "price": str(price)}
        for grant, price in made
        if price is not None
    ]


def _grant(setup: Setup, course: Course) -> dict[str, Any]:
    grant = {
        "id": GRANT,
        "rule": setup.rule,
        "date": course.granted.isoformat(),
        "shares": setup.shares,
        "price": None if setup.price is None else str(setup.price),
        "final_exercise_date": setup.final_exercise_date and setup.final_exercise_date.isoformat(),
    }
    return {name: value for name, value in (grant | dict(setup.own)).items() if value is not None}


def make_scenario(setup: Setup, course: Course) -> Scenario:
    """The scenario to run. Raises ScenarioError where the inputs contradict each other."""
    return parse_scenario(scenario_data(setup, course))


def _as_of(setup: Setup, course: Course) -> str | None:
    """The day asked for; while serving, the day up to which service is known; null: after the last event."""
    seen = setup.as_of or (course.day if course.reason is None else None)
    return None if seen is None else seen.isoformat()


def vest_days(setup: Setup, granted: date) -> list[date]:
    """The days on which a grant of that date would vest without leaving; none where it could not be made.

    Of a whole director those of every grant, with ``granted`` as the day of election.
    """
    seen = None if setup.whole else granted.isoformat()
    asked = scenario_data(setup, Course(granted, granted, None)) | {"as_of": seen}
    try:
        made = simulate(setup.terms, parse_scenario(asked)).grants
    except ScenarioError:
        return []
    return sorted({vest.date for grant in made for vest in grant.installments})


def vest_beside(setup: Setup, granted: date, day: date, direction: int) -> date | None:
    """The nearest day before (-1) or after (+1) ``day`` on which the grant vests."""
    days = vest_days(setup, granted)
    place = bisect_right(days, day) if direction > 0 else bisect_left(days, day) - 1
    return days[place] if 0 <= place < len(days) else None


def grant_vesting_on(setup: Setup, day: date, granted: date, direction: int) -> date | None:
    """The nearest other grant date whose schedule vests on ``day``."""
    for distance in range(1, SEARCHED_DAYS):
        other = granted + timedelta(days=direction * distance)
        if day in vest_days(setup, other):
            return other
    return None


def leaving_costs(setup: Setup, scenario: Scenario, reason: Reason) -> tuple[Leaving, ...]:
    """What leaving by ``reason`` would cost from each day on, computed again only when something else changes."""
    staying = scenario.model_copy(
        update={
            "as_of": None,
            "events": tuple(event for event in scenario.events if event.type != "termination"),
        }
    )
    return _leaving_costs(setup.terms.model_dump_json(), staying.model_dump_json(), reason)


@st.cache_data(scope="session", max_entries=64, show_spinner=False)
def _leaving_costs(terms: str, scenario: str, reason: Reason) -> tuple[Leaving, ...]:
    return cost_of_leaving(PlanTerms.model_validate_json(terms), parse_scenario(scenario), reason)
