"""What a library lists of a filing, and a filing ready to be stored: made in the child that reads it.

A bulk reading passes records on as text, so that no process decodes them again on their way to the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from lib.filings.corrections import CORRECTED
from lib.filings.json import plain, to_stored_json
from lib.filings.record import Container, Filing

MOST: Final = Decimal(10) ** 11
"""Shares or dollars of a trade that a market's sums take in; no company has as many, and more would overflow."""
_DAYS: Final = ("period", "filed")


@dataclass(frozen=True, slots=True)
class Listed:
    """A filing's columns in the library's list, its record as JSON text, and its container."""

    columns: Mapping[str, Any]
    record: str
    container: Container


def columns_of(filing: Filing) -> dict[str, Any]:
    """The values that the library's list shows and searches, by their columns' names."""
    return {
        "form": filing.document_type,
        "issuer": filing.issuer.name,
        "symbol": filing.issuer.symbol,
        "issuer_cik": filing.issuer.cik,
        "owners": [owner.name for owner in filing.reporting_owners if owner.name],
        "period": filing.period_of_report,
        "filed": filing.submission.filed_as_of_date,
        "plan": filing.aff10b5_one,
        "trades": trades_of(filing),
        "row_count": len(filing.non_derivative) + len(filing.derivative),
        "finding_count": sum(finding.rule != CORRECTED for finding in filing.findings),
    }


def trades_of(filing: Filing) -> list[dict[str, Any]]:
    """The transactions of Table I that have a day and a code, as plain JSON.

    Shares are counted in ten-thousandths, as fine as EDGAR takes them, and values in cents, so that sums over
    a market are exact; what is finer is rounded to the even one.
    """
    found: list[dict[str, Any]] = []
    for n, row in enumerate(filing.non_derivative):
        if row.row_type != "transaction" or not row.transaction_date or not row.transaction_code:
            continue
        shares, price = row.transaction_shares, row.transaction_price_per_share
        found.append(
            {
                "place": f"non_derivative[{n}]",
                "day": row.transaction_date.isoformat(),
                "code": row.transaction_code[:1],
                "side": row.acquired_disposed_code,
                "shares_e4": _scaled(shares, 4),
                "cents": None if shares is None or price is None else _scaled(shares * price, 2),
            }
        )
    return found


def _scaled(value: Decimal | None, places: int) -> int | None:
    """The value in units of so many decimal places; ``None`` where it is absurd."""
    if value is None:
        return None
    return int(value.scaleb(places).quantize(Decimal(1), ROUND_HALF_EVEN)) if abs(value) < MOST else None


def as_line(filing: Filing) -> dict[str, Any]:
    """The filing as plain JSON that ``listed`` takes back."""
    columns = columns_of(filing)
    days = {name: plain(columns[name]) for name in _DAYS}
    return {
        "columns": columns | days,
        "record": json.dumps(to_stored_json(filing), ensure_ascii=False, separators=(",", ":")),
        "container": filing.container,
    }


def listed(line: Mapping[str, Any]) -> Listed:
    """The filing that ``as_line`` wrote."""
    columns = line["columns"]
    days = {name: date.fromisoformat(columns[name]) if columns[name] else None for name in _DAYS}
    return Listed(columns | days, line["record"], line["container"])
