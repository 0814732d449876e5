"""A report as a PDF: landscape letter pages with numbers, tables that flow over them under repeated heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any, Final

from reportlab.graphics.renderPDF import GraphicsFlowable
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from lib.exports.fonts import BOLD, SANS, SERIF, register_fonts
from lib.exports.report import FOOT, Report, ReportList, ReportTable
from lib.exports.steps_drawing import steps_drawing

PAGE: Final = landscape(letter)
MARGIN: Final = 36.0
WIDE: Final = PAGE[0] - 2 * MARGIN
PADDING: Final = 4.0
NARROWEST: Final = 26.0
LEAST_BELOW_TITLE: Final = 70.0
"""Points that must be free for a section to begin on a page: its title, and a row under a head."""
WIDEST_WORDS: Final = 220.0
"""A column of words wants no more than this; longer ones are broken into lines."""
LONGEST: Final = 3_000
"""Characters of a cell, where what is longer is cut, for nobody reads a column of pages; and of a paragraph,
where what is longer becomes several."""

INK, FAINT, RULE, HEAD = HexColor("#1b1a17"), HexColor("#6b665c"), HexColor("#d9d4c8"), HexColor("#f3f0e9")
_TITLE: Final = ParagraphStyle("title", fontName=SERIF, fontSize=18, leading=22, textColor=INK)
_SUBTITLE: Final = ParagraphStyle("subtitle", fontName=SANS, fontSize=10.5, leading=14, textColor=INK)
_SECTION: Final = ParagraphStyle(
    "section", fontName=SERIF, fontSize=12, leading=15, textColor=INK, spaceBefore=12, spaceAfter=4
)
_CELL: Final = ParagraphStyle(
    "cell", fontName=SANS, fontSize=8, leading=10.5, textColor=INK, splitLongWords=1
)
_NUMBER: Final = ParagraphStyle("number", parent=_CELL, alignment=TA_RIGHT)
_HEADING: Final = ParagraphStyle("heading", parent=_CELL, fontName=BOLD)
_NUMBER_HEADING: Final = ParagraphStyle("number heading", parent=_HEADING, alignment=TA_RIGHT)
_TEXT: Final = ParagraphStyle("text", parent=_CELL, fontSize=8.5, leading=11.5)
_SMALL: Final = ParagraphStyle("small", parent=_CELL, fontSize=7.5, textColor=FAINT)
_MARKS: Final = re.compile("\u207d([\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)\u207e")
_DIGITS: Final = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")


def report_pdf(report: Report) -> bytes:
    """The report as a PDF that carries its typeface; characters that the typeface lacks are question marks."""
    register_fonts()
    story: list[Flowable] = [_words(report.title, _TITLE), _words(report.subtitle, _SUBTITLE), Spacer(0, 8)]
    story += [_facts(report.facts)]
    if report.lines:
        lines = [replace(one, name=_known(one.name)) for one in report.lines]
        story += [Spacer(0, 8), GraphicsFlowable(steps_drawing(lines))]
    for part in report.parts:
        story += _table(part) if isinstance(part, ReportTable) else _list(part)
    story += [Spacer(0, 10), _words(f"{report.source} {FOOT}", _SMALL)]
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=PAGE,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 10,
        title=report.title,
        subject=report.subtitle,
        creator="Stakeline",
        lang="en",
    )
    frame = Frame(
        MARGIN,
        MARGIN + 10,
        WIDE,
        PAGE[1] - 2 * MARGIN - 10,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def foot(canvas: Canvas, _: object) -> None:
        canvas.setFont(SANS, 7.5)
        canvas.setFillColor(FAINT)
        canvas.drawString(MARGIN, MARGIN - 6, _known(report.title)[:120])
        canvas.drawRightString(PAGE[0] - MARGIN, MARGIN - 6, f"Page {canvas.getPageNumber()}")

    document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
    document.build(story)
    return out.getvalue()


def _known(text: str) -> str:
    """The text in characters that the typeface has."""
    known = register_fonts()
    return "".join(one if ord(one) in known else " " if one.isspace() else "?" for one in text)


def _marked_up(text: str) -> str:
    """Escaped for ReportLab's own markup, footnote marks raised."""
    return "".join(
        f"<super>({part.translate(_DIGITS)})</super>" if n % 2 else escape(_known(part))
        for n, part in enumerate(_MARKS.split(text))
    )


def _words(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(_marked_up(text), style)


def _cell(text: str, style: ParagraphStyle) -> Paragraph:
    return _words(text if len(text) <= LONGEST else f"{text[:LONGEST]} …", style)


def _facts(facts: Sequence[tuple[str, str]]) -> Table:
    """Four pairs a line, each name above its value."""
    columns = 4
    cells = [[_words(name, _SMALL), _cell(value, _TEXT)] for name, value in facts]
    cells += [[Spacer(0, 0)]] * (-len(cells) % columns)
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    table = Table(rows, colWidths=[WIDE / columns] * columns, hAlign="LEFT", splitInRow=1)
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table


def _table(part: ReportTable) -> list[Flowable]:
    heads = [_words(one.head, _NUMBER_HEADING if one.number else _HEADING) for one in part.columns]
    styles = [_NUMBER if one.number else _CELL for one in part.columns]
    rows: list[list[Any]] = [
        [_cell(text, style) for text, style in zip(row, styles, strict=True)] for row in part.rows
    ]
    table = LongTable([heads, *rows], colWidths=_widths(part), repeatRows=1, hAlign="LEFT", splitInRow=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, RULE),
            ("BACKGROUND", (0, 0), (-1, 0), HEAD),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ]
    )
    note: list[Flowable] = [Spacer(0, 3), _words(part.note, _SMALL)] if part.note else []
    return [*_headed(part.title), table, *note]


def _headed(title: str) -> list[Flowable]:
    """A section's title, which never stands alone at the foot of a page."""
    return [CondPageBreak(LEAST_BELOW_TITLE), _words(title, _SECTION)]


def _widths(part: ReportTable) -> list[float]:
    """As wide as each column's texts want to be; where that is more than the page, the widest share what is left."""
    wanted, whole = [], []
    for n, column in enumerate(part.columns):
        head = max(stringWidth(word, BOLD, 8) for word in [*column.head.split(), ""])
        texts = (row[n][:LONGEST] for row in part.rows)
        widest = max((stringWidth(_known(text), SANS, 8) for text in texts), default=0.0)
        wanted.append(max(head, min(widest, WIDEST_WORDS), NARROWEST) + 2 * PADDING + 2)
        whole.append(max(wanted[-1], stringWidth(column.head, BOLD, 8) + 2 * PADDING + 2))
    if sum(whole) <= WIDE:
        return whole
    left, widths = WIDE, dict.fromkeys(range(len(wanted)), 0.0)
    for done, n in enumerate(sorted(widths, key=lambda n: wanted[n])):
        widths[n] = min(wanted[n], left / (len(wanted) - done))
        left -= widths[n]
    return list(widths.values())


def _list(part: ReportList) -> list[Flowable]:
    wide = max((stringWidth(_known(mark), SANS, 8.5) for mark, _ in part.items), default=0.0)
    indent = wide + 8 if wide else 0.0
    style = ParagraphStyle(
        "item", parent=_TEXT, leftIndent=indent, bulletFontName=SANS, bulletFontSize=8.5, spaceAfter=2
    )
    items = [
        Paragraph(_marked_up(some), style, bulletText=_known(mark) if mark and not n else None)
        for mark, text in part.items
        for n, some in enumerate(_parts(text))
    ]
    return [*_headed(part.title), *items]


def _parts(text: str) -> Iterator[str]:
    """The text in parts of at most ``LONGEST`` characters, broken between words where it has any."""
    while len(text) > LONGEST:
        at = text.rfind(" ", 0, LONGEST + 1)
        at = at if at > 0 else LONGEST
        yield text[:at]
        text = text[at:].lstrip()
    yield text
