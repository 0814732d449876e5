"""A document as numbered lines, and which of them a value stands in.

Markup is laid out afresh, so that a filing on one long line can be read too; text stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from lib.filings.readers.submission import xml_inside
from lib.filings.readers.text_lines import decoded
from lib.filings.record import Container, Source
from lib.ui.markup_lines import page_lines, xml_lines

BEFORE, BEHIND = 6, 26
"""Lines around a mark: few before it, so that it is seen without scrolling."""
FIRST_LINES = 70
WIDEST = 48
"""Columns of a text line that always fit beside the tables; a mark further right shifts the window."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Numbered lines with the marked ones: ``first`` to ``last`` from 1, columns from 0, end exclusive."""

    lines: tuple[str, ...]
    first: int | None = None
    last: int | None = None
    start: int | None = None
    end: int | None = None


def listing(data: bytes, container: Container, source: Source | None) -> Listing:
    """The document's lines with the place of ``source`` marked, if it can be found."""
    if container == "submission" and (inside := xml_inside(data)):
        data, container = inside, "xml"
    path = source.path if source else None
    markup = {"xml": xml_lines, "html": page_lines}.get(container)
    if markup and (found := markup(data, path)):
        return Listing(tuple(found.texts), found.first, found.last, found.start, found.end)
    text = decoded(data)
    # A data set's lines end where its tables' rows do, whatever else its words hold.
    lines = tuple(text.split("\n") if container == "dataset" else text.splitlines())
    if source is None or source.line is None:
        return Listing(lines)
    return Listing(lines, source.line, source.line, source.start, source.end)


def as_html(found: Listing, *, whole: bool) -> str:
    """The lines as HTML with their numbers and the mark; everything of the document is escaped.

    Unless ``whole``, only lines around the mark, shifted sideways where the mark is far to the right.
    """
    first, last, shift = 1, len(found.lines), 0
    if not whole and found.first and found.last:
        first, last = max(1, found.first - BEFORE), min(len(found.lines), found.last + BEHIND)
        shift = max(0, (found.end or 0) - WIDEST)
    elif not whole:
        last = min(last, FIRST_LINES)
    rows = [_line_html(found, number, shift) for number in range(first, last + 1)]
    return (
        '<pre tabindex="0" role="region" aria-label="Source of the filing" style="margin:0;padding:.6rem 0;'
        "overflow-x:auto;font:.78rem/1.6 'IBM Plex Mono',Menlo,Consolas,monospace;white-space:pre\">"
        + "\n".join(rows)
        + "</pre>"
    )


def _line_html(found: Listing, number: int, shift: int) -> str:
    line = found.lines[number - 1]
    marked = bool(found.first and found.last and found.first <= number <= found.last)
    if marked and found.start is not None and found.end is not None:
        before, inside, after = line[shift : found.start], line[found.start : found.end], line[found.end :]
        text = f"{escape(before)}{marked_html(inside)}{escape(after)}"
    else:
        text = marked_html(line[shift:]) if marked else escape(line[shift:])
    return f'<span style="opacity:.45;user-select:none">{number:>5}  </span>{text}'


def marked_html(text: str) -> str:
    """The text as HTML, escaped and marked as the picked place in a source is."""
    style = "background:rgba(230,159,0,.38);color:inherit;border-radius:2px;box-shadow:0 0 0 2px rgba(230,159,0,.38)"
    return f'<mark style="{style}">{escape(text)}</mark>'
