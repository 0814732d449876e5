"""Check boxes of a scan: a small frame with ink inside is ticked, whatever the tick looks like.

Recognition looks for words, and takes a letter in a frame for a part of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from lib.filings.readers.scan_picture import INK, POINT, Gray
from lib.filings.readers.sheet import Box

WIDTHS: Final = (7.0, 17.0)
HEIGHTS: Final = (8.0, 22.0)
"""Points that a check box takes, across and down."""
MARGIN_WIDTH: Final = 0.2
"""Share of the page's width in which the boxes of the form's head stand."""
_SQUARE: Final = 0.85
"""Share of its rectangle that a frame encloses at least."""
_RIM: Final = 0.22
"""Share of its width that a frame's line and what touches it take on either side."""
_INKED: Final = 0.06
"""Share of the inside that is ink at least where a box is ticked; specks are less."""


def ticks(gray: Gray) -> Iterator[Box]:
    """The frames of the ticked check boxes in the left margin of a straight page, in points."""
    ink = (gray[:, : round(gray.shape[1] * MARGIN_WIDTH)] < INK).astype(np.uint8)
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        if not (
            WIDTHS[0] <= width / POINT <= WIDTHS[1]
            and HEIGHTS[0] <= height / POINT <= HEIGHTS[1]
            and cv2.contourArea(outline) >= _SQUARE * width * height
        ):
            continue
        rim = round(_RIM * width)
        inside = ink[y + rim : y + height - rim, x + rim : x + width - rim]
        if inside.size and float(inside.mean()) >= _INKED:
            yield x / POINT, y / POINT, (x + width) / POINT, (y + height) / POINT
