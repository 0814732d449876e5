"""Amendments: what they restate they supersede, what they leave alone stands, nothing is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lib.filings.record import Filing, Owner, Signature
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book, CellChange
from tests.builders import filing, holding, transaction

DAY = "2020-01-02"


def original() -> Filing:
    """Two sales and a trust's holding."""
    rows = (
        transaction(DAY, "S", "D", 100, 900),
        transaction("2020-01-03", "S", "D", 50, 850),
        holding(70, direct_or_indirect="I", nature_of_ownership="By Trust"),
    )
    return filing(DAY, *rows, signatures=(Signature("x", date(2020, 1, 4)),))


def amendment(*rows: object, **fields: object) -> Filing:
    values = {"document_type": "4/A", "date_of_original_submission": date(2020, 1, 4)} | fields
    return filing(DAY, *rows, signatures=(Signature("x", date(2020, 2, 1)),), **values)  # type: ignore[arg-type]


def book_of(*filings: Filing) -> Book:
    return build_book(enumerate(filings))


def counted(book: Book) -> int:
    return sum(len(report.movements) for one in book.ledgers for report in one.reports) + sum(
        len(one.aside) for one in book.ledgers
    )


def test_one_row_restated() -> None:
    """Only the restated row is superseded; the other sale stays in its place and the balances step."""
    book = book_of(original(), amendment(transaction("2020-01-03", "S", "D", 60, 840)))
    direct = book.ledgers[0]
    (report,) = direct.reports
    assert [(m.filing_id, m.change) for m in report.movements] == [(0, -100), (1, -60)]
    assert (report.form, report.closing, report.inside) == ("4/A", 840, 0)
    (aside,) = direct.aside
    assert (aside.why, aside.filing_id, aside.path, aside.by) == ("superseded", 0, "non_derivative[1]", 1)
    assert aside.changes == (
        CellChange("transaction_shares", Decimal(50), Decimal(60)),
        CellChange("shares_owned_following", Decimal(850), Decimal(840)),
    )
    assert book.ledgers[1].reports[0].closing == 70
    assert counted(book) == 4


def test_holdings_only() -> None:
    """An amendment of a holding removes no trade."""
    book = book_of(original(), amendment(holding(75, direct_or_indirect="I", nature_of_ownership="By Trust")))
    direct, trust = book.ledgers
    assert [m.change for m in direct.reports[0].movements] == [-100, -50]
    assert direct.reports[0].form == "4"
    assert (trust.reports[0].closing, len(trust.aside)) == (75, 1)


def test_a_forgotten_trade_is_added() -> None:
    """A row that goes on from the last balance is another trade, not a correction of it."""
    book = book_of(original(), amendment(transaction("2020-01-03", "S", "D", 20, 830)))
    direct = book.ledgers[0]
    assert [m.change for m in direct.reports[0].movements] == [-100, -50, -20]
    assert direct.aside == ()
    assert book.amendments[0].added == ("non_derivative[0]",)


def test_a_direction_and_a_full_stop() -> None:
    """The second side of a transfer becomes an acquisition, its nature gains a full stop: one position."""
    logiq = {"direct_or_indirect": "I", "nature_of_ownership": "By LogiQ, Inc"}
    wrong = filing(DAY, transaction(DAY, "J", "D", 500, 500, **logiq))
    right = amendment(
        transaction(DAY, "J", "A", 500, 500, **logiq | {"nature_of_ownership": "By LogiQ, Inc."}),
        date_of_original_submission=None,
    )
    (one,) = book_of(wrong, right).ledgers
    assert (one.reports[0].opening, one.reports[0].closing) == (0, 500)
    assert [cell.field for cell in one.aside[0].changes] == ["acquired_disposed_code", "nature_of_ownership"]


def test_an_amendment_of_an_amendment() -> None:
    """The last one counts, and every row that stood before is kept."""
    second = replace(
        amendment(transaction("2020-01-03", "S", "D", 70, 830)),
        signatures=(Signature("x", date(2020, 3, 1)),),
    )
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        filings = [original(), amendment(transaction("2020-01-03", "S", "D", 60, 840)), second]
        book = build_book([(n, filings[n]) for n in order])
        direct = book.ledgers[0]
        assert direct.reports[0].closing == 830
        assert [(one.filing_id, one.by) for one in direct.aside] == [(0, 1), (1, 2)]


def test_without_its_original() -> None:
    """The rows count on their own, and a finding says what is missing."""
    book = book_of(amendment(transaction(DAY, "S", "D", 100, 900)))
    assert [found.rule for found in book.findings] == ["amendment.no-original"]
    assert "4 Jan 2020" in book.findings[0].message
    assert book.ledgers[0].reports[0].closing == 900


def test_the_right_one_of_two_originals() -> None:
    """Two filings for one period: the date that the amendment names decides."""
    other = filing(DAY, transaction(DAY, "S", "D", 5, 1000), signatures=(Signature("x", date(2020, 1, 9)),))
    done = book_of(other, original(), amendment(transaction(DAY, "S", "D", 100, 901)))
    assert done.amendments[0].original == 1


def test_another_owners_filing_is_no_original() -> None:
    """The same period and issuer are not enough."""
    stranger = replace(original(), reporting_owners=(Owner(name="Tocci Joseph"),))
    assert book_of(stranger, amendment(holding(1))).amendments[0].original is None


def test_what_was_held_before_tells_a_correction_from_another_trade() -> None:
    """A gift without a price, or a sale whose amount and price were both wrong, is restated, not counted twice."""
    for code, price in (("G", None), ("S", Decimal("11"))):
        first = transaction(DAY, code, "D", 100, 900, transaction_price_per_share=price and Decimal(10))
        second = transaction(DAY, code, "D", 150, 850, transaction_price_per_share=price)
        was = filing(DAY, first, signatures=(Signature("x", date(2020, 1, 4)),))
        (direct,) = book_of(was, amendment(second)).ledgers
        (report,) = direct.reports
        assert (report.opening, report.change, report.closing, report.inside) == (1000, -150, 850, 0)
        assert [one.why for one in direct.aside] == ["superseded"]
    more = transaction(DAY, "S", "D", 50, 850, transaction_price_per_share=Decimal(11))
    was = filing(DAY, transaction(DAY, "S", "D", 100, 900), signatures=(Signature("x", date(2020, 1, 4)),))
    (direct,) = book_of(was, amendment(more)).ledgers
    assert (direct.reports[0].change, direct.aside) == (-150, ())
