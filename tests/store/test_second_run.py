"""A second run of the same files: it asks an SQLite library without opening it, and unpacks no archive again."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy.exc import OperationalError

from benchmarks.bulk_data_set import bulk_data_set
from benchmarks.bulk_set import bulk_set
from lib.exports.failures import write_failures
from lib.filings import children
from lib.filings.readers import READER_VERSION
from lib.store import Store, bulk, open_store
from lib.store import ingest as ingesting
from lib.store.bulk import IntoStore
from lib.store.command import Report, ingest_places
from lib.store.engine import _migrate
from lib.store.glance import Glance
from lib.store.late import LateStore

COUNT = 60


@pytest.fixture(scope="module")
def data_set(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bulk") / "set.zip"
    bulk_data_set(root / "sample_filings", out, COUNT)
    return out


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "store.sqlite")


@pytest.fixture
def opened(place: str) -> Iterator[Store]:
    """The library at the place, opened as the app does."""
    store = open_store(place)
    yield store
    store.close()


def run(places: list[str], place: str, report: Report | None = None) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    status = ingest_places(places, out, errors, url=place, report=report)
    return status, out.getvalue(), errors.getvalue()


def no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be read or unpacked."""
    monkeypatch.setattr(children.subprocess, "Popen", lambda *_, **__: pytest.fail("a child was started"))


def test_it_takes_in_neither_database_nor_readers(root: Path, tmp_path: Path, place: str) -> None:
    """What it does not need takes longer to import than a thousand files take to be known."""
    bulk_set(root / "sample_filings", tmp_path / "files", 5)
    line = ["ingest", str(tmp_path / "files"), "--store", place]
    assert run([line[1]], place)[0] == 0
    code = (
        "import sys; from lib.__main__ import main; status = main(sys.argv[1:]); "
        "print(sorted({'sqlalchemy', 'alembic', 'lxml', 'lib.filings.record', 'concurrent.futures'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *line], cwd=root, capture_output=True, text=True)
    assert "0 read, 5 already there" in done.stdout
    assert done.stdout.endswith("[]\n")


def test_a_glance_knows_what_the_library_knows(root: Path, tmp_path: Path, place: str, opened: Store) -> None:
    """Documents that are shown, as this reader or a newer one reads them; not those that are deleted."""
    bulk_set(root / "sample_filings", tmp_path / "files", 6)
    assert run([str(tmp_path / "files")], place)[0] == 0
    keys = [entry.sha256 for entry in opened.library()]
    opened.delete(keys[:2])
    glance = Glance.at(place)
    assert glance
    for version in (READER_VERSION - 1, READER_VERSION, READER_VERSION + 1):
        assert glance.known([*keys, "none"], version) == bulk.known(opened, [*keys, "none"], version)
    assert glance.known(keys, READER_VERSION) == set(keys[2:])
    opened.restore(keys)
    assert glance.known(keys, READER_VERSION) == set(keys)
    glance.close()


@pytest.mark.parametrize("name", ["a?b.sqlite", "a#b.sqlite", "a%41b.sqlite", "a?mode=memory", "a:b.sqlite"])
def test_a_librarys_path_is_not_read_as_a_url(tmp_path: Path, name: str) -> None:
    """The file has the name that was asked for, no other is made, and the glance finds it."""
    place = str(tmp_path / name)
    open_store(place).close()
    assert [file.name for file in tmp_path.iterdir()] == [name]
    glance = Glance.at(place)
    assert glance
    glance.close()


def test_a_library_by_its_full_path_needs_no_working_directory(
    root: Path, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been deleted under a shell that still stands in it."""
    bulk_set(root / "sample_filings", tmp_path / "files", 1)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    line = [sys.executable, "-m", "lib", "ingest", str(tmp_path / "files"), "--store", place]
    done = subprocess.run(line, env={"PYTHONPATH": str(root)}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("state", ["nothing", "another file", "an older library", "a server", "memory"])
def test_only_a_library_of_today_can_be_glanced_at(tmp_path: Path, place: str, state: str) -> None:
    """Whatever else is there has to be opened, which says what is the matter or brings it up to date."""
    if state == "another file":
        Path(place).write_bytes(b"no database, and long enough to be looked at as one" * 99)
    elif state == "an older library":
        from sqlalchemy import create_engine

        engine = create_engine(f"sqlite:///{place}")
        with engine.begin() as connection:
            _migrate(connection, "0002")
        engine.dispose()
    elif state in {"a server", "memory"}:
        place = "postgresql://nobody@nowhere/x" if state == "a server" else ":memory:"
    assert Glance.at(place) is None


@pytest.mark.parametrize(
    "name", ["/".join(["a" * 200] * 3), "a" * 300], ids=["SQLite cannot open it", "nobody can look at it"]
)
def test_a_library_that_may_not_be_read_is_said(root: Path, tmp_path: Path, name: str) -> None:
    """Exit status 1 and a sentence, as for a file without the right to it; here a name is too long."""
    place = tmp_path / name / "store.sqlite"
    with suppress(OSError):
        place.parent.mkdir(parents=True)
        place.touch()
    assert Glance.at(str(place)) is None
    status, said, errors = run([str(min((root / "sample_filings").glob("*.xml")))], str(place))
    assert (status, said) == (1, "")
    assert errors.startswith("The library cannot be opened at ")


def test_an_archive_whose_files_are_all_there_is_not_unpacked(
    data_set: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under whatever name; its documents count as known."""
    assert "60 read" in run([str(data_set)], place)[1]
    no_children(monkeypatch)
    again = data_set.with_name("again.zip")
    again.write_bytes(data_set.read_bytes())
    status, said, _ = run([str(again)], place)
    assert (status, f"0 read, {COUNT} already there, 0 failed" in said) == (0, True)


def test_a_library_that_does_not_answer_between_two_archives_is_waited_for(
    data_set: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a server does while it is started again; one that stays away ends the run in a sentence."""
    answers, left = IntoStore.whole, [2]

    def whole(self: IntoStore, *asked: Any) -> int | None:
        if left[0]:
            left[0] -= 1
            raise OperationalError("SELECT", {}, Exception("server closed the connection"))
        return answers(self, *asked)

    monkeypatch.setattr(IntoStore, "whole", whole)
    monkeypatch.setattr(ingesting.time, "sleep", lambda _: None)
    # By its URL it is opened as a server is, not glanced at.
    status, said, errors = run([str(data_set)], f"sqlite:///{place}")
    assert (status, errors, left) == (0, "", [0])
    assert f"{COUNT} read" in said
    left[0] = 99
    monkeypatch.setattr(ingesting, "PATIENCE_SECONDS", 0.0)
    status, said, errors = run([str(data_set)], f"sqlite:///{place}")
    assert (status, said) == (1, "")
    assert errors.startswith("The library cannot be written: it does not answer.")


def test_an_archive_is_walked_through_again_once_a_document_is_deleted(
    data_set: Path, place: str, opened: Store
) -> None:
    """What was deleted comes back, as it does for single files."""
    run([str(data_set)], place)
    opened.delete([opened.library()[0].sha256])
    assert f"1 read, {COUNT - 1} already there" in run([str(data_set)], place)[1]
    assert len(opened.library()) == COUNT


def test_a_glance_knows_the_archives_that_the_library_knows(
    data_set: Path, place: str, opened: Store
) -> None:
    """Those read by this reader or a newer one, until a document is deleted."""
    run([str(data_set)], place)
    key = hashlib.sha256(data_set.read_bytes()).hexdigest()
    glance, store = Glance.at(place), IntoStore(opened)
    assert glance

    def known(version: int, sha256: str = key) -> tuple[int | None, int | None]:
        return glance.whole(sha256, version), store.whole(sha256, version)

    assert known(READER_VERSION) == known(READER_VERSION - 1) == (COUNT, COUNT)
    assert known(READER_VERSION + 1) == known(READER_VERSION, "another") == (None, None)
    opened.delete([opened.library()[0].sha256])
    assert known(READER_VERSION) == (None, None)
    glance.close()


def test_a_newer_reader_walks_through_it_again(
    data_set: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may read its files differently."""
    run([str(data_set)], place)
    monkeypatch.setattr("lib.store.archives.READER_VERSION", READER_VERSION + 1)
    monkeypatch.setattr("lib.store.ingest.READER_VERSION", READER_VERSION + 1)
    real = children.Children.unpacked
    with mock.patch.object(children.Children, "unpacked", autospec=True, side_effect=real) as unpacked:
        assert f"{COUNT} already there" in run([str(data_set)], place)[1]
    unpacked.assert_called_once()


def test_what_fails_in_an_archive_is_said_each_time(root: Path, tmp_path: Path, place: str) -> None:
    """Only the archive without a failure is passed over."""
    good = min((root / "sample_filings").glob("*.xml")).read_bytes()
    (tmp_path / "zips").mkdir()
    for name, data in {"good": good, "bad": b"<?xml version='1.0'?><ownershipDocument><cut"}.items():
        with zipfile.ZipFile(tmp_path / "zips" / f"{name}.zip", "w") as archive:
            archive.writestr("one.xml", data)
    for _ in range(2):
        status, said, errors = run([str(tmp_path / "zips")], place)
        assert (status, "bad.zip/one.xml" in errors) == (1, True)
    assert "0 read, 1 already there, 1 failed" in said


def test_archives_that_cannot_be_noted_take_nothing_from_what_is_said(
    data_set: Path, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is kept by then: the run is told and reported whole, and the note that is lacking has a sentence."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "notes.md").write_text("# Notes")
    (tmp_path / "files" / "cut.xml").write_bytes(b"<?xml version='1.0'?><ownershipDocument><cut")
    report = tmp_path / "failures.csv"

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(IntoStore, "note_whole", full)
        status, said, errors = run(
            [str(data_set), str(tmp_path / "files")], place, report=partial(write_failures, report)
        )
        assert status == 1
        assert f"Done: {COUNT} read, 0 already there, 1 failed, 1 skipped" in said
        assert "1 file is not a filing and was skipped" in said
        assert f"1 failure is listed in {report}." in said
        assert "cut.xml" in report.read_text(encoding="utf-8-sig")
        assert (
            "only its archives will be unpacked again. The library cannot be written: its disk is full"
            in errors
        )
        assert run([str(data_set)], place)[0] == 0
    assert f"0 read, {COUNT} already there" in run([str(data_set)], place)[1]


def test_an_archive_that_was_broken_off_is_finished(
    data_set: Path, place: str, opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts as held only once all of its files are kept: not while the last batch is still to be kept."""
    key, put, puts = hashlib.sha256(data_set.read_bytes()).hexdigest(), LateStore.put, count(1)

    def broken_off(self: LateStore, *batch: Any) -> set[str]:
        if next(puts) == 3:
            raise KeyboardInterrupt
        return put(self, *batch)

    with monkeypatch.context() as broken:
        # Batches of 25, 25 and the last 10, which is made when the archive is at its end.
        broken.setattr(ingesting, "BATCH_DOCUMENTS", 25)
        broken.setattr(ingesting, "MOST_TOGETHER", 1)
        broken.setattr(LateStore, "put", broken_off)
        with pytest.raises(KeyboardInterrupt):
            run([str(data_set)], place)
    assert len(opened.library()) == 50
    assert IntoStore(opened).whole(key, READER_VERSION) is None
    assert f"{COUNT - 50} read, 50 already there" in run([str(data_set)], place)[1]
    assert len(opened.library()) == COUNT
    assert IntoStore(opened).whole(key, READER_VERSION) == COUNT
