"""Holdings stacked: an area for each line from zero up, which together are what all lines held.

A line that is not yet known counts nothing; the levels are those at the end of each day that a filing speaks
of, and hold until the next. A value is drawn from the first close to the last, and is nothing between two that are
far apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Final

import plotly.graph_objects as go

from lib.charts.holdings import BOTTOM, HEIGHT, TICKS, TOP, set_look
from lib.charts.holdings_words import line_names
from lib.charts.look import DAYS, amount, day, look
from lib.charts.measures import MOST_CLOSES, SHARES, Measure
from lib.charts.ticks import room_for
from lib.holdings.positions import ZERO, Ledger

MOST_AREAS: Final = 4
"""Areas with a colour of their own; what is smaller is one more, “all others”."""
OPACITY: Final = 0.55

Area = tuple[str, list[Decimal]]


def stacked_figure(ledgers: Sequence[Ledger], *, dark: bool = False, measure: Measure = SHARES) -> go.Figure:
    """Stepped areas, the largest line at the bottom; the amounts in words on hover."""
    colours = look(dark)
    figure = go.Figure()
    days, areas = end_of_day(ledgers)
    if measure.unit == "value" and measure.prices and days:
        days, areas = _with_closes(days, areas, measure)
    totals = [sum(levels, ZERO) for levels in zip(*(levels for _, levels in areas), strict=True)]
    scale = measure.scale_from(max(totals, default=ZERO))
    for n, (name, levels) in enumerate(areas):
        colour = colours.lines[n % len(colours.lines)]
        figure.add_trace(
            go.Scatter(
                x=days,
                y=[scale(at, level) or 0.0 for at, level in zip(days, levels, strict=True)],
                name=escape(name),
                mode="lines",
                line={"shape": "hv", "width": 1, "color": colour},
                fillcolor=_faded(colour),
                stackgroup="held",
                text=[
                    f"<b>{escape(name)}</b>, {day(at)}<br>{amount(level)} of {amount(total)} shares"
                    + ("" if scale(at, level) is not None else ", no close")
                    for at, level, total in zip(days, levels, totals, strict=True)
                ],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    set_look(figure, colours)
    style = {"gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False}
    top = max((scale(at, total) or 0.0 for at, total in zip(days, totals, strict=True)), default=0.0)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": room_for(measure.longest(0, top, TICKS)), "r": 16, "t": TOP, "b": BOTTOM},
        yaxis=style | measure.axis | {"rangemode": "tozero", "nticks": TICKS},
        xaxis=style | DAYS | {"showgrid": False},
        uirevision="stacked",
    )
    if days:
        beside = max((days[-1] - days[0]) / 40, timedelta(days=5))
        figure.update_xaxes(range=[days[0] - beside, days[-1] + beside])
    return figure


def end_of_day(ledgers: Sequence[Ledger]) -> tuple[list[date], list[Area]]:
    """The days on which a filing states a level, and each line's level at their ends, the largest line first."""
    stated: list[tuple[str, dict[date, Decimal]]] = []
    for name, one in zip(line_names([one.position for one in ledgers]), ledgers, strict=True):
        levels: dict[date, Decimal] = {}
        for report in one.reports:
            for movement in report.movements:
                if movement.date and movement.balance is not None:
                    levels[movement.date] = movement.balance
            if report.closing is not None:
                levels[report.date] = report.closing
        if levels:
            stated.append((name, levels))
    days = sorted({at for _, levels in stated for at in levels})
    areas = [(name, _held(days, levels)) for name, levels in stated]
    areas.sort(key=lambda area: -max(area[1], default=ZERO))
    rest = areas[MOST_AREAS:]
    if len(rest) > 1:  # one more has the last colour
        others = [sum(levels, ZERO) for levels in zip(*(levels for _, levels in rest), strict=True)]
        areas = [*areas[:MOST_AREAS], (f"All {len(rest):,} others", others)]
    return days, areas


def _held(days: Sequence[date], levels: dict[date, Decimal]) -> list[Decimal]:
    held, found = ZERO, []
    for at in days:
        held = levels.get(at, held)
        found.append(held)
    return found


def _with_closes(days: list[date], areas: list[Area], measure: Measure) -> tuple[list[date], list[Area]]:
    """The same with the days on which the price moved between them, from the first to the last that has a close."""
    assert measure.prices
    closes = [at for at, _ in measure.prices.between(days[0], days[-1], MOST_CLOSES)]
    moved = sorted({*days, *closes, *measure.prices.lapses(days[0], days[-1])})
    with_close = [at for at in moved if measure.prices.close_on(at) is not None]
    every = [at for at in moved if with_close and with_close[0] <= at <= with_close[-1]]
    held = [(name, _held(moved, dict(zip(days, levels, strict=True)))) for name, levels in areas]
    shown = set(every)
    return every, [
        (name, [one for at, one in zip(moved, levels, strict=True) if at in shown]) for name, levels in held
    ]


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},{OPACITY})"
