"""A real PostgreSQL server for the tests that ask for one; they skip, saying so, where the index has none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A server of the module's own. Not below pytest's folder, which other sessions close to other users."""
    pgserver = pytest.importorskip("pgserver", reason="no PostgreSQL server from the package index here")
    with tempfile.TemporaryDirectory(prefix="stakeline-postgres-", ignore_cleanup_errors=True) as folder:
        started = pgserver.get_server(Path(folder))
        yield started
        started.cleanup()


@pytest.fixture
def url(server: Any) -> str:
    """A database of its own for each test."""
    name = f"t{uuid4().hex[:12]}"
    server.psql(f"CREATE DATABASE {name};")
    return str(server.get_uri(database=name))
