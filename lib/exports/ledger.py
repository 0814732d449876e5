"""The ledger and its breaks as rows for spreadsheets and tables: exact numbers, a row a report, a movement, a cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lib.exports.csv import CellValue
from lib.holdings.ledger import Ledger, Movement, Position, Report
from lib.holdings.positions import ZERO
from lib.holdings.reconcile import Break

LEDGER_HEADER: Final = (
    "issuer",
    "owner",
    "security",
    "ownership",
    "date",
    "form",
    "codes",
    "opening",
    "change",
    "closing",
    "unexplained",
    "unexplained_within",
    "filing",
    "most_likely",
)

ROWS_HEADER: Final = (
    *LEDGER_HEADER[:4],
    "date",
    "code",
    "change",
    "price",
    "lowest price",
    "highest price",
    "value at transaction",
    "held after",
    "held after as printed",
    "unexplained",
    "filing",
    "row",
)

BREAKS_HEADER: Final = (
    "issuer",
    "owner",
    "security",
    "ownership",
    "held",
    "amount",
    "unit",
    "after",
    "by",
    "filing",
    "row",
    "cause",
    "cause weight",
    "cause filing",
    "explanation",
)

Cause = Callable[[Position, Report], str]
"""What most likely explains a report's unexplained amount; empty where there is none."""


def report_rows(ledgers: Sequence[Ledger], cause: Cause) -> Iterator[tuple[CellValue, ...]]:
    """A row for each report of each position, with the columns of ``LEDGER_HEADER``."""
    for one in ledgers:
        for report in one.reports:
            yield _report_row(one, report, cause)


def movement_rows(ledgers: Sequence[Ledger]) -> Iterator[tuple[CellValue, ...]]:
    """A row for each transaction and holding, with the columns of ``ROWS_HEADER``."""
    for one in ledgers:
        for report in one.reports:
            for movement in report.movements:
                yield _movement_row(one, report, movement)


def break_rows(breaks: Sequence[Break]) -> Iterator[tuple[CellValue, ...]]:
    """With the columns of ``BREAKS_HEADER``: a row for each candidate cause of each break; one without causes has a row too."""
    for one in breaks:
        at = one.position
        said = (
            at.issuer,
            at.owner,
            at.security,
            at.line,
            one.held,
            one.amount,
            unit_of_break(one),
            one.since,
            one.until,
        )
        place = (movement_at(one.report, one.path).filing_id, one.path)
        for cause in one.causes or (None,):
            if cause is None:
                yield (*said, *place, None, None, None, None)
            else:
                yield (*said, *place, cause.kind, cause.weight, cause.filing_id, cause.sentence)


def unit_of_break(one: Break) -> str:
    """Whether the amount is in shares or dollars."""
    return "dollars" if one.position.unit == "dollars" else "shares"


def movement_at(report: Report, path: str) -> Movement:
    """The report's movement at a path of the record, else its first."""
    return next((one for one in report.movements if one.path == path), report.movements[0])


def codes_of(report: Report) -> str:
    """The transaction codes of a report, each once."""
    return " ".join(dict.fromkeys(m.code for m in report.movements if m.code))


def _report_row(one: Ledger, report: Report, cause: Cause) -> tuple[CellValue, ...]:
    return (
        *_of(one),
        report.date,
        report.form,
        codes_of(report),
        report.opening,
        report.change,
        report.closing,
        report.unexplained,
        report.inside,
        report.filing_id,
        cause(one.position, report),
    )


def _movement_row(one: Ledger, report: Report, movement: Movement) -> tuple[CellValue, ...]:
    span, priced = movement.price_range, movement.price is not None and movement.change is not None
    return (
        *_of(one),
        movement.date or report.date,
        movement.code,
        movement.change,
        movement.price,
        span.low if span else None,
        span.high if span else None,
        abs(movement.change or ZERO) * (movement.price or ZERO) if priced else None,
        movement.balance,
        movement.stated,
        movement.unexplained,
        movement.filing_id,
        movement.path,
    )


def _of(one: Ledger) -> tuple[CellValue, ...]:
    at = one.position
    return at.issuer, at.owner, at.security, at.line
