"""What the rows of a broken table lack and the form settles, once all their lines are put together.

Wrapped lines are added to their cells, a mark goes back to its number, a title merged with the row above is taken
from it, and of two rows that ran together only what is clear is kept. Each repair is told in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import Text, split_marks
from lib.filings.meaning import WORDS
from lib.filings.readers.text_cells import TWO_LETTERS, ReadRow
from lib.filings.readers.text_lines import joined

_MARKS_BEFORE: Final = re.compile(r"((?:\(\d{1,2}\) ?)+)(?=[A-Z])")


def mend_rows(rows: Sequence[ReadRow]) -> None:
    """Repair the rows of a table in place, from the first to the last."""
    for n, row in enumerate(rows):
        _completed(row)
        _one_side(row)
        if n:
            _mark_above(row, rows[n - 1])
    for n, row in enumerate(rows):
        _two_rows(row)
        _inferred(row, rows[n - 1] if n else None)


def _completed(row: ReadRow) -> None:
    """The wrapped lines of a row's cells added to them, unless the cells say their words already."""
    for column, texts in row.below.items():
        before = row.cells.get(column, Text("", source=texts[0].source))
        rest = joined(text.text for text in texts)
        said = _said(rest, before.text)
        marks = (m for text in texts for m in text.marks)
        whole = before.text if said else appended(before.text, rest)
        row.cells[column] = Text(whole, tuple(dict.fromkeys((*before.marks, *marks))), before.source)


def _said(rest: str, text: str) -> bool:
    """Whether a text says the words already, whole or as beginnings, in their order."""
    words = iter(text.lower().split())
    in_order = all(any(said.startswith(word) for said in words) for word in rest.lower().split())
    return in_order or "".join(rest.split()).lower() in "".join(text.split()).lower()


def _one_side(row: ReadRow) -> None:
    """Marks alone in column (A) or (D) belong to the number in the other, as a trade has one of them."""
    for column, other in (("acquired", "disposed"), ("disposed", "acquired")):
        number, marks = row.cells.get(column), row.cells.get(other)
        if number and number.text and marks and marks.marks and not marks.text:
            row.cells[column] = replace(number, marks=(*number.marks, *marks.marks))
            del row.cells[other]
            row.repairs.append(
                (column, "A mark of the number stood in the column beside it.", "text.moved_mark")
            )


def _mark_above(row: ReadRow, above: ReadRow) -> None:
    """Marks before a code are what wrapped from the code of the row above: no code begins with a mark."""
    code, other = row.cells.get("transaction_code"), above.cells.get("transaction_code")
    found = _MARKS_BEFORE.match(code.text) if code else None
    if not code or not found:
        return
    row.cells["transaction_code"] = replace(code, text=code.text[found.end() :])
    if other and other.text:
        marks = split_marks(f"x{found[0]}")[1]
        above.cells["transaction_code"] = replace(other, marks=(*other.marks, *marks))
        above.repairs.append(
            ("transaction_code", f"“{found[0].strip()}” stood with the row below.", "text.moved_mark")
        )


def _two_rows(row: ReadRow) -> None:
    """Of two rows that ran together, only cells with one value are kept."""
    letters = row.cells.get("direct_or_indirect")
    if not letters or not TWO_LETTERS.fullmatch(letters.text):
        return
    for column, text in row.cells.items():
        if column not in WORDS and " " in text.text:
            row.cells[column] = Text("", source=text.source)
    row.repairs.append(("", "Two rows ran together here; what each of them says is lost.", "text.two_rows"))


def _inferred(row: ReadRow, above: ReadRow | None) -> None:
    """What a row lacks and the form settles: a title merged with the row above, a missing D or I."""
    cells = row.cells
    if "security_title" not in cells and above and "security_title" in above.cells:
        cells["security_title"] = replace(above.cells["security_title"], source=None)
        row.repairs.append(
            ("security_title", "The title is that of the row above, merged with it.", "text.merged_cell")
        )
    letter = cells.get("direct_or_indirect")
    if not letter or not letter.text:
        if cells.get("nature_of_ownership"):
            cells["direct_or_indirect"] = Text("I")
            row.repairs.append(
                (
                    "direct_or_indirect",
                    "A nature of ownership is given, so ownership is indirect.",
                    "text.indirect_by_nature",
                )
            )
        else:
            row.repairs.append(("direct_or_indirect", "Neither D nor I is left.", "text.unsettled"))


def appended(before: str, text: str) -> str:
    """A wrapped line added to a cell; words that the cell already ends with are not said twice."""
    one, other = before.split(), text.split()
    for size in range(min(len(one), len(other)), 0, -1):
        if one[-size:] == other[:size]:
            return " ".join([*one, *other[size:]])
    return joined([before, text])


def record_path(column: str, row: ReadRow) -> str:
    """The record's name of a column, for a finding."""
    money = row.cells.get(column, Text("")).text.startswith("$")
    return {
        "transaction_amount": "transaction_total_value" if money else "transaction_shares",
        "acquired": "transaction_total_value" if money else "transaction_shares",
        "disposed": "transaction_total_value" if money else "transaction_shares",
        "underlying_amount": "underlying_security_value" if money else "underlying_security_shares",
        "owned_following": "value_owned_following" if money else "shares_owned_following",
        "v": "transaction_form_type",
    }.get(column, column)
