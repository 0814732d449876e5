"""Whose each filing is and what was traded, kept beside the filings so that a whole market can be asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from lib.filings.listing import TRADE_COLUMNS, trade_rows
from lib.store.dialect import insert_rows
from lib.store.schema import filing_owners, filings, trades

AT_ONCE: Final = 5_000
_ASKED: Final = (
    filings.c.id,
    filings.c.owners,
    filings.c.trades,
    filings.c.issuer,
    filings.c.symbol,
    filings.c.form,
    filings.c.filed,
    filings.c.plan,
)


def note(connection: Connection, which: ColumnElement[bool]) -> None:
    """Note what these filings say, in place of what was noted of them before."""
    mine = select(filings.c.id).where(which)
    connection.execute(filing_owners.delete().where(filing_owners.c.filing_id.in_(mine)))
    connection.execute(trades.delete().where(trades.c.filing_id.in_(mine)))
    note_new(connection, which)


def note_new(connection: Connection, which: ColumnElement[bool] | None = None) -> None:
    """Note what filings say of which nothing was noted before; without ``which``, every filing."""
    query = select(*_ASKED) if which is None else select(*_ASKED).where(which)
    for part in connection.execute(query).mappings().partitions(AT_ONCE):
        _note(connection, part)


def _note(connection: Connection, rows: Iterable[RowMapping]) -> None:
    owners: list[tuple[int, str]] = []
    traded: list[tuple[Any, ...]] = []
    for row in rows:
        owners += [(row["id"], name) for name in dict.fromkeys(row["owners"])]
        traded += [(row["id"], *trade) for trade in trade_rows({**row})]
    insert_noted(connection, owners, traded)


def insert_noted(
    connection: Connection, owners: list[tuple[int, str]], traded: list[tuple[Any, ...]]
) -> None:
    """Note owners and trades, each led by its filing's id."""
    insert_rows(connection, filing_owners, ("filing_id", "name"), owners)
    insert_rows(connection, trades, ("filing_id", *TRADE_COLUMNS), traded)
