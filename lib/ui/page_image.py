"""A page of a PDF or a scanned image as a picture, with the place of a value drawn on it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil, floor, sqrt
from threading import Lock
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.filings.readers.kind import kind_of
from lib.filings.readers.scan import page_size

if TYPE_CHECKING:
    from PIL.Image import Image

    from lib.filings.readers.pdf import Char

SCALE: Final = 2.0
MOST_PIXELS: Final = 4_000_000
"""A page of A3 at ``SCALE``; larger pages are drawn smaller, for anybody's PDF may be as large as a wall."""
MARGIN_POINTS: Final = 2.5
CLOSE_UP_POINTS: Final = (360.0, 72.0)
LETTER_MARGIN: Final = 0.3
MARK: Final = (230, 159, 0)
FRAME: Final = (200, 80, 0)

Box = tuple[float, float, float, float]

# PDFium is not safe for threads, and every session is one.
_pdfium: Final = Lock()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, with the part around its mark enlarged where there is a mark."""

    whole: bytes
    close_up: bytes | None = None


@st.cache_data(max_entries=40, show_spinner=False)
def page_picture(
    _data: bytes, sha256: str, page: int, box: Box | None, strange: tuple[Box, ...] = ()
) -> PagePicture:
    """Page ``page`` (from 1) with ``box`` in points framed if there is one, and in it the ``strange`` characters.

    Pictures are kept under the document's SHA-256, so that only who has the document gets them. Raises
    ``ValueError`` where the document has no such page.
    """
    from PIL import Image as pil

    drawn, scale = _page(_data, sha256, page)
    if box is None:
        return PagePicture(drawn)
    marked = _marked(pil.open(io.BytesIO(drawn)).convert("RGB"), scale, box, strange)
    return PagePicture(_png(marked), _png(_cut_out(marked, scale, box)))


def _marked(picture: Image, scale: float, box: Box, strange: tuple[Box, ...]) -> Image:
    """The page with a frame around the box, and one around each strange character."""
    from PIL import Image as pil
    from PIL import ImageDraw

    frame = _pixels(box, scale, MARGIN_POINTS)
    tint = pil.new("RGB", picture.size, MARK)
    mask = pil.new("L", picture.size, 0)
    ImageDraw.Draw(mask).rectangle(frame, fill=90)
    marked = pil.composite(tint, picture, mask)
    pen = ImageDraw.Draw(marked)
    pen.rectangle(frame, outline=FRAME, width=3)
    for one in strange:
        pen.rectangle(_pixels(one, scale, LETTER_MARGIN), outline=FRAME, width=2)
    return marked


def _pixels(box: Box, scale: float, margin: float) -> tuple[int, int, int, int]:
    """A box in points, wider by a margin on each side, in pixels."""
    left, top, right, bottom = box
    edges = (left - margin, top - margin, right + margin, bottom + margin)
    x0, y0, x1, y1 = (round(scale * edge) for edge in edges)
    return x0, y0, x1, y1


@st.cache_data(max_entries=40, show_spinner=False)
def boxes_in(
    _data: bytes, sha256: str, page: int, box: Box, text: str, places: tuple[int, ...]
) -> tuple[Box, ...]:
    """The boxes of the characters at ``places`` of a text that stands in ``box``; none in a scan, or where it does not."""
    import pypdfium2

    from lib.filings.readers.pdf import pdfium_chars

    if kind_of(_data) == "image":
        return ()
    with _pdfium:
        document = pypdfium2.PdfDocument(_data)
        try:
            sheet = document[page - 1]
            inside = [one for one in pdfium_chars(sheet, sheet.get_height()) if _is_in(one, box)]
        finally:
            document.close()
    solid = [n for n, one in enumerate(text) if not one.isspace()]
    start = "".join(one.text for one in inside).find("".join(text.split()))
    if start < 0:
        return ()
    letters = (inside[start + solid.index(n)] for n in places)
    return tuple((one.x0, one.top, one.x1, one.bottom) for one in letters)


def _is_in(one: Char, box: Box) -> bool:
    """Whether a character that is seen stands in the box, by its middle."""
    x, y = (one.x0 + one.x1) / 2, (one.top + one.bottom) / 2
    return not one.text.isspace() and box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _cut_out(page: Image, scale: float, box: Box) -> Image:
    """The part of a marked page around the box, for reading without a magnifying glass."""
    left, top, right, bottom = (scale * edge for edge in box)
    width, height = scale * max(CLOSE_UP_POINTS[0], box[2] - box[0]), scale * CLOSE_UP_POINTS[1]
    width, height = min(width, page.width), min(height, page.height)
    x = min(max(0, (left + right - width) / 2), page.width - width)
    y = min(max(0, (top + bottom - height) / 2), page.height - height)
    return page.crop((floor(x), floor(y), ceil(x + width), ceil(y + height)))


@st.cache_data(max_entries=200, show_spinner=False)
def page_count(_data: bytes, sha256: str) -> int:
    """How many pages the document has."""
    import pypdfium2
    from PIL import Image as pil

    if kind_of(_data) == "image":
        return int(getattr(pil.open(io.BytesIO(_data)), "n_frames", 1))
    with _pdfium:
        document = pypdfium2.PdfDocument(_data)
        try:
            return len(document)
        finally:
            document.close()


@st.cache_data(max_entries=40, show_spinner="Drawing the page")
def _page(_data: bytes, sha256: str, page: int) -> tuple[bytes, float]:
    """The page as PNG, and how many of its pixels are a point."""
    import pypdfium2

    if kind_of(_data) == "image":
        return _frame(_data, page)
    with _pdfium:
        document = pypdfium2.PdfDocument(_data)
        try:
            if not 1 <= page <= len(document):
                raise ValueError(f"The document has no page {page}.")
            width, height = document[page - 1].get_size()
            scale = min(SCALE, sqrt(MOST_PIXELS / max(width * height, 1.0)))
            picture = document[page - 1].render(scale=scale).to_pil()
        finally:
            document.close()
    return _png(picture), scale


def _frame(data: bytes, page: int) -> tuple[bytes, float]:
    """A page of an image at the scale of PDFs, as its places are in points."""
    from PIL import Image as pil
    from PIL import ImageOps

    image = pil.open(io.BytesIO(data))
    try:
        image.seek(page - 1)
    except EOFError as error:
        raise ValueError(f"The document has no page {page}.") from error
    upright = ImageOps.exif_transpose(image).convert("RGB")
    width, height = page_size(upright.width, upright.height, image.info.get("dpi"))
    scale = min(SCALE, sqrt(MOST_PIXELS / max(width * height, 1.0)))
    return _png(upright.resize((round(scale * width), round(scale * height)))), scale


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
