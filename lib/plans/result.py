"""What a simulation says: the state of every grant and of the pool on one day, each figure with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Literal, NamedTuple

Binding = Literal["window", "cap", "final_exercise_date", "breach"]
Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True)
class Holding:
    """One grant at the end of a day, in whole shares of that day's units; exercised shares as they were exercised."""

    unvested: int
    exercisable: int
    exercised: int
    forfeited: int
    lapsed: int

    @property
    def total(self) -> int:
        """All five together: the grant's shares, until a split follows an exercise (A33)."""
        return self.unvested + self.exercisable + self.exercised + self.forfeited + self.lapsed


NOTHING = Holding(0, 0, 0, 0, 0)


class Installment(NamedTuple):
    """One vest of the schedule as it would run without leaving, in whole shares after splits."""

    date: date
    shares: int
    cumulative: int


@dataclass(frozen=True)
class Citation:
    """Where a figure comes from: the value's name, the clause, and what the clause says."""

    value: str
    clause: str
    text: str


@dataclass(frozen=True)
class LastDay:
    """The last day on which the grant can be exercised, inclusive, and the rule that sets it (A18, A20).

    ``at_once`` where a window ends the right with service: the day is that of leaving, and nothing is kept for it.
    """

    date: date
    binding: Binding
    at_once: bool = False

    @property
    def weekday(self) -> str:
        """The day's English name: notice must be received on it, and nothing rolls to a business day."""
        return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[
            self.date.weekday()
        ]


@dataclass(frozen=True)
class GrantState:
    """One grant on the day asked for."""

    id: str
    rule: str
    date: date
    shares: int
    price: Fraction | None
    installments: tuple[Installment, ...]
    holding: Holding
    accelerated: int
    last_day: LastDay | None
    next_vest: Installment | None
    citations: tuple[Citation, ...]


def together(states: Sequence[GrantState]) -> GrantState:
    """Several grants of one holder as one: figures summed, schedules merged by day, every clause once.

    ``last_day`` is the first of those on which something exercisable would be lost; ``price`` is null where the
    grants differ in it. Raises ValueError where there is no grant.
    """
    if not states:
        raise ValueError("there is no grant to put together")
    prices = {state.price for state in states}
    open_ends = [
        state.last_day
        for state in states
        if state.last_day is not None and (state.holding.exercisable or state.holding.unvested)
    ]
    ends = open_ends or [state.last_day for state in states if state.last_day is not None]
    following = [state.next_vest for state in states if state.next_vest is not None]
    return GrantState(
        id="all",
        rule="all",
        date=min(state.date for state in states),
        shares=sum(state.shares for state in states),
        price=prices.pop() if len(prices) == 1 else None,
        installments=_merged(states),
        holding=summed(state.holding for state in states),
        accelerated=sum(state.accelerated for state in states),
        last_day=min(ends, key=lambda last: last.date, default=None),
        next_vest=min(following, key=lambda vest: vest.date, default=None),
        citations=tuple(dict.fromkeys(cited for state in states for cited in state.citations)),
    )


def summed(holdings: Iterable[Holding]) -> Holding:
    """The figures of several grants added up."""
    listed = list(holdings)
    return (
        Holding(*(sum(figures) for figures in zip(*map(astuple, listed), strict=True))) if listed else NOTHING
    )


def _merged(states: Sequence[GrantState]) -> tuple[Installment, ...]:
    by_day: dict[date, int] = {}
    for state in states:
        for vest in state.installments:
            by_day[vest.date] = by_day.get(vest.date, 0) + vest.shares
    days = sorted(by_day)
    totals = accumulate(by_day[day] for day in days)
    return tuple(Installment(day, by_day[day], total) for day, total in zip(days, totals, strict=True))


@dataclass(frozen=True)
class PoolState:
    """The plan's shares on one day, in that day's units: limit = available + outstanding + issued."""

    limit: int
    available: int
    outstanding: int
    issued: int


@dataclass(frozen=True)
class Finding:
    """Something an analyst should know: how grave, where, the sentence, and the rule behind it."""

    severity: Severity
    where: str
    message: str
    rule: str


@dataclass(frozen=True)
class Result:
    """The answer to a scenario at the end of ``as_of``."""

    as_of: date
    grants: tuple[GrantState, ...]
    pool: PoolState
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Step:
    """A grant from one day until the next step, and what happened on that day."""

    date: date
    holding: Holding
    causes: tuple[str, ...]


@dataclass(frozen=True)
class PoolStep:
    """The pool from one day until the next step."""

    date: date
    pool: PoolState
