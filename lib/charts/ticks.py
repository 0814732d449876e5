"""Round numbers along an axis, where a picture sets its own ticks, and the room that an axis's labels take."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count, takewhile
from math import floor, log10
from typing import Final

DIGIT: Final = 7.6
"""Pixels of the widest character of a label at the charts' size of type."""
BESIDE: Final = 12
"""Pixels between the labels, the axis and the picture's edge."""
BEYOND: Final = 0.1
"""The part of its span that an axis may reach beyond what is drawn, at most."""
_ROUND: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))


def round_ticks(top: Decimal | int, most: int, smallest: Decimal = Decimal(1)) -> list[Decimal]:
    """From zero to at most ``top`` in equal round steps, as many as there can be but at most ``most`` above zero.

    A step is 1, 2, 2.5 or 5 times a power of ten and a multiple of ``smallest``: 1 for shares, a cent for money.
    """
    step = next(one for one in _steps(smallest) if top < (most + 1) * one)
    return [step * n for n in takewhile(lambda n: step * n <= top, count())]


def longest_label(bottom: float, top: float, most: int) -> str:
    """The longest that Plotly may write, grouped by thousands, for at most ``most`` ticks around the two.

    An axis reaches further than what is drawn on it, so that the next round number may have a digit more.
    """
    beyond = (top - bottom) * BEYOND
    step = (top - bottom) / most
    decimals = max(0, -floor(log10(step))) if step > 0 else 0
    ends = (end for end in (top + beyond, bottom - beyond) if abs(end) >= step)
    return max((f"{end:,.{decimals}f}" for end in ends), key=len, default="0")


def room_for(label: str) -> int:
    """Pixels beside an axis with labels no longer than this.

    Charts set it as their margin: a margin that Plotly finds itself costs as much as the picture, which is drawn again.
    """
    return BESIDE + round(DIGIT * len(label))


def _steps(smallest: Decimal) -> Iterator[Decimal]:
    for power in count(smallest.adjusted()):
        for digits in _ROUND:
            step = digits.scaleb(power)
            if not step % smallest:
                yield step
