"""Weighted average prices and the ranges that footnotes give for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.holdings.ledger import build_book
from lib.holdings.price_ranges import PriceRange, price_range
from tests.builders import filing, transaction


def stated(text: str, price: str = "5.20") -> PriceRange | None:
    marked = transaction(
        "2020-01-02",
        "S",
        "D",
        1,
        1,
        transaction_price_per_share=Decimal(price),
        footnotes={"transaction_price_per_share": ("F1",)},
    )
    return price_range(filing("2020-01-02", marked, footnotes={"F1": text}), marked)


@pytest.mark.parametrize(
    "text",
    [
        "Weighted average price of trades at prices ranging from $5.14 to $5.35, inclusive.",
        "These shares were sold in multiple transactions at prices within the range of $5.14 and $5.35.",
        "The shares were sold within a range of $5.14 - $5.35.",
        "Average price; sold between US$5.14 and US$5.35 per share.",
        "The trade was executed in a series with a price range of $5.14 through 5.35 .",
    ],
)
def test_ranges(text: str) -> None:
    """However it is put, low and high come out exactly."""
    assert stated(text) == PriceRange(Decimal("5.14"), Decimal("5.35"), "F1")


@pytest.mark.parametrize(
    "text",
    [
        "Executed in multiple trades at a price of $5.20, the weighted average.",
        "The option's exercise prices range from $5.14 to $5.35.",
        "The shares vest from $5.14 to $5.35.",
        "",
    ],
)
def test_no_range(text: str) -> None:
    """One price, exercise prices and other amounts are no range."""
    assert stated(text) is None


def test_the_range_that_holds_the_price() -> None:
    """A footnote with several ranges is taken at the one of the row, and at none where both fit."""
    text = "Weighted averages: sold at prices ranging from $4.00 to $4.90 and from $5.14 to $5.35."
    assert stated(text) == PriceRange(Decimal("5.14"), Decimal("5.35"), "F1")
    assert stated(text.replace("4.90", "5.90")) is None


def test_the_range_is_kept_with_the_row() -> None:
    """The ledger's movement has it."""
    row = transaction("2020-01-02", "S", "D", 1, 1, footnotes={"transaction_price_per_share": ("F1",)})
    text = {"F1": "Weighted average of sales at prices ranging from $9.50 to $10.50."}
    (one,) = build_book([(1, filing("2020-01-02", row, footnotes=text))]).ledgers
    assert one.reports[0].movements[0].price_range == PriceRange(Decimal("9.50"), Decimal("10.50"), "F1")
