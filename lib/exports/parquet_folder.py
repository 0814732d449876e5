"""A folder of Parquet that an ingest writes straight into: the eight tables, partitioned by year, and no database.

Every batch is a part of its own in each table, and ``_DOCUMENTS`` lists the documents of each part. A part counts
once its list is there: what a run that was killed left without one is taken away when the folder is opened again.
One run at a time writes a folder, and what is in it is not read again; a newer reading goes to a new one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import orjson

from lib.exports.data_set import fits, table_bytes
from lib.filings.json import from_json
from lib.filings.record import Filing
from lib.filings.tables import data_set_rows
from lib.store import UnusableStore
from lib.store.bulk import ReadDocument
from lib.store.ingest import LibraryGone
from lib.store.names import display_name

LISTS: Final = "_DOCUMENTS"
"""Begins with a line, so that whoever reads the folder as a table passes it over."""
HALF: Final = ".half"
"""The ending of a file that is being written."""


class ParquetFolder:
    """The folder, with what an ingest asks of a library."""

    def __init__(self, folder: Path) -> None:
        """Raises ``UnusableStore`` where the folder cannot be written."""
        self._folder = folder
        self._known: set[str] = set()
        self._keys: set[str] = set()
        try:
            (folder / LISTS).mkdir(parents=True, exist_ok=True)
            lists = list((folder / LISTS).glob("*.jsonl"))
            for path in lists:
                self._note(path.read_bytes())
            parts = {path.stem for path in lists}
            for left in folder.glob("*/year=*/part-*"):
                if left.stem.removeprefix("part-") not in parts or left.suffix == HALF:
                    left.unlink()
        except OSError as error:
            raise UnusableStore(
                f"{folder} cannot be written ({error.strerror}); name another folder with --parquet."
            ) from error

    def known(self, sha256s: Iterable[str], _reader_version: int) -> set[str]:
        """Which of these documents are there."""
        return self._known.intersection(sha256s)

    def put(self, batch: Sequence[ReadDocument], reader_version: int) -> set[str]:
        """Write the documents' filings as a part; the keys of those that were not there.

        Raises ``ValueError`` where a filing holds an amount that no column takes, ``LibraryGone`` where the
        folder cannot be written.
        """
        fresh = list({one.sha256: one for one in batch if one.sha256 not in self._known}.values())
        if not fresh:
            return set()
        part = hashlib.sha256("".join(sorted(one.sha256 for one in fresh)).encode()).hexdigest()[:20]
        taken = set(self._keys)
        years = _by_year(fresh)
        lines: list[dict[str, object]] = [
            {"sha256": one.sha256, "document": display_name(one.name), "reader_version": reader_version}
            for one in fresh
        ]
        try:
            for year, found in years.items():
                for name, rows in data_set_rows(found, taken).items():
                    if rows:
                        place = self._folder / name / f"year={year}"
                        place.mkdir(parents=True, exist_ok=True)
                        _write(place / f"part-{part}.parquet", table_bytes(name, rows, "parquet"))
            keys = {"keys": sorted(taken - self._keys)}
            listing = b"".join(orjson.dumps(line) + b"\n" for line in (keys, *lines))
            _write(self._folder / LISTS / f"{part}.jsonl", listing)
        except OSError as error:
            raise LibraryGone(
                f"{self._folder} cannot be written ({error.strerror}). What was kept before is kept; run the "
                "command again when it can be written, and it goes on from there."
            ) from error
        self._note(listing)
        return {one.sha256 for one in fresh}

    def close(self) -> None:
        """Nothing is held open."""

    def _note(self, listing: bytes) -> None:
        """Know the documents of a part, and the keys of their filings."""
        keys, *lines = map(orjson.loads, listing.splitlines())
        self._keys.update(keys["keys"])
        self._known.update(line["sha256"] for line in lines)


def _by_year(documents: Sequence[ReadDocument]) -> dict[str, list[Filing]]:
    """The filings by the year of their period, each with a key: its accession number, or its document's hash."""
    years: dict[str, list[Filing]] = defaultdict(list)
    for one in documents:
        for position, listed in enumerate(one.filings, 1):
            filing = from_json(orjson.loads(listed.record))
            if not fits(filing):
                raise ValueError("an amount that no column takes")
            if not filing.submission.accession_number:
                key = f"document-{one.sha256[:16]}-{position}"
                filing = replace(filing, submission=replace(filing.submission, accession_number=key))
            day = filing.period_of_report
            years[str(day.year) if day else "unknown"].append(filing)
    return years


def _write(path: Path, data: bytes) -> None:
    """Write the whole file or none."""
    half = path.with_suffix(HALF)
    half.write_bytes(data)
    half.replace(path)
