"""The same filing twice, and bad input: findings, never a crash and never a silent drop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lib.filings.record import Filing, Issuer, Signature, Submission
from lib.holdings.deadlines import timeliness
from lib.holdings.identity import ByHand, Same
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book
from lib.holdings.reconcile import reconcile
from lib.holdings.short_swing import short_swing
from tests.builders import bertucci, filing, holding, transaction

DAY = "2020-01-02"


def book_of(*filings: Filing) -> Book:
    return build_book(enumerate(filings))


def rows_in(book: Book) -> int:
    live = sum(len(report.movements) for one in book.ledgers for report in one.reports)
    return live + sum(len(one.aside) for one in book.ledgers)


def test_two_containers() -> None:
    """The XML counts, the PDF is kept as its copy, and a note says so."""
    xml = bertucci()[0]
    book = book_of(replace(xml, container="pdf"), xml)
    assert book.copies == {0: 1}
    assert [found.rule for found in book.findings] == ["copy.same"]
    assert rows_in(book) == 6
    assert {report.filing_id for one in book.ledgers for report in one.reports} == {1}


def test_a_misread_copy_names_the_cell() -> None:
    """Two readings that differ in a cell are one filing; the better container counts and the cell is named."""
    xml = bertucci()[0]
    rows = (replace(xml.non_derivative[0], shares_owned_following=Decimal(5103178)), *xml.non_derivative[1:])
    book = book_of(xml, replace(xml, container="text", non_derivative=rows))
    (found,) = book.findings
    assert (found.rule, found.where) == ("copy.differs", "non_derivative[0]")
    assert "5,103,178 in text and 5,103,173 in xml" in found.message
    assert book.ledgers[0].reports[0].closing == 5103173


def test_filed_twice() -> None:
    """Two submissions of the same content count once, with a warning."""
    pair = [replace(bertucci()[0], submission=Submission(f"0000000000-20-00000{n}")) for n in (1, 2)]
    assert [found.rule for found in book_of(*pair).findings] == ["copy.filed-twice"]


def test_filings_that_contradict() -> None:
    """Two documents that nearly agree both count, and a finding says that they contradict each other."""
    one = filing(DAY, transaction(DAY, "S", "D", 100, 900))
    other = filing(DAY, transaction(DAY, "S", "D", 100, 950))
    book = book_of(one, other)
    assert [found.rule for found in book.findings] == ["filing.contradiction"]
    assert rows_in(book) == 2
    assert reconcile(book, enumerate((one, other)))


def test_two_trades_of_one_day_are_no_copies() -> None:
    """Filings that differ in shares, price and balance report two trades."""
    one = filing(DAY, transaction(DAY, "S", "D", 100, 900))
    other = filing(DAY, transaction(DAY, "S", "D", 150, 750, transaction_price_per_share=Decimal(11)))
    book = book_of(one, other)
    assert book.findings == ()
    assert [report.unexplained for report in book.ledgers[0].reports] == [None, 0]


def test_a_group_that_files_in_parts() -> None:
    """The same rows by two sets of owners are told; merged by hand, they count once."""
    rows = (transaction(DAY, "S", "D", 100, 900), transaction(DAY, "S", "D", 50, 850))
    pair = [filing(DAY, *rows, owner=owner) for owner in ("Fund A LP", "Fund B LP")]
    book = book_of(*pair)
    assert [found.rule for found in book.findings] == ["owners.same-rows"]
    assert len(book.ledgers) == 2
    merged = build_book(enumerate(pair), by_hand=ByHand((Same("owner", ("Fund A LP", "Fund B LP")),)))
    assert (len(merged.ledgers), merged.copies) == (1, {1: 0})


def test_impossible_days() -> None:
    """A year 0203 or 2203 is told, the row counts at the period, and its mark has no day of its own."""
    rows = (transaction("0203-01-02", "S", "D", 100, 900), transaction("2203-01-02", "S", "D", 100, 800))
    bad = filing(DAY, *rows, signatures=(Signature("x", date(2020, 1, 3)),))
    book = book_of(bad)
    assert [found.rule for found in book.findings] == ["row.impossible-day"] * 2
    (report,) = book.ledgers[0].reports
    assert report.date == date(2020, 1, 2)
    assert [movement.date for movement in report.movements] == [None, None]
    assert {one.status for one in timeliness(bad)} == {"unknown"}
    assert short_swing(book.ledgers) == []


def test_no_day_at_all() -> None:
    """A filing without any day cannot be put in order: its rows are set aside with a finding."""
    book = book_of(replace(filing(DAY, holding(5), holding(None)), period_of_report=None))
    assert {found.rule for found in book.findings} == {"row.undated"}
    assert rows_in(book) == 2
    assert all(one.reports == () for one in book.ledgers)


def test_nothing_known() -> None:
    """A record of nulls is a position of nobody in nothing, with findings, and no check fails on it."""
    empty = replace(
        filing(DAY, holding(None, security_title=None, direct_or_indirect=None)),
        issuer=Issuer(),
        reporting_owners=(),
        document_type=None,
    )
    book = book_of(empty)
    (one,) = book.ledgers
    assert (one.position.issuer, one.position.owner) == ("Unnamed issuer", "Unnamed owner")
    assert [found.rule for found in book.findings] == ["row.ownership"]
    assert timeliness(empty) == []
    assert reconcile(book, [(0, empty)]) == []


def test_no_filings() -> None:
    """An empty library is an empty book."""
    assert book_of() == Book(())
