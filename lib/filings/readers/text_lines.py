"""Text dumps as words with their places: decoding, lines, and words put together again.

Every text reader works on these words, so that every value it reads can say its line and columns.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.filings.form import Text, split_marks
from lib.filings.record import Source

_WORD = re.compile(r"\S+")
_BROKEN = re.compile(
    r"\w[-—]\n|\w(?<!/[sS])/\n|\s-\n(?=[a-z])|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\n(?=\((?:[a-z]|[ivx]{1,4}|\d{1,2})\))"
)
_MONEY_ESCAPED = re.compile(r"\\\$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a dump: its line from 1, and its columns from 0, end exclusive."""

    text: str
    line: int
    start: int
    end: int

    @property
    def centre(self) -> float:
        """The column halfway between the word's ends."""
        return (self.start + self.end) / 2

    @property
    def source(self) -> Source:
        """The word's place as the record keeps it."""
        return Source(line=self.line, start=self.start, end=self.end)


def decoded(data: bytes) -> str:
    """The text of any bytes: by its byte order mark, else UTF-8, else Latin-1; never an error."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    # A few bad bytes in UTF-8 are damage; as many as there are good ones mean another encoding.
    if text.count("�") * 2 > sum(c > "\x7f" for c in text):
        return data.decode("latin-1")
    return text


def words_of(line: str, number: int) -> list[Word]:
    """The words of a line; ``number`` is the line's, from 1."""
    return [Word(m[0], number, m.start(), m.end()) for m in _WORD.finditer(line)]


def chunks(words: Sequence[Word], edges: Sequence[float] = ()) -> list[list[Word]]:
    """Words of one line in groups that two or more spaces part, or an edge that a word begins at."""
    groups: list[list[Word]] = []
    for word in words:
        at_edge = any(abs(word.start - edge) <= 2 for edge in edges)
        if groups and word.start - groups[-1][-1].end <= 1 and not at_edge:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def plain(text: str) -> str:
    """The text without the backslash that some converters put before a dollar sign."""
    return _MONEY_ESCAPED.sub("$", text)


def joined(parts: Iterable[str]) -> str:
    """Lines of one text as one.

    Printing breaks a line at a space, which is put back, or after a hyphen, a slash or a dash within a word
    and between the brackets of ``16a-1(a)(4)``, where there was none.
    """
    text = "\n".join(part for part in map(str.strip, parts) if part)
    return _BROKEN.sub(lambda found: found[0][:-1], text).replace("\n", " ")


def text_of(words: Sequence[Word]) -> Text:
    """The words as one text, marks kept in it, at the place of its first line."""
    if not words:
        return Text("")
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    parts = [
        " ".join(w.text for w in sorted(line, key=lambda w: w.start)) for _, line in sorted(lines.items())
    ]
    first = lines[min(lines)]
    place = Source(line=first[0].line, start=min(w.start for w in first), end=max(w.end for w in first))
    return Text(plain(joined(parts)), source=place)


def cell_of(words: Sequence[Word]) -> Text:
    """The words as one cell: marks at its end taken off as marks."""
    text = text_of(words)
    words_only, marks = split_marks(text.text)
    return Text(words_only, marks, text.source)


class Run:
    """Words in reading order as one searchable string, whose spans lead back to the words."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = list(words)
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word.text) + 1
        self._starts = starts
        self.text = " ".join(w.text for w in self.words)

    def between(self, start: int, end: int) -> list[Word]:
        """The words that begin in a span of ``text``."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def after(self, label: re.Pattern[str], until: re.Pattern[str] | None = None) -> list[Word]:
        """The words between a label and the next match of ``until`` (or the end); none without the label."""
        found = label.search(self.text)
        if not found:
            return []
        stop = until.search(self.text, found.end()) if until else None
        return self.between(found.end(), stop.start() if stop else len(self.text))


def pieced(line: str, number: int) -> list[Word]:
    """The words of a line, a tab taken for a cut: words on both sides of it that no space parts are one.

    A whole date after a tab is a cell of its own.
    """
    words: list[Word] = []
    for found in re.finditer(r"[^\s\t]+(?:\t(?!\d{1,2}/\d{1,2}/\d{4}(?:\s|$))[^\s\t]+)*", line):
        words.append(Word(found[0].replace("\t", ""), number, found.start(), found.end()))
    return words
