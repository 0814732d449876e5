"""The same store on a real PostgreSQL server, which a package of the development requirements carries."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from lib.filings.corrections import Correction
from lib.filings.record import Issuer
from lib.store import Store, UnusableStore, open_store
from lib.store.command import ingest_places
from lib.store.decisions import decide, decided, undo
from lib.store.issuers import held_of, insiders_named, issuers, records
from lib.store.market import Window, most_traded, span
from lib.store.schema import metadata
from lib.store.sectors import keep_sectors, sectors_of
from tests.builders import bertucci

pgserver = pytest.importorskip("pgserver", reason="no PostgreSQL server from the package index here")
pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def test_tables_are_those_of_the_schema(store: Store, url: str) -> None:
    """Laid out on the first opening; opening again changes nothing."""
    again = open_store(url)
    assert again.library() == []
    again.close()
    engine = create_engine("postgresql+psycopg:" + url.partition(":")[2])
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_filings_come_back_as_they_were_read(store: Store) -> None:
    """Records, order, undo and ids are those of the SQLite file."""
    added = store.add_document("two.txt", b"two", bertucci(), reader_version=1)
    assert not store.add_document("again.txt", b"two", bertucci(), reader_version=1).new
    entries = store.library()
    assert [store.filing(entry.id) for entry in entries] == bertucci()
    store.delete([added.sha256])
    assert store.library() == []
    store.restore([added.sha256])
    assert store.library() == entries


def test_corrections_survive_a_new_reading(store: Store) -> None:
    """The log is the same on either server."""
    (one,) = bertucci()[:1]
    store.add_document("a.xml", b"1", [one], reader_version=1)
    (entry,) = store.library()
    line = Correction(
        0, "correct", "issuer.name", by="Ada", at=datetime(2026, 1, 2), was="MKS INSTRUMENTS INC", value="MKS"
    )
    store.write_log(entry.id, [line])
    store.add_document("a.xml", b"1", [replace(one, remarks="new")], reader_version=2)
    assert store.filing(entry.id).issuer.name == "MKS"
    assert store.entry(entry.id).issuer == "MKS"


def test_what_pages_ask(store: Store) -> None:
    """Issuers, insiders by name, an issuer's filings, decisions and plans."""
    store.add_document("two.txt", b"two", bertucci(), reader_version=1)
    (issuer,) = issuers(store)
    assert issuer.filings == 2
    assert [name for _, name in insiders_named(store, "bertucci")] == ["BERTUCCI JOHN R"]
    ids = [number for number, *_ in held_of(store, [issuer])]
    assert [one.period_of_report for _, one in records(store, ids)] == [
        one.period_of_report for one in bertucci()
    ]
    number = decide(store, "same", "owner", ["A", "B"], "mks")
    assert [one.names for one in decided(store, ["mks"])] == [("A", "B")]
    undo(store, number)
    assert decided(store, ["mks"]) == []
    assert store.plans.save("mine", "terms: 1")
    assert not store.plans.save("mine", "terms: 2")
    assert [plan.terms for plan in store.plans.all()] == ["terms: 2"]


def test_many_writers_of_one_document_make_one(url: str) -> None:
    """Two ingests of the same files at once add nothing twice."""

    def add(n: int) -> bool:
        store = open_store(url)
        try:
            return store.add_document("a.xml", b"%d" % (n % 4), bertucci()[:1], reader_version=1).new
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 4
    store = open_store(url)
    assert len(store.library()) == 4
    store.close()


def test_bulk_reading_keeps_records_that_can_be_read(url: str, root: Path) -> None:
    """What ingest wrote is what pages read, and a second run reads nothing twice."""
    files = [str(path) for path in sorted((root / "sample_filings").glob("*-form*.xml"))]
    said, errors = io.StringIO(), io.StringIO()
    assert ingest_places(files, said, errors, url=url) == 0
    store = open_store(url)
    entries = store.library()
    assert len(entries) == len(files)
    assert all(store.filing(entry.id).issuer.name == entry.issuer for entry in entries)
    assert span(store)
    store.close()
    assert ingest_places(files, said, errors, url=url) == 0
    assert f"0 read, {len(files)} already there" in said.getvalue()


def test_corrections_at_once_are_all_in_the_list(url: str) -> None:
    """The list says what the log says, whoever writes beside."""
    store = open_store(url)
    store.add_document("a.xml", b"1", bertucci()[:1], reader_version=1)
    (entry,) = store.library()
    read = store.filing(entry.id)

    def write(field: str) -> None:
        mine = open_store(url)
        was = getattr(read.issuer, field)
        line = Correction(
            0, "correct", f"issuer.{field}", by="A", at=datetime(2026, 1, 2), was=was, value="NEW"
        )
        mine.write_log(entry.id, [line])
        mine.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ("name", "symbol")))
    after = store.entry(entry.id)
    assert (after.issuer, after.symbol) == ("NEW", "NEW")
    store.close()


def test_a_market_is_narrowed_to_a_sector(store: Store) -> None:
    """Whether filings print a CIK with its zeros or without, a ticker in capitals or not."""
    for cik, symbol in (("77", None), ("0000000077", "x"), (None, "stl"), ("78", "STL")):
        one = replace(bertucci()[0], issuer=Issuer(cik, f"{cik} {symbol}", symbol))
        store.add_document(f"{cik}.xml", f"{cik} {symbol}".encode(), [one], reader_version=1)
    keep_sectors(store, {"0000000077": "Steel", "STL": "Steel", "0000000078": "Banks"})
    sold = most_traded(store, Window(date(2000, 1, 1), date(2030, 1, 1), sector="Steel"), "S")
    assert {one.issuer for one in sold} == {"77 None", "0000000077 x", "None stl"}
    assert sectors_of(store, [("77 None", None)]) == {"77 None": "Steel"}


def test_a_database_that_is_not_there_is_said(server: pgserver.PostgresServer) -> None:
    """The sentence names no address."""
    with pytest.raises(UnusableStore, match="PostgreSQL library cannot be opened"):
        open_store(str(server.get_uri(database="nowhere")))


def test_a_place_is_said_without_a_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the driver is told how."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(UnusableStore, match=r"requirements-postgres\.txt"):
        open_store("postgresql://127.0.0.1:1/x")
