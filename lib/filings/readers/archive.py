"""ZIP archives of filings: their files, one by one, within limits.

Nothing is extracted by its own name: members are streamed with a byte counter, for the sizes that an
archive declares may lie. Archives in archives are refused, as are locked files and links.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.dataset_slices import is_data_set, slices
from lib.filings.readers.kind import kind_of

MAX_MEMBERS = 100_000
MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 1_000_000_000
MAX_RATIO = 200
"""A file that grows more than this many times while it is unpacked is a bomb; text forms grow up to 30 times."""
CHUNK = 1 << 16
_CLUTTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


def members(name: str, archive: IO[bytes]) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    """Each file in the archive as ``archive name/path`` with its bytes, or with the error that says why not.

    Folders and the clutter that operating systems add are passed over. Raises ``UnreadableFiling`` if the
    archive itself cannot be read or is too large.
    """
    try:
        packed = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFiling(
            name, "is a ZIP archive that is broken or cut off", "Pack the files again"
        ) from error
    with packed:
        if is_data_set(packed):
            yield from slices(name, packed)
            return
        infos = [info for info in packed.infolist() if not info.is_dir() and not _clutter(info.filename)]
        if len(infos) > MAX_MEMBERS:
            raise UnreadableFiling(
                name,
                f"holds {len(infos):,} files; up to {MAX_MEMBERS:,} are read at once",
                "Pack them in several archives",
            )
        total = 0
        for info in infos:
            label = f"{name}/{info.filename}"
            found = _unpacked(packed, info, label, MAX_TOTAL_BYTES - total)
            total += len(found) if isinstance(found, bytes) else 0
            yield label, found


def _unpacked(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, room: int
) -> bytes | UnreadableFiling:
    refused = _refused(info, label)
    if refused:
        return refused
    limit = min(MAX_MEMBER_BYTES, room, max(1_000_000, MAX_RATIO * info.compress_size))
    data = bytearray()
    try:
        with packed.open(info) as member:
            while part := member.read(CHUNK):
                data += part
                if len(data) > limit:
                    return UnreadableFiling(
                        label, "unpacks to more than any filing holds", "Leave it out of the archive"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return UnreadableFiling(label, "is broken inside its archive", "Pack it again")
    if kind_of(bytes(data)) == "archive":
        return UnreadableFiling(
            label, "is an archive inside an archive", "Unpack it and drop in what is inside"
        )
    return bytes(data)


def _refused(info: zipfile.ZipInfo, label: str) -> UnreadableFiling | None:
    if info.flag_bits & 0x1:
        return UnreadableFiling(label, "is locked with a password", "Pack it without one")
    if stat.S_ISLNK(info.external_attr >> 16):
        return UnreadableFiling(label, "is a link to another file", "Pack the file itself")
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return UnreadableFiling(
            label, "has a path that leads out of its archive", "Pack it again in a plain folder"
        )
    return None


def _clutter(path: str) -> bool:
    return any(part in _CLUTTER or part.startswith("._") for part in PurePosixPath(path).parts)
