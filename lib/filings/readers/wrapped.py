"""Files that were hard-wrapped at a fixed width, in the middle of tags and words.

Some filers' files of 2003 are cut at 80 or 120 columns, and EDGAR cut others at 1,023; joining the lines
with nothing recovers them.
"""

from __future__ import annotations

from typing import Final

from lib.filings.record import Finding

WIDTHS: Final = frozenset({80, 120, 1023})

UNWRAPPED: Final = Finding(
    "note", "", "The file was cut into lines of one width; they were joined again.", "xml.unwrapped"
)


def unwrap(data: bytes) -> bytes:
    """``data`` with its lines joined if it was hard-wrapped at a known width, else ``data`` itself.

    A wrapped file has no line over the width and, for the narrow widths, almost only full lines; at 1,023
    columns a full line is no accident, so only what follows a full line is joined.
    """
    if not (_narrow(data) or _wide(data)):
        return data
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    longest = max(map(len, lines))
    full = sum(len(line) == longest for line in lines)
    if longest not in WIDTHS or (longest < 1023 and full < 0.8 * (len(lines) - 1)):
        return data
    return b"".join(line if len(line) == longest else line + b"\n" for line in lines)


def _narrow(data: bytes) -> bool:
    """Whether one of the first lines has a narrow width; in a wrapped file nearly all have."""
    return any(len(line.removesuffix(b"\r")) in WIDTHS for line in data[:500].split(b"\n", 3)[:3])


def _wide(data: bytes) -> bool:
    """Whether some line has 1,023 bytes or more. Looks at one line end a thousand bytes, not at each."""
    at, last = -1, len(data) - 1023
    while at < last:
        at = data.rfind(b"\n", at + 1, at + 1024)
        if at < 0:
            return True
    return False
