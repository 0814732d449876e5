"""A page of a PDF as a picture, with the place of a value drawn on it."""

from __future__ import annotations

import io
from threading import Lock
from typing import Final

import streamlit as st

SCALE: Final = 2.0
MARGIN_POINTS: Final = 2.5
CLOSE_UP_POINTS: Final = (360.0, 72.0)
MARK: Final = (230, 159, 0)

# PDFium is not safe for threads, and every session is one.
_pdfium: Final = Lock()


def close_up(picture: bytes, box: tuple[float, float, float, float]) -> bytes:
    """The part of a marked page around ``box``, as PNG, for reading without a magnifying glass."""
    from PIL import Image

    page = Image.open(io.BytesIO(picture))
    left, top, right, bottom = (SCALE * edge for edge in box)
    width, height = SCALE * max(CLOSE_UP_POINTS[0], box[2] - box[0]), SCALE * CLOSE_UP_POINTS[1]
    x = min(max(0, (left + right - width) / 2), max(0, page.width - width))
    y = min(max(0, (top + bottom - height) / 2), max(0, page.height - height))
    out = io.BytesIO()
    page.crop((round(x), round(y), round(x + width), round(y + height))).save(out, "PNG")
    return out.getvalue()


def marked_page(data: bytes, sha256: str, page: int, box: tuple[float, float, float, float] | None) -> bytes:
    """Page ``page`` (from 1) as PNG, with ``box`` in points framed if there is one.

    Raises ``ValueError`` where the document has no such page.
    """
    from PIL import Image, ImageDraw

    picture = Image.open(io.BytesIO(_page(data, sha256, page))).convert("RGB")
    if box:
        left, top, right, bottom = box
        frame = tuple(
            round(SCALE * edge)
            for edge in (
                left - MARGIN_POINTS,
                top - MARGIN_POINTS,
                right + MARGIN_POINTS,
                bottom + MARGIN_POINTS,
            )
        )
        tint = Image.new("RGB", picture.size, MARK)
        mask = Image.new("L", picture.size, 0)
        ImageDraw.Draw(mask).rectangle(frame, fill=90)
        picture = Image.composite(tint, picture, mask)
        ImageDraw.Draw(picture).rectangle(frame, outline=(200, 80, 0), width=3)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@st.cache_data(max_entries=200, show_spinner=False)
def page_count(_data: bytes, sha256: str) -> int:
    """How many pages the document has."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(_data)
        try:
            return len(document)
        finally:
            document.close()


@st.cache_data(max_entries=40, show_spinner="Drawing the page")
def _page(_data: bytes, sha256: str, page: int) -> bytes:
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(_data)
        try:
            if not 1 <= page <= len(document):
                raise ValueError(f"The document has no page {page}.")
            picture = document[page - 1].render(scale=SCALE).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
