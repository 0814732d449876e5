"""Reading a batch of documents wherever it is asked for: in a thread of this machine, or on a cluster's worker.

Each thread keeps its children, which read with the limits that every reading has, from batch to batch.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Sequence

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import Children, read_listed
from lib.filings.listing import Listed

Read = list[Listed] | UnreadableFiling


class Reader:
    """Reads batches, in as many threads as ask; to be closed when no batch is being read."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all: list[Children] = []

    def __call__(self, batch: Sequence[tuple[str, bytes]]) -> list[Read]:
        """What each document of the batch holds, ready for a library, or why it cannot be read."""
        children: Children | None = getattr(self._mine, "children", None)
        if children is None:
            children = self._mine.children = Children()
            self._all.append(children)
        return read_listed(children, batch)

    def close(self) -> None:
        """End every child."""
        while self._all:
            self._all.pop().close()


_of_this_worker = Reader()
atexit.register(_of_this_worker.close)


def read_on_worker(batch: Sequence[tuple[str, bytes]]) -> list[Read]:
    """What a cluster's worker is sent: its process keeps one reader for all batches that reach it."""
    return _of_this_worker(batch)
