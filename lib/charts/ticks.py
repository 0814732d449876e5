"""Round numbers along an axis, where a picture sets its own ticks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count, takewhile
from typing import Final

_ROUND: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))


def round_ticks(top: Decimal | int, most: int, smallest: Decimal = Decimal(1)) -> list[Decimal]:
    """From zero to at most ``top`` in equal round steps, as many as there can be but at most ``most`` above zero.

    A step is 1, 2, 2.5 or 5 times a power of ten and a multiple of ``smallest``: 1 for shares, a cent for money.
    """
    step = next(one for one in _steps(smallest) if top < (most + 1) * one)
    return [step * n for n in takewhile(lambda n: step * n <= top, count())]


def _steps(smallest: Decimal) -> Iterator[Decimal]:
    for power in count(smallest.adjusted()):
        for digits in _ROUND:
            step = digits.scaleb(power)
            if not step % smallest:
                yield step
