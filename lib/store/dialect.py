"""What SQLite and PostgreSQL share in meaning and not in SQLAlchemy's name for it, or not in speed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    any_,
    bindparam,
    func,
    select,
)

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    # Each takes a while to import, and only one of them is used.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    return insert(table)


def is_among(connection: Connection, column: Column[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column holds one of the values, which are handed over as one.

    Naming thousands of them one by one costs more than the database takes to find them.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(bindparam(None, [*values], ARRAY(Text)))
    return column.in_(select(func.json_each(json.dumps([*values])).table_valued("value").c.value))


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert many rows as the driver takes them, days in ISO form and JSON as text; none that is there already.

    SQLAlchemy's own way converts every value and names it, which costs more than the database does.
    """
    if rows:
        connection.exec_driver_sql(_written(connection.dialect, table, tuple(columns)), rows)


@lru_cache(maxsize=64)
def _written(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    """The statement in the driver's words, with a place for each column in this order."""
    quoted = map(dialect.identifier_preparer.quote, columns)
    places = ", ".join(["%s" if "format" in dialect.paramstyle else "?"] * len(columns))
    name = dialect.identifier_preparer.format_table(table)
    return f"INSERT INTO {name} ({', '.join(quoted)}) VALUES ({places}) ON CONFLICT DO NOTHING"
