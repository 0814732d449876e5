"""Where a library is, and that there can be none: known without a database library."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ENVIRONMENT_VARIABLE: Final = "STAKELINE_STORE"
NEWEST: Final = "0003"
"""The number of the tables as ``schema`` has them; a test holds it to the last migration."""


class UnusableStore(Exception):
    """A place where no library can be, with a sentence that says why and what to do."""


def default_url() -> str:
    """The store's place: the path or URL in ``STAKELINE_STORE``, else a file in the user's data directory."""
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return chosen
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return str(Path(data_home) / "stakeline" / "stakeline.sqlite")


def file_at(url: str) -> Path | None:
    """The SQLite file that a path names; ``None`` for a URL and for what lives in memory."""
    return None if "://" in url or url == ":memory:" else Path(url).expanduser().absolute()


def may_be_there(file: Path) -> bool:
    """Whether there is something to open; what cannot be looked at is opened too, for that says why."""
    try:
        return file.exists()
    except OSError:
        return True
