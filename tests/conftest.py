"""Fixtures that several test folders share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.store import Store, open_store


@pytest.fixture
def root() -> Path:
    """The project's root."""
    return Path(__file__).parent.parent


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    opened = open_store(":memory:")
    yield opened
    opened.close()
