"""Several positions of one security as one: what was held in all lines together, step by step.

A line that a filing first mentions joins the total with what it opened with; that is no change, and what it
was before is not known, so the step is neither explained nor an unexplained amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lib.holdings.positions import ZERO, Ledger, Movement, Position, Report

ALL_LINES: Final = "all lines together"


def total_of(ledgers: Sequence[Ledger]) -> Ledger:
    """One ledger of all the lines; its reports are theirs, with what all lines hold in place of the one's.

    Raises ``ValueError`` where there are no ledgers.
    """
    if not ledgers:
        raise ValueError("A total needs a ledger.")
    if len(ledgers) == 1:
        return ledgers[0]
    held: dict[Position, Decimal] = {}
    reports: list[Report] = []
    for position, report in _in_order(ledgers):
        before = sum(held.values(), ZERO)
        mine, known = held.get(position), position in held
        others = before - (mine or ZERO)
        level = _level(report, mine)
        if level is None:
            continue
        held[position] = level
        opening = None if report.opening is None else others + report.opening
        missing = report.unexplained if known else ZERO if report.opening == 0 and reports else None
        reports.append(
            report._replace(
                opening=opening,
                closing=others + level,
                unexplained=missing,
                movements=tuple(_beside(one, others) for one in report.movements),
            )
        )
    return Ledger(_together([one.position for one in ledgers]), tuple(reports))


def _in_order(ledgers: Iterable[Ledger]) -> list[tuple[Position, Report]]:
    found = [(one.position, report) for one in ledgers for report in one.reports]
    return sorted(found, key=lambda pair: pair[1].date)


def _level(report: Report, held: Decimal | None) -> Decimal | None:
    if report.closing is not None:
        return report.closing
    return None if held is None or report.change is None else held + report.change


def _beside(one: Movement, others: Decimal) -> Movement:
    return one._replace(balance=None if one.balance is None else others + one.balance)


def _together(positions: Sequence[Position]) -> Position:
    """What the lines have in common; several owners are named one after another."""
    owners = list(dict.fromkeys(one.owner for one in positions))
    return replace(
        positions[0],
        owner="; ".join(owners),
        owner_key=" + ".join(dict.fromkeys(one.owner_key for one in positions)),
        direct=False,
        nature=ALL_LINES,
        lot=0,
    )
