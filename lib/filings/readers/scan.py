"""Scans: images, and PDFs without text, through optical character recognition.

The engine is an optional requirement. A page's picture is straightened (``scan_picture``), its rules and
words are found (``scan_layout``) and read (``scan_words``); then it is paper like any other, and
``paper`` reads the form. Every value with a word that was hard to read gets a finding with how sure the
reading is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lib.filings.errors import UnreadableFiling, WithoutText
from lib.filings.form import Text
from lib.filings.readers.paper import read_paper
from lib.filings.readers.scan_columns import RECORD_FIELDS, settled
from lib.filings.readers.scan_record import mended
from lib.filings.readers.sheet import Box, Sheet
from lib.filings.record import Filing, Finding, Source

if TYPE_CHECKING:
    from lib.filings.readers.scan_picture import Picture

ENGINE, RUNTIME = "rapidocr", "onnxruntime"
MODEL = "models/PP-OCRv6_rec_small.onnx"
"""Within the engine's package, so that nothing is ever fetched."""
SCANNED_PDF = "is a PDF of pictures without text, most likely a scan"
INSTALL = (
    "Install the engine that reads scans (pip install -r requirements-ocr.txt), "
    "or drop in the filing's XML or EDGAR page"
)
LETTER_INCHES = 8.5
TICK = "a tick told by the ink in its box"
DOUBTED = 0.8
"""A value with a word less sure than this gets a finding."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that was hard to read: its place on the straight page, what it seems to say and how sure."""

    page: int
    box: Box
    text: str
    confidence: float


def is_installed() -> bool:
    """Whether the engine that reads scans is there."""
    return find_spec(RUNTIME) is not None and model_file() is not None


def model_file() -> Path | None:
    """The recognition model that the engine's package carries."""
    package = find_spec(ENGINE)
    places = (package and package.submodule_search_locations) or ()
    return next((file for place in places if (file := Path(place, MODEL)).is_file()), None)


def page_size(width: int, height: int, dpi: tuple[float, float] | None) -> tuple[float, float]:
    """The size in points of a page of so many pixels: by its resolution, else as wide as letter paper."""
    inches = width / float(dpi[0]) if dpi and dpi[0] else 0.0
    if not 5 <= inches <= 18:
        inches = LETTER_INCHES if height >= width else LETTER_INCHES * width / height
    return 72 * inches, 72 * inches * height / width


def read_scan(name: str, data: bytes) -> Filing:
    """The filing in a scan. Raises ``UnreadableFiling``, with what to install where the engine is missing."""
    scanned_pdf = b"%PDF-" in data[:1024]
    what = SCANNED_PDF if scanned_pdf else "is an image"
    if not is_installed():
        raise WithoutText(name, what, INSTALL)
    from lib.filings.readers.scan_picture import pictures
    from lib.filings.readers.scan_sheet import sheet_of

    pages: list[Picture] = []
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    for picture in pictures(name, data):
        sheet, doubted = sheet_of(picture)
        sheets.append(sheet)
        doubts += doubted
        pages.append(replace(picture, gray=picture.gray[:0]))
    if not any(sheet.words for sheet in sheets):
        raise UnreadableFiling(
            name, f"{what}, and no words can be read in it", "Scan the form again, darker or larger"
        )
    settling = _Settling()
    filing = mended(read_paper(name, sheets, "pdf" if scanned_pdf else "scan", settling))
    repairs = settling.findings(filing)
    told = {repair.where for repair in repairs}
    doubtful = (doubt for doubt in _findings(filing, doubts) if doubt.where not in told)
    ticked = _ticked(filing) if any(doubt.text == TICK for doubt in doubts) else []
    findings = (*filing.findings, *repairs, *doubtful, *ticked)
    return replace(filing, findings=findings, sources=_on_pages(filing, pages))


class _Settling:
    """Settles cells by what their columns hold, and remembers the repairs by the places they were made at."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, Source], str] = {}

    def __call__(self, column: str, cell: Text) -> Text:
        found = settled(column, cell)
        if found is not cell and cell.source:
            self._read[RECORD_FIELDS.get(column, column), cell.source] = cell.text
        return found

    def findings(self, filing: Filing) -> list[Finding]:
        """A finding for each repaired value of the record."""
        return [
            Finding(
                "warning",
                where,
                f"Recognition read “{read}”, which this column cannot hold; taken for what looks like it.",
                "scan.column",
            )
            for where, source in filing.sources.items()
            if (read := self._read.get((where.rpartition(".")[2], source))) is not None
        ]


def _ticked(filing: Filing) -> list[Finding]:
    """A finding for each switch of the form's margin that is ticked, where the ink in its box tells it."""
    message = "The tick was told by the ink in its box. Compare it with the picture."
    return [
        Finding("warning", where, message, "scan.tick")
        for where in ("aff10b5_one", "not_subject_to_section16")
        if getattr(filing, where)
    ]


def _findings(filing: Filing, doubts: Sequence[Doubt]) -> Iterator[Finding]:
    """One finding for each value that has doubtful words, with the least sure of them."""
    for where, source in filing.sources.items():
        found = [doubt for doubt in doubts if _is_in(doubt, source)]
        if found:
            worst = min(found, key=lambda doubt: doubt.confidence)
            seems = f"“{worst.text}”" if worst.text else "a word that cannot be read"
            yield Finding(
                "warning",
                where,
                f"Read from a scan, {worst.confidence:.0%} sure: {seems}. Compare it with the picture.",
                "scan.confidence",
            )


def _is_in(doubt: Doubt, source: Source) -> bool:
    if source.page != doubt.page or source.box is None:
        return False
    left, top, right, bottom = source.box
    x, y = (doubt.box[0] + doubt.box[2]) / 2, (doubt.box[1] + doubt.box[3]) / 2
    return left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1


def _on_pages(filing: Filing, pages: Sequence[Picture]) -> dict[str, Source]:
    """The places of the values on the pages as they were scanned."""
    return {
        where: replace(source, box=pages[source.page - 1].on_page(source.box))
        if source.page and source.box
        else source
        for where, source in filing.sources.items()
    }
