"""Under the holdings chart: what was bought and sold by month, and at which prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from lib.charts.by_month import by_month, by_month_alt, by_month_figure, by_month_title
from lib.charts.trade_prices import priced, prices_alt, prices_figure, prices_title
from lib.holdings.ledger import Ledger
from lib.holdings.prices import PriceSeries
from lib.ui.holdings_marks import open_picked_mark
from lib.ui.navigation import is_dark
from lib.ui.words import plain

DETAIL: Final = "detail"
SHARES, DOLLARS, PRICES = "Shares by month", "Dollars by month", "Prices"


def details(ledgers: Sequence[Ledger], prices: PriceSeries | None) -> None:
    """The months in shares or in dollars, or the prices, drawn when somebody opens them; nothing where nothing moved."""
    months = by_month(ledgers)
    if not months:
        return
    opened = st.expander(
        plain(f"By month and price: {by_month_title(months, dollars=False)}"),
        expanded=DETAIL in st.query_params,
        icon=":material/bar_chart:",
        key="months",
        on_change="rerun",
        bind="query-params",
    )
    if opened.open:
        with opened:
            _details(ledgers, prices)


def _details(ledgers: Sequence[Ledger], prices: PriceSeries | None) -> None:
    trades = priced(ledgers)
    chosen: Any = SHARES
    if trades:
        chosen = st.radio(
            "Detail",
            [SHARES, DOLLARS, PRICES],
            horizontal=True,
            key=DETAIL,
            bind="query-params",
            help="Dollars are each row's shares times its price. Prices are as filed; a bar is the range that the "
            "footnote of a weighted average gives.",
            label_visibility="collapsed",
        )
    if chosen == PRICES:
        st.caption(plain(prices_title(trades)))
        picked = st.plotly_chart(
            prices_figure(trades, dark=is_dark(), prices=prices),
            key="prices_chart",
            theme=None,
            config={"displaylogo": False},
            on_select="rerun",
            selection_mode="points",
            alt=prices_alt(trades),
        )
        open_picked_mark(picked, "transaction_price_per_share")
        return
    dollars = chosen == DOLLARS
    months = by_month(ledgers, dollars=dollars)
    st.caption(plain(by_month_title(months, dollars=dollars)))
    st.plotly_chart(
        by_month_figure(months, dark=is_dark(), dollars=dollars),
        key="months_chart",
        theme=None,
        config={"displayModeBar": False},
        alt=by_month_alt(months, dollars=dollars),
    )
