"""A broken line of a table read by meaning: cut cells joined, spilled ones dropped, every piece in its column.

Converters that guess tables cut cells in mid-word and mid-number, and show a cell that reaches over a guessed
border on both sides of it. A line's pieces go, in order, to the columns they fit and stand near; the
cheapest way is taken, and each repair is told in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice, pairwise
from typing import Final

from lib.filings.form import Text, split_marks
from lib.filings.meaning import (
    DATE,
    DATES,
    NUMBER,
    NUMBERS,
    UNFIT,
    WORDS,
    assigned,
    bare,
    fits,
    is_marks,
    is_value,
    unfitness,
)
from lib.filings.readers.text_lines import Word, joined, plain
from lib.filings.record import Source

MAX_WAYS: Final = 600
"""Ways of joining cut cells that are tried for one line; lines with more are left as they stand."""

MAX_PIECES: Final = 60
_OUT_OF_PLACE: Final = 2.0
_PIECE: Final = re.compile(r"\$?[\d,.]+|[\d/]+|\(\d{0,2}|\d{0,2}\)|\d[\d,.]*\(\d{1,2}\)?")
_RUN_TOGETHER: Final = re.compile(r"[a-z](?:\d|\$)|\$$|\d[a-zA-Z]{3}")
_LETTERS: Final = frozenset({"v", "acquired_disposed_code", "direct_or_indirect"})
_PRICES: Final = frozenset({"transaction_price_per_share", "conversion_or_exercise_price"})
_SECURITIES: Final = frozenset({"acquired", "disposed", "underlying_amount", "owned_following"})
_AGREEING: Final = 0.3
"""Less than any doubt about a place; it settles what else is equally cheap."""
_FINE: Final = re.compile(r"\.\d{5,}$")
"""Ownership XML has four decimal places; a fifth digit belongs to another cell."""
_BROKEN_MARKS: Final = re.compile(r"\(\s*(\d{1,2})\s*\)")
_UNCLOSED: Final = re.compile(r"\((\d{1,2})$")
_NEXT_CELL: Final = re.compile(r"(?<=\S )(?:\d{1,2}/\d{1,2}/[\d)]{2,6}|\d{1,3}(?:,\d{3})+)(?=[\s(]|$)")
_REST_AND_MARKS: Final = re.compile(r"(\d{1,2}) \(\d{1,2}\)$")
"""The last digits of a cut number before the marks of the next cell; a number's own marks have no space before them."""
_NUMBER_AND_LETTER: Final = re.compile(r"^(\d{1,3}(?:,\d{3})+) [a-z]$")
"""A number and the last letter of a word that a border cut beside it."""
_HYPHEN_BREAK: Final = re.compile(r"(?<=\w)- (?=\w)")
"""Lines that a converter put together with a space: the hyphen that ended one keeps its word whole."""
_DIGITS: Final = re.compile(r"\d+")
TWO_LETTERS: Final = re.compile(r"[DI] [DI]")
"""Two rows' letters in one cell: no form has two in a row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a dumped table: its words, and its number among the cells of the line."""

    text: str
    at: int
    source: Source
    cut: str = ""
    """The pieces as they stood, where a cut was joined."""


@dataclass
class ReadRow:
    """A line's cells by column of the form, and what was repaired: column, sentence, rule.

    ``below`` has the words of lower lines that go on with a cell.
    """

    cells: dict[str, Text] = field(default_factory=dict)
    below: dict[str, list[Text]] = field(default_factory=dict)
    repairs: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """The columns of a table, the cell each starts at where its label tells, and the width of a line.

    ``sure`` tells whether the labels were whole enough for places to mean much.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    width: int
    sure: bool

    def away(self, column: str, at: int) -> int:
        """How many cells a place is from a column."""
        n = self.names.index(column)
        start = self.places.get(column)
        if start is None:
            start = max((self.places[x] for x in self.names[:n] if x in self.places), default=0)
        end = min((self.places[x] for x in self.names[n + 1 :] if x in self.places), default=self.width + 9)
        return max(start - at, at - max(start, end - 1), 0)


def pieces(line: str, number: int) -> list[Piece]:
    """The cells of a tab-separated line that hold something."""
    found, start = [], 0
    for at, cell in enumerate(line.split("\t")):
        words = cell.strip()
        if words:
            place = start + cell.index(words[0])
            # Spaces at a cut tell whether it parted a word, so they stay.
            found.append(Piece(plain(cell), at, Source(line=number, start=place, end=place + len(words))))
        start += len(cell) + 1
    return found


def table_pieces(line: str, number: int) -> list[Piece]:
    """The cells of a line of a table, those run together parted, and brackets given back to their marks.

    Where two rows ran together every cell has two values, and none is parted.
    """
    found = pieces(line, number)
    two = any(TWO_LETTERS.fullmatch(piece.text.strip()) for piece in found)
    return _closed(found if two else [part for piece in found for part in _parted(piece)])


def _parted(piece: Piece) -> list[Piece]:
    """A cell with a date or a long number after other words is two cells that a converter ran together.

    So are the rest of a cut number and marks after a space.
    """
    words = piece.text.strip()
    starts = [m.start() for m in (_NEXT_CELL.finditer(words) if not _REST_AND_MARKS.match(words) else [])]
    starts += [m.end(1) + 1 for m in _NUMBER_AND_LETTER.finditer(words)]
    starts += [m.end(1) + 1 for m in _REST_AND_MARKS.finditer(words)]
    if not starts:
        return [piece]
    begin = piece.source.start or 0
    edges = [0, *starts, len(words)]
    return [
        Piece(words[a:b].strip(), piece.at, replace(piece.source, start=begin + a, end=begin + b))
        for a, b in pairwise(edges)
    ]


def _closed(line: list[Piece]) -> list[Piece]:
    """A bracket that a border parted from its mark, ``(1`` and ``) 1,108``, given back to it."""
    for n, piece in enumerate(line):
        if n and piece.text.lstrip().startswith(")") and _UNCLOSED.search(line[n - 1].text):
            for back in range(n - 1, -1, -1):
                if not _UNCLOSED.search(line[back].text):
                    break
                line[back] = replace(line[back], text=line[back].text + ")")
            line[n] = replace(piece, text=piece.text.lstrip()[1:].lstrip())
    return [piece for piece in line if piece.text.strip()]


def read_row(
    line: Sequence[Piece], cells: int, grid: Grid, period: str, taken: frozenset[str] = frozenset()
) -> ReadRow:
    """The line's pieces by column.

    ``cells`` is how many cells the line has, ``period`` the date in the form's head, and ``taken`` the columns
    that are filled already where the line goes on with the row above.
    """
    if len(line) > MAX_PIECES:
        return ReadRow()
    pairs = [n for n in range(len(line) - 1) if line[n + 1].at - line[n].at == 1]
    extra = min(max(cells - grid.width, 0), len(pairs))
    sure = [n for n in pairs if _surely_cut(line[n].text, line[n + 1].text)][:extra]
    joins = combinations([n for n in pairs if n not in sure], extra - len(sure))
    ways = list(islice(joins, MAX_WAYS + 1))
    best: tuple[float, list[Piece], list[int]] | None = None
    for way in ways if len(ways) <= MAX_WAYS else [()]:
        mended = _mended(line, (*sure, *way))
        cost, columns = _placed(mended, grid, period, taken, not grid.sure or cells < grid.width)
        cost -= _AGREEING * _agreeing(mended, columns, grid)
        if best is None or cost < best[0]:
            best = cost, mended, columns
    if best is None:
        return ReadRow()
    by_column: dict[str, list[Piece]] = {}
    for piece, place in zip(best[1], best[2], strict=True):
        by_column.setdefault(grid.names[place], []).append(piece)
    row = ReadRow()
    for column, parts in by_column.items():
        row.cells[column] = _cell(column, parts, period, row)
    return row


def _agreeing(line: Sequence[Piece], columns: Sequence[int], grid: Grid) -> int:
    """How many numbers of securities a line says twice: a derivative is mostly one for one, and all that is owned."""
    said = [bare(p.text.strip()) for p, c in zip(line, columns, strict=True) if grid.names[c] in _SECURITIES]
    return len(said) - len(set(said))


def _surely_cut(one: str, other: str) -> bool:
    """Whether two neighbouring cells can only be one number or one date."""
    one, other = one.strip(), other.strip()
    return bool(
        (re.search(r"\d,\d{0,2}$", one) and re.match(r"\d", other))
        or (re.search(r"\d$", one) and re.match(r",\d{3}", other))
        or (re.search(r"\$\d[\d,]*$", one) and re.match(r"\.\d", other))
        or (re.fullmatch(r"\d{1,2}(/\d{0,2})?/?(\d{0,3})", one) and DATE.fullmatch(bare(one + other)))
        or (re.search(r"\(\d{0,2}$", one) and re.match(r"\d{0,2}\)", other))
    )


def _mended(line: Sequence[Piece], cuts: Sequence[int]) -> list[Piece]:
    """The pieces with each cut joined to what follows it."""
    mended: list[Piece] = []
    shift = 0
    for n, piece in enumerate(line):
        if n - 1 in cuts and mended:
            before = mended.pop()
            shift += 1
            said = len(piece.text.strip()) > 1 and before.text.lstrip(" $").startswith(piece.text.strip())
            whole = before.text if said else before.text + piece.text
            told = f"{before.cut or before.text.strip()}|{piece.text.strip()}"
            source = Source(line=before.source.line, start=before.source.start, end=piece.source.end)
            mended.append(Piece(whole, before.at, source, told))
        else:
            mended.append(Piece(piece.text, piece.at - shift, piece.source, piece.cut))
    return mended


def _placed(
    line: Sequence[Piece], grid: Grid, period: str, taken: frozenset[str], narrow: bool
) -> tuple[float, list[int]]:
    """The cheapest columns for the pieces of a line, and what they cost.

    A ``narrow`` line lost cells, so places tell less.
    """
    weight = _OUT_OF_PLACE * (0.2 if narrow else 1.0)
    if not line:
        return 0.0, []
    costs = [
        [
            weight * grid.away(c, p.at) + _misfit(p.text.strip(), c, period) + UNFIT * (c in taken)
            for c in grid.names
        ]
        for p in line
    ]
    same = [0.0]
    whole = line[0].text.strip()
    for before, piece in pairwise(line):
        text = piece.text.strip()
        spilled = len(text) > 1 and text != whole and bare(text) in whole
        same.append(0.5 if spilled else _sharing(before.text.strip(), text))
        whole = whole if spilled else whole + text if _dollars_cut(whole, text) else text
    apart = [0.0, *(6.0 * _surely_cut(a.text, b.text) for a, b in pairwise(line))]
    columns = assigned(costs, same, apart)
    total = sum(row[c] for row, c in zip(costs, columns, strict=True))
    total += sum(
        s if a == b else t for s, t, (a, b) in zip(same[1:], apart[1:], pairwise(columns), strict=True)
    )
    return total, columns


def _dollars_cut(one: str, other: str) -> bool:
    """Whether two neighbouring pieces can be an amount that a border cut before its last whole digits."""
    return bool(re.fullmatch(r"\$\d*", one) and re.fullmatch(r"\d*\.\d+", bare(other)))


def _misfit(text: str, column: str, period: str) -> float:
    """How ill a piece fits a column."""
    cost = min(sum(unfitness(word, column) for word in text.split()), UNFIT * 1.5)
    if column in WORDS:
        if is_marks(text.replace(" ", "")):
            return cost + 1.0
        odd = is_value(text) or ("/" in text and debris(text, period)) or _RUN_TOGETHER.search(text)
        return cost + (4.0 if odd else 2.0 if len(text) < 2 else 0.0)
    if column in NUMBERS and (re.match(r"\$?0\d", text) or _FINE.search(bare(text))):
        return cost + 3.0
    if column in _PRICES and not text.startswith(("$", ".")) and not is_marks(text.replace(" ", "")):
        return min(cost, 4.0 if _PIECE.fullmatch(text) else cost) + 2.0
    if cost and column in NUMBERS | DATES and _PIECE.fullmatch(text):
        return 4.0
    if cost and column == "transaction_date" and debris(text, period):
        return 2.0
    if is_marks(text.replace(" ", "")):
        return 0.0 if column not in _LETTERS else 3.0
    return cost + (0.5 if column in {"v", "deemed_execution_date"} else 0.0)


def _sharing(one: str, other: str) -> float:
    """The cost of two neighbouring pieces being one cell."""
    if _surely_cut(one, other):
        return 0.0
    if one.endswith(other) or is_marks(other):
        return 0.5
    if _dollars_cut(one, other):
        return 1.0
    if NUMBER.fullmatch(bare(one)) and NUMBER.fullmatch(bare(other)):
        return 1.0 if other.startswith(".") else 20.0
    if is_value(one) and is_value(other):
        return 20.0
    return 1.0


def debris(text: str, period: str) -> bool:
    """Whether a text is what is left of the date in the form's head: its digits all stand in that date."""
    runs = _DIGITS.findall(text)
    return (
        bool(runs)
        and not re.search(r"[A-Za-z]", text)
        and all(run in period for run in runs)
        and sum(map(len, runs)) >= 3
    )


def _cell(column: str, parts: Sequence[Piece], period: str, row: ReadRow) -> Text:
    """One cell from its pieces; what had to be done is noted in ``row``."""
    text = _HYPHEN_BREAK.sub("-", " ".join(parts[0].text.split()))
    for before, piece in pairwise(parts):
        other = " ".join(piece.text.split())
        if column in WORDS and _one_word(before, piece):
            text = overlapped(text, other)
        elif not (column in NUMBERS and re.fullmatch(r"[a-z]", other)):
            # A lone letter beside a number is the end of a word that a border cut.
            text = glued(text, other, column)
    raw = " | ".join(p.cut or p.text.strip() for p in parts)
    if column == "transaction_date" and not DATE.fullmatch(split_marks(text)[0]) and debris(text, period):
        row.repairs.append(
            (
                column,
                f"Only “{raw}” is left of the date; the date in the head fits it.",
                "text.date_from_period",
            )
        )
        text = period
    elif len(parts) > 1 or parts[0].cut:
        row.repairs.append((column, f"“{raw}” was read as “{text}”.", "text.cut_cell"))
    text = text.replace(" )", ")") if column in WORDS else text
    whole = _UNCLOSED.sub(r"(\1)", _BROKEN_MARKS.sub(r"(\1)", text))
    if whole != text and _UNCLOSED.search(text):
        row.repairs.append((column, f"The mark at the end of “{text}” was cut off.", "text.cut_mark"))
    words, marks = split_marks(whole)
    return Text(words, marks, _from_first_to_last(parts))


def _from_first_to_last(parts: Sequence[Piece]) -> Source:
    """The place of pieces of one line that make a value, with what stands between them."""
    return replace(parts[0].source, end=parts[-1].source.end)


def _one_word(before: Piece, piece: Piece) -> bool:
    """Whether a border between two neighbouring cells parted a word."""
    border = before.text[-1:] + piece.text[:1]
    return piece.at - before.at == 1 and not before.cut and border.isalpha() and border.islower()


def glued(one: str, other: str, column: str) -> str:
    """Two pieces of a cell as one: what both show is taken once, unless a number needs it twice."""
    if column not in WORDS and is_marks(other):
        return one if other in one else one + other[_overlap(one, other) :]
    if column not in WORDS and len(other) > 1 and bare(other) in one:
        return one
    for size in range(min(len(one), len(other)), 0, -1):
        if one.endswith(other[:size]):
            enough = size == len(other) or size > 2 or other[0] in ".,"
            together = one + other[size:]
            if enough and (column in WORDS or fits(together, column)):
                return together if column not in WORDS or size > 2 else f"{one} {other}"
            break
    if column in WORDS:
        return joined([one, other])
    return one + other if fits(one + other, column) or not fits(one, column) else f"{one} {other}"


def _overlap(one: str, other: str) -> int:
    """How many signs the end of one text and the beginning of another both show."""
    return next(size for size in range(min(len(one), len(other)), -1, -1) if one.endswith(other[:size]))


def overlapped(one: str, other: str) -> str:
    """Two parts of a word as one: letters that both show are taken once if they are three or more."""
    for size in range(min(len(one), len(other)), 2, -1):
        if one.endswith(other[:size]):
            return one + other[size:]
    return one + other


def words_of_piece(piece: Piece) -> list[Word]:
    """The words of a piece with their places."""
    line, start = piece.source.line or 0, piece.source.start or 0
    text = piece.text.strip()
    return [Word(m[0], line, start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text)]
