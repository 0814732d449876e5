"""The words on a picture of a page as boxes, before anything is read.

The form's text is set in lines within ruled cells, so plain geometry finds every word, single letters and
raised footnote marks included, and tells spaces from the gaps between letters. Recognition then only has to
say what each box reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import cv2
import numpy as np

from lib.filings.readers.scan_picture import INK, Gray
from lib.filings.readers.scan_rules import Shape, rules_of, shapes_of
from lib.filings.readers.sheet import Rule

WIDEST_SPACE = 16
"""Words further apart than this many pixels belong to different pieces of a line."""
CAPITAL = 0.69
"""Height of capitals and digits as a share of the type size, in the common typefaces."""
SPACE = 0.19
"""Share of the type size from which on a gap is a space, where the line's own gaps do not tell."""
LEAST_SPACE, SURE_SPACE = 0.13, 0.3
"""Shares of the type size between which a line's own gaps tell: below, letters; above, words are apart."""
RAISED = 0.09
"""Share of the type size by which the foot of a raised mark is above the base line."""
SMALLEST_MARK = 0.35
"""Share of the type size from which on a raised shape is a mark, not an apostrophe or a dash."""
EDGE = 1
DARK_EDGE, PALE_EDGE = 110, 235
"""Pixels into the letters and greys by which a gap is measured: all letter, all paper."""
LEAST_OF_MARK = 2
NARROWEST_MARK = 0.5
LONGEST_REST = 5
"""Letters of what the paper around a 1 cuts off a mark."""
FLAT, LONGEST_DASH = 8, 40
"""Pixels; flatter and longer is no dash."""
THIN = 5
"""Pixels; what is as thin beside an upright rule is a part of it."""
ENOUGH_GAPS = 8
MANY = 12
"""So many letters have more than one capital, figure or ascender; the tallest may be two letters that touch."""
TALLEST, WIDEST = 90, 500
"""Pixels; larger shapes are drawings, not type."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word's place: its ink's box in pixels; ``raised`` for a footnote mark set small and high."""

    x0: int
    top: int
    x1: int
    bottom: int
    raised: bool
    spaced: bool
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line of text: what stands between rules or wide gaps. ``base`` is its base line."""

    x0: int
    top: int
    x1: int
    bottom: int
    base: int
    size: float
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Rules in points, line pieces in pixels, and the picture without its rules."""

    horizontal: list[Rule]
    vertical: list[Rule]
    lines: list[Line]
    gray: Gray


def layout_of(gray: Gray) -> Layout:
    """The rules and words of a straight page."""
    rules = rules_of(gray)
    ink = cast(Gray, (_sharp(rules.rest) < INK).astype(np.uint8))
    lines = [line for patch, box in _patches(ink, rules.down) for line in _lines(patch, box, rules.rest)]
    lines = [line for line in lines if not _is_remnant(line, rules.across, rules.down)]
    return Layout(rules.horizontal, rules.vertical, lines, rules.rest)


def _sharp(gray: Gray) -> Gray:
    """The picture with thin strokes darkened, such as the parentheses of small footnote marks."""
    return cast(Gray, cv2.addWeighted(gray, 1.8, cv2.GaussianBlur(gray, (0, 0), 2.0), -0.8, 0.0))


def _patches(ink: Gray, walls: Sequence[Shape]) -> Iterator[tuple[Gray, Shape]]:
    """The ink of each piece of text that hangs together, and its box: letters and words joined sideways."""
    smeared = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, WIDEST_SPACE), np.uint8))
    for wall in walls:
        middle = (wall.x0 + wall.x1) // 2
        smeared[wall.top : wall.bottom, middle : middle + 1] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=4)
    for n, (x, y, w, h, _) in enumerate(stats.tolist()):
        if n == 0 or w < 3 or h > 4 * TALLEST:
            continue
        window = (slice(y, y + h), slice(x, x + w))
        patch = cast(Gray, ink[window] * (labels[window] == n))
        if int(patch.sum()) > 5:
            yield patch, Shape(x, y, x + w, y + h)


def _lines(patch: Gray, box: Shape, gray: Gray) -> Iterator[Line]:
    """The lines of a patch: most are one, but a descender may touch the line below."""
    shapes = [s for s in shapes_of(patch) if s.height <= TALLEST and s.x1 - s.x0 <= WIDEST]
    for group in _rows(patch, shapes):
        line = _line(
            [Shape(s.x0 + box.x0, s.top + box.top, s.x1 + box.x0, s.bottom + box.top) for s in group], gray
        )
        if line:
            yield line


def _is_remnant(line: Line, across: Sequence[Shape], down: Sequence[Shape]) -> bool:
    """Whether a piece of a line is what remains of a rule."""
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    if line.bottom - line.top <= FLAT:
        return line.x1 - line.x0 > LONGEST_DASH or any(r.top - 3 <= y <= r.bottom + 3 for r in across)
    thin = line.x1 - line.x0 <= THIN
    return thin and any(r.x0 - 4 <= x <= r.x1 + 4 and r.top <= y <= r.bottom for r in down)


def _rows(patch: Gray, shapes: list[Shape]) -> list[list[Shape]]:
    """Shapes by the line they stand on. Lines show in the rows of ink as hills with a deep valley between."""
    heights = sorted(s.height for s in shapes)
    typical = heights[int(0.8 * (len(heights) - 1))] if heights else 0
    if typical < 8 or patch.shape[0] < 1.9 * typical:
        return [shapes] if shapes else []
    rows = np.convolve(patch.sum(1).astype(np.float64), np.ones(3) / 3, "same")
    cuts: list[int] = []
    at = 0
    while len(rows) - at >= 1.3 * typical:
        start = int(at + 0.7 * typical)
        window = rows[start : int(at + 1.9 * typical)]
        at = start + int(window.argmin())
        if window.min() > 0.35 * rows.max() or len(rows) - at < 0.5 * typical:
            break
        cuts.append(at)
    bounds = [0, *cuts, patch.shape[0]]
    groups: list[list[Shape]] = [[] for _ in bounds[1:]]
    for shape in shapes:
        middle = (shape.top + shape.bottom) / 2
        n = next(n for n, (a, b) in enumerate(pairwise(bounds)) if middle <= b)
        groups[n].append(shape)
    return [group for group in groups if group]


def _line(shapes: list[Shape], gray: Gray) -> Line | None:
    tallest = max(s.height for s in shapes)
    letters = [s for s in shapes if s.height >= 0.45 * tallest]
    if tallest < 5 and max(s.x1 - s.x0 for s in shapes) < 5:
        return None
    base, size = _base(letters)
    spots = tuple(_spots(sorted(shapes, key=lambda s: s.x0), base, size, gray))
    return Line(
        min(s.x0 for s in shapes),
        min(s.top for s in shapes),
        max(s.x1 for s in shapes),
        max(s.bottom for s in shapes),
        base,
        size,
        spots,
    )


def _base(letters: Sequence[Shape]) -> tuple[int, float]:
    """The base line, where most letters end, and the type size told from the tallest that stand on it.

    Where a mark outnumbers what it marks, the letters that hang lower are all to the left, and begin lower too.
    """
    feet = np.array([s.bottom for s in letters])
    base = int(
        max(sorted(set(feet.tolist())), key=lambda foot: (np.abs(feet - foot) <= 1).sum() + foot * 1e-4)
    )
    low, high = [s for s in letters if s.bottom > base + 2], [s for s in letters if s.bottom <= base + 2]
    left = bool(low) and max(s.x1 for s in low) <= min(s.x0 for s in high) + 1
    if left and min(s.top for s in high) < min(s.top for s in low) - 1:
        base = max(s.bottom for s in low)
    standing = [base - s.top for s in letters if abs(s.bottom - base) <= 2]
    return base, sorted(standing)[-1 if len(standing) < MANY else -2] / CAPITAL


def _spots(shapes: list[Shape], base: int, size: float, gray: Gray) -> Iterator[Spot]:
    """Shapes of a line in words: split at spaces and where a mark is raised."""
    gaps = _gaps(shapes, gray)
    space = _space(gaps, size)
    words: list[list[Shape]] = []
    for shape, gap in zip(shapes, gaps, strict=True):
        if words and gap < space:
            words[-1].append(shape)
        else:
            words.append([shape])
    for word in _with_marks(words, base, size):
        yield from _parted(word, base, size, spaced=True)


def _with_marks(words: Sequence[list[Shape]], base: int, size: float) -> list[list[Shape]]:
    """Words with the rest of a mark that the paper around its 1 cut off: small type, all of it high."""
    found: list[list[Shape]] = []
    for word in words:
        high = all(base - shape.bottom >= RAISED * size for shape in word)
        tall = any(shape.height >= SMALLEST_MARK * size for shape in word)
        near = bool(found) and word[0].x0 - found[-1][-1].x1 < SPACE * size
        if (
            high
            and tall
            and near
            and len(word) <= LONGEST_REST
            and base - found[-1][-1].bottom >= RAISED * size
        ):
            found[-1] += word
        else:
            found.append(word)
    return found


def _parted(word: list[Shape], base: int, size: float, spaced: bool) -> Iterator[Spot]:
    """A word, and apart from it the raised mark at its end: small type whose feet are clear of the base."""
    start = len(word)
    while start and base - word[start - 1].bottom >= RAISED * size:
        start -= 1
    mark = word[start:]
    tall = [shape for shape in mark if shape.height >= SMALLEST_MARK * size]
    wide = mark[-1].x1 - mark[0].x0 >= NARROWEST_MARK * size if mark else False
    if start == 0 or len(tall) < LEAST_OF_MARK or not wide:
        yield _spot(word, False, spaced)
        return
    yield _spot(word[:start], False, spaced)
    yield _spot(mark, True, False)


def _gaps(shapes: Sequence[Shape], gray: Gray) -> list[float]:
    """The gap before each shape in pixels and their parts."""
    top, bottom = min(s.top for s in shapes), max(s.bottom for s in shapes)
    gaps = [0.0]
    before = shapes[0]
    for shape in shapes[1:]:
        gaps.append(paper_within(gray[top:bottom], before.x1, shape.x0))
        before = max(before, shape, key=lambda one: one.x1)
    return gaps


def paper_within(rows: Gray, end: int, begin: int) -> float:
    """The pixels of paper between two letters of a line: paler columns of a blurred edge count for more."""
    if begin <= end:
        return float(begin - end)
    darkest = rows[:, end - EDGE : begin + EDGE].min(0).astype(np.float64)
    return float(np.clip((darkest - DARK_EDGE) / (PALE_EDGE - DARK_EDGE), 0.0, 1.0).sum())


def _space(gaps: Sequence[float], size: float) -> float:
    """The gap in pixels from which on words are apart: in the widest leap between a line's gaps."""
    gaps = [gap for gap in gaps[1:] if gap > 0]
    low, high = LEAST_SPACE * size, SURE_SPACE * size
    steps = [low, *sorted(gap for gap in gaps if low < gap < high), high]
    if len(gaps) < ENOUGH_GAPS:
        return SPACE * size
    below, above = max(pairwise(steps), key=lambda step: step[1] - step[0])
    return (below + above) / 2


def _spot(shapes: Sequence[Shape], raised: bool, spaced: bool) -> Spot:
    return Spot(
        min(s.x0 for s in shapes),
        min(s.top for s in shapes),
        max(s.x1 for s in shapes),
        max(s.bottom for s in shapes),
        raised,
        spaced,
        tuple(shapes),
    )


def merged(spots: Sequence[Spot]) -> Spot:
    """One word of several that stand side by side."""
    shapes = [shape for spot in spots for shape in spot.shapes]
    return _spot(shapes, any(spot.raised for spot in spots), spots[0].spaced)
