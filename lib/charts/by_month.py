"""Acquired and disposed of by month: a bar up and a bar down for each month, and the net between them.

Shares that move between lines of one owner go up and down in the same month, and the net leaves them out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Final

import plotly.graph_objects as go

from lib.charts.look import ACQUIRED, DAYS, DISPOSED, FONT, MINUS, amount, look, signed
from lib.charts.ticks import longest_label, room_for
from lib.filings.codes import TRANSACTION_CODES
from lib.holdings.ledger import Ledger

HEIGHT: Final = 210
TICKS: Final = 4
LEAST_MONTHS: Final = 12
"""Months that the axis spans at least, so that a single month is a bar and not a wall."""


@dataclass(slots=True)
class Month:
    """What the reports of one month add up to; ``codes`` are signed amounts by transaction code.

    Amounts are shares, or dollars at the transactions; ``unpriced`` are shares whose row has no price.
    """

    first: date
    acquired: Decimal = Decimal(0)
    disposed: Decimal = Decimal(0)
    codes: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unpriced: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        """Acquired less disposed of."""
        return self.acquired - self.disposed


def by_month(ledgers: Iterable[Ledger], *, dollars: bool = False) -> list[Month]:
    """The months in which shares were acquired or disposed of, in order, in shares or in dollars.

    A value is the row's shares times its price; a row without a price, or at zero, as a grant, has none.
    """
    months: dict[date, Month] = {}
    for one in ledgers:
        for report in one.reports:
            for movement in report.movements:
                if not movement.change:
                    continue
                first = (movement.date or report.date).replace(day=1)
                month = months.setdefault(first, Month(first))
                value = movement.change
                if dollars:
                    month.unpriced += abs(value) if movement.price is None else Decimal(0)
                    value *= movement.price or Decimal(0)
                month.codes[movement.code or "?"] += value
                if value > 0:
                    month.acquired += value
                else:
                    month.disposed -= value
    return [months[first] for first in sorted(months)]


def by_month_title(months: Sequence[Month], *, dollars: bool = False) -> str:
    """The takeaway: the net over all months, and the month that moved most."""
    if not months:
        return "No shares acquired or disposed of"
    net = sum((month.net for month in months), Decimal(0))
    most = max(months, key=lambda month: (abs(month.net), month.first))
    text = f"Net change {_said(net, dollars)}" + ("" if dollars else " shares")
    text += "" if len(months) == 1 else f"; most in {most.first:%b %Y}, {_said(most.net, dollars)}"
    unpriced = sum((month.unpriced for month in months), Decimal(0))
    return f"{text}; {amount(unpriced)} shares without a price are left out" if unpriced else text


def by_month_alt(months: Sequence[Month], *, dollars: bool = False) -> str:
    """The chart in sentences: the takeaway, and the sums both ways."""
    acquired = sum((month.acquired for month in months), Decimal(0))
    disposed = sum((month.disposed for month in months), Decimal(0))
    sums = (_said(value, dollars).lstrip("+") for value in (acquired, disposed))
    return f"{by_month_title(months, dollars=dollars)}. {' acquired, '.join(sums)} disposed of."


def _said(value: Decimal, dollars: bool) -> str:
    """An amount with its sign; dollars without cents."""
    if not dollars:
        return signed(value)
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}${abs(value):,.0f}"


def by_month_figure(months: Sequence[Month], *, dark: bool = False, dollars: bool = False) -> go.Figure:
    """Bars up for acquired, down for disposed of, a mark at the net; the amounts in words on hover."""
    colours = look(dark)
    figure = go.Figure()
    months = [month for month in months if month.acquired or month.disposed]
    days = [month.first + timedelta(days=14) for month in months]
    words = [_in_words(month, dollars) for month in months]
    bars = (
        ("Acquired", ACQUIRED, [float(month.acquired) or None for month in months]),
        ("Disposed", DISPOSED, [-float(month.disposed) or None for month in months]),
    )
    for name, colour, levels in bars:
        if any(levels):
            figure.add_trace(
                go.Bar(
                    x=days,
                    y=levels,
                    name=name,
                    marker={"color": colour, "line": {"width": 0}},
                    width=24 * 86_400_000,
                    text=words,
                    textposition="none",
                    hovertemplate="%{text}<extra></extra>",
                )
            )
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[float(month.net) for month in months],
            name="Net",
            mode="markers",
            marker={
                "symbol": "diamond",
                "size": 8,
                "color": colours.ink,
                "line": {"color": colours.paper, "width": 1},
            },
            text=words,
            hovertemplate="%{text}<extra></extra>",
        )
    )
    _set_layout(figure, days, dark=dark, dollars=dollars)
    return figure


def _set_layout(figure: go.Figure, days: Sequence[date], *, dark: bool, dollars: bool) -> None:
    colours = look(dark)
    font = {"family": FONT, "size": 13, "color": colours.ink}
    style = {"gridcolor": colours.rule, "linecolor": colours.rule}
    levels = [y for trace in figure.data for y in trace.y if y is not None] or [0.0]
    longest = f"{MINUS}$999.9M" if dollars else longest_label(min(0.0, *levels), max(0.0, *levels), TICKS)
    figure.update_layout(
        barmode="relative",
        height=HEIGHT,
        margin={"l": room_for(longest), "r": 16, "t": 30, "b": 46},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        hoverlabel={"bgcolor": colours.paper, "bordercolor": colours.rule, "font": font, "align": "left"},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False},
        yaxis=style
        | {"tickformat": "$,.3~s" if dollars else ",", "nticks": TICKS, "zerolinecolor": colours.faint_ink},
        xaxis=style | DAYS | {"showgrid": False},
        uirevision="by_month",
    )
    figure.layout.template = {}
    if days:
        missing = max(timedelta(days=30 * LEAST_MONTHS) - (days[-1] - days[0]), timedelta(days=60)) / 2
        figure.update_xaxes(range=[days[0] - missing, days[-1] + missing])


def _in_words(month: Month, dollars: bool) -> str:
    lines = [f"<b>{month.first:%b %Y}</b>, net {_said(month.net, dollars)}" + ("" if dollars else " shares")]
    for code, value in sorted(month.codes.items(), key=lambda pair: -abs(pair[1])):
        meaning = TRANSACTION_CODES.get(code, "no code of the SEC's list")
        lines.append(escape(f"{_said(value, dollars)}, {code}: {meaning}"))
    return "<br>".join(lines)
