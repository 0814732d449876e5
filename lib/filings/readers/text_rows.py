"""Lines of a table put together into rows.

A row's cells wrap and are centred on its middle line, so a row is a block of neighbouring lines: it has at
most one date, one code, one number a column, and its wrapped words lie evenly about them. The cheapest way
to cut all lines into such blocks is taken; then once more, knowing which titles the first way found often.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from lib.filings.meaning import DATES, NUMBERS, WORDS, is_marks
from lib.filings.readers.text_lines import Word

Line = Mapping[str, Sequence[Word]]
"""The words of one printed line by column; the key ``""`` tells that blank space precedes it."""

Row = dict[str, list[Word]]

MAX_ROW_LINES: Final = 40
_ONCE: Final = (
    DATES | NUMBERS | {"transaction_code", "v", "acquired_disposed_code", "direct_or_indirect", "day"}
)
_WANTED: Final = {
    "security_title": 6.0,
    "direct_or_indirect": 4.0,
    "owned_following": 2.0,
    "day": 6.0,
    "signer": 6.0,
}
_REPEATED: Final = 60.0
_UNANCHORED: Final = 12.0
_BLANK_WITHIN: Final = 4.0
_OFF_CENTRE: Final = 0.7
_AFTER_MARKS: Final = 5.0
_FAMILIAR: Final = -2.0
_ENDS_IN_MARKS: Final = re.compile(r"\S\(\d{1,2}\)$")


def rows_of(lines: Sequence[Line], words: frozenset[str] = WORDS) -> list[Row]:
    """The rows among the lines, their words by column; ``words`` are the columns whose cells wrap."""
    present = {column for line in lines for column in line}
    rows = _Cutting(lines, words & present, present, Counter()).rows()
    titles = Counter(title for row in rows for title in _titles(row, words))
    return _Cutting(lines, words & present, present, titles).rows()


def _titles(row: Row, words: frozenset[str]) -> list[str]:
    return [" ".join(w.text for w in found) for column, found in row.items() if column in words]


class _Cutting:
    def __init__(
        self,
        lines: Sequence[Line],
        words: frozenset[str],
        present: set[str],
        titles: Counter[str],
    ) -> None:
        self.lines, self.words, self.titles = lines, words, titles
        self.wanted = {name: cost for name, cost in _WANTED.items() if name in present}

    def rows(self) -> list[Row]:
        best: list[float] = [0.0]
        cut: list[int] = [0]
        for end in range(1, len(self.lines) + 1):
            cost, at = float("inf"), end - 1
            for start in range(end - 1, max(-1, end - 1 - MAX_ROW_LINES), -1):
                here = self._cost(start, end)
                if best[start] + here < cost:
                    cost, at = best[start] + here, start
                if here >= _REPEATED * 2:
                    break
            best.append(cost)
            cut.append(at)
        rows, end = [], len(self.lines)
        while end:
            rows.append(self._row(cut[end], end))
            end = cut[end]
        return rows[::-1]

    def _row(self, start: int, end: int) -> Row:
        row: Row = {}
        for line in self.lines[start:end]:
            for column, words in line.items():
                if column:
                    row.setdefault(column, []).extend(words)
        return row

    def _cost(self, start: int, end: int) -> float:
        """How unlike one row the lines are."""
        anchors: list[int] = []
        wrapped: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        lines = self.lines[start:end]
        for y, line in enumerate(lines):
            for column, found in line.items():
                if column in self.words:
                    wrapped.setdefault(column, []).append(y)
                elif column:
                    filled = sum(not is_marks(w.text) for w in found)
                    counts[column] += filled
                    anchors += [y] * bool(filled)
        cost = 1.0 + (0.0 if "" in lines[0] else 0.3)
        cost += sum(_BLANK_WITHIN for line in lines[1:] if "" in line)
        cost += sum(_REPEATED * (n - 1) for column, n in counts.items() if column in _ONCE and n > 1)
        cost += sum(c for name, c in self.wanted.items() if not counts[name] and name not in wrapped)
        if bool(counts["transaction_date"]) != bool(counts["transaction_code"]):
            cost += 4.0
        if not anchors:
            return cost + _UNANCHORED
        middle = sum(anchors) / len(anchors)
        cost += sum(abs((ys[0] + ys[-1]) / 2 - middle) * _OFF_CENTRE for ys in wrapped.values())
        return cost + self._words_cost(lines, wrapped)

    def _words_cost(self, lines: Sequence[Line], wrapped: Mapping[str, Sequence[int]]) -> float:
        """Less for a title that other rows have too, more for words after a cell's marks."""
        cost = 0.0
        for column, ys in wrapped.items():
            parts = [" ".join(w.text for w in lines[y][column]) for y in ys]
            if self.titles[" ".join(parts)] > 1:
                cost += _FAMILIAR
            cost += sum(
                _AFTER_MARKS
                for a, b in itertools.pairwise(parts)
                if _ENDS_IN_MARKS.search(a) and not is_marks(b.replace(" ", ""))
            )
        return cost
