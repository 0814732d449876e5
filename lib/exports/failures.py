"""What an ingest could not read, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lib.exports.csv import csv_bytes
from lib.store.ingest import Ingested


def write_failures(path: Path, failures: Sequence[Ingested]) -> Path:
    """Write files and reasons as CSV; where they are then. Raises ``OSError``."""
    path.write_bytes(csv_bytes(("file", "reason"), ((one.name, one.reason) for one in failures)))
    return path
