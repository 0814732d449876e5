"""The clause behind each figure of a grant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lib.plans.option import Option
from lib.plans.result import Citation, Holding
from lib.plans.term import Term


def citations(option: Option, day: date, holding: Holding) -> tuple[Citation, ...]:
    """One citation or more for every figure that is not trivially zero, in the order of the result's fields."""
    return tuple(Citation(value, term.clause, term.text) for value, term in _sources(option, day, holding))


def _sources(option: Option, day: date, holding: Holding) -> Iterator[tuple[str, Term]]:
    facts = option.facts
    limit = option.limit(day)
    left = option.left(day)
    early = _acceleration(option, day)
    yield "shares", option.rule
    if option.grant.price is not None and option.factor(day) != 1:
        yield "price", facts.terms.splits
    if not option.grant.vested:
        yield "installments", option.schedule
    if holding.unvested:
        yield "unvested", option.schedule
    if holding.exercisable:
        yield "exercisable", option.window(day) if left else option.schedule
        if early is not None:
            yield "exercisable", early
    if holding.exercised:
        yield "exercised", option.schedule if option.delivered else facts.terms.exercise
    if holding.forfeited:
        yield "forfeited", facts.terms.service if option.delivered else option.window(day)
    if holding.lapsed:
        yield "lapsed", (limit or option.own_limit(day)).term
    if early is not None:
        yield "accelerated", early
    if limit is not None:
        yield "last_exercise_day", limit.term


def _acceleration(option: Option, day: date) -> Term | None:
    if not option.accelerated(day):
        return None
    if option.acquired is not None and option.acquired <= day:
        return option.acceleration("acquisition", option.acquired)
    served = option.facts.service
    assert served.accelerating is not None
    assert served.end is not None
    return option.acceleration(served.accelerating, served.end)
