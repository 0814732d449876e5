"""Signatures put together by their layout: a date stands half-way down the lines of its name.

Where a converter moved lines of names to the page's end it left their first letters in place, and what their
longest line lost at the border before the date; so the lines that were moved are known by what they left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.filings.form import Text
from lib.filings.readers.text_lines import Word, joined, plain
from lib.filings.readers.text_tail import is_date

Line = Sequence[Word]

MAX_LINES: Final = 24
"""The longest name of a signer there can be, 300 letters in a narrow column, has half as many lines."""
_LEFT_OVER: Final = 2
"""A moved line leaves its first letter or two, and as many at its end."""


def centred_signatures(block: Sequence[Line], moved: Sequence[Line]) -> list[tuple[Text, Text, bool]]:
    """The signatures in the lines above their label, ``moved`` being the lines that may have stood there.

    Each is its name, its date, and whether it was put together from several lines. Empty where the lines do not
    add up to one reading.
    """
    parts = _parts(block)
    scraps = [line for part in parts for line in part[0] if _is_scrap(line)]
    if not parts or not any(lines for lines, _, _ in parts) or any(not lines for lines, _, _ in parts):
        return []
    found = _matched(scraps, moved)
    if found is None:
        return []
    signatures = []
    for lines, day, source in parts:
        texts = [found.pop(0) if _is_scrap(line) else " ".join(w.text for w in line) for line in lines]
        who, when = Text(plain(joined(texts)), source=source.source), Text(day.text, source=day.source)
        signatures.append((who, when, len(texts) > 1))
    return signatures


def _parts(block: Sequence[Line]) -> list[tuple[list[list[Word]], Word, Word]]:
    """The lines of each name with its date and its first word, from the last: as many above a date as below it."""
    days = [n for n, line in enumerate(block) if line and is_date(line[-1])]
    parts: list[tuple[list[list[Word]], Word, Word]] = []
    end = len(block)
    for n, day in reversed(list(enumerate(days))):
        below = end - day - 1
        start = day - below
        if start < 0 or below > MAX_LINES or (n and start <= days[n - 1]):
            return []
        lines = [[w for w in line if not is_date(w)] for line in block[start:end]]
        parts.append(([line for line in lines if line], block[day][-1], block[start][0]))
        end = start
    return parts[::-1]


def _is_scrap(line: Line) -> bool:
    return len(line) <= 2 and all(len(w.text) <= _LEFT_OVER for w in line)


def _matched(scraps: Sequence[Line], moved: Sequence[Line]) -> list[str] | None:
    """The whole lines that left the scraps: neighbours among the lines moved, in the one place where all fit."""
    ways = []
    for first in range(len(moved) - len(scraps) + 1):
        lines = [_whole(scrap, moved[first + n]) for n, scrap in enumerate(scraps)]
        whole = [line for line in lines if line is not None]
        if len(whole) == len(scraps):
            ways.append(whole)
    if not scraps:
        return []
    return ways[0] if len(ways) == 1 else None


def _whole(scrap: Line, moved: Line) -> str | None:
    """The moved line with the letters it left in place; nothing where they do not go together."""
    text = " ".join(w.text for w in moved)
    first = scrap[0].text
    ending = scrap[1].text if len(scrap) > 1 else ""
    if text.startswith(first):
        whole = text
    elif len(first) > 1 and text.startswith(first[-1]):
        whole = first + text[1:]
    elif (text[0].islower() and first.isalpha() and first.isupper()) or (
        first == "/" and re.match(r"s/", text)
    ):
        whole = first + text
    else:
        return None
    return whole if whole.endswith(ending) else whole + ending
