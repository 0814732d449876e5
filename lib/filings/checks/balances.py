"""Does what is owned after each transaction follow from the row before it?

The form asks for the holding after the reported transactions, and filers answer in three ways: a balance
that steps row by row, one final balance on every row, or the balance at the end of each day. All three are
one arithmetic: rows with the same balance form a block, and a block's balance is the last one's plus what
its rows acquire, less what they dispose of. Rows may be printed by date or in the opposite order, and for
derivatives the balance may be that of the class, of the grant, or of the row alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

from lib.filings.checks.words import figure, row_name
from lib.filings.record import Filing, Finding, Row, Severity

_CLASS: Final = ("direct_or_indirect", "nature_of_ownership", "underlying_security_title")
_TERMS: Final = ("conversion_or_exercise_price", "exercise_date", "expiration_date")
"""What tells grants of one class of derivative apart; filers report the balance of either."""


class _Step(NamedTuple):
    """A transaction row as arithmetic sees it. ``change`` is signed; both are in shares or in dollars."""

    where: str
    field: str
    change: Decimal
    balance: Decimal
    day: date
    marked: bool


def balances(filing: Filing) -> list[Finding]:
    """Within one filing, the balances of a security held in one way fit its transactions.

    Source: Form 4, Table I, columns 4 and 5 and Table II, columns 5 and 9 ("Amount of Securities
    Beneficially Owned Following Reported Transaction(s)"). A balance with a footnote gives a note only, for
    the footnote tells what else changed.
    """
    transactions = [
        (where, row, _step(where, row)) for where, row in filing.rows() if row.row_type == "transaction"
    ]
    if len(transactions) < 2:
        return []
    unfit = [steps for steps in _positions(transactions, _CLASS) if not _fits_somehow(steps)]
    if not unfit:
        return []
    unsettled = {step.where for steps in unfit for step in steps}
    found: list[Finding] = []
    for steps in _positions(transactions, _CLASS + _TERMS):
        if steps[0].where in unsettled and (steps in unfit or not _fits_somehow(steps)):
            found += _breaks(steps)
    return found


def _positions(
    transactions: Sequence[tuple[str, Row, _Step | None]], fields: Sequence[str]
) -> Iterator[list[_Step]]:
    """Those of one title alike in all ``fields`` and their marks, two or more, without a gap.

    Marks count because footnotes tell holdings of the same words apart (“By trust” of two trusts); those
    of the title do not, for they mostly tell about the transaction.
    """
    told, unmarked = attrgetter(*fields), (None,) * len(fields)
    chains: dict[tuple[Any, ...], list[list[_Step]]] = {}
    for where, row, step in transactions:
        marks = row.footnotes
        alike = (
            where.startswith("derivative"),
            row.value_owned_following is None,
            row.security_title,
            told(row),
            tuple(map(marks.get, fields)) if marks else unmarked,
        )
        chain = chains.setdefault(alike, [[]])
        if step:
            chain[-1].append(step)
        else:
            chain.append([])
    return (steps for chain in chains.values() for steps in chain if len(steps) > 1)


def _step(where: str, row: Row) -> _Step | None:
    in_shares = row.shares_owned_following is not None
    balance = row.shares_owned_following if in_shares else row.value_owned_following
    change = row.transaction_shares if in_shares else row.transaction_total_value
    side = row.acquired_disposed_code
    if balance is None or change is None or side not in ("A", "D") or row.transaction_date is None:
        return None
    field = "shares_owned_following" if in_shares else "value_owned_following"
    signed = change if side == "A" else -change
    return _Step(where, field, signed, balance, row.transaction_date, bool(row.footnotes.get(field)))


def _blocks(steps: Sequence[_Step]) -> list[list[_Step]]:
    return [list(block) for _, block in groupby(steps, key=lambda step: step.balance)]


def _fits_somehow(steps: list[_Step]) -> bool:
    """In printed order or in that of the days, forwards or backwards."""
    backwards = steps[::-1]
    if _fits(steps) or _fits(backwards):
        return True
    if all(step.day == steps[0].day for step in steps):
        return False
    return any(_fits(sorted(way, key=lambda step: step.day)) for way in (steps, backwards))


def _fits(steps: Sequence[_Step]) -> bool:
    """Written out, for a market's filings are mostly this."""
    before: Decimal | None = None
    at = 0
    while at < len(steps):
        first = steps[at]
        change, end = first.change, at + 1
        while end < len(steps) and steps[end].balance == first.balance:
            change += steps[end].change
            end += 1
        fits = before is None or before + change == first.balance
        if not fits and not _stands_alone(steps[at:end]):
            return False
        before, at = first.balance, end
    return True


def _stands_alone(block: Sequence[_Step]) -> bool:
    """A derivative that is its own position: acquired and now held in full, or wholly disposed of."""
    (step, *more) = block
    return not more and step.where.startswith("derivative") and step.balance == max(step.change, Decimal(0))


def _breaks(steps: Sequence[_Step]) -> Iterator[Finding]:
    """A finding for each block whose balance does not follow from the one before, in printed order."""
    blocks = _blocks(steps)
    for before, after in pairwise(blocks):
        change = sum((step.change for step in after), Decimal(0))
        expected, told = before[-1].balance + change, after[0].balance
        if expected == told or _stands_alone(after):
            continue
        severity: Severity = "note" if any(step.marked for step in (before[-1], *after)) else "warning"
        where = after[0].where
        yield Finding(
            severity,
            f"{where}.{after[0].field}",
            f"{figure(before[-1].balance)} after {row_name(before[-1].where)} "
            f"{'and' if change >= 0 else 'less'} {figure(abs(change))} "
            f"{'acquired' if change >= 0 else 'disposed of'} make {figure(expected)}, but {row_name(where)} "
            f"says {figure(told)}: {figure(abs(told - expected))} {'more' if told > expected else 'less'}.",
            "balance.step",
        )
