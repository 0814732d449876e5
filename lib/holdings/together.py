"""What filings say together, as pages need it: the book, its breaks with their causes, and candidate splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from lib.filings.record import Filing
from lib.holdings.identity import NOTHING_BY_HAND, ByHand
from lib.holdings.ledger import Book, Ledger, Position, Report, build_book
from lib.holdings.reconcile import Break, reconcile
from lib.holdings.splits import Split, adjusted, proposed_splits, stated_splits

SAME_SPLIT: Final = timedelta(days=400)
"""Filings repeat a split's footnote for about a year; the same ratio within it is one split."""


@dataclass(frozen=True, slots=True)
class Together:
    """The book, every break, and the splits that a person may reckon with."""

    book: Book
    breaks: tuple[Break, ...] = ()
    splits: tuple[Split, ...] = ()
    by_report: Mapping[tuple[Position, int, date], Break] = field(default_factory=dict)

    def top_cause(self, position: Position, report: Report) -> str:
        """What most likely explains the break before or within a report; empty where there is nothing to say."""
        found = self.by_report.get((position, report.filing_id, report.date))
        return found.causes[0].sentence if found and found.causes else ""


def together(
    filings: Sequence[tuple[int, Filing]], splits: Sequence[Split] = (), by_hand: ByHand = NOTHING_BY_HAND
) -> Together:
    """What the filings, given with their ids, say together, reckoning with these splits and decisions."""
    book = build_book(filings, by_hand=by_hand, splits=splits)
    breaks = tuple(reconcile(book, filings))
    positions = [one.position for one in book.ledgers]
    return Together(
        book,
        breaks,
        candidate_splits(stated_splits(filings, positions), proposed_splits(book)),
        {(one.position, one.report.filing_id, one.report.date): one for one in reversed(breaks)},
    )


def candidate_splits(stated: Sequence[Split], proposed: Sequence[Split]) -> tuple[Split, ...]:
    """Each split once, in order of days: what a footnote says stands above what a ratio proposes."""
    found: list[Split] = []
    for one in (*sorted(stated, key=lambda split: split.day), *proposed):
        first = (one.since or one.day) - SAME_SPLIT
        if not any(
            was.issuer == one.issuer and was.ratio == one.ratio and first <= was.day <= one.day + SAME_SPLIT
            for was in found
        ):
            found.append(one)
    return tuple(sorted(found, key=lambda split: (split.issuer, split.day, split.ratio)))


def drawn(ledgers: Sequence[Ledger]) -> list[Ledger]:
    """The ledgers that the holdings page draws: those that count shares and have a report."""
    return [one for one in ledgers if one.reports and one.position.unit == "shares"]


def in_latest_shares(ledgers: Sequence[Ledger], splits: Sequence[Split]) -> list[Ledger]:
    """The ledgers with counts before each split multiplied and prices divided."""
    return [adjusted(one, splits) for one in ledgers]
