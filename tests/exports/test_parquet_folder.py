"""An ingest straight into Parquet: the tables of an export, every filing once, whole parts or none."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pyarrow import dataset as ds

from benchmarks.bulk_set import bulk_set
from lib.__main__ import main
from lib.exports import parquet_folder
from lib.exports.data_set import archive
from lib.exports.parquet_folder import ParquetFolder
from lib.store import UnusableStore
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

        def one(half: Path, data: bytes) -> None:
            if next(written) > files:
                half.write_bytes(data[:9])
                raise OSError(28, "No space left on device")
            write(half, data)

        return one

    for files in (1, 5, 9):
        monkeypatch.setattr(parquet_folder, "_write", full_after(files))
        assert ingest(folder, broken)[0] == 1
    monkeypatch.setattr(parquet_folder, "_write", write)
    assert ingest(folder, broken)[0] == 0
    for table in ("SUBMISSION", "REPORTINGOWNER", "NONDERIV_TRANS", "FOOTNOTES"):
        assert rows(broken, table) == rows(whole, table)


def test_what_is_said_to_be_kept_outlasts_a_loss_of_power(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every part, and each folder up to the root that names it, is on the disk before the list that lets it count."""
    lasting: set[Path] = set()
    make_last, replace = parquet_folder._make_last, Path.replace

    def noted(path: Path) -> None:
        make_last(path)
        lasting.add(path)

    def renamed(half: Path, path: Path) -> Path:
        assert half in lasting
        if path.parent.name == parquet_folder.LISTS:
            parts = list((tmp_path / "out").glob("*/year=*/part-*"))
            assert parts
            assert {part.with_suffix(parquet_folder.HALF) for part in parts} <= lasting
            assert {folder for part in parts for folder in part.parents[:3]} <= lasting
        return replace(half, path)

    monkeypatch.setattr(parquet_folder, "_make_last", noted)
    monkeypatch.setattr(Path, "replace", renamed)
    assert ingest(folder, tmp_path / "out")[0] == 0
    assert tmp_path / "out" / parquet_folder.LISTS in lasting


def test_a_new_folder_outlasts_a_loss_of_power(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every folder that the run makes is on the disk in the one that holds it, up to one that was there."""
    lasting: list[Path] = []
    make_last = parquet_folder._make_last
    monkeypatch.setattr(parquet_folder, "_make_last", lambda path: (make_last(path), lasting.append(path)))
    out = tmp_path / "new" / "out"
    parquet_folder.ParquetFolder(out).close()
    assert lasting == [out, tmp_path / "new", tmp_path]
    lasting.clear()
    parquet_folder.ParquetFolder(out).close()
    assert lasting == []


def test_a_batch_that_fails_leaves_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reads the folder meanwhile counts no part of it: neither where the disk is full nor where a table cannot be made."""
    write, made = parquet_folder._write, parquet_folder.table_bytes

    def full(half: Path, data: bytes) -> None:
        if half.parent.name == parquet_folder.LISTS:
            half.write_bytes(data[:9])
            raise OSError(28, "No space left on device")
        write(half, data)

    def unmade(name: str, *more: Any) -> bytes:
        if name == "FOOTNOTES":
            raise ValueError("a table that cannot be made")
        return made(name, *more)

    for name, broken in (("_write", full), ("table_bytes", unmade)):
        out = tmp_path / name
        with monkeypatch.context() as patched:
            patched.setattr(parquet_folder, name, broken)
            assert ingest(folder, out)[0] == 1
        listed = {part.stem for part in (out / "_DOCUMENTS").glob("*")}
        parts = {part.stem.removeprefix("part-") for part in out.glob("*/year=*/*")}
        assert parts <= listed
        assert not list(out.rglob("*.half"))
        # The keys of what failed are free again.
        assert ingest(folder, out)[0] == 0
        assert not any("-2" in str(row["ACCESSION_NUMBER"])[-2:] for row in rows(out, "SUBMISSION"))


def test_another_programs_files_stay(folder: Path, tmp_path: Path) -> None:
    """A folder that no ingest wrote is refused; in ours, what has another name or place is left alone."""
    theirs = tmp_path / "warehouse" / "sales" / "year=2024" / "part-00000-5f1c.snappy.parquet"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    with pytest.raises(UnusableStore, match="holds something else than an ingest's tables"):
        ParquetFolder(tmp_path / "warehouse")
    assert [one for one in (tmp_path / "warehouse").rglob("*") if one.is_file()] == [theirs]

    out = tmp_path / "out"
    assert ingest(folder, out)[0] == 0
    left = out / "SUBMISSION" / "year=2024" / f"part-{'0' * 20}.parquet"
    others = [
        out / "sales" / "year=2024" / f"part-{'0' * 20}.parquet",
        left.with_name("part-00000-5f1c.snappy.parquet"),
        left.with_name(f"part-{'0' * 20}.parquet.crc"),
    ]
    for path in (left, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    ParquetFolder(out).close()
    assert [path.exists() for path in (left, *others)] == [False, True, True, True]


def test_two_runs_do_not_write_one_folder(
    root: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second is refused, in this process or another, until the first is done or dead."""
    held = ParquetFolder(tmp_path)
    assert main(["ingest", str(folder), "--parquet", str(tmp_path)]) == 1
    assert "Another run is writing" in capsys.readouterr().err
    held.close()
    script = f"from lib.exports.parquet_folder import *; one = ParquetFolder(Path({str(tmp_path)!r})); print(1, flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(UnusableStore, match="Another run is writing"):
            ParquetFolder(tmp_path)
        other.kill()
    assert main(["ingest", str(folder), "--parquet", str(tmp_path)]) == 0
    assert len(rows(tmp_path, "SUBMISSION")) == COUNT


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, -1], ids=["empty", "head", "half", "whole lines"])
def test_a_list_that_was_cut_short_is_none(folder: Path, tmp_path: Path, kept: float) -> None:
    """Its documents are read again, once."""
    assert ingest(folder, tmp_path)[0] == 0
    before = rows(tmp_path, "SUBMISSION")
    path = min((tmp_path / "_DOCUMENTS").glob("*.jsonl"))
    data = path.read_bytes()
    path.write_bytes(b"".join(data.splitlines(True)[:-1]) if kept < 0 else data[: int(kept * len(data))])
    assert ingest(folder, tmp_path)[0] == 0
    assert rows(tmp_path, "SUBMISSION") == before


@pytest.mark.parametrize("text", ["[]\n", '{"documents": 1, "keys": []}\n{}\n', "not ours\n"])
def test_a_list_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    """By its name, and nothing is taken away."""
    ParquetFolder(tmp_path).close()
    (tmp_path / "_DOCUMENTS" / "x.jsonl").write_text(text)
    left = tmp_path / "SUBMISSION" / "year=2024" / f"part-{'0' * 20}.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    with pytest.raises(UnusableStore, match=r"x\.jsonl is no list of documents"):
        ParquetFolder(tmp_path)
    assert left.exists()


def test_a_folder_that_cannot_be_written_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, status 1."""
    (tmp_path / "file").write_text("")
    assert main(["ingest", str(folder), "--parquet", str(tmp_path / "file" / "x")]) == 1
    assert "name another folder with --parquet" in capsys.readouterr().err
