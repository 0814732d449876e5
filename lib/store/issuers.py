"""What pages ask of a large library: which issuers it holds filings of, whose insiders, and the filings of one.

Every answer comes from indexes, never from a record or a document's bytes, so that a page that shows one
issuer costs what that issuer has filed, however much else the library holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from lib.filings.corrections import corrected
from lib.filings.json import from_json
from lib.filings.record import Filing
from lib.store import Store
from lib.store.corrections import logs_of
from lib.store.schema import corrections, deleted, documents, filing_owners, filings, shown

AT_ONCE: Final = 500
MOST_FOUND: Final = 200

Held = tuple[tuple[int, str, int, int], ...]
"""Filings' ids, documents, readers' versions and last corrections: the key of what is computed from them."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """An issuer as some filings print it (CIK, name and ticker, each as it is there or not), and how many."""

    cik: str | None
    name: str | None
    symbol: str | None
    filings: int = 0


def issuers(store: Store) -> list[Issuing]:
    """Every way in which an issuer is printed, the most filings first."""
    printed = filings.c.issuer_cik, filings.c.issuer, filings.c.symbol
    query = select(*printed, func.count()).where(shown()).group_by(*printed)
    with store.connect() as connection:
        found = [Issuing(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda one: (-one.filings, one.name or "", one.symbol or "", one.cik or ""))


def insiders_named(store: Store, text: str) -> list[tuple[Issuing, str]]:
    """Insiders whose name has every word of the text, each with an issuer of a filing; at most two hundred."""
    words = text.split()
    if not words:
        return []
    printed = filings.c.issuer_cik, filings.c.issuer, filings.c.symbol
    query = select(*printed, filing_owners.c.name).join(filing_owners).where(shown()).distinct()
    query = query.where(*[filing_owners.c.name.icontains(word, autoescape=True) for word in words])
    query = query.order_by(filing_owners.c.name, *printed).limit(MOST_FOUND)
    with store.connect() as connection:
        return [(Issuing(cik, name, symbol), owner) for cik, name, symbol, owner in connection.execute(query)]


def held_of(store: Store, printed: Iterable[Issuing]) -> Held:
    """The filings of an issuer, which is printed in these ways, by id."""
    ways = [_is(one) for one in printed]
    if not ways:
        return ()
    query = select(filings.c.id, filings.c.sha256, filings.c.reader_version).where(shown(), or_(*ways))
    last = select(corrections.c.filing_id, func.max(corrections.c.number)).group_by(corrections.c.filing_id)
    with store.connect() as connection:
        changed = {row[0]: row[1] for row in connection.execute(last)}
        # Put in order here: the database would leave the index of issuers for one that is in order.
        return tuple(sorted((*row, changed.get(row.id, 0)) for row in connection.execute(query)))


def records(store: Store, ids: Iterable[int]) -> Iterator[tuple[int, Filing]]:
    """The records with these ids that the library shows, by id, as corrected, without the places of their values.

    Nothing that filings say together needs a place, and places are most of a record.
    """
    wanted = sorted(set(ids))
    with store.connect() as connection:
        for start in range(0, len(wanted), AT_ONCE):
            query = select(filings.c.id, filings.c.record).where(
                shown(), filings.c.id.in_(wanted[start : start + AT_ONCE])
            )
            logs = logs_of(connection, wanted[start : start + AT_ONCE])
            for filing_id, record in connection.execute(query.order_by(filings.c.id)):
                record.pop("sources", None)
                yield filing_id, corrected(from_json(record), logs.get(filing_id, ()))


def revision(store: Store) -> tuple[object, ...]:
    """A value that is another one whenever the library shows other filings, readings or corrections of them."""
    read = select(func.count(), func.max(filings.c.id), func.sum(filings.c.reader_version))
    hidden = select(func.count(), func.max(documents.c.deleted_at)).where(deleted())
    with store.connect() as connection:
        changed = connection.execute(select(func.max(corrections.c.number))).scalar()
        return *connection.execute(read).one(), *connection.execute(hidden).one(), changed


def _is(one: Issuing) -> ColumnElement[bool]:
    return and_(
        filings.c.issuer_cik.is_not_distinct_from(one.cik),
        filings.c.issuer.is_not_distinct_from(one.name),
        filings.c.symbol.is_not_distinct_from(one.symbol),
    )
