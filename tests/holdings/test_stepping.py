"""Balances within one filing: how they step, in what order, and which rows are holdings apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.holdings.ledger import build_book
from lib.holdings.positions import Ledger
from lib.holdings.stepping import Step, settle
from tests.builders import filing, holding, transaction

DAY = "2020-01-02"


def ledgers_of(*rows: object, **fields: object) -> list[Ledger]:
    return list(build_book([(1, filing(DAY, *rows, **fields))]).ledgers)  # type: ignore[arg-type]


def test_balances_of_each_day() -> None:
    """Every row of a day prints the day's last balance."""
    rows = (
        transaction("2020-01-02", "S", "D", 100, 850),
        transaction("2020-01-02", "S", "D", 50, 850),
        transaction("2020-01-03", "S", "D", 50, 800),
    )
    (one,) = ledgers_of(*rows)
    (report,) = one.reports
    assert (report.opening, report.closing, report.inside, report.shape) == (1000, 800, 0, "in blocks")


def test_any_order_that_meets() -> None:
    """Rows sorted by price still step, once each starts where another ends."""
    rows = (
        transaction(DAY, "S", "D", 200, 700),
        transaction(DAY, "S", "D", 100, 900),
        transaction(DAY, "S", "D", 300, 400),
        transaction(DAY, "P", "A", 50, 450),
        transaction(DAY, "S", "D", 400, 50),
    )
    (one,) = ledgers_of(rows[2], rows[0], rows[4], rows[1], rows[3])
    assert [movement.balance for movement in one.reports[0].movements] == [900, 700, 400, 450, 50]


def test_exercise_with_its_derivative_leg() -> None:
    """M steps the stock up and the option down; F pays for it; the sale follows."""
    option = {"security_title": "Option", "conversion_or_exercise_price": Decimal(3)}
    table1 = (
        transaction(DAY, "M", "A", 100, 1100),
        transaction(DAY, "F", "D", 40, 1060),
        transaction(DAY, "S", "D", 60, 1000),
    )
    table2 = (transaction(DAY, "M", "D", 100, 400, underlying_security_shares=Decimal(100), **option),)
    stock, options = ledgers_of(*table1, derivative=table2)
    assert (stock.reports[0].opening, stock.reports[0].closing) == (1000, 1000)
    assert (options.reports[0].opening, options.reports[0].closing) == (500, 400)


def test_legs_that_differ_are_told() -> None:
    """Table I acquires one share fewer than Table II gives up."""
    table2 = (
        transaction(DAY, "M", "D", 100, 0, security_title="RSU", underlying_security_shares=Decimal(100)),
    )
    book = build_book([(1, filing(DAY, transaction(DAY, "M", "A", 99, 99), derivative=table2))])
    assert [found.rule for found in book.findings] == ["legs.differ"]


def test_a_balance_that_does_not_follow() -> None:
    """A slip within one filing is an amount of its own, between the rows where it is."""
    rows = (
        transaction(DAY, "S", "D", 100, 900),
        transaction("2020-01-03", "S", "D", 100, 850),
        transaction("2020-01-04", "S", "D", 50, 800),
    )
    (one,) = ledgers_of(*rows)
    (report,) = one.reports
    assert (report.opening, report.change, report.inside, report.closing) == (1000, -250, 50, 800)
    assert [movement.unexplained for movement in report.movements] == [0, 50, 0]


def test_two_trusts_of_one_name() -> None:
    """Holdings side by side are lots, each with its own balance."""
    trust = {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"}
    found = ledgers_of(holding(100, **trust), holding(200, **trust))
    assert [(one.position.line, one.reports[0].closing) for one in found] == [
        ("By Trust (1)", 100),
        ("By Trust (2)", 200),
    ]


def test_trusts_meet_again_by_footnote_and_balance() -> None:
    """A lot goes on in the next filing, whatever the order of the rows there."""
    trust = {"direct_or_indirect": "I", "nature_of_ownership": "See footnote"}

    def held(first: int, second: int, marks: tuple[str, str], texts: dict[str, str], period: str) -> object:
        rows = [
            holding(n, footnotes={"nature_of_ownership": (mark,)}, **trust)
            for n, mark in zip((first, second), marks, strict=True)
        ]
        return filing(period, *rows, footnotes=texts)

    one = held(100, 200, ("F1", "F2"), {"F1": "Held by Fund A.", "F2": "Held by Fund B."}, "2020-01-02")
    two = held(200, 90, ("F1", "F2"), {"F1": "Held by Fund B.", "F2": "Held by Fund A."}, "2020-02-02")
    book = build_book([(1, one), (2, two)])  # type: ignore[list-item]
    assert [[report.closing for report in ledger.reports] for ledger in book.ledgers] == [
        [100, 90],
        [200, 200],
    ]
    assert [ledger.reports[1].unexplained for ledger in book.ledgers] == [-10, 0]


def test_grants_of_one_title_in_one_filing() -> None:
    """Units of several grants that share title, price and date are lots with their own arithmetic."""
    units = [
        transaction(DAY, "M", "D", shares, left, security_title="Restricted Stock Units")
        for shares, left in ((100, 300), (50, 0), (25, 75))
    ]
    found = ledgers_of(derivative=tuple(units))
    assert [(one.reports[0].opening, one.reports[0].closing) for one in found] == [
        (400, 300),
        (50, 0),
        (100, 75),
    ]


def test_a_form_3_holding_of_options_opens_them() -> None:
    """Form 3 has no column for what is owned: the underlying amount stands for it."""
    units = {"security_title": "Restricted Stock Units"}
    first = filing(
        "2020-01-01",
        document_type="3",
        derivative=(holding(None, underlying_security_shares=Decimal(70), **units),),
    )
    then = filing(DAY, derivative=(transaction(DAY, "M", "D", 70, 0, **units),))
    (one,) = build_book([(1, first), (2, then)]).ledgers
    assert [report.unexplained for report in one.reports] == [None, 0]


def test_values_are_a_position_in_dollars() -> None:
    """A row that reports value is counted in dollars, and never with shares."""
    row = holding(None, security_title="Note", value_owned_following=Decimal("250000.00"))
    (one,) = ledgers_of(derivative=(row,))
    assert (one.position.unit, one.reports[0].closing) == ("dollars", Decimal("250000.00"))


changes = st.lists(st.integers(-500, 500).filter(bool), min_size=1, max_size=9)


@settings(deadline=None)
@given(changes, st.sampled_from(["printed", "reversed", "final"]), st.randoms(use_true_random=False))
def test_every_way_of_printing_closes(moves: list[int], way: str, chance: object) -> None:
    """Stepping, newest first or final on every row: opening and closing come out, and nothing is left over."""
    held, steps = 10_000, []
    for n, move in enumerate(moves):
        held += move
        steps.append(Step(date.fromordinal(737000 + n), Decimal(move), Decimal(held)))
    if way == "final":
        steps = [Step(step.day, step.change, Decimal(held)) for step in steps]
    if way == "reversed":
        steps.reverse()
    settled = settle(steps)
    assert (settled.opening, settled.closing, sum(settled.unexplained)) == (10_000, held, 0)
    assert settled.closes


@settings(deadline=None)
@given(changes, st.permutations(range(9)))
def test_a_day_in_any_order_closes(moves: list[int], order: list[int]) -> None:
    """Rows of one day, shuffled, are put together again whenever their balances allow only that."""
    held, steps = 10_000, []
    for move in moves:
        held += move
        steps.append(Step(date(2020, 1, 2), Decimal(move), Decimal(held)))
    settled = settle([steps[n] for n in order if n < len(steps)])
    assert settled.closes
    assert settled.opening is not None
    assert settled.change is not None
    assert settled.opening + settled.change == settled.closing


@pytest.mark.parametrize("known", [True, False])
def test_an_unknown_amount_says_nothing(known: bool) -> None:
    """Where a row does not say how much, what was held before it is unknown, and no break is claimed."""
    rows = [transaction(DAY, "S", "D", 100 if known else 0, 900)]
    if not known:
        rows = [filing_row_without_shares()]
    (one,) = ledgers_of(*rows)
    assert one.reports[0].opening == (1000 if known else None)


def filing_row_without_shares() -> object:
    from dataclasses import replace

    return replace(transaction(DAY, "S", "D", 1, 900), transaction_shares=None)
