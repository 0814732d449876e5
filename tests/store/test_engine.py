"""Opening a store: laid out once, by number, whatever state it is in, and the same on either server."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from lib.store import open_store
from lib.store.engine import MIGRATIONS, _migrate, lay_out
from lib.store.market import span
from lib.store.place import NEWEST
from lib.store.schema import metadata
from tests.builders import bertucci


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")


def differences(engine: Engine) -> list[object]:
    """What the tables lack of the schema."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_migrations_lead_to_the_schema(empty: Engine) -> None:
    """The numbered steps from nothing make the tables that the code has, and the last number is the newest."""
    with empty.begin() as connection:
        _migrate(connection)
    assert differences(empty) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST


def test_a_new_database_is_laid_out_and_numbered(empty: Engine) -> None:
    """And laying it out again does nothing."""
    lay_out(empty)
    lay_out(empty)
    assert differences(empty) == []
    with empty.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [NEWEST]


def test_a_library_from_before_numbers_keeps_its_filings(tmp_path: Path) -> None:
    """What an older version made, with fewer tables and columns, is completed from its records."""
    place = str(tmp_path / "store.sqlite")
    store = open_store(place)
    store.add_document("a.xml", b"1", bertucci()[:1], reader_version=1)
    store.close()
    older = create_engine(f"sqlite:///{place}")
    with older.begin() as connection:
        for name in ("alembic_version", "filing_owners", "corrections", "plans"):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("DROP TABLE trades"))
        for column in ("filed", "plan", "trades"):
            connection.execute(text(f"ALTER TABLE filings DROP COLUMN {column}"))
    again = open_store(place)
    assert len(again.library()) == 1
    assert again.log(again.library()[0].id) == []
    assert span(again)
    again.close()
    assert differences(older) == []
    assert inspect(older).has_table("filing_owners")
