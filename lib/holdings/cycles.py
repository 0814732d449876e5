"""Hundreds of thousands of rows without cycles: what looks for cycles among them finds none, at a third of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_within = 0
_looked_before = True


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for no cycles until the block ends, in every thread; memory without cycles is given back as ever.

    Of blocks that overlap, the first to begin stops the looking and the last to end begins it again.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _within, _looked_before
    with _lock:
        if not _within:
            _looked_before = gc.isenabled()
            gc.disable()
        _within += 1


def _end() -> None:
    global _within
    with _lock:
        _within -= 1
        if not _within and _looked_before:
            gc.enable()
