"""What a file is, told from its bytes; its name may say anything."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["pdf", "image", "submission", "xml", "html", "text", "archive", "dataset"]

HEAD = 65_536
"""Bytes at the start of a file that tell its kind."""

ZIP: Final = b"PK\x03\x04"
_IMAGES: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
)
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "is an older Word, Excel or Outlook file", "Save the form from it as PDF or text"),
    (b"{\\rtf", "is a rich-text document", "Save it as PDF or text"),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it and drop in what is inside"),
    (b"7z\xbc\xaf", "is a 7-Zip archive", "Unpack it and drop in what is inside"),
    (b"Rar!", "is a RAR archive", "Unpack it and drop in what is inside"),
)


def kind_of(data: bytes) -> Kind | None:
    """The container a document is in; ``None`` if it is nothing that is read here."""
    head = data[:HEAD]
    if head.startswith(b"#SUBMISSION\n"):
        return "dataset"
    if head.startswith(b"<?xml") and b"<ownershipDocument" in head:
        return "xml"
    lower = head.lower()
    if b"%pdf-" in lower[:1024]:
        return "pdf"
    if data.startswith(_IMAGES) or _is_bitmap(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if foreign(data):
        return None
    if data.startswith(ZIP):
        return "archive"
    start = lower.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if b"<sec-document>" in lower or b"<sec-header>" in lower or re.search(rb"<document>\s*<type>", lower):
        return "submission"
    if b"<ownershipdocument" in lower.replace(b"\0", b"") or start.startswith(b"<?xml") or _is_damaged(start):
        return "html" if re.search(rb"<html[\s>]", lower) else "xml"
    if re.search(rb"<(?:html|body|td)[\s>]", lower):
        return "html"
    return "text" if _is_text(head) else None


def _is_damaged(start: bytes) -> bool:
    """Whether this is ownership XML without its declaration, and with its root's name broken."""
    return start.startswith(b"<") and bool(re.search(rb"<(?:ownershipdoc|reportingowner>)", start))


def foreign(data: bytes) -> tuple[str, str] | None:
    """For a file of a kind that is known but not read: what it is, and what to do."""
    if data.startswith(ZIP) and (b"word/" in data[:HEAD] or b"[Content_Types].xml" in data[:HEAD]):
        return "is a Word or Office document", "Save it as PDF or text and drop that in"
    return next(((what, advice) for magic, what, advice in _FOREIGN if data.startswith(magic)), None)


def _is_bitmap(data: bytes) -> bool:
    """Whether this is a Windows bitmap: its head tells the file's own size. A text may start with BM too."""
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)


def _is_text(head: bytes) -> bool:
    """Whether bytes are most likely text: few control characters, or UTF-16 with its mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    strange = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)
    return strange <= len(head) * 0.02
