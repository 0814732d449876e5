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


def settled(
    cells: Sequence[Cell], places: Sequence[Place], columns: Sequence[str]
) -> tuple[list[Place], set[int]]:
    """The places with stray marks put to cells, and which marks those are; what points nowhere stays nowhere."""
    found = list(places)
    rows = _rows(cells, places)
    moved: set[int] = set()
    for n, (row, _) in enumerate(places):
        if row != _NOWHERE or not is_marks(cells[n].text):
            continue
        after = next((place for place in places[n + 1 :] if place[0] != _NOWHERE), None)
        if not after or after[0] not in rows:
            continue
        column = _column(cells[n].text, after[0], rows, columns)
        if column is not None:
            found[n] = after[0], column
            rows[after[0]][column] += cells[n].text
            moved.add(n)
    return found, moved


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
