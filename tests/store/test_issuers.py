"""What pages ask of a large library: answered from indexes, and only for what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from lib.filings.record import Issuer, Owner, Source
from lib.store import Store, open_store
from lib.store.issuers import Issuing, held_of, insiders_named, issuers, records, revision
from tests.builders import filing, holding

MKS = Issuer("0001049502", "MKS INSTRUMENTS INC", "MKSI")
ZETA = Issuer(None, "ZETA INC", None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


def add(store: Store, name: str, issuer: Issuer, *owners: str, version: int = 1) -> str:
    one = filing("2020-01-01", holding(1), issuer=issuer)
    one = replace(one, reporting_owners=tuple(Owner(name=owner) for owner in owners))
    return store.add_document(name, name.encode(), [one], version).sha256


def test_issuers_as_printed_with_their_filings(store: Store) -> None:
    """Every print with its number of filings, the most first; deleted documents do not count."""
    first = add(store, "a", MKS, "BERTUCCI JOHN R")
    add(store, "b", MKS, "BERTUCCI JOHN R")
    add(store, "c", ZETA, "Zeta Ann")
    mks, zeta = issuers(store)
    assert mks == Issuing(MKS.cik, MKS.name, MKS.symbol, 2)
    assert zeta == Issuing(None, "ZETA INC", None, 1)
    store.delete([first])
    assert {one.filings for one in issuers(store)} == {1}


def test_the_filings_of_one_issuer(store: Store) -> None:
    """Only they come back, whether the print has a CIK or not, and records without the places of values."""
    add(store, "a", MKS, "BERTUCCI JOHN R")
    add(store, "c", ZETA, "Zeta Ann")
    _, zeta = issuers(store)
    ((number, sha256, version, _),) = held_of(store, [zeta])
    assert (store.entry(number).sha256, version) == (sha256, 1)
    ((_, record),) = records(store, [number])
    assert record == store.filing(number)
    both = issuers(store)
    assert len(held_of(store, both)) == 2
    assert held_of(store, []) == ()


def test_records_come_without_places(store: Store) -> None:
    """Places are most of a record, and what filings say together needs none."""
    placed = replace(filing("2020-01-01", holding(1)), sources={"issuer.name": Source(line=3)})
    store.add_document("a", b"a", [placed], 1)
    (entry,) = store.library()
    ((_, record),) = records(store, [entry.id])
    assert record == replace(placed, sources={})
    assert store.filing(entry.id) == placed


def test_insiders_are_found_by_words_of_their_name(store: Store) -> None:
    """In any order and case, a percent sign being no wildcard; the issuer of their filing comes with them."""
    add(store, "a", MKS, "BERTUCCI JOHN R", "Bertucci Claire")
    add(store, "c", ZETA, "Zeta Ann")
    found = insiders_named(store, "john bertucci")
    assert found == [(Issuing(MKS.cik, MKS.name, MKS.symbol), "BERTUCCI JOHN R")]
    assert [name for _, name in insiders_named(store, "bertucci")] == ["BERTUCCI JOHN R", "Bertucci Claire"]
    assert insiders_named(store, "%") == []
    assert insiders_named(store, " ") == []


def test_another_reading_changes_the_insiders(store: Store) -> None:
    """A newer reader's owners stand in place of the older one's."""
    add(store, "a", MKS, "BERTUCI JON")
    add(store, "a", MKS, "BERTUCCI JOHN R", version=2)
    assert insiders_named(store, "bertuci") == []
    assert len(insiders_named(store, "bertucci")) == 1


def test_the_revision_follows_every_change(store: Store) -> None:
    """Adding, deleting, restoring and reading anew each make another revision; looking does not."""
    seen = [revision(store)]
    first = add(store, "a", MKS, "x")
    for change in (
        lambda: add(store, "b", ZETA, "y"),
        lambda: store.delete([first]),
        lambda: store.restore([first]),
        lambda: add(store, "b", ZETA, "y", version=2),
    ):
        seen.append(revision(store))
        change()
    seen.append(revision(store))
    # Restoring leads back to what was shown before deleting.
    assert seen[3] != seen[2] == seen[4] != seen[5]
    assert len(set(seen)) == len(seen) - 1
    assert revision(store) == seen[-1]


def test_an_older_library_is_brought_up_to_date(tmp_path: Path, store: Store) -> None:
    """A file from before owners were noted has them noted, and its indexes made, when it is opened."""
    add(store, "a", MKS, "BERTUCCI JOHN R")
    with store.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("DROP TABLE filing_owners"))
        connection.execute(text("DROP INDEX filings_by_issuer"))
    store.close()
    again = open_store(str(tmp_path / "store.sqlite"))
    assert len(insiders_named(again, "bertucci")) == 1
    with again.connect() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars().all()
        )
    assert "filings_by_issuer" in names
    again.close()


@pytest.mark.parametrize(
    "question",
    [
        "SELECT issuer_cik, issuer, symbol, count(*) FROM filings GROUP BY issuer_cik, issuer, symbol",
        "SELECT id, sha256, reader_version FROM filings WHERE issuer_cik IS '1' AND issuer IS 'x' AND symbol IS 'y'",
        "SELECT count(*), max(id), sum(reader_version) FROM filings",
        "SELECT count(*), max(deleted_at) FROM documents WHERE deleted_at > '1970-01-01'",
    ],
)
def test_questions_never_open_a_record(store: Store, question: str) -> None:
    """Each is answered from an index alone, however long records and documents are."""
    with store.connect() as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {question}"))]
    assert plan
    assert all("COVERING INDEX" in step for step in plan if step.startswith(("SEARCH", "SCAN")))
