"""What an SQLite library knows of documents and archives, asked without opening it as a library.

Its statements are written out: most runs over the same files need nothing else, and SQLAlchemy takes longer to
import than a thousand files take to be known.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Final, Self

from lib.store.place import NEWEST, file_at

_KNOWN: Final = """
    SELECT sha256 FROM filings WHERE sha256 IN (SELECT value FROM json_each(?)) AND reader_version >= ?
    AND sha256 NOT IN (SELECT sha256 FROM documents WHERE deleted_at > '1970-01-01 00:00:00.000000')
"""
_WHOLE: Final = """
    SELECT documents FROM archives WHERE sha256 = ? AND reader_version >= ?
    AND NOT EXISTS (SELECT 1 FROM documents WHERE deleted_at >= begun_at)
"""
WAIT_SECONDS: Final = 30


class Glance:
    """A connection that only asks. Raises ``sqlite3.Error`` where the file does not answer."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, timeout=WAIT_SECONDS)

    @classmethod
    def at(cls, url: str) -> Self | None:
        """A glance at the library; ``None`` where it is no SQLite file with the tables of today, or may not be read."""
        file = file_at(url)
        try:
            glance = cls(file) if file and os.path.isfile(file) else None
        except (OSError, sqlite3.Error):
            glance = None
        if glance is None:
            return None
        try:
            number = glance._connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error:
            number = None
        if number == (NEWEST,):
            return glance
        glance.close()
        return None

    def known(self, sha256s: Iterable[str], reader_version: int) -> set[str]:
        """Which of these documents the library shows as this reader or a newer one reads them."""
        import json

        asked = json.dumps([*sha256s])
        with closing(self._connection.execute(_KNOWN, (asked, reader_version))) as found:
            return {sha256 for (sha256,) in found}

    def whole(self, sha256: str, reader_version: int) -> int | None:
        """How many documents came of an archive of which the library shows all; ``None`` where it may not."""
        with closing(self._connection.execute(_WHOLE, (sha256, reader_version))) as found:
            (count,) = found.fetchone() or (None,)
        return count

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
