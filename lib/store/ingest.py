"""Bulk reading into a library: all cores, whole batches or none, and nothing read twice.

Documents are known by their content, so a run that was killed is finished by running it again, and two runs
over the same files at once come to the same library. Only a few batches are ever in memory.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat, takewhile
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeVar

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.names import visible
from lib.filings.readers import READER_VERSION
from lib.store.archives import Given, Held

if TYPE_CHECKING:
    from concurrent.futures import Future

    from lib.filings.listing import ReadDocument
    from lib.store.reading import Read

BATCH_DOCUMENTS: Final = 256
BATCH_BYTES: Final = 1_000_000
PDF_WEIGHT: Final = 8
"""So many times its size counts a PDF: what takes long goes in small batches, for cores are to end together."""
MOST_TOGETHER: Final = 16
"""Batches that are kept in one transaction."""
SECONDS_UNKEPT: Final = (0.5, 2.0)
"""How long what is read may wait for more to be kept with: at first, and at most, for each time is twice the last."""
PATIENCE_SECONDS: Final = 60.0
"""How long a database that does not answer is waited for before the run is given up."""
NO_ANSWER: Final = "it does not answer"
_TO_THE_APP: Final = "Drop in "
_WRONG_STATEMENT: Final = "42"
"""The class of PostgreSQL's states for what is not there, not allowed or not understood."""

State = Literal["new", "known", "failed", "skipped"]


class Library(Protocol):
    """What an ingest writes: a store, or whatever else keeps whole batches or none and knows what it has."""

    def known(self, sha256s: Iterable[str], reader_version: int) -> set[str]:
        """Which of these documents need not be read again."""
        ...

    def put(self, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
        """Keep the documents, all or none; the keys of those that were not there."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


class Ingested(NamedTuple):
    """What became of one document, and the sentence that says why where it failed or is no filing.

    Those that are known are told of together: ``documents`` is their number, ``name`` that of the first.
    """

    name: str
    state: State
    filings: int = 0
    reason: str | None = None
    documents: int = 1


class LibraryGone(Exception):
    """The library could not be written any more; what was said to be kept is kept, and a new run goes on."""


class _Batch(NamedTuple):
    told: list[Ingested]
    copies: list[tuple[str, str]]
    waiting: list[tuple[str, bytes, str]]
    read: Future[list[Read]] | None


Submit = Callable[[Sequence[tuple[str, bytes]]], "Future[list[Read]]"]
"""Begins to read a batch somewhere."""


def ingest(library: Library, documents: Iterable[Given], submit: Submit, ahead: int) -> Iterator[Ingested]:
    """Read and keep the documents; what became of each, in batches, as they are kept.

    ``documents`` are single files, archives unpacked. ``ahead`` is how many batches may wait to be read.
    Raises ``LibraryGone`` where the library cannot be written for a minute, or its disk is full.
    """
    pending: deque[_Batch] = deque()
    unkept, most = SECONDS_UNKEPT
    due = time.monotonic() + unkept
    for batch in chain(_batches(documents), repeat(None)):
        if batch is not None:
            pending.append(_begun(library, batch, submit))
        elif not pending:
            return
        if batch is None or len(pending) - _count_read(pending) > ahead:
            _wait_for_one(pending)
        enough = MOST_TOGETHER if batch is not None else min(MOST_TOGETHER, len(pending))
        if _count_read(pending) >= enough or time.monotonic() > due:
            yield from _kept(library, _taken(pending))
            unkept = min(2 * unkept, most)
            due = time.monotonic() + unkept


def _count_read(pending: Iterable[_Batch]) -> int:
    """How many of the oldest batches are read by now, without one between them that is not."""
    return sum(1 for _ in takewhile(_is_read, pending))


def _wait_for_one(pending: Iterable[_Batch]) -> None:
    """Wait until the oldest batch that is being read is read, whatever comes of it."""
    for batch in pending:
        if batch.read and not batch.read.done():
            batch.read.exception()
            return


def _taken(pending: deque[_Batch]) -> list[_Batch]:
    """The oldest batches that are read by now.

    Together they are one transaction: each writes to most pages of every index, however few filings it has.
    """
    return [pending.popleft() for _ in range(min(_count_read(pending), MOST_TOGETHER))]


def _is_read(batch: _Batch) -> bool:
    return batch.read is None or batch.read.done()


def _batches(documents: Iterable[Given]) -> Iterator[list[Given]]:
    batch: list[Given] = []
    size = 0
    for name, data in documents:
        batch.append((name, data))
        if isinstance(data, bytes):
            size += len(data) * (PDF_WEIGHT if data.startswith(b"%PDF") else 1)
        if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begun(library: Library, batch: Sequence[Given], submit: Submit) -> _Batch:
    """The batch with what is known of it already, and the reading of the rest under way."""
    told: list[Ingested] = []
    keyed: list[tuple[str, bytes, str]] = []
    for name, data in batch:
        if isinstance(data, UnreadableFiling):
            told.append(_failed(name, data))
        elif isinstance(data, Held):
            told.append(Ingested(visible(name), "known", documents=data.documents))
        else:
            keyed.append((name, data, hashlib.sha256(data).hexdigest()))
    there = patiently(lambda: library.known([key for _, _, key in keyed], READER_VERSION))
    waiting: dict[str, tuple[str, bytes, str]] = {}
    copies: list[tuple[str, str]] = []
    for name, data, key in keyed:
        if key in there:
            continue
        if key in waiting:
            copies.append((visible(name), key))
        else:
            waiting[key] = (visible(name), data, key)
    if known := len(keyed) - len(waiting) - len(copies):
        told.append(
            Ingested(next(visible(name) for name, _, key in keyed if key in there), "known", documents=known)
        )
    read = submit([(name, data) for name, data, _ in waiting.values()]) if waiting else None
    return _Batch(told, copies, list(waiting.values()), read)


def _kept(library: Library, batches: Sequence[_Batch]) -> Iterator[Ingested]:
    for batch in batches:
        yield from batch.told
    if any(batch.waiting for batch in batches):
        yield from _kept_of_read(library, batches)


def _kept_of_read(library: Library, batches: Sequence[_Batch]) -> Iterator[Ingested]:
    # Only where something was read: it takes the record with it.
    from lib.filings.listing import ReadDocument

    good: list[ReadDocument] = []
    refused: dict[str, UnreadableFiling] = {}
    for batch in batches:
        for (name, data, key), found in zip(batch.waiting, _result(batch.read), strict=True):
            if isinstance(found, UnreadableFiling):
                refused[key] = found
                yield _failed(name, found)
            else:
                good.append(ReadDocument(name, data, key, found))
    new, not_kept = _put(library, good)
    refused |= not_kept
    for one in good:
        if one.sha256 in refused:
            yield _failed(one.name, refused[one.sha256])
        else:
            yield Ingested(one.name, "new" if one.sha256 in new else "known", len(one.filings))
            new.discard(one.sha256)  # a copy in a later batch is none
    for name, key in (copy for batch in batches for copy in batch.copies):
        yield _failed(name, refused[key]) if key in refused else Ingested(name, "known")


def _result(read: Future[list[Read]] | None) -> list[Read]:
    """What was read. Raises ``LibraryGone`` where whoever reads has no room, or has gone."""
    try:
        return read.result() if read else []
    except Exception as error:
        raise LibraryGone(
            f"Reading stopped ({type(error).__name__}: {error}). What was kept before is kept; look after the "
            "temporary folder's room or the cluster's workers, and run the command again."
        ) from error


def _put(library: Library, good: Sequence[ReadDocument]) -> tuple[set[str], dict[str, UnreadableFiling]]:
    """The keys of what is new, and why any document alone cannot be kept."""
    try:
        return patiently(lambda: library.put(good, READER_VERSION)), {}
    except LibraryGone:
        raise
    except Exception:
        if len(good) == 1:
            import logging

            logging.getLogger(__name__).exception("The library cannot keep a filing")
            what = "was read, but holds something that the library cannot keep"
            refusal = UnreadableFiling(
                good[0].name, what, "Keep the file and report it, so that it can be mended"
            )
            return set(), {good[0].sha256: refusal}
    new: set[str] = set()
    refused: dict[str, UnreadableFiling] = {}
    for one in good:
        added, not_kept = _put(library, [one])
        new |= added
        refused |= not_kept
    return new, refused


T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """What ``work`` on the database comes to, tried again for a minute where the database does not answer.

    Raises ``LibraryGone`` after that, and at once where waiting does not help: the disk is full, or a table or
    column that is asked for is not there.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    pause = 0.1
    while True:
        try:
            return work()
        except Exception as error:
            why = _why_not(error)
            if why is None:
                raise
            if why != NO_ANSWER or time.monotonic() + pause > until:
                raise LibraryGone(
                    f"The library cannot be written: {why}. What was kept before is kept; run the command "
                    "again when it can be written, and it goes on from there."
                ) from error
            time.sleep(pause)
            pause = min(2 * pause, 5.0)


def _why_not(error: Exception) -> str | None:
    """Why the database does nothing; ``None`` where it refuses only what it is given, or is not the matter."""
    from sqlalchemy.exc import DBAPIError, OperationalError

    if not isinstance(error, DBAPIError):
        return None
    if _is_wrongly_asked(error.orig):
        return f"it refuses what it is asked ({' '.join(str(error.orig).split())})"
    if not (isinstance(error, OperationalError) or error.connection_invalidated):
        return None
    return "its disk is full" if "full" in str(error.orig).casefold() else NO_ANSWER


def _is_wrongly_asked(error: BaseException | None) -> bool:
    """Whether the statement cannot work on these tables, whatever it is given and however often it is tried."""
    import sqlite3

    state = str(getattr(error, "sqlstate", None) or "")
    is_wrong = state.startswith(_WRONG_STATEMENT)
    return is_wrong or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _failed(name: str, refusal: UnreadableFiling) -> Ingested:
    """Why nothing was read, to somebody who names files: dropping them in is what the app's user does."""
    name = visible(name)
    advice = refusal.advice
    if advice.startswith(_TO_THE_APP):
        advice = f"Give {advice.removeprefix(_TO_THE_APP)}"
    state: State = "skipped" if isinstance(refusal, NotAFiling) else "failed"
    return Ingested(name, state, reason=visible(str(UnreadableFiling(name, refusal.what, advice))))
