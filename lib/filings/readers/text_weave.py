"""Cells that came loose from their table, woven back into rows by meaning.

A dump in reading order says a table's cells one after another, mostly row by row, in stretches column by
column, and some before their row. Every cell is put where it fits at the least cost: going on in its row,
beginning a row, or filling a hole in an earlier one. A beam of the cheapest ways is kept.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from lib.filings.meaning import CODE, DATE, DATES, NUMBERS, UNFIT, WORDS, bare, is_marks, is_value, unfitness
from lib.filings.readers.text_stream import Cell

BEAM: Final = 40
"""Ways kept at every cell; more change nothing where cells mostly follow each other."""
OPEN: Final = 0.1
"""Of what a missing cell costs, how much a hole that may still be filled costs while reading goes on elsewhere."""
MAX_WIDE: Final = 120
"""Cells of the longest table that more ways than these are kept for; a longer one would take too long."""
MAX_RETRIED: Final = 300
"""Cells of the longest table that is woven more than once."""
WIDER: Final = ((40, 0.2), (100, 0.02), (200, 0.1))
"""Ways kept and the cost of holes, for tables whose right way looks dear for long: a column far from its rows."""

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
_BITS: Final = 12
_MOST: Final = (1 << _BITS) - 1
TRADED: Final = frozenset(
    {"transaction_date", "transaction_code", "acquired_disposed_code", "transaction_amount"}
)
_OF_TRADES: Final = TRADED | {"transaction_price_per_share"}
Place = tuple[int, int]
"""A row and a column of it, both by number."""

_SUITS: Final = 2.0
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

    ``rows`` are the filled columns of each row as bits, ``lacks`` how many rows want each wanted column, twelve
    bits a column, ``last`` where the last cell went, ``floor`` the first row of the page.
    """

    cost: float
    rows: tuple[int, ...]
    lacks: int
    last: Place
    before: _Way | None
    floor: int = 0
    dropped: bool = False


def woven(
    cells: Sequence[Cell], columns: Sequence[str], period: str = "", beam: int = BEAM, opened: float = OPEN
) -> tuple[list[Place], float]:
    """The row and column of every cell, in the cells' order, and what this way costs.

    ``period`` is the date in the form's head, ``beam`` how many ways are kept at every cell, and ``opened`` what a
    hole costs that may still be filled.
    """
    weaver = _Weaver(cells, columns, period, opened)
    ways = [_Way(0.0, (), 0, (-1, len(columns)), None)]
    for n in range(len(cells)):
        ways = weaver.step(n, ways, beam)
    places: list[Place] = []
    way: _Way | None = ways[0]
    while way and way.before:
        places.append(NOWHERE if way.dropped else way.last)
        way = way.before
    return places[::-1], ways[0].cost + weaver.missing(ways[0].lacks)


class _Weaver:
    def __init__(self, cells: Sequence[Cell], columns: Sequence[str], period: str, opened: float) -> None:
        self.cells, self.columns, self.opened = cells, columns, opened
        self.bit = {name: 1 << n for n, name in enumerate(columns)}
        self.letter, self.nature = self.bit["direct_or_indirect"], self.bit["nature_of_ownership"]
        self.traded, self.of_trades, self.seldom = map(self._bits, (TRADED, _OF_TRADES, _SELDOM))
        # The columns that a row surely has a cell in; what a trade has only a trade has.
        self.sure = (1 << len(columns)) - 1 & ~(self.traded | self.seldom | self.nature)
        self.wanted = [name for name in _WANTED if name in self.bit]
        self.weights = [_WANTED[name] for name in self.wanted]
        self.weight = [_WANTED.get(name, 0.2) for name in columns]
        self.costs = [
            [misfit(cell.text, c, period) + _NOT_YET * (c in cell.closed) for c in columns] for cell in cells
        ]
        self.times = Counter(cell.text for cell in cells)
        self._priced = "conversion_or_exercise_price" in self.bit
        self._lacking: dict[int, int] = {}
        # What is still to come can fill a hole; only what cannot be filled any more is missing.
        self.coming: list[tuple[int, ...]] = [(0,) * len(self.wanted)]
        at = [columns.index(name) for name in self.wanted]
        for costs in reversed(self.costs):
            self.coming.append(
                tuple(n + (costs[c] < _SUITS) for n, c in zip(self.coming[-1], at, strict=True))
            )
        self.coming.reverse()

    def _bits(self, names: Collection[str]) -> int:
        return sum(self.bit.get(name, 0) for name in names)

    def missing(self, lacks: int) -> float:
        """What the cells cost that rows lack in the end."""
        return sum(weight * (lacks >> _BITS * n & _MOST) for n, weight in enumerate(self.weights))

    def lacking(self, mask: int) -> int:
        """Which wanted columns a row lacks; what a trade has only a trade wants."""
        known = self._lacking.get(mask)
        if known is None:
            traded = bool(mask & self.traded)
            asked = {"nature_of_ownership": bool(mask & _INDIRECT), **dict.fromkeys(TRADED, traded)}
            known = sum(
                1 << _BITS * n
                for n, x in enumerate(self.wanted)
                if not mask & self.bit[x] and asked.get(x, True)
            )
            self._lacking[mask] = known
        return known

    def step(self, n: int, ways: Sequence[_Way], beam: int) -> list[_Way]:
        """The cheapest ways with the cell ``n`` too."""
        cell = self.cells[n]
        fits = [(c, cost) for c, cost in enumerate(self.costs[n]) if cost < UNFIT]
        if not fits:
            fits = [(c, UNFIT) for c, name in enumerate(self.columns) if name in WORDS]
        turned = n > 0 and self.cells[n - 1].page != cell.page
        text = cell.text
        marks, letter_i = is_marks(text), bare(text) == "I"
        # By rows and last place: the cost, what is lacking, and the way it goes on with.
        found: dict[tuple[tuple[int, ...], Place], tuple[float, int, _Way, bool]] = {}
        for way in ways:
            if turned:
                way = replace(way, floor=len(way.rows))
            if marks:
                found[way.rows, way.last] = way.cost + _DROPPED, way.lacks, way, True
            for column, cost in fits:
                for row, extra in self._rows(way, column, text):
                    total, rows, lacks = self._placed(way, row, column, letter_i, way.cost + cost + extra)
                    key = rows, (row, column)
                    known = found.get(key)
                    if known is None or known[0] > total:
                        found[key] = total, lacks, way, False
        promised = self._promises(self.coming[n + 1])

        def promise(item: tuple[tuple[tuple[int, ...], Place], tuple[float, int, _Way, bool]]) -> float:
            (rows, (row, _)), (cost, lacks, _, _) = item
            return cost + promised(lacks, self.lacking(rows[row]) if rows else 0)

        kept = heapq.nsmallest(beam, found.items(), key=promise)
        return [
            _Way(cost, rows, lacks, last, way, way.floor, dropped)
            for (rows, last), (cost, lacks, way, dropped) in kept
        ]

    def _promises(self, coming: Sequence[int]) -> Callable[[int, int], float]:
        """What the cells that rows lack will cost, by what all rows lack and what the present row lacks."""
        weighed = list(zip(range(0, _BITS * len(self.weights), _BITS), self.weights, coming, strict=True))

        @cache
        def promised(lacks: int, here: int) -> float:
            cost = 0.0
            for at, weight, more in weighed:
                lack = lacks >> at & _MOST
                if lack:
                    now = here >> at & 1
                    cost += weight * ((lack - more if lack > more else 0) + self.opened * (lack - now))
            return cost

        return promised

    def _placed(
        self, way: _Way, row: int, column: int, letter_i: bool, cost: float
    ) -> tuple[float, tuple[int, ...], int]:
        """The cost, the rows and what they lack with a cell in a row's column too."""
        new = row == len(way.rows)
        mask = 0 if new else way.rows[row]
        filled = mask | 1 << column
        letter, nature = self.letter, self.nature
        if 1 << column == letter and letter_i:
            filled |= _INDIRECT
        if filled & letter and filled & nature and not filled & _INDIRECT and 1 << column in {letter, nature}:
            cost += _AGAINST_LETTER
        rows = (*way.rows, filled) if new else (*way.rows[:row], filled, *way.rows[row + 1 :])
        return cost, rows, way.lacks + self.lacking(filled) - (0 if new else self.lacking(mask))

    def _rows(self, way: _Way, column: int, cell: str) -> list[tuple[int, float]]:
        """The rows a cell may go to in a column, with what going there costs.

        A column is read from its top to its bottom, so a cell stands below all that came before it.
        """
        here, last = way.last
        rows, floor = way.rows, way.floor
        count, bit = len(rows), 1 << column
        under = count
        while under > floor and not rows[under - 1] & bit:
            under -= 1
        places: list[tuple[int, float]] = []
        for row in sorted({under, under + 1, under + 2, here - 2, here - 1, here, here + 1, count}):
            if under <= row <= count:
                cost = self._moved(row, column, way, under)
                for n in range(under, row):
                    cost += self._missed(rows[n], column)
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
        if 1 << column == self.nature and not mask & _INDIRECT:
            return 0.02
        if 1 << column & self.of_trades and not mask & self.traded:
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
            mask = way.rows[row]
            wants = self.sure | (self.traded if mask & self.traded else 0)
            between = (1 << column) - (1 << last + 1)
            return 0.05 + _PASSED * (wants & between & ~mask).bit_count()
        if row == here + 1 and column <= last:
            return 0.2
        nearly = column > last and not ((1 << column) - (1 << last + 1)) & ~self.seldom
        return 0.4 if nearly and row == under and row < here else 1.0


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
