"""Splits: stated, proposed, reckoned with, and seen in the latest shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lib.filings.record import Filing
from lib.holdings.ledger import build_book
from lib.holdings.reconcile import reconcile
from lib.holdings.splits import Split, adjusted, proposed_splits, stated_splits
from tests.builders import filing, holding, transaction

SPLIT = Split("mks instruments", date(2020, 2, 1), Fraction(3, 2))


@pytest.mark.parametrize(
    ("text", "ratio", "day"),
    [
        (
            "Adjusted to reflect the 50-for-1 stock split effective on June 25, 2024.",
            Fraction(50),
            date(2024, 6, 25),
        ),
        (
            "On May 5, 2023 the Company effected a 1-for-6 reverse stock split of its stock.",
            Fraction(1, 6),
            date(2023, 5, 5),
        ),
        ("Reflects a two-for-one stock split.", Fraction(2), date(2020, 1, 2)),
        ("A reverse split at a ratio of 1:15 split followed.", Fraction(1, 15), date(2020, 1, 2)),
        ("After the 3 for 2 split.", Fraction(3, 2), date(2020, 1, 2)),
        ("Includes a 10% stock dividend paid March 3, 2019.", Fraction(11, 10), date(2019, 3, 3)),
        ("A 10-to-1 reverse share split.", Fraction(1, 10), date(2020, 1, 2)),
    ],
)
def test_stated(text: str, ratio: Fraction, day: date) -> None:
    """A footnote's words give new shares for each old one, and the day, else the filing's period."""
    (found,) = stated_splits([(7, filing("2020-01-02", holding(1), footnotes={"F1": text}))])
    assert (found.ratio, found.day, found.source, found.filing_ids) == (ratio, day, "footnote", (7,))


@pytest.mark.parametrize(
    "text", ["Subject to adjustment for stock splits and the like.", "A 1-for-1 split.", "1 for 0 split"]
)
def test_not_stated(text: str) -> None:
    """A mention without a ratio is none."""
    assert stated_splits([(7, filing("2020-01-02", holding(1), footnotes={"F1": text}))]) == []


def pair(before: int, after: int, owner: str = "BERTUCCI JOHN R", **fields: object) -> list[Filing]:
    return [
        filing("2020-01-02", holding(before, **fields), owner=owner),
        filing("2020-03-02", transaction("2020-03-02", "S", "D", 10, after - 10, **fields), owner=owner),
    ]


def test_proposed_from_every_position() -> None:
    """Three of three positions with one ratio over the same days are a split, found with its days."""
    filings = [*pair(1000, 1500), *pair(333, 499, "Tocci Joseph"), *pair(2001, 3001, "Smith Donald")]
    (found,) = proposed_splits(build_book(enumerate(filings)))
    assert (found.ratio, found.since, found.day) == (Fraction(3, 2), date(2020, 1, 3), date(2020, 3, 2))
    assert found.evidence.startswith("3 of 3 positions")


def test_not_proposed_against_the_others() -> None:
    """One position that doubles while another steps without a break is no split."""
    filings = [*pair(1000, 2000), *pair(500, 500, "Tocci Joseph")]
    assert proposed_splits(build_book(enumerate(filings))) == []


def test_reckoned_with() -> None:
    """With the split given nothing is unexplained; the part of a share is kept as rounding."""
    filings = pair(333, 499)
    (one,) = build_book(enumerate(filings), splits=[SPLIT]).ledgers
    report = one.reports[1]
    assert report.unexplained == 0
    assert report.split is not None
    assert (report.split.ratio, report.split.rounding) == (Fraction(3, 2), Decimal("-0.5"))
    elsewhere = replace(SPLIT, issuer="another")
    assert build_book(enumerate(filings), splits=[elsewhere]).ledgers[0].reports[1].unexplained == 166


def test_a_break_beside_a_split() -> None:
    """What the split does not explain stays, in the new shares."""
    (one,) = build_book(enumerate(pair(1000, 1600)), splits=[SPLIT]).ledgers
    assert one.reports[1].unexplained == 100


def test_in_the_latest_shares() -> None:
    """Reports before the split are multiplied and their prices divided; later ones and the filed view stay."""
    first = filing("2020-01-02", transaction("2020-01-02", "P", "A", 100, 1000))
    (one,) = build_book(enumerate([first, *pair(1000, 1500)[1:]]), splits=[SPLIT]).ledgers
    seen = adjusted(one, [SPLIT])
    assert [report.closing for report in seen.reports] == [1500, 1490]
    row = seen.reports[0].movements[0]
    assert (row.change, row.balance, row.stated) == (150, 1500, 1500)
    assert row.price == Decimal(10) * 2 / 3
    assert one.reports[0].closing == 1000
    assert adjusted(one, []) == one


def test_a_split_is_a_cause() -> None:
    """The break that a split would explain says so, with its ratio, above a missing filing."""
    filings = [*pair(1000, 1500), *pair(400, 600, "Tocci Joseph")]
    found = reconcile(build_book(enumerate(filings)), enumerate(filings))
    assert {one.causes[0].ratio for one in found} == {Fraction(3, 2)}
    assert all(one.causes[0].kind == "split" for one in found)


def option(period: str, held: int, price: str) -> Filing:
    """A Form 4 that reports a holding of options at this exercise price."""
    row = holding(
        held,
        security_title="Stock Option",
        conversion_or_exercise_price=Decimal(price),
        expiration_date=date(2029, 5, 1),
    )
    return filing(period, derivative=(row,))


@pytest.mark.parametrize(("before", "after"), [("24.00", "16.00"), ("10.00", "6.67")])
def test_options_go_on_through_a_split(before: str, after: str) -> None:
    """A grant is one position before and after, though its exercise price was divided, to the cent."""
    filings = [option("2020-01-02", 1000, before), option("2020-03-02", 1500, after)]
    (one,) = build_book(enumerate(filings), splits=[SPLIT]).ledgers
    assert [report.closing for report in one.reports] == [1000, 1500]
    assert one.reports[1].unexplained == 0
    assert one.position.exercise_price == Decimal(before)
    assert len(build_book(enumerate(filings)).ledgers) == 2
