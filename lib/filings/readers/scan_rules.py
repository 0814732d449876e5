"""The rules on a picture of a page, and the picture without them.

Long dark runs are rules: borders of cells have paper on both sides, lines drawn under words at least below.
Painted over, they leave the ink of the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from lib.filings.readers.scan_picture import POINT, Gray
from lib.filings.readers.sheet import Rule

RULE_GRAY = 210
"""Rules are often printed grey and thin; this is dark enough for one."""
UNDERLINE_GRAY = 130
UNEVEN = 35
"""Steps of grey by which most of a rule is alike; the page's noise is well below it."""
SHORTEST_ACROSS = 40
SHORTEST_DOWN = 36
"""Pixels; letters have no straight runs as long as these."""
THICKEST = 8
LEVEL = 500
"""Pixels along which a straightened page drifts by one at most."""
CROSSED = 0.3
"""Share of a rule along which strokes may touch it."""
SKIPPED, PIECE = 22, 10
"""Pixels: what an underline leaves out for a letter that hangs below, and the least that goes on after it."""
SHORTEST_PIECE, NARROWEST_PIECE = 3, 6
"""Pixels: the least of an underline's piece under bare paper, and under letters, whose strokes are narrower."""
HALF_RULE = 2
"""Pixels of an underline above its middle; points and commas begin higher."""
PALE = 235
"""Grey of the edge of a rule, which is not quite paper."""
CORE = 0.85
"""Share of a row of pixels that is dark where a rule runs; letters that stand on a rule are not its own."""
SNAP = 8
"""Pixels by which a rule may stop short of the rule it runs to."""


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
class Rules:
    """Rules in points, their ends run to the rules they touch; their ink in pixels; the page without it."""

    horizontal: list[Rule]
    vertical: list[Rule]
    across: list[Shape]
    down: list[Shape]
    rest: Gray


def rules_of(gray: Gray) -> Rules:
    """The rules of a straight page."""
    across, down = _runs(gray, SHORTEST_ACROSS, 1), _runs(gray, 1, SHORTEST_DOWN)
    horizontal, vertical = _snapped(across, down)
    return Rules(
        [Rule(at / POINT, start / POINT, end / POINT) for at, start, end in horizontal],
        [Rule(at / POINT, start / POINT, end / POINT) for at, start, end in vertical],
        across,
        down,
        _without(gray, across, down),
    )


def _runs(gray: Gray, width: int, height: int) -> list[Shape]:
    """Dark runs at least so wide or so high, no thicker than a rule, with paper along both sides."""
    dark = (gray < RULE_GRAY).astype(np.uint8)
    bridge, thicken = ((5, 1), (1, 3)) if height > width else ((1, 3), (3, 1))
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(bridge, np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    shapes = shapes_of(cast(Gray, cv2.dilate(opened, np.ones(thicken, np.uint8))))
    return [s for s in shapes if _is_thin(s) and _is_rule(gray, s)]


def _is_thin(s: Shape) -> bool:
    """Whether a run is no thicker than a rule, which takes more rows of pixels the longer it is: no page is quite level."""
    width, height = s.x1 - s.x0, s.height
    return min(width, height) <= THICKEST + 2 + max(width, height) // LEVEL


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
    under = s.x1 - s.x0 > s.height and _is_underline(drawn)
    return bare or (under and float((other < RULE_GRAY).mean()) < CROSSED)


def _is_underline(drawn: NDArray[np.uint8]) -> bool:
    """Whether a run is dark but for one place, where an underline skips a letter whose tail touches it."""
    pale = max(_spans(drawn >= UNDERLINE_GRAY), key=lambda span: span[1] - span[0], default=(0, 0))
    rest = np.concatenate((drawn[: pale[0]], drawn[pale[1] :]))
    return pale[1] - pale[0] <= SKIPPED and bool(len(rest)) and float(np.quantile(rest, 0.9)) < UNDERLINE_GRAY


def shapes_of(ink: Gray) -> list[Shape]:
    """The connected patches of ink, without specks."""
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


def _without(gray: Gray, across: Sequence[Shape], down: Sequence[Shape]) -> Gray:
    """The picture with its rules and the frames of tick boxes painted over with paper.

    Where ink goes on below a rule, as at the tails of underlined letters, the rule stays.
    """
    clean = gray.copy()
    for s in down:
        clean[max(0, s.top - 2) : s.bottom + 2, max(0, s.x0 - 1) : s.x1 + 1] = 255
    for s in across:
        core = np.flatnonzero((gray[s.top : s.bottom, s.x0 : s.x1] < RULE_GRAY).mean(1) > CORE)
        if not len(core):
            continue
        top, bottom = max(0, s.top + int(core[0]) - 1), min(len(gray), s.top + int(core[-1]) + 2)
        last = _last(gray, s) if s.x1 - s.x0 < LEVEL else bottom
        below = gray[min(len(gray) - 1, last) :][:3].min(0) < RULE_GRAY
        bare = np.convolve(below, np.ones(5), "same") == 0
        drawn = (gray[top:bottom].min(0) < UNDERLINE_GRAY) & bare
        above = gray[max(0, top - 3) : top].min(0) < RULE_GRAY
        x0, x1 = _whole(drawn, above, s.x0, s.x1)
        painted = bare[x0:x1] & ~_standing(drawn, above, x0, x1)
        clean[top:bottom, x0:x1][:, painted] = 255
    ink = cast(Gray, (clean < RULE_GRAY).astype(np.uint8))
    for s in shapes_of(ink):
        if _is_frame(ink, s):
            edge = 4
            clean[s.top : s.bottom, s.x0 : s.x0 + edge] = clean[s.top : s.bottom, s.x1 - edge : s.x1] = 255
            clean[s.top : s.top + edge, s.x0 : s.x1] = clean[s.bottom - edge : s.bottom, s.x0 : s.x1] = 255
        elif s.height <= THICKEST and any(_is_rest(s, rule) for rule in across):
            clean[s.top : s.bottom, s.x0 : s.x1] = 255
    return clean


def _last(gray: Gray, s: Shape) -> int:
    """The first row of pixels below a rule: its lower edge is pale, and letters that hang below begin beside it."""
    rows = np.median(gray[s.top : s.bottom + 2, s.x0 : s.x1], axis=1)
    return s.top + int(np.flatnonzero(rows < PALE)[-1]) + 1


def _spans(drawn: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The beginnings and ends of what is drawn."""
    turns = np.flatnonzero(np.diff(np.concatenate(([False], drawn, [False])).astype(np.int8))).tolist()
    return list(zip(turns[::2], turns[1::2], strict=True))


def _whole(drawn: NDArray[np.bool_], above: NDArray[np.bool_], x0: int, x1: int) -> tuple[int, int]:
    """A rule's ends with what goes on beyond them: underlines skip letters that hang below the line."""

    def is_piece(start: int, end: int) -> bool:
        return end - start >= PIECE or (end - start >= SHORTEST_PIECE and not above[start:end].any())

    spans = _spans(drawn)
    for start, end in spans:
        if x1 <= end and start - x1 <= SKIPPED and is_piece(start, end):
            x1 = end
    for start, end in reversed(spans):
        if start <= x0 and x0 - end <= SKIPPED and is_piece(start, end):
            x0 = start
    return x0, x1


def _standing(drawn: NDArray[np.bool_], above: NDArray[np.bool_], x0: int, x1: int) -> NDArray[np.bool_]:
    """Where between its pieces an underline skips a letter or a comma whose tail ends beside it.

    The pieces' own pale ends are no such place.
    """
    spans = [
        (start, end)
        for start, end in _spans(drawn[x0:x1])
        if end - start >= NARROWEST_PIECE or not above[x0 + start : x0 + end].any()
    ]
    skipped = np.ones(x1 - x0, bool)
    for start, end in spans:
        skipped[max(0, start - 1) : end + 1] = False
    return skipped if spans else ~skipped


def _is_rest(s: Shape, rule: Shape) -> bool:
    """Whether a shape is what goes on of an underline: level with it, beyond a letter that it skips."""
    beside = rule.x0 - SKIPPED <= s.x0 and s.x1 <= rule.x1 + SKIPPED
    middle = (rule.top + rule.bottom) / 2
    return beside and s.top >= middle - HALF_RULE and s.bottom <= rule.bottom + 1


def _is_frame(ink: Gray, s: Shape) -> bool:
    """Whether a shape is the frame of a tick box: square, ink along all four sides and, unlike a B, in the corners."""
    width = s.x1 - s.x0
    if not (14 <= width <= 60 and 14 <= s.height <= 60 and 2 / 3 <= width / s.height <= 3 / 2):
        return False
    box = ink[s.top : s.bottom, s.x0 : s.x1]
    sides = (box[:, :3].max(1), box[:, -3:].max(1), box[:3].max(0), box[-3:].max(0))
    corners = (box[:2, :2], box[:2, -2:], box[-2:, :2], box[-2:, -2:])
    return all(float(side.mean()) > 0.9 for side in sides) and all(corner.any() for corner in corners)
