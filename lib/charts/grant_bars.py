"""A bar for each grant: while it vests, while it can be exercised after leaving, and its longest life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import plotly.graph_objects as go

from lib.charts.look import DAYS, EXERCISABLE, FONT, Look, day, look
from lib.charts.vesting_words import BINDINGS
from lib.plans.clocks import Clock

ROW, TOP, BOTTOM = 58, 26, 44
THICK, THIN = 0.5, 0.1


def grant_bars(
    bars: Sequence[Clock],
    left: date | None,
    *,
    departure: str = "Leaves",
    units: bool = False,
    dark: bool = False,
) -> go.Figure:
    """The grants from the first at the top; diamonds mark the last day to exercise.

    A vertical line marks the day that service ended, named by ``departure``.
    """
    colours = look(dark)
    listed = list(reversed(bars))
    rows = list(range(len(listed)))
    grey = "#55514a" if dark else "#dcd7cb"
    traces: list[dict[str, Any]] = []
    if not units:
        traces.append(
            _spans(listed, [(bar.granted, bar.life_ends) for bar in listed], THIN, colours.faint_ink)
        )
    traces.append(_spans(listed, [(bar.granted, bar.last_vest) for bar in listed], THICK, grey))
    if not units:
        open_ = [(bar.first_vest, _ended(bar)) for bar in listed]
        traces.append(_spans(listed, open_, THICK / 2, EXERCISABLE))
        traces.append(_last_days(listed, colours))
    first = min(bar.granted for bar in bars)
    ends = [bar.last_vest or bar.granted for bar in bars] if units else [bar.life_ends for bar in bars]
    last = max([*ends, *([left] if left else [])])
    labels = _labels(listed, units, colours)
    lines: list[dict[str, Any]] = []
    if left is not None and first <= left <= last:
        lines.append(_departed(left, colours))
        labels.append(_label(left, 1, f"{departure} {day(left)}", colours, yref="paper", yanchor="bottom"))
    room = max((last - first) / 14, (date(2000, 2, 1) - date(2000, 1, 1)))
    layout = {
        "height": TOP + BOTTOM + ROW * len(bars),
        "margin": {"l": 8, "r": 8, "t": TOP, "b": BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colours.ink},
        "hoverlabel": {"bgcolor": colours.paper, "bordercolor": colours.rule, "align": "left"},
        "showlegend": False,
        "dragmode": False,
        "barmode": "overlay",
        "bargap": 0,
        "template": {},
        "shapes": lines,
        "annotations": labels,
        "xaxis": DAYS | {"range": [first, last + room], "gridcolor": colours.rule, "linecolor": colours.rule},
        "yaxis": {"visible": False, "range": [-0.6, len(rows) - 0.3], "fixedrange": True},
    }
    return go.Figure({"data": traces, "layout": layout})


def _departed(left: date, colours: Look) -> dict[str, Any]:
    """The line of the day that service ended."""
    across = {"x0": left, "x1": left, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", **across, "line": {"color": colours.ink, "width": 1.3}}


def grant_bars_alt(bars: Sequence[Clock], units: bool = False) -> str:
    """The bars in sentences."""
    return " ".join(f"{sentence(bar, units)}." for bar in bars)


def sentence(bar: Clock, units: bool = False) -> str:
    """One grant's clocks: ``Initial of 13 Nov 2003: vests until …; last day to exercise …; longest life until …``."""
    vests = f"vests until {day(bar.last_vest)}" if bar.last_vest else "nothing vests"
    if units:
        return f"{clock_name(bar)}: {vests}"
    last = "nothing to exercise"
    if bar.last_day is not None and bar.last_day.at_once:
        last = "ends at once with service"
    elif bar.last_day is not None:
        last = f"last day to exercise {day(bar.last_day.date)}, by the {BINDINGS[bar.last_day.binding][1]}"
    return f"{clock_name(bar)}: {vests}; {last}; longest life until {day(bar.life_ends)}"


def clock_name(bar: Clock) -> str:
    """A grant by its rule and day: ``Initial of 13 Nov 2003``."""
    rule = bar.rule.replace("_", " ")
    return f"{rule[:1].upper()}{rule[1:]} of {day(bar.granted)}"


def _ended(bar: Clock) -> date | None:
    return None if bar.last_day is None else bar.last_day.date


def _spans(
    bars: Sequence[Clock], spans: Sequence[tuple[date | None, date | None]], width: float, colour: str
) -> dict[str, Any]:
    """One bar a row from a day to another; rows without both have none."""
    drawn = [(n, start, end) for n, (start, end) in enumerate(spans) if start and end and end > start]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [n for n, _, _ in drawn],
        "base": [start for _, start, _ in drawn],
        "x": [(end - start).days * 86_400_000 for _, start, end in drawn],
        "width": width,
        "marker": {"color": colour, "line": {"width": 0}},
        "text": [escape(sentence(bars[n])) for n, _, _ in drawn],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _last_days(bars: Sequence[Clock], colours: Look) -> dict[str, Any]:
    drawn = [(n, bar) for n, bar in enumerate(bars) if bar.last_day and not bar.last_day.at_once]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_ended(bar) for _, bar in drawn],
        "y": [n for n, _ in drawn],
        "marker": {
            "symbol": "diamond",
            "size": 11,
            "color": EXERCISABLE,
            "line": {"color": colours.ink, "width": 1.2},
        },
        "text": [escape(sentence(bar)) for _, bar in drawn],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _labels(bars: Sequence[Clock], units: bool, colours: Look) -> list[dict[str, Any]]:
    """The grant's name above its bar, with the last day where there is one."""
    labels = []
    for n, bar in enumerate(bars):
        text = f"<b>{escape(clock_name(bar))}</b>"
        if bar.last_day is not None and bar.last_day.at_once and not units:
            text += ", ends at once with service"
        elif bar.last_day is not None and not units:
            text += f", last day {day(bar.last_day.date)} ({BINDINGS[bar.last_day.binding][0]})"
        elif not units:
            text += ", nothing to exercise"
        labels.append(
            _label(
                bar.granted, n + THICK / 2, text, colours, yref="y", yanchor="bottom", bgcolor=colours.paper
            )
        )
    return labels


def _label(x: date, y: float, text: str, colours: Look, **more: Any) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": "left",
        "showarrow": False,
        "font": {"color": colours.ink},
    } | more
