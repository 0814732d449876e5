"""One run at a time in a folder: a lock that the system holds for a process and lets go when it ends, however it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO


class FolderInUse(Exception):
    """Another run holds the folder."""


def hold(path: Path) -> IO[bytes]:
    """The lock file, held until it is closed; it stays where it is, for its being there means nothing.

    Raises ``FolderInUse`` where another run holds it, ``OSError`` where the file cannot be written.
    """
    file = path.open("ab")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        if isinstance(error, BlockingIOError | PermissionError):
            raise FolderInUse from error
        raise
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
