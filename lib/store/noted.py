"""Whose each filing is and what was traded, kept beside the filings so that a whole market can be asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from lib.store.dialect import insert_into
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
    for part in connection.execute(query).partitions(AT_ONCE):
        _note(connection, part)


def key_of(name: str | None) -> str:
    """A name by its words in any order and spelling of case and punctuation: one key for most prints of it."""
    return " ".join(sorted(re.findall(r"[^\W_]+", (name or "").casefold())))


def _note(connection: Connection, rows: Iterable[Any]) -> None:
    owners: list[dict[str, Any]] = []
    traded: list[dict[str, Any]] = []
    for row in rows:
        owners += [{"filing_id": row.id, "name": name} for name in dict.fromkeys(row.owners)]
        shared = {
            "filing_id": row.id,
            "issuer": row.issuer,
            "symbol": row.symbol,
            "owner": row.owners[0] if row.owners else None,
            "issuer_key": key_of(row.issuer or row.symbol),
            "owner_key": key_of(row.owners[0] if row.owners else None),
            "form": row.form,
            "filed": row.filed,
            "plan": row.plan,
        }
        for trade in row.trades or ():
            traded.append(shared | trade | {"day": date.fromisoformat(trade["day"])})
    if owners:
        connection.execute(insert_into(connection, filing_owners).on_conflict_do_nothing(), owners)
    if traded:
        connection.execute(insert_into(connection, trades).on_conflict_do_nothing(), traded)
