"""A screen for short-swing profit under Section 16(b): purchases and sales within less than six months.

The measure is lowest-in, highest-out, losses not offset (Smolowe v. Delendo, 136 F.2d 231, 2d Cir. 1943).
Pairing the lowest purchase with the highest sale, again and again, can miss the largest total, which is the
optimum of a transportation problem. Both are given. A result is a screen, never a liability: whether a trade
is exempt, or an owner an insider on the day, no filing settles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import gcd, lcm
from typing import Final

from dateutil.relativedelta import relativedelta

from lib.filings.codes import TRANSACTION_CODES
from lib.holdings.positions import ZERO, Ledger, Movement, Position
from lib.holdings.transport import largest_total

EXEMPT: Final = {
    "A": "an acquisition from the issuer, exempt under Rule 16b-3(d)",
    "D": "a disposition to the issuer, exempt under Rule 16b-3(e)",
    "F": "shares given for price or tax, exempt under Rule 16b-3(e)",
    "I": "a discretionary transaction, exempt under Rule 16b-3(f)",
    "M": "an exercise or conversion exempt under Rule 16b-3 or 16b-6(b)",
    "C": "a conversion, exempt under Rule 16b-6(b) or 16b-9",
    "X": "an exercise of a derivative in the money, exempt under Rule 16b-6(b)",
    "G": "a bona fide gift, exempt under Rule 16b-5",
    "W": "a transfer by will or descent, exempt under Rule 16b-5",
    "Z": "a deposit into or withdrawal from a voting trust, exempt under Rule 16b-8",
}
"""Why a code does not match; codes that are neither here nor P or S need a person to look."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A purchase or sale of one class of an issuer's equity: shares, dollars a share, and its row."""

    day: date
    shares: Decimal
    price: Decimal
    purchase: bool
    filing_id: int
    path: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Shares bought and sold within less than six months, at a profit."""

    purchase: Trade
    sale: Trade
    shares: Decimal

    @property
    def profit(self) -> Decimal:
        """Dollars: the shares times what the sale brought above the purchase."""
        return self.shares * (self.sale.price - self.purchase.price)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A row that takes no part, with the reason as a sentence."""

    filing_id: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShortSwing:
    """The screen for one owner and one class of one issuer's equity.

    ``greedy`` pairs lowest-in with highest-out; ``best`` has the largest total profit of all pairings.
    ``exact`` says that exact arithmetic has proved ``best`` to be the largest.
    """

    position: Position
    trades: tuple[Trade, ...]
    greedy: tuple[Match, ...]
    best: tuple[Match, ...]
    excluded: tuple[Excluded, ...] = ()
    exact: bool = True

    @property
    def greedy_profit(self) -> Decimal:
        """Dollars by lowest-in, highest-out."""
        return sum((match.profit for match in self.greedy), ZERO)

    @property
    def profit(self) -> Decimal:
        """The largest total, in dollars."""
        return sum((match.profit for match in self.best), ZERO)


@dataclass(slots=True)
class _Pool:
    position: Position
    trades: list[Trade] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)


def within_six_months(a: date, b: date) -> bool:
    """Whether two trades fall within a period of less than six months.

    The later must be at most the earlier plus six months less two days, for the period begins and ends at
    midnight (Stella v. Graham-Paige, 132 F. Supp. 100; Colonial Realty v. MacWilliams, 381 F. Supp. 26: a
    sale on 1972-12-20 and a purchase on 1973-06-19 do not match).
    """
    first, last = min(a, b), max(a, b)
    return last <= first + relativedelta(months=6) - timedelta(days=2)


def short_swing(ledgers: Iterable[Ledger]) -> list[ShortSwing]:
    """A screen for every owner and class of stock that has a purchase and a sale; the largest profit first.

    All ownership lines of the owner count together. Classes are kept apart, for their prices do not compare.
    """
    pools: dict[tuple[str, str, str, bool], _Pool] = {}
    for one in ledgers:
        at = one.position
        pool = pools.setdefault((at.issuer_key, at.owner_key, at.security_key, at.derivative), _Pool(at))
        for report in one.reports:
            for movement in report.movements:
                if movement.code:
                    _sort(at, movement, pool)
    found = [
        _screened(pool)
        for pool in pools.values()
        if {trade.purchase for trade in pool.trades} == {True, False}
    ]
    return sorted(
        found, key=lambda one: (-one.profit, one.position.issuer, one.position.owner, one.position.security)
    )


def _sort(position: Position, row: Movement, pool: _Pool) -> None:
    """Put a row among the trades, or among the excluded with the reason."""
    reason = _reason(position, row)
    if reason is None and row.date and row.change and row.price is not None:
        trade = Trade(
            row.date, abs(row.change), row.price, row.change > 0, row.filing_id, row.path, position.line
        )
        pool.trades.append(trade)
    else:
        pool.excluded.append(
            Excluded(row.filing_id, row.path, reason or "The row says too little to be matched.")
        )


def _reason(position: Position, row: Movement) -> str | None:
    code = row.code or ""
    if code in EXEMPT:
        return f"Code {code} is {EXEMPT[code]}."
    if code not in {"P", "S"}:
        meaning = TRANSACTION_CODES.get(code, "no code of the SEC's list")
        return f"Code {code} ({meaning}) is neither a market purchase nor a sale; look at its footnote."
    if position.derivative:
        return "A trade in a derivative is matched with the stock under Rule 16b-6, which this screen leaves to you."
    if row.date is None:
        return "The row has no day of transaction that can be true."
    if not row.change:
        return "The row does not say how many shares were traded."
    if row.price is None:
        return "The row gives no price."
    if (row.change > 0) != (code == "P"):
        return f"Code {code} contradicts the row's acquired or disposed of."
    return None


def _screened(pool: _Pool) -> ShortSwing:
    trades = sorted(pool.trades, key=lambda trade: (trade.day, trade.filing_id, trade.path))
    best, exact = best_matches(trades)
    return ShortSwing(
        pool.position,
        tuple(trades),
        tuple(greedy_matches(trades)),
        tuple(best),
        tuple(sorted(pool.excluded, key=lambda one: (one.filing_id, one.path))),
        exact,
    )


def greedy_matches(trades: Sequence[Trade]) -> list[Match]:
    """Lowest-in, highest-out: each purchase from the lowest price with the highest sales that are near enough."""
    left = {id(trade): trade.shares for trade in trades}
    purchases = sorted((t for t in trades if t.purchase), key=lambda t: (t.price, t.day))
    sales = sorted((t for t in trades if not t.purchase), key=lambda t: (-t.price, t.day))
    found = []
    for purchase in purchases:
        for sale in sales:
            shares = min(left[id(purchase)], left[id(sale)])
            if sale.price <= purchase.price or not left[id(purchase)]:
                break
            if shares and within_six_months(purchase.day, sale.day):
                found.append(Match(purchase, sale, shares))
                left[id(purchase)] -= shares
                left[id(sale)] -= shares
    return found


def best_matches(trades: Sequence[Trade]) -> tuple[list[Match], bool]:
    """The pairing with the largest total profit, and whether exact arithmetic proves that it is.

    Shares and prices are scaled to whole numbers, so that nothing is rounded.
    """
    purchases = [t for t in trades if t.purchase and t.shares > 0]
    sales = [t for t in trades if not t.purchase and t.shares > 0]
    unit = _unit([t.shares for t in (*purchases, *sales)])
    tick = _unit([t.price for t in (*purchases, *sales)])
    gains = {
        (i, j): int((sale.price - purchase.price) / tick)
        for i, purchase in enumerate(purchases)
        for j, sale in enumerate(sales)
        if sale.price > purchase.price and within_six_months(purchase.day, sale.day)
    }
    supply = [int(t.shares / unit) for t in purchases]
    demand = [int(t.shares / unit) for t in sales]
    flow, exact = largest_total(supply, demand, gains)
    return [Match(purchases[i], sales[j], amount * unit) for (i, j), amount in sorted(flow.items())], exact


def _unit(values: Sequence[Decimal]) -> Decimal:
    """The largest amount that divides every value without rest; 1 where there is none."""
    ratios = [value.as_integer_ratio() for value in values if value]
    if not ratios:
        return Decimal(1)
    below = lcm(*(denominator for _, denominator in ratios))
    above = gcd(*(numerator * (below // denominator) for numerator, denominator in ratios))
    return Decimal(above) / Decimal(below)
