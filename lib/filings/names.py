"""The name a document is shown under: a dropped file's name is somebody else's text."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
MOST_PARTS = 4
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})


def display_name(name: str) -> str:
    """The base name without control, bidi and other invisible characters, at most 120 characters long.

    A name that is cut keeps its ending, which tells the kind of file.
    """
    last = name.rpartition("/")[2]
    if last in {"", ".", ".."} or "\\" in last or ":" in last:
        # Few names need it, and many runs need nothing else of it.
        from pathlib import PurePosixPath, PureWindowsPath

        last = PureWindowsPath(PurePosixPath(name).name).name
    return _part(last)


def display_path(label: str) -> str:
    """The place of a file in its archive, ``filings.zip/2007/form4.xml``, every part as ``display_name`` shows it.

    Steps up and to the root are left out; of a path with many parts the first and the last remain.
    """
    parts = [_part(part) for part in re.split(r"[/\\]", label) if part not in {"", ".", ".."}]
    if len(parts) > MOST_PARTS:
        parts = [parts[0], "…", parts[-1]]
    return "/".join(parts) or _part("")


def visible(text: str) -> str:
    """The text without control, bidi, private and other invisible characters, and without lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in INVISIBLE)


def _part(name: str) -> str:
    shown = visible(name).strip()
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST - 17]}…{shown[-16:]}"
    return shown or "unnamed file"
