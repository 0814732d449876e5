"""Whose each filing is, kept beside the filings so that an insider can be searched by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, select

from lib.store.dialect import insert_into
from lib.store.schema import filing_owners, filings

AT_ONCE: Final = 5_000


def note_owners(connection: Connection, sha256: str) -> None:
    """Note whose the filings of a document are, in place of what was noted before."""
    mine = select(filings.c.id).where(filings.c.sha256 == sha256)
    connection.execute(filing_owners.delete().where(filing_owners.c.filing_id.in_(mine)))
    _note(
        connection, connection.execute(select(filings.c.id, filings.c.owners).where(filings.c.id.in_(mine)))
    )


def note_owners_of(connection: Connection, sha256s: Iterable[str]) -> None:
    """Note whose the filings of documents are of which nothing was noted before."""
    mine = filings.c.sha256.in_(list(sha256s))
    _note(connection, connection.execute(select(filings.c.id, filings.c.owners).where(mine)))


def note_all_owners(connection: Connection) -> None:
    """Note whose every filing is: for a library from before owners were noted."""
    for part in connection.execute(select(filings.c.id, filings.c.owners)).partitions(AT_ONCE):
        _note(connection, part)


def _note(connection: Connection, rows: Iterable[Any]) -> None:
    links = [{"filing_id": number, "name": name} for number, owners in rows for name in set(owners)]
    if links:
        connection.execute(insert_into(connection, filing_owners).on_conflict_do_nothing(), links)
