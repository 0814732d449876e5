"""Holdings over time as steps: a level holds until the next report, and what no filing explains is a break.

The break is drawn dotted, level then drop, never as a slope: nobody knows when in between it happened.
Lines share one axis, or each has a panel with its own, so that small holdings can be seen beside large ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from lib.charts.holdings_words import line_names, movement_in_words
from lib.charts.look import ACQUIRED, DAYS, DISPOSED, FONT, HELD, Look, look, signed
from lib.holdings.ledger import Ledger, Report
from lib.holdings.splits import Split, ratio_words

WEBGL_FROM_POINTS = 1000
MOST_LABELLED_LINES = 8
MOST_PANELS = 30
MOST_NAMED_BREAKS = 4
LABEL_CHARACTERS = 26
HEIGHT = 460
PANEL_HEIGHT = 112
PANEL_GAP = 34
LABEL_HEIGHT = 22
TOP, BOTTOM = 44, 32
RIGHT_PART = 0.75
"""A line that ends in this last part of the dates is labelled at the right edge, else beside its end."""
LEFT_PART = 0.35
"""A break in this first part of the dates is named to its right, for a phone has no room to its left."""
FAR_APART = 20
"""Lines whose largest levels differ by more than this factor cannot be read on one axis."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A ledger that states a balance, with its name, colour, last level and vertical axis."""

    ledger: Ledger
    name: str
    colour: str
    end: tuple[date, Decimal]
    axis: str


@dataclass(slots=True)
class _Marks:
    """Marks of one kind on one axis, so that each kind is one trace."""

    days: list[date] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)


def holdings_figure(
    ledgers: Sequence[Ledger], *, dark: bool = False, apart: bool = False, splits: Sequence[Split] = ()
) -> go.Figure:
    """A step line for each position, marks for its transactions and holdings, dotted breaks, dashed splits.

    Where ``apart``, each line has its own panel, up to thirty. On one axis up to eight lines are named at
    their ends, more by hover only. Plotly's coordinates are floats; every number that is printed comes from
    the exact amount. Each mark's ``customdata`` is its filing's id and its row's path there.
    """
    colours = look(dark)
    stated = [one for one in ledgers if any(report.closing is not None for report in one.reports)]
    lines = _lines(stated, colours, apart=apart and len(stated) <= MOST_PANELS)
    axes = list(dict.fromkeys(line.axis for line in lines))
    points = sum(len(report.movements) for line in lines for report in line.ledger.reports)
    scatter: Any = go.Scattergl if points >= WEBGL_FROM_POINTS else go.Scatter
    figure = go.Figure()
    for line in lines:
        _add_line(figure, scatter, line)
    _add_marks(figure, scatter, lines, colours)
    _set_layout(figure, colours)
    _set_axes(figure, axes, colours)
    for axis in axes:
        _add_break_labels(figure, [line for line in lines if line.axis == axis], colours)
    if len(axes) > 1:
        _add_panel_titles(figure, lines)
    elif 0 < len(lines) <= MOST_LABELLED_LINES:
        _add_line_labels(figure, lines)
    if lines:
        _add_splits(figure, splits, colours)
    return figure


def far_apart(ledgers: Sequence[Ledger]) -> bool:
    """Whether the lines' largest levels differ so much that one axis would hide the small ones."""
    largest = [level for one in ledgers if (level := _largest(one)) > 0]
    return len(largest) > 1 and max(largest) > FAR_APART * min(largest)


def spread(places: Sequence[float], least: float) -> list[float]:
    """The places moved up as little as keeps neighbours ``least`` apart, in the order given."""
    moved = list(places)
    last = float("-inf")
    for n in sorted(range(len(places)), key=lambda n: places[n]):
        moved[n] = last = max(places[n], last + least)
    return moved


def _lines(ledgers: Sequence[Ledger], colours: Look, *, apart: bool) -> list[_Line]:
    names = line_names([one.position for one in ledgers])
    lines = []
    for n, (one, name) in enumerate(zip(ledgers, names, strict=True)):
        end = [(r.date, r.closing) for r in one.reports if r.closing is not None][-1]
        colour = colours.ink if apart else colours.lines[n % len(colours.lines)]
        lines.append(_Line(one, name, colour, end, f"y{n + 1}" if apart and n else "y"))
    return lines


def _largest(one: Ledger) -> Decimal:
    levels = [level for r in one.reports for level in (r.opening, r.closing) if level is not None]
    return max(levels, default=Decimal(0))


def _add_line(figure: go.Figure, scatter: Any, line: _Line) -> None:
    solid, dotted = _drawn(line.ledger.reports)
    style = {"color": line.colour, "width": 2, "shape": "hv"}
    common: dict[str, Any] = {
        "mode": "lines",
        "name": escape(line.name),
        "hoverinfo": "skip",
        "showlegend": False,
        "yaxis": line.axis,
    }
    days, levels = zip(*solid, strict=True)
    figure.add_trace(scatter(x=days, y=levels, line=style, **common))
    if dotted:
        days, levels = zip(*dotted, strict=True)
        figure.add_trace(scatter(x=days, y=levels, line=style | {"dash": "dot", "width": 1.5}, **common))


_Points = list[tuple[date | None, float | None]]


def _drawn(reports: Sequence[Report]) -> tuple[_Points, _Points]:
    """What is solid, because filings explain it, and what is dotted; broken where a day is ``None``.

    Days never run backwards: a trade reported late is drawn when the line has come to know of it, while
    its mark stands on its own day.
    """
    solid: _Points = []
    dotted: _Points = []
    last: tuple[date, float] | None = None
    for report in reports:
        if report.closing is None:
            continue
        for day, level, explained in _levels(report):
            point = max(day, last[0]) if last else day, level
            if last and not explained:
                dotted.extend([last, point, (None, None)])
                solid.append((None, None))
            solid.append(point)
            last = point
    return solid, dotted


def _levels(report: Report) -> Iterator[tuple[date, float, bool]]:
    """A report's levels in order, each with whether what was known before it leads there."""
    opening = report.closing if report.opening is None else report.opening
    yield _start_day(report), float(opening or 0), report.unexplained == 0
    for movement in report.movements:
        if movement.date and movement.balance is not None:
            if movement.unexplained:
                before = movement.balance - (movement.change or 0)
                yield movement.date, float(before), False
            yield movement.date, float(movement.balance), True
    yield report.date, float(report.closing or 0), True


def _start_day(report: Report) -> date:
    return min((m.date for m in report.movements if m.date), default=report.date)


def _add_marks(figure: go.Figure, scatter: Any, lines: Sequence[_Line], colours: Look) -> None:
    kinds = {
        "acquired": ("Acquired", ACQUIRED, "triangle-up", 11),
        "disposed": ("Disposed", DISPOSED, "triangle-down", 11),
        "held": ("Holding, no trade", HELD, "circle", 9),
    }
    edge = {"color": colours.paper, "width": 1}
    gathered = _gathered(lines)
    for kind, (label, colour, symbol, size) in kinds.items():
        of_kind = [(axis, marks) for (one, axis), marks in gathered.items() if one == kind]
        for n, (axis, marks) in enumerate(of_kind):
            figure.add_trace(
                scatter(
                    x=marks.days,
                    y=marks.levels,
                    yaxis=axis,
                    mode="markers",
                    name=label,
                    showlegend=n == 0,
                    marker={"color": colour, "symbol": symbol, "size": size, "line": edge},
                    text=marks.sentences,
                    customdata=marks.places,
                    hovertemplate="%{text}<extra></extra>",
                )
            )
    if any(report.unexplained or report.inside for line in lines for report in line.ledger.reports):
        dotted = {"color": colours.faint_ink, "width": 1.5, "dash": "dot"}
        figure.add_trace(scatter(x=[None], y=[None], mode="lines", line=dotted, name="Unexplained"))


def _gathered(lines: Sequence[_Line]) -> dict[tuple[str, str], _Marks]:
    gathered: dict[tuple[str, str], _Marks] = {}
    for line in lines:
        for report in line.ledger.reports:
            for movement in report.movements:
                level = report.closing if movement.balance is None else movement.balance
                if level is None:
                    continue
                change = movement.change or 0
                kind = "acquired" if change > 0 else "disposed" if change < 0 else "held"
                marks = gathered.setdefault((kind, line.axis), _Marks())
                marks.days.append(movement.date or report.date)
                marks.levels.append(float(level))
                marks.sentences.append(movement_in_words(line.name, report, movement, level))
                marks.places.append((movement.filing_id, movement.path))
    return gathered


def _add_break_labels(figure: go.Figure, lines: Sequence[_Line], colours: Look) -> None:
    breaks = [(line, report) for line in lines for report in line.ledger.reports if report.unexplained]
    breaks.sort(key=lambda pair: abs(pair[1].unexplained or Decimal(0)), reverse=True)
    named = breaks[:MOST_NAMED_BREAKS]
    room = _label_room(figure, lines)
    places = [_break_label_place(report, room) for _, report in named]
    first, last = figure.layout.xaxis.range
    for (line, report), place in zip(named, spread(places, room), strict=True):
        early = _start_day(report) < first + (last - first) * LEFT_PART
        figure.add_annotation(
            x=_start_day(report),
            y=place,
            yref=line.axis,
            text=f"{signed(report.unexplained or Decimal(0))} unexplained",
            showarrow=False,
            xanchor="left" if early else "right",
            xshift=8 if early else -8,
            font={"size": 12, "color": line.colour},
            bgcolor=colours.paper,
        )


def _break_label_place(report: Report, room: float) -> float:
    """Halfway down the drop, or above it where the drop is too short for words."""
    after = float(report.opening or 0)
    before = after - float(report.unexplained or 0)
    if abs(after - before) > 2 * room:
        return (after + before) / 2
    return max(after, before) + 0.7 * room


def _add_panel_titles(figure: go.Figure, lines: Sequence[_Line]) -> None:
    for line in lines:
        figure.add_annotation(
            x=0,
            xref="paper",
            y=_axis(figure, line.axis).domain[1],
            yref="paper",
            yanchor="bottom",
            yshift=2,
            text=f"<b>{escape(line.name)}</b>",
            showarrow=False,
            xanchor="left",
            font={"size": 13, "color": line.colour},
        )


def _add_line_labels(figure: go.Figure, lines: Sequence[_Line]) -> None:
    first, last = figure.layout.xaxis.range
    edge = first + (last - first) * RIGHT_PART
    at_edge = [line for line in lines if line.end[0] >= edge]
    beside = [line for line in lines if line.end[0] < edge]
    for group, x, xref, shift in ((at_edge, 1, "paper", 8), (beside, None, "x", 10)):
        places = spread([float(line.end[1]) for line in group], _label_room(figure, lines))
        for line, place in zip(group, places, strict=True):
            figure.add_annotation(
                x=line.end[0] if x is None else x,
                xref=xref,
                y=place,
                text=escape(_cut(line.name)),
                showarrow=False,
                xanchor="left",
                xshift=shift,
                align="left",
                font={"size": 12, "color": line.colour},
            )
    widest = max((len(_cut(line.name)) for line in at_edge), default=0)
    figure.update_layout(margin_r=20 + 7 * widest)


def _add_splits(figure: go.Figure, splits: Sequence[Split], colours: Look) -> None:
    """A dashed line over all panels on the day of each split within the dates, with its ratio."""
    first, last = figure.layout.xaxis.range
    for one in splits:
        if first <= one.day <= last:
            figure.add_vline(one.day, line={"color": colours.faint_ink, "width": 1, "dash": "dash"})
            figure.add_annotation(
                x=one.day,
                y=1,
                yref="paper",
                yanchor="top",
                xanchor="right",
                text=f"{ratio_words(one.ratio)} split",
                showarrow=False,
                font={"size": 12, "color": colours.faint_ink},
                bgcolor=colours.paper,
            )


def _cut(name: str) -> str:
    return name if len(name) <= LABEL_CHARACTERS else f"{name[: LABEL_CHARACTERS - 1]}…"


def _set_layout(figure: go.Figure, colours: Look) -> None:
    font = {"family": FONT, "size": 13, "color": colours.ink}
    figure.update_layout(
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        hoverlabel={"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        hovermode="closest",
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False},
        uirevision="holdings",
    )


def _set_axes(figure: go.Figure, axes: Sequence[str], colours: Look) -> None:
    """One vertical axis, or one a panel from the top down; each from zero with room for whole marks."""
    panels = max(len(axes), 1)
    inner = HEIGHT - TOP - BOTTOM if panels == 1 else panels * (PANEL_HEIGHT + PANEL_GAP)
    style = {"gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False, "automargin": True}
    above = TOP if panels == 1 else TOP + 8
    figure.update_layout(height=inner + above + BOTTOM, margin={"l": 8, "r": 16, "t": above, "b": BOTTOM})
    for n, axis in enumerate(axes):
        levels = [y for trace in figure.data if trace.yaxis == axis for y in trace.y if y is not None]
        top, bottom = max(*levels, 1.0), min(*levels, 0.0)
        room = (top - bottom) * (0.06 if panels == 1 else 0.14)
        upper = 1 - (n * (PANEL_HEIGHT + PANEL_GAP) + PANEL_GAP) / inner
        figure.layout[f"yaxis{axis[1:]}"] = style | {
            "range": [bottom - room / 2, top + room],
            "tickformat": ",",
            "nticks": 6 if panels == 1 else 3,
            "domain": [0, 1] if panels == 1 else [max(0, upper - PANEL_HEIGHT / inner), upper],
        }
    days = [day for trace in figure.data for day in trace.x if day is not None]
    shape = style | DAYS | {"showgrid": panels > 1}
    figure.update_layout(xaxis=shape | {"anchor": axes[-1] if axes else "y"})
    if days:
        beside = max((max(days) - min(days)) / 40, timedelta(days=5))
        figure.update_xaxes(range=[min(days) - beside, max(days) + beside])


def _axis(figure: go.Figure, axis: str) -> Any:
    return figure.layout[f"yaxis{axis[1:]}"]


def _label_room(figure: go.Figure, lines: Sequence[_Line]) -> float:
    """The least distance on the lines' axis between two labels that do not touch."""
    if not lines:
        return 0.0
    axis = _axis(figure, lines[0].axis)
    pixels = (axis.domain[1] - axis.domain[0]) * (figure.layout.height - TOP - BOTTOM)
    return float((axis.range[1] - axis.range[0]) * LABEL_HEIGHT / pixels)
