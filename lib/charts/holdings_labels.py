"""Words on the holdings chart: names at the lines' ends, titles of panels, unexplained amounts, splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from lib.charts.holdings_lines import Drop, Line, Marks
from lib.charts.look import Look, signed
from lib.holdings.splits import Split, ratio_words

MOST_LABELLED_LINES = 8
MOST_LABELLED_IN_PANEL = 4
MOST_NAMED_BREAKS = 6
MOST_CODED_MARKS = 60
MOST_NAMED_IN_PANEL = 3
LABEL_CHARACTERS = 26
LABEL_HEIGHT = 22
RIGHT_PART = 0.75
"""A line that ends in this last part of the dates is labelled at the right edge, else beside its end."""
LETTER = 0.032
"""The part of the dates that a letter takes on a phone."""
FARTHEST = 1.5
"""How many heights of a label it may be moved up from its drop."""
TOUCHING = 0.999
"""Of a label's height, what keeps two apart: floats that should be equal are not always."""
LEFT_PART = 0.35
"""A break in this first part of the dates is named to its right, for a phone has no room to its left."""


def spread(places: Sequence[float], least: float, top: float = float("inf")) -> list[float]:
    """The places moved as little as keeps neighbours ``least`` apart, in their order, none above ``top``."""
    moved = list(places)
    order = sorted(range(len(places)), key=lambda n: places[n])
    last = float("-inf")
    for n in order:
        moved[n] = last = max(places[n], last + least)
    for n in reversed(order):
        moved[n] = min(moved[n], top)
        top = moved[n] - least
    return moved


def add_break_labels(figure: go.Figure, lines: Sequence[Line], colours: Look, *, of_shares: bool) -> None:
    """The largest unexplained amounts of one axis that have room beside their drops; the marks tell all by hover.

    The largest says what they all are, as the legend does of the dots. Amounts are in shares, which is said
    unless the axis is ``of_shares``.
    """
    breaks = [(line, drop) for line in lines for drop in line.path.drops if drop.report.unexplained]
    breaks.sort(key=lambda pair: abs(pair[1].report.unexplained or Decimal(0)), reverse=True)
    alone = not lines or axis_of(figure, lines[0].axis).domain == (0, 1)
    named = breaks[: MOST_NAMED_BREAKS if alone else MOST_NAMED_IN_PANEL]
    said = [
        signed(drop.report.unexplained or Decimal(0)) + ("" if of_shares else " shares") for _, drop in named
    ]
    said[:1] = [f"{text} unexplained" for text in said[:1]]
    first, last = figure.layout.xaxis.range
    across = [(drop.day - first) / (last - first) for _, drop in named]
    room = _label_room(figure, lines)
    places = with_room(
        [_span(at, text) for at, text in zip(across, said, strict=True)],
        [_break_label_place(drop, room) for _, drop in named],
        room,
        _top(figure, lines),
    )
    for (line, drop), text, at, place in zip(named, said, across, places, strict=True):
        if place is None:
            continue
        figure.add_annotation(
            x=drop.day,
            y=place,
            yref=line.axis,
            text=text,
            showarrow=False,
            xanchor="left" if at < LEFT_PART else "right",
            xshift=8 if at < LEFT_PART else -8,
            font={"size": 12, "color": line.colour},
            bgcolor=colours.paper,
        )


def _span(at: float, text: str) -> tuple[float, float]:
    """From where to where a label beside a drop reaches, as parts of the dates, on a narrow screen."""
    wide = LETTER * len(text)
    return (at, at + wide) if at < LEFT_PART else (at - wide, at)


def with_room(
    spans: Sequence[tuple[float, float]], heights: Sequence[float], least: float, top: float
) -> list[float | None]:
    """The heights of labels beside their drops, the first the most important, none over another; null without room.

    A label is moved up from those that stand there, but not so far that it seems to name something else.
    """
    kept: list[tuple[tuple[float, float], float]] = []
    found: list[float | None] = []
    for span, height in zip(spans, heights, strict=True):
        beside = [place for other, place in kept if other[0] <= span[1] and span[0] <= other[1]]
        highest = min(height + FARTHEST * least, top)
        places = [min(height, top), *sorted(place + least for place in beside)]
        free = (
            place
            for place in places
            if min(height, top) <= place <= highest
            and all(abs(place - other) >= least * TOUCHING for other in beside)
        )
        place = next(free, None)
        found.append(place)
        if place is not None:
            kept.append((span, place))
    return found


def _break_label_place(drop: Drop, room: float) -> float:
    """Halfway down the drop, or above it where the drop is too short for words."""
    if abs(drop.after - drop.before) > 2 * room:
        return (drop.after + drop.before) / 2
    return max(drop.after, drop.before) + 0.7 * room


def add_codes(figure: go.Figure, gathered: Mapping[tuple[str, str], Marks], colours: Look) -> None:
    """The transaction codes beside their marks, where marks are few.

    They stand above what was acquired, and below what was disposed of; in panels, whose names stand above,
    all below. Of marks of one day and kind, which lie on each other, a code is said once. On a day of several
    lines they stand to the right, where no line's drop hides them.
    """
    if sum(len(marks.days) for marks in gathered.values()) > MOST_CODED_MARKS:
        return
    panels = len({axis for _, axis in gathered}) > 1
    shared = _shared_days(gathered)
    for (kind, axis), marks in gathered.items():
        below = panels or kind == "disposed"
        side = "bottom" if below else "top"
        said: set[tuple[date, str]] = set()
        codes = []
        for at, code in zip(marks.days, marks.codes, strict=True):
            # An empty line keeps the letter clear of its mark.
            letter = f"&nbsp;&nbsp;{escape(code)}" if (axis, at) in shared else escape(code)
            spaced = f"&nbsp;<br>{letter}" if below else f"{letter}<br>&nbsp;"
            codes.append("" if not code or (at, code) in said else spaced)
            said.add((at, code))
        if any(codes):
            figure.add_trace(
                go.Scatter(
                    x=marks.days,
                    y=marks.levels,
                    yaxis=axis,
                    mode="text",
                    text=codes,
                    textposition=[
                        f"{side} {'right' if (axis, at) in shared else 'center'}" for at in marks.days
                    ],
                    textfont={"size": 10, "color": colours.faint_ink},
                    hoverinfo="skip",
                    showlegend=False,
                    cliponaxis=False,
                )
            )


def _shared_days(gathered: Mapping[tuple[str, str], Marks]) -> set[tuple[str, date]]:
    """The days of each axis on which several lines have marks."""
    names: dict[tuple[str, date], set[str]] = {}
    for (_, axis), marks in gathered.items():
        for at, name in zip(marks.days, marks.names, strict=True):
            names.setdefault((axis, at), set()).add(name)
    return {place for place, several in names.items() if len(several) > 1}


def add_panel_titles(figure: go.Figure, lines: Sequence[Line], colours: Look) -> None:
    """The name of each panel above it."""
    for axis, title in {line.axis: line.panel for line in lines}.items():
        figure.add_annotation(
            x=0,
            xref="paper",
            y=axis_of(figure, axis).domain[1],
            yref="paper",
            yanchor="bottom",
            yshift=2,
            text=f"<b>{escape(title)}</b>",
            showarrow=False,
            xanchor="left",
            font={"size": 13, "color": colours.ink},
        )


def add_line_labels(figure: go.Figure, lines: Sequence[Line]) -> None:
    """The name of each line of one axis at the last point drawn of it."""
    first, last = figure.layout.xaxis.range
    edge = first + (last - first) * RIGHT_PART
    ended = [(line, *line.end) for line in lines if line.end]
    at_edge = [one for one in ended if one[1] >= edge]
    beside = [one for one in ended if one[1] < edge]
    for group, x, xref, shift in ((at_edge, 1, "paper", 8), (beside, None, "x", 10)):
        places = spread([level for _, _, level in group], _label_room(figure, lines), _top(figure, lines))
        for (line, at, _), place in zip(group, places, strict=True):
            figure.add_annotation(
                x=at if x is None else x,
                xref=xref,
                y=place,
                yref=line.axis,
                text=escape(_cut(line.name)),
                showarrow=False,
                xanchor="left",
                xshift=shift,
                align="left",
                font={"size": 12, "color": line.colour},
            )
    widest = max((len(_cut(line.name)) for line, _, _ in at_edge), default=0)
    figure.update_layout(margin_r=max(figure.layout.margin.r or 0, 20 + 7 * widest))


def to_label(lines: Sequence[Line], most: int) -> list[Line]:
    """The lines of one axis that are named: all where there is room, else the largest."""
    ended = [(line.end[1], line) for line in lines if line.end]
    return [line for _, line in sorted(ended, key=lambda pair: -pair[0])[:most]]


def add_splits(figure: go.Figure, splits: Sequence[Split], colours: Look) -> None:
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


def axis_of(figure: go.Figure, axis: str) -> Any:
    """The layout's vertical axis of this name."""
    return figure.layout[f"yaxis{axis[1:]}"]


def _cut(name: str) -> str:
    return name if len(name) <= LABEL_CHARACTERS else f"{name[: LABEL_CHARACTERS - 1]}…"


def _label_room(figure: go.Figure, lines: Sequence[Line]) -> float:
    """The least distance on the lines' axis between two labels that do not touch."""
    if not lines:
        return 0.0
    axis = axis_of(figure, lines[0].axis)
    margin = figure.layout.margin
    pixels = (axis.domain[1] - axis.domain[0]) * (figure.layout.height - margin.t - margin.b)
    return float((axis.range[1] - axis.range[0]) * LABEL_HEIGHT / pixels)


def _top(figure: go.Figure, lines: Sequence[Line]) -> float:
    """The highest place of a label on the lines' axis: within the picture, or in the gap above a panel."""
    if not lines:
        return 0.0
    axis = axis_of(figure, lines[0].axis)
    half = _label_room(figure, lines) / 2
    return float(axis.range[1]) + (-half if axis.domain == (0, 1) else half)
