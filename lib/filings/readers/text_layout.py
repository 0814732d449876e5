"""Text dumps that keep the form's columns by spaces.

The labels in a table's head give its columns' places; a row's words go to the columns they stand in and
fit, and lines are put together into rows by ``text_rows``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import EXPLANATION, TITLE_I, TITLE_II, Table, Text
from lib.filings.meaning import DATE, WORDS, assigned, is_marks, is_value, unfitness
from lib.filings.printed import Printed
from lib.filings.readers.text_boxes import read_boxes, read_later_owner
from lib.filings.readers.text_labels import HEAD_WORDS, LABELS
from lib.filings.readers.text_lines import Word, cell_of, words_of
from lib.filings.readers.text_rows import Line, rows_of
from lib.filings.readers.text_tail import REMINDER, SIGNATURE, dated, explained, is_date
from lib.filings.record import Finding

Columns = tuple[tuple[str, float], ...]
"""The columns of a table, each with the place where its label starts."""

_OWNER: Final = re.compile(r"1\. Name and Address of Reporting Person")
_CONTINUED: Final = re.compile(r"Remarks:")


def read_layout(lines: Sequence[str], printed: Printed) -> None:
    """Fill a ``Printed`` from the lines of a dump whose columns stand."""
    words = [words_of(line, n) for n, line in enumerate(lines, 1)]
    sections = _sections(lines)
    read_boxes(words[: sections[0][1] if sections else len(words)], printed)
    known: dict[Table, Columns] = {}
    bodies: dict[Table, list[Line]] = {"non_derivative": [], "derivative": []}
    tails: list[Sequence[Word]] = []
    for kind, start, end in sections:
        part = words[start:end]
        if kind == "owner":
            read_later_owner(part, printed)
        elif kind == "tail":
            tails += part
        else:
            table: Table = "derivative" if kind == "derivative" else "non_derivative"
            bodies[table] += _body(table, part, printed, known)
    kinds = {kind for kind, _, _ in sections}
    for table, body in bodies.items():
        if table not in kinds:
            printed.findings.append(_unread(table, "its title was not found in the text"))
        # A row may go on after a page's end, so all pages are cut into rows at once.
        for n, row in enumerate(rows_of(body)):
            cells = {column: cell(column, words) for column, words in row.items()}
            printed.rows.append((table, cells))
            printed.findings += _joined_dates(f"{table}[{n}]", row)
    _tail(tails, printed)


def _unread(table: Table, why: str) -> Finding:
    number = "II" if table == "derivative" else "I"
    message = f"Table {number} could not be read: {why}. What it reports is missing here."
    return Finding("error", table, message, "text.unread-table")


def _joined_dates(where: str, row: Mapping[str, Sequence[Word]]) -> list[Finding]:
    """A finding for each date of a row that was put together from two words."""
    return [
        Finding(
            "warning",
            f"{where}.{column}",
            f"The date {word.text} stood in two parts, which were joined.",
            "text.cut-date",
        )
        for column, words in row.items()
        for word in words
        if DATE.fullmatch(word.text) and word.end - word.start > len(word.text)
    ]


def _sections(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """The parts of the form below its head: (kind, first line, line after the last)."""
    marks: list[tuple[str, int]] = []
    for n, line in enumerate(lines):
        if TITLE_I.search(line):
            marks.append(("non_derivative", n))
        elif TITLE_II.search(line):
            marks.append(("derivative", n))
        elif marks and _OWNER.search(line):
            marks.append(("owner", n))
        elif marks and marks[-1][0] != "tail" and (EXPLANATION.match(line.strip()) or REMINDER.search(line)):
            marks.append(("tail", n))
    edges = [*(n for _, n in marks), len(lines)]
    return [(kind, start, end) for (kind, start), end in zip(marks, edges[1:], strict=True)]


def _body(
    table: Table, lines: Sequence[Sequence[Word]], printed: Printed, known: dict[Table, Columns]
) -> list[Line]:
    """The lines of one table on one page, their words by column."""
    head = 1
    while head < len(lines) and all(w.text in HEAD_WORDS for w in lines[head]):
        head += 1
    columns = _columns(table, [w for line in lines[1:head] for w in line], printed.form)
    columns = columns or known.get(table)
    if not columns:
        if any(is_value(word.text) for line in lines[head:] for word in line):
            printed.findings.append(_unread(table, "the labels of its columns were not understood"))
        return []
    known[table] = columns
    body: list[Line] = []
    blank = True
    for line in lines[head:]:
        if line:
            body.append(_by_column(_whole_dates(line), columns) | ({"": ()} if blank else {}))
        blank = not line
    return body


def _whole_dates(line: Sequence[Word]) -> list[Word]:
    """The words of a line, the two halves of a date as one word that reaches over both."""
    words: list[Word] = []
    for word in line:
        if words and not DATE.fullmatch(words[-1].text) and DATE.fullmatch(words[-1].text + word.text):
            words[-1] = replace(words[-1], text=words[-1].text + word.text, end=word.end)
        else:
            words.append(word)
    return words


def _columns(table: Table, head: Sequence[Word], form: str) -> Columns | None:
    """The columns of a table by the places of the labels in its head."""
    labels = LABELS[table, form == "3"]
    numbers: dict[str, float] = {}
    for word in head:
        if word.text[-1] == "." and word.text[0].isdigit():
            numbers.setdefault(word.text, word.start)
    columns: list[tuple[str, float]] = []
    for n, (name, label) in enumerate(labels):
        if label in numbers:
            columns.append((name, numbers[label]))
            continue
        if label[0].isdigit():
            return None
        following = next((numbers[x] for _, x in labels[n + 1 :] if x in numbers), float("inf"))
        places = [w for w in head if w.text == label and columns[-1][1] < w.start < following]
        if places:
            columns.append((name, max(places, key=lambda w: w.line).start))
        elif name != "v":
            return None
    starts = [start for _, start in columns]
    return tuple(columns) if starts == sorted(starts) else None


def _by_column(line: Sequence[Word], columns: Columns) -> dict[str, list[Word]]:
    """The words of a line by the columns they stand in and fit."""
    starts = [start for _, start in columns]
    ends = [*starts[1:], float("inf")]
    costs = [
        [
            max(start - word.centre, word.centre - end, 0.0) * 1.5 + unfitness(word.text, name)
            for (name, start), end in zip(columns, ends, strict=True)
        ]
        for word in line
    ]
    gaps = [0.0, *(b.start - a.end for a, b in itertools.pairwise(line))]
    values = [is_value(w.text) for w in line]
    same = [
        20.0 if one and other else 0.0 if gap <= 1 or is_marks(w.text) else 4.0
        for gap, w, one, other in zip(gaps, line, values, [False, *values], strict=False)
    ]
    apart = [8.0 if gap <= 1 else 0.0 for gap in gaps]
    cells: dict[str, list[Word]] = {}
    for word, column in zip(line, assigned(costs, same, apart), strict=True):
        cells.setdefault(columns[column][0], []).append(word)
    return cells


def cell(column: str, words: Sequence[Word]) -> Text:
    """A cell of a column: a raised mark may stand on the line above the words it belongs to."""
    marks = [w for w in words if is_marks(w.text)]
    if column in WORDS and not (marks and words[0] is marks[0]):
        return cell_of(words)
    rest = [w for w in words if not is_marks(w.text)]
    if not rest or not marks:
        return cell_of(words)
    text = cell_of(rest)
    extra = cell_of(marks)
    return Text(text.text, (*text.marks, *extra.marks), text.source)


def _tail(lines: Sequence[Sequence[Word]], printed: Printed) -> None:
    """Explanations from the left margin, signatures from the middle of the page."""
    end = next((n for n, line in enumerate(lines) if SIGNATURE.search(" ".join(w.text for w in line))), None)
    if end is None:
        explained(lines[1:], printed)
        return
    left = lines[end][0].start * 0.6
    start = end
    while start and (not lines[start - 1] or lines[start - 1][0].start > left):
        start -= 1
    explained(lines[1:start], printed)
    _signatures(lines[start:end], printed)


def _signatures(lines: Sequence[Sequence[Word]], printed: Printed) -> None:
    body: list[Line] = []
    blank = True
    for line in lines:
        if line:
            cells = {
                "signer": [w for w in line if not is_date(w)],
                "day": [w for w in line if is_date(w)],
            }
            filled = {name: words for name, words in cells.items() if words}
            body.append(filled | ({"": ()} if blank else {}))
        blank = not line
    for row in rows_of(body, frozenset({"signer"})):
        words = [w for found in row.values() for w in found]
        printed.signatures.append(dated(words))
