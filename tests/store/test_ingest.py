"""Bulk reading: everything once, failures by name, and the same library however often it is broken off."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from benchmarks.bulk_set import bulk_set
from lib.__main__ import main
from lib.exports.failures import write_failures
from lib.store import Store, command, open_store
from lib.store import ingest as ingesting
from lib.store.bulk import IntoStore
from lib.store.command import ingest_places, progress, skipped_words
from lib.store.ingest import Ingested, LibraryGone, ingest
from lib.store.inputs import documents, found
from lib.store.reading import Read, Reader

COUNT = 150


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many filings made from the samples."""
    out = tmp_path_factory.mktemp("bulk")
    bulk_set(root / "sample_filings", out, COUNT)
    return out


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "store.sqlite")


def run(places: list[str], place: str, **options: object) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    status = ingest_places(places, out, errors, url=place, **options)  # type: ignore[arg-type]
    return status, out.getvalue(), errors.getvalue()


def contents(place: str) -> list[tuple[object, ...]]:
    """What a library holds, without its ids and times."""
    store = open_store(place)
    found = sorted(
        (entry.sha256, entry.document, entry.form, entry.owners, repr(store.filing(entry.id)))
        for entry in store.library()
    )
    store.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    place = str(tmp_path_factory.mktemp("whole") / "store.sqlite")
    assert run([str(folder)], place)[0] == 0
    return contents(place)


def test_a_folder_goes_in_whole_and_once(
    folder: Path, place: str, undisturbed: list[tuple[object, ...]]
) -> None:
    """Every file of every subfolder; a second run reads nothing."""
    assert run([str(folder)], place, workers=2)[0] == 0
    assert contents(place) == undisturbed
    assert len(undisturbed) == COUNT
    status, said, _ = run([str(folder)], place)
    assert status == 0
    assert f"0 read, {COUNT} already there" in said


def test_a_pattern_an_archive_and_a_file_that_is_none(folder: Path, place: str, tmp_path: Path) -> None:
    """Each kind of place works beside the others; what fails is said with its name, and listed."""
    some = sorted(folder.rglob("*.xml"))[:6]
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        for path in some[:4]:
            archive.write(path, path.name)
        archive.writestr("notes.xml", "<?xml version='1.0'?><other/>")
    report = tmp_path / "failures.csv"
    places = [str(tmp_path / "*.zip"), str(some[4]), str(tmp_path / "nothing.xml")]
    status, said, errors = run(places, place, report=partial(write_failures, report))
    assert status == 1
    assert "5 read, 0 already there, 1 failed, 1 skipped" in said
    assert "1 file is not a filing and was skipped: " in said
    assert "some.zip/notes.xml" in said
    assert f"1 failure is listed in {report}." in said
    assert "nothing.xml" in errors
    with report.open(encoding="utf-8-sig") as file:
        listed = {row["file"].rpartition("/")[2] for row in csv.DictReader(file)}
    assert listed == {"nothing.xml"}
    with report.with_name("failures-skipped.csv").open(encoding="utf-8-sig") as file:
        assert [row["file"].rpartition("/")[2] for row in csv.DictReader(file)] == ["notes.xml"]


def test_a_report_has_nothing_of_an_earlier_run_beside_it(tmp_path: Path) -> None:
    """What was skipped then goes with the report that it belonged to; other files stay."""
    report, other = tmp_path / "failures.csv", tmp_path / "others-skipped.csv"
    other.write_text("")
    skipped = [Ingested("notes.md", "skipped", reason="notes.md: skipped, not a filing.")]
    beside = tmp_path / "failures-skipped.csv"
    assert write_failures(report, [], skipped) == [report, beside]
    assert write_failures(report, [], []) == [report]
    assert set(tmp_path.iterdir()) == {report, other}


def test_a_report_that_cannot_be_written_is_said(folder: Path, place: str, tmp_path: Path) -> None:
    """Exit status 1 after all is kept and told."""
    report = partial(write_failures, tmp_path / "nowhere" / "failures.csv")
    status, said, errors = run([str(min(folder.rglob("*.xml")))], place, report=report)
    assert status == 1
    assert "Done: 1 read" in said
    assert errors == (
        "The report cannot be written (No such file or directory); name another file with --report.\n"
    )


def test_what_was_skipped_is_told_by_its_kind() -> None:
    """A folder of other things is said in a line."""
    names = [*(f"facts/{n}.json" for n in range(27)), "a.py", "b.PY", "Makefile"]
    assert skipped_words(names) == (
        "30 files are not filings and were skipped: 27 .json, 2 .py, 1 without an ending."
    )


def test_the_report_has_no_formulas(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's name and what is said of it stand as text in a spreadsheet."""
    monkeypatch.chdir(tmp_path)
    Path("=cmd.xml").write_bytes(b"<?xml version='1.0'?><ownershipDocument><cut")
    assert main(["ingest", "=cmd.xml", "--store", place, "--report", "failures.csv"]) == 1
    (row,) = csv.DictReader(io.StringIO(Path("failures.csv").read_text(encoding="utf-8-sig")))
    assert row["file"] == "'=cmd.xml"
    assert row["reason"].startswith("'=cmd.xml: ")


def test_what_else_lies_in_a_folder_is_skipped(
    folder: Path, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It fails nothing, unless somebody names it; and nobody is told to drop a file in."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "README.md").write_text("# Notes\nNothing here.\n")
    (tmp_path / "a" / "one.xml").write_bytes(min(folder.rglob("*.xml")).read_bytes())
    status, said, errors = run([str(tmp_path / "a")], place)
    assert (status, errors) == (0, "")
    assert "1 read, 0 already there, 0 failed, 1 skipped" in said
    assert "1 file is not a filing" in said
    status, _, errors = run([str(tmp_path / "a" / "README.md")], place)
    assert status == 1
    assert errors.rstrip().endswith(
        "README.md: is a text, but not that of a Form 3, 4 or 5. Give the form as EDGAR shows it, its XML, a PDF "
        "or a text of it; plans are read on the Plans page."
    )
    assert "Drop in" not in errors
    assert "skipped" not in errors


def test_an_empty_file_is_told_what_to_give(place: str, tmp_path: Path) -> None:
    """The command's advice is that of ``read``, in words for somebody who names files."""
    (tmp_path / "empty.xml").write_bytes(b"")
    status, _, errors = run([str(tmp_path / "empty.xml")], place)
    assert status == 1
    assert errors.endswith("empty.xml: is empty. Give the filing's XML, page, PDF or text.\n")


def test_a_copy_of_a_file_that_fails_fails_too(place: str, tmp_path: Path) -> None:
    """In one batch both are read once, and both are said."""
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(b"<?xml version='1.0'?><ownershipDocument><cut")
    status, said, errors = run([str(tmp_path)], place)
    assert status == 1
    assert "0 read, 0 already there, 2 failed" in said
    assert "a.xml" in errors
    assert "b.xml" in errors


def test_killed_at_any_moment_the_next_run_completes(
    root: Path, folder: Path, place: str, undisturbed: list[tuple[object, ...]]
) -> None:
    """Whatever a kill leaves, every filing is whole or absent, and running again gives the same library."""
    rng = Random(7)
    line = [sys.executable, "-m", "lib", "ingest", str(folder), "--store", place]
    for _ in range(4):
        process = subprocess.Popen(line, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=rng.uniform(0.3, 2.5))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        if Path(place).exists():
            assert set(contents(place)) <= set(undisturbed)
    assert run([str(folder)], place)[0] == 0
    assert contents(place) == undisturbed


def test_two_runs_at_once_come_to_the_same_library(
    folder: Path, place: str, undisturbed: list[tuple[object, ...]]
) -> None:
    """Overlapping sets, nothing twice."""
    open_store(place).close()
    files = [str(path) for path in sorted(folder.rglob("*.xml"))]
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run, part, place) for part in (files[:100], list(reversed(files[50:])))]
        assert [one.result()[0] for one in runs] == [0, 0]
    assert contents(place) == undisturbed


class Broken:
    """A store whose writing fails a number of times."""

    def __init__(self, store: Store, times: int, why: str) -> None:
        self._store, self.left, self._why = store, times, why

    def begin(self) -> object:
        if self.left:
            self.left -= 1
            raise OperationalError("INSERT", {}, Exception(self._why))
        return self._store.begin()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def told(store: object, folder: Path) -> Iterator[Ingested]:
    reader, library = Reader(), IntoStore(store)  # type: ignore[arg-type]
    try:
        with ThreadPoolExecutor(1) as pool:
            yield from ingest(
                library, documents(found([str(folder)])), lambda batch: pool.submit(reader, batch), 2
            )
    finally:
        reader.close()


def test_a_database_that_is_gone_for_a_while_is_waited_for(folder: Path, store: Store) -> None:
    """Nothing is lost, nothing is twice."""
    broken = Broken(store, 2, "server closed the connection")
    assert all(one.state == "new" for one in told(broken, folder))
    assert broken.left == 0
    assert len(store.library()) == COUNT


@pytest.mark.parametrize(
    ("why", "said"), [("database or disk is full", "disk is full"), ("gone", "not answer")]
)
def test_a_library_that_cannot_be_written_ends_the_run_in_a_sentence(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch, why: str, said: str
) -> None:
    """What was kept is kept, and the sentence says to run again."""
    monkeypatch.setattr(ingesting, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(LibraryGone, match=said):
        list(told(Broken(store, 99, why), folder))
    assert store.library() == []


def test_a_library_that_lacks_a_column_is_not_waited_for(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends at once with what the database says, and blames neither the server nor a filing."""
    monkeypatch.setattr(ingesting.time, "sleep", lambda _: pytest.fail("waited"))
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE filings RENAME COLUMN accession TO another"))
    with pytest.raises(LibraryGone, match=r"refuses what it is asked .*accession"):
        list(told(store, folder))
    with store.begin() as connection:
        connection.execute(text("DROP TABLE trades"))
        connection.execute(text("ALTER TABLE filings RENAME COLUMN another TO accession"))
    with pytest.raises(LibraryGone, match="no such table: trades"):
        list(told(store, folder))


def test_a_filing_that_no_library_can_keep_fails_alone(folder: Path, store: Store) -> None:
    """Whatever the database says of one document, the others are kept."""

    class Picky(Broken):
        def begin(self) -> object:
            raise OverflowError("Python int too large to convert")

        def add_document(self, *_: object) -> object:
            raise AssertionError

    picky = Picky(store, 0, "")
    assert {one.state for one in told(picky, folder)} == {"failed"}


def test_a_run_whose_readers_are_gone_ends_in_a_sentence(folder: Path, store: Store) -> None:
    """Such as a cluster whose workers died, or a temporary folder without room."""

    def gone(_batch: object) -> Future[list[Read]]:
        found: Future[list[Read]] = Future()
        found.set_exception(OSError(28, "No space left on device"))
        return found

    with pytest.raises(LibraryGone, match="No space left"):
        list(ingest(IntoStore(store), documents(found([str(folder)])), gone, 2))


def test_a_library_that_cannot_be_opened_is_said(folder: Path) -> None:
    """Exit status 1 and the sentence."""
    status, _, errors = run([str(folder)], "mysql://x")
    assert (status, "STAKELINE_STORE" in errors) == (1, True)


def test_a_library_that_cannot_be_made_is_said(folder: Path, tmp_path: Path) -> None:
    """Though files were read by then: it is made when there is something to keep."""
    (tmp_path / "file").write_text("no folder")
    status, said, errors = run([str(folder)], str(tmp_path / "file" / "store.sqlite"))
    assert (status, "STAKELINE_STORE" in errors, "Done" in said) == (1, True, False)


def test_a_cluster_that_is_not_there_is_said(
    folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler's address and what to do."""
    monkeypatch.setattr(command, "SCHEDULER_SECONDS", 1)
    status, _, errors = run([str(folder)], place, scheduler="tcp://127.0.0.1:1")
    assert status == 1
    assert "No scheduler answers at tcp://127.0.0.1:1" in errors


def test_a_rate_is_told_only_of_what_was_taken_in() -> None:
    """Names of no file are gone through in no time, which is no speed of reading."""
    assert progress(Counter({"failed": 1}), 0.001) == "0 read, 0 already there, 1 failed"
    assert progress(Counter({"new": 20}), 2.0) == "20 read, 0 already there, 0 failed, 10 a second"
