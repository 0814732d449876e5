"""Numbers of a woven table set right by arithmetic: a balance that adds up, a derivative that is one for one.

Where cells stood apart from their rows, several ways of putting them back are equally near. The one whose balances
add up is taken, a number at a time, and only where it makes the form's own arithmetic come out better.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb
from typing import Final

from lib.filings.meaning import bare
from lib.filings.values import decimal

MAX_NUMBERS: Final = 90
"""A table with more numbers is left as it is; to weigh every exchange would take too long."""
_NUMBERS: Final = ("transaction_amount", "owned_following", "underlying_amount")
_POSITION: Final = ("security_title", "direct_or_indirect", "nature_of_ownership")
_TRADE: Final = (
    "transaction_date",
    "deemed_execution_date",
    "transaction_code",
    "v",
    "transaction_amount",
    "acquired_disposed_code",
    "transaction_price_per_share",
)
MAX_SHIFTS: Final = 500
_SHIFT_GAIN: Final = 2.0
_MAX_ROUNDS: Final = 12
_UNSIDED: Final = 0.5
"""A derivative's balance is weaker ground: its rows are often of different grants, and its side is lost."""
_FIRST: Final = 0.75
"""As much is owned after a trade as was acquired by it, if it is the first of its kind."""
_HOLDING_ALIKE: Final = 0.5
"""A holding's own number and that of its underlying securities are mostly one; weaker ground than a trade's."""

Place = tuple[int, int]
Row = Mapping[str, str]


def reconciled(
    texts: Sequence[str], places: Sequence[Place], columns: Sequence[str], apart: Collection[int]
) -> tuple[list[Place], set[int]]:
    """The places of cells with numbers exchanged so that the arithmetic comes out, and the cells that moved.

    ``apart`` are the cells that stood apart from their rows; others only move to make room for those.
    """
    best = list(places)
    moved: set[int] = set()
    wanted = {columns.index(name) for name in _NUMBERS if name in columns}
    numbers = [
        n for n, (_, column) in enumerate(places) if column in wanted and _number(texts[n]) is not None
    ]
    if not apart or len(numbers) > MAX_NUMBERS:
        return best, moved
    best = _shifted(texts, best, columns)
    moved |= {n for n, place in enumerate(best) if place != places[n]}
    for _ in range(_MAX_ROUNDS):
        score = consistency(texts, best, columns)
        gains: list[tuple[float, int, int, int]] = []
        for i, one in enumerate(numbers):
            for other in numbers[i + 1 :]:
                if (one in apart or other in apart) and bare(texts[one]) != bare(texts[other]):
                    gain = consistency(texts, _exchanged(best, one, other), columns) - score
                    if gain >= 1:
                        gains.append((gain, -abs(one - other), one, other))
        if not gains:
            break
        _, _, one, other = max(gains)
        best = _exchanged(best, one, other)
        moved |= {one, other}
    return best, moved


def _shifted(texts: Sequence[str], places: list[Place], columns: Sequence[str]) -> list[Place]:
    """The places with the trades, in their order, given to those rows in which most balances add up.

    A table with holdings among its trades may say the titles first, and then the trades column by column.
    """
    trade = {columns.index(name) for name in _TRADE if name in columns}
    rows = sorted({row for row, _ in places if row >= 0})
    traded = sorted({row for row, column in places if column in trade and row >= 0})
    if (
        "underlying_amount" in columns
        or len(traded) in {0, len(rows)}
        or comb(len(rows), len(traded)) > MAX_SHIFTS
    ):
        return places
    ways: list[tuple[float, bool, list[Place]]] = []
    for chosen in combinations(rows, len(traded)):
        to = dict(zip(traded, chosen, strict=True))
        way = [(to[row], column) if row >= 0 and column in trade else (row, column) for row, column in places]
        # Of equal ways the one is likelier that moves all trades alike.
        alike = len({new - old for old, new in to.items()}) == 1
        ways.append((consistency(texts, way, columns), alike, way))
    ways.sort(key=lambda way: way[:2], reverse=True)
    now = consistency(texts, places, columns)
    sure = ways[0][0] >= now + _SHIFT_GAIN and ways[1][:2] < ways[0][:2]
    return ways[0][2] if sure else places


def _exchanged(places: Sequence[Place], one: int, other: int) -> list[Place]:
    changed = list(places)
    changed[one], changed[other] = places[other], places[one]
    return changed


def _number(text: str) -> Decimal | None:
    return decimal(bare(text))


def consistency(texts: Sequence[str], places: Sequence[Place], columns: Sequence[str]) -> float:
    """How much of the arithmetic comes out in these places, and how little of it cannot be."""
    rows: dict[int, dict[str, str]] = {}
    for text, (at, column) in zip(texts, places, strict=True):
        if at >= 0:
            # Of natures such as "See footnote" only their marks say which is meant.
            kept = text if columns[column] == "nature_of_ownership" else bare(text)
            rows.setdefault(at, {}).setdefault(columns[column], kept)
    score = 0.0
    last: dict[tuple[str, ...], Decimal] = {}
    for _, row in sorted(rows.items()):
        amount, owned, underlying = (_number(row.get(name, "")) for name in _NUMBERS)
        side = row.get("acquired_disposed_code", "")
        score += _row_score(amount, owned, underlying, side)
        position = tuple(row.get(name, "") for name in _POSITION)
        before = last.get(position)
        if amount and owned is not None and before is not None:
            adds_up = (side != "D" and before + amount == owned) or (side != "A" and before - amount == owned)
            score += adds_up * (1.0 if side else _UNSIDED)
        if owned is not None:
            last[position] = owned
    return score


def _row_score(amount: Decimal | None, owned: Decimal | None, underlying: Decimal | None, side: str) -> float:
    """What one row's own numbers say: no trade of nothing, nothing acquired and not owned, one for one."""
    score = 0.0
    if side and amount is not None:
        score -= amount == 0
        score -= owned is not None and side == "A" and owned < amount
    if amount and amount == underlying:
        score += 1
    if amount and amount == owned and not side:
        score += _FIRST
    elif amount is None and underlying and underlying == owned:
        score += _HOLDING_ALIKE
    return score
