"""Footnote marks that no cell of a woven table took, given to the cell that the other rows' marks point to.

A mark is printed a little above its number, so a dump in reading order says it before the row it belongs to. The
column is the one in which a row with the same code has the same mark, or else the one that has nearly all marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lib.filings.form import split_marks
from lib.filings.meaning import bare, is_marks
from lib.filings.readers.text_arithmetic import Place
from lib.filings.readers.text_stream import Cell

_NOWHERE: Final = -1
_NEARLY_ALL: Final = 0.7
_FEWEST: Final = 3
_NEAR: Final = 12
"""Cells before marks among which those they go on with can be: a row has hardly more."""


def settled(
    cells: Sequence[Cell], places: Sequence[Place], columns: Sequence[str]
) -> tuple[list[Place], set[int]]:
    """The places with stray marks put to cells, and which marks those are; what points nowhere stays nowhere."""
    found, moved = _goes_on(cells, places)
    rows = _rows(cells, found)
    for n, (row, _) in enumerate(found):
        if row != _NOWHERE or not is_marks(cells[n].text):
            continue
        after = next((place for place in found[n + 1 :] if place[0] != _NOWHERE), None)
        if not after or after[0] not in rows:
            continue
        column = _column(cells[n].text, after[0], rows, columns)
        if column is not None:
            found[n] = after[0], column
            rows[after[0]][column] += cells[n].text
            moved.add(n)
    return found, moved


def _goes_on(cells: Sequence[Cell], places: Sequence[Place]) -> tuple[list[Place], set[int]]:
    """The places with marks that a line's end parted from those before them put to these, and which they are.

    A cell's marks are in order, so ``(2)(3)`` goes on with ``J/K(1)``: alone where no cell took it, or rather than
    with a cell read in between that has no mark.
    """
    found = list(places)
    moved: set[int] = set()
    own = [split_marks(cell.text)[1] for cell in cells]
    for n, cell in enumerate(cells):
        marks = split_marks(f"x{cell.text}")[1] if is_marks(cell.text) else ()
        at = places[n]
        if (
            not marks
            or marks[0] < 2
            or (at[0] != _NOWHERE and (len(marks) < 2 or not _follows_bare(n, cells, places)))
        ):
            continue
        near = range(max(n - _NEAR, 0), n)
        begun = [
            m
            for m in near
            if own[m][-1:] == (marks[0] - 1,)
            # One mark after one other is mostly that of the next cell.
            and len(own[m]) + len(marks) > 2
            and not is_marks(cells[m].text)
            and found[m][0] in {at[0], found[n - 1][0]}
        ]
        if begun and (at[0] != _NOWHERE or len({found[m][0] for m in begun}) == 1):
            found[n] = found[begun[0]]
            own[begun[0]] += marks
            moved.add(n)
    return found, moved


def _follows_bare(n: int, cells: Sequence[Cell], places: Sequence[Place]) -> bool:
    """Whether marks were put under the cell right before them, which has none of its own."""
    return n > 0 and places[n - 1] == places[n] and not split_marks(cells[n - 1].text)[1]


def _rows(cells: Sequence[Cell], places: Sequence[Place]) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for cell, (row, column) in zip(cells, places, strict=True):
        if row != _NOWHERE:
            before = rows.setdefault(row, {}).get(column, "")
            rows[row][column] = f"{before} {cell.text}".strip()
    return rows


def _column(mark: str, row: int, rows: dict[int, dict[int, str]], columns: Sequence[str]) -> int | None:
    """The column of a row that a mark belongs to, if one alone is pointed to and its cell has no mark yet."""
    code = columns.index("transaction_code") if "transaction_code" in columns else None
    alike = [
        cells
        for n, cells in rows.items()
        if code is not None
        and n != row
        and code in cells
        and bare(cells[code]) == bare(rows[row].get(code, ""))
    ]
    marks = split_marks(f"x{mark}")[1]
    twins = {c for cells in alike for c, text in cells.items() if marks and split_marks(text)[1] == marks}
    if len(twins) == 1:
        column = twins.pop()
    else:
        times = Counter(c for cells in rows.values() for c, text in cells.items() if split_marks(text)[1])
        column, most = times.most_common(1)[0] if times else (0, 0)
        if most < _FEWEST or most < sum(times.values()) * _NEARLY_ALL:
            return None
    text = rows[row].get(column, "")
    return column if text and not split_marks(text)[1] else None
