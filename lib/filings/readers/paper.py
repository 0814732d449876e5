"""The form as it stands on paper, in EDGAR's layout or an investor-relations one.

Landmarks (the tables' titles, "Explanation of Responses", "Remarks", the signatures) cut the pages into
sections that may run over page ends; rules cut the tables into rows and cells. What the boxes of the head
and the parts below the tables say is read by ``paper_head`` and ``paper_foot``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lib.filings.errors import NotAFiling
from lib.filings.form import Table, Text, columns, split_marks, unplaced_row
from lib.filings.printed import Printed, assemble
from lib.filings.readers.sheet import Sheet, Word, joined, lines_of, merged, source_of, text_of
from lib.filings.record import Container, Filing, Finding

_LANDMARKS = {
    "owner": re.compile(r"1\.NameandAddressofReportingPerson"),
    "non_derivative": re.compile(r"TableI[-–—]+Non-?Derivative", re.IGNORECASE),
    "derivative": re.compile(r"TableII[-–—]+Derivative", re.IGNORECASE),
    "explanation": re.compile(r"ExplanationofResponses:?", re.IGNORECASE),
    "remarks": re.compile(r"Remarks:"),
    "owners": re.compile(r"ReportingOwners(?=ReportingOwnerName)"),
    "signatures": re.compile(r"Signatures(?!ofReporting)"),
    "end": re.compile(r"Reminder:Reportonaseparateline", re.IGNORECASE),
}
_FORM = re.compile(r"FORM([345])(?:/A)?(?!\d)", re.IGNORECASE)
_TITLE = re.compile(r"TableII?[-–—]", re.IGNORECASE)
_HEADER = re.compile(r"^1\.Titleof")
_HEAD_OF_TABLE = re.compile(r"1\.Titleof")
_MARK = re.compile(r"[(\[]\d{1,2}[)\]],?(?:[(\[]\d{1,2}[)\]],?)*")
SMALLER = 0.9
"""A footnote mark is set at most at this share of the size of the words it marks."""


@dataclass(frozen=True)
class Piece:
    """The part of a section that stands on one page, from ``top`` to ``bottom``."""

    sheet: Sheet
    top: float
    bottom: float

    def words(self) -> list[Word]:
        return self.sheet.within(0, self.top, self.sheet.width, self.bottom)


@dataclass
class Section:
    """What follows a landmark up to the next one, over one or more pages."""

    kind: str
    pieces: list[Piece]


@dataclass
class Band:
    """A ruled row of a table: its words by column, each with its page. ``closed`` by rules above and below."""

    cells: list[list[tuple[Sheet, Word]]]
    closed: bool


Settle = Callable[[str, Text], Text]
"""What makes of a column's name and cell the cell as the column can have it."""


def read_paper(
    name: str, sheets: Sequence[Sheet], container: Container = "pdf", settle: Settle | None = None
) -> Filing:
    """The filing on these pages. Raises ``UnreadableFiling`` if they are no Form 3, 4 or 5."""
    from lib.filings.readers import paper_foot, paper_head

    form = _form_number(sheets)
    if not form:
        raise NotAFiling(
            name,
            f"is {'a scan or picture' if container == 'scan' else 'a PDF with text'}, but not of a Form 3, 4 or 5",
            "Drop in the form itself; proxy statements and other filings are not read, and plans on the Plans page",
        )
    printed = Printed(container, form=form)
    sections = list(_sections(sheets))
    paper_head.read_boxes(sections, printed)
    for table, section in _tables(sections).items():
        printed.findings += unruled(table, section)
        _rows(table, section, printed, settle)
    paper_foot.read_below(sections, printed)
    return assemble(name, printed)


def squeezed(words: Sequence[Word]) -> str:
    """The words without spaces: converters put spaces where they like."""
    return "".join(w.text for w in words)


def _form_number(sheets: Sequence[Sheet]) -> str:
    """The number in the form's head, on a page that has box 1."""
    for sheet in sheets[:2]:
        if next(sheet.find(_LANDMARKS["owner"]), None):
            found = _FORM.search("".join(w.text for w in sheet.words))
            return found[1] if found else ""
    return ""


def _sections(sheets: Sequence[Sheet]) -> Iterator[Section]:
    """The head, then one section for each landmark, until the reminder that ends the form."""
    current = Section("head", [])
    for sheet in sheets:
        top = 0.0
        for kind, y in _landmarks_of(sheet):
            if kind == "owner" and current.kind == "head":
                continue
            current.pieces.append(Piece(sheet, top, y))
            yield current
            if kind == "end":
                return
            current, top = Section(kind, []), y
        current.pieces.append(Piece(sheet, top, sheet.height))
    yield current


def _landmarks_of(sheet: Sheet) -> list[tuple[str, float]]:
    """Landmarks from top to bottom. All but the tables' centered titles start a line."""
    found = [
        (kind, word.top - 0.5)
        for kind, pattern in _LANDMARKS.items()
        for word in sheet.find(pattern)
        if kind in {"non_derivative", "derivative"} or _starts_line(sheet, word)
    ]
    return sorted(found, key=lambda landmark: landmark[1])


def _starts_line(sheet: Sheet, word: Word) -> bool:
    return not sheet.within(0, word.middle - 1, word.x0 - 0.1, word.middle + 1)


def _tables(sections: Sequence[Section]) -> dict[Table, Section]:
    """Tables I and II, each with all its pages: a page may print the table's title again."""
    tables: dict[Table, Section] = {}
    names: tuple[Table, ...] = ("non_derivative", "derivative")
    for name in names:
        pieces = [piece for section in sections if section.kind == name for piece in section.pieces]
        tables[name] = Section(name, pieces)
    return tables


def _rows(table: Table, section: Section, printed: Printed, settle: Settle | None) -> None:
    for band in bands(section, _HEADER):
        names = columns(table, printed.form, len(band.cells))
        texts = [cell_text(found) for found in band.cells]
        if names and settle:
            texts = [settle(column, text) for column, text in zip(names, texts, strict=True)]
        if names and any(text.text or text.marks for text in texts):
            printed.rows.append((table, dict(zip(names, texts, strict=True))))
        elif not names:
            said = " ".join(text.text for text in texts)
            printed.findings.append(unplaced_row(table, said, len(texts)))


def unruled(table: Table, section: Section) -> list[Finding]:
    """A finding for each page of a table whose rules across were not found, as on a poor scan: its rows are lost."""
    message = "On page {} the rules between the table's rows were not found; what stands there was not read."
    return [
        Finding("error", table, message.format(piece.sheet.number), "form.unruled")
        for piece in section.pieces
        if [ruled[2:] for ruled in _ruled(piece)] == [(False, False)]
        and _HEAD_OF_TABLE.search(squeezed(piece.words()))
    ]


def bands(section: Section, header: re.Pattern[str]) -> list[Band]:
    """The rows below a table's head, cut by its rules; a row that a page end cuts is put together again.

    ``header`` matches the words of the head's first cell; the head may stand again on every page.
    """
    found: list[Band] = []
    edges: list[float] = []
    page: Sheet | None = None
    for piece in section.pieces:
        for top, bottom, opened, closed in _ruled(piece):
            words = piece.sheet.within(0, top, piece.sheet.width, bottom)
            if not words:
                continue
            lines = lines_of(words)
            if _TITLE.match(squeezed(lines[0])):
                edges = []
                continue
            here = piece.sheet.columns_over(
                top if opened else min(w.top for w in words),
                bottom if closed else max(w.bottom for w in words),
            )
            first = [w for w in words if len(here) > 1 and w.center < here[1]]
            if header.search("".join(squeezed(line) for line in lines_of(first))):
                edges = piece.sheet.columns_over(lines[-1][0].top, bottom)
                continue
            if len(edges) < 3:
                continue
            edges = here if len(here) >= len(edges) else edges
            cells = _cut(piece.sheet, words, edges)
            if not any(cells):
                continue
            cut_by_page = bool(found) and page is not piece.sheet and not (found[-1].closed and opened)
            if cut_by_page and len(found[-1].cells) == len(cells):
                for whole, part in zip(found[-1].cells, cells, strict=True):
                    whole += part
                found[-1].closed = closed
            else:
                found.append(Band(cells, closed))
            page = piece.sheet
    return found


def _cut(sheet: Sheet, words: Sequence[Word], edges: Sequence[float]) -> list[list[tuple[Sheet, Word]]]:
    """The words of a row by the column they stand in."""
    cells: list[list[tuple[Sheet, Word]]] = [[] for _ in edges[1:]]
    for word in words:
        n = sum(edge <= word.center for edge in edges) - 1
        if 0 <= n < len(cells):
            cells[n].append((sheet, word))
    return cells


def _ruled(piece: Piece) -> Iterator[tuple[float, float, bool, bool]]:
    """Top and bottom of each ruled row of a piece, and whether a rule stands above it and below it."""
    sheet = piece.sheet
    upright = [r for r in sheet.vertical if r.end > piece.top + 3 and r.start < piece.bottom - 3]
    if not upright:
        return
    probe = min(r.at for r in upright) + 5
    across = merged(
        r.at for r in sheet.horizontal if piece.top <= r.at <= piece.bottom and r.start <= probe <= r.end
    )
    stops = [piece.top, *across, piece.bottom]
    for n, (top, bottom) in enumerate(pairwise(stops)):
        yield top, bottom, n > 0, n < len(across)


def cell_text(found: Sequence[tuple[Sheet, Word]]) -> Text:
    """A cell's words, its footnote marks apart: marks are linked, raised or set smaller than the words."""
    if not found:
        return Text("")
    words = [word for _, word in found]
    plain = [w for w in words if not _MARK.fullmatch(w.text)]
    size = max((w.size for w in plain), default=0.0)
    marks: list[int] = []
    lines: list[str] = []
    for sheet in dict.fromkeys(sheet for sheet, _ in found):
        for line in lines_of([word for on, word in found if on is sheet]):
            kept = []
            for word in line:
                if _MARK.fullmatch(word.text) and (not plain or word.link or word.size < SMALLER * size):
                    marks += split_marks(word.text)[1]
                else:
                    kept.append(word)
            if kept:
                lines.append(text_of(kept))
    first = found[0][0]
    return Text(joined(lines), tuple(marks), source_of(first, [w for on, w in found if on is first]))
