"""The export command: a library, or the part that is wanted, in formats that load back to the same records."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from lib.__main__ import main
from lib.exports.bulk import DATA_SET, write_all
from lib.filings.compare import compare
from lib.filings.record import Filing
from lib.store import open_store
from lib.store.command import ingest_places
from lib.ui.intake_panel import SAMPLES, sample_files
from tests.builders import filing, transaction


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library with the samples."""
    found = str(tmp_path_factory.mktemp("export") / "store.sqlite")
    files = [str(SAMPLES / name) for name, _ in sample_files(SAMPLES)]
    assert ingest_places(files, io.StringIO(), io.StringIO(), url=found) == 0
    return found


def records(place: str) -> list[Filing]:
    store = open_store(place)
    found = [one for _, one in store.filings(entry.id for entry in store.library())]
    found.sort(
        key=lambda one: (
            str(one.period_of_report),
            one.reporting_owners[0].name or "",
            one.document_type or "",
        )
    )
    store.close()
    return found


def test_a_data_set_loads_back_to_the_same_records(place: str, tmp_path: Path) -> None:
    """Export, ingest, compare."""
    assert main(["export", "--store", place, "--out", str(tmp_path), "--format", "dataset"]) == 0
    again = str(tmp_path / "again.sqlite")
    assert main(["ingest", str(tmp_path / DATA_SET), "--store", again]) == 0
    pairs = list(zip(records(place), records(again), strict=True))
    assert [pair for one, other in pairs for pair in compare(one, other) if not pair.same] == []
    assert [len(list(one.rows())) for one, _ in pairs] == [len(list(other.rows())) for _, other in pairs]


def test_parquet_is_partitioned_by_year_and_exact(place: str, tmp_path: Path) -> None:
    """A query engine reads the folder as one table with the year as a column."""
    assert main(["export", "--store", place, "--out", str(tmp_path)]) == 0
    table = ds.dataset(tmp_path / "NONDERIV_TRANS", partitioning="hive").to_table()
    assert {2003, 2007} <= set(table["year"].to_pylist())
    sold = [row for row in table.to_pylist() if row["TRANS_SHARES"] == Decimal(1700)]
    assert [row["TRANS_CODE"] for row in sold] == ["S"]


@pytest.mark.parametrize(
    ("options", "owners"),
    [
        (["--issuer", "MKSI"], {"BERTUCCI JOHN R", "SMITH DONALD K"}),
        (["--issuer", "mks instruments", "--owner", "bertucci"], {"BERTUCCI JOHN R"}),
        (["--form", "3", "--owner", "spice"], {"Spice Adam C."}),
        (["--issuer", "mksi", "--from", "2007-01-01", "--to", "2007-12-31"], {"BERTUCCI JOHN R"}),
    ],
)
def test_only_what_is_wanted(place: str, tmp_path: Path, options: list[str], owners: set[str]) -> None:
    """Issuer by ticker or words, owner by words, form, and period."""
    assert main(["export", "--store", place, "--out", str(tmp_path), "--format", "json", *options]) == 0
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert {owner["name"] for line in lines for owner in json.loads(line)["reporting_owners"]} == owners


def test_days_the_wrong_way_round_are_wrong_usage(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first day after the last is no choice that happens to be empty."""
    asked = ["--from", "2024-02-01", "--to", "2024-01-01"]
    assert main(["export", "--store", place, "--out", str(tmp_path / "out"), *asked]) == 2
    assert capsys.readouterr().err == "--from 2024-02-01 is after --to 2024-01-01; exchange the two.\n"


def test_nothing_to_export_is_said(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for filings and gets none hears so, with status 1, and no empty files are left."""
    out = tmp_path / "out"
    assert main(["export", "--store", place, "--out", str(out), "--owner", "nobody"]) == 1
    assert capsys.readouterr().err == "No filing in the library is of this choice; nothing was exported.\n"
    assert not out.exists()


def test_filings_that_share_a_name_have_files_of_their_own(tmp_path: Path) -> None:
    """Two filings of one owner and day are two files, told apart by their number in the library."""
    found = [(n, f"{n}.xml", filing("2020-01-02", transaction("2020-01-02", "S", "D", n, 5))) for n in (1, 2)]
    assert write_all([found], tmp_path, "xml")[0] == 2
    assert {path.name for path in tmp_path.iterdir()} == {
        "form4-mksi-bertucci-john-r-2020-01-02-1.xml",
        "form4-mksi-bertucci-john-r-2020-01-02-2.xml",
    }


def test_a_name_that_ends_like_anothers_number_is_not_taken_for_it(tmp_path: Path) -> None:
    """Each filing has its file, though an owner is called as another one and a number."""
    row = transaction("2020-01-02", "S", "D", 1, 5)
    found = [
        (n, f"{n}.xml", replace(filing("2020-01-02", row, owner=owner), period_of_report=None))
        for n, owner in {3: "A 12", 4: "A", 12: "A"}.items()
    ]
    assert write_all([found], tmp_path, "xml") == (3, [])
    assert len(list(tmp_path.iterdir())) == 3


def test_one_choice_after_another_goes_into_one_folder(tmp_path: Path) -> None:
    """A file's name does not hang on what else is exported with it."""
    for n in (1, 2):
        one = filing("2020-01-02", transaction("2020-01-02", "S", "D", n, 5))
        assert write_all([[(n, f"{n}.xml", one)]], tmp_path, "xml") == (1, [])
    assert len(list(tmp_path.iterdir())) == 2


def test_what_xml_cannot_hold_is_said_and_the_rest_is_written(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 only where something is missing."""
    status = main(["export", "--store", place, "--out", str(tmp_path), "--format", "xml"])
    files = [path.name for path in tmp_path.glob("*.xml")]
    written = len(files)
    assert any(re.fullmatch(r"form4-rklb-frank-edward-h-2024-12-11-\d+\.xml", name) for name in files)
    refused = capsys.readouterr().err.splitlines()
    assert written + len(refused) == len(records(place))
    assert status == (1 if refused else 0)


def test_a_folder_that_cannot_be_written_is_said(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, status 1."""
    (tmp_path / "file").write_text("")
    assert main(["export", "--store", place, "--out", str(tmp_path / "file" / "x"), "--format", "csv"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_library_that_may_not_be_looked_at_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a folder without the right to it; here the name is too long."""
    place = tmp_path / ("a" * 300) / "store.sqlite"
    assert main(["export", "--store", str(place), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("The library cannot be opened at ")


def test_the_ledger_and_its_breaks_are_tables_beside_the_eight(place: str, tmp_path: Path) -> None:
    """Exact amounts: what no filing explains of Bertucci's direct line."""
    assert main(["export", "--store", place, "--out", str(tmp_path), "--issuer", "MKSI"]) == 0
    ledger = ds.dataset(tmp_path / "LEDGER").to_table().to_pylist()
    assert {row["issuer"] for row in ledger} == {"MKS INSTRUMENTS INC"}
    breaks = ds.dataset(tmp_path / "BREAKS").to_table().to_pylist()
    assert Decimal(-2816593) in {row["amount"] for row in breaks}


@pytest.mark.parametrize(("form", "name"), [("csv", "BREAKS.csv"), ("xlsx", "ledger.xlsx")])
def test_the_ledger_comes_in_what_spreadsheets_read(place: str, tmp_path: Path, form: str, name: str) -> None:
    """The same tables as CSV and as a workbook."""
    assert main(["export", "--store", place, "--out", str(tmp_path), "--format", form]) == 0
    assert (tmp_path / name).stat().st_size > 500
