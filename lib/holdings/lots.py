"""Holdings of the same words: two trusts that are both “By trust”, several grants of one title.

One filing may list them side by side, told apart only by a footnote, an exercise date or their balances. They
are then lots of one position, each with its own arithmetic, and met again in other filings by the same
footnote or by the balance they were left at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from lib.filings.record import Filing
from lib.holdings.identity import ByHand
from lib.holdings.naming import folded
from lib.holdings.positions import FiledRow, Unit
from lib.holdings.rows import balance, change, unit_of
from lib.holdings.stepping import Settled, Step, settle

_MARKED: Final = ("nature_of_ownership", "direct_or_indirect", "security_title")
_MARKED_TERMS: Final = ("exercise_date", "conversion_or_exercise_price", "expiration_date")
"""Where filers hang the footnote that tells holdings, or grants, of the same words apart."""


class Chain(NamedTuple):
    """Rows of one filing that belong together, settled, with the footnotes that tell them from others.

    ``steps`` are the rows as arithmetic sees them, one a row.
    """

    label: str
    rows: tuple[FiledRow, ...]
    steps: tuple[Step, ...]
    settled: Settled


@dataclass(slots=True)
class _Lot:
    """A lot as far as it is known: its footnotes and what it was left at."""

    label: str
    held: Decimal | None


def chains(rows: Sequence[FiledRow]) -> list[Chain]:
    """The rows of one position in one filing as one chain, or as several where one cannot hold them.

    Several need a reason: different footnote marks on what is held, holdings listed side by side, or grants
    of one title. Rows of one and the same holding that contradict each other stay one broken chain.
    """
    whole = _chain(rows)
    if len(rows) == 1:
        return [whole]
    by_marks: dict[object, list[FiledRow]] = defaultdict(list)
    for one in rows:
        by_marks[_marks(one)].append(one)
    holdings = sum(1 for one in rows if one.row.row_type == "holding")
    alike = len(by_marks) == 1 or whole.settled.shape != "final on every row"
    if whole.settled.closes and holdings < 2 and alike:
        return [whole]
    found = [chain for group in by_marks.values() for chain in _apart(group)]
    if len(by_marks) > 1 and not all(chain.settled.closes for chain in found):
        found = _apart(rows)
    return _told_apart(found)


def _apart(rows: Sequence[FiledRow]) -> list[Chain]:
    """Rows whose marks do not tell them apart: the transactions, and each holding that does not end them."""
    moving = [one for one in rows if one.row.row_type == "transaction"]
    found = [_chain(moving)] if moving else []
    if moving and moving[0].derivative and not found[0].settled.closes:
        found = _grants(moving)
    for one in (one for one in rows if one.row.row_type == "holding"):
        held = balance(one.row, unit_of(one.row))
        ends = [n for n, chain in enumerate(found) if chain.rows[-1].row.row_type != "holding"]
        fits = [n for n in ends if held is not None and found[n].settled.closing == held]
        if fits:
            found[fits[0]] = _chain([*found[fits[0]].rows, one])
        else:
            found.append(_chain([one]))
    return found


def _told_apart(found: list[Chain]) -> list[Chain]:
    """The chains without footnotes that several of them share: “See Exhibit 99.1” tells none from another."""
    labels = [chain.label for chain in found]
    return [chain if labels.count(chain.label) == 1 else chain._replace(label="") for chain in found]


def assign(reports: Sequence[Sequence[Chain]]) -> list[list[int]]:
    """A lot's number, from 1, for every chain of every report, given in order of time; 0 where none are apart.

    A chain goes on with the lot that was left at its opening, else with the one of the same footnotes, else
    with the only one left; what meets no lot begins a new one.
    """
    if all(len(found) <= 1 for found in reports):
        return [[0] * len(found) for found in reports]
    lots: list[_Lot] = []
    numbers: list[list[int]] = []
    for found in reports:
        given: dict[int, int] = {}
        for meets in (_meets_both, _meets_balance, _meets_label):
            for n, chain in enumerate(found):
                fits = [k for k, lot in enumerate(lots) if k not in given.values() and meets(lot, chain)]
                if n not in given and fits:
                    given[n] = fits[0]
        rest = [n for n in range(len(found)) if n not in given]
        free = [k for k in range(len(lots)) if k not in given.values()]
        if len(rest) == 1 and len(free) == 1 and _may_follow(lots[free[0]], found[rest[0]]):
            given[rest.pop()] = free[0]
        for n in rest:
            given[n] = len(lots)
            lots.append(_Lot("", None))
        for n, chain in enumerate(found):
            lots[given[n]] = _Lot(chain.label or lots[given[n]].label, chain.settled.closing)
        numbers.append([given[n] + 1 for n in range(len(found))])
    return numbers


def by_hand_placed(found: Sequence[Chain], lots: Sequence[int], by_hand: ByHand) -> list[tuple[Chain, int]]:
    """The chains of one filing with their lots, after the rows that the analyst puts elsewhere are moved."""
    if not by_hand.rows:
        return list(zip(found, lots, strict=True))
    placed = {(one.filing_id, one.path): one.lot for one in by_hand.rows}
    by_lot: dict[int, list[FiledRow]] = defaultdict(list)
    for chain, lot in zip(found, lots, strict=True):
        for one in chain.rows:
            by_lot[placed.get((one.filing_id, one.path), lot)].append(one)
    return [(_chain(rows), lot) for lot, rows in by_lot.items()]


def _meets_both(lot: _Lot, chain: Chain) -> bool:
    return _meets_balance(lot, chain) and _meets_label(lot, chain)


def _meets_balance(lot: _Lot, chain: Chain) -> bool:
    return lot.held is not None and lot.held == chain.settled.opening


def _meets_label(lot: _Lot, chain: Chain) -> bool:
    return bool(lot.label) and lot.label == chain.label


def _may_follow(lot: _Lot, chain: Chain) -> bool:
    """Whether nothing speaks against it: different footnotes, or a grant that starts from nothing."""
    return not (lot.label and chain.label and lot.label != chain.label) and chain.settled.opening != 0


def _chain(rows: Sequence[FiledRow]) -> Chain:
    unit = unit_of(rows[0].row)
    steps = tuple([step(one, unit) for one in rows])
    return Chain(_label(rows[0]), tuple(rows), steps, settle(steps))


def step(one: FiledRow, unit: Unit) -> Step:
    """A filed row as arithmetic sees it."""
    row = one.row
    day = one.day if row.row_type == "transaction" else None
    return Step(day, change(row, unit), balance(row, unit))


def _marks(one: FiledRow) -> object:
    """What tells the row from others of the same words within its filing: marks, and an exercise date."""
    derivative = one.derivative
    names = _MARKED + _MARKED_TERMS if derivative else _MARKED
    return tuple(one.row.footnotes.get(name, ()) for name in names), one.row.exercise_date


def _label(one: FiledRow) -> str:
    """What tells the row from others of the same words across filings: the footnotes' texts, the exercise date."""
    derivative, marks = one.derivative, one.row.footnotes
    if not marks and not derivative:
        return ""
    names = _MARKED + _MARKED_TERMS if derivative else _MARKED
    texts = [_footnotes(one.filing, marks[name]) for name in names if name in marks]
    if derivative and one.row.exercise_date:
        texts.append(one.row.exercise_date.isoformat())
    return " / ".join(text for text in texts if text)


def _footnotes(filing: Filing, marks: Sequence[str]) -> str:
    return " ".join(folded(filing.footnotes.get(mark, "")) for mark in marks)


def _grants(rows: Sequence[FiledRow]) -> list[Chain]:
    """Grants of one title: a row goes on with the chain that was left at its opening, else begins another."""
    groups: list[list[FiledRow]] = []
    left: list[Decimal | None] = []
    for one in sorted(
        rows, key=lambda one: (one.row.transaction_date is None, one.row.transaction_date or 0)
    ):
        unit = unit_of(one.row)
        held, moved = balance(one.row, unit), change(one.row, unit)
        opening = None if held is None or moved is None else held - moved
        fits = [n for n, was in enumerate(left) if was is not None and was == opening]
        if fits:
            groups[fits[0]].append(one)
            left[fits[0]] = held
        else:
            groups.append([one])
            left.append(held)
    return [_chain(group) for group in groups]
