"""A scenario: the plan, the grants, what happened and when, and how to read the disputed texts.

The JSON form is the project's contract; the same models are built in Python. Money is exact: prices are
decimals, split ratios whole numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from lib.plans.days import Day
from lib.plans.errors import ScenarioError, first_problem
from lib.plans.schedule_terms import SCHEDULE_KINDS, WHEN_TYPES, Schedule
from lib.plans.term import Name, Reason, Shares
from lib.plans.terms import PlanTerms, ReadingName, Readings, shipped_plans

EVENT_TYPES = (
    "annual_meeting",
    "termination",
    "disability",
    "death",
    "breach",
    "breach_notice",
    "acquisition",
    "vesting_event",
    "split",
    "stock_dividend",
    "exercise",
)


def _exact(value: object) -> object:
    """A float has already lost the price that was written; its shortest form is what the writer meant."""
    return str(value) if isinstance(value, float) else value


def _new_for_old(value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,8}:[1-9][0-9]{0,8}", value, flags=re.ASCII):
        raise ValueError(f"{value[:40]!r} is not new:old shares in whole numbers, such as 3:2")
    return value


Amount = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, max_digits=24, decimal_places=12)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Director(_Model):
    """Whose automatic grants are asked for: the initial election, and the spans as an employee, days inclusive."""

    elected: Day
    employee: tuple[tuple[Day, Day | None], ...] = ()

    @model_validator(mode="after")
    def _spans_run_forward(self) -> Self:
        for first, last in self.employee:
            if last is not None and last < first:
                raise ValueError(f"employment ends on {last}, before it begins on {first}")
        return self

    def employed(self, day: date) -> bool:
        """Whether the director was an employee on that day."""
        return any(first <= day and (last is None or day <= last) for first, last in self.employee)


class Grant(_Model):
    """A grant as made. ``shares`` default to the rule's; ``schedule`` replaces the rule's (A43).

    ``vesting_start`` is the day from which installments count where it is not the grant date; what it would have
    vested before the grant vests with the grant.
    """

    id: Name
    rule: Name
    date: Day
    shares: Shares | None = None
    price: Amount | None = None
    final_exercise_date: Day | None = None
    vesting_start: Day | None = None
    vested: bool = False
    schedule: Schedule | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.final_exercise_date is not None and self.final_exercise_date < self.date:
            raise ValueError(
                f"final_exercise_date {self.final_exercise_date} is before the grant on {self.date}"
            )
        return self


class _Event(_Model):
    date: Day


class AnnualMeeting(_Event):
    """An annual meeting of stockholders, on the day it was held (A9)."""

    type: Literal["annual_meeting"] = "annual_meeting"


class Termination(_Event):
    """The end of service as a director; another role may follow until ``until`` (A15)."""

    type: Literal["termination"] = "termination"
    reason: Reason
    continues_as: Name | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _continues_forward(self) -> Self:
        if self.until is not None and self.until < self.date:
            raise ValueError(f"until {self.until} is before the termination on {self.date}")
        if self.until is not None and self.continues_as is None:
            raise ValueError("until needs continues_as, the role that went on")
        return self


class Fact(_Event):
    """A dated fact that needs no more than its day."""

    type: Literal["disability", "death", "breach", "breach_notice", "acquisition"]


class VestingEvent(_Event):
    """Something that a condition of a schedule waits for has happened, for one grant or for all."""

    type: Literal["vesting_event"] = "vesting_event"
    event: Name
    grant: Name | None = None


class Split(_Event):
    """A split of the common stock, as ``new:old``; 3:2 turns two shares into three."""

    type: Literal["split"] = "split"
    ratio: Annotated[str, AfterValidator(_new_for_old)]

    @property
    def factor(self) -> Fraction:
        """New shares for one old share."""
        new, old = self.ratio.split(":")
        return Fraction(int(new), int(old))


class StockDividend(_Event):
    """A dividend in shares, as a percentage of the shares held."""

    type: Literal["stock_dividend"] = "stock_dividend"
    percent: Annotated[Decimal, BeforeValidator(_exact), Field(gt=0, le=100_000, decimal_places=9)]

    @property
    def factor(self) -> Fraction:
        """New shares for one old share."""
        return 1 + Fraction(self.percent) / 100


class Exercise(_Event):
    """An exercise of a number of shares, in the units of its day; the engine refuses what is not exercisable."""

    type: Literal["exercise"] = "exercise"
    grant: Name
    shares: Annotated[Decimal, BeforeValidator(_exact), Field(gt=0, max_digits=24, decimal_places=9)]


Event = Annotated[
    AnnualMeeting | Termination | Fact | VestingEvent | Split | StockDividend | Exercise,
    Field(discriminator="type"),
]


class Scenario(_Model):
    """Everything the engine needs besides the plan's terms; ``as_of`` null means the day of the last event."""

    plan: Annotated[str, Field(min_length=1, max_length=1000)]
    as_of: Day | None = None
    director: Director | None = None
    grants: tuple[Grant, ...] = ()
    events: tuple[Event, ...] = ()
    readings: dict[ReadingName, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        ids = [grant.id for grant in self.grants]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                raise ValueError(f"grants[{number}].id: {name!r} is used twice")
        if not self._days():
            raise ValueError("a scenario needs an as_of date, a director, a grant or an event")
        return self

    @property
    def day(self) -> date:
        """The day whose end is asked for."""
        return self.as_of or max(self._days())

    def _days(self) -> list[date]:
        days = [grant.date for grant in self.grants] + [event.date for event in self.events]
        days += [self.director.elected] if self.director else []
        return days + ([self.as_of] if self.as_of else [])


def parse_scenario(source: str | bytes | Mapping[str, Any]) -> Scenario:
    """A scenario from JSON text or from a mapping of the same shape. Raises ScenarioError naming the place."""
    try:
        if isinstance(source, Mapping):
            return Scenario.model_validate(source)
        return Scenario.model_validate_json(source)
    except ValidationError as error:
        if broken := _no_json_object(error) or _without_plan(error):
            raise ScenarioError(broken) from None
        raise ScenarioError(
            first_problem(error, frozenset({*EVENT_TYPES, *SCHEDULE_KINDS, *WHEN_TYPES}))
        ) from None


def _no_json_object(error: ValidationError) -> str | None:
    """What is said of a text that is no JSON, or no object; ``None`` where it is one with something wrong in it."""
    problem = error.errors(include_url=False, include_context=False)[0]
    if problem["type"] == "json_invalid":
        at = re.search(r"line (\d+) column (\d+)", problem["msg"])
        where = f" from line {at[1]}, column {at[2]} on" if at else ""
        return f"this is not a scenario in JSON: the text cannot be read{where}."
    if not problem["loc"] and problem["type"] == "model_type":
        return "this is JSON, but not a scenario: a scenario is an object with a plan, grants and events."
    return None


def _without_plan(error: ValidationError) -> str | None:
    """What is said of a scenario that names no plan: which there are."""
    missing = [one["loc"] for one in error.errors(include_url=False) if one["type"] == "missing"]
    if ("plan",) not in missing:
        return None
    plans = ", ".join(shipped_plans())
    return f"plan: this has to be given, and is not there; name a plan ({plans}) or a .yaml file of terms."


def named_plan(text: str) -> str | None:
    """The plan that a scenario in JSON names, whatever else is wrong with it; ``None`` where it names none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    plan = said.get("plan") if isinstance(said, dict) else None
    return plan if isinstance(plan, str) else None


def chosen_readings(scenario: Scenario, terms: PlanTerms) -> Readings:
    """The plan's default readings with the scenario's choices. Raises ScenarioError for one not offered."""
    chosen = {name: reading.default for name, reading in terms.readings.items()}
    for name, option in scenario.readings.items():
        offered = terms.readings[name].names if name in terms.readings else _known(name)
        if option not in offered:
            raise ScenarioError(f"readings.{name}: {option!r} is not one of {', '.join(offered)}.")
        chosen[name] = option
    return Readings.model_validate(chosen)


def check_rules(scenario: Scenario, terms: PlanTerms) -> None:
    """Every grant follows a rule of the plan and has a size. Raises ScenarioError naming the grant."""
    for number, grant in enumerate(scenario.grants):
        rule = terms.rule(grant.rule)
        if rule is None:
            known = ", ".join(rule.name for rule in terms.grant_rules)
            raise ScenarioError(
                f"grants[{number}].rule: {grant.rule!r} is not a rule of {terms.plan}: {known}."
            )
        if grant.shares is None and rule.shares is None:
            raise ScenarioError(
                f"grants[{number}].shares: the rule {rule.name!r} leaves the number to each grant."
            )


def _known(name: ReadingName) -> tuple[str, ...]:
    return get_args(Readings.model_fields[name].annotation)
