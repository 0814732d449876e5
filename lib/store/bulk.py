"""Many documents at once: whole or absent, once, and with few statements, whoever else writes beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select

from lib.filings.json import from_json
from lib.filings.listing import Listed
from lib.store import Store, now
from lib.store.dialect import insert_into
from lib.store.engine import Written
from lib.store.names import display_name
from lib.store.noted import note_new
from lib.store.schema import documents, filings, shown

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its key and the filings read from it."""

    name: str
    data: bytes
    sha256: str
    filings: Sequence[Listed]


def known(store: Store, sha256s: Iterable[str], reader_version: int) -> set[str]:
    """Which of these documents the library shows as this reader or a newer one reads them."""
    wanted = list(sha256s)
    found: set[str] = set()
    with store.connect() as connection:
        for start in range(0, len(wanted), AT_ONCE):
            part = filings.c.sha256.in_(wanted[start : start + AT_ONCE])
            query = select(filings.c.sha256).where(part, filings.c.reader_version >= reader_version, shown())
            found.update(connection.execute(query).scalars())
    return found


def put(store: Store, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
    """Keep documents in one transaction; the keys of those that the library did not show before.

    A document that is there already, deleted or as an older reader read it, is kept as ``add_document`` does.
    """
    fresh = {one.sha256: one for one in batch}
    with store.begin() as connection:
        rows = [
            {
                "sha256": one.sha256,
                "name": display_name(one.name),
                "bytes": one.data,
                "container": one.filings[0].container if one.filings else "text",
                "added_at": now(),
            }
            for one in sorted(fresh.values(), key=lambda one: one.sha256)
        ]
        if not rows:
            return set()
        place = insert_into(connection, documents).on_conflict_do_nothing()
        placed = set(connection.execute(place.returning(documents.c.sha256), rows).scalars())
        lines: list[dict[str, Any]] = [
            {
                **one.columns,
                "sha256": sha256,
                "position": position,
                "record": Written(one.record),
                "reader_version": reader_version,
            }
            for sha256 in sorted(placed)
            for position, one in enumerate(fresh[sha256].filings)
        ]
        if lines:
            connection.execute(insert(filings), lines)
            note_new(connection, filings.c.sha256.in_(placed))
    for sha256 in fresh.keys() - placed:
        one = fresh[sha256]
        records = [from_json(json.loads(filing.record)) for filing in one.filings]
        if store.add_document(one.name, one.data, records, reader_version).new:
            placed.add(sha256)
    return placed
