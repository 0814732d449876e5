"""Reports of filings and holdings: the facts are in them on paper as on the page, and text of filings stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml.html import fromstring
from reportlab.graphics.shapes import PolyLine
from reportlab.platypus import Paragraph

from lib.exports.filing_report import filing_report
from lib.exports.holdings_report import holdings_report
from lib.exports.report import Report, ReportColumn, ReportList, ReportTable, Steps, report_html
from lib.exports.report_pdf import LONGEST, report_pdf
from lib.exports.steps_drawing import HEIGHT, levels_of, steps_drawing, steps_svg
from lib.filings.record import Finding
from lib.holdings.ledger import build_ledgers
from tests.builders import bertucci, filing, holding, transaction

FACTS = (("Issuer", "MKS"),)


def pages(report: Report) -> list[str]:
    """The words of each page of the PDF, their spaces folded."""
    with pdfplumber.open(io.BytesIO(report_pdf(report))) as document:
        return [" ".join((page.extract_text() or "").split()) for page in document.pages]


def long_report(rows: int) -> Report:
    columns = (ReportColumn("Owner"), ReportColumn("Held", number=True))
    table = ReportTable("Positions", columns, tuple((f"Owner {n}", f"{n:,}") for n in range(rows)))
    return Report("A title", "A subtitle", FACTS, (table,), "Made by a test.")


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


def test_a_finding_about_all_of_a_filing_says_so() -> None:
    """What to know of the reading names its place, also where that is the file as a whole."""
    found = Finding("warning", "", "The file was cut.", "xml.unwrapped")
    (page,) = pages(filing_report("b.txt", replace(bertucci()[1], findings=(found,)), ()))
    assert "Whole filing: The file was cut." in page


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
    (figure,) = fromstring(page).iter("figure")
    assert dict(figure.attrib) == {"role": "img", "aria-label": hostile}


def test_characters_that_the_typeface_lacks_are_said() -> None:
    """They are question marks, and what stands around them is there."""
    (page,) = pages(filing_report("b.txt", filing("2020-01-01", transaction("2020-01-01", "S", "D", 5, 9), owner="Łukasz 王"), ()))  # fmt: skip
    assert "Łukasz ?" in page


def test_a_name_in_the_picture_is_not_lost() -> None:
    """Its characters are question marks on paper, where the typeface lacks them, and themselves on the page."""
    lines = (Steps("王小明, direct", ((date(2020, 1, 1), Decimal(1)), (date(2021, 1, 1), Decimal(2)))),)
    report = Report("A title", "A subtitle", FACTS, (), "Made by a test.", lines, "One line.")
    assert "???, direct" in pages(report)[0]
    assert "王小明, direct" in report_html(report).decode()


def test_only_whole_marks_are_raised() -> None:
    """A bracket of a mark that stands alone is a character that the typeface lacks."""
    (page,) = pages(Report("A title", "A subtitle", (("Held", "70⁽¹²⁾ or ⁽ or 5⁾"),), (), "Made by a test."))
    assert "70(12) or ? or 5?" in page


def test_a_note_of_any_length_is_written_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word of it is there once, with its number before the first, in paragraphs short enough to break over pages quickly."""
    lengths = []

    def paragraph(text: str, *given: Any, **named: Any) -> Paragraph:
        lengths.append(len(text))
        return Paragraph(text, *given, **named)

    monkeypatch.setattr("lib.exports.report_pdf.Paragraph", paragraph)
    words = [f"word{n}" for n in range(2_000)]
    notes = ReportList("Footnotes", (("(1)", " ".join(words)), ("(2)", "w" * 7_000)))
    report = Report("A title", "A subtitle", FACTS, (notes,), "Made by a test.")
    said = " ".join(pages(report)).split()
    assert [word for word in said if word.startswith("word")] == words
    assert said.count("(1)") == said.count("(2)") == 1
    assert sum(len(word) for word in said if set(word) == {"w"}) == 7_000
    assert max(lengths) <= LONGEST


AMOUNTS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(places),
    st.integers(-(10**24), 10**24),
    st.integers(-400, 400),
)


@given(AMOUNTS.map(lambda one: min(one, Decimal(0))), AMOUNTS.map(lambda one: max(one, Decimal(0))))
def test_levels_are_round_and_reach_both_ends(least: Decimal, most: Decimal) -> None:
    """The picture's levels go through zero, are few, and leave less than one step at either end."""
    assume(least < most)
    levels = levels_of(least, most)
    step = levels[1] - levels[0]
    assert 0 in levels
    assert 4 <= len(levels) <= 10
    assert least <= levels[0] < least + step
    assert levels[-1] <= most < levels[-1] + step


@given(st.lists(AMOUNTS, min_size=1, max_size=4))
def test_whatever_is_held_has_a_picture(levels: list[Decimal]) -> None:
    """Below zero, nothing at all, or more than a float holds: each point is within the picture."""
    lines = (Steps("Line", tuple((date(2020, 1, day), level) for day, level in enumerate(levels, 1))),)
    for one in steps_drawing(lines).contents:
        if isinstance(one, PolyLine):
            assert all(0 <= at <= HEIGHT for at in one.points[1::2])


def test_holdings_below_zero_are_reported() -> None:
    """Two filings that say less than nothing is held have a report like any other."""
    found = [
        filing("2020-01-01", holding(-5)),
        filing("2021-01-01", holding(-5)),
    ]
    report = holdings_report("A title", "A line.", build_ledgers(enumerate(found)), lambda *_: "")
    assert "BERTUCCI JOHN R Common Direct −5 1 Jan 2021" in " ".join(pages(report))


def test_a_change_that_nothing_explains_is_a_gap() -> None:
    """The picture says so, and draws no line from the level before to the one after."""
    line = Steps(
        "Direct",
        ((date(2003, 11, 24), Decimal(5103173)), (date(2007, 11, 8), Decimal(2286580))),
        frozenset({1}),
    )
    whole = Steps(line.name, line.levels)
    assert "no filing explains" in steps_svg([line])
    assert "no filing explains" not in steps_svg([whole])
    assert steps_svg([line]).count("<polyline") == steps_svg([whole]).count("<polyline") + 1
