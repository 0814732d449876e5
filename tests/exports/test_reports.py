"""Reports of filings and holdings: the facts are in them on paper as on the page, and text of filings stays text."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.exports.filing_report import filing_report
from lib.exports.holdings_report import holdings_report
from lib.exports.report import Report, ReportColumn, ReportTable, Steps, report_html
from lib.exports.report_pdf import report_pdf
from lib.exports.steps_drawing import levels_of
from lib.holdings.ledger import build_ledgers
from tests.builders import bertucci, filing, transaction


def pages(report: Report) -> list[str]:
    """The words of each page of the PDF, their spaces folded."""
    with pdfplumber.open(io.BytesIO(report_pdf(report))) as document:
        return [" ".join((page.extract_text() or "").split()) for page in document.pages]


def long_report(rows: int) -> Report:
    columns = (ReportColumn("Owner"), ReportColumn("Held", number=True))
    table = ReportTable("Positions", columns, tuple((f"Owner {n}", f"{n:,}") for n in range(rows)))
    return Report("A title", "A subtitle", (("Issuer", "MKS"),), (table,), "Made by a test.")


@pytest.fixture
def holdings() -> Report:
    return holdings_report(
        "2,828,266 shares unexplained",
        "Two lines.",
        build_ledgers(enumerate(bertucci())),
        lambda position, report: "A filing may be missing.",
    )


def test_a_filing_fits_on_a_page_with_its_facts() -> None:
    """Issuer, owner, rows, the meaning of the code and the dates as people read them."""
    (page,) = pages(filing_report("b.txt", bertucci()[1], ()))
    for words in ("MKS INSTRUMENTS INC (MKSI)", "BERTUCCI JOHN R", "1,700", "8 Nov 2007", "Open-market or private sale", "b.txt"):  # fmt: skip
        assert words in page
    assert page.endswith("Page 1")


def test_holdings_say_positions_years_and_breaks(holdings: Report) -> None:
    """Each line's latest position with its day, the changes of each year, and each break with its cause."""
    whole = " ".join(pages(holdings))
    for words in (
        "MKS INSTRUMENTS INC (MKSI)",
        "2,828,266 shares unexplained",
        "Direct 2,284,880 8 Nov 2007",
        "Direct 2003 S −8,000 5,103,173",
        "−2,816,593 24 Nov 2003 8 Nov 2007 A filing may be missing.",
    ):
        assert words in whole
    page = report_html(holdings).decode()
    assert "−2,816,593" in page
    assert '<figure role="img" aria-label="Two lines."><svg' in page


def test_long_tables_flow_over_pages_under_repeated_heads() -> None:
    """No row is lost, and no page shows rows without the table's head."""
    found = pages(long_report(200))
    assert len(found) > 3
    assert all("Owner Held" in page for page in found if "Owner 1" in page)
    assert all(f"Owner {n} {n}" in " ".join(found) for n in range(200))


@given(st.text(max_size=60), st.integers(1, 12))
def test_whatever_a_filing_says_is_written(text: str, columns: int) -> None:
    """Any text in any number of columns gives a PDF and a page, and never markup."""
    heads = tuple(ReportColumn(f"{n} Head of a column", number=n % 2 == 0) for n in range(columns))
    table = ReportTable(text, heads, ((text,) * columns, (text * 80,) * columns), note=text)
    report = Report(text, text, ((text, text),), (table,), text)
    assert report_pdf(report).startswith(b"%PDF")
    assert b"<script" not in report_html(report)


def test_markup_of_a_filing_stays_words() -> None:
    """Neither the PDF's own tags nor the page's are made from what a filing says, in the picture either."""
    hostile = '<b>x</b><img src="http://a.b/c.png"/><script>alert(1)</script>'
    lines = (Steps(hostile, ((date(2020, 1, 1), Decimal(1)), (date(2021, 1, 1), Decimal(2)))),)
    report = Report(hostile, hostile, ((hostile, hostile),), (), hostile, lines, hostile)
    assert "<b>x</b><img" in pages(report)[0]
    page = report_html(report).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert 'alt="' not in page


def test_characters_that_the_typeface_lacks_are_said() -> None:
    """They are question marks, and what stands around them is there."""
    (page,) = pages(filing_report("b.txt", filing("2020-01-01", transaction("2020-01-01", "S", "D", 5, 9), owner="Łukasz 王"), ()))  # fmt: skip
    assert "Łukasz ?" in page


@given(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("1e15"), places=4))
def test_levels_are_round_and_reach_the_most(most: Decimal) -> None:
    """The picture's levels begin at zero, are few, and leave less than one step above them."""
    levels = levels_of(most)
    assert levels[0] == 0
    assert 5 <= len(levels) <= 11
    assert levels[-1] <= most < levels[-1] + levels[1]
