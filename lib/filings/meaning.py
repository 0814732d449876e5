"""What a text can mean in a column of the printed form: the ground for reading broken tables by meaning.

A date stands only where dates do, one letter A or D only in the column that says acquired or disposed.
Readers whose container lost the columns weigh every way of giving words to columns by these costs, and
take the cheapest; what is equally cheap two ways is not settled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
NUMBER: Final = re.compile(r"\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\$?\.\d+")
MARKS: Final = re.compile(r"(?:\(\d{1,2}\)|[⁽⁰¹²³⁴⁵⁶⁷⁸⁹⁾]+)+")
CODE: Final = re.compile(r"[345]?[ACDEFGHIJLMOPSUWXZ](?:/K)?[LE]?")

DATES: Final = frozenset({"transaction_date", "deemed_execution_date", "exercise_date", "expiration_date"})
NUMBERS: Final = frozenset(
    {
        "transaction_amount",
        "transaction_price_per_share",
        "owned_following",
        "acquired",
        "disposed",
        "underlying_amount",
        "conversion_or_exercise_price",
    }
)
WORDS: Final = frozenset({"security_title", "nature_of_ownership", "underlying_security_title"})
TITLES: Final = frozenset({"security_title", "underlying_security_title"})
_LETTERS: Final = {"acquired_disposed_code": "AD", "direct_or_indirect": "DI", "v": "V"}
_TRAILING: Final = re.compile(r"(?:\(\d{1,2}\)|[⁽⁰¹²³⁴⁵⁶⁷⁸⁹⁾]+)+$")

UNFIT: Final = 15.0
"""The cost of a text in a column that cannot hold it: dearer than any doubt about its place."""


def bare(text: str) -> str:
    """The text without footnote marks at its end and without a converter's backslash."""
    return _TRAILING.sub("", text).lstrip("\\")


def is_marks(text: str) -> bool:
    """Whether the text is footnote marks and nothing else."""
    return bool(MARKS.fullmatch(text))


def is_value(text: str) -> bool:
    """Whether the text is a date or a number, with or without marks."""
    words = bare(text)
    return bool(DATE.fullmatch(words) or NUMBER.fullmatch(words))


def unfitness(word: str, column: str) -> float:
    """How ill a single word fits a column: 0 where it belongs, ``UNFIT`` where it cannot stand."""
    text = bare(word)
    if not text:
        return 0.0
    if column in DATES:
        return 0.0 if DATE.fullmatch(text) else UNFIT
    if column in NUMBERS:
        return 0.0 if NUMBER.fullmatch(text) or text == "$" else UNFIT
    if column in _LETTERS:
        return 0.0 if text in _LETTERS[column] else UNFIT
    if column == "transaction_code":
        return 0.0 if CODE.fullmatch(text) else UNFIT
    # Words may be anything; a date or an amount among them is odd, not impossible.
    if DATE.fullmatch(text) or (NUMBER.fullmatch(text) and "," in text):
        return 6.0
    return 0.0


def fits(text: str, column: str) -> bool:
    """Whether a whole text, marks aside, can stand in a column."""
    return all(unfitness(word, column) < UNFIT for word in text.split())


def assigned(costs: Sequence[Sequence[float]], same: Sequence[float], apart: Sequence[float]) -> list[int]:
    """The cheapest non-decreasing column for every item of a line.

    ``costs[i][c]`` is the cost of item i in column c; ``same[i]`` the cost of sharing a column with the item
    before it, ``apart[i]`` of not sharing it.
    """
    width = len(costs[0])
    best = list(costs[0])
    back: list[list[int]] = []
    for i in range(1, len(costs)):
        row, came = [0.0] * width, [0] * width
        low, low_at = float("inf"), 0
        for c in range(width):
            stay, move = best[c] + same[i], low + apart[i]
            came[c] = c if stay <= move else low_at
            row[c] = min(stay, move) + costs[i][c]
            if best[c] < low:
                low, low_at = best[c], c
        best = row
        back.append(came)
    column = min(range(width), key=best.__getitem__)
    path = [column]
    for came in reversed(back):
        column = came[column]
        path.append(column)
    return path[::-1]
