"""What the words of a page read: recognition of the boxes that ``scan_layout`` found.

The recognition model (``scan_model``) reads strips of text well but loses spaces. So words
are cut apart and set into strips again with wide gaps, and each letter goes to the word at its place. What
it is unsure of is read a second time, each word alone; where the two readings differ, neither is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import cast
from unicodedata import normalize

import cv2
import numpy as np
from numpy.typing import NDArray

from lib.filings.readers.scan_layout import Layout, Line, Spot, merged
from lib.filings.readers.scan_model import HEIGHT, NONE, letters, odds
from lib.filings.readers.scan_picture import Gray

STRIP = 320
"""Width of a strip, and of a word read alone; the model was trained on this width."""
GAP = 20
BATCH = 4
MARGIN = 0.1
"""Paper above and below a word, as a share of its line's height."""
SURE = 0.9
"""A word whose least sure letter is below this is read again."""
DISAGREE = 0.6
"""How sure a word can be at most that reads differently alone."""
PRINTED = frozenset(chr(n) for n in (*range(0x21, 0x7F), *range(0xC0, 0x100))) - frozenset("×÷ÐÞðþ`^~\\") | {
    "§"
}
"""The letters of filings; the model knows thousands of others, which are misreadings here."""
_PLAIN = str.maketrans("“”‘’–—", "\"\"''--")


_MARK = re.compile(r"(\([1-9]\d?\))+")
_MARK_BEGUN = re.compile(r"[(\[{][\dIlXx()|\[\]]{0,5}|")
_MARK_PIECE = re.compile(r"[\dIlXx()|\[\]]{1,5}|")
WITHIN_MARK = 0.5
"""Share of the type size by which the pieces of marks are apart at most."""
_MARK_LIKE = re.compile(r"[(\[{]?[\dIlOoSsB!|()]{0,6}[)\]}]|[(\[{][\dIlOoSsB!|()]{0,6}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word reads and how sure its least sure letter is.

    ``places`` are those of its letters, in pixels; ``odds`` how sure each is.
    """

    text: str = ""
    confidence: float = 0.0
    places: tuple[float, ...] = ()
    odds: tuple[float, ...] = ()


@dataclass
class _Strip:
    width: int = GAP
    parts: list[tuple[int, int, Gray]] = field(default_factory=list)


def read_words(layout: Layout) -> list[tuple[Line, list[Reading]]]:
    """The lines of the page, with the reading of each word; marks that were cut at a narrow 1 are whole again."""
    spots = [(line, spot) for line in layout.lines for spot in line.spots]
    crops = [_crop(layout.gray, line, spot) for line, spot in spots]
    readings = _recognized(crops, STRIP, GAP)
    unsure = [n for n, reading in enumerate(readings) if reading.confidence < SURE]
    alone = _recognized([crops[n] for n in unsure], 0, GAP)
    for n, again in zip(unsure, alone, strict=True):
        readings[n] = _settled(readings[n], again)
    marks = [n for n, reading in enumerate(readings) if _may_be_marks(spots[n][1], reading)]
    for n, again in zip(marks, _recognized([crops[n] for n in marks], 0, GAP, _no_mark()), strict=True):
        if _MARK.fullmatch(again.text) and readings[n].text != again.text:
            readings[n] = replace(again, confidence=min(again.confidence, DISAGREE))
    placed = iter(
        _in_page(reading, crop, spot) for (_, spot), crop, reading in zip(spots, crops, readings, strict=True)
    )
    lines = [(line, [next(placed) for _ in line.spots]) for line in layout.lines]
    cut = [(n, *run) for n, (_, found) in enumerate(lines) for run in _cut_marks(lines[n][0], found)]
    whole = [merged(lines[n][0].spots[start:end]) for n, start, end in cut]
    crops = [_crop(layout.gray, lines[n][0], spot) for (n, _, _), spot in zip(cut, whole, strict=True)]
    read = _recognized(crops, 0, GAP, _no_mark())
    for (n, start, end), spot, reading in reversed(list(zip(cut, whole, read, strict=True))):
        if _MARK.fullmatch(reading.text):
            line, found = lines[n]
            told = Reading(reading.text, min(reading.confidence, DISAGREE))
            lines[n] = (
                replace(line, spots=(*line.spots[:start], spot, *line.spots[end:])),
                [*found[:start], told, *found[end:]],
            )
    return lines


def _may_be_marks(spot: Spot, reading: Reading) -> bool:
    """Whether a word may be footnote marks: small and high, or like some, and not surely a number."""
    number = reading.text.isdigit() and reading.confidence >= SURE
    return spot.raised or (bool(_MARK_LIKE.fullmatch(reading.text)) and not number)


def _cut_marks(line: Line, readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Where a line's neighbouring words are pieces of marks: their first and the one after their last.

    Type as small as a mark's leaves as much paper around a 1 as there is between words.
    """
    start = 0
    while start < len(readings):
        end = start + 1
        if _MARK_BEGUN.fullmatch(readings[start].text) or line.spots[start].raised:
            while (
                end < len(readings)
                and _MARK_PIECE.fullmatch(readings[end].text)
                and line.spots[end].x0 - line.spots[end - 1].x1 < WITHIN_MARK * line.size
            ):
                end += 1
            pieces = [reading.text for reading in readings[start:end]]
            if end - start > 1 and not all(_MARK.fullmatch(piece) for piece in pieces):
                yield start, end
        start = end


def _crop(gray: Gray, line: Line, spot: Spot) -> Gray:
    """The picture of one word, at its line's full height so that small letters look small."""
    level = [other for other in line.spots if other.raised == spot.raised] if not spot.raised else [spot]
    top, bottom = min(s.top for s in level), max(s.bottom for s in level)
    margin = max(2, round(MARGIN * (bottom - top)))
    return gray[max(0, top - margin) : bottom + margin, max(0, spot.x0 - 2) : spot.x1 + 2]


def _settled(first: Reading, second: Reading) -> Reading:
    better = max(first, second, key=lambda reading: (bool(reading.text), reading.confidence))
    if first.text == second.text:
        return better
    return replace(better, confidence=min(better.confidence, DISAGREE))


def _in_page(reading: Reading, crop: Gray, spot: Spot) -> Reading:
    """The reading with its letters' places in the page."""
    scale = crop.shape[0] / HEIGHT
    return replace(reading, places=tuple(spot.x0 - 2 + at * scale for at in reading.places))


def _recognized(
    crops: Sequence[Gray], strip: int, gap: int, barred: NDArray[np.bool_] | None = None
) -> list[Reading]:
    """The reading of each crop, set into strips of about so many pixels; 0 for a strip each.

    Letters that are ``barred`` are none; by default those that filings do not have.
    """
    found = [Reading()] * len(crops)
    strips = sorted(_strips(crops, strip, gap), key=lambda s: s.width)
    for start in range(0, len(strips), BATCH):
        batch = strips[start : start + BATCH]
        width = max(STRIP, *(s.width for s in batch)) if not strip else max(s.width for s in batch)
        pixels = np.zeros((len(batch), 3, HEIGHT, width), np.float32)
        for n, one in enumerate(batch):
            for _, at, picture in [(-1, 0, np.full((HEIGHT, one.width), 255, np.uint8)), *one.parts]:
                pixels[n, :, :, at : at + picture.shape[1]] = picture.astype(np.float32) / 127.5 - 1
        likely = odds(pixels)
        likely[:, :, _foreign() if barred is None else barred] = 0
        for one, steps in zip(batch, likely, strict=True):
            for n, reading in _readings(one, steps, width):
                found[n] = reading
    return found


def _strips(crops: Sequence[Gray], strip: int, gap: int) -> Iterator[_Strip]:
    one = _Strip(gap // 2)
    for n, crop in enumerate(crops):
        width = max(4, round(HEIGHT * crop.shape[1] / crop.shape[0]))
        if one.parts and one.width + width > strip:
            yield one
            one = _Strip(gap // 2)
        scaled = cast(Gray, cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_CUBIC))
        one.parts.append((n, one.width, scaled))
        one.width += width + gap
    if one.parts:
        yield one


def _readings(strip: _Strip, steps: NDArray[np.float32], width: int) -> Iterator[tuple[int, Reading]]:
    """Each crop of a strip with the letters that stand in it."""
    best, sure = steps.argmax(1), steps.max(1)
    starts = np.ones(len(best), bool)
    starts[1:] = best[1:] != best[:-1]
    read: dict[int, list[tuple[str, float, float]]] = {n: [] for n, _, _ in strip.parts}
    for step in np.flatnonzero(starts & (best != NONE)).tolist():
        at = (step + 0.5) * width / len(best)
        n, left, _ = min(strip.parts, key=lambda part: max(part[1] - at, at - part[1] - part[2].shape[1], 0))
        read[n] += [(letter, float(sure[step]), at - left) for letter in _printed()[best[step]].strip()]
    for n, found in read.items():
        text = "".join(letter for letter, _, _ in found)
        least = min((odd for _, odd, _ in found), default=0.0)
        yield n, Reading(text, least, tuple(at for _, _, at in found), tuple(odd for _, odd, _ in found))


@cache
def _printed() -> tuple[str, ...]:
    """What each of the model's letters is in print: full width and squared letters are the plain ones."""
    return tuple(normalize("NFKC", letter).translate(_PLAIN) for letter in letters())


@cache
def _foreign() -> NDArray[np.bool_]:
    """Which of the model's letters are not those of filings; the first stands for no letter."""
    found = np.array([not PRINTED.issuperset(letter.strip()) for letter in _printed()])
    found[NONE] = False
    return found


@cache
def _no_mark() -> NDArray[np.bool_]:
    """Which of the model's letters a footnote mark has not."""
    found = np.array([not set("(0123456789)").issuperset(letter) for letter in _printed()])
    found[NONE] = False
    return found
