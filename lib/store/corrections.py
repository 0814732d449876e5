"""The log of corrections in the store: lines are added, never changed or removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select

from lib.filings.corrections import Correction
from lib.store.schema import corrections


def add_lines(connection: Connection, filing_id: int, lines: Iterable[Correction]) -> None:
    """Write lines at the end of a filing's log; the store numbers them."""
    for line in lines:
        values = {name: getattr(line, name) for name in _FIELDS}
        connection.execute(insert(corrections).values(filing_id=filing_id, **values))


def logs_of(connection: Connection, ids: Iterable[int]) -> dict[int, list[Correction]]:
    """The logs of the filings that have one, in the order they were written."""
    query = select(corrections).where(corrections.c.filing_id.in_(list(ids))).order_by(corrections.c.number)
    logs: dict[int, list[Correction]] = {}
    for row in connection.execute(query).mappings():
        values: dict[str, Any] = {name: row[name] for name in _FIELDS}
        logs.setdefault(row["filing_id"], []).append(Correction(number=row["number"], **values))
    return logs


_FIELDS = ("action", "where", "rule", "was", "value", "undoes", "by", "reason", "at")
