"""Holdings over time as steps: a level holds until the next report, and what no filing explains is a break.

The break is drawn dotted, level then drop, never as a slope: nobody knows when in between it happened.
Lines share one axis, or each, or each owner's, have a panel, so that small holdings can be seen beside large.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from lib.charts.holdings_labels import (
    MOST_LABELLED_IN_PANEL,
    MOST_LABELLED_LINES,
    add_break_labels,
    add_codes,
    add_line_labels,
    add_panel_titles,
    add_splits,
    to_label,
)
from lib.charts.holdings_lines import Line, Panels, gathered, lines_of
from lib.charts.look import ACQUIRED, DAYS, DISPOSED, FONT, HELD, Look, look
from lib.charts.measures import MOST_CLOSES, SHARES, Measure, largest_of
from lib.charts.ticks import room_for, round_ticks
from lib.holdings.ledger import Ledger
from lib.holdings.prices import PriceSeries
from lib.holdings.splits import Split

WEBGL_FROM_POINTS = 1000
HEIGHT = 460
PANEL_HEIGHT = 112
PANEL_GAP = 34
TOP, BOTTOM = 44, 46
TICKS, TICKS_IN_PANEL = 6, 3
BELOW = 0.9
"""The room under the lowest place, as a part of the room above: the codes of what is disposed of stand there."""
NEAR_TOP = 0.7
"""Lines that never fall below this part of the highest are drawn without the empty space down to zero."""
FAR_APART = 20
"""Lines whose largest levels differ by more than this factor cannot be read on one axis."""


def holdings_figure(
    ledgers: Sequence[Ledger],
    *,
    dark: bool = False,
    panels: Panels = "together",
    splits: Sequence[Split] = (),
    measure: Measure = SHARES,
    prices: PriceSeries | None = None,
) -> go.Figure:
    """A step line for each position, marks for its transactions and holdings, dotted breaks, dashed splits.

    ``panels`` says which lines share an axis; beyond thirty panels all do. On one axis up to eight lines are
    named at their ends, more by hover only. ``prices`` are drawn behind the lines of a single axis. Plotly's
    coordinates are floats; every number that is printed comes from the exact amount. Each mark's
    ``customdata`` is its filing's id and its row's path there.
    """
    colours = look(dark)
    lines = lines_of(ledgers, colours, panels, measure)
    axes = list(dict.fromkeys(line.axis for line in lines))
    figure = go.Figure()
    marks = gathered(lines, measure)
    points = sum(len(one.days) for one in marks.values()) + sum(len(line.path.solid) for line in lines)
    scatter: Any = go.Scattergl if points >= WEBGL_FROM_POINTS else go.Scatter
    for line in lines:
        _add_line(figure, scatter, line)
    _add_marks(figure, scatter, marks, lines, colours)
    add_codes(figure, marks, colours)
    set_look(figure, colours)
    _set_axes(figure, axes, colours, measure)
    for axis in axes:
        mine = [line for line in lines if line.axis == axis]
        add_break_labels(figure, mine, colours, of_shares=measure.unit == "shares")
        if len(axes) == 1 and len(lines) <= MOST_LABELLED_LINES:
            add_line_labels(figure, mine)
        elif len(mine) > 1 and len(axes) > 1:
            add_line_labels(figure, to_label(mine, MOST_LABELLED_IN_PANEL))
    if len(axes) > 1:
        add_panel_titles(figure, lines, colours)
    if lines:
        add_splits(figure, splits, colours)
    if prices and len(axes) == 1:
        _add_closes(figure, scatter, prices, colours)
    return figure


def far_apart(ledgers: Sequence[Ledger]) -> bool:
    """Whether the lines' largest levels differ so much that one axis would hide the small ones."""
    levels = largest_of(ledgers)
    return len(levels) > 1 and max(levels) > FAR_APART * min(levels)


def _add_line(figure: go.Figure, scatter: Any, line: Line) -> None:
    style = {"color": line.colour, "width": 2, "shape": "hv"}
    common: dict[str, Any] = {
        "mode": "lines",
        "name": escape(line.name),
        "hoverinfo": "skip",
        "showlegend": False,
        "yaxis": line.axis,
    }
    days, levels = zip(*line.path.solid, strict=True)
    figure.add_trace(scatter(x=days, y=levels, line=style, **common))
    if line.path.dotted:
        days, levels = zip(*line.path.dotted, strict=True)
        figure.add_trace(scatter(x=days, y=levels, line=style | {"dash": "dot", "width": 1.5}, **common))


def _add_marks(figure: go.Figure, scatter: Any, gathered: Any, lines: Sequence[Line], colours: Look) -> None:
    kinds = {
        "acquired": ("Acquired", ACQUIRED, "triangle-up", 11),
        "disposed": ("Disposed", DISPOSED, "triangle-down", 11),
        "held": ("Holding, no trade", HELD, "circle", 9),
    }
    edge = {"color": colours.paper, "width": 1}
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


def _add_closes(figure: go.Figure, scatter: Any, prices: PriceSeries, colours: Look) -> None:
    """The closes of the dates shown as a thin line behind the holdings, on an axis at the right."""
    first, last = figure.layout.xaxis.range
    shown = prices.between(first, last, MOST_CLOSES)
    if not shown:
        return
    days, closes = zip(*shown, strict=True)
    figure.add_trace(
        scatter(
            x=days,
            y=[float(close) for close in closes],
            yaxis="y99",
            mode="lines",
            name="Close, right axis",
            line={"color": colours.faint_ink, "width": 1},
            opacity=0.7,
            hovertemplate="%{x|%d %b %Y}: closed at $%{y:,.2f}<extra></extra>",
        )
    )
    # Zero is the other axis's too, and its label would lie on the marks there.
    ticks = round_ticks(max(closes), 4, Decimal("0.01"))[1:]
    figure.update_layout(
        yaxis99={
            "overlaying": "y",
            "side": "right",
            "showgrid": False,
            "zeroline": False,
            "tickvals": [float(tick) for tick in ticks],
            "tickformat": "$," if all(tick == int(tick) for tick in ticks) else "$,.2f",
            "ticklabelposition": "inside top",
            "tickfont": {"color": colours.faint_ink, "size": 11},
            "range": [0, float(max(closes)) * 1.06],
        }
    )


def set_look(figure: go.Figure, colours: Look) -> None:
    """Ink, paper, type and legend of every chart of holdings.

    Without Plotly's default template, whose many attributes cost as much as the picture itself.
    """
    font = {"family": FONT, "size": 13, "color": colours.ink}
    figure.update_layout(
        paper_bgcolor=colours.paper,  # the page's own: a picture saved from it must not be without ground
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        hoverlabel={"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        hovermode="closest",
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "font": {"size": 12},
        },
        uirevision="holdings",
    )
    figure.layout.template = {}


def _set_axes(figure: go.Figure, axes: Sequence[str], colours: Look, measure: Measure) -> None:
    """One vertical axis, or one a panel from the top down, each with room for whole marks."""
    panels = max(len(axes), 1)
    inner = HEIGHT - TOP - BOTTOM if panels == 1 else panels * (PANEL_HEIGHT + PANEL_GAP)
    style = {"gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False}
    above = TOP if panels == 1 else TOP + 8
    figure.update_layout(height=inner + above + BOTTOM, margin={"r": 16, "t": above, "b": BOTTOM})
    ticks = TICKS if panels == 1 else TICKS_IN_PANEL
    labels = [""]
    tops: dict[str, tuple[float, float]] = {}
    days: list[date] = []
    for trace in figure.data:
        days += [day for day in trace.x if day is not None]
        levels = [y for y in trace.y if y is not None]
        top, bottom = tops.get(trace.yaxis or "y", (float("-inf"), float("inf")))
        tops[trace.yaxis or "y"] = max(top, *levels, top), min(bottom, *levels, bottom)
    for n, axis in enumerate(axes):
        top, bottom = _ends(*tops[axis])
        room = (top - bottom) * (0.08 if panels == 1 else 0.14)
        labels.append(measure.longest(bottom, top, ticks))
        upper = 1 - (n * (PANEL_HEIGHT + PANEL_GAP) + PANEL_GAP) / inner
        figure.layout[f"yaxis{axis[1:]}"] = (
            style
            | measure.axis
            | {
                "range": [bottom - room * BELOW, top + room],
                "nticks": ticks,
                "domain": [0, 1] if panels == 1 else [max(0, upper - PANEL_HEIGHT / inner), upper],
            }
        )
    figure.update_layout(margin_l=max(map(room_for, labels)))
    shape = style | DAYS | {"showgrid": panels > 1}
    figure.update_layout(xaxis=shape | {"anchor": axes[-1] if axes else "y"})
    if days:
        beside = max((max(days) - min(days)) / 40, timedelta(days=5))
        figure.update_xaxes(range=[min(days) - beside, max(days) + beside])


def _ends(top: float, bottom: float) -> tuple[float, float]:
    """The highest and lowest place that an axis shows: from zero up, unless the lines stay near their top."""
    if top <= 0:
        return max(top, 1.0), min(bottom, 0.0)
    return top, bottom if NEAR_TOP * top < bottom < top or bottom < 0 else 0.0
