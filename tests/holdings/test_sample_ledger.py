"""The sample filings read together: what reconciles, and every break as the filings explain it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lib.filings.readers import read
from lib.filings.record import Filing
from lib.holdings.deadlines import timeliness
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book, Report
from lib.holdings.reconcile import Break, reconcile

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"

BREAKS = {
    # No filing between 2003 and 2007 is in the folder; four years of sales and gifts are missing.
    ("BERTUCCI JOHN R", "By Spouse", "2007-11-08"): -2828266,
    ("BERTUCCI JOHN R", "Direct", "2007-11-08"): -2816593,
    # The new director's shares of June 2022 are a grant alone; 608,256 shares held from before the merger entered the
    # direct line in a filing that is not here, and 456,190 of them went on to LogiQ, Inc. on 2022-09-09.
    ("GRIFFIN MICHAEL D", "Direct", "2022-09-09"): 608256,
    # Between the 4/A and June 2023: 152,066 left the direct line, of which 50,689 turn up with LogiQ, Inc.
    ("GRIFFIN MICHAEL D", "Direct", "2023-06-06"): -152066,
    ("GRIFFIN MICHAEL D", "By LogiQ, Inc.", "2023-06-06"): 50689,
    # By August the 38,090 direct shares have gone to LogiQ, Inc., and a new grant of 39,446 stands in their place.
    ("GRIFFIN MICHAEL D", "By LogiQ, Inc.", "2023-08-30"): 38090,
    ("GRIFFIN MICHAEL D", "Direct", "2023-08-30"): 1356,
    # Quarterly sales to cover tax, and the grants of 2023 and 2024, whose filings are not here.
    ("Kampani Arjun", "Direct", "2023-03-09"): -27931,
    ("Kampani Arjun", "Direct", "2023-08-25"): -22428,
    ("Kampani Arjun", "Direct", "2024-05-24"): 189200,
    # Two years of grants less sales, in filings that are not here.
    ("Olson Jon A", "Direct", "2024-11-19"): 81799,
    # A year of sales each; 8,084 shares of the first came through the purchase plan (footnote F3).
    ("Spice Adam C.", "Direct", "2023-08-25"): -168346,
    ("Spice Adam C.", "Direct", "2024-08-22"): -182616,
    ("Frank Edward H.", "Direct", "2024-06-12"): 123691,
}
"""Owner, line and day of every break in the samples, with its amount."""


@pytest.fixture(scope="module")
def filings() -> list[tuple[int, Filing]]:
    """Every sample filing, numbered by name."""
    files = sorted(path for path in SAMPLES.iterdir() if path.is_file() and "-form" in path.name)
    return list(enumerate(found for path in files for found in read(path.name, path.read_bytes())))


@pytest.fixture(scope="module")
def book(filings: list[tuple[int, Filing]]) -> Book:
    return build_book(filings)


@pytest.fixture(scope="module")
def breaks(book: Book, filings: list[tuple[int, Filing]]) -> list[Break]:
    return reconcile(book, filings)


def reports(
    book: Book, owner: str, line: str = "Direct", security: str = "Common Stock"
) -> tuple[Report, ...]:
    (found,) = [
        one.reports
        for one in book.ledgers
        if (one.position.owner, one.position.line) == (owner, line)
        and one.position.security in (security, "Common")
    ]
    return found


def test_bertucci(book: Book) -> None:
    """Two levels with a gap between; before the sale of 1,700 he held 2,286,580."""
    first, second = reports(book, "BERTUCCI JOHN R")
    assert (first.date, first.closing) == (date(2003, 11, 24), 5103173)
    assert (second.date, second.opening, second.closing) == (date(2007, 11, 8), 2286580, 2284880)
    assert second.unexplained == -2816593
    first, second = reports(book, "BERTUCCI JOHN R", "By Spouse")
    assert (first.closing, second.closing, second.unexplained) == (5273927, 2445661, -2828266)


@pytest.mark.parametrize(
    ("owner", "security", "day"),
    [
        ("Spice Adam C.", "Common Stock", date(2022, 8, 24)),
        ("Kampani Arjun", "Common Stock", date(2023, 11, 29)),
        ("Kampani Arjun", "Common Stock", date(2024, 8, 22)),
        ("Frank Edward H.", "Common Stock", date(2024, 12, 11)),
        ("Olson Jon A", "Restricted Stock Units", date(2022, 9, 6)),
    ],
)
def test_consecutive_filings_reconcile(book: Book, owner: str, security: str, day: date) -> None:
    """Where the folder's README says that filings follow one another, nothing is unexplained."""
    (found,) = [report for report in reports(book, owner, security=security) if report.date == day]
    assert found.unexplained == 0


def test_every_break_is_known(breaks: list[Break]) -> None:
    """Nothing breaks that the filings in the folder would explain, and each amount is exact."""
    found = {
        (one.position.owner, one.position.line, one.report.date.isoformat()): one.amount for one in breaks
    }
    assert found == BREAKS


def test_griffins_amendment(book: Book) -> None:
    """The 4/A makes the transfer's second row an acquisition: LogiQ, Inc. opens at nothing and steps."""
    report = reports(book, "GRIFFIN MICHAEL D", "By LogiQ, Inc.")[0]
    assert (report.form, report.opening, report.closing, report.inside) == ("4/A", 0, 0, 0)
    assert [movement.change for movement in report.movements] == [456190, -456190]
    (amendment,) = book.amendments
    assert [[cell.field for cell in one.changes] for one in amendment.restated] == [
        [],
        ["acquired_disposed_code", "nature_of_ownership"],
        ["nature_of_ownership"],
    ]


def test_griffins_shares_moved_to_his_company(breaks: list[Break]) -> None:
    """All 38,090 direct shares turned up with LogiQ, Inc.: that cause stands first."""
    (found,) = [one for one in breaks if one.amount == 38090]
    assert found.causes[0].kind == "move"


def test_spices_purchase_plan_is_named(breaks: list[Break]) -> None:
    """The footnote on the balance is among the causes."""
    (found,) = [one for one in breaks if one.amount == -168346]
    assert "Employee Stock Purchase Plan" in next(
        c.sentence for c in found.causes if c.kind == "plan purchase"
    )


def test_becks_exchange_is_one_position(book: Book) -> None:
    """Five owners exchange one holding, not five, of common for preferred stock."""
    found = [one for one in book.ledgers if one.position.owner.startswith("Beck Peter")]
    assert sorted((one.position.security, one.position.line) for one in found) == [
        ("Common Stock", "By Trust"),
        ("Common Stock", "Direct"),
        ("Series A Convertible Participating Preferred Stock", "By Trust"),
    ]


def test_ranges_are_kept(book: Book) -> None:
    """Each weighted average price lies within its range."""
    found = [m for one in book.ledgers for r in one.reports for m in r.movements if m.price_range]
    assert len(found) >= 12
    assert all(
        m.price and m.price_range and m.price_range.low <= m.price <= m.price_range.high for m in found
    )


def test_nothing_was_signed_late(filings: list[tuple[int, Filing]]) -> None:
    """No sample was signed after its last day; without filing dates no more can be said."""
    found = {one.status for _, filing in filings for one in timeliness(filing)}
    assert found <= {"unknown", "in time"}
