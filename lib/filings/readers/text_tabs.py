"""Text dumps whose tables a converter guessed: cells parted by tabs, some cut, some lost, lines moved about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.filings.form import TITLE_I, TITLE_II, Table, Text
from lib.filings.meaning import WORDS, bare
from lib.filings.printed import Printed
from lib.filings.readers.text_balance import mend_by_balance
from lib.filings.readers.text_cells import (
    Grid,
    Piece,
    ReadRow,
    overlapped,
    pieces,
    read_row,
    table_pieces,
    words_of_piece,
)
from lib.filings.readers.text_cut_rows import (
    begun_in_labels,
    below_outside,
    holding_outside,
    holds_two,
    parted,
    restarted,
    tail_of,
    trade_outside,
    words_alone,
)
from lib.filings.readers.text_head import ISSUER, NAME, RELATION, read_head
from lib.filings.readers.text_labels import FEWEST, NUMBERED, grid_of, is_row
from lib.filings.readers.text_lines import Run, Word, pieced
from lib.filings.readers.text_marks import SCRAP, give_back_marks, mark_by_scraps
from lib.filings.readers.text_moved import read_loose
from lib.filings.readers.text_owners import ADDRESS, Owners
from lib.filings.readers.text_row_repairs import appended, mend_rows, record_path
from lib.filings.readers.text_signers import squeezed
from lib.filings.record import Finding

_TITLES: Final[tuple[tuple[Table, re.Pattern[str]], ...]] = (
    ("non_derivative", re.compile(rf"{TITLE_I.pattern}|Table I - Non-Deriv", re.IGNORECASE)),
    ("derivative", re.compile(rf"{TITLE_II.pattern}|Table II - Deriv", re.IGNORECASE)),
)
MAX_TABLE_LINES: Final = 1_500
_ELSEWHERE: Final = re.compile(r"OMB |\d{4}-|Explanation of|Remarks:|Reminder:|\d{1,2}\. |SEC Form|\s*$")
_MIDDLE_BOX: Final = re.compile(rf"^\s*2\.|{ISSUER.pattern}")
_RIGHT_BOX: Final = re.compile(r"^\s*5\.|Relationship of Rep")
_ENDS_OF_ROW: Final = frozenset({"owned_following", "direct_or_indirect", "transaction_code"})
"""Columns of which every whole row fills one."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_OF_A_YEAR: Final = frozenset({"owned_following", "nature_of_ownership"})
_LABEL_WORDS: Final = {"director": "Director", "direcctor": "Director", "owner": "Owner", "person": "Person"}


@dataclass
class _Section:
    table: Table
    lines: list[tuple[int, str]] = field(default_factory=list)
    page: int = 0
    outside: list[ReadRow] = field(default_factory=list)
    """Rows that stand outside the table."""


def read_tabs(lines: Sequence[str], printed: Printed) -> None:
    """Fill a ``Printed`` from the lines of a dump whose tables are parted by tabs."""
    parts = _Parts()
    for number, line in enumerate(lines, 1):
        parts.line(number, line)
    parts.flush()
    parts.owners.into(printed)
    relation = Run(parts.relation)
    if not RELATION.search(relation.text):
        relation = Run(parts.head)
    read_head(Run(parts.head), relation.words, printed)
    pages: dict[int, list[int]] = {}
    for section in parts.sections:
        before = len(printed.rows)
        _table(section, printed)
        pages.setdefault(section.page, []).extend(range(before, len(printed.rows)))
    for page, rows in pages.items():
        mark_by_scraps(printed, rows, parts.scraps.get(page, ()))
    mend_by_balance(printed)
    read_loose(parts.loose, printed)
    give_back_marks(printed)


class _Parts:
    """The lines of a document told apart: tables, boxes, and what stands outside both."""

    def __init__(self) -> None:
        self.sections: list[_Section] = []
        self.head: list[Word] = []
        self.relation: list[Word] = []
        self.loose: list[tuple[int, str]] = []
        self.scraps: dict[int, list[str]] = {}
        """By page, the ends of cells that were set down again below its tables."""
        self.owners = Owners()
        self._head_lines: list[tuple[int, str]] = []
        self._in_table = False
        self._below = False
        """Whether something stood below the tables of the page."""
        self._outside: list[ReadRow] = []
        self._begun: ReadRow | None = None

    def line(self, number: int, line: str) -> None:
        text = line.replace("\t", "")
        if not text.strip():
            return
        tabbed = line.count("\t") >= FEWEST
        title = next((t for t, pattern in _TITLES if pattern.search(text)), None)
        if self._head_lines and (title or not tabbed):
            self.flush(line.count("\t") if tabbed else None)
        if title:
            self.owners.interrupt()
            self.owners.stray([])
            page = self.sections[-1].page + bool(self._below) if self.sections else 0
            self.sections.append(_Section(title, page=page))
            if title == "non_derivative":
                self.sections[-1].outside, self._outside = self._outside, []
            self._below = False
            self._in_table = True
        if title or (self._in_table and tabbed and not NAME.search(text) and not self.owners.reading):
            self.sections[-1].lines.append((number, line))
        elif tabbed and (ISSUER.search(text) or self._head_lines):
            self._head_lines.append((number, line))
        elif (
            NAME.search(text) or ADDRESS.search(text) or (self.owners.reading and not _ELSEWHERE.match(text))
        ):
            line = self._without_trade(number, line)
            for _ in range(min(self.owners.line(_unbroken(pieces(line, number))), len(self.loose))):
                self.loose.pop()
            self._in_table = self._in_table and tabbed
        else:
            self.owners.interrupt()
            if self._holding(number, text):
                return
            self.owners.stray([] if _ELSEWHERE.match(text) else pieced(line, number))
            self.loose.append((number, line))
            self._below = True
            if self.sections and SCRAP.fullmatch(text):
                self.scraps.setdefault(self.sections[-1].page, []).append(text)
            self._in_table = False

    def _without_trade(self, number: int, line: str) -> str:
        """The line of a box without the trade that ran into it, which goes to its table."""
        trade = trade_outside(line, number) if self._in_table and NAME.search(line) else None
        if not trade:
            return line
        self.sections[-1].outside.append(trade[0])
        return " " * trade[1] + line[trade[1] :]

    def _holding(self, number: int, text: str) -> bool:
        """Take a line outside the tables as a holding, or as what goes on with the one right above it."""
        begun, self._begun = self._begun, None
        holding = holding_outside(text.strip(), number)
        if holding:
            tables = [section for section in self.sections if section.table == "non_derivative"]
            (tables[-1].outside if tables else self._outside).append(holding)
        if holding or (begun and below_outside(begun, text.split(), number)):
            self._begun = holding or begun
        return self._begun is not None

    def flush(self, below: int | None = None) -> None:
        """Read the lines of the head's boxes: box 1, boxes 2 to 4, and 5 and 6 stand side by side.

        ``below`` is how many tabs the table's first line below them has.
        """
        width = min([line.count("\t") for _, line in self._head_lines] + [below or 99])
        edges: tuple[int, int] | None = None
        for number, line in self._head_lines:
            found = pieces(line, number)
            if not edges:
                middle = next((p.at for p in found if _MIDDLE_BOX.search(p.text)), len(line))
                right = next((p.at for p in found if _RIGHT_BOX.search(p.text) and p.at > middle), len(line))
                shift = line.count("\t") - width
                edges = max(middle - shift, 1), max(right - shift, 1)
            cut = line.count("\t") > width
            left, centre, right_side = _sides(found, edges, cut)
            self.owners.line(_unbroken(left, cut), first=True)
            self.head += _unbroken(centre, cut) + _unbroken(right_side, cut)
            self.relation += _unbroken(right_side, cut)
        self._head_lines = []


def _sides(
    found: Sequence[Piece], edges: tuple[int, int], cut: bool
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """The cells of a line of the head by column of boxes; a label tells, else the cell's place."""
    sides: tuple[list[Piece], list[Piece], list[Piece]] = ([], [], [])
    side, before = 0, -2
    for piece in found:
        label = NUMBERED.match(piece.text)
        if label:
            side = {"1": 0, "5": 2, "6": 2}.get(label[1], 1)
        elif piece.at - before > 1 or not cut:
            # Only boxes 5 and 6 have ticks, which stand just left of their labels.
            side = 2 if piece.text.strip() == "X" else sum(piece.at >= edge for edge in edges)
        sides[side].append(piece)
        before = piece.at
    return sides


def _unbroken(found: Sequence[Piece], cut: bool = True) -> list[Word]:
    """The words of boxes in one line; where cells were ``cut``, one that goes on in the next is joined again."""
    words: list[Word] = []
    before: Piece | None = None
    for piece in found:
        more = words_of_piece(piece)
        if before and piece.at - before.at == 1 and not NUMBERED.match(piece.text):
            border = before.text[-1:] + piece.text[:1]
            more = _joined(words, words_of_piece(before), more, border if cut else " ")
        words += more
        before = piece
    return words


def _joined(words: list[Word], before: Sequence[Word], more: list[Word], border: str) -> list[Word]:
    """What of a cut cell's second part is still to be added, once its words are joined to those before."""
    pairs = list(zip(before, more, strict=False))
    if len(before) > 1 and all(len(overlapped(a.text, b.text)) < len(a.text + b.text) for a, b in pairs):
        # Both cells show a piece of each of their lines.
        del words[-len(before) :]
        whole = [Word(overlapped(a.text, b.text), a.line, a.start, a.end) for a, b in pairs]
        return whole + more[len(before) :]
    label = words and more and _LABEL_WORDS.get(squeezed(words[-1].text + more[0].text))
    if label:
        return [Word(label, more[0].line, words.pop().start, more[0].end), *more[1:]]
    if " " in border or not words or not more:
        return more
    last = words.pop()
    return [Word(overlapped(last.text, more[0].text), last.line, last.start, more[0].end), *more[1:]]


def _table(section: _Section, printed: Printed) -> None:
    """The rows of one table."""
    if len(section.lines) > MAX_TABLE_LINES:
        message = f"The table has {len(section.lines)} lines, more than any form has; it was not read."
        printed.findings.append(Finding("error", section.table, message, "text.too_many_lines"))
        return
    grid, body, merged = grid_of(section.lines, section.table, printed.form)
    in_labels = read_row(merged, grid.width, grid, printed.period.text) if merged else None
    rows: list[ReadRow] = []
    if in_labels and is_row(merged):
        rows.append(in_labels)
        rows[0].repairs += [
            (name, "The row was merged with the labels.", "text.merged_head") for name in rows[0].cells
        ]
    before = sum(table == section.table for table, _ in printed.rows)
    for number, line in body:
        cells, count, period = table_pieces(line, number), line.count("\t") + 1, printed.period.text
        again = _again(cells, rows[-1]) if rows else False
        if rows and not again and not any(bare(piece.text.strip()) in {"D", "I"} for piece in cells):
            taken = frozenset(x for x, text in rows[-1].cells.items() if text.text and x not in WORDS)
            found = _par_value(cells, grid, rows[-1]) or read_row(cells, count, grid, period, taken)
            if restarted(found, rows[-1]):
                rows.append(found)
                continue
            if _continues(found, rows[-1]):
                _continue(rows[-1], found)
                continue
        found = read_row(cells, count, grid, period)
        if holds_two(found) and _take_two(found, rows, printed):
            continue
        if _starts(found) or again:
            rows.append(found)
        elif not rows and any(table == section.table for table, _ in printed.rows):
            _over_the_page(section.table, found, printed)
        elif not rows and words_alone(found):
            rows.append(found)
    if in_labels and not rows and section.outside:
        begun_in_labels(section.outside[0], in_labels)
    tail = tail_of(rows[-1], _titles(rows[:-1], printed)) if rows else None
    rows += [tail, *section.outside] if tail else section.outside
    cut = [not any(row.cells.get(column, Text("")).text for column in _ENDS_OF_ROW) for row in rows]
    mend_rows(rows)
    for n, row in enumerate(rows):
        where = f"{section.table}[{before + n}]"
        if cut[n]:
            message = "The row was cut; what is left of it is here, the rest is lost."
            printed.findings.append(Finding("warning", where, message, "text.cut_row"))
        printed.findings += [
            Finding("note", f"{where}.{record_path(column, row)}".rstrip("."), message, rule)
            for column, message, rule in row.repairs
        ]
        printed.rows.append((section.table, row.cells))


def _take_two(found: ReadRow, rows: list[ReadRow], printed: Printed) -> bool:
    """Take two rows that ran together in a line: the first may go on with the row above, if that has no end yet."""
    begun = rows[-1] if rows and not rows[-1].cells.get("direct_or_indirect") else None
    two = parted(found, begun, _titles([row for row in rows if row is not begun], printed))
    if not two:
        return False
    first, second = two
    if begun:
        _continue(begun, first)
    else:
        rows.append(first)
    rows.append(second)
    return True


def _titles(rows: Sequence[ReadRow], printed: Printed) -> set[str]:
    """The titles that rows say, of this part of the table and of those before it."""
    said = [row.cells for row in rows] + [cells for _, cells in printed.rows]
    columns = ("security_title", "underlying_security_title")
    return {cells[column].text for cells in said for column in columns if column in cells}


def _par_value(cells: Sequence[Piece], grid: Grid, row: ReadRow) -> ReadRow | None:
    """An amount by itself under a title that breaks off at its par value goes on with that title."""
    if len(cells) != 1 or not cells[0].text.strip().startswith("$"):
        return None
    for column in ("security_title", "underlying_security_title"):
        above = (row.below.get(column) or [row.cells.get(column, Text(""))])[-1]
        if above.text.endswith("par value") and not grid.away(column, cells[0].at):
            return ReadRow({column: Text(cells[0].text.strip(), source=cells[0].source)})
    return None


def _again(cells: Sequence[Piece], row: ReadRow) -> bool:
    """Whether a line begins with the title of the row above it anew."""
    text, title = cells[0].text.strip() if cells else "", row.cells.get("security_title", Text("")).text
    if text == title:
        return bool(text) and (len(cells) > 1 or "security_title" in row.below)
    return len(cells) > 2 and cells[0].at == 0 and title.startswith(text + " ")


def _over_the_page(table: Table, found: ReadRow, printed: Printed) -> None:
    """Words at the top of a page's table go on with the cells of the last row on the page before."""
    last = next(cells for name, cells in reversed(printed.rows) if name == table)
    year, rest = (
        found.cells.get("owned_following", Text("")),
        found.cells.get("nature_of_ownership", Text("")),
    )
    marks = year.marks + rest.marks
    if _YEAR.fullmatch(year.text) and marks and found.cells.keys() <= _OF_A_YEAR and not rest.text:
        # A trust is often named by its year.
        found = ReadRow({"nature_of_ownership": replace(year, marks=marks)})
    if not found.cells.keys() <= WORDS:
        return
    where = f"{table}[{sum(name == table for name, _ in printed.rows) - 1}]"
    for column, text in found.cells.items():
        before = last.get(column, Text("", source=text.source))
        last[column] = Text(appended(before.text, text.text), (*before.marks, *text.marks), before.source)
        message = f"“{text.text}” stood on the next page."
        printed.findings.append(Finding("note", f"{where}.{column}", message, "text.lower_line"))


def _starts(row: ReadRow) -> bool:
    filled = {column for column, text in row.cells.items() if text.text}
    return len(filled - {"nature_of_ownership", "underlying_security_title"}) >= 2


def _continues(found: ReadRow, row: ReadRow) -> bool:
    """Whether a line only goes on with cells of the row above it."""
    filled = {column for column, text in found.cells.items() if text.text}
    if "direct_or_indirect" in filled or {"transaction_date", "transaction_code"} <= filled:
        return False
    if "security_title" in filled and filled & {"owned_following", "transaction_date", "transaction_code"}:
        return False
    if len(filled - WORDS) > 2:
        return False
    return all(column in WORDS or not row.cells.get(column, Text("")).text for column in filled)


def _spilled_marks(found: ReadRow, row: ReadRow) -> bool:
    """Whether a line is only the marks of a cell of the row above that a border showed twice."""
    marks = {mark for text in found.cells.values() for mark in text.marks}
    cut = {column for column, _, rule in row.repairs if rule == "text.cut_cell"}
    return not any(text.text for text in found.cells.values()) and any(
        marks and marks <= {*row.cells[column].marks} for column in cut if column in row.cells
    )


def _continue(row: ReadRow, found: ReadRow) -> None:
    """Take a lower line of a row into it; words wait until the whole row is known."""
    if _spilled_marks(found, row):
        return
    for column, text in found.cells.items():
        if column in WORDS:
            row.below.setdefault(column, []).append(text)
        elif column in row.cells:
            before = row.cells[column]
            row.cells[column] = Text(before.text or text.text, (*before.marks, *text.marks), before.source)
        else:
            row.cells[column] = text
        row.repairs.append((column, f"“{text.text}” stood on a line below.", "text.lower_line"))
