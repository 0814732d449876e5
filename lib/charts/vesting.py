"""A grant over time: a stepped, stacked area that always totals the grant, and below it what leaving costs.

Both share one axis of days, so the line of the departure cuts through what it leaves and what it costs.
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

from lib.charts.look import EXERCISABLE, FONT, Look, look
from lib.charts.ticks import room_for, round_ticks
from lib.charts.vesting_words import cost_hover, step_hover, used_name
from lib.plans.result import Holding, LastDay, Step
from lib.plans.timeline import Leaving

HEIGHT: Final = 470
COST_PART, GAP = 0.26, 0.14
"""The parts of the height that the lower panel takes, and that keep it from the upper one."""
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
    steps: Sequence[Step],
    costs: Sequence[Leaving],
    leaving: date,
    shown: tuple[date, date],
    marks: Sequence[Mark],
    *,
    units: bool = False,
    dark: bool = False,
) -> go.Figure:
    """The five states of one grant, stacked and stepped, over the days ``shown``; ``marks`` are vertical lines.

    A step holds until the next, never sloped. Only states that occur are drawn; each is named where it has room.
    Below, the shares forfeited by leaving on each day, with the day of ``leaving`` marked.
    """
    colours = look(dark)
    told = [step for step in steps if step.date <= shown[1]]
    days = [*(step.date for step in told), shown[1]]
    held = [*(step.holding for step in told), told[-1].holding]
    areas = [area for area in _areas(units, dark) if any(area.shares(holding) for holding in held)]
    traces = [_area_trace(area, days, held, colours) for area in areas]
    traces.append(_hover_trace(told, units))
    lines, labels = _marks(marks, shown, colours)
    labels += _area_names(areas, days, held, colours)
    if costs and costs[0].date <= shown[1]:
        traces.append(_cost_trace(costs, shown[1], colours, dark))
        labels += _cost_labels(costs, leaving, shown, colours)
    tops = (
        max(1, *(holding.total for holding in held)),
        max([1, *(cost.forfeited for cost in costs)]),
    )
    layout = _layout(colours, len(marks), shown, tops) | {"shapes": lines, "annotations": labels}
    return go.Figure({"data": traces, "layout": layout})


def cost_on(costs: Sequence[Leaving], leaving: date) -> Leaving | None:
    """The entry that counts on a day; null before the first grant."""
    place = bisect_right(costs, leaving, key=lambda cost: cost.date)
    return costs[place - 1] if place else None


def days_shown(
    steps: Sequence[Step], vests: Sequence[date], last_day: LastDay | None, left: date | None, seen: date
) -> tuple[date, date]:
    """From the grant until all has vested or, after leaving, until the right to exercise has ended too.

    While service goes on the option may stay open for years after the last vest; showing them would squeeze the
    vests together.
    """
    first = steps[0].date
    ends = [seen, *vests[-1:]]
    if left is not None:
        ends += [left] if last_day is None else [left, last_day.date]
    last = max(first + timedelta(days=30), *ends)
    return first, last + max((last - first) / (6 if left is None else 25), timedelta(days=10))


def _areas(units: bool, dark: bool) -> tuple[_Area, ...]:
    unvested = "#55514a" if dark else "#dcd7cb"
    exercised = "#3d6f62" if dark else "#7fb8a6"
    return (
        _Area(used_name(units), exercised, False, lambda holding: holding.exercised),
        _Area("exercisable", EXERCISABLE, False, lambda holding: holding.exercisable),
        _Area("lapsed", EXERCISABLE, True, lambda holding: holding.lapsed),
        _Area("unvested", unvested, False, lambda holding: holding.unvested),
        _Area("forfeited", _forfeited(dark), True, lambda holding: holding.forfeited),
    )


def _forfeited(dark: bool) -> str:
    return "#8f897d" if dark else "#a59e90"


def _area_trace(area: _Area, days: Sequence[date], held: Sequence[Holding], colours: Look) -> dict[str, Any]:
    fill = {"fillpattern": _hatching(area.colour)} if area.hatched else {"fillcolor": area.colour}
    return fill | {
        "type": "scatter",
        "x": days,
        "y": [area.shares(holding) for holding in held],
        "name": area.name,
        "mode": "lines",
        "stackgroup": "grant",
        "line": {"shape": "hv", "width": 1, "color": colours.paper},
        "hoverinfo": "skip",
    }


def _cost_trace(costs: Sequence[Leaving], last: date, colours: Look, dark: bool) -> dict[str, Any]:
    drawn = [cost for cost in costs if cost.date <= last]
    drawn.append(drawn[-1])
    return {
        "type": "scatter",
        "x": [*(cost.date for cost in drawn[:-1]), last],
        "y": [cost.forfeited for cost in drawn],
        "yaxis": "y2",
        "mode": "lines",
        "line": {"color": colours.faint_ink, "width": 1.5, "shape": "hv"},
        "fill": "tozeroy",
        "fillpattern": _hatching(_forfeited(dark)),
        "text": [cost_hover(cost) for cost in drawn],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _cost_labels(
    costs: Sequence[Leaving], leaving: date, shown: tuple[date, date], colours: Look
) -> list[dict[str, Any]]:
    """The lower panel's name, and the cost on the day of leaving as a dot with its number."""
    name = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": COST_PART,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "text": "Shares forfeited if service ends on each day",
        "showarrow": False,
        "bgcolor": colours.paper,
    }
    at = cost_on(costs, leaving)
    if at is None or not shown[0] <= leaving <= shown[1]:
        return [name]
    top = max(cost.forfeited for cost in costs)
    number = {
        "x": leaving,
        "y": at.forfeited,
        "yref": "y2",
        "text": f"<b>{at.forfeited:,}</b>",
        "bgcolor": colours.paper,
        "showarrow": True,
        "arrowhead": 6,
        "arrowsize": 1.4,
        "arrowcolor": colours.ink,
        "ax": -34 if leaving > _between(*shown, 0.8) else 34,
        "ay": 18 if at.forfeited > 0.7 * top else -16,
    }
    return [name, number]


def _hatching(colour: str) -> dict[str, Any]:
    return {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.22}


def _hover_trace(steps: Sequence[Step], units: bool) -> dict[str, Any]:
    """One unseen point a step, so that the nearest step answers the pointer in a sentence."""
    return {
        "type": "scatter",
        "x": [step.date for step in steps],
        "y": [step.holding.total for step in steps],
        "mode": "markers",
        "marker": {"opacity": 0, "size": 1},
        "text": [step_hover(step, units) for step in steps],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _area_names(
    areas: Sequence[_Area], days: Sequence[date], held: Sequence[Holding], colours: Look
) -> list[dict[str, Any]]:
    """Name each state once where it has room: with its shares on its largest level, else on its longest stretch."""
    width = (days[-1] - days[0]).days or 1
    top = max(holding.total for holding in held)
    lasting = [(after - before).days for before, after in pairwise(days)]
    below = [0] * len(held)
    labels = []
    for area in areas:
        sizes = [area.shares(holding) for holding in held]
        levels = [_run(sizes[:-1], n, lambda size, here: size == here) for n in range(len(lasting))]
        start, end = max(levels, key=lambda run: sizes[run[0]] * sum(lasting[run[0] : run[1]]))
        text = f"{sizes[start]:,} {area.name}"
        if sum(lasting[start:end]) < LABEL_ROOM * width:
            stretches = [
                _run(sizes[:-1], n, lambda size, _: size > 0) for n in range(len(lasting)) if sizes[n]
            ]
            start, end = max(stretches, key=lambda run: sum(lasting[run[0] : run[1]]), default=(0, 0))
            text = area.name
        middle = days[start] + (days[end] - days[start]) / 2
        at = bisect_right(days, middle) - 1
        if (days[end] - days[start]).days >= LABEL_ROOM * width and sizes[at] >= LABEL_HEIGHT * top:
            on_green = area.colour == EXERCISABLE and not area.hatched
            labels.append(
                {
                    "x": middle,
                    "y": below[at] + sizes[at] / 2,
                    "text": escape(text),
                    "showarrow": False,
                    "font": {"color": INK_ON_GREEN if on_green else colours.ink},
                    "bgcolor": colours.paper if area.hatched else None,
                }
            )
        below = [low + size for low, size in zip(below, sizes, strict=True)]
    return labels


def _run(sizes: Sequence[int], at: int, alike: Callable[[int, int], bool]) -> tuple[int, int]:
    """The first step of the stretch around a step, and the one after its last."""
    start = end = at
    while start and alike(sizes[start - 1], sizes[at]):
        start -= 1
    while end + 1 < len(sizes) and alike(sizes[end + 1], sizes[at]):
        end += 1
    return start, end + 1


def _marks(
    marks: Sequence[Mark], shown: tuple[date, date], colours: Look
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A line a mark, named above the picture; a name too close to the one before goes a row higher."""
    width = (shown[1] - shown[0]).days or 1
    before: date | None = None
    row = 0
    lines, labels = [], []
    for mark in sorted(marks, key=lambda one: one.date):
        close = before is not None and (mark.date - before).days < ROW_APART * width
        row, before = row + 1 if close else 0, mark.date
        stroke = {"color": colours.ink, "width": 1.3, "dash": mark.dash}
        place = {"x0": mark.date, "x1": mark.date, "y0": 0, "y1": 1, "yref": "paper"}
        lines.append(place | {"type": "line", "line": stroke})
        left = mark.date > _between(*shown, 0.72)
        labels.append(
            {
                "x": mark.date,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 1 + ROW * row,
                "xanchor": "right" if left else "left",
                "xshift": 4 if left else -4,
                "text": escape(mark.label),
                "showarrow": False,
            }
        )
    return lines, labels


def _between(first: date, last: date, part: float) -> date:
    return first + (last - first) * part


def _layout(colours: Look, rows: int, shown: tuple[date, date], tops: tuple[int, int]) -> dict[str, Any]:
    """Without automatic margins and Plotly's default template: each costs as much as the picture itself."""
    font = {"family": FONT, "size": 13, "color": colours.ink}
    axis = {"linecolor": colours.rule, "gridcolor": colours.rule, "zeroline": False}
    across = {"range": list(shown), "showgrid": False, "type": "date", "nticks": 5, "tickangle": 0}
    areas, costs = (
        {
            "range": [0, top * 1.04],
            "tickformat": ",",
            "tickvals": [int(tick) for tick in round_ticks(top, parts)],
        }
        for top, parts in zip(tops, (4, 2), strict=True)
    )
    return {
        "height": HEIGHT,
        "margin": {"l": room_for(f"{max(tops):,}"), "r": 8, "t": 10 + ROW * rows, "b": BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        "hovermode": "x",
        "hoverdistance": -1,
        "showlegend": False,
        "dragmode": False,
        "template": {},
        "xaxis": axis | across | {"anchor": "y2"},
        "yaxis": axis | areas | {"domain": [COST_PART + GAP, 1]},
        "yaxis2": axis | costs | {"domain": [0, COST_PART]},
    }
