"""The market's views as tables; a picked row leads to its filings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from lib.filings.words import dollars
from lib.holdings.deadlines import Status, last_days
from lib.holdings.words import capital
from lib.store import Store
from lib.store.market import (
    Cluster,
    Filed,
    Traded,
    Window,
    clusters,
    codes_traded,
    filed_after,
    most_traded,
    new_insiders,
    span,
)
from lib.store.sectors import sectors_kept, sectors_of
from lib.ui.downloads import csv_and_workbook
from lib.ui.figures import figure, written
from lib.ui.library import Answers, answers
from lib.ui.library_table import day_field
from lib.ui.market_sectors import sector_input
from lib.ui.navigation import CHECKS, FILING, FILINGS
from lib.ui.words import DAY_FORMAT, code_words, count, issuer_name, plain

T = TypeVar("T")
P = ParamSpec("P")
Query = dict[str, str]

PLANS: Final = {"Under a plan": True, "Not under a plan": False}
DEFAULT_DAYS: Final = 90
FEW: Final = 2_000
"""Trades up to which all days are looked at first; of more, the last ninety."""


class MarketAnswers(Answers):
    """What the market answers. Of a sector each question is asked anew, for its list changes without the filings."""

    def __call__(self, question: Callable[Concatenate[Store, P], T], *given: P.args, **named: P.kwargs) -> T:
        """The answer, which nobody may change."""
        of_sector = any(isinstance(one, Window) and one.sector for one in given)
        return (
            question(self.store, *given, **named)
            if of_sector
            else super().__call__(question, *given, **named)
        )


def market_answers() -> MarketAnswers:
    """The answers of the library as it is now."""
    now = answers()
    return MarketAnswers(now.store, now.revision)


def window_inputs(ask: MarketAnswers) -> Window | None:
    """The days to look at and what to narrow them to; ``None`` where the library has no trade."""
    known = ask(span)
    if known is None:
        return None
    first, last, number = known
    few = number <= FEW
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = first if few else max(first, last - timedelta(days=DEFAULT_DAYS))
        begin = day_field("From", "market_from", start) or first
        end = day_field("To", "market_to", last) or last
        plan = st.selectbox(
            "10b5-1",
            list(PLANS),
            index=None,
            key="market_plan",
            bind="query-params",
            placeholder="Any",
            help="What the box on the form says; forms from before April 2023 did not ask",
        )
        issuer = st.text_input("Issuer", key="market_issuer", bind="query-params", placeholder="Any")
        sector = sector_input(ask.store)
    return Window(begin, end, PLANS[plan] if plan else None, issuer or "", sector or "")


def traded_part(ask: MarketAnswers, window: Window, code: str) -> None:
    """Whose shares were traded most under a code, such as bought or sold."""
    rows = ask(most_traded, window, code)
    sector = _sectors(ask.store, rows)
    _table(
        f"traded_{code}",
        rows,
        lambda one: {
            "Issuer": issuer_name(one.issuer, one.symbol),
            **sector(one),
            "Value": one.value,
            "Shares": one.shares,
            "Insiders": one.owners,
            "Trades": one.trades,
            "Last": one.last,
        },
        lambda one: (FILINGS, _of_issuer(one, window.first, window.last, code)),
        "No such trade in these days.",
    )


def other_codes_part(ask: MarketAnswers, window: Window) -> None:
    """The same for any other code, such as awards or gifts."""
    others = {code_words(code): code for code in ask(codes_traded) if code not in {"P", "S"}}
    if not others:
        st.info("Every trade in the library is a purchase or a sale.", icon=":material/search_off:")
        return
    code = st.selectbox("Code", list(others), key="market_code", bind="query-params")
    traded_part(ask, window, others[code])


def clusters_part(ask: MarketAnswers, window: Window) -> None:
    """Who bought together."""
    with st.container(horizontal=True):
        days = st.number_input(
            "Days between purchases, at most", 1, 60, 7, key="market_within", bind="query-params"
        )
        owners = st.number_input("Insiders, at least", 2, 20, 2, key="market_owners", bind="query-params")
    rows = ask(clusters, window, int(days), int(owners))
    sector = _sectors(ask.store, rows)
    _table(
        "clusters",
        rows,
        lambda one: {
            "Issuer": issuer_name(one.issuer, one.symbol),
            **sector(one),
            "Insiders": len(one.owners),
            "Who": "; ".join(one.owners),
            "First": one.first,
            "Last": one.last,
            "Shares": one.shares,
            "Value": one.value,
        },
        lambda one: (FILINGS, _of_issuer(one, one.first, one.last, "P")),
        "No two insiders of one issuer bought within so many days of each other.",
    )


def new_insiders_part(ask: MarketAnswers, window: Window) -> None:
    """Who filed a first statement."""
    _table(
        "new_insiders",
        ask(new_insiders, window),
        lambda one: {"Owner": one.owner, "Issuer": issuer_name(one.issuer, one.symbol), "Since": one.day},
        lambda one: (FILING, {"id": str(one.filing_id)}),
        "No Form 3 for these days.",
    )


def late_part(ask: MarketAnswers, window: Window) -> None:
    """Who filed after the last day of the rule."""
    st.caption(
        "Trades filed after the last day by the rule in force, where the filing's own date is known; not those that "
        "could wait for a Form 5. Whether an exception could excuse one, the checks page weighs with the whole form."
    )
    _table(
        "late",
        late(ask(filed_after, window)),
        lambda one: {
            "Owner": one.filed.owner or "",
            "Issuer": issuer_name(one.filed.issuer, one.filed.symbol),
            "Code": one.filed.code,
            "Traded": one.filed.day,
            "Due": one.due,
            "Filed": one.filed.filed,
            "Days late": (one.filed.filed - one.due).days,
            "State": capital(one.status),
        },
        lambda one: (FILING, {"id": str(one.filed.filing_id), "cell": f"{one.filed.place}.transaction_date"}),
        "No trade of these days is known to have been filed late.",
    )
    st.page_link(
        CHECKS,
        label="Enter filing dates that the documents do not carry",
        icon=":material/event:",
        query_params={"part": "Deadlines", "timeliness": "Unknown"},
    )


@dataclass(frozen=True, slots=True)
class Late:
    """A trade with the day on which it was due, and whether an exception could excuse it."""

    filed: Filed
    due: date
    status: Status


def late(found: Sequence[Filed]) -> list[Late]:
    """Those filed after the last day of the rule, by the rule of the checks; not what could wait for a Form 5."""
    rows = []
    for one in found:
        days = last_days(one.day, one.code, one.side, plan=one.plan)
        if days.latest is not None and one.filed > days.due:
            rows.append(Late(one, days.due, "late" if one.filed > days.latest else "possibly late"))
    return rows


def _of_issuer(one: Traded | Cluster, first: date, last: date, code: str) -> Query:
    """The issuer's filings with such a trade in these days, whatever period they report."""
    days = {"traded_from": first.isoformat(), "traded_to": last.isoformat()}
    return {"find": one.issuer or one.symbol or "", "code": code_words(code), **days}


def _sectors(
    store: Store, rows: Sequence[Traded] | Sequence[Cluster]
) -> Callable[[Traded | Cluster], dict[str, str]]:
    """The cell with a row's sector; none where the library has no list of sectors."""
    if not rows or not sectors_kept(store):
        return lambda _: {}
    found = sectors_of(store, ((one.issuer, one.symbol) for one in rows))
    return lambda one: {"Sector": found.get(one.issuer or "") or found.get(one.symbol or "") or ""}


def _table(
    key: str,
    rows: Sequence[T],
    cells: Callable[[T], dict[str, Any]],
    leads: Callable[[T], tuple[str, Query]],
    nothing: str,
) -> None:
    """The rows with a button to their filings, and downloads; a sentence where there is none."""
    if not rows:
        st.info(nothing, icon=":material/search_off:")
        return
    listed = [cells(one) for one in rows]
    shown = [{name: _shown(name, value) for name, value in row.items()} for row in listed]
    config: dict[str, Any] = {
        name: st.column_config.DateColumn(format=DAY_FORMAT)
        for name, value in listed[0].items()
        if isinstance(value, date)
    }
    event: Any = st.dataframe(
        written(pd.DataFrame({name: [row[name] for row in shown] for name in shown[0]}), shown),
        key=f"market_{key}_{hash(tuple(rows)) & 0xFFFFFFFF:x}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config,
        placeholder="",
        height="auto" if len(rows) <= 15 else 600,
        alt=f"{count(len(rows), 'row')}, the first: {next(iter(listed[0].values()))}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = next((rows[n] for n in event.selection.rows if n < len(rows)), None)
        if st.button("Open its filings", key=f"market_open_{key}", disabled=picked is None) and picked:
            page, query = leads(picked)
            st.switch_page(page, query_params=query)
        csv_and_workbook(
            f"market_{key}",
            f"market-{key.replace('_', '-')}",
            lambda: {"Market": (list(listed[0]), [list(row.values()) for row in listed])},
        )


def _shown(name: str, value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return figure(value, dollars) if name == "Value" else figure(value)


def headline(bought: Sequence[Traded], sold: Sequence[Traded]) -> str:
    """The takeaway of the purchases, or of the sales where nobody bought, for a heading."""
    rows = bought or sold
    if not rows:
        return "Nobody bought or sold on the market in these days"
    top = rows[0]
    return plain(
        f"Most {'bought' if bought else 'sold, and nobody bought'}: {issuer_name(top.issuer, top.symbol)}, ${top.value:,.0f} by {count(top.owners, 'insider')}"
    )
