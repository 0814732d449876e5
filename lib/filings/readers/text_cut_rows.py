"""Rows of a guessed table that lost their borders: two run together, one begun by a lower line, one set outside.

What a row's parts are is told by the rows about it and by the form: a derivative is one for one, a title is said
again. Every row put together here says so in findings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import Text, split_marks
from lib.filings.meaning import WORDS, bare, is_marks
from lib.filings.readers.text_cells import TWO_LETTERS, ReadRow
from lib.filings.readers.text_labels import HEAD_WORDS
from lib.filings.readers.text_lines import joined
from lib.filings.readers.text_weave import is_security
from lib.filings.record import Source

_HOLDING: Final = re.compile(
    r"(?P<title>[A-Z][^,;:]{3,60}?) (?P<owned>\d{1,3}(?:,\d{3})+) (?P<letter>[DI])(?: (?P<nature>\S.*))?"
)
_TRADE: Final = re.compile(
    r"(?P<title>[A-Z][\w ]{3,40}?)(?P<price> (?:\(\d{1,2}\)|\$[\d,.]+)+)? (?P<day>\d\d/\d\d/\d{4}) (?P<code>[A-Z]) "
)
_SIDES: Final = ("acquired", "disposed")
_NOTHING: Final = Text("")
_MESSAGE: Final = "Two rows ran together; what of them each says is told by the rows about them."
_LOST: Final = "Two rows ran together here; which of them says this is lost."


def holds_two(row: ReadRow) -> bool:
    """Whether a line has two letters D or I, which only two rows have."""
    return bool(TWO_LETTERS.fullmatch(row.cells.get("direct_or_indirect", _NOTHING).text))


def parted(row: ReadRow, begun: ReadRow | None, titles: Collection[str]) -> list[ReadRow]:
    """The two rows that ran together in a line, if most of its cells can be told apart; else none.

    ``begun`` is the row above, if the first of them goes on with it; ``titles`` are the titles said so far.
    """
    first, second = ReadRow(), ReadRow()
    both = 0
    for column, text in row.cells.items():
        if column in _SIDES:
            continue
        before = begun.cells.get(column, _NOTHING) if begun else _NOTHING
        one, other = _words(text, before.text, titles) if column in WORDS else _values(text, before)
        told = one or other
        both += bool(one and other)
        for part, value in ((first, one), (second, other)):
            if value:
                part.cells[column] = value
            part.repairs.append((column, _MESSAGE if told else _LOST, "text.two_rows"))
    if both * 2 < len(row.cells):
        return []
    for column in _SIDES:
        if column in row.cells:
            _sided(column, row.cells[column], (first, second), begun)
    return [first, second]


def _sided(column: str, amount: Text, rows: tuple[ReadRow, ReadRow], begun: ReadRow | None) -> None:
    """An amount in column (A) or (D) goes to the row whose underlying securities are as many."""
    above = begun.cells if begun else {}
    underlying = [
        (row.cells.get("underlying_amount") or above.get("underlying_amount", _NOTHING)).text
        if not n
        else row.cells.get("underlying_amount", _NOTHING).text
        for n, row in enumerate(rows)
    ]
    as_many = [row for row, text in zip(rows, underlying, strict=True) if text and text == amount.text]
    for row in rows:
        told = len(as_many) == 1
        if told and row is as_many[0]:
            row.cells[column] = amount
        if not told or row is as_many[0]:
            row.repairs.append((column, _MESSAGE if told else _LOST, "text.two_rows"))


def _values(text: Text, begun: Text) -> tuple[Text | None, Text | None]:
    """The values of two rows in a cell; one value is the second row's where the first has its own already."""
    lead: list[int] = []
    found: list[tuple[str, list[int]]] = []
    for token in text.text.split():
        marks = list(split_marks(f"x{token}")[1]) if is_marks(token) else list(split_marks(token)[1])
        if not is_marks(token):
            found.append((bare(token), marks))
        elif found:
            found[-1][1].extend(marks)
        else:
            lead += marks
    if found:
        found[-1][1].extend(text.marks)
    texts = [Text(value, tuple(marks), text.source) for value, marks in found]
    if len(texts) == 2 and not lead:
        return texts[0], texts[1]
    if len(texts) == 1 and (lead or begun.text):
        return (Text("", tuple(lead), text.source) if lead else None), texts[0]
    if not texts and text.marks and (begun.text or begun.marks):
        return None, text
    return None, None


def _words(text: Text, begun: str, titles: Collection[str]) -> tuple[Text | None, Text | None]:
    """The titles of two rows in a cell, where one cut makes both such as are said elsewhere, or the same."""
    words = text.text.split()
    ways = []
    for n in range(1, len(words)):
        one, other = " ".join(words[:n]), " ".join(words[n:])
        whole = f"{begun} {one}".strip()
        if whole == other or (whole in titles and other in titles):
            ways.append((one, other))
    if len(ways) != 1:
        return None, None
    return Text(ways[0][0], source=text.source), Text(ways[0][1], text.marks, text.source)


def tail_of(row: ReadRow, titles: Collection[str]) -> ReadRow | None:
    """The row that a page's end cut off after its first line, where its titles run on from those of the row above."""
    tail = ReadRow()
    for column in ("security_title", "underlying_security_title"):
        title = row.cells.get(column, _NOTHING)
        said = max((x for x in titles if x and title.text.startswith(f"{x} ")), key=len, default="")
        rest = title.text[len(said) :].strip()
        if not said or not rest or column in row.below:
            return None
        tail.cells[column] = Text(rest, source=title.source)
        tail.repairs.append((column, f"“{rest}” ran on from “{said}” of the row above.", "text.two_rows"))
    if not any(title.startswith(f"{text.text} ") for text in tail.cells.values() for title in titles):
        return None
    for column, text in tail.cells.items():
        whole = row.cells[column]
        row.cells[column] = replace(whole, text=whole.text[: -len(text.text)].strip())
        row.repairs.append((column, f"“{text.text}” belongs to the row below.", "text.two_rows"))
    for column, text in row.cells.items():
        # A cell's marks are in order, so one that is less than those before it is the next row's.
        kept = next((n for n in range(1, len(text.marks)) if text.marks[n] < text.marks[n - 1]), None)
        if kept:
            row.cells[column] = replace(text, marks=text.marks[:kept])
            tail.cells[column] = Text("", text.marks[kept:], text.source)
            tail.repairs.append((column, "The mark stood with the row above.", "text.two_rows"))
    return tail


def words_alone(row: ReadRow) -> bool:
    """Whether a line is the first of a row of which only words are left: a title with another text beside it."""
    filled = {column for column, text in row.cells.items() if text.text}
    title = row.cells.get("security_title", _NOTHING).text
    said = any(word[:1].isalpha() and word not in HEAD_WORDS for word in title.split())
    return said and {"security_title"} < filled <= WORDS


def restarted(found: ReadRow, row: ReadRow) -> bool:
    """Whether a lower line says a cell's words again from their beginning: a row begins whose borders are lost."""
    for column in ("nature_of_ownership", "underlying_security_title"):
        text = found.cells.get(column, _NOTHING)
        below = row.below.get(column, [])
        lines = [row.cells.get(column, _NOTHING), *below]
        whole = joined(line.text for line in lines if line.text)
        again = bool(text.text) and whole.startswith(f"{text.text} ") and len(below) > 1
        if again and (column != "nature_of_ownership" or any(line.marks for line in lines)):
            return True
    return False


def holding_outside(text: str, line: int) -> ReadRow | None:
    """A holding that a converter set outside its table, as a line of a title, a number, and D or I."""
    found = _HOLDING.fullmatch(text)
    if not found or not is_security(found["title"]):
        return None
    names = {
        "title": "security_title",
        "owned": "owned_following",
        "letter": "direct_or_indirect",
        "nature": "nature_of_ownership",
    }
    return _outside(found, names, line)


def trade_outside(text: str, line: int) -> tuple[ReadRow, int] | None:
    """A derivative's trade that the next box ran into after its code, and where in the text that box begins."""
    found = _TRADE.match(text)
    if not found or not is_security(found["title"]):
        return None
    names = {
        "title": "security_title",
        "price": "conversion_or_exercise_price",
        "day": "transaction_date",
        "code": "transaction_code",
    }
    row = _outside(found, names, line)
    row.repairs.append(("", "The next box ran into the row; what followed its code is lost.", "text.cut_row"))
    return row, found.end()


def _outside(found: re.Match[str], names: dict[str, str], line: int) -> ReadRow:
    row = ReadRow()
    for part, column in names.items():
        if found[part]:
            words = found[part].strip()
            value, marks = split_marks(words) if not is_marks(words) else ("", split_marks(f"x{words}")[1])
            row.cells[column] = Text(
                value, marks, Source(line=line, start=found.start(part), end=found.end(part))
            )
            row.repairs.append((column, f"“{words}” stood outside the table.", "text.outside_table"))
    return row


def begun_in_labels(row: ReadRow, merged: ReadRow) -> None:
    """Give a table's only row, which stands outside it, the words of its first line that were merged with the labels."""
    for column, text in merged.cells.items():
        if column in WORDS and text.text and column not in row.cells:
            row.cells[column] = text
            row.repairs.append((column, f"“{text.text}” was merged with the labels.", "text.merged_head"))


def below_outside(row: ReadRow, words: Sequence[str], line: int) -> bool:
    """Take a line of one or two words as what goes on with the nature of a holding outside its table."""
    if not 0 < len(words) <= 2 or not all(word[:1].isupper() for word in words):
        return False
    if row.cells.get("direct_or_indirect", _NOTHING).text != "I" or "nature_of_ownership" not in row.cells:
        return False
    row.below.setdefault("nature_of_ownership", []).append(Text(" ".join(words), source=Source(line=line)))
    return True
