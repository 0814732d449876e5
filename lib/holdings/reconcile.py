"""Opening ± transactions = closing, from report to report: every break with its amount and what may explain it.

A cause is a candidate, never a finding of fact: each is a sentence that a person can check, with the filing,
row, ratio or position it rests on, and they are ranked by how exactly they fit the amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from lib.filings.record import Filing
from lib.holdings.breaks import Break, Cause, CauseKind, Known, breaks_of
from lib.holdings.causes import causes_of
from lib.holdings.positions import Book, Ledger, Movement, Position, Report
from lib.holdings.splits import proposed_splits, stated_splits

__all__ = ["Break", "Cause", "CauseKind", "reconcile"]


def reconcile(book: Book, filings: Iterable[tuple[int, Filing]] = ()) -> list[Break]:
    """Every break of the book with its causes, the best first; the largest break first.

    ``filings`` are those of the book: without them, footnotes and readers' findings cannot be looked at.
    """
    found = [one for ledger in book.ledgers for one in breaks_of(ledger)]
    known = _known(book, dict(filings), found)
    explained = [replace(one, causes=tuple(causes_of(one, known))) for one in found]
    return sorted(
        explained, key=lambda one: (-abs(one.amount), one.position.issuer, one.position.owner, one.until)
    )


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
