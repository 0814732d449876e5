"""The lines of a plan document, whatever it came in: text, PDF or HTML, page numbers and mark-up left out.

The bytes are somebody else's: HTML is parsed without network or entities, and a PDF in a child process.
"""

from __future__ import annotations

import re

from lib.plans.reader.found import UnreadableDocument
from lib.plans.reader.pdf_text import pdf_text

MAX_BYTES = 20_000_000
MAX_LINES = 40_000
LONGEST_LINE = 20_000

_BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "title",
    "hr",
    "dd",
    "dt",
}
_FURNITURE = re.compile(
    r"^\s*(?:<[^<>]{1,80}>.*|(?:page\s+)?-?\s*\d{1,3}\s*-?(?:\s+of\s+\d{1,3})?|page\s+[ivx\d]+|[ivx]{1,5}|[-_=*.\s]{3,})\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*-?\s*[-_]{5,}\s*$")
_FOOTNOTE = re.compile(r"^\s*(?:\(\d\)|\*|\[\d\]) ")
_MARKDOWN = re.compile(r"^[>\s]*>\s?|^#{1,6} ")
_RAISED = re.compile(r"(?<=\d)\^(st|nd|rd|th)\^")
_ESCAPED = re.compile(r"\\([$#*_>])")
_MARK = re.compile(r"(?<=[a-z])\(\d\)(?=\.)")


def lines_of(name: str, data: bytes) -> list[str]:
    """The document's lines, without its furniture. Raises UnreadableDocument with what to do."""
    if not data.strip():
        raise UnreadableDocument(f"{name} is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"{name} is larger than {MAX_BYTES // 10**6} MB, which no plan is.")
    if data[:1024].lstrip().startswith(b"%PDF"):
        text = pdf_text(name, data)
    elif re.search(rb"<(?:html|body|!doctype html|div|p)\b", data[:20_000], re.IGNORECASE):
        text = _html_text(name, data)
    else:
        text = _decoded(data)
    lines = [line[:LONGEST_LINE] for line in text.splitlines()[:MAX_LINES]]
    if not any(line.strip() for line in lines):
        raise UnreadableDocument(f"{name} holds no text; if it is a scan, give it as text.")
    return _without_furniture(lines)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _html_text(name: str, data: bytes) -> str:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False, encoding=None)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        raise UnreadableDocument(f"{name} is no HTML that can be read; give the plan as text.") from None
    for element in root.iter("script", "style"):
        element.text = None
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "") if element.tag not in {"br", "hr"} else element.text
    return str(root.text_content()).replace("\xa0", " ")


def _without_furniture(lines: list[str]) -> list[str]:
    """Page numbers, rules and page footnotes taken out; sentences that run across them stay whole."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = _MARKDOWN.sub("", lines[number].expandtabs(8).replace("\u00ad", "").replace("**", ""))
        line = _RAISED.sub(r"\1", _ESCAPED.sub(r"\1", line))
        if _RULE.match(line) and number + 1 < len(lines) and _FOOTNOTE.match(lines[number + 1]):
            while number < len(lines) and lines[number].strip():
                number += 1
            kept.append("")
            continue
        if not _FURNITURE.match(line) or re.fullmatch(r"\s*\(?[a-z]\)?\.?\s*", line):
            kept.append(_MARK.sub("", line.rstrip()))
        else:
            kept.append("")
        number += 1
    return kept
