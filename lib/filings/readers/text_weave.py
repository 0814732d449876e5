"""Cells that came loose from their table, woven back into rows by meaning.

A dump in reading order says a table's cells one after another, mostly row by row, in stretches column by
column, and some before their row. Every cell is put where it fits at the least cost: going on in its row,
beginning a row, or filling a hole in an earlier one. A beam of the cheapest ways is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.filings.meaning import CODE, DATE, DATES, NUMBERS, UNFIT, WORDS, bare, is_marks, is_value, unfitness
from lib.filings.readers.text_stream import Cell

BEAM: Final = 40
"""Ways kept at every cell; more change nothing on the forms we have."""

_WANTED: Final = {
    "security_title": 7.0,
    "direct_or_indirect": 6.0,
    "owned_following": 4.0,
    "transaction_date": 3.0,
    "transaction_code": 3.0,
    "acquired_disposed_code": 3.0,
    "transaction_amount": 3.0,
    "underlying_security_title": 4.0,
    "underlying_amount": 3.0,
    "nature_of_ownership": 3.0,
}
_INDIRECT: Final = 1 << 40
"""Set in a row's bits where its letter is an I: D forbids a nature of ownership and I requires one."""
_AGAINST_LETTER: Final = 5.0
_TRADED: Final = frozenset(
    {"transaction_date", "transaction_code", "acquired_disposed_code", "transaction_amount"}
)
_OF_TRADES: Final = _TRADED | {"transaction_price_per_share"}
Place = tuple[int, int]
"""A row and a column of it, both by number."""

_SUITS: Final = 2.0
_OPEN: Final = 0.1
"""Of what a missing cell costs, how much a hole that may still be filled costs while reading goes on elsewhere."""
_GOES_ON: Final = 6.0
_NOT_YET: Final = 1.0
"""The cost of a cell in a column whose label comes after it."""
_PASSED: Final = 0.5
_RARE: Final = 3.0
_SELDOM: Final = frozenset({"v", "deemed_execution_date"})
_MARKED: Final = 1.8
"""The cost of marks that stand below the value they belong to."""
_MARKED_WORDS: Final = 0.8
_OUT_OF_ORDER: Final = 2.0
_OVER_THE_PAGE: Final = 4.0
_SCRAP: Final = 1.0
"""The cost of words at the top of a page, that no other cell says, as the end of a cell on the page before."""
_DROPPED: Final = 2.6
NOWHERE: Final = (-1, -1)
"""The place of marks that belong to no cell that can be told."""
_SECURITY: Final = re.compile(
    r"\b(?:stock|share|unit|option|warrant|common|preferred|right|note|rsu|class|ordinary|interest|bond)",
    re.IGNORECASE,
)
_RIGHT: Final = re.compile(
    r"\b(?:option|warrant|right|units?|rsus?|phantom|forward|put|call|contract|convertible|award|deferred)s?\b",
    re.IGNORECASE,
)
_NATURE: Final = re.compile(r"(?:by|see|held|through|in|as|owned|trust|spouse|child|401)\b", re.IGNORECASE)
_OFTEN_MARKED: Final = frozenset(
    {"transaction_price_per_share", "conversion_or_exercise_price", "exercise_date", "expiration_date"}
)
_PRICES: Final = frozenset({"transaction_price_per_share", "conversion_or_exercise_price"})


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of placing the cells so far.

    ``rows`` are the filled columns of each row as bits, ``lacks`` how many rows want each wanted column,
    ``last`` where the last cell went, ``floor`` the first row of the page.
    """

    cost: float
    rows: tuple[int, ...]
    lacks: tuple[int, ...]
    last: Place
    before: _Way | None
    floor: int = 0
    dropped: bool = False


def woven(cells: Sequence[Cell], columns: Sequence[str], period: str = "") -> list[Place]:
    """The row and column of every cell, in the cells' order; ``period`` is the date in the form's head."""
    weaver = _Weaver(cells, columns, period)
    ways = [_Way(0.0, (), (0,) * len(weaver.wanted), (-1, len(columns)), None)]
    for n in range(len(cells)):
        ways = weaver.step(n, ways)
    places: list[Place] = []
    way: _Way | None = ways[0]
    while way and way.before:
        places.append(NOWHERE if way.dropped else way.last)
        way = way.before
    return places[::-1]


def _replaced(total: int, before: int, after: int) -> int:
    return total - before + after


class _Weaver:
    def __init__(self, cells: Sequence[Cell], columns: Sequence[str], period: str) -> None:
        self.cells, self.columns = cells, columns
        self.bit = {name: 1 << n for n, name in enumerate(columns)}
        self.wanted = [name for name in _WANTED if name in self.bit]
        self.weights = [_WANTED[name] for name in self.wanted]
        self.weight = [_WANTED.get(name, 0.2) for name in columns]
        self.costs = [
            [misfit(cell.text, c, period) + _NOT_YET * (c in cell.closed) for c in columns] for cell in cells
        ]
        self.times = Counter(cell.text for cell in cells)
        self._priced = "conversion_or_exercise_price" in self.bit
        self._lacking: dict[int, tuple[int, ...]] = {}
        self._nothing = (0,) * len(self.wanted)
        # What is still to come can fill a hole; only what cannot be filled any more is missing.
        self.coming: list[tuple[int, ...]] = [(0,) * len(self.wanted)]
        at = [columns.index(name) for name in self.wanted]
        for costs in reversed(self.costs):
            self.coming.append(
                tuple(n + (costs[c] < _SUITS) for n, c in zip(self.coming[-1], at, strict=True))
            )
        self.coming.reverse()

    def lacking(self, mask: int) -> tuple[int, ...]:
        """Which wanted columns a row lacks; what a trade has only a trade wants."""
        known = self._lacking.get(mask)
        if known is None:
            traded = any(mask & self.bit.get(name, 0) for name in _TRADED)
            asked = {"nature_of_ownership": bool(mask & _INDIRECT), **dict.fromkeys(_TRADED, traded)}
            known = tuple(int(not mask & self.bit[x] and asked.get(x, True)) for x in self.wanted)
            self._lacking[mask] = known
        return known

    def step(self, n: int, ways: Sequence[_Way]) -> list[_Way]:
        """The cheapest ways with the cell ``n`` too."""
        cell = self.cells[n]
        fits = [(c, cost) for c, cost in enumerate(self.costs[n]) if cost < UNFIT]
        if not fits:
            fits = [(c, UNFIT) for c, name in enumerate(self.columns) if name in WORDS]
        turned = n > 0 and self.cells[n - 1].page != cell.page
        text = cell.text
        found: dict[tuple[tuple[int, ...], Place], _Way] = {}
        for way in ways:
            if turned:
                way = replace(way, floor=len(way.rows))
            if is_marks(text):
                found[way.rows, way.last] = replace(way, cost=way.cost + _DROPPED, before=way, dropped=True)
            for column, cost in fits:
                for row, extra in self._rows(way, column, text):
                    new = self._placed(way, row, column, text, way.cost + cost + extra)
                    key = new.rows, new.last
                    if key not in found or found[key].cost > new.cost:
                        found[key] = new
        coming = self.coming[n + 1]

        def promise(way: _Way) -> float:
            here = self.lacking(way.rows[way.last[0]]) if way.rows else self._nothing
            cost = way.cost
            for weight, lack, now, more in zip(self.weights, way.lacks, here, coming, strict=True):
                if lack:
                    cost += weight * ((lack - more if lack > more else 0) + _OPEN * (lack - now))
            return cost

        return sorted(found.values(), key=promise)[:BEAM]

    def _placed(self, way: _Way, row: int, column: int, cell: str, cost: float) -> _Way:
        new = row == len(way.rows)
        mask = 0 if new else way.rows[row]
        filled = mask | 1 << column
        letter, nature = self.bit["direct_or_indirect"], self.bit["nature_of_ownership"]
        if 1 << column == letter and bare(cell) == "I":
            filled |= _INDIRECT
        if filled & letter and filled & nature and not filled & _INDIRECT and 1 << column in {letter, nature}:
            cost += _AGAINST_LETTER
        rows = (*way.rows[:row], filled, *way.rows[row + 1 :])
        before, after = self._nothing if new else self.lacking(mask), self.lacking(filled)
        lacks = way.lacks if before == after else tuple(map(_replaced, way.lacks, before, after))
        return _Way(cost, rows, lacks, (row, column), way, way.floor)

    def _rows(self, way: _Way, column: int, cell: str) -> list[tuple[int, float]]:
        """The rows a cell may go to in a column, with what going there costs.

        A column is read from its top to its bottom, so a cell stands below all that came before it.
        """
        here, last = way.last
        count, bit = len(way.rows), 1 << column
        under = max(
            (n + 1 for n in range(count - 1, way.floor - 1, -1) if way.rows[n] & bit), default=way.floor
        )
        places: list[tuple[int, float]] = []
        near = {under, here - 2, here - 1, here, here + 1, count} | set(range(under, min(under + 3, count)))
        for row in sorted(near):
            if not under <= row <= count:
                continue
            cost = self._moved(row, column, way, under)
            skipped = range(under, min(row, count))
            cost += sum(self._missed(way.rows[n], column) for n in skipped)
            places.append((row, cost))
        if here >= 0 and way.rows[here] & bit:
            places += self._goes_on(here, column, last, cell)
        holes = [n for n in range(under - 1, way.floor - 1, -1) if not way.rows[n] & bit]
        places += [(n, _OUT_OF_ORDER) for n in holes[:2]]
        if 0 < way.floor == under and way.floor >= count - 1:
            # A row that a page's end cut goes on at the top of the next.
            words = self.columns[column] in WORDS
            if words or not way.rows[way.floor - 1] & bit:
                scrap = words and self.times[cell] == 1 and not is_security(cell)
                places.append((way.floor - 1, _SCRAP if scrap else _OVER_THE_PAGE))
        return places

    def _goes_on(self, here: int, column: int, last: int, cell: str) -> list[tuple[int, float]]:
        """Whether a cell goes on with one that is there: words with words, marks with what they stand under."""
        name = self.columns[column]
        if not is_marks(cell):
            return [(here, _GOES_ON)] if column == last and name in WORDS else []
        if name == "nature_of_ownership" or (column == last and name in WORDS and not self._priced):
            return [(here, _MARKED_WORDS - misfit(cell, name))]
        if column != last or name in {"direct_or_indirect", "transaction_code", "acquired_disposed_code"}:
            return []
        return [(here, _MARKED - misfit(cell, name))]

    def _missed(self, mask: int, column: int) -> float:
        name = self.columns[column]
        if name == "nature_of_ownership" and not mask & _INDIRECT:
            return 0.02
        if name in _OF_TRADES and not any(mask & self.bit.get(x, 0) for x in _TRADED):
            return 0.005
        return self.weight[column] * 0.25

    def _moved(self, row: int, column: int, way: _Way, under: int) -> float:
        """What it costs that reading went on there: in the row, down the column, or at the top of a column."""
        (here, last), count = way.last, len(way.rows)
        if row == count:
            return 0.5 if column == 0 else 0.9 if column == last and row == here + 1 else 2.0
        if row == here:
            if column < last:
                return 1.5
            # What stands between is empty in this row, or was read before.
            between = range(last + 1, column)
            return 0.05 + sum(_PASSED * (self._wants(way.rows[row], c)) for c in between)
        if row == here + 1 and column <= last:
            return 0.2
        nearly = all(self.columns[c] in _SELDOM for c in range(last + 1, column))
        return (0.4 if nearly and column > last else 1.0) if row == under and row < here else 1.0

    def _wants(self, mask: int, column: int) -> bool:
        """Whether a row surely has a cell in a column that is not filled yet."""
        name = self.columns[column]
        if mask >> column & 1 or name in _SELDOM or name == "nature_of_ownership":
            return False
        return name not in _TRADED or any(mask & self.bit.get(x, 0) for x in _TRADED)


def misfit(cell: str, column: str, period: str = "") -> float:
    """How ill a whole cell fits a column."""
    text = bare(cell)
    if not text or is_marks(cell.replace(" ", "")):
        if column in WORDS | {"v", "acquired_disposed_code", "transaction_code"}:
            return 6.0
        return 0.3 if column in _OFTEN_MARKED else 2.5
    if column in WORDS:
        return _words_misfit(text, column)
    if column in NUMBERS and " " not in text:
        cost = unfitness(text, column)
        if column in _PRICES:
            return cost + (0.0 if text.startswith("$") else 4.0)
        return cost + (4.0 if text.startswith("$") else 0.0)
    cost = sum(unfitness(word, column) for word in text.split())
    if column in DATES and DATE.fullmatch(text) and DATE.fullmatch(period):
        cost += _untimely(text, column, period)
    return cost + (_RARE if column in _SELDOM and text != "V" else 0.0)


def is_security(text: str) -> bool:
    """Whether words name a security."""
    return bool(_SECURITY.search(text))


def is_nature(text: str) -> bool:
    """Whether words begin as a nature of ownership does."""
    return bool(_NATURE.match(text))


def _words_misfit(text: str, column: str) -> float:
    """How ill words fit a column of words: rights are titles, what they are rights to stands under them."""
    if is_value(text) or len(text) < 2 or CODE.fullmatch(text):
        return UNFIT - 1.0
    security, nature = is_security(text), is_nature(text)
    right = bool(_RIGHT.search(text))
    if column == "nature_of_ownership":
        return 0.0 if nature and not right else 4.0 if security or right else 0.5
    if column == "underlying_security_title":
        return 2.5 if right else 3.0 if nature and not security else 0.0 if security else 1.0
    return 0.0 if right else 3.0 if nature and not security else 0.2 if security else 0.7


def _untimely(text: str, column: str, period: str) -> float:
    """How ill a day fits a column of dates: trades are rarely after the date in the form's head."""
    day, head = text[6:] + text[:5], period[6:] + period[:5]
    if column in {"transaction_date", "deemed_execution_date"}:
        return 2.0 if day > head else 0.0
    if column == "expiration_date":
        return 2.0 if day < head else 1.5 if day == head else 0.0
    return 1.0 if day == head else 0.0
