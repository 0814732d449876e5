"""Exports: everything is in them, exactly, and nothing in them runs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from lib.exports.data_set import archive
from lib.exports.filing_report import filing_report
from lib.exports.filings import filings_workbook
from lib.exports.report import report_html
from lib.exports.workbook import Sheet, workbook
from lib.filings.corrections import Correction
from lib.filings.record import Filing, Source, Submission
from tests.builders import bertucci, filing, holding, transaction


@pytest.fixture
def hostile() -> Filing:
    """A filing whose words are formulas and markup."""
    row = holding(5, security_title="=cmd|' /C calc'!A0", nature_of_ownership="<script>alert(1)</script>")
    return replace(filing("2020-01-02", row), remarks="<img src=x onerror=alert(1)>")


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_workbook_has_rows_with_their_places() -> None:
    """Table I is a sheet, numbers are numbers, dates are dates, and each value's place stands beside it."""
    one = replace(
        bertucci()[1], sources={"non_derivative[0].transaction_shares": Source(line=7, start=2, end=7)}
    )
    sheet = opened(filings_workbook([("b.txt", one, ())]))["Table I"]
    head, first = ([cell.value for cell in row] for row in list(sheet.rows)[:2])
    found = dict(zip(head, first, strict=True))
    assert found["transaction_shares"] == 1700
    assert found["transaction_date"] == datetime(2007, 11, 8)
    assert found["sources"] == "transaction_shares line 7, columns 3 to 7"
    assert sheet.freeze_panes == "A2"


def test_workbook_tells_what_was_corrected() -> None:
    """The log that stands is a sheet of its own."""
    line = Correction(
        1,
        "correct",
        "issuer.name",
        by="Ada",
        at=datetime(2026, 1, 2, 3, 4),
        reason="typo",
        was="MKZ",
        value="MKS",
    )
    sheet = opened(filings_workbook([("b.txt", bertucci()[0], [line])]))["Corrections"]
    assert [cell.value for cell in list(sheet.rows)[1]] == [
        "b.txt", "issuer.name", "MKZ", "MKS", "correct", "typo", "Ada", "2026-01-02 03:04 UTC"
    ]  # fmt: skip


def test_formulas_stay_words(hostile: Filing) -> None:
    """A title that begins with = is text in Excel and has a quote before it in CSV."""
    cells = [cell for row in opened(filings_workbook([("x", hostile, ())]))["Table I"].rows for cell in row]
    (title,) = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert title.data_type == "s"
    with zipfile.ZipFile(io.BytesIO(archive([hostile], "csv"))) as files:
        assert b"'=cmd" in files.read("NONDERIV_HOLDING.csv")


def test_report_shows_markup_as_words(hostile: Filing) -> None:
    """Nothing of a filing becomes an element of the page."""
    page = report_html(filing_report("<b>x.xml</b>", hostile, ())).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_report_reads_like_the_filing() -> None:
    """Issuer, table, meaning of the code and the correction are on the page."""
    line = Correction(
        1, "correct", "issuer.name", by="Ada", at=datetime(2026, 1, 2), reason="typo", was="MKZ", value="MKS"
    )
    page = report_html(filing_report("b.txt", bertucci()[1], [line])).decode()
    for words in (
        "MKS INSTRUMENTS INC (MKSI)",
        "Table I",
        "1,700",
        "Open-market or private sale",
        "MKZ → MKS",
    ):
        assert words in page


def test_parquet_keeps_every_digit() -> None:
    """Prices with many places and a billion shares come back as they were; the types are the same without rows."""
    row = transaction(
        "2020-01-02", "S", "D", "1234567890.1234", 9, transaction_price_per_share=Decimal("0.0000123")
    )
    with zipfile.ZipFile(io.BytesIO(archive([filing("2020-01-02", row)], "parquet"))) as files:
        tables = {name: pq.read_table(io.BytesIO(files.read(name))) for name in files.namelist()}
    assert len(tables) == 8
    (found,) = tables["NONDERIV_TRANS.parquet"].to_pylist()
    assert (found["TRANS_SHARES"], found["TRANS_PRICEPERSHARE"]) == (
        Decimal("1234567890.1234"),
        Decimal("0.0000123"),
    )
    assert found["TRANS_DATE"] == date(2020, 1, 2)
    empty = tables["DERIV_TRANS.parquet"].schema
    assert str(empty.field("TRANS_DATE").type) == "date32[day]"
    assert str(empty.field("TRANS_SHARES").type).startswith("decimal128")


def test_a_filing_in_two_containers_stays_two() -> None:
    """Rows of two records are never one filing's, though both have the same accession number."""
    one = replace(bertucci()[1], submission=Submission("0000000001-20-000001"))
    with zipfile.ZipFile(io.BytesIO(archive([one, replace(one, container="pdf")], "tsv"))) as files:
        keys = [line.split("\t")[0] for line in files.read("SUBMISSION.tsv").decode().splitlines()[1:]]
    assert keys == ["0000000001-20-000001", "0000000001-20-000001-2"]


def test_amounts_that_no_column_takes_are_text_with_every_digit() -> None:
    """Nothing is rounded, and nothing fails."""
    row = transaction("2020-01-02", "S", "D", "1E40", 9)
    with zipfile.ZipFile(io.BytesIO(archive([filing("2020-01-02", row)], "parquet"))) as files:
        (found,) = pq.read_table(io.BytesIO(files.read("NONDERIV_TRANS.parquet"))).to_pylist()
    assert found["TRANS_SHARES"] == "1" + "0" * 40


def test_tsv_is_written_as_the_sec_does() -> None:
    """Dates as 08-NOV-2007, a head line, tabs."""
    with zipfile.ZipFile(io.BytesIO(archive([bertucci()[1]], "tsv"))) as files:
        head, first, *_ = files.read("SUBMISSION.tsv").decode().split("\n")
    found = dict(zip(head.split("\t"), first.split("\t"), strict=True))
    assert found["PERIOD_OF_REPORT"] == "08-NOV-2007"
    assert found["ISSUERTRADINGSYMBOL"] == "MKSI"


def test_numbers_that_excel_would_round_are_text() -> None:
    """More than fifteen digits are kept as text."""
    sheet = opened(workbook([Sheet("A", ["n"], [[Decimal("12345678901234567.5")], [Decimal("1.5")]])]))["A"]
    assert [row[0].value for row in list(sheet.rows)[1:]] == ["12345678901234567.5", 1.5]
