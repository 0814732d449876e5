"""The SEC's Insider Transactions Data Sets: a quarter's ZIP of tab-separated tables, cut into filings.

Each filing's lines of every table become a small document of its own, so that it has bytes to be known by and
lines to show as its source. Such a document names each table in a line that begins with ``#``, then gives the
table's heads and the filing's rows as they are. Only places in the tables are held, never the tables.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Final

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.dataset import KEY, MAIN, MARKS_ELSEWHERE
from lib.filings.tables import COLUMNS

MAX_TABLE_BYTES: Final = 2_000_000_000
MAX_TOTAL_BYTES: Final = 4_000_000_000
"""Of all tables, unpacked; a quarter's are a few hundred million."""
MAX_FILINGS: Final = 250_000
"""Filings of a set; a busy quarter has 80,000, a year fewer than this."""
MAX_RATIO: Final = 200
CHUNK: Final = 1 << 20
SEVERAL: Final = 3
"""Strange rows of a table that are told one by one; of more, only how many."""
_NEEDED: Final = {name: set(columns) - {"AFF10B5ONE"} for name, columns in COLUMNS.items()}


def is_data_set(packed: zipfile.ZipFile) -> bool:
    """Whether an archive is a data set: it has the table of submissions at its top or in one folder."""
    return f"{MAIN}.tsv" in {name.rpartition("/")[2] for name in packed.namelist()}


def slices(name: str, packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    """Each filing of a data set as ``archive name/ACCESSION.tsv``, in the order of the submissions.

    A table that is missing or lacks a column, a broken row, and rows of filings that the set does not list
    each come as an error; the rest goes on. Raises ``UnreadableFiling`` where the submissions cannot be read.
    """
    places = {path.rpartition("/")[2].removesuffix(".tsv"): path for path in packed.namelist()}
    room = MAX_TOTAL_BYTES
    with ExitStack() as stack:
        tables: dict[str, _Table] = {}
        for table in COLUMNS:
            label = f"{name}/{table}.tsv"
            if table not in places:
                yield label, UnreadableFiling(label, "is missing from the data set; its rows are left out")
                continue
            file = stack.enter_context(tempfile.TemporaryFile())
            refused = _unpack(packed, places[table], file, label, min(MAX_TABLE_BYTES, room))
            room -= file.tell()
            found = refused or _indexed(label, table, file)
            if isinstance(found, UnreadableFiling):
                if table == MAIN:
                    raise UnreadableFiling(
                        name, f"holds no submissions that can be read: {found.what}", found.advice
                    )
                yield label, found
                continue
            tables[table] = found
            yield from ((label, UnreadableFiling(label, what)) for what in found.strange)
        if MAIN not in tables:
            raise UnreadableFiling(name, "holds no SUBMISSION.tsv, which lists the filings of a data set")
        if len(tables[MAIN].rows) > MAX_FILINGS:
            raise UnreadableFiling(
                name,
                f"lists {len(tables[MAIN].rows):,} filings; up to {MAX_FILINGS:,} are read of one data set",
                "Split it by quarter",
            )
        yield from _unlisted(name, tables)
        for accession in tables[MAIN].rows:
            yield f"{name}/{accession.decode('ascii', 'replace')}.tsv", _slice(accession, tables)


@dataclass(frozen=True, slots=True)
class _Table:
    """An unpacked table: the lines a document opens it with, where each filing's lines are, and what is strange.

    ``rows`` has the start and the end of lines that follow one another, again and again.
    """

    file: IO[bytes]
    opening: bytes
    rows: dict[bytes, list[int]]
    strange: list[str]

    def lines(self, accession: bytes) -> list[bytes]:
        """The filing's lines, those that follow one another together."""
        found = []
        places = iter(self.rows.get(accession, ()))
        for start, end in zip(places, places, strict=True):
            self.file.seek(start)
            found.append(self.file.read(end - start))
        return found


def _unpack(
    packed: zipfile.ZipFile, path: str, file: IO[bytes], label: str, room: int
) -> UnreadableFiling | None:
    info = packed.getinfo(path)
    limit = min(room, max(1_000_000, MAX_RATIO * info.compress_size))
    size = 0
    last = b""
    try:
        with packed.open(info) as member:
            while part := member.read(CHUNK):
                size += len(part)
                if size > limit:
                    return UnreadableFiling(label, "unpacks to more than any data set holds")
                file.write(part)
                last = part
        if not last.endswith(b"\n"):
            file.write(b"\n")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return UnreadableFiling(label, "is broken inside its archive", "Download the data set again")
    return None


def _indexed(label: str, table: str, file: IO[bytes]) -> _Table | UnreadableFiling:
    """Where the lines of each filing are. Lines with too few or too many cells are strange, and left out."""
    file.seek(0)
    head = file.readline()
    columns = head.decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")
    aliases = {MARKS_ELSEWHERE.get(column, column) for column in _NEEDED[table]}
    lacking = sorted(one for one in aliases - set(columns) if not one.endswith("_FN"))
    if KEY not in columns or (lacking and table == MAIN and KEY in lacking):
        return UnreadableFiling(label, f"lacks the column {KEY}; its rows are left out")
    strange = [f"lacks the column {column}; it is left empty" for column in lacking]
    at, tabs = columns.index(KEY), len(columns) - 1
    rows: dict[bytes, list[int]] = {}
    broken: list[int] = []
    place, number = len(head), 1
    for line in file:
        number += 1
        end = place + len(line)
        if line.count(b"\t") == tabs and (key := line.split(b"\t", at + 1)[at].strip()):
            places = rows.get(key)
            if places is None:
                rows[key] = [place, end]
            elif places[-1] == place:
                places[-1] = end
            else:
                places += (place, end)
        elif line.strip():
            broken.append(number)
        place = end
    strange += [f"has a broken row in line {n:,}; it is left out" for n in broken[:SEVERAL]]
    if len(broken) > SEVERAL:
        strange.append(f"has {len(broken) - SEVERAL:,} more broken rows; they are left out")
    return _Table(file, f"#{table}\n".encode() + head.lstrip(b"\xef\xbb\xbf"), rows, strange)


def _unlisted(name: str, tables: Mapping[str, _Table]) -> Iterator[tuple[str, UnreadableFiling]]:
    """Rows of filings that the submissions do not list: a table of another quarter, most likely."""
    for table, found in tables.items():
        strangers = found.rows.keys() - tables[MAIN].rows.keys()
        if strangers:
            label = f"{name}/{table}.tsv"
            count = sum(lines.count(b"\n") for key in strangers for lines in found.lines(key))
            one = min(strangers).decode("ascii", "replace")
            what = f"has {count:,} rows of filings that {MAIN}.tsv does not list, such as {one}; they are left out"
            yield label, UnreadableFiling(label, what, "Check that its quarter is that of the other tables")


def _slice(accession: bytes, tables: Mapping[str, _Table]) -> bytes:
    parts: list[bytes] = []
    for found in tables.values():
        if lines := found.lines(accession):
            parts.append(found.opening)
            parts += lines
    return b"".join(parts)
