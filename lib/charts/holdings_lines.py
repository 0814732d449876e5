"""The lines of the holdings chart and their marks: what is drawn, before Plotly draws it.

A level holds until the next report. Where nothing that filings report leads from one level to the next, the
line breaks, and the break is a path of its own, level then drop: nobody knows when in between it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from lib.charts.holdings_words import line_names, movement_in_words, short_owner
from lib.charts.look import Look
from lib.charts.measures import Levels, Measure, Points, Scale
from lib.holdings.ledger import Ledger, Movement, Position, Report

Panels = Literal["together", "apart", "by owner"]
MOST_PANELS = 30
MOST_MARKS = 6_000
"""Marks that a browser draws without delay, with what their hovers say; beyond, those of the largest changes."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A change that no filing explains, as it is drawn: its day and the places on the axis before and after it."""

    report: Report
    day: date
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Path:
    """What is solid, because filings explain it, and what is dotted; broken where a day is ``None``."""

    solid: Points
    dotted: Points
    drops: list[Drop]

    @property
    def end(self) -> tuple[date, float] | None:
        """The last point that is drawn; ``None`` where no point has a place on the axis."""
        found: tuple[date, float] | None = None
        for points in (self.dotted, self.solid):
            last = next(((at, y) for at, y in reversed(points) if at is not None and y is not None), None)
            if last and (found is None or last[0] >= found[0]):
                found = last
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger that states a balance, with its name, colour, path, last drawn point, axis and that axis's scale."""

    ledger: Ledger
    name: str
    panel: str
    colour: str
    path: Path
    end: tuple[date, float] | None
    axis: str
    scale: Scale


@dataclass(slots=True)
class Marks:
    """Marks of one kind on one axis, so that each kind is one trace."""

    days: list[date] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def lines_of(ledgers: Sequence[Ledger], colours: Look, panels: Panels, measure: Measure) -> list[Line]:
    """The ledgers that state a balance, each with its axis: one for all, one a line, or one an owner."""
    stated = [one for one in ledgers if any(report.closing is not None for report in one.reports)]
    names = line_names([one.position for one in stated])
    keys = [_panel(one.position, n, panels) for n, one in enumerate(stated)]
    order = list(dict.fromkeys(keys))
    if len(order) > MOST_PANELS:
        panels, keys, order = "together", [""] * len(stated), [""]
    within: dict[str, int] = {}
    found = []
    for one, name, key in zip(stated, names, keys, strict=True):
        nth = within[key] = within.get(key, -1) + 1
        at = order.index(key)
        title = short_owner(one.position.owner) if panels == "by owner" else name
        if panels == "by owner":
            name = one.position.line
        colour = colours.lines[nth % len(colours.lines)]
        scale = measure.scale(one)
        path = drawn(one, measure, scale)
        found.append(Line(one, name, title, colour, path, path.end, f"y{at + 1}" if at else "y", scale))
    return found


def _panel(position: Position, n: int, panels: Panels) -> str:
    return {"together": "", "apart": str(n), "by owner": position.owner_key or position.owner}[panels]


def drawn(ledger: Ledger, measure: Measure, scale: Scale) -> Path:
    """The path of a line, and its unexplained changes between reports, as far as both their ends are drawn.

    Days never run backwards: a trade reported late is drawn when the line has come to know of it, while
    its mark stands on its own day.
    """
    solid: Levels = []
    dotted: Points = []
    drops: list[Drop] = []
    last: tuple[date, Decimal] | None = None
    for report in ledger.reports:
        if report.closing is None:
            continue
        for n, (day, level, explained) in enumerate(_levels(report)):
            point = max(day, last[0]) if last else day, level
            if last and not explained:
                broken = measure.points([last, point], scale)
                dotted += [*broken, (None, None)]
                before, after = broken[-2][1], broken[-1][1]
                if n == 0 and before is not None and after is not None:
                    drops.append(Drop(report, point[0], before, after))
                solid.append((None, None))
            solid.append(point)
            last = point
    return Path(measure.points(solid, scale), dotted, drops)


def _levels(report: Report) -> Iterator[tuple[date, Decimal, bool]]:
    """A report's levels in order, each with whether what was known before it leads there."""
    opening = report.closing if report.opening is None else report.opening
    yield _start_day(report), opening or Decimal(0), report.unexplained == 0
    for movement in report.movements:
        if movement.date and movement.balance is not None:
            if movement.unexplained:
                yield movement.date, movement.balance - (movement.change or 0), False
            yield movement.date, movement.balance, True
    yield report.date, report.closing or Decimal(0), True


def _start_day(report: Report) -> date:
    """The day of the report's first movement."""
    return min((m.date for m in report.movements if m.date), default=report.date)


def gathered(lines: Sequence[Line], measure: Measure) -> dict[tuple[str, str], Marks]:
    """The marks of all lines by kind (acquired, disposed, held) and axis."""
    found: dict[tuple[str, str], Marks] = {}
    for line, report, movement in _marked(lines):
        count = report.closing if movement.balance is None else movement.balance
        day = movement.date or report.date
        level = None if count is None else line.scale(day, count)
        if count is None or level is None:
            continue
        change = movement.change or 0
        kind = "acquired" if change > 0 else "disposed" if change < 0 else "held"
        marks = found.setdefault((kind, line.axis), Marks())
        marks.days.append(day)
        marks.levels.append(level)
        worth = level if measure.unit == "value" else None
        marks.sentences.append(movement_in_words(line.name, report, movement, count, worth))
        marks.places.append((movement.filing_id, movement.path))
        marks.codes.append(movement.code or "")
        marks.names.append(line.name)
    return found


def _marked(lines: Sequence[Line]) -> list[tuple[Line, Report, Movement]]:
    """The rows that get a mark: all, or those of the largest changes."""
    rows = [
        (line, report, movement)
        for line in lines
        for report in line.ledger.reports
        for movement in report.movements
    ]
    if len(rows) <= MOST_MARKS:
        return rows
    order = sorted(range(len(rows)), key=lambda n: abs(rows[n][2].change or Decimal(0)), reverse=True)
    return [rows[n] for n in sorted(order[:MOST_MARKS])]
