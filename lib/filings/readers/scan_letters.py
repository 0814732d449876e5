"""What the shapes of a word's ink tell better than recognition: points, commas, dashes and spaces.

A comma hangs below the base line and a point does not; a dash is flat; where one sentence or name ends and
the next begins, even a narrow gap is a space. Recognition, trained on running text, guesses at these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lib.filings.readers.scan_layout import Line, Shape, Spot
from lib.filings.readers.scan_words import DISAGREE, Reading

SMALL_MARK = 0.34
"""Points and commas are lower than this share of the type size."""
COMMA, HANGS = 0.19, 0.05
"""Shares of the type size: as high is a comma, which hangs so far below the base line."""
NARROW_SPACE = 0.1
"""Share of the type size that parts words where the letters say that a word may end."""
_POINTS = ".,:;"
_SEAM = re.compile(
    r"(?<=[a-z)])(?=[A-Z(&])|(?<=[,;:])(?=[^\d\W]|[(/&$])|(?<=\.)(?=[A-Z][a-z])|(?<=[a-z]\.)(?=\d)"
)


def mended(reading: Reading, spot: Spot, line: Line) -> Reading:
    """The reading with its dash, points and commas as their shapes are."""
    if spot.raised:
        return reading
    if len(spot.shapes) == 1 and _is_dash(spot.shapes[0], line.size):
        known = reading.text in {"-", "–", "—", "_"}
        middle = (spot.x0 + spot.x1) / 2
        return Reading("-", max(reading.confidence, DISAGREE) if known else 0.9, (middle,))
    return _with_points(reading, spot, line)


def _is_dash(shape: Shape, size: float) -> bool:
    return shape.x1 - shape.x0 > 1.6 * shape.height and shape.height < 0.2 * size


def _with_points(reading: Reading, spot: Spot, line: Line) -> Reading:
    """Points and commas by whether they hang; one at the end that recognition dropped is put back."""
    marks = sorted((s for s in spot.shapes if _is_point(s, line)), key=lambda s: s.x0)
    places = [n for n, letter in enumerate(reading.text) if letter in _POINTS]
    last = spot.shapes[-1]
    text, found = reading.text, reading.places
    if len(marks) == len(places) + 1 and last in marks and text[-1:] not in _POINTS and text:
        text, found = text + ".", (*found, (last.x0 + last.x1) / 2)
        places.append(len(text) - 1)
    if len(marks) != len(places):
        return reading
    letters = list(text)
    for place, mark in zip(places, marks, strict=True):
        if letters[place] == "." and _is_comma(mark, line):
            letters[place] = ","
    return replace(reading, text="".join(letters), places=found)


def _is_point(shape: Shape, line: Line) -> bool:
    from_base = line.base - shape.top
    low = 0.05 * line.size < from_base < 0.25 * line.size and shape.bottom >= line.base - 2
    return low and shape.height < SMALL_MARK * line.size and shape.x1 - shape.x0 < 0.3 * line.size


def _is_comma(shape: Shape, line: Line) -> bool:
    return shape.height >= COMMA * line.size and shape.bottom - line.base >= HANGS * line.size


def seams(reading: Reading, spot: Spot, line: Line) -> list[tuple[int, int, int]]:
    """Where the word is two: after how many letters, and the pixels where one ends and the other begins."""
    found: list[tuple[int, int, int]] = []
    if len(reading.places) != len(reading.text):
        return found
    for seam in _SEAM.finditer(reading.text):
        n = seam.start()
        gap = _widest_gap(spot.shapes, reading.places[n - 1], reading.places[n])
        if gap and gap[1] - gap[0] >= NARROW_SPACE * line.size:
            found.append((n, *gap))
    return found


def _widest_gap(shapes: Sequence[Shape], left: float, right: float) -> tuple[int, int] | None:
    """The widest gap in the ink between the middles of two letters."""
    gaps: list[tuple[int, int]] = []
    end = 0
    for one, other in pairwise(sorted(shapes, key=lambda s: s.x0)):
        end = max(end, one.x1)
        if left - 2 <= end and other.x0 <= right + 2 and other.x0 > end:
            gaps.append((end, other.x0))
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)
