"""What SQLite and PostgreSQL share in meaning and not in SQLAlchemy's name for it, or not in speed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert many rows as the driver takes them, days in ISO form and JSON as text; none that is there already.

    SQLAlchemy's own way converts every value and names it, which costs more than the database does.
    """
    if not rows:
        return
    statement = insert_into(connection, table).on_conflict_do_nothing()
    written = statement.compile(dialect=connection.dialect, column_keys=list(columns))
    if written.positional:
        in_order = itemgetter(*(columns.index(name) for name in written.positiontup or ()))
        connection.exec_driver_sql(str(written), [in_order(row) for row in rows])
    else:
        connection.exec_driver_sql(str(written), [dict(zip(columns, row, strict=True)) for row in rows])
