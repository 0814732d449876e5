"""Pages as straight grey pictures of one resolution, whatever they were scanned into.

Scanners turn a page by a degree or so and tint its paper. Everything after this module relies on level
rules and white paper, so both are put right here; ``Picture.on_page`` leads back to the page as scanned.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.scan import page_size
from lib.filings.readers.sheet import Box

Gray = NDArray[np.uint8]

DPI = 200
POINT = DPI / 72
"""Pixels of a point."""
MAX_PAGES = 12
MAX_PIXELS = 60_000_000
"""An A3 page at 600 dpi is larger than this, and no form needs it."""
MAX_TURN = 3.0
"""Degrees by which a page on a scanner's glass is turned at most."""
INK = 195
"""Grey darker than this is ink, on paper of 255: light enough for the thin strokes of small type."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page, straightened: ``gray`` has ``DPI`` and white paper; lengths of the page are points.

    ``turn`` is the angle in degrees, clockwise, by which the page was turned in the scan.
    """

    number: int
    gray: Gray
    width: float
    height: float
    turn: float = 0.0

    def on_page(self, box: Box) -> Box:
        """The rectangle around a box of the straight page, on the page as it was scanned."""
        turn = radians(self.turn)
        x, y = self.width / 2, self.height / 2
        corners = [
            (
                x + (a - x) * cos(turn) - (b - y) * sin(turn),
                y + (a - x) * sin(turn) + (b - y) * cos(turn),
            )
            for a in (box[0], box[2])
            for b in (box[1], box[3])
        ]
        xs, ys = [a for a, _ in corners], [b for _, b in corners]
        return round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)


def pictures(name: str, data: bytes) -> Iterator[Picture]:
    """The pages of a PDF or of an image, straight. Raises ``UnreadableFiling``."""
    pages = _pdf_pages(name, data) if b"%PDF-" in data[:1024] else _image_pages(name, data)
    for number, (gray, width, height) in enumerate(pages, 1):
        clean = on_white(gray)
        turn = turned_by(clean)
        yield Picture(number, straightened(clean, turn), width, height, turn)


def _refuse_many(name: str, pages: int) -> None:
    if pages > MAX_PAGES:
        raise UnreadableFiling(
            name,
            f"is a scan of {pages} pages; ownership forms have at most {MAX_PAGES}",
            "Scan the form alone",
        )


def _pdf_pages(name: str, data: bytes) -> Iterator[tuple[Gray, float, float]]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    try:
        _refuse_many(name, len(document))
        for page in document:
            width, height = page.get_size()
            if width * height * POINT * POINT > MAX_PIXELS:
                raise UnreadableFiling(name, "has a page larger than any form", "Scan it on letter paper")
            drawn = page.render(scale=POINT, grayscale=True).to_numpy()
            yield cast(Gray, drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0]), width, height
    finally:
        document.close()


def _image_pages(name: str, data: bytes) -> Iterator[tuple[Gray, float, float]]:
    from PIL import Image, ImageOps, ImageSequence

    broken = UnreadableFiling(name, "is an image that is broken or cut off", "Scan the form again")
    try:
        image: Any = Image.open(io.BytesIO(data))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise broken from error
    _refuse_many(name, getattr(image, "n_frames", 1))
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > MAX_PIXELS:
            raise UnreadableFiling(
                name, "is an image of too many pixels", "Scan the form at 200 to 300 dots an inch"
            )
        try:
            upright = ImageOps.exif_transpose(frame).convert("RGBA")
        except (OSError, ValueError, SyntaxError) as error:
            raise broken from error
        paper = Image.new("RGBA", upright.size, "white")
        gray = np.asarray(Image.alpha_composite(paper, upright).convert("L"))
        width, height = page_size(gray.shape[1], gray.shape[0], frame.info.get("dpi"))
        size = (max(1, round(width * POINT)), max(1, round(height * POINT)))
        smaller = size[0] < gray.shape[1]
        scaled = cv2.resize(gray, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
        yield cast(Gray, scaled), width, height


def on_white(gray: Gray) -> Gray:
    """The picture with its paper, tint and shadows, made white."""
    small = cv2.resize(gray, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 5)
    light = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cast(Gray, cv2.divide(gray, np.maximum(light, 64), scale=255))


def turned_by(gray: Gray) -> float:
    """The angle in degrees, clockwise, by which rules and lines of text are turned.

    Lines that are level gather their ink in few rows, so the turn is the one after whose undoing the ink of
    neighbouring rows differs most.
    """
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(half < INK)
    if not len(ys):
        return 0.0
    best = 0.0
    for step, reach in ((0.2, MAX_TURN), (0.04, 0.2), (0.01, 0.04)):
        turns = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(turns, key=lambda turn: _levelness(xs, ys, float(turn), half.shape[1])))
    return best if abs(best) >= 0.02 else 0.0


def _levelness(xs: NDArray[np.intp], ys: NDArray[np.intp], turn: float, width: int) -> float:
    rows = (ys - (xs - width / 2) * np.tan(np.radians(turn)) + width).astype(np.intp)
    ink = np.bincount(rows).astype(np.float64)
    return float(np.square(np.diff(ink)).sum())


def straightened(gray: Gray, turn: float) -> Gray:
    """The picture turned back by so many degrees around its middle."""
    if not turn:
        return gray
    height, width = gray.shape
    back = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    return cast(
        Gray, cv2.warpAffine(gray, back, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0,))
    )
