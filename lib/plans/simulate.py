"""The engine: terms and a scenario in, the state of every grant and of the pool out.

Pure: the result depends on the arguments alone, in whatever order the events are listed. Within a day the order
is vest, acceleration, exercise, termination, forfeiture (A6); grants and splits come before all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from lib.plans.citations import citations
from lib.plans.days import LATEST
from lib.plans.facts import Facts, facts
from lib.plans.findings import findings
from lib.plans.grants import automatic_grants, shares_by_rule
from lib.plans.option import Option
from lib.plans.pool import pool_on
from lib.plans.result import Finding, GrantState, Installment, Result
from lib.plans.scenario import Exercise, Grant, Scenario
from lib.plans.terms import PlanTerms
from lib.plans.vest import whole


@dataclass(frozen=True)
class Book:
    """All options of a scenario up to a day, with every allowed exercise, and what was refused on the way."""

    facts: Facts
    options: tuple[Option, ...]
    findings: tuple[Finding, ...]


def simulate(terms: PlanTerms, scenario: Scenario) -> Result:
    """The scenario at the end of its ``as_of`` day, by the rules in effect on it (A45).

    Shares are whole shares in that day's units. Raises ScenarioError for a rule or reading the plan does not have.
    """
    day = scenario.day
    book = open_book(terms, scenario, day)
    return Result(
        as_of=day,
        grants=tuple(_state(option, day) for option in book.options),
        pool=pool_on(book.facts, book.options, day),
        findings=(*book.findings, *findings(book.facts, book.options, day)),
    )


def open_book(terms: PlanTerms, scenario: Scenario, through: date = LATEST) -> Book:
    """Make the grants and the exercises in order of date, as far as pool and terms allow, up to ``through``."""
    known = facts(terms, scenario, through)
    automatic = automatic_grants(known, scenario.director, scenario.grants)
    remarks = [
        *_before_the_election(scenario, through),
        *automatic.findings,
        *_later_grants(scenario, through),
    ]
    order = [grant.id for grant in (*scenario.grants, *automatic.grants)]
    options: dict[str, Option] = {}
    for day in _days_of_action(known, scenario, automatic.grants):
        listed = [grant for grant in scenario.grants if grant.date == day]
        arising = [grant for grant in automatic.grants if grant.date == day]
        for option, remark in _granted(known, (*listed, *arising), tuple(options.values()), day):
            if option.shares or option.grant in listed:
                options[option.grant.id] = _delivered(option) if option.delivered else option
            remarks += [remark] if remark else []
        for number, exercise in known.exercises:
            if exercise.date == day:
                held = options.get(exercise.grant)
                refusal = _refusal(held, exercise)
                if held is None or refusal is not None:
                    remarks.append(Finding("error", f"events[{number}]", f"Refused: {refusal}", "A6"))
                else:
                    options[exercise.grant] = held.with_exercise(day, int(exercise.shares))
    return Book(known, tuple(options[name] for name in order if name in options), tuple(remarks))


def _days_of_action(known: Facts, scenario: Scenario, arising: tuple[Grant, ...]) -> list[date]:
    days = {grant.date for grant in (*scenario.grants, *arising) if grant.date <= known.through}
    return sorted(days | {exercise.date for _, exercise in known.exercises})


def _granted(
    known: Facts, grants: tuple[Grant, ...], options: tuple[Option, ...], day: date
) -> Iterator[tuple[Option, Finding | None]]:
    """The day's grants, cut to what the pool still holds: none of a grant it cannot cover, or pro rata (A36)."""
    wanted = [_option(known, grant) for grant in grants]
    if _surely_covered(known, options, wanted, day):
        yield from ((option, None) for option in wanted)
        return
    morning = _before_its_end(known, day)
    held = [replace(option, facts=morning) for option in options]
    available = max(0, pool_on(morning, held, day).available)
    total = sum(option.shares for option in wanted)
    for option in wanted:
        shares = option.shares
        if known.readings.pool_shortfall == "pro_rata" and total > available:
            shares = floor(Fraction(option.shares * available, total))
        elif known.readings.pool_shortfall == "stop":
            shares = option.shares if option.shares <= available else 0
            available -= shares
        if shares == option.shares:
            yield option, None
        else:
            yield replace(option, shares=shares), _shortfall(known, option, shares)


def _before_its_end(known: Facts, day: date) -> Facts:
    """The day as its grants find it: nobody leaves and nothing lapses before its end, so no share returns yet (A6)."""
    served = known.service
    return replace(
        known,
        service=replace(served, end=None) if served.end == day else served,
        breaches=tuple(breach for breach in known.breaches if breach != day),
    )


def _surely_covered(known: Facts, options: tuple[Option, ...], wanted: list[Option], day: date) -> bool:
    """Whether the pool covers the grants even if no share had ever returned to it, so that nothing need be counted."""
    most = sum(ceil(option.shares * option.factor(day)) for option in options)
    return most + sum(option.shares for option in wanted) <= floor(
        known.terms.pool.limit * known.plan_factor(day)
    )


def _option(known: Facts, grant: Grant) -> Option:
    rule = known.terms.rule(grant.rule)
    assert rule is not None, "the scenario was checked to name only rules of the plan"
    return Option(known, grant, rule, grant.shares or shares_by_rule(known, rule, grant.date))


def _delivered(option: Option) -> Option:
    """A grant of units with its shares delivered on each day on which some vest."""
    days = {vest.date for vest in option.vests} | {day for day, _ in option.acquisitions}
    days |= {option.facts.service.end or option.grant.date}
    for day in sorted(days):
        if day <= option.facts.through and (shares := option.to_deliver(day)):
            option = option.with_exercise(day, shares)
    return option


def _shortfall(known: Facts, option: Option, shares: int) -> Finding:
    message = (
        f"The pool could not cover {option.grant.id}, {option.shares:,} shares on {option.grant.date}:"
        f" {f'{shares:,} were granted' if shares else 'it was not made'} ({known.terms.pool.clause})."
    )
    return Finding("warning", f"grants.{option.grant.id}", message, "A36")


def _refusal(option: Option | None, exercise: Exercise) -> str | None:
    """Why the exercise cannot be made, as a sentence; null when it can."""
    if option is None:
        return f"no grant {exercise.grant!r} had been made by {exercise.date}."
    if option.delivered:
        return f"{exercise.grant} is delivered as it vests ({option.schedule.clause}); there is nothing to exercise."
    if exercise.shares % 1:
        return f"{exercise.shares} shares of {exercise.grant} are not a whole number ({_exercise_clause(option)})."
    open_shares = option.open_to_exercise(exercise.date)
    if exercise.shares > open_shares:
        return (
            f"{int(exercise.shares):,} shares of {exercise.grant} on {exercise.date}, when"
            f" {f'only {open_shares:,}' if open_shares else 'none'} could be exercised ({_exercise_clause(option)})."
        )
    return None


def _exercise_clause(option: Option) -> str:
    return option.facts.terms.exercise.clause


def _later_grants(scenario: Scenario, through: date) -> Iterator[Finding]:
    for number, grant in enumerate(scenario.grants):
        if grant.date > through:
            message = f"{grant.id} is granted on {grant.date}, after {through}, and is left out."
            yield Finding("note", f"grants[{number}].date", message, "A45")


def _before_the_election(scenario: Scenario, through: date) -> Iterator[Finding]:
    """Meetings and departures dated before the director's election, which cannot be right (A12)."""
    elected = scenario.director.elected if scenario.director is not None else date.min
    for number, event in enumerate(scenario.events):
        if event.date >= elected or event.date > through:
            continue
        if event.type == "annual_meeting":
            what, outcome = "annual meeting", "no grant is made at it"
        elif event.type in {"termination", "death"}:
            what, outcome = event.type, "nothing granted on or after the election vests"
        else:
            continue
        message = (
            f"The {what} on {event.date} is before the election on {elected}: {outcome}. Check the two dates."
        )
        yield Finding("error", f"events[{number}].date", message, "A12")


def _state(option: Option, day: date) -> GrantState:
    holding = option.holding(day)
    limit = option.limit(day)
    installments = _installments(option, day)
    upcoming = [vest for vest in installments if vest.date > day and holding.unvested]
    return GrantState(
        id=option.grant.id,
        rule=option.grant.rule,
        date=option.grant.date,
        shares=floor(option.shares * option.factor(day)),
        price=option.price(day),
        installments=installments,
        holding=holding,
        accelerated=option.accelerated(day),
        last_day=limit.last_day if limit else None,
        next_vest=next((vest for vest in upcoming if vest.date <= option.expiry.last_day.date), None),
        citations=citations(option, day, holding),
    )


def _installments(option: Option, day: date) -> tuple[Installment, ...]:
    """The schedule in whole shares of ``day``'s units: differences of floored totals, so they sum to the grant."""
    listed: list[Installment] = []
    before, factor = 0, option.factor(day)
    for vest in option.vests:
        cumulative = whole(vest.cumulative, factor)
        listed.append(Installment(vest.date, cumulative - before, cumulative))
        before = cumulative
    return tuple(listed)
