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

from lib.filings.readers.scan_layout import Line, Spot, paper_within
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
QUOTE_ABOVE, QUOTE_REACH, QUOTE_WIDTH = 0.3, 0.3, 0.2
"""Shares of the type size: how far above the base line a quote ends, how far from its place its strokes are, and
how wide two of them are at least."""
_TALL, _LOW = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZbdfhkl0123456789"), frozenset("acemnorsuvwxz")
_EITHER = frozenset("cosuvwxzpn")
"""Letters that are read as their capitals and the other way round."""
LONG_LINE = 16
"""Letters of a line whose type size is told surely."""
TALL_FROM, LOW_TO = 0.62, 0.56
"""Shares of the type size: as high are capitals, as low small letters."""
_POINTS = ".,:;"
_BROKEN_MARK = re.compile(r"\(\d{1,2}|\d{1,2}\)|(?:\(?\d{1,2}\)?){2,3}(?<=\))")
_ITEM = re.compile(r"\((i{1,3})\)([,;]?)")
_STROKES = re.compile(r"[Il|1!HnN]{1,3}")
_KERNED = re.compile(r"(?<=[ATVWY])(?=[A-Za-z])|(?<=[A-Za-z])(?=[ATVWY])")
"""Letters that stand closer to a space than others, since their strokes slant away from it."""
KERNED_SPACE, WIDER, SMALL_TYPE = 0.165, 0.035, 22
"""Share of the type size from which on the gap beside such a letter is a space, and how much more between capitals
of type smaller than so many pixels, where half a pixel counts."""
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
    read = _with_quotes(_with_dollar(_as_roman(_as_item(reading, spot), spot)), spot, line)
    read = _in_case(read, spot, line)
    return _with_points(read, spot, line, gray)


def _as_mark(reading: Reading) -> Reading:
    """A footnote mark with the parentheses that recognition dropped."""
    groups = re.findall(r"\d{1,2}", reading.text)
    text = "".join(f"({group})" for group in groups)
    if not groups or "(0" in text or text == reading.text or re.search(r"[^\d()\s,.'*]", reading.text):
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


def _in_case(reading: Reading, spot: Spot, line: Line) -> Reading:
    """A word of letters that look like their capitals, by the heights of their shapes, where these fit all of it."""
    if not all(letter.lower() in _EITHER for letter in reading.text if letter.isalnum()):
        return reading
    letters = [letter for letter in reading.text for _ in range(2 if letter == '"' else 1)]
    columns = _columns(spot.shapes)
    if len(columns) != len(letters) or sum(len(one.shapes) for one in line.spots) < LONG_LINE:
        return reading
    cased = ""
    for letter, shape in zip(letters, columns, strict=True):
        height = (line.base - shape.top) / line.size
        swapped = letter.swapcase() if _misfits(letter, height) else letter
        if _misfits(swapped, height):
            return reading
        cased += swapped
    text = cased.replace('""', '"')
    if text == reading.text:
        return reading
    return replace(reading, text=text, confidence=min(reading.confidence, DISAGREE))


def _misfits(letter: str, height: float) -> bool:
    return (letter in _TALL and height < TALL_FROM) or (letter in _LOW | {"p"} and height > LOW_TO)


def _columns(shapes: Sequence[Shape]) -> list[Shape]:
    """Shapes from left to right, those that stand over each other together."""
    columns: list[Shape] = []
    for shape in sorted(shapes, key=lambda s: s.x0):
        if columns and shape.x0 < columns[-1].x1:
            last = columns.pop()
            columns.append(
                Shape(
                    last.x0, min(last.top, shape.top), max(last.x1, shape.x1), max(last.bottom, shape.bottom)
                )
            )
        else:
            columns.append(shape)
    return columns


def _with_quotes(reading: Reading, spot: Spot, line: Line) -> Reading:
    """A double quote of whose two strokes recognition saw one."""
    found = reading.text.find("'")
    if found < 0 or reading.text.count("'") > 1 or len(reading.places) != len(reading.text):
        return reading
    at = reading.places[found]
    strokes = [
        s
        for s in spot.shapes
        if line.base - s.bottom > QUOTE_ABOVE * line.size
        and abs((s.x0 + s.x1) / 2 - at) < QUOTE_REACH * line.size
    ]
    wide = max((s.x1 for s in strokes), default=0) - min((s.x0 for s in strokes), default=0)
    if wide < QUOTE_WIDTH * line.size or reading.text[found + 1 : found + 2].islower():
        return reading
    text = reading.text.replace("'", '"')
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


def seams(reading: Reading, spot: Spot, line: Line, gray: Gray) -> list[tuple[int, int, int]]:
    """Where the word is two: after how many letters, and the pixels where one ends and the other begins."""
    found: list[tuple[int, int, int]] = []
    if len(reading.places) != len(reading.text):
        return found
    kerned = {seam.start() for seam in _KERNED.finditer(reading.text)}
    for n in sorted(kerned | {seam.start() for seam in _SEAM.finditer(reading.text)}):
        gap = _widest_gap(spot.shapes, reading.places[n - 1], reading.places[n])
        if gap is None:
            continue
        paper = paper_within(gray[spot.top : spot.bottom], *gap) if n in kerned else gap[1] - gap[0]
        initials = line.size < SMALL_TYPE and reading.text[n - 1 : n + 1].isupper()
        least = KERNED_SPACE + initials * WIDER if n in kerned else NARROW_SPACE
        if paper >= least * line.size:
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
