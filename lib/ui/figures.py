"""Numbers in tables: shown exactly, as people read them, and sorted as the numbers they are.

A browser's table sorts text letter by letter, and writes a number in the browser's own way with three decimals
at most. So a column holds the exact numbers, and beside them goes how each is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd
from pandas.io.formats.style import Styler

from lib.filings.words import amount


class Figure(NamedTuple):
    """An exact number and how it is written in its column; one number is written in one way there."""

    value: Decimal
    text: str


def figure(value: Decimal | int | None, words: Callable[[Decimal], str] = amount) -> Figure | None:
    """The number as a cell, written by ``words``; ``None`` for an empty cell."""
    if value is None:
        return None
    exact = Decimal(value)
    return Figure(exact, words(exact))


def written(frame: pd.DataFrame, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame | Styler:
    """The frame of these rows with its columns of figures as numbers, shown as they are written."""
    texts = {
        head: {row[head].value: row[head].text for row in rows if isinstance(row[head], Figure)}
        for head in frame.columns
    }
    numbers = {head: known for head, known in texts.items() if known}
    if not numbers:
        return frame
    for head in numbers:
        values = [row[head].value if isinstance(row[head], Figure) else None for row in rows]
        frame[head] = pd.Series(values, index=frame.index, dtype="object")
    return frame.style.format({head: known.__getitem__ for head, known in numbers.items()}, na_rep="")
