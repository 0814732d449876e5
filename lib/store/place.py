"""Where a library is, and that there can be none: known without a database library."""

from __future__ import annotations

import os
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
    data_home = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data_home, "stakeline", "stakeline.sqlite")


def file_at(url: str) -> str | None:
    """The SQLite file that a path names, as an absolute one; ``None`` for a URL and for what lives in memory."""
    if "://" in url or url == ":memory:":
        return None
    file = os.path.expanduser(url)
    # The working directory may be gone; it is asked for only where it matters.
    return file if os.path.isabs(file) else os.path.join(os.getcwd(), file)


def may_be_there(file: str) -> bool:
    """Whether there is something to open; what cannot be looked at is opened too, for that says why."""
    try:
        os.stat(file)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
