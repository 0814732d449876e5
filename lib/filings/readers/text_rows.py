"""Lines of a table put together into rows.

A row's cells wrap and are centred on its middle line, so a row is a block of neighbouring lines: it has at
most one date, one code, one number a column, and its wrapped words lie evenly about them. The cheapest way
to cut all lines into such blocks is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lib.filings.meaning import DATES, NUMBERS, WORDS, is_marks
from lib.filings.readers.text_lines import Word

Line = Mapping[str, Sequence[Word]]
"""The words of one printed line by column."""

MAX_ROW_LINES: Final = 40
_ONCE: Final = DATES | NUMBERS | {"transaction_code", "v", "acquired_disposed_code", "direct_or_indirect", "day"}
_REPEATED: Final = 60.0
_WANTED: Final = {"security_title": 6.0, "direct_or_indirect": 4.0, "owned_following": 2.0, "day": 6.0, "signer": 6.0}


def blocks(lines: Sequence[Line], columns: Sequence[str], words: frozenset[str] = WORDS) -> list[range]:
    """The rows among the lines, each a range of line numbers.

    Lines are those with words, in order; a line that blank space precedes has the key ``""``.
    """
    wanted = {name: cost for name, cost in _WANTED.items() if name in columns}
    best: list[float] = [0.0]
    cut: list[int] = [0]
    for end in range(1, len(lines) + 1):
        cost, at = float("inf"), end - 1
        for start in range(end - 1, max(-1, end - 1 - MAX_ROW_LINES), -1):
            here = _cost(lines[start:end], wanted, words)
            if best[start] + here < cost:
                cost, at = best[start] + here, start
            if here >= _REPEATED * 2:
                break
        best.append(cost)
        cut.append(at)
    rows, end = [], len(lines)
    while end:
        rows.append(range(cut[end], end))
        end = cut[end]
    return rows[::-1]


def _cost(lines: Sequence[Line], wanted: Mapping[str, float], words: frozenset[str]) -> float:
    """How unlike one row the lines are."""
    anchors: list[int] = []
    wrapped: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for y, line in enumerate(lines):
        for column, found in line.items():
            if column in words:
                wrapped.setdefault(column, []).append(y)
            elif column:
                filled = sum(not is_marks(w.text) for w in found)
                counts[column] = counts.get(column, 0) + filled
                anchors += [y] * bool(filled)
    cost = 1.0 + (0.0 if "" in lines[0] else 0.3) + sum(0.7 for line in lines[1:] if "" in line)
    cost += sum(_REPEATED * (n - 1) for column, n in counts.items() if column in _ONCE and n > 1)
    cost += sum(c for name, c in wanted.items() if not counts.get(name) and name not in wrapped)
    if ("transaction_date" in counts) != ("transaction_code" in counts):
        cost += 4.0
    if anchors:
        middle = sum(anchors) / len(anchors)
        cost += sum(abs((ys[0] + ys[-1]) / 2 - middle) for ys in wrapped.values())
    return cost
