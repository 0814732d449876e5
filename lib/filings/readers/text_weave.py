"""Cells that came loose from their table, woven back into rows by meaning.

A dump in reading order says a table's cells one after another, mostly row by row, in stretches column by
column, and some before their row. Every cell is put where it fits at the least cost: going on in its row,
beginning a row, or filling a hole in an earlier one. A beam of the cheapest ways is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.filings.meaning import NUMBERS, UNFIT, WORDS, bare, is_marks, is_value, unfitness

BEAM: Final = 48
"""Ways kept at every cell; more change nothing on the forms we have."""

_WANTED: Final = {"security_title": 7.0, "direct_or_indirect": 6.0, "owned_following": 4.0}
_TRADED: Final = ("transaction_date", "transaction_code", "acquired_disposed_code", "transaction_amount")
_SECURITY: Final = re.compile(
    r"stock|share|unit|option|warrant|common|preferred|right|note|rsu|class|ordinary|interest|bond",
    re.IGNORECASE,
)
_NATURE: Final = re.compile(r"(?:by|see|held|through|in|as|owned|trust|spouse|child|401)\b", re.IGNORECASE)
_PRICES: Final = frozenset({"transaction_price_per_share", "conversion_or_exercise_price"})

Place = tuple[int, int]
"""A row and a column of it, both by number."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of placing the cells so far: the filled columns of each row as bits, and where the last went."""

    cost: float
    rows: tuple[int, ...]
    last: Place
    before: _Way | None


def woven(cells: Sequence[str], columns: Sequence[str]) -> list[Place]:
    """The row and column of every cell, in the cells' order."""
    weaver = _Weaver(columns)
    ways = [_Way(0.0, (), (-1, len(columns)), None)]
    for cell in cells:
        ways = weaver.step(cell, ways)
    best = min(ways, key=lambda way: way.cost + sum(weaver.missing(mask) for mask in way.rows))
    places: list[Place] = []
    way: _Way | None = best
    while way and way.before:
        places.append(way.last)
        way = way.before
    return places[::-1]


class _Weaver:
    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self.bit = {name: 1 << n for n, name in enumerate(columns)}
        self._missing: dict[int, float] = {}

    def missing(self, mask: int) -> float:
        """What a row with these columns lacks."""
        if mask not in self._missing:
            cost = sum(c for name, c in _WANTED.items() if name in self.bit and not mask & self.bit[name])
            traded = [name for name in _TRADED if name in self.bit and mask & self.bit[name]]
            either = self.bit.get("acquired", 0) | self.bit.get("disposed", 0)
            if either and mask & either:
                traded.append("amount")
            expected = 3 if either else 4
            if traded and "transaction_date" in self.bit:
                cost += 3.0 * (expected - len(traded))
            if "underlying_amount" in self.bit and not mask & self.bit["underlying_amount"]:
                cost += 3.0
            self._missing[mask] = cost
        return self._missing[mask]

    def step(self, cell: str, ways: Sequence[_Way]) -> list[_Way]:
        """The cheapest ways with one cell more."""
        fits = [(n, cost) for n, name in enumerate(self.columns) if (cost := misfit(cell, name)) < UNFIT]
        if not fits:
            fits = [(n, UNFIT) for n, name in enumerate(self.columns) if name in WORDS]
        found: dict[tuple[tuple[int, ...], Place], _Way] = {}
        for way in ways:
            for column, cost in fits:
                for row, extra in self._rows(way, column, cell):
                    rows = way.rows if row < len(way.rows) else (*way.rows, 0)
                    filled = (*rows[:row], rows[row] | 1 << column, *rows[row + 1 :])
                    new = _Way(way.cost + cost + extra, filled, (row, column), way)
                    key = filled, new.last
                    if key not in found or found[key].cost > new.cost:
                        found[key] = new
        return sorted(found.values(), key=self._promise)[:BEAM]

    def _promise(self, way: _Way) -> float:
        """The cost with what all rows lack but the one being filled."""
        return way.cost + sum(self.missing(mask) for n, mask in enumerate(way.rows) if n != way.last[0])

    def _rows(self, way: _Way, column: int, cell: str) -> list[tuple[int, float]]:
        """The rows a cell may go to in a column, with what going there costs."""
        row, last = way.last
        places = [(len(way.rows), 1.0 if column == 0 else 2.5)]
        if row >= 0 and not way.rows[row] >> column & 1:
            places.append((row, 0.05 * (column - last) if column > last else 2.0))
        elif row >= 0 and column == last and (is_marks(cell) or self.columns[column] in WORDS):
            places.append((row, 1.0 if is_marks(cell) else 2.5))
        if column == last and row + 1 < len(way.rows) and not way.rows[row + 1] >> column & 1:
            places.append((row + 1, 0.2))
        holes = [n for n, mask in enumerate(way.rows) if n != row and not mask >> column & 1]
        places += [(n, 3.0) for n in {*holes[:1], *holes[-2:]}]
        return places


def misfit(cell: str, column: str) -> float:
    """How ill a whole cell fits a column."""
    text = bare(cell)
    if not text or is_marks(cell.replace(" ", "")):
        if column in WORDS | {"v", "acquired_disposed_code", "transaction_code"}:
            return 6.0
        return 1.0 if column == "deemed_execution_date" else 0.3
    if column in WORDS:
        return _words_misfit(text, column)
    if column in NUMBERS and " " not in text:
        cost = unfitness(text, column)
        if column in _PRICES:
            return cost + (0.0 if text.startswith("$") else 4.0)
        return cost + (4.0 if text.startswith("$") else 0.0)
    cost = sum(unfitness(word, column) for word in text.split())
    return cost + (1.0 if column in {"deemed_execution_date", "v"} and text != "V" else 0.0)


def _words_misfit(text: str, column: str) -> float:
    if is_value(text) or len(text) < 2:
        return UNFIT - 1.0
    security, nature = bool(_SECURITY.search(text)), bool(_NATURE.match(text))
    if column == "nature_of_ownership":
        return 0.0 if nature else 3.0 if security else 0.5
    return 3.0 if nature and not security else 0.0 if security else 0.7
