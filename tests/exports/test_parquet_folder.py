"""An ingest straight into Parquet: the tables of an export, every filing once, whole parts or none."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from pyarrow import dataset as ds

from benchmarks.bulk_set import bulk_set
from lib.__main__ import main
from lib.exports import parquet_folder
from lib.exports.data_set import archive
from lib.exports.parquet_folder import ParquetFolder
from lib.store.command import ingest_places
from tests.builders import bertucci
from tests.filings.test_dataset import numbered

COUNT = 60


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bulk")
    bulk_set(root / "sample_filings", out, COUNT)
    return out


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    found = ds.dataset(folder / table, partitioning="hive").to_table().to_pylist()
    return sorted(found, key=repr)


def ingest(place: Path, out: Path) -> tuple[int, str]:
    said = io.StringIO()
    status = ingest_places([str(place)], said, io.StringIO(), library=ParquetFolder(out), workers=1)
    return status, said.getvalue()


def test_the_tables_hold_every_filing_once(folder: Path, tmp_path: Path) -> None:
    """By year of the period, under keys that no two share; a second run reads nothing."""
    out = tmp_path / "tables"
    assert main(["ingest", str(folder), "--parquet", str(out)]) == 0
    submissions = rows(out, "SUBMISSION")
    assert len({one["ACCESSION_NUMBER"] for one in submissions}) == COUNT
    assert all(str(one["PERIOD_OF_REPORT"])[:4] == str(one["year"]) for one in submissions)
    status, said = ingest(folder, out)
    assert (status, f"0 read, {COUNT} already there" in said) == (0, True)
    assert rows(out, "SUBMISSION") == submissions


def test_amounts_are_exact(tmp_path: Path) -> None:
    """As an export writes them."""
    (tmp_path / "set.zip").write_bytes(archive(numbered(bertucci()), "tsv"))
    assert ingest(tmp_path / "set.zip", tmp_path / "out")[0] == 0
    assert Decimal(1700) in {row["TRANS_SHARES"] for row in rows(tmp_path / "out", "NONDERIV_TRANS")}


def test_what_a_killed_run_left_is_taken_away(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it was broken off, the next run ends with the tables of an undisturbed one."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert ingest(folder, whole)[0] == 0
    write = parquet_folder._write

    def full_after(files: int) -> Callable[[Path, bytes], None]:
        written = count(1)

        def one(path: Path, data: bytes) -> None:
            if next(written) > files:
                path.with_suffix(parquet_folder.HALF).write_bytes(data[:9])
                raise OSError(28, "No space left on device")
            write(path, data)

        return one

    for files in (1, 5, 9):
        monkeypatch.setattr(parquet_folder, "_write", full_after(files))
        assert ingest(folder, broken)[0] == 1
    monkeypatch.setattr(parquet_folder, "_write", write)
    assert ingest(folder, broken)[0] == 0
    for table in ("SUBMISSION", "REPORTINGOWNER", "NONDERIV_TRANS", "FOOTNOTES"):
        assert rows(broken, table) == rows(whole, table)


def test_a_folder_that_cannot_be_written_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, status 1."""
    (tmp_path / "file").write_text("")
    assert main(["ingest", str(folder), "--parquet", str(tmp_path / "file" / "x")]) == 1
    assert "name another folder with --parquet" in capsys.readouterr().err
