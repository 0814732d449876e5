"""The labels in the heads of the two tables as dumps show them, and the columns they stand over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import Table
from lib.filings.meaning import MARKS, is_value
from lib.filings.readers.text_cells import Grid, Piece, pieces

FEWEST: Final = 3
"""A line of a table has more tabs than this; with fewer it is text that a tab happened to cut."""

NUMBERED: Final = re.compile(r"\s*(\d{1,2}A?)\s?\.(?=\s|$)")
"""A label with its number, at the beginning of a cell."""

_CHANGES_I: Final = (
    ("security_title", "1."),
    ("transaction_date", "2."),
    ("deemed_execution_date", "2A."),
    ("transaction_code", "3."),
    ("v", "V"),
    ("transaction_amount", "4."),
    ("acquired_disposed_code", "(A)"),
    ("transaction_price_per_share", "Price"),
    ("owned_following", "5."),
    ("direct_or_indirect", "6."),
    ("nature_of_ownership", "7."),
)
_CHANGES_II: Final = (
    ("security_title", "1."),
    ("conversion_or_exercise_price", "2."),
    ("transaction_date", "3."),
    ("deemed_execution_date", "3A."),
    ("transaction_code", "4."),
    ("v", "V"),
    ("acquired", "5."),
    ("disposed", "(D)"),
    ("exercise_date", "6."),
    ("expiration_date", "Expiration"),
    ("underlying_security_title", "7."),
    ("underlying_amount", "Amount"),
    ("transaction_price_per_share", "8."),
    ("owned_following", "9."),
    ("direct_or_indirect", "10."),
    ("nature_of_ownership", "11."),
)
_INITIAL_I: Final = (
    ("security_title", "1."),
    ("owned_following", "2."),
    ("direct_or_indirect", "3."),
    ("nature_of_ownership", "4."),
)
_INITIAL_II: Final = (
    ("security_title", "1."),
    ("exercise_date", "2."),
    ("expiration_date", "Expiration"),
    ("underlying_security_title", "3."),
    ("underlying_amount", "Amount"),
    ("conversion_or_exercise_price", "4."),
    ("direct_or_indirect", "5."),
    ("nature_of_ownership", "6."),
)
LABELS: Final = {
    ("non_derivative", False): _CHANGES_I,
    ("derivative", False): _CHANGES_II,
    ("non_derivative", True): _INITIAL_I,
    ("derivative", True): _INITIAL_II,
}
_FEWEST_MERGED: Final = 4
"""A row merged with its labels shows at least so many cells; fewer are labels that a cut spoiled."""
_CUT_LABEL: Final = re.compile(r"[^\d(]{0,60}I?\)? ?\(Instr\. \d\) (?:[DI]|(?:\(\d{1,2}\))+)\s*")
"""The rest of a label that a border cut, and one value after it."""
HEAD_WORDS: Final = frozenset(
    """1. 2. 2A. 3. 3A. 4. 5. 6. 7. 8. 9. 10. 11. Title of Security (Instr. 3) 4) 5) 8) 3 3, 4 and or Derivative
    Conversion Exercise Price Transaction Date Deemed Execution Date, if any (Month/Day/Year) Code V Securities
    Acquired (A) Disposed Of (D) of Amount Beneficially Owned Following Reported Transaction(s) Ownership Form:
    Direct Indirect (I) Nature Beneficial Number Exercisable Expiration Underlying Shares derivative at end End
    Issuer's Fiscal Year (e.g., puts, calls, warrants, options, convertible securities)""".split()  # noqa: SIM905 - reads as the labels do
)
"""By table and whether it is Form 3's: each column and the label at whose place it starts."""

LOWER_LABELS: Final = {
    "non_derivative": {
        "code": "transaction_code",
        "v": "v",
        "amount": "transaction_amount",
        "(a)or(d)": "acquired_disposed_code",
        "price": "transaction_price_per_share",
    },
    "derivative": {
        "code": "transaction_code",
        "v": "v",
        "(a)": "acquired",
        "(d)": "disposed",
        "dateexercisable": "exercise_date",
        "expirationdate": "expiration_date",
        "title": "underlying_security_title",
        "amountornumberofshares": "underlying_amount",
    },
}
"""The labels of the lower head whole, without spaces and capitals."""


def table_columns(table: Table, form: str) -> tuple[str, ...]:
    """The names of a table's columns, left to right."""
    return tuple(name for name, _ in LABELS[table, form == "3"])


def numbered_labels(table: Table, form: str) -> dict[str, str]:
    """The columns by the number of their label, such as ``2A``."""
    labels = LABELS[table, form == "3"]
    return {label[:-1]: name for name, label in labels if label[0].isdigit()}


def grid_of(
    numbered_lines: Sequence[tuple[int, str]], table: Table, form: str
) -> tuple[Grid, list[tuple[int, str]], list[Piece]]:
    """The table's columns by the cells of its labels, its lines below them, and what is merged with the labels.

    ``is_row`` tells whether that is a row.
    """
    names = table_columns(table, form)
    counts = Counter(line.count("\t") + 1 for _, line in numbered_lines if line.count("\t") >= FEWEST)
    # A cut adds a cell, so the narrowest lines are the whole ones; but one narrow line alone lost cells.
    width = min((n for n, times in counts.items() if times > 1), default=min(counts, default=1))
    places: dict[str, int] = {}
    merged: list[Piece] = []
    body = 1
    for n, (number, line) in enumerate(numbered_lines[:8]):
        cells = pieces(line, number)
        numbered = _numbered(cells, numbered_labels(table, form))
        lower = _lower(cells, LOWER_LABELS[table])
        if len(numbered) >= 3 or "1. Title of" in line:
            places |= numbered
            merged += _below_labels(cells)
            body = n + 1
        elif len(lower) >= 2 and places:
            places |= lower
            merged += _below_lower(cells, LOWER_LABELS[table])
            body = n + 1
    ordered: dict[str, int] = {}
    for name in names:
        if name in places and places[name] >= max(ordered.values(), default=0):
            ordered[name] = places[name]
    sure = len({*names} - {*ordered} - {"v"}) <= 1
    merged.sort(key=lambda piece: piece.at)
    return Grid(names, ordered, width, sure), list(numbered_lines[body:]), merged


def is_row(merged: Sequence[Piece]) -> bool:
    """Whether what stands after labels is a row's cells, not a label that a cut spoiled."""
    values = [piece for piece in merged if _holds_value(piece.text)]
    return len(merged) >= _FEWEST_MERGED and len(values) * 2 >= len(merged)


def _below_labels(cells: Sequence[Piece]) -> list[Piece]:
    """What stands after the labels in the cells of the upper head: cells of the first row, merged with it."""
    found = []
    for cell in cells:
        words = [(m.start(), m[0]) for m in re.finditer(r"\S+", cell.text)]
        after = (
            [start for start, word in words if word not in HEAD_WORDS] if NUMBERED.match(cell.text) else []
        )
        # A single letter at the end is a value, as no label ends in one.
        lone = bool(words) and NUMBERED.match(cell.text) and words[-1][1] in {"D", "I"}
        if after and not any(x.startswith(cell.text[after[0] :].strip()) for x in HEAD_WORDS):
            found.append(_rest(cell, after[0]))
        elif lone:
            found.append(_rest(cell, words[-1][0]))
        elif _CUT_LABEL.fullmatch(cell.text):
            found.append(replace(_rest(cell, words[-1][0]), at=cell.at - 1))
    return found


def _below_lower(cells: Sequence[Piece], labels: dict[str, str]) -> list[Piece]:
    """What stands after the labels in the cells of the lower head."""
    found = []
    for cell in cells:
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", cell.text)]
        ends = [end for _, end in words if "".join(cell.text[:end].split()).lower() in labels]
        if ends and cell.text[ends[0] :].strip():
            # "V V" is a label and a value; "Date" alone is no label.
            found.append(_rest(cell, next(start for start, _ in words if start >= ends[0])))
    return found


def _beginning(text: str, labels: dict[str, str]) -> str:
    """The label that a cell's words begin with, where values follow it; empty without one."""
    ends = [m.end() for m in re.finditer(r"\S+", text)]
    found = ["".join(text[:end].split()).lower() for end in ends if _holds_value(text[end:])]
    return next((label for label in reversed(found) if label in labels), "")


def _holds_value(text: str) -> bool:
    return any(is_value(word) or MARKS.search(word) for word in text.split())


def _rest(cell: Piece, start: int) -> Piece:
    begin = (cell.source.start or 0) + start - (len(cell.text) - len(cell.text.lstrip()))
    return replace(cell, text=cell.text[start:].strip(), source=replace(cell.source, start=begin))


def _numbered(cells: Sequence[Piece], labels: dict[str, str]) -> dict[str, int]:
    """Where the numbered labels stand; a cell without a number right after another is a cut, and moves the rest."""
    places: dict[str, int] = {}
    shift, before = 0, -2
    for cell in cells:
        found = NUMBERED.match(cell.text)
        if found and found[1] in labels:
            places.setdefault(labels[found[1]], cell.at - shift)
        elif cell.at - before == 1:
            shift += 1
        before = cell.at
    return places


def _lower(cells: Sequence[Piece], labels: dict[str, str]) -> dict[str, int]:
    """Where the labels of the lower head stand, cut or whole."""
    places: dict[str, int] = {}
    shift, held = 0, ""
    for n, cell in enumerate(cells):
        text = held + "".join(cell.text.split()).lower()
        held = ""
        label = _beginning(cell.text, labels)
        if label and text not in labels:
            places.setdefault(labels[label], cell.at - shift)
        elif text in labels:
            places.setdefault(labels[text], cell.at - shift)
        elif (
            n + 1 < len(cells) and cells[n + 1].at - cell.at == 1 and any(x.startswith(text) for x in labels)
        ):
            held = text
            shift += 1
    return places
