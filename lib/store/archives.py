"""The archives among a run's files: unpacked, but for those of which the library holds every file.

That is noted at the run's end, and only of archives without a failure, so that what fails is said again. An
archive is walked through again, though nothing in it is read twice, once a document is deleted after that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lib.filings.errors import UnreadableFiling
from lib.filings.names import visible
from lib.filings.readers import READER_VERSION
from lib.filings.readers.kind import ZIP, kind_of
from lib.store.inputs import Document

if TYPE_CHECKING:
    from lib.filings.children import Children


class Held(NamedTuple):
    """An archive's files, so many, of which the library holds every one."""

    documents: int


Given = tuple[str, bytes | UnreadableFiling | Held]


class KnowsArchives(Protocol):
    """A library that notes which archives it holds whole."""

    def whole(self, sha256: str, reader_version: int) -> int | None:
        """How many documents came of an archive of which the library shows all; ``None`` where it may not.

        Raises ``LibraryGone`` where it cannot be asked, however long it is waited for.
        """
        ...

    def note_whole(self, sha256: str, reader_version: int, documents: int, begun: datetime) -> None:
        """Note that all documents of an archive are kept, and when their keeping began."""
        ...


class _Walked(NamedTuple):
    name: str
    sha256: str
    begun: datetime
    documents: int


class Archives:
    """The archives of one run; ``library`` where it notes any."""

    def __init__(self, library: KnowsArchives | None) -> None:
        self._library = library
        self._walked: list[_Walked] = []

    def unpacked(self, documents: Iterable[Document]) -> Iterator[Given]:
        """The documents, every ZIP archive among them replaced by its files, or by their number."""
        children: Children | None = None
        try:
            for name, data in documents:
                if not (isinstance(data, bytes) and data.startswith(ZIP) and kind_of(data) == "archive"):
                    yield name, data
                    continue
                sha256 = hashlib.sha256(data).hexdigest()
                if count := self._library and self._library.whole(sha256, READER_VERSION):
                    yield name, Held(count)
                    continue
                children = children or _children()
                begun = datetime.now(UTC).replace(tzinfo=None)
                documents_of_it = 0
                files = children.unpacked(name, data)
                del data  # from here on the child's file has it
                for one in files:
                    documents_of_it += 1
                    yield one
                self._walked.append(_Walked(name, sha256, begun, documents_of_it))
        finally:
            if children:
                children.close()

    def note(self, refused: Iterable[str]) -> None:
        """Note the archives that are held whole, now that all is kept but the files of these names."""
        lacking = {part for name in refused for part in _places(name)}
        for one in self._walked:
            if self._library and one.documents and visible(one.name) not in lacking:
                self._library.note_whole(one.sha256, READER_VERSION, one.documents, one.begun)


def _children() -> Children:
    # Most runs have no archive to unpack.
    from lib.filings.children import Children

    return Children()


def _places(name: str) -> Iterator[str]:
    """A file's own name, and those of the archives and folders that it may be in."""
    while name:
        yield name
        name = name.rpartition("/")[0]
