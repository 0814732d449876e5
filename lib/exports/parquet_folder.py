"""A folder of Parquet that an ingest writes straight into: the eight tables, partitioned by year, and no database.

Every batch is a part of its own in each table, and ``_DOCUMENTS`` lists the documents of each part. A part counts
once its list is there, whole: what a run that was killed left without one is taken away when the folder is opened
again. One run at a time writes a folder, and what is in it is not read again; a newer reading goes to a new one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from lib.exports.data_set import fits, table_bytes
from lib.exports.folder_lock import FolderInUse, hold
from lib.filings.json import from_json
from lib.filings.listing import ReadDocument
from lib.filings.names import display_name
from lib.filings.readers.dataset import KEY, MAIN
from lib.filings.record import Filing
from lib.filings.tables import COLUMNS, data_set_rows
from lib.store import UnusableStore
from lib.store.ingest import LibraryGone

LISTS: Final = "_DOCUMENTS"
"""Begins with a line, so that whoever reads the folder as a table passes it over."""
HALF: Final = ".half"
"""The ending of a file that is being written."""
AT_ONCE: Final = 8
"""Files that are made to last at a time."""
LOCK: Final = ".lock"
_PART: Final = re.compile(rf"part-([0-9a-f]{{20}})(?:\.parquet|{re.escape(HALF)})")
"""The names of our own parts; whatever else lies in a folder stays."""


class ParquetFolder:
    """The folder, with what an ingest asks of a library. It is held until it is closed."""

    def __init__(self, folder: Path) -> None:
        """Raises ``UnusableStore`` where the folder cannot be written, is none of ours, or another run writes it."""
        self._folder = folder
        self._known: set[str] = set()
        self._keys: set[str] = set()
        with ExitStack() as held, _said(folder):
            _begin(folder)
            held.enter_context(hold(folder / LISTS / LOCK))
            self._open()
            self._held = held.pop_all()

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
        keys: list[str] = []
        try:
            files = self._tables(part, _by_year(fresh), keys)
            listed = self._folder / LISTS / f"{part}.jsonl"
            files[listed] = _listing(fresh, keys, reader_version)
            _write_all(files, listed)
        except BaseException as error:
            self._keys.difference_update(keys)
            if isinstance(error, OSError):
                raise LibraryGone(
                    f"{self._folder} cannot be written ({error.strerror}). What was kept before is kept; run the "
                    "command again when it can be written, and it goes on from there."
                ) from error
            raise
        self._known.update(one.sha256 for one in fresh)
        return {one.sha256 for one in fresh}

    def close(self) -> None:
        """Let another run have the folder."""
        self._held.close()

    def _open(self) -> None:
        """Know what is there, and take away what a run that was killed left."""
        parts: set[str] = set()
        for path in (self._folder / LISTS).glob("*.jsonl"):
            if found := _listed(path):
                parts.add(path.stem)
                self._keys.update(found.keys)
                self._known.update(found.sha256s)
        for table in COLUMNS:
            for left in (self._folder / table).glob("year=*/part-*"):
                ours = _PART.fullmatch(left.name)
                if ours and (left.suffix == HALF or ours[1] not in parts):
                    left.unlink()

    def _tables(self, part: str, years: Mapping[str, list[Filing]], keys: list[str]) -> dict[Path, bytes]:
        """The part's files; the keys that its filings get are added to ``keys``."""
        files: dict[Path, bytes] = {}
        for year, found in years.items():
            tables = data_set_rows(found, self._keys)
            keys += [str(row[KEY]) for row in tables[MAIN]]
            for name, rows in tables.items():
                if rows:
                    place = self._folder / name / f"year={year}" / f"part-{part}.parquet"
                    files[place] = table_bytes(name, rows, "parquet")
        return files


class _Listed(NamedTuple):
    """What the list of a part holds: its filings' keys, and its documents."""

    keys: frozenset[str]
    sha256s: frozenset[str]


def _listing(fresh: Sequence[ReadDocument], keys: Sequence[str], reader_version: int) -> bytes:
    head = {"documents": len(fresh), "keys": sorted(keys)}
    lines = (
        {"sha256": one.sha256, "document": display_name(one.name), "reader_version": reader_version}
        for one in fresh
    )
    return b"".join(orjson.dumps(line) + b"\n" for line in (head, *lines))


def _listed(path: Path) -> _Listed | None:
    """What the list says, or nothing where it was cut short. Raises ``UnusableStore`` where it is none of ours."""
    data = path.read_bytes()
    if not data.endswith(b"\n"):
        return None
    try:
        head, *lines = map(orjson.loads, data.splitlines())
        if len(lines) < head["documents"]:
            return None
        return _Listed(frozenset(head["keys"]), frozenset(line["sha256"] for line in lines))
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableStore(
            f"{path} is no list of documents that an ingest wrote; name another folder with --parquet, or "
            "delete the list, and its documents are read again."
        ) from error


def _begin(folder: Path) -> None:
    """Make the folder where it is not there. Raises ``UnusableStore`` where it holds what no ingest wrote."""
    lists = folder / LISTS
    if not lists.is_dir() and folder.is_dir() and any(one.name[0] != "." for one in folder.iterdir()):
        raise UnusableStore(
            f"{folder} holds something else than an ingest's tables; name a new or an empty folder with "
            "--parquet."
        )
    new = [one for one in (lists, *lists.parents) if not one.exists()]
    lists.mkdir(parents=True, exist_ok=True)
    if os.name != "nt":  # there, folders cannot be opened
        for one in new:
            # What is above may be a folder that we may write and not read.
            with suppress(PermissionError):
                _make_last(one.parent)


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Turn what hinders the opening of the folder into a sentence."""
    try:
        yield
    except FolderInUse as error:
        raise UnusableStore(
            f"Another run is writing {folder}; wait until it is done, or name another folder with --parquet."
        ) from error
    except OSError as error:
        raise UnusableStore(
            f"{folder} cannot be written ({error.strerror}); name another folder with --parquet."
        ) from error


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


def _write_all(files: Mapping[Path, bytes], last: Path) -> None:
    """Write the files, and ``last`` when the others are there to stay; none is left where one cannot be written."""
    root = last.parents[1]
    try:
        _write_to_stay({path: data for path, data in files.items() if path != last}, root)
        _write_to_stay({last: files[last]}, root)
    except BaseException:
        # The list first: while it is there, its parts count.
        for path in (last, *files):
            for left in (path, path.with_suffix(HALF)):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        raise


def _write_to_stay(files: Mapping[Path, bytes], root: Path) -> None:
    """Write each file whole or not at all; when this returns they outlast a loss of power, every folder up to ``root`` too."""
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_suffix(HALF), data)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # All at once, for a disk takes them together.
        list(pool.map(_make_last, [path.with_suffix(HALF) for path in files]))
        for path in files:
            path.with_suffix(HALF).replace(path)
        if os.name != "nt":  # there, folders cannot be opened
            # Not above the root: that may be a folder that we may not open.
            within = {one for path in files for one in path.parents if one.is_relative_to(root)}
            list(pool.map(_make_last, within))


def _write(half: Path, data: bytes) -> None:
    half.write_bytes(data)


def _make_last(path: Path) -> None:
    opened = os.open(path, os.O_RDWR if path.suffix == HALF else os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
