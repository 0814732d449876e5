"""What a library lists of a filing, and a filing ready to be stored: made in the child that reads it.

A bulk reading passes records on as text, so that no process decodes them again on their way to the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lib.filings.corrections import CORRECTED
from lib.filings.json import to_stored_json
from lib.filings.record import Container, Filing


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
        "row_count": len(filing.non_derivative) + len(filing.derivative),
        "finding_count": sum(finding.rule != CORRECTED for finding in filing.findings),
    }


def as_line(filing: Filing) -> dict[str, Any]:
    """The filing as plain JSON that ``listed`` takes back."""
    columns = columns_of(filing)
    period = columns["period"]
    return {
        "columns": columns | {"period": period.isoformat() if period else None},
        "record": json.dumps(to_stored_json(filing), ensure_ascii=False, separators=(",", ":")),
        "container": filing.container,
    }


def listed(line: Mapping[str, Any]) -> Listed:
    """The filing that ``as_line`` wrote."""
    period = line["columns"]["period"]
    columns = line["columns"] | {"period": date.fromisoformat(period) if period else None}
    return Listed(columns, line["record"], line["container"])
