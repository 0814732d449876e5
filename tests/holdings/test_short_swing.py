"""Short swing: which trades match, what is excluded, and that the maximum is one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.holdings import transport
from lib.holdings.ledger import build_book
from lib.holdings.positions import ZERO
from lib.holdings.short_swing import (
    Match,
    Trade,
    best_matches,
    greedy_matches,
    short_swing,
    within_six_months,
)
from tests.builders import filing, transaction


@pytest.mark.parametrize(
    ("sale", "purchase", "near"),
    [
        ("1972-12-20", "1973-06-19", False),
        ("1972-12-20", "1973-06-18", True),
        ("2023-08-31", "2024-02-28", False),
        ("2023-08-31", "2024-02-27", True),
        ("2020-01-02", "2020-01-02", True),
    ],
)
def test_less_than_six_months(sale: str, purchase: str, near: bool) -> None:
    """The period begins and ends at midnight, so the last day is six months less two days on."""
    a, b = date.fromisoformat(sale), date.fromisoformat(purchase)
    assert within_six_months(a, b) is near
    assert within_six_months(b, a) is near


def trade(day: int, shares: int | str, price: int | str, *, purchase: bool) -> Trade:
    return Trade(
        date(2020, 1, 1) + timedelta(days=day),
        Decimal(shares),
        Decimal(price),
        purchase,
        1,
        f"non_derivative[{day}]",
    )


def profit(matches: list[Match]) -> Decimal:
    return sum((match.profit for match in matches), ZERO)


def test_greedy_can_miss_the_maximum() -> None:
    """Lowest-in takes the one sale that the dearer purchase could have matched."""
    trades = [
        trade(0, 100, 20, purchase=True),
        trade(100, 100, 10, purchase=True),
        trade(150, 100, 30, purchase=False),
        trade(250, 100, 29, purchase=False),
    ]
    best, exact = best_matches(trades)
    assert (profit(greedy_matches(trades)), profit(best), exact) == (2000, 2900, True)


def test_parts_of_shares_and_cents() -> None:
    """Nothing is rounded."""
    trades = [trade(0, "0.3333", "10.0001", purchase=True), trade(9, "7", "10.0004", purchase=False)]
    assert profit(best_matches(trades)[0]) == Decimal("0.3333") * Decimal("0.0003")


def test_losses_are_not_offset() -> None:
    """A sale below every purchase matches nothing."""
    trades = [trade(0, 10, 20, purchase=True), trade(5, 10, 19, purchase=False)]
    assert best_matches(trades) == ([], True)
    assert greedy_matches(trades) == []


def test_the_screen_and_its_exclusions() -> None:
    """All lines of an owner count together; every row left out has its reason."""
    spouse = {"direct_or_indirect": "I", "nature_of_ownership": "By Spouse"}
    rows = (
        transaction("2020-01-02", "P", "A", 100, 100),
        transaction("2020-01-03", "A", "A", 50, 150),
        transaction("2020-01-04", "J", "D", 10, 140),
        transaction("2020-01-05", "S", "D", 40, 60, transaction_price_per_share=Decimal(12), **spouse),
        transaction("2020-01-06", "S", "D", 10, 130, transaction_price_per_share=None),
        transaction("2020-01-07", "S", "A", 10, 140),
    )
    (found,) = short_swing(build_book([(1, filing("2020-01-02", *rows))]).ledgers)
    assert (found.profit, found.greedy_profit, found.exact) == (80, 80, True)
    assert [(match.shares, match.sale.line) for match in found.best] == [(40, "By Spouse")]
    reasons = {one.path: one.reason for one in found.excluded}
    assert "Rule 16b-3(d)" in reasons["non_derivative[1]"]
    assert "look at its footnote" in reasons["non_derivative[2]"]
    assert reasons["non_derivative[4]"] == "The row gives no price."
    assert "contradicts" in reasons["non_derivative[5]"]


trades_of = st.lists(
    st.builds(trade, st.integers(0, 300), st.integers(1, 4), st.integers(1, 9), purchase=st.booleans()),
    max_size=7,
)


@settings(deadline=None)
@given(trades_of)
def test_maximum_is_that_of_brute_force(trades: list[Trade]) -> None:
    """On small histories every way to pair share by share is tried; greedy is never above."""
    best, exact = best_matches(trades)
    assert exact
    assert profit(best) == brute_force(trades)
    assert profit(greedy_matches(trades)) <= profit(best)
    for one in trades:
        used = sum((m.shares for m in best if one in (m.purchase, m.sale)), ZERO)
        assert used <= one.shares * trades.count(one)
    assert all(within_six_months(m.purchase.day, m.sale.day) and m.profit > 0 for m in best)


def brute_force(trades: list[Trade]) -> Decimal:
    """The largest profit, by trying every partner for every single share bought."""
    bought = [t for t in trades if t.purchase for _ in range(int(t.shares))]
    sales = [t for t in trades if not t.purchase]

    @cache
    def most(n: int, left: tuple[int, ...]) -> Decimal:
        if n == len(bought):
            return ZERO
        best = most(n + 1, left)
        for k, sale in enumerate(sales):
            gain = sale.price - bought[n].price
            if left[k] and gain > 0 and within_six_months(bought[n].day, sale.day):
                best = max(best, gain + most(n + 1, (*left[:k], left[k] - 1, *left[k + 1 :])))
        return best

    return most(0, tuple(int(t.shares) for t in sales))


sizes = st.lists(st.integers(1, 10**12), min_size=1, max_size=6)


@settings(deadline=None)
@given(sizes, sizes, st.data())
def test_solver_and_augmenting_paths_agree(supply: list[int], demand: list[int], data: st.DataObject) -> None:
    """What SciPy finds and whole numbers prove is what augmenting paths find."""
    pairs = [(i, j) for i in range(len(supply)) for j in range(len(demand))]
    gains = data.draw(st.dictionaries(st.sampled_from(pairs), st.integers(1, 10**6), min_size=1))
    plan, exact = transport.largest_total(supply, demand, gains)
    other = transport._augmented(supply, demand, gains)
    assert exact
    assert sum(gains[p] * n for p, n in plan.items()) == sum(gains[p] * n for p, n in other.items())


def test_amounts_beyond_a_float() -> None:
    """Where the solver cannot be right the whole-number method is."""
    supply, demand = [10**30 + 1, 10**30 + 7], [10**30 + 3]
    plan, exact = transport.largest_total(supply, demand, {(0, 0): 10**20 + 1, (1, 0): 10**20})
    assert (plan, exact) == ({(0, 0): 10**30 + 1, (1, 0): 2}, True)
