"""One module a container; ``read`` picks by content, never by the file's name."""

from __future__ import annotations

from lib.filings.errors import UnreadableFiling
from lib.filings.record import Filing

__all__ = ["READER_VERSION", "UnreadableFiling", "read"]

READER_VERSION = 1
"""Counts up when a reader's results change, so that stored records can be read again."""

MAX_BYTES = 100_000_000


def read(name: str, data: bytes) -> list[Filing]:
    """Every filing in a document; most documents hold one.

    ``name`` is used in sentences only. Raises ``UnreadableFiling`` with what is wrong and what to do.
    """
    if not data.strip():
        raise UnreadableFiling(name, "is empty", "Drop in the filing's XML, page, PDF or text")
    if len(data) > MAX_BYTES:
        raise UnreadableFiling(name, "is larger than 100 MB, which no ownership filing is")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in data[:1024].lower():
        from lib.filings.readers.pdf import read_pdf

        return [read_pdf(name, data)]
    from lib.filings.readers.submission import is_submission, read_submission

    if is_submission(data):
        return read_submission(name, data)
    if b"<ownershipdocument" in data[:65536].lower() or head.startswith(b"<?xml"):
        from lib.filings.readers.xml import read_xml

        return [read_xml(name, data)]
    if b"<html" in data[:65536].lower() or b"<table" in data[:65536].lower():
        from lib.filings.readers.html import read_html

        return [read_html(name, data)]
    raise UnreadableFiling(name, "is no kind of file that can be read here")
