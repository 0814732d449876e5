"""The store: a document is whole or absent, once, and comes back as it was."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lib.filings.corrections import Correction
from lib.filings.record import Filing, Finding, Source
from lib.store import Store, UnusableStore, default_url, open_store
from tests.builders import bertucci


@pytest.fixture
def read() -> Filing:
    finding = Finding("warning", "non_derivative[0].transaction_code", "Read as S", "code")
    place = Source(page=1, box=(1.0, 2.5, 3.0, 4.0))
    return replace(bertucci()[0], findings=(finding,), sources={"issuer.name": place})


def test_filing_comes_back_as_it_was_read(store: Store, read: Filing) -> None:
    """Record, findings and places survive the store unchanged."""
    store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    (entry,) = store.library()
    assert store.filing(entry.id) == read
    assert store.document(entry.sha256).data == b"<a/>"


def test_library_line_says_what_the_filing_is(store: Store, read: Filing) -> None:
    """The list needs no record: form, issuer, owners, period and counts are columns."""
    store.add_document("folder/a.xml", b"<a/>", [read], reader_version=1)
    (entry,) = store.library()
    assert (entry.form, entry.symbol, entry.owners) == ("4", "MKSI", ("BERTUCCI JOHN R",))
    assert (str(entry.period), entry.row_count, entry.finding_count) == ("2003-11-24", 3, 1)
    assert entry.document == "a.xml"


def test_same_bytes_are_one_entry(store: Store, read: Filing) -> None:
    """Adding a document twice adds nothing the second time, and says so."""
    assert store.add_document("a.xml", b"<a/>", [read], reader_version=1).new
    assert not store.add_document("copy of a.xml", b"<a/>", [read], reader_version=1).new
    assert len(store.library()) == 1


def test_several_filings_of_one_document_keep_their_order(store: Store) -> None:
    """A submission with two filings gives two entries of one document."""
    store.add_document("two.txt", b"two", bertucci(), reader_version=1)
    assert [str(e.period) for e in store.library()] == ["2003-11-24", "2007-11-08"]


def test_deleting_can_be_undone(store: Store, read: Filing) -> None:
    """Deleting hides a document everywhere; restoring brings back the same ids."""
    added = store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    (entry,) = store.library()
    store.delete([added.sha256])
    assert store.library() == []
    with pytest.raises(KeyError):
        store.filing(entry.id)
    with pytest.raises(KeyError):
        store.document(added.sha256)
    store.restore([added.sha256])
    assert store.library() == [entry]


def test_adding_a_deleted_document_restores_it(store: Store, read: Filing) -> None:
    """A deleted document that is dropped in again is new to the person, under its old ids."""
    added = store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    before = store.library()[0].id
    store.delete([added.sha256])
    assert store.holds(b"<a/>", 1) is None
    assert store.add_document("a.xml", b"<a/>", [read], reader_version=1).new
    assert store.library()[0].id == before


def test_a_newer_reader_replaces_the_record_in_place(store: Store, read: Filing) -> None:
    """Reading again with a better reader corrects the record and keeps its id."""
    store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    before = store.library()[0].id
    assert store.holds(b"<a/>", 1)
    assert store.holds(b"<a/>", 2) is None
    better = replace(read, remarks="read at last")
    assert not store.add_document("a.xml", b"<a/>", [better], reader_version=2).new
    assert store.filing(before).remarks == "read at last"


def test_an_older_reader_changes_nothing(store: Store, read: Filing) -> None:
    """A process that still runs the old reader neither replaces, adds nor removes records of the new one."""
    added = store.add_document("a.xml", b"<a/>", [read, read], reader_version=2)
    before = store.library()
    worse = replace(read, remarks="read badly")
    for several in ([worse], [worse] * 3):
        assert not store.add_document("a.xml", b"<a/>", several, reader_version=1).new
    assert store.library() == before
    assert {record.remarks for _, record in store.filings(e.id for e in before)} == {read.remarks}
    assert store.holds(b"<a/>", 1) == added.sha256


def test_an_id_is_never_given_twice(store: Store, read: Filing) -> None:
    """A link to a filing that a better reader no longer finds does not lead to another filing later."""
    store.add_document("a.xml", b"<a/>", [read, read], reader_version=1)
    gone = max(entry.id for entry in store.library())
    store.add_document("a.xml", b"<a/>", [read], reader_version=2)
    store.add_document("b.xml", b"<b/>", [read], reader_version=2)
    assert gone not in {entry.id for entry in store.library()}


def test_a_document_that_cannot_be_kept_leaves_nothing(store: Store, read: Filing) -> None:
    """A failure half way takes back the document too."""
    broken = replace(read, remarks=object())  # type: ignore[arg-type]
    with pytest.raises(Exception, match="not JSON serializable"):
        store.add_document("a.xml", b"<a/>", [read, broken], reader_version=1)
    assert store.library() == []
    assert store.add_document("a.xml", b"<a/>", [read], reader_version=1).new


def test_concurrent_sessions_add_each_document_once(tmp_path: Path, read: Filing) -> None:
    """Sessions that drop the same forty documents at once get forty entries, each new exactly once."""
    url = str(tmp_path / "new folder" / "store.sqlite")
    stores = [open_store(url) for _ in range(4)]

    def add(n: int) -> bool:
        return stores[n % 4].add_document(f"{n}.xml", b"%d" % (n % 40), [read], reader_version=1).new

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(80))) == 40
    assert len(stores[0].library()) == 40
    for one in stores:
        one.close()


def test_file_is_in_wal_mode(tmp_path: Path) -> None:
    """A write-ahead log keeps readers and a writer out of each other's way."""
    place = tmp_path / "store.sqlite"
    open_store(f"sqlite:///{place}").close()
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_place_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """STAKELINE_STORE names the store; without it, the user's data directory holds it."""
    monkeypatch.setenv("STAKELINE_STORE", "elsewhere.sqlite")
    assert default_url() == "elsewhere.sqlite"
    monkeypatch.delenv("STAKELINE_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_url() == "/data/stakeline/stakeline.sqlite"


@pytest.mark.parametrize("url", ["mysql://ada:secret@db/stakeline", "foo://", "sqlite+x://"])
def test_other_databases_are_refused_in_a_sentence(url: str) -> None:
    """What is to be done, and never the password of the address."""
    with pytest.raises(UnusableStore, match="set STAKELINE_STORE to a path or to a URL") as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["postgresql://ada:secret@127.0.0.1:1/stakeline", "postgresql://ada:secret@[x"]
)
def test_a_server_that_does_not_answer_is_said(url: str) -> None:
    """The server's address is not repeated, for it may hold a password."""
    with pytest.raises(UnusableStore, match="PostgreSQL library cannot be opened") as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


def test_a_place_that_cannot_be_a_store_is_named(tmp_path: Path) -> None:
    """A file that is no database, and a folder that is a file."""
    file = tmp_path / "notes.txt"
    file.write_text("No database, but long enough to be looked at as one. " * 40)
    for place in (file, file / "store.sqlite"):
        with pytest.raises(UnusableStore, match=r"notes\.txt"):
            open_store(str(place))


def test_corrections_are_in_every_record_that_is_asked_for(store: Store, read: Filing) -> None:
    """The corrected value is what pages and ledgers get; what was read stays, and the list knows."""
    store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    (before,) = store.library()
    change = Correction(
        0, "correct", "issuer.name", by="Ada", at=datetime(2026, 1, 2), was="MKS INSTRUMENTS INC", value="MKS"
    )
    store.write_log(before.id, [change])
    (entry,) = store.library()
    assert (entry.issuer, store.filing(entry.id).issuer.name) == ("MKS", "MKS")
    assert store.filing_as_read(entry.id) == read
    assert entry.revision > before.revision == 0


def test_a_new_reading_keeps_the_corrections(store: Store, read: Filing) -> None:
    """A newer reader replaces the record under the log; record and list are still corrected."""
    store.add_document("a.xml", b"<a/>", [read], reader_version=1)
    (entry,) = store.library()
    change = Correction(
        0, "correct", "issuer.name", by="Ada", at=datetime(2026, 1, 2), was="MKS INSTRUMENTS INC", value="MKS"
    )
    store.write_log(entry.id, [change])
    store.add_document("a.xml", b"<a/>", [replace(read, remarks="new")], reader_version=2)
    filing = store.filing(entry.id)
    assert (filing.remarks, filing.issuer.name, store.entry(entry.id).issuer) == ("new", "MKS", "MKS")
    (line,) = store.log(entry.id)
    assert (line.by, line.was, line.number) == ("Ada", "MKS INSTRUMENTS INC", 1)


def test_a_filing_that_is_not_there_cannot_be_corrected(store: Store) -> None:
    """The log is of filings that the library shows."""
    with pytest.raises(KeyError):
        store.write_log(7, [])
