"""A grant over time: a stepped, stacked area that always totals the grant, and what leaving on any day costs.

What leaves the unvested part is forfeited in its place, and what leaves the exercisable part lapses in its place,
so a departure changes the pattern of an area and never its position.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from typing import Any, Final, Literal

import plotly.graph_objects as go

from lib.charts.look import EXERCISABLE, FONT, Look, day, look
from lib.charts.vesting_words import cost_hover, step_hover
from lib.plans.result import Holding, LastDay, Step
from lib.plans.timeline import Leaving

HEIGHT: Final = 340
COST_HEIGHT: Final = 340
ROW, BOTTOM = 19, 30
LABEL_ROOM, LABEL_HEIGHT = 0.13, 0.075
"""An area is named inside where it has this part of the picture's width and height."""
INK_ON_GREEN: Final = "#06231b"
ROW_APART: Final = 0.85
"""Lines closer than this part of the width have their labels in two rows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with a name: a vertical line through the picture."""

    date: date
    label: str
    dash: Literal["solid", "dash", "dot"] = "solid"


@dataclass(frozen=True, slots=True)
class _Area:
    """One state of a grant's shares: its name, how it is filled, and how many shares are in it."""

    name: str
    colour: str
    hatched: bool
    shares: Callable[[Holding], int]


def vesting_figure(
    steps: Sequence[Step], shown: tuple[date, date], marks: Sequence[Mark], *, dark: bool = False
) -> go.Figure:
    """The five states of one grant, stacked and stepped, over the days ``shown``; ``marks`` are vertical lines.

    A step holds until the next, never sloped. Only states that occur are drawn; each is named where it has room.
    """
    colours = look(dark)
    figure = go.Figure()
    days = [step.date for step in steps if step.date <= shown[1]]
    held = [step.holding for step in steps if step.date <= shown[1]]
    days, held = [*days, shown[1]], [*held, held[-1]]
    areas = [area for area in _areas(dark) if any(area.shares(holding) for holding in held)]
    for area in areas:
        figure.add_trace(_area_trace(area, days, held, colours))
    figure.add_trace(_hover_trace(days[:-1], held, [step_hover(step) for step in steps[: len(days) - 1]]))
    top = max(1, *(holding.total for holding in held))
    _set_layout(figure, colours, HEIGHT, len(marks), shown, top)
    _name_areas(figure, areas, days, held, colours)
    _add_marks(figure, marks, shown, colours)
    return figure


def cost_figure(costs: Sequence[Leaving], leaving: date, shown: date, *, dark: bool = False) -> go.Figure:
    """Shares forfeited by leaving on each day until ``shown``, with the day of ``leaving`` marked on it."""
    colours = look(dark)
    figure = go.Figure()
    days = [cost.date for cost in costs] + [shown]
    top = max(1, *(cost.forfeited + cost.kept for cost in costs))
    forfeited = [cost.forfeited for cost in costs] + [costs[-1].forfeited]
    figure.add_trace(
        go.Scatter(
            x=days,
            y=forfeited,
            mode="lines",
            line={"color": colours.faint_ink, "width": 1.5, "shape": "hv"},
            fill="tozeroy",
            fillpattern=_hatching(_forfeited(dark)),
            text=[cost_hover(cost) for cost in costs] + [cost_hover(costs[-1])],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    )
    _set_layout(figure, colours, COST_HEIGHT, 1, (days[0], shown), top)
    at = cost_on(costs, leaving)
    if at is not None and leaving <= shown:
        _add_marks(figure, [Mark(leaving, day(leaving))], (days[0], shown), colours)
        figure.add_annotation(
            x=leaving,
            y=at.forfeited,
            text=f"<b>{at.forfeited:,}</b>",
            bgcolor=colours.paper,
            font={"size": 13, "color": colours.ink},
            showarrow=True,
            arrowhead=6,
            arrowsize=1.4,
            arrowcolor=colours.ink,
            ax=-34 if leaving > _between(days[0], shown, 0.8) else 34,
            ay=18 if at.forfeited > 0.85 * top else -16,
        )
    return figure


def cost_on(costs: Sequence[Leaving], leaving: date) -> Leaving | None:
    """The entry that counts on a day; null before the first grant."""
    place = bisect_right(costs, leaving, key=lambda cost: cost.date)
    return costs[place - 1] if place else None


def days_shown(
    steps: Sequence[Step], vests: Sequence[date], last_day: LastDay | None, left: date | None, seen: date
) -> tuple[date, date]:
    """From the grant until everything that can happen has: the lapse after leaving, else the last vest.

    While service goes on the option may stay open for years after the last vest; showing them would squeeze the
    vests together.
    """
    first = steps[0].date
    ends = [seen, *vests[-1:]] if left is None else [seen, left]
    if left is not None and last_day is not None:
        ends.append(last_day.date)
    last = max(first + timedelta(days=30), *ends)
    return first, last + max((last - first) / (6 if left is None else 25), timedelta(days=10))


def _areas(dark: bool) -> tuple[_Area, ...]:
    unvested = "#55514a" if dark else "#dcd7cb"
    exercised = "#3d6f62" if dark else "#7fb8a6"
    return (
        _Area("exercised", exercised, False, lambda holding: holding.exercised),
        _Area("exercisable", EXERCISABLE, False, lambda holding: holding.exercisable),
        _Area("lapsed", EXERCISABLE, True, lambda holding: holding.lapsed),
        _Area("unvested", unvested, False, lambda holding: holding.unvested),
        _Area("forfeited", _forfeited(dark), True, lambda holding: holding.forfeited),
    )


def _forfeited(dark: bool) -> str:
    return "#8f897d" if dark else "#a59e90"


def _area_trace(area: _Area, days: Sequence[date], held: Sequence[Holding], colours: Look) -> go.Scatter:
    fill: dict[str, Any] = (
        {"fillpattern": _hatching(area.colour)} if area.hatched else {"fillcolor": area.colour}
    )
    return go.Scatter(
        x=days,
        y=[area.shares(holding) for holding in held],
        name=area.name,
        mode="lines",
        stackgroup="grant",
        line={"shape": "hv", "width": 1, "color": colours.paper},
        hoverinfo="skip",
        showlegend=False,
        **fill,
    )


def _hatching(colour: str) -> dict[str, Any]:
    return {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.22}


def _hover_trace(days: Sequence[date], held: Sequence[Holding], sentences: Sequence[str]) -> go.Scatter:
    """One unseen point a step, so that the nearest step answers the pointer in a sentence."""
    return go.Scatter(
        x=days,
        y=[holding.total for holding in held[: len(days)]],
        mode="markers",
        marker={"opacity": 0, "size": 1},
        text=sentences,
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _name_areas(
    figure: go.Figure, areas: Sequence[_Area], days: Sequence[date], held: Sequence[Holding], look: Look
) -> None:
    """Name each state once where it has room: with its shares on its largest level, else on its longest stretch."""
    width = (days[-1] - days[0]).days or 1
    top = max(holding.total for holding in held)
    lasting = [(after - before).days for before, after in pairwise(days)]
    below = [0] * len(held)
    for area in areas:
        sizes = [area.shares(holding) for holding in held]
        levels = [_run(sizes[:-1], n, lambda size, here: size == here) for n in range(len(lasting))]
        start, end = max(levels, key=lambda run: sizes[run[0]] * sum(lasting[run[0] : run[1]]))
        text = f"{sizes[start]:,} {area.name}"
        if sum(lasting[start:end]) < LABEL_ROOM * width:
            stretches = [
                _run(sizes[:-1], n, lambda size, _: size > 0) for n in range(len(lasting)) if sizes[n]
            ]
            start, end = max(stretches, key=lambda run: sum(lasting[run[0] : run[1]]))
            text = area.name
        middle = days[start] + (days[end] - days[start]) / 2
        at = bisect_right(days, middle) - 1
        if (days[end] - days[start]).days >= LABEL_ROOM * width and sizes[at] >= LABEL_HEIGHT * top:
            figure.add_annotation(
                x=middle,
                y=below[at] + sizes[at] / 2,
                text=escape(text),
                showarrow=False,
                font={
                    "size": 13,
                    "color": INK_ON_GREEN if area.colour == EXERCISABLE and not area.hatched else look.ink,
                },
                bgcolor=look.paper if area.hatched else None,
            )
        below = [low + size for low, size in zip(below, sizes, strict=True)]


def _run(sizes: Sequence[int], at: int, alike: Callable[[int, int], bool]) -> tuple[int, int]:
    """The first step of the stretch around a step, and the one after its last."""
    start = end = at
    while start and alike(sizes[start - 1], sizes[at]):
        start -= 1
    while end + 1 < len(sizes) and alike(sizes[end + 1], sizes[at]):
        end += 1
    return start, end + 1


def _add_marks(figure: go.Figure, marks: Sequence[Mark], shown: tuple[date, date], colours: Look) -> None:
    """A line a mark, named above the picture; a name too close to the one before goes a row higher."""
    width = (shown[1] - shown[0]).days or 1
    before: date | None = None
    row = 0
    for mark in sorted(marks, key=lambda one: one.date):
        close = before is not None and (mark.date - before).days < ROW_APART * width
        row, before = row + 1 if close else 0, mark.date
        figure.add_shape(
            type="line",
            x0=mark.date,
            x1=mark.date,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": colours.ink, "width": 1.3, "dash": mark.dash},
        )
        left = mark.date > _between(*shown, 0.72)
        figure.add_annotation(
            x=mark.date,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=1 + ROW * row,
            xanchor="right" if left else "left",
            xshift=4 if left else -4,
            text=escape(mark.label),
            showarrow=False,
            font={"size": 13, "color": colours.ink},
        )


def _between(first: date, last: date, part: float) -> date:
    return first + (last - first) * part


def _set_layout(
    figure: go.Figure, colours: Look, height: int, rows: int, shown: tuple[date, date], top: int
) -> None:
    font = {"family": FONT, "size": 13, "color": colours.ink}
    axis = {"linecolor": colours.rule, "gridcolor": colours.rule, "zeroline": False, "automargin": True}
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 10 + ROW * rows, "b": BOTTOM},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        hoverlabel={"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        hovermode="x",
        hoverdistance=-1,
        showlegend=False,
        xaxis=axis | {"range": list(shown), "showgrid": False, "type": "date", "nticks": 5, "tickangle": 0},
        yaxis=axis
        | {"range": [0, top * 1.04], "tickformat": ",", "tickvals": [top * n // 4 for n in range(5)]},
        dragmode=False,
    )
