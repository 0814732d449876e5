"""Words and rules on paper: the geometry that a page of a PDF or a scan is read by.

Lengths are points, measured from the page's upper left corner. A ``Sheet`` answers the questions a reader
of the form asks: which words stand in this rectangle, which ruled cell is around this word, where are the
lines of a table's rows and columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lib.filings.form import Text
from lib.filings.record import Source

SAME_LINE = 0.5
"""Share of the smaller word's height by which two words of one line overlap vertically."""
RULE_GAP = 2.5
"""Rules nearer to each other than this are one: tables draw their borders twice."""

WRAPPED = 1.2
"""Lines of one wrapped text follow each other at less than this many heights of their words."""

Box = tuple[float, float, float, float]

_CITED = re.compile(r"\w\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)$")
_CITED_ON = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)(?:\s|[,.;(]|$)")
_BROKEN_WORD = re.compile(r"(?:^|\s)[^\s/]+(?:[-–—]|[^\s/]/)$")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them, of one size.

    ``spaced`` tells that white space was drawn before it; ``link`` is the address it leads to.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    spaced: bool = True
    link: str | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: ``at`` its position across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


@dataclass(eq=False)
class Sheet:
    """One page, its words in the order they were drawn. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    words: list[Word]
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_height = sorted(self.words, key=lambda w: (w.middle, w.x0))
        self._middles = [w.middle for w in self._by_height]
        self._squeezed = "".join(w.text for w in self.words)
        self._starts = list(accumulate((len(w.text) for w in self.words), initial=0))

    def within(self, x0: float, top: float, x1: float, bottom: float) -> list[Word]:
        """The words whose middle is in the rectangle, from top to bottom."""
        first, last = bisect_left(self._middles, top), bisect_right(self._middles, bottom)
        return [w for w in self._by_height[first:last] if x0 <= w.center <= x1]

    def find(self, phrase: re.Pattern[str]) -> Iterator[Word]:
        """The first word of each place where the words, in drawing order and without spaces, match."""
        for found in phrase.finditer(self._squeezed):
            yield self.words[bisect_right(self._starts, found.start()) - 1]

    def around(self, word: Word) -> Box:
        """The ruled cell around a word; the page's edge where there is no rule.

        A rule closes the cell above or below only if it is as wide as the cell: underlines are not.
        """
        y = word.middle
        left = max(
            (r.at for r in self.vertical if r.at <= word.x0 + 2 and r.start <= y <= r.end), default=0.0
        )
        right = min(
            (r.at for r in self.vertical if r.at >= word.x1 - 1 and r.start <= y <= r.end), default=self.width
        )
        wide = [r for r in self.horizontal if r.start <= left + 3 and r.end >= right - 3]
        top = max((r.at for r in wide if r.at <= y), default=0.0)
        bottom = min((r.at for r in wide if r.at > y), default=self.height)
        return left, top, right, bottom

    def columns_over(self, top: float, bottom: float) -> list[float]:
        """Positions of the vertical rules that run from ``top`` to ``bottom``, left to right."""
        return merged(r.at for r in self.vertical if r.start <= top + 1.5 and r.end >= bottom - 1.5)


def merged(positions: Iterable[float]) -> list[float]:
    """Sorted positions with those nearer than ``RULE_GAP`` to the one before taken as one."""
    found: list[float] = []
    for at in sorted(positions):
        if not found or at - found[-1] > RULE_GAP:
            found.append(at)
    return found


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines of text, top to bottom, each from left to right.

    A word belongs to the line whose tallest word it overlaps, so raised footnote marks stay with theirs.
    """
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: -w.size):
        for line in lines:
            tallest = line[0]
            overlap = min(tallest.bottom, word.bottom) - max(tallest.top, word.top)
            if overlap >= SAME_LINE * (word.bottom - word.top):
                line.append(word)
                break
        else:
            lines.append([word])
    lines.sort(key=lambda line: line[0].middle)
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def text_of(words: Iterable[Word]) -> str:
    """The words of one line, joined with spaces where there is space between them."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None and (word.spaced or word.x0 - before.x1 > 0.1 * min(word.size, before.size)):
            parts.append(" ")
        parts.append(word.text)
        before = word
    return "".join(parts)


def joined(lines: Iterable[str]) -> str:
    """Lines of running text as one; a word broken after its hyphen or slash is joined again.

    So is one broken after a hyphen that stands apart, ``Attorney -in-Fact``, and a rule's number between its
    brackets, ``16a-1(a)(4)``.
    """
    text = ""
    for line in lines:
        lone = text.endswith(" -") and line[:1].islower()
        cited = _CITED.search(text) and _CITED_ON.match(line)
        text += line if not text or lone or cited or _BROKEN_WORD.search(text) else f" {line}"
    return text


def box_of(words: Sequence[Word]) -> Box:
    """The rectangle around words, rounded to a tenth of a point."""
    return (
        round(min(w.x0 for w in words), 1),
        round(min(w.top for w in words), 1),
        round(max(w.x1 for w in words), 1),
        round(max(w.bottom for w in words), 1),
    )


Line = tuple[Sheet, list[Word]]
"""A line of words with the page it stands on."""


def source_of(sheet: Sheet, words: Sequence[Word]) -> Source | None:
    """The place of words on their sheet; ``None`` for no words."""
    return Source(page=sheet.number, box=box_of(words)) if words else None


def running(lines: Sequence[Line]) -> Text:
    """Lines as one text, its place the part on the first page."""
    filled = [(sheet, line) for sheet, line in lines if line]
    if not filled:
        return Text("")
    sheet = filled[0][0]
    words = [word for on, line in filled if on is sheet for word in line]
    return Text(joined(text_of(line) for _, line in filled), source=source_of(sheet, words))


def by_gaps(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines in groups: lines of one text follow each other closer than the cells of a table do."""
    groups: list[list[Line]] = []
    for sheet, line in lines:
        above_sheet, above = groups[-1][-1] if groups else (None, [])
        near = above_sheet is sheet and line[0].top - above[0].top < WRAPPED * above[0].size
        if near:
            groups[-1].append((sheet, line))
        else:
            groups.append([(sheet, line)])
    return groups
