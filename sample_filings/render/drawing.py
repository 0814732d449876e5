"""What both PDF layouts share: paragraphs, ruled tables from a form table, and a document without time stamps."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as Grid

from sample_filings.render.form import Table

ALIGNED = {"left": 0, "center": 1, "right": 2}


def style(
    font: str, size: float, *, align: str = "left", color: colors.Color = colors.black
) -> ParagraphStyle:
    """A paragraph style with the leading that suits small print."""
    name = f"{font}-{size}-{align}-{color.hexval()}"
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=size * 1.15, alignment=ALIGNED[align], textColor=color
    )


def paragraph(text: str, look: ParagraphStyle) -> Paragraph:
    """A paragraph of plain words; line breaks stay."""
    return Paragraph(escape(text).replace("\n", "<br/>"), look)


def stacked(*items: Flowable | None) -> list[Flowable]:
    """The contents of one cell, without the empty places."""
    return [item for item in items if item is not None]


def document(story: list[Flowable], title: str, margin: float) -> bytes:
    """The story as a letter-size PDF whose bytes depend on nothing but the story."""
    buffer = BytesIO()
    SimpleDocTemplate(
        buffer,
        pagesize=letter,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        title=title,
        author="",
        invariant=1,
    ).build(story)
    return buffer.getvalue()


def bare(rows: list[list[object]], widths: list[float], *commands: tuple[object, ...]) -> Grid:
    """A table without rules, for lining things up inside a box."""
    grid = Grid(rows, colWidths=widths, hAlign="LEFT")
    grid.setStyle([*_tight(0, 1), ("VALIGN", (0, 0), (-1, -1), "TOP"), *commands])
    return grid


def ruled(
    rows: list[list[object]], widths: list[float], weight: float, *commands: tuple[object, ...]
) -> Grid:
    """A table with every cell ruled."""
    grid = Grid(rows, colWidths=widths, hAlign="LEFT")
    grid.setStyle([*_tight(2, 2), ("GRID", (0, 0), (-1, -1), weight, colors.black), *commands])
    return grid


def form_table(
    table: Table,
    widths: list[float],
    weight: float,
    title: Paragraph,
    heading: ParagraphStyle,
    cells: list[list[object]],
    *commands: tuple[object, ...],
) -> Grid:
    """A table of the form: its title across, its heading with spans, its body, ruled all over."""
    count = len(table.columns)
    depth = 1 + max(cell.row for cell in table.headings)
    rows: list[list[object]] = [[""] * count for _ in range(1 + depth)]
    rows[0][0] = title
    spans: list[tuple[object, ...]] = [("SPAN", (0, 0), (-1, 0))]
    for cell in table.headings:
        top, left = 1 + cell.row, cell.column
        rows[top][left] = paragraph(cell.text, heading)
        if cell.rows > 1 or cell.columns > 1:
            spans.append(("SPAN", (left, top), (left + cell.columns - 1, top + cell.rows - 1)))
    grid = Grid(rows + cells, colWidths=widths, hAlign="LEFT", repeatRows=1 + depth)
    grid.setStyle(
        [
            *_tight(1.5, 2),
            ("GRID", (0, 0), (-1, -1), weight, colors.black),
            ("VALIGN", (0, 0), (-1, depth), "TOP"),
            ("VALIGN", (0, 1 + depth), (-1, -1), "MIDDLE"),
            *spans,
            *commands,
        ]
    )
    return grid


def _tight(sides: float, ends: float) -> list[tuple[object, ...]]:
    """Padding commands for every cell."""
    everywhere = ((0, 0), (-1, -1))
    return [
        ("LEFTPADDING", *everywhere, sides),
        ("RIGHTPADDING", *everywhere, sides),
        ("TOPPADDING", *everywhere, ends),
        ("BOTTOMPADDING", *everywhere, ends),
    ]
