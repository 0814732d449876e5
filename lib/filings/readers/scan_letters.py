"""What the shapes of a word's ink tell better than recognition: points, commas, dashes and spaces.

A comma hangs below the base line and a point does not; a dash is flat; where one sentence or name ends and
the next begins, even a narrow gap is a space. Recognition, trained on running text, guesses at these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from lib.filings.readers.scan_layout import Line, Spot
from lib.filings.readers.scan_picture import Gray
from lib.filings.readers.scan_rules import Shape
from lib.filings.readers.scan_words import DISAGREE, Reading

SMALL_MARK = 0.34
"""Points and commas are lower than this share of the type size."""
LIGHTEST_COMMA, HEAVIEST_POINT = 0.92, 1.05
"""Weights of ink between which a point and a comma cannot be told apart."""
HARD_TO_TELL = 0.75
LARGE = 27
"""Pixels; in larger type shapes tell points from commas better than recognition does, even underlined."""
SURE_OF_POINT = 0.9
FAINTEST = 25
"""Steps of grey; what is fainter is noise."""
NARROW_SPACE = 0.1
"""Share of the type size that parts words where the letters say that a word may end."""
_POINTS = ".,:;"
_BROKEN_MARK = re.compile(r"\(\d{1,2}|\d{1,2}\)|(?:\(?\d{1,2}\)?){2,3}(?<=\))")
_ITEM = re.compile(r"\((i{1,3})\)([,;]?)")
_STROKES = re.compile(r"[Il|1!HnN]{1,3}")
_SEAM = re.compile(
    r"(?<=[a-z)])(?=[A-Z(&])|(?<=[,;:])(?=[^\d\W]|[(/&$])|(?<=\.)(?=[A-Z][a-z])|(?<=^[A-Z])(?=[A-Z][a-z])|(?<=^/s/)(?=[A-Z])|(?<=[a-z]{2})(?=\d{1,3},\d)"
)


def mended(reading: Reading, spot: Spot, line: Line, gray: Gray) -> Reading:
    """The reading with its dash, points and commas as their shapes are."""
    if spot.raised or (line.spots == (spot,) and _BROKEN_MARK.fullmatch(reading.text)):
        return _as_mark(reading)
    if len(spot.shapes) == 1 and _is_dash(spot.shapes[0], line.size):
        known = reading.text in {"-", "–", "—", "_"}
        middle = (spot.x0 + spot.x1) / 2
        return Reading("-", max(reading.confidence, DISAGREE) if known else 0.9, (middle,))
    if len(spot.shapes) == 1 and not reading.text and _is_point(spot.shapes[0], line):
        return Reading(".", 0.9, ((spot.x0 + spot.x1) / 2,))
    return _with_points(_with_dollar(_as_roman(_as_item(reading, spot), spot)), spot, line, gray)


def _as_mark(reading: Reading) -> Reading:
    """A footnote mark with the parentheses that recognition dropped."""
    groups = re.findall(r"\d{1,2}", reading.text)
    text = "".join(f"({group})" for group in groups)
    if not groups or text == reading.text or re.search(r"[^\d()\s,.'*]", reading.text):
        return reading
    return Reading(text, min(reading.confidence, DISAGREE), reading.places)


def _as_item(reading: Reading, spot: Spot) -> Reading:
    """(ii) and (iii), of whose like letters recognition sees one, by how many strokes stand in the brackets."""
    found = _ITEM.fullmatch(reading.text)
    if not found:
        return reading
    ends: list[int] = []
    for shape in sorted(spot.shapes, key=lambda s: s.x0):
        # A dot stands over its stroke.
        if ends and shape.x0 < ends[-1]:
            ends[-1] = max(ends[-1], shape.x1)
        else:
            ends.append(shape.x1)
    strokes = len(ends) - 2 - len(found[2])
    if strokes not in {2, 3} or strokes == len(found[1]):
        return reading
    text = f"({'i' * strokes}){found[2]}"
    return replace(reading, text=text, confidence=min(reading.confidence, DISAGREE), places=())


def _as_roman(reading: Reading, spot: Spot) -> Reading:
    """II and III, which are read as other letters with as many strokes."""
    strokes = [s for s in spot.shapes if s.height >= 0.6 * (spot.bottom - spot.top)]
    narrow = all(s.x1 - s.x0 < 0.6 * s.height for s in strokes)
    tail = "".join(letter for letter in reading.text[-1:] if letter in ",.;)")
    text = reading.text.removesuffix(tail)
    if len(strokes) not in {2, 3} or not narrow or not _STROKES.fullmatch(text) or text.isdigit():
        return reading
    roman = "I" * len(strokes)
    return reading if text == roman else replace(reading, text=roman + tail, confidence=DISAGREE, places=())


def _with_dollar(reading: Reading) -> Reading:
    """An amount whose $ was read as an S, its 0 as an O."""
    text = re.sub(
        r"(?<=[$\d.,])[Oo](?=[\d.,]|$)", "0", re.sub(r"^(\(?)S(?=[\dO][\d.,])", r"\1$", reading.text)
    )
    if text == reading.text:
        return reading
    return replace(reading, text=text, confidence=min(reading.confidence, DISAGREE))


def _is_dash(shape: Shape, size: float) -> bool:
    return shape.x1 - shape.x0 > 1.6 * shape.height and shape.height < 0.2 * size


def _with_points(reading: Reading, spot: Spot, line: Line, gray: Gray) -> Reading:
    """Points and commas by their ink; a point that recognition dropped after a number is put back."""
    marks = sorted((s for s in spot.shapes if _is_point(s, line)), key=lambda s: s.x0)
    places = [n for n, letter in enumerate(reading.text) if letter in _POINTS]
    last = spot.shapes[-1]
    text, found = reading.text, reading.places
    if len(marks) == len(places) + 1 and last in marks and text[-1:].isdigit():
        text, found = text + ".", (*found, (last.x0 + last.x1) / 2)
        places.append(len(text) - 1)
    if len(marks) != len(places):
        return reading
    letters, confidence = list(text), reading.confidence
    for place, mark in zip(places, marks, strict=True):
        weight = _weight(mark, line, gray)
        sure = reading.odds[place] > SURE_OF_POINT if place < len(reading.odds) else False
        if letters[place] not in ".," or (sure and line.size < LARGE):
            continue
        if LIGHTEST_COMMA <= weight <= HEAVIEST_POINT:
            confidence = min(confidence, HARD_TO_TELL)
        else:
            letters[place] = "," if weight > HEAVIEST_POINT else "."
    return replace(reading, text="".join(letters), places=found, confidence=confidence)


def _weight(mark: Shape, line: Line, gray: Gray) -> float:
    """The ink of a point or comma, in hundredths of the type size's square, what hangs below counting more."""
    reach = int(0.3 * line.size)
    window = 255.0 - gray[line.base - reach : line.base + reach + 1, mark.x0 - 1 : mark.x1 + 1]
    ink = np.where(window < FAINTEST, 0.0, window) / 255
    whole = float(ink.sum())
    hanging = float(ink[reach + 1 :].sum())
    return 100 * whole / line.size**2 + 2 * hanging / max(whole, 1e-6)


def _is_point(shape: Shape, line: Line) -> bool:
    from_base = line.base - shape.top
    low = 0.05 * line.size < from_base < 0.25 * line.size and shape.bottom >= line.base - 2
    return low and shape.height < SMALL_MARK * line.size and shape.x1 - shape.x0 < 0.3 * line.size


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
