"""A library of the first numbered version, opened with today's code: on either server nothing is lost."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, insert, inspect

from lib.exports.data_set import archive
from lib.filings.json import to_json
from lib.filings.readers import READER_VERSION, read
from lib.filings.readers.archive import members
from lib.filings.record import Filing, Submission
from lib.store import open_store
from lib.store.engine import _migrate, lay_out
from lib.store.issuers import issuers
from lib.store.refusals import refuse, refused
from lib.store.related import perhaps_related, related
from lib.store.schema import metadata
from lib.store.sectors import keep_sectors, sectors_kept
from tests.builders import bertucci
from tests.filings.documents import form4
from tests.filings.test_submission import DOCUMENT, HEADER

NUMBER = "0000000001-24-000007"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgres"))])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place without tables, on each server."""
    return str(tmp_path / "store.sqlite") if request.param == "sqlite" else request.getfixturevalue("url")


@pytest.fixture
def engine(place: str) -> Engine:
    return create_engine(
        re.sub("^postgres(ql)?:", "postgresql+psycopg:", place) if ":" in place else f"sqlite:///{place}"
    )


def documents() -> dict[str, bytes]:
    """An XML without a header, a submission, and the data set's document of the same number."""
    same = replace(bertucci()[1], submission=Submission(NUMBER, None))
    ((_, cut),) = members("set.zip", io.BytesIO(archive([same], "tsv")))
    assert isinstance(cut, bytes)
    return {
        "acme.xml": form4(),
        "whole.txt": (HEADER + DOCUMENT.format(form4().decode())).encode(),
        f"{NUMBER}.tsv": cut,
    }


def first_record(filing: Filing) -> dict[str, Any]:
    """The record as the first numbered version kept it: every field, and the place of every value in full."""
    places = {
        where: {
            name: list(value) if isinstance(value, tuple) else value
            for name in ("page", "box", "line", "start", "end", "path")
            if (value := getattr(source, name)) is not None
        }
        for where, source in filing.sources.items()
    }
    submission = {
        "accession_number": filing.submission.accession_number,
        "filed_as_of_date": filing.submission.filed_as_of_date
        and filing.submission.filed_as_of_date.isoformat(),
        "acceptance_datetime": filing.submission.acceptance_datetime,
    }
    return to_json(filing) | {"container": filing.container, "submission": submission, "sources": places}


def first_library(engine: Engine) -> dict[str, Filing]:
    """Make a library as the first numbered version did; its filings by their documents' names."""
    found: dict[str, Filing] = {}
    with engine.begin() as connection:
        _migrate(connection, "0001")
        tables = MetaData()
        tables.reflect(connection)
        for name, data in documents().items():
            (filing,) = read(name, data)
            found[name] = filing
            key = hashlib.sha256(data).hexdigest()
            document = {"sha256": key, "name": name, "bytes": data, "container": filing.container}
            connection.execute(
                insert(tables.tables["documents"]).values(document | {"added_at": datetime(2026, 1, 2)})
            )
            listed = {
                "form": filing.document_type,
                "issuer": filing.issuer.name,
                "symbol": filing.issuer.symbol,
                "issuer_cik": filing.issuer.cik,
                "owners": [one.name for one in filing.reporting_owners],
                "period": filing.period_of_report,
                "filed": filing.submission.filed_as_of_date,
                "row_count": sum(1 for _ in filing.rows()),
                "finding_count": len(filing.findings),
            }
            row = {
                "sha256": key,
                "position": 0,
                "reader_version": READER_VERSION,
                "record": first_record(filing),
            }
            connection.execute(insert(tables.tables["filings"]).values(row | listed))
    return found


def differences(engine: Engine) -> list[Any]:
    """What the tables lack of the schema."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_its_filings_are_read_as_before(place: str, engine: Engine) -> None:
    """The list, each record, and the place of each of its values."""
    kept = first_library(engine)
    store = open_store(place)
    entries = {one.document: one for one in store.library()}
    assert entries.keys() == kept.keys()
    for name, filing in kept.items():
        found = store.filing(entries[name].id)
        assert replace(found, sources={}) == replace(filing, sources={})
        assert dict(found.sources) == dict(filing.sources) != {}
    assert sum(one.filings for one in issuers(store)) == len(kept)
    store.close()
    assert differences(engine) == []
    engine.dispose()


def test_its_filings_of_one_submission_are_linked(place: str, engine: Engine) -> None:
    """By the numbers in their records; a record without one stays without."""
    first_library(engine)
    store = open_store(place)
    entries = {one.document: one for one in store.library()}
    assert {name: one.accession for name, one in entries.items()} == {
        "acme.xml": None, "whole.txt": NUMBER, f"{NUMBER}.tsv": NUMBER
    }  # fmt: skip
    whole = entries["whole.txt"]
    assert related(whole, perhaps_related(store, whole))[0] == entries[f"{NUMBER}.tsv"]
    store.close()
    engine.dispose()


def test_it_takes_what_came_later(place: str, engine: Engine) -> None:
    """Refusals, sectors, and documents that are added."""
    first_library(engine)
    store = open_store(place)
    refuse(store, "x.pdf", "x.pdf: is no filing.")
    keep_sectors(store, {"ACM": "Chemicals"})
    assert store.add_document("two.xml", b"2", bertucci()[:1], READER_VERSION).new
    assert (refused(store, 9)[0], sectors_kept(store), len(store.library())) == (1, {"Chemicals": 1}, 4)
    store.close()
    engine.dispose()


@pytest.mark.parametrize(
    ("step", "tables_later", "columns_later"),
    [
        ("0001", {"refusals", "sectors", "archives"}, {"filings": {"accession"}}),
        ("0002", {"archives"}, {}),
    ],
)
def test_a_step_stays_what_it_was(
    engine: Engine, step: str, tables_later: set[str], columns_later: dict[str, set[str]]
) -> None:
    """Libraries are at it: what came later is in later steps."""
    with engine.begin() as connection:
        _migrate(connection, step)
        known = inspect(connection)
        tables = {name: {one["name"] for one in known.get_columns(name)} for name in known.get_table_names()}
    today = {one.name: {column.name for column in one.columns} for one in metadata.sorted_tables}
    assert set(today) - set(tables) == tables_later
    later = {name: today[name] - columns for name, columns in tables.items() if name in today}
    assert {name: columns for name, columns in later.items() if columns} == columns_later
    engine.dispose()


@pytest.mark.parametrize(
    "lay", [lay_out, lambda engine: first_library(engine) and lay_out(engine)], ids=["new", "older"]
)
def test_new_and_older_libraries_have_the_tables_of_the_schema(engine: Engine, lay: Any) -> None:
    """Whichever way they came about; indexes too."""
    lay(engine)
    assert differences(engine) == []
    known = inspect(engine)
    for table in metadata.sorted_tables:
        assert {one.name for one in table.indexes} <= {one["name"] for one in known.get_indexes(table.name)}
    engine.dispose()
