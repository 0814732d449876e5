"""The SEC's data sets: what is written as one comes back as it was, and what is broken is said while the rest loads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.exports.data_set import archive
from lib.filings.errors import UnreadableFiling
from lib.filings.readers import dataset_slices, read
from lib.filings.readers.archive import members
from lib.filings.record import Filing, Signature, Submission
from tests.builders import bertucci, filing, holding, transaction
from tests.filings.strategies import filings


def numbered(found: list[Filing]) -> list[Filing]:
    """The filings with an accession number each, as a data set must have."""
    return [
        replace(one, submission=Submission(f"0000000001-20-{n:06}", one.submission.filed_as_of_date))
        for n, one in enumerate(found, 1)
    ]


def tables(found: list[Filing]) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive(found, "tsv"))) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            target.writestr(name, text)
    return out.getvalue()


def loaded(data: bytes) -> tuple[list[Filing], list[str]]:
    """The filings of a data set, and what is said of what is not read."""
    good: list[Filing] = []
    said: list[str] = []
    for name, found in members("set.zip", io.BytesIO(data)):
        if isinstance(found, UnreadableFiling):
            said.append(str(found))
        else:
            good += read(name, found)
    return good, said


def bare(one: Filing) -> Filing:
    """What a data set can say of a filing."""
    return replace(one, container="dataset", schema_version=None, sources={}, findings=())


@given(st.lists(filings(), min_size=1, max_size=3))
@settings(max_examples=60)
def test_records_come_back_as_they_were(found: list[Filing]) -> None:
    """Rows in printed order, marks, exact numbers, words of any script."""
    found = numbered(found)
    good, said = loaded(archive(found, "tsv"))
    assert said == []
    assert [bare(one) for one in good] == [bare(one) for one in found]


def test_every_value_has_its_line() -> None:
    """The document of a filing shows where each value stands."""
    (one, *_), _ = loaded(archive(numbered(bertucci()[1:]), "tsv"))
    ((_, data),) = members("set.zip", io.BytesIO(archive(numbered(bertucci()[1:]), "tsv")))
    assert isinstance(data, bytes)
    place = one.sources["non_derivative[0].transaction_shares"]
    assert place.line
    assert data.decode().split("\n")[place.line - 1][place.start : place.end] == "1700"


def test_rows_numbered_through_all_filings_keep_their_order() -> None:
    """The SEC's keys count through a whole table: transactions first, each kind by its key."""
    rows = (holding(5), transaction("2020-01-02", "S", "D", 1, 4), transaction("2020-01-03", "S", "D", 1, 3))
    files = tables(numbered([filing("2020-01-02", *rows)]))
    head, one, two, *_ = files["NONDERIV_TRANS.tsv"].split("\n")
    at = head.split("\t").index("NONDERIV_TRANS_SK")
    lines = [line.split("\t") for line in (two, one)]
    for line, key in zip(lines, ("2546261", "2546260"), strict=True):
        line[at] = key
    files["NONDERIV_TRANS.tsv"] = "\n".join([head, *("\t".join(line) for line in lines), ""])
    (found,), _ = loaded(packed(files))
    assert [(row.row_type, str(row.transaction_date)) for row in found.non_derivative] == [
        ("transaction", "2020-01-02"),
        ("transaction", "2020-01-03"),
        ("holding", "None"),
    ]


def without_table(files: dict[str, str]) -> None:
    del files["FOOTNOTES.tsv"]


def with_renamed_column(files: dict[str, str]) -> None:
    files["NONDERIV_TRANS.tsv"] = files["NONDERIV_TRANS.tsv"].replace("TRANS_SHARES\t", "SHARES\t", 1)


def with_broken_row(files: dict[str, str]) -> None:
    files["NONDERIV_TRANS.tsv"] += "0000000001-20-000001\t7\tcut off\n"


def of_another_quarter(files: dict[str, str]) -> None:
    files["OWNER_SIGNATURE.tsv"] += "0000000009-99-000001\tNobody\t01-JAN-1999\n"


@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        (without_table, "FOOTNOTES.tsv: is missing from the data set"),
        (with_renamed_column, "lacks the column TRANS_SHARES"),
        (with_broken_row, "has a broken row in line"),
        (
            of_another_quarter,
            "has 1 rows of filings that SUBMISSION.tsv does not list, such as 0000000009-99-000001",
        ),
    ],
)
def test_what_is_broken_is_said_and_the_rest_loads(
    breaking: Callable[[dict[str, str]], None], said: str
) -> None:
    """A sentence each, and every filing is there."""
    files = tables(numbered(bertucci()))
    breaking(files)
    good, told = loaded(packed(files))
    assert len(good) == 2
    (one,) = told
    assert said in one


def test_a_value_that_cannot_stand_is_left_empty_with_a_finding() -> None:
    """No number and no date is made up."""
    files = tables(numbered(bertucci()[1:]))
    files["NONDERIV_TRANS.tsv"] = files["NONDERIV_TRANS.tsv"].replace("\t1700\t", "\tmany\t")
    (one,), _ = loaded(packed(files))
    assert one.non_derivative[0].transaction_shares is None
    assert [finding.where for finding in one.findings] == ["non_derivative[0].transaction_shares"]


def with_cell(table: str, column: str, text: str) -> dict[str, str]:
    """The tables of one filing, with one cell of the first row of one of them replaced."""
    signed = replace(bertucci()[1], signatures=(Signature("/s/ Bertucci", date(2007, 11, 9)),))
    files = tables(numbered([signed]))
    head, first, *rest = files[f"{table}.tsv"].split("\n")
    cells = first.split("\t")
    cells[head.split("\t").index(column)] = text
    files[f"{table}.tsv"] = "\n".join([head, "\t".join(cells), *rest])
    return files


@pytest.mark.parametrize(
    ("table", "column", "text", "where"),
    [
        ("SUBMISSION", "NO_SECURITIES_OWNED", "Y", "no_securities_owned"),
        ("SUBMISSION", "NOT_SUBJECT_SEC16", "yes", "not_subject_to_section16"),
        ("SUBMISSION", "AFF10B5ONE", "X", "aff10b5_one"),
        ("SUBMISSION", "PERIOD_OF_REPORT", "10-MAY-24", "period_of_report"),
        ("SUBMISSION", "PERIOD_OF_REPORT", "10-MAY-2_24", "period_of_report"),
        ("SUBMISSION", "FILING_DATE", "10-MAY-24", "submission.filed_as_of_date"),
        ("OWNER_SIGNATURE", "OWNERSIGNATUREDATE", "10-MAY-1924", "signatures[0].date"),
        ("NONDERIV_TRANS", "TRANS_DATE", "10-MAY-2200", "non_derivative[0].transaction_date"),
        ("NONDERIV_TRANS", "EQUITY_SWAP_INVOLVED", "Y", "non_derivative[0].equity_swap_involved"),
        ("NONDERIV_TRANS", "SHRS_OWND_FOLWNG_TRANS", "-5", "non_derivative[0].shares_owned_following"),
        ("NONDERIV_TRANS", "NONDERIV_TRANS_SK", "\N{SUPERSCRIPT TWO}", "non_derivative[0]"),
        ("NONDERIV_TRANS", "NONDERIV_TRANS_SK", "9" * 5_000, "non_derivative[0]"),
    ],
)
def test_no_value_is_lost_without_a_finding(table: str, column: str, text: str, where: str) -> None:
    """Switches that say neither yes nor no, days outside the law's life, amounts below zero, keys that do not count."""
    (one,), _ = loaded(packed(with_cell(table, column, text)))
    (finding,) = one.findings
    assert (finding.where, finding.rule) == (where, "dataset.value")
    assert f"{column} says “{text[:40]}”" in finding.message
    assert one.non_derivative[0].transaction_shares == 1700


def test_a_table_that_is_damaged_is_said_and_the_rest_loads() -> None:
    """Its rows are left out."""
    data = bytearray(packed(tables(numbered(bertucci() * 40))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as files:
        info = files.getinfo("REPORTINGOWNER.tsv")
    start = info.header_offset + 60
    data[start : start + 40] = bytes(40)
    good, said = loaded(bytes(data))
    assert len(good) == 80
    assert any("REPORTINGOWNER.tsv" in one and "broken inside its archive" in one for one in said)


def test_columns_may_come_in_any_order() -> None:
    """The heads say what stands where."""
    files = tables(numbered(bertucci()))
    lines = [line.split("\t") for line in files["SUBMISSION.tsv"].splitlines()]
    files["SUBMISSION.tsv"] = "".join("\t".join([*line[1:], line[0]]) + "\n" for line in lines)
    good, said = loaded(packed(files))
    assert said == []
    assert [one.issuer.symbol for one in good] == ["MKSI", "MKSI"]


def test_a_set_without_submissions_is_no_set() -> None:
    """It is an archive of files that are no filings, and says so."""
    files = tables(numbered(bertucci()))
    files["SUBMISSION.tsv"] = "\n"
    with pytest.raises(UnreadableFiling, match="holds no submissions that can be read"):
        loaded(packed(files))


def test_the_secs_own_tables_load(root: Path) -> None:
    """Lines as the SEC writes them: other names of columns, numbers with a nought, no owners' table in this part."""
    folder = root.parent / "shared" / "corpus" / "dataset"
    if not folder.exists():
        pytest.skip("the SEC's tables are not beside this checkout")
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.tsv")}
    good, said = loaded(packed(files))
    assert len(good) == 1500
    assert any("is missing from the data set" in one for one in said)
    assert all(one.issuer.cik and one.period_of_report for one in good)


def test_a_set_of_too_many_filings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number, the limit and what to do."""
    monkeypatch.setattr(dataset_slices, "MAX_FILINGS", 3)
    with pytest.raises(UnreadableFiling, match="lists 4 filings; up to 3 are read of one data set"):
        loaded(packed(tables(numbered(bertucci() * 2))))


def test_tables_that_unpack_to_too_much_together_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those before the limit load, those after it are said."""
    files = tables(numbered(bertucci()))
    monkeypatch.setattr(dataset_slices, "MAX_TOTAL_BYTES", len(files["SUBMISSION.tsv"]) + 10)
    good, said = loaded(packed(files))
    assert len(good) == 2
    assert any("REPORTINGOWNER.tsv: unpacks to more than any data set holds" in one for one in said)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("1700.0", "1700"), (".0", "0"), ("12.50", "12.50"), (".5", "0.5"), ("1.5E3", "1.5E+3")],
)
def test_amounts_are_read_as_the_tables_write_them(written: str, read_as: str) -> None:
    """A whole number's point and nought say nothing, even alone; other digits stay as they are."""
    files = tables(numbered(bertucci()[1:]))
    files["NONDERIV_TRANS.tsv"] = files["NONDERIV_TRANS.tsv"].replace("\t1700\t", f"\t{written}\t")
    (one, *_), said = loaded(packed(files))
    assert said == []
    assert str(one.non_derivative[0].transaction_shares) == read_as


def test_rows_of_a_filing_may_stand_anywhere_in_a_table() -> None:
    """In another order, with blank lines between, and without an end of the last line: the same filings."""
    files = tables(numbered(bertucci() * 2))
    good, _ = loaded(packed(files))
    head, *lines = files["NONDERIV_TRANS.tsv"].splitlines()
    shuffled = [*lines[::2], "", *lines[1::2]]
    files["NONDERIV_TRANS.tsv"] = "\n".join([head, *shuffled])
    again, said = loaded(packed(files))
    assert len({line.split("\t")[0] for line in lines}) > 1
    assert said == []
    assert [bare(one) for one in again] == [bare(one) for one in good]
