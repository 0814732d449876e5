"""The plan's shares over time: under option and issued, stepped; what is left of the limit is said, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from lib.charts.look import DAYS, EXERCISABLE, FONT, Look, day, look
from lib.charts.ticks import room_for, round_ticks
from lib.plans.result import PoolState, PoolStep

HEIGHT: Final = 250
USED: Final = {False: "#7fb8a6", True: "#3d6f62"}


def pool_figure(
    steps: Sequence[PoolStep], shown: date, *, mark: tuple[date, str] | None = None, dark: bool = False
) -> go.Figure:
    """Shares issued and under option, stacked, up to the day ``shown`` at least. A step holds until the next.

    ``mark`` is a day with its name: a line.
    """
    colours = look(dark)
    last = max(steps[-1].date, shown) + timedelta(days=60)
    days = [*(step.date for step in steps), last]
    pools = [*(step.pool for step in steps), steps[-1].pool]
    traces = [
        _area("issued", days, [pool.issued for pool in pools], USED[dark], colours.paper),
        _area("under option", days, [pool.outstanding for pool in pools], EXERCISABLE, colours.paper),
        {
            "type": "scatter",
            "mode": "markers",
            "x": days,
            "y": [pool.issued + pool.outstanding for pool in pools],
            "marker": {"opacity": 0, "size": 1},
            "text": [escape(f"{day(at)}: {pool_words(pool)}") for at, pool in zip(days, pools, strict=True)],
            "hovertemplate": "%{text}<extra></extra>",
        },
    ]
    top = max(1, *(pool.issued + pool.outstanding for pool in pools))
    return go.Figure(
        {
            "data": traces,
            "layout": _layout(colours, steps[0].date, last, top)
            | (_marked(*mark, colours.ink) if mark else {}),
        }
    )


def _marked(shown: date, said: str, ink: str) -> dict[str, Any]:
    """A line at a day with its name."""
    line = {"type": "line", "x0": shown, "x1": shown, "y0": 0, "y1": 1, "yref": "paper"}
    label = {"x": shown, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "left", "showarrow": False}
    return {
        "shapes": [line | {"line": {"width": 1.3, "dash": "dot", "color": ink}}],
        "annotations": [label | {"text": escape(said)}],
    }


def _layout(colours: Look, first: date, last: date, top: int) -> dict[str, Any]:
    return {
        "height": HEIGHT,
        "margin": {"l": room_for(f"{top:,}"), "r": 8, "t": 24, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colours.ink},
        "hoverlabel": {"bgcolor": colours.paper, "bordercolor": colours.rule, "align": "left"},
        "hovermode": "x",
        "hoverdistance": -1,
        "showlegend": False,
        "dragmode": False,
        "template": {},
        "xaxis": DAYS | {"range": [first, last], "showgrid": False, "linecolor": colours.rule},
        "yaxis": {
            "range": [0, top * 1.06],
            "tickformat": ",",
            "tickvals": [int(tick) for tick in round_ticks(top, 4)],
            "gridcolor": colours.rule,
            "zeroline": False,
        },
    }


def pool_words(pool: PoolState) -> str:
    """A state of the pool: ``20,000 under option, 0 issued, 730,000 of 750,000 available``."""
    return (
        f"{pool.outstanding:,} under option, {pool.issued:,} issued,"
        f" {pool.available:,} of {pool.limit:,} available"
    )


def pool_alt(steps: Sequence[PoolStep]) -> str:
    """The pool in sentences, step by step."""
    told = "; ".join(f"{day(step.date)}: {pool_words(step.pool)}" for step in steps[:24])
    return f"The plan's shares over time. {told}."


def _area(name: str, days: list[date], shares: list[int], colour: str, line: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": days,
        "y": shares,
        "name": name,
        "mode": "lines",
        "stackgroup": "pool",
        "fillcolor": colour,
        "line": {"shape": "hv", "width": 1, "color": line},
        "hoverinfo": "skip",
    }
