"""A scenario as a memo of a page or two: the answer, its figures with clauses, assumptions and open readings.

What it says is a report like any other, so that it is written as a page of HTML and as a PDF alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lib.charts.look import day
from lib.charts.vesting_words import last_day_words
from lib.exports.report import Report, ReportColumn, ReportList, ReportTable
from lib.filings.words import days_as_read
from lib.plans.clocks import clocks
from lib.ui.vesting_clauses import by_clause
from lib.ui.vesting_numbers import numbers
from lib.ui.vesting_outcome import Outcome, inputs_in_words
from lib.ui.vesting_pins import Pinned, side_by_side
from lib.ui.vesting_workbook import NOT_ADVICE

Parts = Iterator[ReportTable | ReportList]


def memo(found: Outcome, pinned: Sequence[Pinned], link: str) -> Report:
    """All that the memo says; ``link`` leads to the view it was made from."""
    figures = numbers(found.state, found.value, found.left, found.units, priced=found.priced)
    return Report(
        title=found.title,
        subtitle=f"Vesting memo: {found.terms.company}, {found.terms.title}. As of {day(found.result.as_of)}, by the"
        " plan's rules in effect on that day.",
        facts=tuple((one.name, f"{one.value} ({one.below})" if one.below else one.value) for one in figures),
        parts=(
            *_grants(found),
            *_pinned(pinned),
            _table(
                "What the figures rest on",
                ("Figures", "What the plan says", "Clause"),
                (
                    (", ".join(names), text, clause)
                    for (clause, text), names in by_clause(found.state.citations, found.units).items()
                ),
            ),
            *_to_know(found),
            _table("Assumptions", ("Input", "Taken as"), _assumptions(found)),
            *_open_readings(found),
        ),
        source=f"{NOT_ADVICE} No taxes, no fees, no transfer; shares in units after splits. This view: {link}",
    )


def _grants(found: Outcome) -> Parts:
    if len(found.result.grants) < 2:
        return
    lives = {clock.id: clock.life_ends for clock in clocks(found.terms, found.scenario)}
    yield _table(
        "Grants",
        ("Grant", "Shares", "Exercisable", "Forfeited", "Last day", "Longest life"),
        (
            (
                f"{state.rule.replace('_', ' ')} of {day(state.date)}",
                f"{state.shares:,}",
                f"{state.holding.exercisable:,}",
                f"{state.holding.forfeited:,}",
                last_day_words(state.last_day),
                day(lives[state.id]) if state.id in lives else "",
            )
            for state in found.result.grants
        ),
        right=("Shares", "Exercisable", "Forfeited"),
    )


def _pinned(pinned: Sequence[Pinned]) -> Parts:
    if len(pinned) < 2:
        return
    yield _table("Scenarios side by side", *side_by_side(pinned))


def _to_know(found: Outcome) -> Parts:
    if found.result.findings:
        yield ReportList(
            "What to know", tuple(("", days_as_read(one.message)) for one in found.result.findings)
        )


def _assumptions(found: Outcome) -> Iterator[Sequence[str]]:
    price = None if found.share_price is None else str(found.share_price)
    for name, value in inputs_in_words(found.scenario, found.terms, price).items():
        if not name.startswith("Reading: "):
            yield name, value


def _open_readings(found: Outcome) -> Parts:
    """Every disputed text: what was chosen, by which clause, and what else it could mean."""
    rows = []
    for name, reading in found.terms.readings.items():
        chosen = found.scenario.readings.get(name, reading.default)
        taken = next(option for option in reading.options if option.name == chosen)
        others = "; ".join(f"{one.text} (§ {one.clause})" for one in reading.options if one.name != chosen)
        rows.append((reading.question, f"{taken.text} (§ {taken.clause})", others))
    if rows:
        yield _table("Open readings: what the text may mean", ("Question", "Taken", "Could also mean"), rows)


def _table(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()
) -> ReportTable:
    columns = tuple(ReportColumn(head, number=head in right) for head in heads)
    return ReportTable(title, columns, tuple(tuple(map(days_as_read, row)) for row in rows))
