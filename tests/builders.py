"""Records built by hand: common stock of MKS, direct unless told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lib.filings.record import Filing, Issuer, Owner, Row


def holding(following: int | str | None, **fields: Any) -> Row:
    """A holding row of common stock, direct unless told."""
    values = {"security_title": "Common", "direct_or_indirect": "D"} | fields
    return Row("holding", shares_owned_following=_decimal(following), **values)


def transaction(
    day: str, code: str, side: str, shares: int | str, following: int | str | None, **fields: Any
) -> Row:
    """A transaction row of common stock, direct unless told, at 10.00 a share."""
    values: dict[str, Any] = {
        "security_title": "Common",
        "direct_or_indirect": "D",
        "transaction_price_per_share": Decimal("10.00"),
    }
    return Row(
        "transaction",
        transaction_date=date.fromisoformat(day),
        transaction_code=code,
        acquired_disposed_code=side,
        transaction_shares=_decimal(shares),
        shares_owned_following=_decimal(following),
        **values | fields,
    )


def filing(period: str, *rows: Row, owner: str = "BERTUCCI JOHN R", **fields: Any) -> Filing:
    """A Form 4 on MKS with these rows in Table I."""
    values: dict[str, Any] = {
        "container": "xml",
        "document_type": "4",
        "issuer": Issuer(name="MKS INSTRUMENTS INC", symbol="MKSI"),
        "reporting_owners": (Owner(name=owner, is_director=True),),
    }
    return Filing(period_of_report=date.fromisoformat(period), non_derivative=tuple(rows), **values | fields)


def bertucci() -> list[Filing]:
    """What the two Bertucci filings of 2003 and 2007 report."""
    spouse = {"direct_or_indirect": "I", "nature_of_ownership": "By Spouse"}
    trust = {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"}
    return [
        filing(
            "2003-11-24",
            transaction("2003-11-24", "S", "D", 8000, 5103173),
            transaction("2003-11-24", "S", "D", 8000, 5273927, **spouse),
            holding(372180, **trust),
        ),
        filing(
            "2007-11-08",
            transaction("2007-11-08", "S", "D", 1700, 2284880),
            holding(2445661, **spouse),
        ),
    ]


def _decimal(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
