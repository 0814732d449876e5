"""One module a container; ``read`` picks by content, never by the file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.filings.errors import NotAFiling, UnreadableFiling, WithoutText
from lib.filings.readers.kind import foreign, kind_of

if TYPE_CHECKING:
    from lib.filings.record import Filing

__all__ = ["MAX_BYTES", "READER_VERSION", "UnreadableFiling", "read"]

READER_VERSION = 5
"""Counts up when a reader's results change, so that stored records can be read again."""

MAX_BYTES = 100_000_000
TYPED_FORM_BYTES = 1_000_000
"""Forms typed before ownership XML are a few pages long; nothing longer is looked at as one."""


def read(name: str, data: bytes, *, scans: bool = True) -> list[Filing]:
    """Every filing in a document; most documents hold one.

    ``name`` is used in sentences only. Raises ``UnreadableFiling`` with what is wrong and what to do; without
    ``scans``, ``WithoutText`` for what would take the minutes and the memory that recognition takes.
    PDFs from people you do not trust go through ``lib.filings.isolated`` instead.
    """
    if not data or data.isspace():
        raise UnreadableFiling(name, "is empty", "Drop in the filing's XML, page, PDF or text")
    if len(data) > MAX_BYTES:
        raise UnreadableFiling(name, "is larger than 100 MB, which no ownership filing is")
    match kind_of(data):
        case "pdf":
            from lib.filings.readers.pdf import read_pdf

            try:
                return [read_pdf(name, data)]
            except WithoutText:
                if not scans:
                    raise
            from lib.filings.readers.scan import read_scan

            return [read_scan(name, data)]
        case "image":
            from lib.filings.readers.scan import INSTALL, read_scan

            if not scans:
                raise WithoutText(name, "is an image", INSTALL)
            return [read_scan(name, data)]
        case "submission":
            from lib.filings.readers.submission import read_submission

            return read_submission(name, data)
        case "xml":
            from lib.filings.readers.xml import read_xml

            return [read_xml(name, data)]
        case "html":
            from lib.filings.readers.html import read_html

            return [read_html(name, data)]
        case "text":
            from lib.filings.readers.ascii_form import is_ascii_form, read_ascii_form
            from lib.filings.readers.text import read_text

            head = data[:TYPED_FORM_BYTES].decode("latin-1")
            return [read_ascii_form(name, head) if is_ascii_form(head) else read_text(name, data)]
        case "dataset":
            from lib.filings.readers.dataset import read_dataset

            return [read_dataset(name, data)]
        case "archive":
            raise UnreadableFiling(name, "is a ZIP archive, which holds files of its own", "Unpack it first")
    what, advice = foreign(data) or (
        "is no kind of file that is read here",
        "Drop in a Form 3, 4 or 5 as XML, EDGAR page, PDF, full submission or text",
    )
    raise NotAFiling(name, what, advice)
