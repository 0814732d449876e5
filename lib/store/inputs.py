"""What a bulk reading is pointed at: files, folders, patterns, and addresses that fsspec knows, one by one.

Nothing is held but the names of what is still to come; a file's bytes are taken when its turn is there. Paths
are plain strings here: a second run of many files is little else than going through their names.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from lib.filings.errors import UnreadableFiling

LARGEST_ARCHIVE: Final = 4_000_000_000
CHUNK: Final = 1 << 24
SMALLER: Final = "Split it into smaller archives"
Document = tuple[str, bytes | UnreadableFiling]


class Place(NamedTuple):
    """What was named, and the files there; ``None`` for an address, whose files are found when its turn is there."""

    named: str
    files: Sequence[str] | None


def found(places: Iterable[str]) -> list[Place]:
    """The files at these places, folders with all that is in them, in order of name.

    A place is a path, a pattern with ``*``, or an address such as ``s3://bucket/2024/*.xml``.
    """
    return [Place(one, None if "://" in one else _files(one)) for one in places]


def documents(places: Iterable[Place]) -> Iterator[Document]:
    """The name and bytes of every file; what cannot be opened comes with the sentence that says why."""
    for place in places:
        if place.files is None:
            yield from _remote(place.named)
        else:
            yield from _local(place.named, place.files)


def how_many(places: Iterable[Place]) -> int | None:
    """How many documents that is, if they are plain files on this machine; an archive holds who knows how many."""
    count = 0
    for place in places:
        if place.files is None or any(file[-4:].casefold() == ".zip" for file in place.files):
            return None
        count += len(place.files)
    return count


def _files(place: str) -> list[str]:
    """The files at a path or pattern, in order of name; of a folder all that is in it but what is hidden."""
    if os.path.isdir(place):
        return sorted(_within(place))
    if os.path.exists(place):
        return [place]
    # The pattern may be absolute, which Path.glob refuses.
    found = glob.glob(place, recursive=True)
    return sorted(one for one in found if os.path.isfile(one))


def _within(folder: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _within(entry.path)
        elif entry.is_file():
            yield entry.path


def _local(place: str, files: Sequence[str]) -> Iterator[Document]:
    if not files:
        advice = "Name a file, a folder, or a pattern such as 2024/*.xml"
        yield place, UnreadableFiling(place, "names no file", advice)
    for file in files:
        yield file, _content(file)


def _content(file: str) -> bytes | UnreadableFiling:
    """What is in the file. Nobody but who asked holds it, for an archive may be as large as the rest of a run."""
    try:
        opened = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            size = os.fstat(opened).st_size
            if size > LARGEST_ARCHIVE:
                return UnreadableFiling(file, "is larger than 4 GB", SMALLER)
            return _bytes(opened, size)
        finally:
            os.close(opened)
    except OSError as error:
        return UnreadableFiling(file, f"cannot be opened ({error.strerror})")


def _bytes(opened: int, size: int) -> bytes:
    """All that can be read. Without a file object, which takes longer to make than most filings to read."""
    data = os.read(opened, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    while part := os.read(opened, CHUNK):
        parts.append(part)
    return b"".join(parts)


def _remote(place: str) -> Iterator[Document]:
    try:
        import fsspec
    except ModuleNotFoundError:
        yield (
            place,
            UnreadableFiling(
                place,
                "is an address, and reading those is not installed",
                "Run pip install -r requirements-cluster.txt",
            ),
        )
        return
    try:
        files = fsspec.open_files(place, "rb")
    except Exception as error:  # each kind of bucket raises errors of its own
        yield place, UnreadableFiling(place, f"cannot be listed ({error})")
        return
    if not files:
        yield place, UnreadableFiling(place, "names no file")
    for file in files:
        try:
            with file as opened:
                data = opened.read(LARGEST_ARCHIVE + 1)
            if len(data) > LARGEST_ARCHIVE:
                yield str(file.path), UnreadableFiling(str(file.path), "is larger than 4 GB", SMALLER)
            else:
                yield str(file.path), data
        except Exception as error:
            yield str(file.path), UnreadableFiling(str(file.path), f"cannot be opened ({error})")
