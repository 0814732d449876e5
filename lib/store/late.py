"""A library as an ingest writes it, opened only when there is something to write.

Where it can be glanced at, as an SQLite file that is up to date can, a run that finds every file known never
opens it; one that is not there yet knows nothing, and is made while the first files are being read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from lib.store.glance import Glance
from lib.store.ingest import LibraryGone, patiently
from lib.store.place import UnusableStore, file_at, may_be_there

if TYPE_CHECKING:
    from datetime import datetime

    from lib.filings.listing import ReadDocument
    from lib.store.bulk import IntoStore

T = TypeVar("T")


class LateStore:
    """The store at a path or URL."""

    def __init__(self, url: str) -> None:
        """Raises ``UnusableStore`` where what is there can be neither glanced at nor opened."""
        file = file_at(url)
        self._url = url
        self._glance = Glance.at(url)
        self._opened: IntoStore | None = None
        if self._glance is None and (file is None or may_be_there(file)):
            self._open()

    def known(self, sha256s: Iterable[str], reader_version: int) -> set[str]:
        """Which of these documents need not be read again."""
        keys = list(sha256s)
        return self._asked(
            lambda glance: glance.known(keys, reader_version),
            lambda store: store.known(keys, reader_version),
            set(),
        )

    def whole(self, sha256: str, reader_version: int) -> int | None:
        """How many documents came of an archive that need not be unpacked again.

        Raises ``LibraryGone`` as ``patiently`` does: it is asked while files are gone through, not by an ingest.
        """
        return patiently(
            lambda: self._asked(
                lambda glance: glance.whole(sha256, reader_version),
                lambda store: store.whole(sha256, reader_version),
                None,
            )
        )

    def put(self, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
        """Keep the documents, all or none; the keys of those that were not there."""
        return self._writable().put(batch, reader_version) if batch else set()

    def note_whole(self, sha256: str, reader_version: int, documents: int, begun: datetime) -> None:
        """Note that all documents of an archive are kept, and when their keeping began."""
        self._writable().note_whole(sha256, reader_version, documents, begun)

    def close(self) -> None:
        """Give back every connection."""
        if self._glance:
            self._glance.close()
        if self._opened:
            self._opened.close()

    def _asked(self, glanced: Callable[[Glance], T], opened: Callable[[IntoStore], T], nothing: T) -> T:
        """The answer of the glance; where that fails, the store's, whose errors tell what is the matter."""
        if self._glance:
            try:
                return glanced(self._glance)
            except sqlite3.Error:
                self._glance.close()
                self._glance = None
                self._writable()
        return opened(self._opened) if self._opened else nothing

    def _writable(self) -> IntoStore:
        try:
            return self._opened or self._open()
        except UnusableStore as error:
            raise LibraryGone(str(error)) from error

    def _open(self) -> IntoStore:
        from lib.store.bulk import IntoStore
        from lib.store.documents import open_store

        self._opened = IntoStore(open_store(self._url))
        return self._opened
