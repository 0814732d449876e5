"""Holdings as a small picture of steps, the same for paper and page: a level holds until the next report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lib.exports.fonts import SANS, register_fonts
from lib.exports.report import Steps
from lib.filings.words import amount

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

WIDTH, HEIGHT = 720.0, 210.0
LEFT, RIGHT, BOTTOM, TOP = 64.0, 190.0, 22.0, 10.0
"""What the labels take at each side, in points."""
LEVELS: Final = 4
YEARS: Final = 8
LABEL: Final = 8.0
STUB: Final = 6.0
"""How much is drawn of a level that nothing explains the end of, and of the last one beyond its day, in points."""
INKS: Final = ("#1b1a17", "#b0578a", "#b07900", "#2f8fc4", "#7a6a4f", "#009e73")
DASHES: Final = (None, (5, 2), (2, 2), (7, 2, 2, 2), (1, 2), (9, 3))
"""Lines differ by ink and by dash, for a report may be printed in grey."""


def steps_svg(lines: Sequence[Steps]) -> str:
    """The picture as SVG, with nothing of the lines' names but their escaped text."""
    from reportlab.graphics import renderSVG

    svg: str = renderSVG.drawToString(steps_drawing(lines))
    return svg[svg.index("<svg") :]


def steps_drawing(lines: Sequence[Steps]) -> Drawing:
    """Each line as steps, named at its end; years below, levels at the left, from zero or what is below it."""
    from reportlab.graphics.shapes import Drawing, Line, PolyLine, String
    from reportlab.lib.colors import HexColor

    register_fonts()
    drawing = Drawing(WIDTH, HEIGHT)
    first = min(levels[0][0] for levels in (one.levels for one in lines))
    last = max(levels[-1][0] for levels in (one.levels for one in lines))
    drawn = [level for one in lines for _, level in one.levels]
    least, most = min(*drawn, Decimal(0)), max(*drawn, Decimal(0))
    most = most if most > least else Decimal(1)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span

    def y(level: Decimal) -> float:
        return BOTTOM + (HEIGHT - BOTTOM - TOP) * float((level - least) / (most - least))

    faint, rule = HexColor("#6b665c"), HexColor("#e4dfd4")
    said = {"fontName": SANS, "fontSize": LABEL, "fillColor": faint}
    for level in levels_of(least, most):
        drawing.add(Line(LEFT, y(level), WIDTH - RIGHT, y(level), strokeColor=rule))
        drawing.add(String(LEFT - 6, y(level) - 3, amount(level), textAnchor="end", **said))
    for year in _years(first, last):
        at = x(max(first, date(year, 1, 1)))
        drawing.add(String(at, BOTTOM - 14, str(year), textAnchor="start", **said))
    if any(one.breaks for one in lines):
        drawing.add(String(WIDTH - RIGHT + 8, BOTTOM - 14, "Gap: no filing explains the change", **said))
    ends = _apart([y(one.levels[-1][1]) for one in lines])
    for n, one in enumerate(lines):
        ink = HexColor(INKS[n % len(INKS)])
        dash = DASHES[n % len(DASHES)]
        runs: list[list[float]] = [[]]
        nexts = (*one.levels[1:], (last, None))
        for at_next, ((begun, level), (until, _)) in enumerate(zip(one.levels, nexts, strict=True), start=1):
            broken = at_next in one.breaks
            beyond = STUB if at_next == len(one.levels) else 0.0
            end = min(x(begun) + STUB, x(until)) if broken else x(until) + beyond
            runs[-1] += [x(begun), y(level), end, y(level)]
            runs += [[]] if broken else []
        for points in filter(None, runs):
            drawing.add(PolyLine(points, strokeColor=ink, strokeWidth=1.4, strokeDashArray=dash))
        name = one.name if len(one.name) <= 40 else f"{one.name[:39]}…"
        drawing.add(String(WIDTH - RIGHT + 8, ends[n] - 3, name, **(said | {"fillColor": ink})))
    return drawing


def levels_of(least: Decimal, most: Decimal) -> list[Decimal]:
    """Round levels from ``least``, zero or below, up to ``most``, zero or above: four to ten, zero among them."""
    span = most - least
    whole = Decimal(1).scaleb(span.adjusted())
    step = next(step for step in (whole, whole / 2, whole / 4) if span >= LEVELS * step)
    return [n * step for n in range(int(least / step), int(most / step) + 1)]


def _years(first: date, last: date) -> list[int]:
    """The years that are written where they begin, at most ``YEARS``; the first day's only where it has room."""
    every = -(-(last.year - first.year + 1) // YEARS)
    begun = list(range(first.year + 1, last.year + 1, every))
    has_room = not begun or (date(begun[0], 1, 1) - first).days > (last - first).days / YEARS / 2
    return [first.year, *begun] if has_room else begun


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights of the names, moved up so that none covers another."""
    placed: dict[int, float] = {}
    free = BOTTOM
    for n in sorted(range(len(heights)), key=lambda n: heights[n]):
        placed[n] = max(heights[n], free)
        free = placed[n] + LABEL + 2
    return [placed[n] for n in range(len(heights))]
