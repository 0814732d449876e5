"""A document as numbered lines, and which of them a value stands in.

Markup is laid out afresh, so that a filing on one long line can be read too; text stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from typing import Final

from lib.filings.readers.submission import xml_inside
from lib.filings.readers.text_lines import decoded
from lib.filings.record import Container, Source
from lib.ui.markup_lines import page_lines, xml_lines

BEFORE, BEHIND = 6, 26
"""Lines around a mark: few before it, so that it is seen without scrolling."""
FIRST_LINES = 70
WIDEST = 38
"""Columns of a text line that fit on a phone; a mark further right shifts the window."""
TAB: Final = 4
"""Columns that a tab takes at most: dumps of tables are full of them."""

MARK_STYLE: Final = (
    "background:rgba(230,159,0,.38);color:inherit;border-radius:2px;box-shadow:0 0 0 2px rgba(230,159,0,.38)"
)
STRANGE_STYLE: Final = (
    "background:rgba(213,94,0,.32);color:inherit;font-weight:700;outline:2px solid #d55e00;border-radius:2px"
)


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands at a place and could not be read, and which of its characters are to blame, counted from 0."""

    text: str
    strange: Collection[int]


@dataclass(frozen=True, slots=True)
class Listing:
    """Numbered lines with the marked ones: ``first`` to ``last`` from 1, columns from 0, end exclusive.

    ``unread`` is what in the marked place could not be read.
    """

    lines: tuple[str, ...]
    first: int | None = None
    last: int | None = None
    start: int | None = None
    end: int | None = None
    unread: Unread | None = None


def listing(
    data: bytes, container: Container, source: Source | None, unread: Unread | None = None
) -> Listing:
    """The document's lines with the place of ``source`` marked, if it can be found, and what is ``unread`` there."""
    if container == "submission" and (inside := xml_inside(data)):
        data, container = inside, "xml"
    path = source.path if source else None
    markup = {"xml": xml_lines, "html": page_lines}.get(container)
    if markup and (found := markup(data, path)):
        return Listing(tuple(found.texts), found.first, found.last, found.start, found.end, unread)
    text = decoded(data)
    # A data set's lines end where its tables' rows do, whatever else its words hold.
    lines = tuple(text.split("\n") if container == "dataset" else text.splitlines())
    if source is None or source.line is None:
        return Listing(lines)
    return Listing(lines, source.line, source.line, source.start, source.end, unread)


def as_html(found: Listing, *, whole: bool) -> str:
    """The lines as HTML with their numbers and the mark; everything of the document is escaped.

    Unless ``whole``, only lines around the mark, shifted sideways where the mark is far to the right.
    """
    first, last, shift = 1, len(found.lines), 0
    if not whole and found.first and found.last:
        first, last = max(1, found.first - BEFORE), min(len(found.lines), found.last + BEHIND)
        shift = _shift(found)
    elif not whole:
        last = min(last, FIRST_LINES)
    rows = [_line_html(found, number, shift) for number in range(first, last + 1)]
    return (
        '<pre tabindex="0" role="region" aria-label="Source of the filing" style="margin:0;padding:.6rem 0;'
        f"overflow-x:auto;tab-size:{TAB};font:.78rem/1.6 'IBM Plex Mono',Menlo,Consolas,monospace;white-space:pre\">"
        + "\n".join(rows)
        + "</pre>"
    )


def _shift(found: Listing) -> int:
    """The characters to leave out at the start of each line, so that the mark's end is in sight."""
    if found.first is None or not found.end:
        return 0
    line = found.lines[found.first - 1][: found.end]
    return next(n for n in range(len(line) + 1) if len(line[n:].expandtabs(TAB)) <= WIDEST)


def _line_html(found: Listing, number: int, shift: int) -> str:
    line = found.lines[number - 1]
    marked = bool(found.first and found.last and found.first <= number <= found.last)
    if marked and found.start is not None and found.end is not None:
        before, inside, after = line[shift : found.start], line[found.start : found.end], line[found.end :]
        text = f"{escape(before)}{_marked_html(inside, found.unread)}{escape(after)}"
    else:
        text = _marked_html(line[shift:], found.unread) if marked else escape(line[shift:])
    return f'<span style="opacity:.45;user-select:none">{number:>5}  </span>{text}'


def _marked_html(text: str, unread: Unread | None) -> str:
    """The text as HTML, escaped and marked as the picked place; in it the characters that could not be read."""
    before, said, after = text.partition(unread.text) if unread else (text, "", "")
    inside = with_strange_html(said, unread.strange) if unread else ""
    return f'<mark style="{MARK_STYLE}">{escape(before)}{inside}{escape(after)}</mark>'


def with_strange_html(text: str, strange: Collection[int]) -> str:
    """The text as HTML, escaped, with a frame around the characters that stand in the place of others."""
    return "".join(
        f'<mark style="{STRANGE_STYLE}">{escape(one)}</mark>' if n in strange else escape(one)
        for n, one in enumerate(text)
    )
