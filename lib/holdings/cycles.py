"""Hundreds of thousands of rows without cycles: what looks for cycles among them finds none, at a third of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for no cycles until the block ends; memory without cycles is given back as ever."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
