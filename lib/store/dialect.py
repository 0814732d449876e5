"""What SQLite and PostgreSQL share in meaning and not in SQLAlchemy's name for it, or not in speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Dialect, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return _insert(connection.dialect, table)


def _insert(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    # Each takes a while to import, and only one of them is used.
    if dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    return insert(table)


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert many rows as the driver takes them, days in ISO form and JSON as text; none that is there already.

    SQLAlchemy's own way converts every value and names it, which costs more than the database does.
    """
    if not rows:
        return
    statement, in_order = _written(connection.dialect, table, tuple(columns))
    if in_order:
        connection.exec_driver_sql(statement, [in_order(row) for row in rows])
    else:
        connection.exec_driver_sql(statement, [dict(zip(columns, row, strict=True)) for row in rows])


@lru_cache(maxsize=64)
def _written(
    dialect: Dialect, table: Table, columns: tuple[str, ...]
) -> tuple[str, Callable[[Sequence[Any]], tuple[Any, ...]] | None]:
    """The statement in the dialect's words, and what puts a row in its order where it goes by order."""
    insert = _insert(dialect, table).on_conflict_do_nothing()
    written = insert.compile(dialect=dialect, column_keys=list(columns))
    if not written.positional:
        return str(written), None
    return str(written), itemgetter(*(columns.index(name) for name in written.positiontup or ()))
