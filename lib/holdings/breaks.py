"""Breaks: amounts between or within reports that no transaction explains, and what candidate causes look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lib.filings.record import Filing
from lib.holdings.positions import Amendment, Ledger, Movement, Position, Report
from lib.holdings.splits import Split

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
