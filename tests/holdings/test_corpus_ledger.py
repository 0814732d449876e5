"""The ledger over the shared corpus of real filings: no row is lost, and every balance that does not close is known.

The corpus is no part of the project; where it is absent these tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.filings.readers import read
from lib.filings.record import Filing
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book
from lib.holdings.price_ranges import price_range

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "xml_rendered" / "xml"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")

OPEN = {
    # 34.482 + 34.375 shares of reinvested dividends came between the two purchases (its footnote F5 says so).
    ("0001062993-23-000089.xml", "non_derivative[4]"): 69,
}
"""Rows whose balance does not follow from the row before, with the amount and why."""


@pytest.fixture(scope="module")
def filings() -> list[tuple[str, Filing]]:
    return [
        (path.name, one)
        for path in sorted(CORPUS.glob("*.xml"))
        for one in read(path.name, path.read_bytes())
    ]


@pytest.fixture(scope="module")
def book(filings: list[tuple[str, Filing]]) -> Book:
    return build_book(enumerate(one for _, one in filings))


def test_rows_in_are_rows_in_the_ledger(book: Book, filings: list[tuple[str, Filing]]) -> None:
    """Each row of each filing is a movement or set aside, once."""
    rows = [(n, path) for n, (_, one) in enumerate(filings) for path, _ in one.rows()]
    moved = [(m.filing_id, m.path) for one in book.ledgers for r in one.reports for m in r.movements]
    aside = [(one.filing_id, one.path) for ledger in book.ledgers for one in ledger.aside]
    assert sorted(moved + aside) == sorted(rows)
    assert len(filings) == 112


def test_balances_within_filings(book: Book, filings: list[tuple[str, Filing]]) -> None:
    """Where a filing has several rows of a position, their balances close exactly but for those listed."""
    several = [r for one in book.ledgers for r in one.reports if len(r.movements) > 1]
    open_ones = {
        (filings[m.filing_id][0], m.path): m.unexplained
        for r in several
        for m in r.movements
        if m.unexplained
    }
    closing = sum(1 for report in several if report.shape != "broken")
    print(f"{closing} of {len(several)} positions with several rows in a filing close exactly")
    assert open_ones == OPEN
    assert len(several) >= 60


def test_every_stated_price_range_holds_its_average(filings: list[tuple[str, Filing]]) -> None:
    """Real footnotes: 74 ranges, each around the row's price."""
    rows = [(row, price_range(one, row)) for _, one in filings for _, row in one.rows()]
    found = [(row.transaction_price_per_share, span) for row, span in rows if span]
    assert len(found) >= 74
    assert all(price is not None and span.low <= price <= span.high for price, span in found)


def test_reading_in_another_container_adds_nothing(filings: list[tuple[str, Filing]]) -> None:
    """Every filing again as the HTML that EDGAR shows: copies, each with the filing that counts."""
    pages = sorted((CORPUS.parent / "html").glob("*.html"))[:12]
    again = [one for path in pages for one in read(path.name, path.read_bytes())]
    names = {path.stem for path in pages}
    once = [one for name, one in filings if name.removesuffix(".xml") in names]
    book = build_book(enumerate([*once, *again]))
    assert len(book.copies) == len(again) == len(once)
