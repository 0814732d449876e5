"""Many documents at once: whole or absent, once, and with few statements, whoever else writes beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, exists, select

from lib.filings.json import from_json
from lib.filings.listing import LIST_COLUMNS, Listed, ReadDocument
from lib.filings.names import display_name
from lib.filings.record import Container
from lib.store.dialect import insert_into, insert_rows, is_among
from lib.store.documents import Store, now
from lib.store.engine import write_much
from lib.store.noted import insert_noted
from lib.store.schema import archives, documents, filings, shown

_WHOLE: Final = select(archives.c.documents).where(
    archives.c.sha256 == bindparam("key"),
    archives.c.reader_version >= bindparam("version"),
    ~exists().where(documents.c.deleted_at >= archives.c.begun_at),
)


def known(store: Store, sha256s: Iterable[str], reader_version: int) -> set[str]:
    """Which of these documents the library shows as this reader or a newer one reads them."""
    with store.connect() as connection:
        asked = select(filings.c.sha256).where(is_among(connection, filings.c.sha256, sha256s), shown())
        asked = asked.where(filings.c.reader_version >= reader_version)
        return set(connection.execute(asked).scalars())


def put(store: Store, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
    """Keep documents in one transaction; the keys of those that the library did not show before.

    A document that is there already, deleted or as an older reader read it, is kept as ``add_document`` does.
    """
    if not batch:
        return set()
    fresh = {one.sha256: one for one in batch}
    keys = sorted(fresh)
    with store.begin() as connection:
        write_much(connection)
        added = now().isoformat(" ", "microseconds")
        rows = [
            (key, display_name(one.name), one.data, _container(one), added)
            for key, one in sorted(fresh.items())
        ]
        insert_rows(connection, documents, ("sha256", "name", "bytes", "container", "added_at"), rows)
        # A document that another run placed has its filings by now, for this one has waited for its row.
        there = select(filings.c.sha256).where(is_among(connection, filings.c.sha256, keys))
        placed = fresh.keys() - set(connection.execute(there).scalars())
        lines = [
            (key, position, reader_version, *one.columns, one.record)
            for key in keys
            if key in placed
            for position, one in enumerate(fresh[key].filings)
        ]
        insert_rows(
            connection, filings, ("sha256", "position", "reader_version", *LIST_COLUMNS, "record"), lines
        )
        _note(connection, {key: fresh[key].filings for key in placed})
    for key in fresh.keys() - placed:
        one = fresh[key]
        records = [from_json(json.loads(filing.record)) for filing in one.filings]
        if store.add_document(one.name, one.data, records, reader_version).new:
            placed.add(key)
    return placed


def _note(connection: Connection, placed: Mapping[str, Sequence[Listed]]) -> None:
    asked = select(filings.c.id, filings.c.sha256, filings.c.position)
    numbered = connection.execute(asked.where(is_among(connection, filings.c.sha256, placed)))
    found = [(number, placed[key][position]) for number, key, position in numbered]
    owners = [(number, name) for number, one in found for name in one.owners]
    insert_noted(connection, owners, [(number, *trade) for number, one in found for trade in one.trades])


def _container(one: ReadDocument) -> Container:
    return one.filings[0].container if one.filings else "text"


class IntoStore:
    """A store as an ingest writes it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, sha256s: Iterable[str], reader_version: int) -> set[str]:
        """As the function ``known`` tells."""
        return known(self._store, sha256s, reader_version)

    def put(self, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
        """As the function ``put`` does."""
        return put(self._store, batch, reader_version)

    def whole(self, sha256: str, reader_version: int) -> int | None:
        """How many documents came of an archive of which the library shows all; ``None`` where it may not."""
        with self._store.connect() as connection:
            return connection.execute(_WHOLE, {"key": sha256, "version": reader_version}).scalar()

    def note_whole(self, sha256: str, reader_version: int, documents: int, begun: datetime) -> None:
        """Note that all documents of an archive are kept, and when their keeping began."""
        row = {"reader_version": reader_version, "documents": documents, "begun_at": begun}
        with self._store.begin() as connection:
            note = insert_into(connection, archives).values(sha256=sha256, **row)
            connection.execute(note.on_conflict_do_update(index_elements=["sha256"], set_=row))

    def close(self) -> None:
        """Give back every connection."""
        self._store.close()
