"""Opening ± transactions = closing, from report to report: every break with its amount and what may explain it.

A cause is a candidate, never a finding of fact: each is a sentence that a person can check, with the filing,
row, ratio or position it rests on, and they are ranked by how exactly they fit the amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lib.filings.record import Filing
from lib.holdings.positions import Amendment, Book, Ledger, Movement, Position, Report
from lib.holdings.splits import Split, proposed_splits, stated_splits

CauseKind = Literal[
    "missing filing", "split", "move", "amendment", "plan purchase", "misread cell", "footnote"
]


@dataclass(frozen=True, slots=True)
class Cause:
    """A candidate explanation. ``weight`` orders candidates, from 0 to 100; what it rests on is set.

    ``sentence`` says all of it in words; ``filing_id`` and ``path`` lead to the row or cell.
    """

    kind: CauseKind
    weight: int
    sentence: str
    filing_id: int | None = None
    path: str | None = None
    ratio: Fraction | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """An amount that no transaction explains, in the position's unit.

    Between two reports, ``before`` is the earlier one and the change happened after ``since`` and not after
    ``until``. Within one filing ``before`` is ``None`` and ``path`` the row whose balance does not follow.
    ``held`` is what should have been held, to which ``amount`` leads to what the filing says.
    """

    position: Position
    before: Report | None
    report: Report
    amount: Decimal
    held: Decimal
    since: date
    until: date
    path: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What causes are looked up in: the filings, all breaks and movements of an owner, splits, amendments."""

    filings: Mapping[int, Filing]
    ledgers: Mapping[Position, Ledger]
    of_owner: Mapping[tuple[str, str], Sequence[Ledger]]
    breaks: Mapping[tuple[str, str], Sequence[Break]]
    movements: Mapping[tuple[str, str, Decimal], Sequence[tuple[Position, Movement, Report]]]
    splits: Sequence[Split]
    amendments: Mapping[int, Amendment] = field(default_factory=dict)


def reconcile(book: Book, filings: Iterable[tuple[int, Filing]] = ()) -> list[Break]:
    """Every break of the book with its causes, the best first; the largest break first.

    ``filings`` are those of the book: without them, footnotes and readers' findings cannot be looked at.
    """
    from lib.holdings.causes import causes_of  # they are written in terms of the breaks below

    found = [one for ledger in book.ledgers for one in breaks_of(ledger)]
    known = _known(book, dict(filings), found)
    explained = [replace(one, causes=tuple(causes_of(one, known))) for one in found]
    return sorted(
        explained, key=lambda one: (-abs(one.amount), one.position.issuer, one.position.owner, one.until)
    )


def breaks_of(ledger: Ledger) -> list[Break]:
    """The breaks of one position in order of time, without causes."""
    found: list[Break] = []
    before: Report | None = None
    for report in ledger.reports:
        start = min((one.date for one in report.movements if one.date), default=report.date)
        if report.unexplained and before is not None and report.opening is not None:
            held = report.opening - report.unexplained
            path = report.movements[0].path
            found.append(
                Break(ledger.position, before, report, report.unexplained, held, before.date, start, path)
            )
        for was, one in zip((None, *report.movements), report.movements, strict=False):
            if one.unexplained and was is not None and was.balance is not None:
                day = one.date or report.date
                found.append(
                    Break(
                        ledger.position,
                        None,
                        report,
                        one.unexplained,
                        was.balance,
                        was.date or start,
                        day,
                        one.path,
                    )
                )
        before = report
    return found


def _known(book: Book, filings: Mapping[int, Filing], breaks: Iterable[Break]) -> Known:
    by_owner: dict[tuple[str, str], list[Break]] = defaultdict(list)
    for one in breaks:
        by_owner[one.position.issuer_key, one.position.owner_key].append(one)
    of_owner: dict[tuple[str, str], list[Ledger]] = defaultdict(list)
    moved: dict[tuple[str, str, Decimal], list[tuple[Position, Movement, Report]]] = defaultdict(list)
    for ledger in book.ledgers:
        at = ledger.position
        if (at.issuer_key, at.owner_key) in by_owner:
            of_owner[at.issuer_key, at.owner_key].append(ledger)
            for report in ledger.reports:
                for movement in report.movements:
                    if movement.change:
                        moved[at.issuer_key, at.owner_key, movement.change].append((at, movement, report))
    positions = [ledger.position for ledger in book.ledgers]
    return Known(
        filings,
        {ledger.position: ledger for ledger in book.ledgers},
        of_owner,
        by_owner,
        moved,
        [*stated_splits(filings.items(), positions), *proposed_splits(book)],
        {one.filing_id: one for one in book.amendments},
    )
