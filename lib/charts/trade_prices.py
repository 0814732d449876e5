"""Prices of transactions as filed: a mark for each, and a bar over the range of a weighted average.

A price of zero is a grant or a gift, and says nothing of what a share was worth, so it is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from lib.charts.holdings import WEBGL_FROM_POINTS, set_look
from lib.charts.holdings_words import line_names
from lib.charts.look import ACQUIRED, DAYS, DISPOSED, Look, amount, day, look
from lib.charts.measures import MOST_CLOSES
from lib.charts.ticks import longest_label, room_for
from lib.filings.codes import TRANSACTION_CODES
from lib.holdings.positions import ZERO, Ledger, Movement
from lib.holdings.prices import PriceSeries

HEIGHT: Final = 300
TOP, BOTTOM = 34, 46
TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Priced:
    """A transaction with a price: of which line, on which day, and its row."""

    line: str
    day: date
    movement: Movement
    price: Decimal

    @property
    def worth(self) -> Decimal:
        """Its value at the transaction: shares times price, in dollars."""
        return abs(self.movement.change or ZERO) * self.price


def priced(ledgers: Sequence[Ledger]) -> list[Priced]:
    """Every transaction with a price above zero, in order of days."""
    names = line_names([one.position for one in ledgers])
    found = [
        Priced(name, movement.date or report.date, movement, movement.price)
        for name, one in zip(names, ledgers, strict=True)
        for report in one.reports
        for movement in report.movements
        if movement.price and movement.change
    ]
    return sorted(found, key=lambda one: one.day)


def prices_title(trades: Sequence[Priced]) -> str:
    """The takeaway: what was paid and received in all, and between which prices."""
    if not trades:
        return "No transaction has a price"
    parts = []
    for words, sign in (("acquired for", 1), ("disposed of for", -1)):
        mine = [one for one in trades if (one.movement.change or ZERO) * sign > 0]
        if mine:
            parts.append(f"{words} ${_sum(mine):,.0f} at {_span(mine)}")
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def prices_alt(trades: Sequence[Priced]) -> str:
    """The chart in sentences: the takeaway, and how many prices are averages with a range."""
    ranges = sum(1 for one in trades if one.movement.price_range)
    return f"{prices_title(trades)}. {ranges} of {len(trades)} prices are averages over a range."


def prices_figure(
    trades: Sequence[Priced], *, dark: bool = False, prices: PriceSeries | None = None
) -> go.Figure:
    """Marks at the prices, bars from the lowest to the highest price of an average, and the closes behind them."""
    colours = look(dark)
    figure = go.Figure()
    scatter: Any = go.Scattergl if len(trades) >= WEBGL_FROM_POINTS else go.Scatter
    if trades and prices:
        _add_closes(figure, scatter, trades, prices, colours)
    for name, colour, symbol, sign in (
        ("Acquired", ACQUIRED, "triangle-up", 1),
        ("Disposed", DISPOSED, "triangle-down", -1),
    ):
        mine = [one for one in trades if (one.movement.change or ZERO) * sign > 0]
        if mine:
            _add_ranges(figure, mine, name, colour)
            figure.add_trace(
                scatter(
                    x=[one.day for one in mine],
                    y=[float(one.price) for one in mine],
                    name=name,
                    mode="markers",
                    marker={
                        "color": colour,
                        "symbol": symbol,
                        "size": 10,
                        "line": {"color": colours.paper, "width": 1},
                    },
                    text=[in_words(one) for one in mine],
                    customdata=[(one.movement.filing_id, one.movement.path) for one in mine],
                    hovertemplate="%{text}<extra></extra>",
                )
            )
    _set_layout(figure, trades, colours)
    return figure


def in_words(one: Priced) -> str:
    """A mark's hover. Escaped, for Plotly reads tags."""
    change = one.movement.change or ZERO
    what = "acquired" if change > 0 else "disposed of"
    span = one.movement.price_range
    price = f"${amount(one.price)}" + (
        f" on average, from ${amount(span.low)} to ${amount(span.high)}" if span else ""
    )
    code = one.movement.code or "?"
    meaning = TRANSACTION_CODES.get(code, "no code of the SEC's list")
    return (
        f"<b>{escape(one.line)}</b>, {day(one.day)}<br>{amount(abs(change))} shares {what} at {price}"
        f"<br>${one.worth:,.0f} in all<br>{escape(f'{code}: {meaning}')}"
    )


def _add_ranges(figure: go.Figure, trades: Iterable[Priced], name: str, colour: str) -> None:
    """A band from the lowest to the highest price of each average."""
    xs: list[date | None] = []
    ys: list[float | None] = []
    for one in trades:
        if span := one.movement.price_range:
            xs += [one.day, one.day, None]
            ys += [float(span.low), float(span.high), None]
    if xs:
        figure.add_trace(
            go.Scatter(
                x=xs,
                y=ys,
                mode="lines",
                name=f"{name}, range of the average",
                line={"color": colour, "width": 7},
                opacity=0.3,
                hoverinfo="skip",
                showlegend=False,
            )
        )


def _add_closes(
    figure: go.Figure, scatter: Any, trades: Sequence[Priced], prices: PriceSeries, colours: Look
) -> None:
    shown = prices.between(*_days(trades), MOST_CLOSES)
    if shown:
        figure.add_trace(
            scatter(
                x=[at for at, _ in shown],
                y=[float(close) for _, close in shown],
                mode="lines",
                name="Close",
                line={"color": colours.faint_ink, "width": 1.2},
                hovertemplate="%{x|%d %b %Y}: closed at $%{y:,.2f}<extra></extra>",
            )
        )


def _days(trades: Sequence[Priced]) -> tuple[date, date]:
    """The dates shown: those of the trades with some room, a month at least."""
    first, last = trades[0].day, trades[-1].day
    beside = max((last - first) / 40, timedelta(days=15))
    return first - beside, last + beside


def _sum(trades: Iterable[Priced]) -> Decimal:
    return sum((one.worth for one in trades), ZERO)


def _span(trades: Sequence[Priced]) -> str:
    spans = [one.movement.price_range for one in trades]
    low = min(span.low if span else one.price for one, span in zip(trades, spans, strict=True))
    high = max(span.high if span else one.price for one, span in zip(trades, spans, strict=True))
    return f"${amount(low)}" if low == high else f"${amount(low)} to ${amount(high)}"


def _set_layout(figure: go.Figure, trades: Sequence[Priced], colours: Look) -> None:
    style = {"gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False}
    levels = [y for trace in figure.data for y in trace.y if y is not None] or [0.0]
    low, high = min(levels), max(levels)
    room = room_for("$" + longest_label(low, high if low < high else low + 1, TICKS))
    set_look(figure, colours)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": room, "r": 16, "t": TOP, "b": BOTTOM},
        yaxis=style | {"tickprefix": "$", "tickformat": ",", "nticks": TICKS},
        xaxis=style | DAYS | {"showgrid": False},
        uirevision="prices",
    )
    if trades:
        figure.update_xaxes(range=list(_days(trades)))
