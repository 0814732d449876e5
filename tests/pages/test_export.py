"""Tables for spreadsheets and pictures of their own: exact, without formulas, and without a network."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from lib.charts.holdings import holdings_figure
from lib.exports.csv import csv_bytes
from lib.exports.workbook import Sheet, workbook
from lib.holdings.ledger import build_ledgers
from lib.ui.holdings_view import View, alt_of, picture, title_of
from lib.ui.ledger_table import ledger_sheets
from lib.ui.picture import standalone_page
from tests.builders import bertucci, filing, holding

EVIL = ("=1+1", "+cmd", "-2", "@x", "http://a.b", "<script>alert(1)</script>")


def test_a_workbook_keeps_values_and_takes_no_formula() -> None:
    """Numbers are numbers, days are days, text is text whatever it says; a number too long for a cell is text."""
    long = Decimal("12345678901234567.25")
    rows = [(text, Decimal("-2.5"), date(2003, 11, 24), None, long, 3) for text in EVIL]
    data = workbook([Sheet("Ledger", ("=head", "n", "day", "none", "long", "filing"), rows)])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Ledger"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0][0] == "=head"
    assert [row[0] for row in table[1:]] == list(EVIL)
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert table[1][1:] == [-2.5, sheet["C2"].value, None, "12345678901234567.25", 3]
    assert sheet["C2"].value.date() == date(2003, 11, 24)
    inside = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside


def test_the_ledger_goes_out_whole() -> None:
    """Every report, every row with its value and its place, the totals; the CSV and the workbook agree."""
    sheets = ledger_sheets(build_ledgers(enumerate(bertucci())), lambda _position, _report: "why")
    assert list(sheets) == ["Ledger", "Rows", "Totals"]
    head, rows = sheets["Rows"]
    sale = next(dict(zip(head, row, strict=True)) for row in rows if row[6] == -1700)
    assert sale["value at transaction"] == 17000
    assert (sale["filing"], sale["row"], sale["held after"]) == (1, "non_derivative[0]", 2284880)
    assert len(list(rows)) == 5
    assert b"-2816593" in csv_bytes(*sheets["Ledger"])
    book = openpyxl.load_workbook(io.BytesIO(workbook(Sheet(name, *table) for name, table in sheets.items())))
    assert book.sheetnames == list(sheets)
    assert -2816593 in [cell.value for row in book["Ledger"].iter_rows() for cell in row]


def test_a_picture_is_a_page_that_loads_nothing() -> None:
    """Plotly is inside, the policy forbids loading, and text of filings is text."""
    bad = filing("2020-01-01", holding(1, security_title="</script><img src=x onerror=alert(1)>"))
    ledgers = build_ledgers([(1, bad)])
    page = picture(ledgers, View("On one axis", "shares"), (), dark=False).decode()
    outside = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    assert "<img" not in outside
    assert not re.findall(r"<[^>]*\b(?:src|href)=", outside)
    assert "default-src &#x27;none&#x27;" in outside
    assert "Plotly.downloadImage" in page
    assert page.count("<script") == page.count("</script>")


@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_says_its_takeaway(dark: bool) -> None:
    """Title, words for those who do not see it, and what it is drawn from."""
    ledgers = build_ledgers(enumerate(bertucci()))
    view = View("Total", "percent")
    page = picture(ledgers, view, (), dark=dark).decode()
    assert f"<h1>{title_of(ledgers, view)}</h1>" in page
    assert alt_of(ledgers, view).startswith("Drawn as per cent of the largest holding")
    assert alt_of(ledgers, view) in page
    assert "From 2 filings under Section 16, 24 Nov 2003 to 8 Nov 2007." in page


def test_the_figure_on_the_page_stays_as_it_is() -> None:
    """Making a picture of it does not change it."""
    figure = holdings_figure(build_ledgers(enumerate(bertucci())))
    before = figure.to_json()
    standalone_page(figure, title="t", lead="l", alt="a", note="n", dark=False)
    assert figure.to_json() == before
