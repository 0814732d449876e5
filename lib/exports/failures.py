"""What an ingest could not read, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lib.exports.csv import csv_bytes
from lib.store.ingest import Ingested


def write_failures(path: Path, failures: Sequence[Ingested], skipped: Sequence[Ingested]) -> list[Path]:
    """Write the failures as CSV, and what was skipped to a file of its own beside; where both are.

    There is no second file where nothing was skipped, nor that of an earlier run. Raises ``OSError``.
    """
    _write(path, failures)
    beside = path.with_name(f"{path.stem}-skipped{path.suffix}")
    if not skipped:
        beside.unlink(missing_ok=True)
        return [path]
    _write(beside, skipped)
    return [path, beside]


def _write(path: Path, listed: Sequence[Ingested]) -> None:
    path.write_bytes(csv_bytes(("file", "reason"), ((one.name, one.reason) for one in listed)))
