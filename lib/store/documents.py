"""Where documents and their records are kept: in one database, whole documents or none.

A document is known by the SHA-256 of its bytes. Adding it again adds nothing and says so; deleting it hides
it and can be undone; adding a deleted one brings it back under the same ids, so links keep working.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    and_,
    func,
    select,
    update,
)

from lib.filings.corrections import Correction, corrected
from lib.filings.json import from_json, to_stored_json
from lib.filings.listing import columns_of
from lib.filings.names import display_name
from lib.filings.readers.dataset import with_places
from lib.filings.record import Container, Filing
from lib.store.corrections import add_lines, logs_of
from lib.store.dialect import insert_into
from lib.store.engine import open_engine
from lib.store.noted import note
from lib.store.plans import Plans
from lib.store.schema import corrections, documents, filings, shown


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did: its key, and whether the library lacked it before."""

    sha256: str
    new: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the library: one filing as corrected, without its rows.

    ``added`` is in UTC. ``revision`` is the number of the last line of its log, 0 where nobody changed it.
    ``accession`` is EDGAR's number of the submission, where the filing came with it.
    """

    id: int
    sha256: str
    document: str
    container: Container
    form: str | None
    issuer: str | None
    symbol: str | None
    issuer_cik: str | None
    owners: tuple[str, ...]
    period: date | None
    row_count: int
    finding_count: int
    reader_version: int
    added: datetime
    revision: int = 0
    accession: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was dropped in."""

    name: str
    data: bytes


def open_store(url: str) -> Store:
    """The store at a path, an SQLite URL or a PostgreSQL URL, made if it is not there.

    Raises ``UnusableStore`` where there can be none, with a sentence that says why and what to do.
    """
    return Store(open_engine(url))


class Store:
    """Documents and filings. Every method is one transaction, safe beside other threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.plans = Plans(engine)

    def add_document(self, name: str, data: bytes, read: Sequence[Filing], reader_version: int) -> Added:
        """Keep a document and the filings read from it, all or nothing.

        ``new`` is false where the library already showed these bytes. Records of an older reader are
        replaced in place, a deleted document comes back; both keep their ids. Records of a newer reader,
        whose process runs beside this one, stay as they are.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        container = read[0].container if read else "text"
        document = {
            "sha256": sha256,
            "name": display_name(name),
            "bytes": data,
            "container": container,
            "added_at": now(),
        }
        with self._engine.begin() as connection:
            place = insert_into(connection, documents).values(document).on_conflict_do_nothing()
            placed = connection.execute(place.returning(documents.c.sha256)).first() is not None
            revived = connection.execute(
                update(documents)
                .where(documents.c.sha256 == sha256, documents.c.deleted_at.is_not(None))
                .values(deleted_at=None, added_at=now())
            )
            _put_filings(connection, sha256, read, reader_version)
            note(connection, filings.c.sha256 == sha256)
        return Added(sha256, new=placed or revived.rowcount == 1)

    def holds(self, data: bytes, reader_version: int) -> str | None:
        """The document's SHA-256 where the library shows these bytes as this reader or a newer one reads them."""
        sha256 = hashlib.sha256(data).hexdigest()
        query = select(filings.c.id).where(filings.c.sha256 == sha256, shown())
        query = query.where(filings.c.reader_version >= reader_version).limit(1)
        with self._engine.connect() as connection:
            return sha256 if connection.execute(query).first() else None

    def is_empty(self) -> bool:
        """Whether the library shows no filing."""
        with self._engine.connect() as connection:
            return connection.execute(select(filings.c.id).where(shown()).limit(1)).first() is None

    def library(self) -> list[Entry]:
        """Every filing that is not deleted, the last added first, then in the document's order."""
        return self._entries()

    def entries(self, sha256: str) -> list[Entry]:
        """The library's lines of one document, in the document's order."""
        return self._entries(documents.c.sha256 == sha256)

    def entries_of(self, ids: Sequence[int]) -> list[Entry]:
        """The library's lines of these filings that it shows, the last added first."""
        return self._entries(filings.c.id.in_(ids))

    def entry(self, filing_id: int) -> Entry:
        """One filing's line. Raises ``KeyError`` where the library shows no such filing."""
        for entry in self._entries(filings.c.id == filing_id):
            return entry
        raise KeyError(filing_id)

    def filing(self, filing_id: int) -> Filing:
        """One filing's record as corrected. Raises ``KeyError`` where the library shows no such filing."""
        for _, filing in self.filings([filing_id]):
            return filing
        raise KeyError(filing_id)

    def filing_as_read(self, filing_id: int) -> Filing:
        """One filing's record without corrections. Raises ``KeyError`` as ``filing`` does."""
        for _, filing in self.filings([filing_id], as_read=True):
            return filing
        raise KeyError(filing_id)

    def log(self, filing_id: int) -> list[Correction]:
        """What people changed in a filing's record, in the order they did."""
        with self._engine.connect() as connection:
            return logs_of(connection, [filing_id]).get(filing_id, [])

    def write_log(self, filing_id: int, lines: Sequence[Correction]) -> None:
        """Add lines to a filing's log; their numbers are given here, their own count for nothing.

        Raises ``KeyError`` where the library shows no such filing.
        """
        with self._engine.begin() as connection:
            query = select(filings.c.record).where(filings.c.id == filing_id, shown())
            # The row is held until the list says what the log says, whoever else writes to the log.
            record = connection.execute(query.with_for_update()).scalar()
            if record is None:
                raise KeyError(filing_id)
            add_lines(connection, filing_id, lines)
            log = logs_of(connection, [filing_id])[filing_id]
            listed = columns_of(corrected(from_json(record), log))
            connection.execute(update(filings).where(filings.c.id == filing_id).values(listed))
            note(connection, filings.c.id == filing_id)

    def filings(self, ids: Iterable[int], as_read: bool = False) -> Iterator[tuple[int, Filing]]:
        """The records with these ids that the library shows, by id, as corrected or as they were read."""
        wanted = sorted(set(ids))
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), 500):
                # The places of a data set's values are found in its document.
                placed = and_(filings.c.sha256 == documents.c.sha256, documents.c.container == "dataset")
                query = select(filings.c.id, filings.c.record, documents.c.bytes).outerjoin(documents, placed)
                query = query.where(shown(), filings.c.id.in_(wanted[start : start + 500]))
                logs = {} if as_read else logs_of(connection, wanted[start : start + 500])
                for filing_id, record, document in connection.execute(query.order_by(filings.c.id)):
                    read = with_places(from_json(record), document)
                    yield filing_id, corrected(read, logs.get(filing_id, ()))

    def document_names(self, ids: Sequence[int]) -> dict[int, str]:
        """The names of the documents that these filings were read from, by the filings' ids."""
        query = select(filings.c.id, documents.c.name).join(documents).where(filings.c.id.in_(ids))
        with self._engine.connect() as connection:
            return {row.id: row.name for row in connection.execute(query)}

    def document(self, sha256: str) -> Document:
        """A document's name and bytes. Raises ``KeyError`` where the library shows no such document."""
        query = select(documents.c.name, documents.c.bytes).where(
            documents.c.sha256 == sha256, documents.c.deleted_at.is_(None)
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).first()
        if found is None:
            raise KeyError(sha256)
        return Document(found.name, found.bytes)

    def delete(self, sha256s: Iterable[str]) -> None:
        """Hide documents with all their filings; ``restore`` undoes it."""
        self._mark_deleted(sha256s, now())

    def restore(self, sha256s: Iterable[str]) -> None:
        """Show deleted documents again, under the same ids."""
        self._mark_deleted(sha256s, None)

    def _entries(self, *which: ColumnElement[bool]) -> list[Entry]:
        listed = [c for c in filings.c if c.name not in {"record", "position", "trades"}]
        last = select(func.max(corrections.c.number)).where(corrections.c.filing_id == filings.c.id)
        revision = func.coalesce(last.scalar_subquery(), 0).label("revision")
        query = select(*listed, documents.c.name, documents.c.container, documents.c.added_at, revision)
        query = query.join(documents).where(shown(), *which)
        query = query.order_by(documents.c.added_at.desc(), filings.c.sha256, filings.c.position)
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query).mappings()]

    def _mark_deleted(self, sha256s: Iterable[str], when: datetime | None) -> None:
        with self._engine.begin() as connection:
            for sha256 in sha256s:
                chosen = update(documents).where(documents.c.sha256 == sha256)
                connection.execute(chosen.values(deleted_at=when))

    def connect(self) -> Connection:
        """A connection for questions that have a module of their own; to be closed by who asks."""
        return self._engine.connect()

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction for changes that have a module of their own."""
        return self._engine.begin()

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def now() -> datetime:
    """This moment as the store writes it: in UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def _put_filings(connection: Connection, sha256: str, read: Sequence[Filing], reader_version: int) -> None:
    newest = select(func.max(filings.c.reader_version)).where(filings.c.sha256 == sha256)
    if (connection.execute(newest).scalar() or 0) > reader_version:
        return
    connection.execute(select(filings.c.id).where(filings.c.sha256 == sha256).with_for_update())
    logs = _logs_at(connection, sha256)
    for position, filing in enumerate(read):
        shown = corrected(filing, logs.get(position, ()))
        values = columns_of(shown) | {"record": to_stored_json(filing), "reader_version": reader_version}
        put = insert_into(connection, filings).values(sha256=sha256, position=position, **values)
        put = put.on_conflict_do_update(
            index_elements=["sha256", "position"],
            set_=values,
            where=filings.c.reader_version < reader_version,
        )
        connection.execute(put)
    connection.execute(
        filings.delete().where(filings.c.sha256 == sha256, filings.c.position >= len(read)),
    )


def _logs_at(connection: Connection, sha256: str) -> dict[int, list[Correction]]:
    """The logs of a document's filings by their positions: a new reading keeps what people changed."""
    placed = select(filings.c.id, filings.c.position).where(filings.c.sha256 == sha256)
    positions = {row.id: row.position for row in connection.execute(placed)}
    return {positions[one]: log for one, log in logs_of(connection, positions).items()}


def _entry(row: RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        sha256=row["sha256"],
        document=row["name"],
        container=row["container"],
        form=row["form"],
        issuer=row["issuer"],
        symbol=row["symbol"],
        issuer_cik=row["issuer_cik"],
        owners=tuple(row["owners"]),
        period=row["period"],
        row_count=row["row_count"],
        finding_count=row["finding_count"],
        reader_version=row["reader_version"],
        added=row["added_at"],
        revision=row["revision"],
        accession=row["accession"],
    )
