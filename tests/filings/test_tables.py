"""Records as the SEC's data-set rows: names, order, types and keys."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from lib.filings.readers import read
from lib.filings.record import Filing, Owner, Row, Signature, Submission
from lib.filings.tables import COLUMNS, data_set_rows
from tests.builders import filing, holding, transaction
from tests.filings.documents import form4
from tests.filings.strategies import filings

METADATA = Path(__file__).parents[3] / "shared" / "corpus" / "dataset" / "FORM_345_metadata.json"
CONTACTS = {
    "CONTACT_NAME",
    "CONTACT_PHONE_NUMBER",
    "CONTACT_EMAIL_ADDRESS",
    "NOTIFICATION_EMAIL_ADDRESS",
}


@pytest.mark.skipif(not METADATA.exists(), reason="the shared corpus is not beside this checkout")
def test_columns_are_the_data_sets() -> None:
    """Every table has the columns of the SEC's metadata in its order, and only the 10b5-1 box besides."""
    wanted = {
        table["url"].removesuffix(".tsv"): tuple(
            column["name"] for column in table["tableSchema"]["columns"] if column["name"] not in CONTACTS
        )
        for table in json.loads(METADATA.read_text(encoding="utf-8"))["tables"]
    }
    wanted["SUBMISSION"] += ("AFF10B5ONE",)
    assert wanted == COLUMNS


def test_a_plain_filing_is_seen_in_its_tables() -> None:
    """A sale and a holding read from XML stand in their tables with types, marks and keys kept."""
    tables = data_set_rows(read("acme.xml", form4()))
    (sale,), (held,) = tables["NONDERIV_TRANS"], tables["NONDERIV_HOLDING"]
    assert sale["TRANS_DATE"] == date(2024, 3, 1)
    assert (sale["TRANS_CODE"], sale["TRANS_SHARES"]) == ("S", Decimal(100))
    assert (sale["NONDERIV_TRANS_SK"], held["NONDERIV_HOLDING_SK"]) == (1, 2)
    assert (held["NATURE_OF_OWNERSHIP"], held["NATURE_OF_OWNERSHIP_FN"]) == ("By Trust", "F1")
    assert tables["FOOTNOTES"] == [
        {"ACCESSION_NUMBER": "document-1", "FOOTNOTE_ID": "F1", "FOOTNOTE_TXT": "Held in a trust."}
    ]
    assert tables["DERIV_TRANS"] == []


def test_a_filing_is_keyed_by_its_accession_number() -> None:
    """Where a submission's header gave the accession number and filing date, they stand in the rows."""
    header = Submission("0000000001-24-000001", date(2024, 3, 5))
    record = filing(
        "2024-03-01",
        holding(5),
        submission=header,
        signatures=(Signature("/s/ Doe", date(2024, 3, 4)),),
    )
    tables = data_set_rows([record, replace(record, submission=Submission())])
    assert [row["ACCESSION_NUMBER"] for row in tables["OWNER_SIGNATURE"]] == [
        "0000000001-24-000001",
        "document-2",
    ]
    assert tables["SUBMISSION"][0]["FILING_DATE"] == date(2024, 3, 5)


class Counted(set[str]):
    """A set that counts how often it is asked, and is never walked over."""

    asked = 0

    def __contains__(self, key: object) -> bool:
        self.asked += 1
        return super().__contains__(key)

    def __len__(self) -> int:
        raise AssertionError("the names to try are not listed beforehand")


def test_a_key_costs_as_much_however_many_are_taken() -> None:
    """A free one is asked for once, one that is taken twice."""
    header = Submission("0000000001-24-000001")
    record = filing("2024-03-01", holding(5), submission=header)
    taken = Counted(f"{n}" for n in range(1000))
    tables = data_set_rows([record, record], taken)
    assert [row["ACCESSION_NUMBER"] for row in tables["SUBMISSION"]] == [
        "0000000001-24-000001",
        "0000000001-24-000001-2",
    ]
    assert taken.asked == 3


def test_roles_are_joined_as_the_sec_joins_them() -> None:
    """Several roles are one text, none is nothing."""
    owners = (Owner(name="A", is_director=True, is_ten_percent_owner=True), Owner(name="B"))
    rows = data_set_rows([filing("2024-03-01", reporting_owners=owners)])["REPORTINGOWNER"]
    assert [row["RPTOWNER_RELATIONSHIP"] for row in rows] == ["Director,TenPercentOwner", None]


def test_marks_of_the_coding_stand_where_the_sec_puts_them() -> None:
    """A mark on the code goes to the swap's marks, of a late holding to the form type's, several with commas."""
    marks = {"transaction_code": ("F1", "F2")}
    sale = replace(transaction("2024-03-01", "S", "D", 1, 0), footnotes=marks)
    late = replace(holding(1), transaction_form_type="3", footnotes=marks)
    tables = data_set_rows([filing("2024-03-01", sale, late)])
    assert tables["NONDERIV_TRANS"][0]["EQUITY_SWAP_INVOLVED_FN"] == "F1, F2"
    assert tables["NONDERIV_HOLDING"][0]["TRANS_FORM_TYPE_FN"] == "F1, F2"
    assert tables["SUBMISSION"][0]["FORM3_HOLDINGS_REPORTED"] is True


def test_the_box_keeps_its_three_states() -> None:
    """Yes, no and not asked stay three different things in the table."""
    records = [filing("2024-03-01", aff10b5_one=box) for box in (True, False, None)]
    assert [row["AFF10B5ONE"] for row in data_set_rows(records)["SUBMISSION"]] == [True, False, None]


@settings(deadline=None)
@given(filings())
def test_no_row_and_no_value_is_lost(record: Filing) -> None:
    """Every row of the form is in exactly one table, with all columns and every value it holds."""
    tables = data_set_rows([record])
    for name, rows in tables.items():
        assert all(tuple(row) == COLUMNS[name] for row in rows)
    for table, prefix in (("non_derivative", "NONDERIV"), ("derivative", "DERIV")):
        found = {
            row[f"{prefix}_{kind}_SK"]: row
            for kind in ("TRANS", "HOLDING")
            for row in tables[f"{prefix}_{kind}"]
        }
        rows: tuple[Row, ...] = getattr(record, table)
        assert sorted(found) == list(range(1, len(rows) + 1))
        for n, row in enumerate(rows, 1):
            values = list(found[n].values())
            assert all(value in values for value in _values(row))


def _values(row: Row) -> list[object]:
    return [getattr(row, name) for name in Row.__dataclass_fields__ if name not in {"row_type", "footnotes"}]
