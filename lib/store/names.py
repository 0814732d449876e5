"""The name a document is shown under: a dropped file's name is somebody else's text."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

LONGEST = 120


def display_name(name: str) -> str:
    """The base name without control, bidi and other invisible characters, at most 120 characters long.

    A name that is cut keeps its ending, which tells the kind of file.
    """
    base = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}).strip()
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST - 17]}…{shown[-16:]}"
    return shown or "unnamed file"
