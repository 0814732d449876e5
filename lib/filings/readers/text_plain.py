"""Text dumps in reading order, whose columns are lost: blocks of lines that blank lines part.

A block is mostly one cell. Labels are known and dropped; what is left of a table is woven into rows by
``text_weave``, what is left of the boxes is told apart by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from lib.filings.form import EXPLANATION, TITLE_I, TITLE_II, Table
from lib.filings.meaning import bare, is_marks
from lib.filings.printed import Printed
from lib.filings.readers.text_arithmetic import Place, consistency, reconciled
from lib.filings.readers.text_hyphens import put_back_hyphens
from lib.filings.readers.text_labels import HEAD_WORDS, table_columns
from lib.filings.readers.text_layout import cell
from lib.filings.readers.text_lines import Word
from lib.filings.readers.text_loose_head import read_loose_head
from lib.filings.readers.text_marks import mark_holdings, tell_lost_marks, tell_open_ends
from lib.filings.readers.text_plain_boxes import LaterBoxes
from lib.filings.readers.text_signers import read_signatures
from lib.filings.readers.text_stray_marks import settled
from lib.filings.readers.text_stream import Block, Cell, blocks_of, cells_of
from lib.filings.readers.text_tail import REMARKS, REMINDER, SIGNATURE, explained, is_date
from lib.filings.readers.text_weave import BEAM, MAX_RETRIED, MAX_WIDE, NOWHERE, OPEN, TRADED, WIDER, woven
from lib.filings.record import Finding
from lib.filings.values import decimal

MAX_CELLS: Final = 1_500
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ONE_AMOUNT: Final = {"acquired": "transaction_amount"}
_NUMBERED: Final = re.compile(r"\d{1,2}\. ")
_MOVED_LABEL: Final = re.compile(r"(?:7|11)\. Nature(?: of(?: Indirect)?)?")
"""The last column's label, which a dump that reads down columns may say after the signatures, with its cells."""
_GLUED_DATE: Final = re.compile(r"(.*[A-Za-z])(\d{1,2}/\d{1,2}/\d{4})")
_MOST_MOVED: Final = 0.06
"""Where more of a table's cells than this stood apart, any of its rows may have got a wrong one."""
_SIGNATURE_LINE: Final = 60
_AGREEING: Final = 1.5
"""What it is worth that a number agrees with its neighbours by the form's arithmetic."""
_SMOOTH: Final = 0.3
"""A way that costs no more than this a cell is not bettered by trying more."""
_SURELY: Final = 1.0
"""How much cheaper another way has to be than the first one."""


def read_plain(lines: Sequence[str], printed: Printed) -> None:
    """Fill a ``Printed`` from the lines of a dump in reading order."""
    blocks = blocks_of(lines)
    parts = _parts(blocks)
    read_loose_head(parts["head"], printed)
    boxes = LaterBoxes()
    tables: tuple[Table, ...] = ("non_derivative", "derivative")
    for table in tables:
        _table(table, boxes.rest(parts[table]), printed)
    boxes.into(printed)
    _tail(parts["tail"], printed)
    put_back_hyphens(printed, lines)
    mark_holdings(printed)
    tell_open_ends(printed)
    tell_lost_marks(printed)


def _parts(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """The blocks by part of the form; a block that two parts share is cut at the line of the second's title."""
    parts: dict[str, list[Block]] = {name: [] for name in ("head", "non_derivative", "derivative", "tail")}
    part, signed = "head", False
    for block in blocks:
        run: list[tuple[Word, ...]] = []
        for line, text in zip(block.lines, block.texts, strict=True):
            begins = _begins(text, part, signed)
            signed = signed or bool(SIGNATURE.search(text))
            if begins:
                if run:
                    parts[part].append(Block(tuple(run), block.page))
                part, run = begins, []
            run.append(line)
        if run:
            parts[part].append(Block(tuple(run), block.page))
    return parts


def _begins(text: str, part: str, signed: bool) -> str | None:
    if TITLE_I.search(text):
        return "non_derivative"
    if TITLE_II.search(text):
        return "derivative"
    if signed and part == "tail" and _MOVED_LABEL.fullmatch(text):
        return "derivative" if text.startswith("11.") else "non_derivative"
    if part not in {"head", "tail"} and (EXPLANATION.match(text) or REMINDER.search(text)):
        return "tail"
    return None


def _table(table: Table, blocks: Sequence[Block], printed: Printed) -> None:
    """The rows of one table, each placed cell a finding where it did not follow the one before it."""
    # Whether a number stood in (A) or (D) is lost with the columns; the code tells, or nothing does.
    columns = [_ONE_AMOUNT.get(x, x) for x in table_columns(table, printed.form) if x != "disposed"]
    loose = cells_of(table, printed.form, blocks)
    if not loose:
        return
    if len(loose) > MAX_CELLS:
        message = f"The table seems to have {len(loose)} cells, more than any form has; it was not read."
        printed.findings.append(Finding("error", table, message, "text.too_many_cells"))
        return
    places, standing, exchanged = _placed(loose, columns, printed.period.text)
    rows: dict[int, dict[str, list[Word]]] = {}
    moved: set[tuple[int, str]] = set()
    amounts: dict[int, Cell] = {}
    places, marked = settled(loose, places, columns)
    disordered = _disordered(places, loose)
    for n, ((row, column), found) in enumerate(zip(places, loose, strict=True)):
        if (row, column) == NOWHERE:
            _unplaced(table, found.text, printed)
            continue
        name = columns[column]
        rows.setdefault(row, {}).setdefault(name, []).extend(w for line in found.lines for w in line)
        if name == "transaction_amount":
            amounts.setdefault(row, found)
        if n in standing or n in exchanged or n in marked:
            moved.add((row, name))
    order = sorted(rows)
    for n, row in enumerate(order):
        where = f"{table}[{n}]"
        if disordered and not _whole(row, places, columns, moved):
            message = "The table's cells lost their order; this row was put together by meaning."
            printed.findings.append(Finding("warning", where, message, "text.woven"))
        if table == "derivative" and "transaction_amount" in rows[row]:
            _sided(rows[row], amounts[row], where, printed.findings)
        printed.rows.append((table, {name: cell(name, words) for name, words in rows[row].items()}))
        for moved_row, name in sorted(moved):
            if moved_row == row:
                message = "The cell stood apart from its row and was put here by its meaning."
                printed.findings.append(
                    Finding("note", f"{where}.{_field(name)}", message, "text.moved_cell")
                )


def _placed(
    loose: Sequence[Cell], columns: Sequence[str], period: str
) -> tuple[list[Place], set[int], set[int]]:
    """The places of cells, which of them stood apart from their rows, and which arithmetic moved.

    Where many stood apart, more ways are tried, and the way whose numbers agree better is taken.
    """
    texts = [cell.text for cell in loose]
    ways: list[tuple[float, list[Place], set[int], set[int]]] = []
    for beam, opened in ((BEAM, OPEN), *WIDER):
        if len(loose) > MAX_WIDE and beam > BEAM:
            continue
        places, cost = woven(loose, columns, period, beam, opened)
        disordered = _disordered(places, loose)
        standing = _apart(places, loose)
        places, exchanged = reconciled(texts, places, columns, standing)
        cost -= _AGREEING * consistency(texts, places, columns)
        ways.append((cost, places, standing, exchanged))
        if not disordered or cost <= _SMOOTH * len(loose) or len(loose) > MAX_RETRIED:
            break
    best = min(ways, key=lambda way: way[0])
    return (best if best[0] <= ways[0][0] - _SURELY else ways[0])[1:]


def _whole(
    row: int, places: Sequence[Place], columns: Sequence[str], moved: Collection[tuple[int, str]]
) -> bool:
    """Whether a row's cells stand together and in order, none of them moved, and none is missing that a row has.

    Between two such cells of other rows there is no other way to read it, whatever the rest of the table lost.
    """
    at = [n for n, place in enumerate(places) if place[0] == row]
    filled = {columns[places[n][1]] for n in at}
    wanted = {"security_title", "owned_following", "direct_or_indirect"} | (
        TRADED if filled & TRADED else set()
    )
    return (
        at == list(range(at[0], at[-1] + 1))
        and all(places[n][1] <= places[n + 1][1] for n in at[:-1])
        and wanted & {*columns} <= filled
        and not any(row == other for other, _ in moved)
    )


def _disordered(places: Sequence[Place], loose: Sequence[Cell]) -> bool:
    """Whether many of a table's cells do not follow the one before them."""
    jumps = sum(not _follows(places[n - 1], places[n], loose[n]) for n in range(1, len(loose)))
    return jumps > len(loose) * _MOST_MOVED


def _apart(places: Sequence[Place], loose: Sequence[Cell]) -> set[int]:
    """The cells that stood apart from their rows.

    What follows a cell that stood apart stands apart with it, up to the next row's beginning.
    """
    found: set[int] = set()
    apart = False
    for n, place in enumerate(places):
        if place == NOWHERE:
            continue
        jumped = bool(n) and not _follows(places[n - 1], place, loose[n])
        apart = jumped or (apart and place[1] > 0)
        if apart:
            found.add(n)
    return found


def _unplaced(table: Table, marks: str, printed: Printed) -> None:
    message = f"The mark {marks} stands apart from every cell; where it belongs is lost."
    printed.findings.append(Finding("warning", table, message, "text.unsettled"))


def _sided(row: dict[str, list[Word]], amount: Cell, where: str, findings: list[Finding]) -> None:
    """Set a derivative's amount under (A) or (D) by where their labels stand, else by its code; a finding either way."""
    code = row["transaction_code"][0].text[:1] if "transaction_code" in row else ""
    by_code = "acquired" if code in {"A", "P"} else "disposed" if code and code in "MXCOEHSDFU" else ""
    # Exercised and sold derivatives may also be received or written, so where the amount stands tells first.
    doubtful = not by_code or code in {"M", "S"}
    after = _side_by_balance(row) if not by_code else ""
    if after:
        side, message = after, f"Column (A) or (D) is lost; what is owned after the trade says {after}."
    elif doubtful and "disposed" in amount.closed:
        side, message = "acquired", "The amount stands above the label (D), so it is under (A)."
    elif doubtful and amount.below == "disposed":
        side, message = "disposed", "The amount stands right below the label (D)."
    else:
        side, message = by_code, f"Column (A) or (D) is lost; a transaction {code} says {by_code}."
    if side:
        row[side] = row.pop("transaction_amount")
    else:
        message = f"Column (A) or (D) is lost, and a transaction {code} may be either."
    findings.append(Finding("warning", f"{where}.acquired_disposed_code", message, "text.side_by_code"))


def _side_by_balance(row: Mapping[str, Sequence[Word]]) -> str:
    """The side that what is owned after a trade tells: nothing or less than was traded was disposed of."""
    amount, owned = (
        decimal(bare(row[name][0].text)) if row.get(name) else None
        for name in ("transaction_amount", "owned_following")
    )
    if not amount or owned is None:
        return ""
    return "disposed" if owned < amount else "acquired" if owned == amount else ""


def _follows(one: tuple[int, int], other: tuple[int, int], cell: Cell) -> bool:
    """Whether a cell stands where reading goes on: right of the last, or at the start of the next row."""
    if one == other and is_marks(cell.text):
        return False
    return (other[0] == one[0] and other[1] >= one[1]) or (other[0] == one[0] + 1 and other[1] == 0)


def _field(column: str) -> str:
    return {
        "transaction_amount": "transaction_shares",
        "acquired": "transaction_shares",
        "disposed": "transaction_shares",
        "underlying_amount": "underlying_security_shares",
        "owned_following": "shares_owned_following",
        "v": "transaction_form_type",
    }.get(column, column)


def _tail(blocks: Sequence[Block], printed: Printed) -> None:
    """Explanations and remarks, then the short lines of names and dates about the signatures' label."""
    blocks = [b for b in blocks if len(b.words) < 2 or not all(w.text in HEAD_WORDS for w in b.words)]
    end = next((n for n, b in enumerate(blocks) if any(SIGNATURE.search(t) for t in b.texts)), len(blocks))
    start = end
    while start and _is_signature(blocks[start - 1]):
        start -= 1
    told = [
        line
        for block in blocks[:start]
        for line, text in zip(block.lines, block.texts, strict=True)
        if not REMINDER.search(text)
    ]
    explained(told, printed)
    lines = [_dates_apart(line) for block in blocks[start:end] for line in block.lines]
    below: list[list[Word]] = []
    for block in blocks[end:]:
        if REMINDER.search(block.texts[0]):
            break
        before = lines
        for line, text in zip(block.lines, block.texts, strict=True):
            if REMINDER.search(text):
                break
            if SIGNATURE.search(text):
                before = below
            elif text not in {"Date", "Person"} and (before is lines or is_date(line[-1])):
                before.append(_dates_apart(line))
    # A date below the label belongs to a name above it.
    lines += [line for line in below if not any(is_date(w) for x in lines for w in x)]
    signed = [[w for w in line if is_date(w)] for line in lines if any(is_date(w) for w in line)]
    names = [[w for w in line if not is_date(w)] for line in lines]
    found = len(printed.findings)
    read_signatures(signed, names, printed)
    if len(signed) == 1:
        del printed.findings[found:]


def _dates_apart(line: Sequence[Word]) -> list[Word]:
    """The words of a line, a date run together with the word before it parted from it.

    They ran together because the word ended its line in a hyphen, which the dump drops.
    """
    words: list[Word] = []
    for word in line:
        found = _GLUED_DATE.fullmatch(word.text)
        if found:
            middle = word.start + len(found[1])
            words += [
                Word(found[1] + "-", word.line, word.start, middle),
                Word(found[2], word.line, middle, word.end),
            ]
        else:
            words.append(word)
    return words


def _is_signature(block: Block) -> bool:
    texts = block.texts
    return all(
        len(text) < _SIGNATURE_LINE and not _NUMBERED.match(text) and not REMARKS.match(text)
        for text in texts
    ) and not EXPLANATION.match(texts[0])
