"""What stands on a picture of a page, before anything is read: rules, line pieces and words as boxes.

The form is ruled and its text is set in lines, so plain geometry finds every word, single letters and
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
from numpy.typing import NDArray

from lib.filings.readers.scan_picture import INK, POINT, Gray
from lib.filings.readers.sheet import Rule

RULE_GRAY = 210
"""Rules are often printed grey and thin; this is dark enough for one."""
UNDERLINE_GRAY = 130
UNEVEN = 35
"""Steps of grey by which most of a rule is alike; the page's noise is well below it."""
SHORTEST_ACROSS = 60
SHORTEST_DOWN = 36
"""Pixels; letters have no straight runs as long as these."""
THICKEST = 8
CROSSED = 0.3
"""Share of a rule along which strokes may touch it."""
CORE = 0.85
"""Share of a row of pixels that is dark where a rule runs; letters that stand on a rule are not its own."""
SNAP = 8
"""Pixels by which a rule may stop short of the rule it runs to."""
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
BLUR = 0.7
"""Pixels of a gap that blurred letters cover."""
LEAST_OF_MARK = 2
NARROWEST_MARK = 0.5
FLAT, LONGEST_DASH = 8, 40
"""Pixels; flatter and longer is no dash."""
ENOUGH_GAPS = 8
TALLEST, WIDEST = 90, 500
"""Pixels; larger shapes are drawings, not type."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A connected patch of ink, in pixels, the ends exclusive."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


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
    across = _runs(gray, SHORTEST_ACROSS, 1)
    down = _runs(gray, 1, SHORTEST_DOWN)
    horizontal, vertical = _snapped(across, down)
    frames = _without_boxes(gray, across, down)
    ink = cast(Gray, (_sharp(frames) < INK).astype(np.uint8))
    lines = [line for patch, box in _patches(ink, down) for line in _lines(patch, box)]
    lines = [line for line in lines if not _is_dashes(line, across)]
    to_points = 1 / POINT
    return Layout(
        [Rule(at * to_points, a * to_points, b * to_points) for at, a, b in horizontal],
        [Rule(at * to_points, a * to_points, b * to_points) for at, a, b in vertical],
        lines,
        gray,
    )


def _sharp(gray: Gray) -> Gray:
    """The picture with thin strokes darkened, such as the parentheses of small footnote marks."""
    return cast(Gray, cv2.addWeighted(gray, 1.8, cv2.GaussianBlur(gray, (0, 0), 2.0), -0.8, 0.0))


def _runs(gray: Gray, width: int, height: int) -> list[Shape]:
    """Dark runs at least so wide or so high, no thicker than a rule, with paper along both sides."""
    dark = (gray < RULE_GRAY).astype(np.uint8)
    bridge, thicken = ((5, 1), (1, 3)) if height > width else ((1, 3), (3, 1))
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(bridge, np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    shapes = _shapes(cast(Gray, cv2.dilate(opened, np.ones(thicken, np.uint8))))
    return [s for s in shapes if min(s.x1 - s.x0, s.height) <= THICKEST + 2 and _is_rule(gray, s)]


def _is_rule(gray: Gray, s: Shape) -> bool:
    """Whether a run is as dark all along, with paper on both sides or, under words, below.

    Letters that touch each other have strokes on both sides, and are paler where they touch.
    """
    height, width = gray.shape
    if s.height > s.x1 - s.x0:
        drawn = gray[s.top : s.bottom, s.x0 : s.x1].min(1)
        one, other = (
            gray[s.top : s.bottom, max(0, s.x0 - 2)],
            gray[s.top : s.bottom, min(width - 1, s.x1 + 1)],
        )
    else:
        drawn = gray[s.top : s.bottom, s.x0 : s.x1].min(0)
        one, other = gray[max(0, s.top - 2), s.x0 : s.x1], gray[min(height - 1, s.bottom + 1), s.x0 : s.x1]
    middling, palest = np.quantile(drawn, (0.5, 0.9)).tolist()
    bare = palest - middling < UNEVEN and float((np.minimum(one, other) < RULE_GRAY).mean()) < CROSSED
    under = s.x1 - s.x0 > s.height and palest < UNDERLINE_GRAY
    return bare or (under and float((other < RULE_GRAY).mean()) < CROSSED)


def _shapes(ink: Gray) -> list[Shape]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [
        Shape(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, area in stats[1:].tolist() if area > 3
    ]


def _snapped(
    across: Sequence[Shape], down: Sequence[Shape]
) -> tuple[list[tuple[float, int, int]], list[tuple[float, int, int]]]:
    """Rules as (at, start, end), their ends run to the rules that they all but touch."""
    horizontal = [((s.top + s.bottom) / 2, s.x0, s.x1) for s in across]
    vertical = [((s.x0 + s.x1) / 2, s.top, s.bottom) for s in down]

    def run(rule: tuple[float, int, int], others: list[tuple[float, int, int]]) -> tuple[float, int, int]:
        at, start, end = rule
        crossing = [o for o, a, b in others if a - SNAP <= at <= b + SNAP]
        start = min([start, *(int(o) for o in crossing if abs(o - start) <= SNAP)])
        end = max([end, *(int(o) + 1 for o in crossing if abs(o - end) <= SNAP)])
        return at, start, end

    return [run(r, vertical) for r in horizontal], [run(r, horizontal) for r in vertical]


def _without_boxes(gray: Gray, across: Sequence[Shape], down: Sequence[Shape]) -> Gray:
    """The picture with its rules and the frames of tick boxes painted over with paper.

    Strokes that cross a rule, such as the tails of underlined letters, go on through it.
    """
    clean = gray.copy()
    for s in down:
        clean[max(0, s.top - 2) : s.bottom + 2, max(0, s.x0 - 1) : s.x1 + 1] = 255
    for s in across:
        core = np.flatnonzero((gray[s.top : s.bottom, s.x0 : s.x1] < RULE_GRAY).mean(1) > CORE)
        if not len(core):
            continue
        top, bottom = max(0, s.top + int(core[0]) - 1), min(len(gray), s.top + int(core[-1]) + 2)
        x0, x1 = _whole(gray[top:bottom].min(0) < RULE_GRAY, s.x0, s.x1)
        sides = gray[[max(0, top - 1), min(len(gray) - 1, bottom)], x0:x1]
        clean[top:bottom, x0:x1] = cv2.erode(sides, np.ones((1, 5), np.uint8)).max(0)
    ink = cast(Gray, (clean < RULE_GRAY).astype(np.uint8))
    for s in _shapes(ink):
        if _is_frame(ink, s):
            edge = 4
            clean[s.top : s.bottom, s.x0 : s.x0 + edge] = clean[s.top : s.bottom, s.x1 - edge : s.x1] = 255
            clean[s.top : s.top + edge, s.x0 : s.x1] = clean[s.bottom - edge : s.bottom, s.x0 : s.x1] = 255
    return clean


def _whole(drawn: NDArray[np.bool_], x0: int, x1: int) -> tuple[int, int]:
    """A rule's ends with what goes on beyond them, where noise or a slight slope cut it."""
    left = np.flatnonzero(~drawn[:x0])
    right = np.flatnonzero(~drawn[x1:])
    return int(left[-1]) if len(left) else 0, x1 + int(right[0]) if len(right) else len(drawn)


def _is_frame(ink: Gray, s: Shape) -> bool:
    """Whether a shape is the frame of a tick box: ink along all four sides and, unlike a B, in the corners."""
    if not (14 <= s.x1 - s.x0 <= 60 and 14 <= s.height <= 60):
        return False
    box = ink[s.top : s.bottom, s.x0 : s.x1]
    sides = (box[:, :3].max(1), box[:, -3:].max(1), box[:3].max(0), box[-3:].max(0))
    corners = (box[:2, :2], box[:2, -2:], box[-2:, :2], box[-2:, -2:])
    return all(float(side.mean()) > 0.9 for side in sides) and all(corner.any() for corner in corners)


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


def _lines(patch: Gray, box: Shape) -> Iterator[Line]:
    """The lines of a patch: most are one, but a descender may touch the line below."""
    shapes = [s for s in _shapes(patch) if s.height <= TALLEST and s.x1 - s.x0 <= WIDEST]
    for group in _rows(patch, shapes):
        line = _line(
            [Shape(s.x0 + box.x0, s.top + box.top, s.x1 + box.x0, s.bottom + box.top) for s in group]
        )
        if line:
            yield line


def _is_dashes(line: Line, rules: Sequence[Shape]) -> bool:
    """Whether a piece of a line is what remains of a faint rule."""
    if line.bottom - line.top > FLAT:
        return False
    middle = (line.top + line.bottom) / 2
    return line.x1 - line.x0 > LONGEST_DASH or any(r.top - 3 <= middle <= r.bottom + 3 for r in rules)


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


def _line(shapes: list[Shape]) -> Line | None:
    tallest = max(s.height for s in shapes)
    letters = [s for s in shapes if s.height >= 0.45 * tallest]
    if tallest < 5 and max(s.x1 - s.x0 for s in shapes) < 5:
        return None
    base, size = _base(letters)
    spots = tuple(_spots(sorted(shapes, key=lambda s: s.x0), base, size))
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

    Where a mark outnumbers what it marks, the letters that hang lower are all to the left.
    """
    feet = np.array([s.bottom for s in letters])
    base = int(
        max(sorted(set(feet.tolist())), key=lambda foot: (np.abs(feet - foot) <= 1).sum() + foot * 1e-4)
    )
    low, high = [s for s in letters if s.bottom > base + 2], [s for s in letters if s.bottom <= base + 2]
    if low and max(s.x1 for s in low) <= min(s.x0 for s in high) + 1:
        base = max(s.bottom for s in low)
    standing = [base - s.top for s in letters if abs(s.bottom - base) <= 2]
    return base, sorted(standing)[int(0.9 * (len(standing) - 1))] / CAPITAL


def _spots(shapes: list[Shape], base: int, size: float) -> Iterator[Spot]:
    """Shapes of a line in words: split at spaces and where a mark is raised."""
    gaps = _gaps(shapes)
    space = _space(gaps, size)
    word: list[Shape] = []
    for shape, gap in zip(shapes, gaps, strict=True):
        if word and gap >= space:
            yield from _parted(word, base, size, spaced=True)
            word = []
        word.append(shape)
    yield from _parted(word, base, size, spaced=True)


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


def _gaps(shapes: Sequence[Shape]) -> list[float]:
    """The gap before each shape, without what blurring took from it."""
    gaps = [0.0]
    before = shapes[0]
    for shape in shapes[1:]:
        gaps.append(shape.x0 - before.x1 + BLUR)
        before = max(before, shape, key=lambda one: one.x1)
    return gaps


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
