"""Holdings over time as steps: a level holds until the next report, and what no filing explains is a break.

The break is drawn dotted, level then drop, never as a slope: nobody knows when in between it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from lib.charts.holdings_words import line_names, movement_in_words
from lib.charts.look import ACQUIRED, DISPOSED, FONT, HELD, Look, look, signed
from lib.holdings.ledger import Ledger, Report

WEBGL_FROM_POINTS = 1000
MOST_LABELLED_LINES = 8
MOST_NAMED_BREAKS = 4
LABEL_CHARACTERS = 36
HEIGHT = 460
LABEL_SPACING = 22 / HEIGHT
"""Least distance between two labels, as a share of the vertical range."""
RIGHT_PART = 0.75
"""A line that ends in this last part of the dates is labelled at the right edge, else beside its end."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A ledger that states a balance, with its name, colour and last level; levels are drawn by ``unit``."""

    ledger: Ledger
    name: str
    colour: str
    end: tuple[date, Decimal]
    unit: Decimal

    def place(self, shares: Decimal) -> float:
        """Where a level stands on the vertical axis."""
        return float(shares / self.unit)


@dataclass(slots=True)
class _Marks:
    """Marks of one kind over all lines, so that each kind is one trace."""

    days: list[date] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    filing_ids: list[int] = field(default_factory=list)


def holdings_figure(ledgers: Sequence[Ledger], *, dark: bool = False, relative: bool = False) -> go.Figure:
    """A step line for each position, marks for its transactions and holdings, dotted breaks.

    Levels are shares or, where ``relative``, parts of the line's own largest level, so that small holdings
    can be seen beside large ones. Up to eight lines are named at their ends, more are named by hover only.
    Plotly's coordinates are floats; every number that is printed comes from the exact amount. Each mark's
    ``customdata`` is its filing's id.
    """
    colours = look(dark)
    lines = _lines(ledgers, colours, relative=relative)
    points = sum(len(report.movements) for line in lines for report in line.ledger.reports)
    scatter: Any = go.Scattergl if points >= WEBGL_FROM_POINTS else go.Scatter
    figure = go.Figure()
    for line in lines:
        _add_line(figure, scatter, line)
    _add_marks(figure, scatter, lines, colours)
    if any(report.unexplained for line in lines for report in line.ledger.reports):
        dotted = {"color": colours.faint_ink, "width": 1.5, "dash": "dot"}
        figure.add_trace(scatter(x=[None], y=[None], mode="lines", line=dotted, name="Unexplained"))
    _set_layout(figure, colours)
    _set_ranges(figure, relative=relative)
    _add_break_labels(figure, lines, colours)
    if 0 < len(lines) <= MOST_LABELLED_LINES:
        _add_line_labels(figure, lines)
    return figure


def spread(places: Sequence[float], least: float) -> list[float]:
    """The places moved up as little as keeps neighbours ``least`` apart, in the order given."""
    moved = list(places)
    last = float("-inf")
    for n in sorted(range(len(places)), key=lambda n: places[n]):
        moved[n] = last = max(places[n], last + least)
    return moved


def _lines(ledgers: Sequence[Ledger], colours: Look, *, relative: bool) -> list[_Line]:
    drawn = [
        (one, stated)
        for one in ledgers
        if (stated := [(r.date, r.closing) for r in one.reports if r.closing is not None])
    ]
    names = line_names([one.position for one, _ in drawn])
    return [
        _Line(
            ledger=one,
            name=name,
            colour=colours.lines[n % len(colours.lines)],
            end=stated[-1],
            unit=max(_largest(one), Decimal(1)) if relative else Decimal(1),
        )
        for n, ((one, stated), name) in enumerate(zip(drawn, names, strict=True))
    ]


def _largest(one: Ledger) -> Decimal:
    levels = [level for r in one.reports for level in (r.opening, r.closing) if level is not None]
    return max(levels, default=Decimal(0))


def _add_line(figure: go.Figure, scatter: Any, line: _Line) -> None:
    solid: list[tuple[date | None, float | None]] = []
    dotted: list[tuple[date | None, float | None]] = []
    last: tuple[date, float] | None = None
    for report in line.ledger.reports:
        if report.closing is None:
            continue
        start = _start_day(report), line.place(report.closing if report.opening is None else report.opening)
        if last and report.unexplained != 0:
            dotted += [last, start, (None, None)]
            solid.append((None, None))
        solid += [start, *_levels(line, report, report.closing)]
        last = report.date, line.place(report.closing)
    style = {"color": line.colour, "width": 2, "shape": "hv"}
    common: dict[str, Any] = {"mode": "lines", "name": escape(line.name), "hoverinfo": "skip"}
    days, levels = zip(*solid, strict=True)
    figure.add_trace(scatter(x=days, y=levels, line=style, showlegend=False, **common))
    if dotted:
        days, levels = zip(*dotted, strict=True)
        style = style | {"dash": "dot", "width": 1.5}
        figure.add_trace(scatter(x=days, y=levels, line=style, showlegend=False, **common))


def _levels(line: _Line, report: Report, closing: Decimal) -> list[tuple[date, float]]:
    steps = [(m.date, line.place(m.balance)) for m in report.movements if m.date and m.balance is not None]
    return [*steps, (report.date, line.place(closing))]


def _start_day(report: Report) -> date:
    return min((m.date for m in report.movements if m.date), default=report.date)


def _add_marks(figure: go.Figure, scatter: Any, lines: Sequence[_Line], colours: Look) -> None:
    acquired, disposed, held = _Marks(), _Marks(), _Marks()
    for line in lines:
        for report in line.ledger.reports:
            for movement in report.movements:
                level = report.closing if movement.balance is None else movement.balance
                if level is None:
                    continue
                change = movement.change or 0
                marks = acquired if change > 0 else disposed if change < 0 else held
                marks.days.append(movement.date or report.date)
                marks.levels.append(line.place(level))
                marks.sentences.append(movement_in_words(line.name, report, movement, level))
                marks.filing_ids.append(report.filing_id)
    kinds = (
        (acquired, "Acquired", ACQUIRED, "triangle-up", 11),
        (disposed, "Disposed", DISPOSED, "triangle-down", 11),
        (held, "Holding, no trade", HELD, "circle", 9),
    )
    for marks, label, colour, symbol, size in kinds:
        edge = {"color": colours.paper, "width": 1}
        if marks.days:
            figure.add_trace(
                scatter(
                    x=marks.days,
                    y=marks.levels,
                    mode="markers",
                    name=label,
                    marker={"color": colour, "symbol": symbol, "size": size, "line": edge},
                    text=marks.sentences,
                    customdata=marks.filing_ids,
                    hovertemplate="%{text}<extra></extra>",
                )
            )


def _add_break_labels(figure: go.Figure, lines: Sequence[_Line], colours: Look) -> None:
    breaks = [(line, report) for line in lines for report in line.ledger.reports if report.unexplained]
    breaks.sort(key=lambda pair: abs(pair[1].unexplained or Decimal(0)), reverse=True)
    named = breaks[:MOST_NAMED_BREAKS]
    middles = [line.place((r.opening or Decimal(0)) - (r.unexplained or Decimal(0)) / 2) for line, r in named]
    for (line, report), place in zip(named, spread(middles, _span(figure) * LABEL_SPACING), strict=True):
        figure.add_annotation(
            x=_start_day(report),
            y=place,
            text=f"{signed(report.unexplained or Decimal(0))} unexplained",
            showarrow=False,
            xanchor="right",
            xshift=-8,
            font={"size": 12, "color": line.colour},
            bgcolor=colours.paper,
        )


def _add_line_labels(figure: go.Figure, lines: Sequence[_Line]) -> None:
    first, last = figure.layout.xaxis.range
    edge = first + (last - first) * RIGHT_PART
    at_edge = [line for line in lines if line.end[0] >= edge]
    beside = [line for line in lines if line.end[0] < edge]
    for group, x, xref, shift in ((at_edge, 1, "paper", 8), (beside, None, "x", 10)):
        places = spread([line.place(line.end[1]) for line in group], _span(figure) * LABEL_SPACING)
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


def _cut(name: str) -> str:
    return name if len(name) <= LABEL_CHARACTERS else f"{name[: LABEL_CHARACTERS - 1]}…"


def _set_layout(figure: go.Figure, colours: Look) -> None:
    axis = {"gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False, "automargin": True}
    font = {"family": FONT, "size": 13, "color": colours.ink}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 16, "t": 36, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        hoverlabel={"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        hovermode="closest",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis=axis | {"showgrid": False, "type": "date", "nticks": 8, "tickangle": 0},
        yaxis=axis | {"nticks": 6},
        uirevision="holdings",
    )


def _set_ranges(figure: go.Figure, *, relative: bool) -> None:
    """The vertical from zero, both with room for whole marks at the edges."""
    days = [day for trace in figure.data for day in trace.x if day is not None]
    levels = [level for trace in figure.data for level in trace.y if level is not None]
    if days:
        room = max((max(days) - min(days)) / 40, timedelta(days=5))
        figure.update_xaxes(range=[min(days) - room, max(days) + room])
        top, bottom = max(*levels, 1), min(*levels, 0)
        room = (top - bottom) * 0.06
        figure.update_yaxes(range=[bottom - room / 2, top + room], tickformat=".0%" if relative else ",")


def _span(figure: go.Figure) -> float:
    bottom, top = figure.layout.yaxis.range or (0, 1)
    return float(top - bottom)
