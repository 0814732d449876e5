"""Opening the database of a store: an SQLite file that needs no set-up, or a PostgreSQL server by its URL.

Both have the same tables. Their state is numbered by Alembic: a database from before numbers, or of an older
version, is brought up to date when it is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text, update
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateColumn

from lib.filings.json import from_json
from lib.filings.listing import columns_of
from lib.store.noted import note_new
from lib.store.place import ENVIRONMENT_VARIABLE, NEWEST, UnusableStore, file_at
from lib.store.schema import filing_owners, filings, metadata

LOCK_WAIT_SECONDS: Final = 30
CONNECT_SECONDS: Final = 10
CACHE_KIB: Final = 32_000
PAGE_BYTES: Final = 8_192
"""Of a new library: a document and a record fit into a page beside others."""
LOG_PAGES: Final = 60_000
"""Of an ingest. Pages that SQLite keeps in its log before it writes them to their places: it writes each
page once, however many batches changed it, and makes nobody wait meanwhile."""
LOG_BYTES_LEFT: Final = 64_000_000
AT_ONCE: Final = 500
MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LAYING_OUT: Final = 0x57A4E
"""The lock under which one process at a time lays out a PostgreSQL database."""


def open_engine(url: str) -> Engine:
    """The database at a path or URL, its tables up to date.

    ``:memory:`` and ``sqlite://`` live as long as the object. Raises ``UnusableStore`` where there can be no
    library; its sentence never repeats a server's URL, which may hold a password.
    """
    if url.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        return _server(url)
    if "://" in url and not url.startswith("sqlite://"):
        raise UnusableStore(
            f"The library is an SQLite file or a PostgreSQL server: set {ENVIRONMENT_VARIABLE} to a path or "
            "to a URL that begins with postgresql://."
        )
    try:
        return _file(url)
    except (OSError, DatabaseError) as error:
        raise UnusableStore(
            f"The library cannot be opened at {url}: it is no SQLite file, or its folder or file cannot be "
            f"written. Set {ENVIRONMENT_VARIABLE} to another path."
        ) from error


def _file(url: str) -> Engine:
    file = ":memory:" if url == ":memory:" else file_at(url)
    address = URL.create("sqlite", database=file) if file else make_url(url)
    if address.database in (None, "", ":memory:"):
        shared = {"check_same_thread": False}
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args=shared, **_JSON)
        event.listen(engine, "connect", _set_pragmas)
        metadata.create_all(engine)
        return engine
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": LOCK_WAIT_SECONDS}, **_JSON)
    event.listen(engine, "connect", _set_pragmas)
    lay_out(engine)
    return engine


def _server(url: str) -> Engine:
    address = "postgresql+psycopg:" + url.partition(":")[2]
    try:
        engine = create_engine(
            address,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_SECONDS},
            **_JSON,
        )
        lay_out(engine)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UnusableStore(
            "A PostgreSQL library needs its driver: install it with pip install -r requirements-postgres.txt."
        ) from error
    except (ArgumentError, DatabaseError) as error:
        raise UnusableStore(
            f"The PostgreSQL library cannot be opened: the server does not answer, or the name, the password "
            f"or the database in {ENVIRONMENT_VARIABLE} is not known there."
        ) from error
    return engine


def lay_out(engine: Engine) -> None:
    """Make or bring up to date the tables and indexes; nothing where they are."""
    if _number(engine) == NEWEST:
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LAYING_OUT})
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if _number(connection) is None:
            _begin(connection)
        else:
            _migrate(connection)


def _number(bind: Engine | Connection) -> str | None:
    """The number of the tables that are there; ``None`` where they have none yet."""
    if not inspect(bind).has_table("alembic_version"):
        return None
    query = text("SELECT version_num FROM alembic_version")
    if isinstance(bind, Engine):
        with bind.connect() as connection:
            return connection.execute(query).scalar()
    return bind.execute(query).scalar()


def _begin(connection: Connection) -> None:
    """Make what is not there: everything, or what a library from before numbers lacks; then number it."""
    older = inspect(connection).has_table(filings.name)
    if older:
        _add_columns(connection)
    metadata.create_all(connection)
    for one in metadata.sorted_tables:
        for index in one.indexes:
            index.create(connection, checkfirst=True)
    if older:
        _list_again(connection)
    # As Alembic numbers it, which takes longer to import than all of this.
    connection.execute(
        text(
            "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:number)"), {"number": NEWEST})


def _add_columns(connection: Connection) -> None:
    """Give the tables of a library from before numbers the columns that they lack."""
    known = inspect(connection)
    for one in metadata.sorted_tables:
        if known.has_table(one.name):
            there = {column["name"] for column in known.get_columns(one.name)}
            for column in one.columns:
                if column.name not in there:
                    written = CreateColumn(column).compile(dialect=connection.dialect)
                    connection.execute(text(f"ALTER TABLE {one.name} ADD COLUMN {written}"))


def _list_again(connection: Connection) -> None:
    """Fill the columns of the list, and what is noted beside it, from the records."""
    after = 0
    while True:
        query = select(filings.c.id, filings.c.record).where(filings.c.id > after).order_by(filings.c.id)
        rows = connection.execute(query.limit(AT_ONCE)).all()
        if not rows:
            break
        for number, record in rows:
            values = columns_of(from_json(record))
            connection.execute(update(filings).where(filings.c.id == number).values(values))
        after = rows[-1].id
    connection.execute(filing_owners.delete())
    note_new(connection)


def _migrate(connection: Connection, step: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, step)


def _as_json(value: object) -> str:
    return orjson.dumps(value).decode()


_JSON: Final[dict[str, Any]] = {"json_serializer": _as_json, "json_deserializer": orjson.loads}


def write_much(connection: Connection) -> None:
    """Make an SQLite connection that of an ingest, until it is closed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA journal_size_limit = {LOG_BYTES_LEFT}")
    cursor.close()
