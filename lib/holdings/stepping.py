"""The arithmetic within one filing: the order in which a position's rows happened, and what they step over.

The form asks for the amount owned following the reported transactions (Form 4, Table I column 5, Table II
column 9), and filers answer in three ways: a balance that steps row by row, the final balance on every row,
or the last balance of each group of rows, as of each day. All are one arithmetic: rows in a run with one
balance are a block, and a block's balance is the one before it plus what its rows add up to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from lib.holdings.positions import ZERO, Shape

MOST_ROWS_TO_THREAD: Final = 60
"""Rows of one position in one filing up to which any order, not only those of print and day, is tried."""

_EXPLAINED: Final = (ZERO,)
"""What a row that stands alone leaves unexplained: there is no row before it to depart from."""


class Step(NamedTuple):
    """A row as arithmetic sees it: its day, its signed change, and the balance it prints.

    ``day`` is ``None`` for a holding; ``change`` is ``None`` where the row gives no amount or direction.
    """

    day: date | None
    change: Decimal | None
    balance: Decimal | None


class Settled(NamedTuple):
    """A filing's rows of one position in order, with the balance after each and what each leaves unexplained.

    ``order`` holds indices of the rows given. ``opening`` + ``change`` + the sum of ``unexplained`` =
    ``closing`` wherever all of them are known.
    """

    order: tuple[int, ...]
    opening: Decimal | None
    change: Decimal | None
    closing: Decimal | None
    balances: tuple[Decimal | None, ...]
    unexplained: tuple[Decimal, ...]
    shape: Shape

    @property
    def closes(self) -> bool:
        """Whether every printed balance follows from the one before."""
        return self.shape != "broken"


def settle(steps: Sequence[Step]) -> Settled:
    """The rows in the first order in which they step exactly, else in the one that leaves least unexplained.

    Tried are the order of days as printed and reversed, the printed order and its reverse, and at last any
    order in which each row starts where another ends.
    """
    if len(steps) == 1:
        return _one(steps[0])
    tried = [_walk(steps, order) for order in _orders(steps)]
    for settled in tried:
        if settled.closes:
            return settled
    threaded = _thread(steps)
    if threaded:
        settled = _walk(steps, threaded)
        if settled.closes:
            return settled
    return min(tried, key=lambda one: (sum(1 for u in one.unexplained if u), sum(map(abs, one.unexplained))))


def _one(step: Step) -> Settled:
    known = step.balance is not None and step.change is not None
    opening = step.balance - step.change if known else None  # type: ignore[operator]
    shape: Shape = "not stated" if step.balance is None else "one row"
    return Settled((0,), opening, step.change, step.balance, (step.balance,), _EXPLAINED, shape)


def _orders(steps: Sequence[Step]) -> list[tuple[int, ...]]:
    """The orders a filer may have printed in, each once, the likeliest first. A holding comes last, or first."""
    printed = range(len(steps))
    back = printed[::-1]
    found: list[tuple[int, ...]] = []
    for none in (date.max, date.min):
        found += [tuple(sorted(way, key=lambda n: steps[n].day or none)) for way in (printed, back)]
    found += [tuple(printed), tuple(back)]
    return list(dict.fromkeys(found))


def _walk(steps: Sequence[Step], order: tuple[int, ...]) -> Settled:
    """Go through the rows in this order, block by block, from what the first block opens with."""
    opening: Decimal | None = None
    held: Decimal | None = None
    balances: list[Decimal | None] = []
    unexplained: list[Decimal] = []
    blocks = _blocks(steps, order)
    for stated, block in blocks:
        changes = [steps[n].change for n in block]
        total = None if None in changes else sum((c for c in changes if c is not None), ZERO)
        start = held if stated is None else None if total is None else stated - total
        missing = ZERO if held is None or start is None or stated is None else start - held
        if not balances:
            opening = start
        unexplained += [missing, *[ZERO] * (len(block) - 1)]
        balance = start
        for change in changes:
            balance = None if balance is None or change is None else balance + change
            balances.append(balance)
        if stated is not None:
            balances[-1] = stated
        held = balances[-1]
    changes = [steps[n].change for n in order]
    change = None if None in changes else sum((c for c in changes if c is not None), ZERO)
    closing = held if any(step.balance is not None for step in steps) else None
    shape = _shape(steps, order, len([1 for stated, _ in blocks if stated is not None]), any(unexplained))
    return Settled(order, opening, change, closing, tuple(balances), tuple(unexplained), shape)


def _blocks(steps: Sequence[Step], order: tuple[int, ...]) -> list[tuple[Decimal | None, list[int]]]:
    """Runs of rows that print one balance; rows that print none belong to the block that follows."""
    blocks: list[tuple[Decimal | None, list[int]]] = []
    waiting: list[int] = []
    for n in order:
        balance = steps[n].balance
        if balance is None:
            waiting.append(n)
        elif blocks and blocks[-1][0] == balance and not waiting:
            blocks[-1][1].append(n)
        else:
            blocks.append((balance, [*waiting, n]))
            waiting = []
    if waiting:
        blocks.append((None, waiting))
    return blocks


def _shape(steps: Sequence[Step], order: tuple[int, ...], blocks: int, broken: bool) -> Shape:
    if broken:
        return "broken"
    if blocks == 0:
        return "not stated"
    moving = sum(1 for n in order if steps[n].change)
    if blocks == 1 and moving > 1 and all(steps[n].balance is not None for n in order):
        return "final on every row"
    return "row by row" if blocks >= len(order) else "in blocks"


def _thread(steps: Sequence[Step]) -> tuple[int, ...] | None:
    """An order in which each row starts at the balance where another ends; ``None`` where there is none.

    Each row is an edge from the balance before it to the one it prints, so such an order is an Eulerian
    trail; it is found by Hierholzer's method, taking earlier days first.
    """
    if len(steps) > MOST_ROWS_TO_THREAD or any(s.balance is None or s.change is None for s in steps):
        return None
    leaving: dict[Decimal, list[int]] = defaultdict(list)
    degree: dict[Decimal, int] = defaultdict(int)
    for n in sorted(range(len(steps)), key=lambda n: (steps[n].day or date.max, n), reverse=True):
        balance, change = steps[n].balance, steps[n].change
        assert balance is not None
        assert change is not None
        leaving[balance - change].append(n)
        degree[balance - change] += 1
        degree[balance] -= 1
    starts = [node for node, extra in degree.items() if extra == 1]
    if len(starts) > 1 or any(abs(extra) > 1 for extra in degree.values()):
        return None
    if not starts:  # what is held at the end is what was held at first: begin with the row printed first
        starts = [(steps[0].balance or ZERO) - (steps[0].change or ZERO)]
    path: list[int] = []
    stack: list[tuple[Decimal, int | None]] = [(starts[0], None)]
    while stack:
        node, came_by = stack[-1]
        if leaving[node]:
            n = leaving[node].pop()
            stack.append((steps[n].balance or ZERO, n))
        else:
            stack.pop()
            if came_by is not None:
                path.append(came_by)
    return tuple(reversed(path)) if len(path) == len(steps) else None
