"""A scenario as an Excel workbook: inputs, figures, grants, installments, events, pool, clauses, findings.

Text never becomes a formula or a link in it, whatever a plan or a filing says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lib.exports.workbook import Sheet, workbook
from lib.plans.clocks import clocks
from lib.plans.timeline import pool_steps
from lib.ui.vesting_numbers import NAMES, numbers
from lib.ui.vesting_outcome import Outcome, inputs_in_words
from lib.ui.vesting_pins import Pinned, side_by_side
from lib.ui.vesting_table import statuses

Cell = str | int | Decimal | date | None
MOST_ROWS: Final = 20_000
NOT_ADVICE: Final = (
    "Summaries of the filed plan, which is what counts. How a disputed text is read is a modelling judgement, not"
    " advice."
)


def scenario_workbook(found: Outcome, pins: Sequence[Pinned], link: str) -> bytes:
    """The workbook's bytes; ``link`` restores the view it was made from. Pinned scenarios stand side by side in it."""
    listed = sheets(found, link)
    if pins:
        heads, rows = side_by_side(pins)
        listed.insert(
            2, ("Scenarios", ["Figure", *heads[1:]], [list(map(_plain_value, row)) for row in rows])
        )
    return workbook(Sheet(name, header, rows[:MOST_ROWS]) for name, header, rows in listed)


def sheets(found: Outcome, link: str) -> list[tuple[str, Sequence[str], list[Sequence[Cell]]]]:
    """Every sheet: its name, its columns' names, its rows."""
    return [
        ("Inputs", ("Input", "Value"), list(_inputs(found, link))),
        ("Figures", ("Figure", "Value", "About it"), list(_figures(found))),
        ("Grants", GRANT_HEADER, list(grant_rows(found))),
        (
            "Installments",
            ("Grant", "No.", "Vests on", "Weekday", "Shares", "Cumulative", "Status"),
            list(installment_rows(found)),
        ),
        ("Events", ("Date", "Event", "Detail"), list(_events(found))),
        ("Over time", ("Date", "What happened", *_STATES), list(_story(found))),
        (
            "Pool",
            ("Date", "Limit", "Available", "Under option", "Issued"),
            [
                (step.date, step.pool.limit, step.pool.available, step.pool.outstanding, step.pool.issued)
                for step in pool_steps(found.terms, found.scenario)
            ],
        ),
        ("Citations", ("Grant", "Figure", "Clause", "What it says"), list(_citations(found))),
        (
            "Findings",
            ("Severity", "Where", "Finding", "Rule"),
            [(one.severity, one.where, one.message, one.rule) for one in found.result.findings],
        ),
    ]


_STATES: Final = ("Unvested", "Exercisable", "Exercised", "Forfeited", "Lapsed")
GRANT_HEADER: Final = (
    "Grant",
    "Rule",
    "Granted",
    "Shares",
    "Exercise price",
    *_STATES,
    "Accelerated",
    "Last day to exercise",
    "Set by",
    "Longest life ends",
)


def grant_rows(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    """A row a grant, with all its figures."""
    ends = {clock.id: clock for clock in clocks(found.terms, found.scenario)}
    for state in found.result.grants:
        held, last = state.holding, state.last_day
        figures = (held.unvested, held.exercisable, held.exercised, held.forfeited, held.lapsed)
        yield (
            state.id,
            state.rule,
            state.date,
            state.shares,
            None
            if state.price is None
            else Decimal(state.price.numerator) / Decimal(state.price.denominator),
            *figures,
            state.accelerated,
            last.date if last and not last.at_once else None,
            ("at once" if last.at_once else last.binding) if last else None,
            ends[state.id].life_ends if state.id in ends else None,
        )


def installment_rows(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    """A row an installment of every grant, and what became of it."""
    for state in found.result.grants:
        told = statuses(state, found.left, found.result.as_of)
        for number, (vest, status) in enumerate(zip(state.installments, told, strict=True), start=1):
            yield state.id, number, vest.date, f"{vest.date:%A}", vest.shares, vest.cumulative, status


def _inputs(found: Outcome, link: str) -> Iterable[tuple[Cell, Cell]]:
    price = None if found.share_price is None else str(found.share_price)
    yield from inputs_in_words(found.scenario, found.terms, price).items()
    yield "Shown", found.result.as_of
    yield "Link", link
    yield "Note", NOT_ADVICE


def _figures(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    yield "Takeaway", found.title, ""
    for number in numbers(found.state, found.value, found.left, found.units, priced=found.priced):
        yield number.name, _plain_value(number.value), number.below


def _plain_value(shown: str) -> Cell:
    """A figure as a number where it is one."""
    bare = shown.removeprefix("$").replace(",", "")
    if bare.isdigit():
        return int(bare)
    return Decimal(bare) if shown.startswith("$") else shown


def _events(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    for event in sorted(found.scenario.events, key=lambda one: one.date):
        details: dict[str, Any] = event.model_dump(mode="json", exclude_none=True, exclude={"type", "date"})
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in details.items())
        yield event.date, event.type.replace("_", " "), told


def _story(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    for step in found.story:
        held = step.holding
        yield (
            step.date,
            ", ".join(step.causes).replace("_", " "),
            held.unvested,
            held.exercisable,
            held.exercised,
            held.forfeited,
            held.lapsed,
        )


def _citations(found: Outcome) -> Iterable[tuple[Cell, ...]]:
    for state in found.result.grants:
        for one in state.citations:
            yield state.id, NAMES[one.value], one.clause, one.text
