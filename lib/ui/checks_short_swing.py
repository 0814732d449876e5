"""Short swing: purchases matched with sales within less than six months; a screen, never a liability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import streamlit as st

from lib.charts.holdings_words import short_owner
from lib.charts.look import amount
from lib.exports.csv import CellValue
from lib.filings.words import day, dollars
from lib.holdings.short_swing import Match, ShortSwing, Trade
from lib.holdings.words import capital, row_words
from lib.ui.checks_table import Cell, download, link_to, picked_row
from lib.ui.figures import figure
from lib.ui.words import count, plain

GREEDY: Final = "lowest-in, highest-out"
LARGEST: Final = "largest total"
CSV_HEADER: Final = (
    "issuer",
    "owner",
    "security",
    "method",
    "shares",
    "bought",
    "purchase price",
    "purchase filing",
    "purchase row",
    "sold",
    "sale price",
    "sale filing",
    "sale row",
    "profit",
    "excluded filing",
    "excluded row",
    "reason",
)


def short_swing_part(swings: Sequence[ShortSwing]) -> None:
    """The screens as a table; the picked one with its pairs and what was left out."""
    st.info(
        "A screen, not a liability: whether a trade is exempt, or an owner an insider on the day, "
        "no filing settles.",
        icon=":material/info:",
    )
    if not swings:
        st.text(
            "No owner in these filings both bought and sold one class of stock on the market, so there is "
            "nothing to match. Grants, exercises, gifts and shares kept for tax take no part."
        )
        return
    one = picked_row(
        swings,
        _cells,
        name="swings",
        alt=f"{count(len(swings), 'owner')} with purchases and sales of one class, the largest profit first: "
        + "; ".join(f"{short_owner(s.position.owner)} {dollars(s.profit)}" for s in swings[:3]),
        hints={
            "Lowest-in, highest-out": "The lowest purchase with the highest sale, again and again; "
            "losses are not set against it",
            "Largest total": "The largest profit of all ways to pair, as a transportation problem",
            "Left out": "Rows that take no part, each with its reason below",
        },
    )
    _detail(one)
    download("swings", "short-swing", CSV_HEADER, lambda: _csv_rows(swings))


def _cells(one: ShortSwing) -> dict[str, Cell]:
    bought = sum(1 for trade in one.trades if trade.purchase)
    return {
        "Owner": short_owner(one.position.owner),
        "Issuer": one.position.issuer,
        "Security": one.position.security,
        "Purchases": figure(bought),
        "Sales": figure(len(one.trades) - bought),
        "Lowest-in, highest-out": figure(one.greedy_profit, dollars),
        "Largest total": figure(one.profit, dollars),
        "Left out": figure(len(one.excluded)),
    }


def _detail(one: ShortSwing) -> None:
    with st.container(border=True):
        name = f"{short_owner(one.position.owner)}, {one.position.security}"
        if not one.best:
            st.subheader(plain(f"{name}: no match"), anchor=False)
            st.text("No sale within less than six months of a purchase brought more than it had cost.")
        elif one.greedy_profit == one.profit:
            st.subheader(plain(f"{name}: {dollars(one.profit)} either way"), anchor=False)
            st.text("Lowest-in, highest-out gives the largest total that any pairing can give.")
            _matches(one.greedy, GREEDY)
        else:
            missed = dollars(one.profit - one.greedy_profit)
            st.subheader(plain(f"{name}: {dollars(one.profit)} at most"), anchor=False)
            st.text(f"Lowest-in, highest-out misses {missed} of the largest total.")
            _matches(one.greedy, GREEDY)
            _matches(one.best, LARGEST)
        if one.best and not one.exact:
            st.text("The largest total is not proved in exact arithmetic.")
        _excluded(one)


def _matches(matches: Sequence[Match], method: str) -> None:
    """The pairs, the largest profit first; the picked one leads to both filings."""
    st.caption(f"{capital(method)}: {count(len(matches), 'pair')}")
    pairs = sorted(matches, key=lambda match: -match.profit)
    if not pairs:
        return
    one = picked_row(
        pairs,
        _match_cells,
        name=f"matches_{method[:3]}",
        alt=f"Matched pairs by {method}, the largest profit {dollars(pairs[0].profit)}",
    )
    with st.container(horizontal=True, gap="medium"):
        for label, trade in (("The purchase", one.purchase), ("The sale", one.sale)):
            link_to(f"{label} of {day(trade.day)}", trade.filing_id, _cell(trade))


def _match_cells(one: Match) -> dict[str, Cell]:
    return {
        "Shares": figure(one.shares),
        "Bought": one.purchase.day,
        "Bought at": figure(one.purchase.price, _price),
        "Sold": one.sale.day,
        "Sold at": figure(one.sale.price, _price),
        "Profit": figure(one.profit, dollars),
    }


def _price(value: Decimal) -> str:
    return f"${amount(value)}"


def _cell(trade: Trade) -> str:
    return f"{trade.path}.transaction_price_per_share"


def _excluded(one: ShortSwing) -> None:
    if not one.excluded:
        return
    reasons = Counter(left.reason for left in one.excluded)
    st.caption(f"Left out: {count(len(one.excluded), 'row')}")
    for reason, number in reasons.most_common():
        st.text(f"{number:,} × {reason}")
    left = picked_row(
        one.excluded,
        lambda row: {"Row": f"{capital(row_words(row.path))}, filing {row.filing_id}", "Why": row.reason},
        name="excluded",
        alt=f"{count(len(one.excluded), 'row')} that take no part, each with its reason",
        widths={"Why": "large"},
    )
    link_to("Open the row that was left out", left.filing_id, f"{left.path}.transaction_code")


def _csv_rows(swings: Sequence[ShortSwing]) -> Iterator[tuple[CellValue, ...]]:
    for one in swings:
        at = (one.position.issuer, one.position.owner, one.position.security)
        for method, matches in ((GREEDY, one.greedy), (LARGEST, one.best)):
            for match in matches:
                bought, sold = (
                    (trade.day, trade.price, trade.filing_id, trade.path)
                    for trade in (match.purchase, match.sale)
                )
                yield (*at, method, match.shares, *bought, *sold, match.profit, None, None, None)
        for left in one.excluded:
            yield (*at, "excluded", *[None] * 10, left.filing_id, left.path, left.reason)
