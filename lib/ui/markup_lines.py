"""Markup as lines a person can read: XML an element a line, an EDGAR page a table row a line.

Both say on which lines, and for a page in which columns, the element stands that a path names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from lib.filings.readers.wrapped import unwrap

BETWEEN_CELLS = " │ "
DEEPEST_INDENT = 16
BLOCKS = frozenset(
    {"table", "tbody", "thead", "tr", "div", "p", "br", "hr", "body", "head", "html", "ul", "ol"}
)
UNSEEN = frozenset({"style", "script", "title", "meta", "link"})


@dataclass(slots=True)
class Lines:
    """Lines as they are written, and the place of the wanted element: lines from 1, columns from 0."""

    wanted: Any
    texts: list[str] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    start: int | None = None
    end: int | None = None

    def mark(self, first: int, last: int, start: int | None = None, end: int | None = None) -> None:
        """The wanted element stands here; the first place that is said holds."""
        if self.first is None:
            self.first, self.last, self.start, self.end = first, max(first, last), start, end


def xml_lines(data: bytes, path: str | None) -> Lines | None:
    """Ownership XML, indented anew; None where it does not parse."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for candidate in (unwrap(data), data):
        try:
            root = etree.fromstring(candidate.strip(), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        lines = Lines(_element_at(root, path))
        _write_element(lines, root, 0)
        return lines
    return None


def page_lines(data: bytes, path: str | None) -> Lines | None:
    """An EDGAR page as it reads: each innermost table row one line; None where it does not parse."""
    try:
        root = html.fromstring(data, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    lines = Lines(_element_at(root, path))
    _write_block(lines, root)
    return lines


def _element_at(root: Any, path: str | None) -> Any:
    if not path:
        return None
    try:
        found = root.getroottree().xpath(path)
    except etree.XPathError:
        return None
    return found[0] if isinstance(found, list) and found else None


def _children(element: Any) -> Iterator[Any]:
    return (child for child in element if isinstance(child.tag, str))


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def _write_element(lines: Lines, element: Any, depth: int) -> None:
    begun = len(lines.texts) + 1
    indent = "  " * min(depth, DEEPEST_INDENT)
    given = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    text = _folded(element.text)
    children = list(_children(element))
    if children:
        lines.texts.append(f"{indent}<{element.tag}{given}>{text}")
        for child in children:
            _write_element(lines, child, depth + 1)
        lines.texts.append(f"{indent}</{element.tag}>")
    else:
        closed = f"{text}</{element.tag}>" if text else ""
        lines.texts.append(f"{indent}<{element.tag}{given}{'' if text else '/'}>{closed}")
    if element is lines.wanted:
        if children:
            lines.mark(begun, len(lines.texts))
        else:
            lines.mark(begun, begun, len(indent), len(lines.texts[-1]))


def _write_block(lines: Lines, element: Any) -> None:
    """A row as one line; of anything else, what runs between its blocks as one line each."""
    if element.tag in UNSEEN:
        return
    begun = len(lines.texts) + 1
    if element.tag == "tr" and next(element.iter("table"), None) is None:
        _write_row(lines, element)
    else:
        running = element.text or ""
        for child in _children(element):
            if _is_block(child):
                _write_text(lines, running)
                _write_block(lines, child)
                running = child.tail or ""
            else:
                if _holds(child, lines.wanted):
                    lines.mark(len(lines.texts) + 1, len(lines.texts) + 1)
                running += child.text_content() + (child.tail or "")
        _write_text(lines, running)
    if element is lines.wanted and len(lines.texts) >= begun:
        lines.mark(begun, len(lines.texts))


def _is_block(element: Any) -> bool:
    return any(one.tag in BLOCKS or one.tag in UNSEEN for one in element.iter() if isinstance(one.tag, str))


def _holds(element: Any, wanted: Any) -> bool:
    return wanted is not None and any(one is wanted for one in element.iter())


def _write_text(lines: Lines, text: str) -> None:
    if folded := _folded(text):
        lines.texts.append(folded)


def _write_row(lines: Lines, row: Any) -> None:
    line, number = "", len(lines.texts) + 1
    for n, cell in enumerate(_children(row)):
        line += BETWEEN_CELLS if n else ""
        start = len(line)
        line += _folded(cell.text_content())
        if _holds(cell, lines.wanted):
            lines.mark(number, number, start, len(line))
    if line.strip(BETWEEN_CELLS):
        lines.texts.append(line)
    elif lines.first == number:
        lines.first = lines.last = None
