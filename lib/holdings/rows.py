"""Rows compared cell by cell, and facts of a row or filing that several parts of the ledger need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from lib.filings.record import ROW_FIELDS, CellValue, Filing, Row
from lib.filings.values import EXCHANGE_ACT, LAST_DAY
from lib.holdings.naming import folded
from lib.holdings.positions import CellChange, FiledRow, Unit

LATEST_AFTER_SIGNATURE: Final = timedelta(days=31)
"""A transaction cannot follow its report; a month allows for a signature that is itself misdated."""


def change(row: Row, unit: Unit) -> Decimal | None:
    """The signed change that a row reports: zero for a holding, ``None`` without an amount or direction."""
    if row.row_type == "holding":
        return Decimal(0)
    amount = row.transaction_shares if unit == "shares" else row.transaction_total_value
    if amount is None or row.acquired_disposed_code not in {"A", "D"}:
        return None
    return amount if row.acquired_disposed_code == "A" else -amount


def unit_of(row: Row) -> Unit:
    """Dollars where the row states values and no shares (Table II, columns 5 and 9 allow either)."""
    in_shares = row.shares_owned_following is not None or (
        row.value_owned_following is None
        and (row.transaction_shares is not None or row.transaction_total_value is None)
    )
    return "shares" if in_shares else "dollars"


def balance(row: Row, unit: Unit) -> Decimal | None:
    """What the row says is owned following the transactions, in the unit.

    Form 3 has no such column for derivatives; its “amount of securities underlying” (Table II, column 3)
    stands for it, for a unit or option nearly always brings one share.
    """
    if unit == "dollars":
        return row.value_owned_following
    if row.shares_owned_following is None and row.row_type == "holding":
        return row.underlying_security_shares
    return row.shares_owned_following


def signed(filing: Filing) -> date | None:
    """The last signature's day: the filing is not older, as far as the signature is dated right."""
    return max((one.date for one in filing.signatures if one.date), default=None)


def filed_or_signed(filing: Filing) -> date | None:
    """The filing date where it is known, else the last signature's day."""
    return filing.submission.filed_as_of_date or signed(filing)


def possible_day(filing: Filing, day: date | None) -> date | None:
    """A transaction's day, or ``None`` where it cannot be true: before 1934, or well after the filing.

    A day after the period is no fault in itself; what bounds it is the latest of filing, signature, period.
    """
    return day if day is not None and EXCHANGE_ACT <= day <= latest_day(filing) else None


def latest_day(filing: Filing) -> date:
    """The last day that a transaction in the filing can have."""
    known = [d for d in (filed_or_signed(filing), filing.period_of_report) if d and d >= EXCHANGE_ACT]
    return min(max(known), LAST_DAY - LATEST_AFTER_SIGNATURE) + LATEST_AFTER_SIGNATURE if known else LAST_DAY


def filed_rows(filing_id: int, filing: Filing, issuer: str, owner: str) -> list[FiledRow]:
    """A filing's rows in printed order, with the keys of its issuer and owners."""
    last = latest_day(filing)
    found = []
    for path, row in filing.rows():
        day = row.transaction_date
        possible = day if day is not None and EXCHANGE_ACT <= day <= last else None
        found.append(FiledRow(filing_id, filing, path, row, possible, issuer, owner))
    return found


def differences(a: Row, b: Row) -> Iterator[CellChange]:
    """Every cell in which two rows differ; letters' case and punctuation of words do not count."""
    for name in ROW_FIELDS:
        before, after = getattr(a, name), getattr(b, name)
        if before != after and not (
            _is_words(before) and _is_words(after) and folded(before) == folded(after)
        ):
            yield CellChange(name, before, after)


def printed_changes(a: Row, b: Row) -> tuple[CellChange, ...]:
    """Every cell in which two rows differ as printed, a full stop included."""
    return tuple(
        CellChange(name, getattr(a, name), getattr(b, name))
        for name in ROW_FIELDS
        if getattr(a, name) != getattr(b, name)
    )


def filled(row: Row) -> int:
    """How many cells of the row say something."""
    return sum(1 for name in ROW_FIELDS if getattr(row, name) is not None)


def _is_words(value: CellValue) -> bool:
    return value is None or isinstance(value, str)
