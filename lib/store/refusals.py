"""Files that could not be read, kept with their reasons until they are read or dismissed: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, select

from lib.store import Store
from lib.store.schema import refusals

NAMES_AT_ONCE: Final = 500
"""Names in one statement; a server takes only so many."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file's name as it may be shown, the sentence that says why it was not read, and when (UTC)."""

    name: str
    reason: str
    at: datetime


def refuse(store: Store, name: str, reason: str) -> None:
    """Keep why a file was not read, in place of what was said of this name before."""
    values = {"name": name, "reason": reason, "refused_at": datetime.now(UTC).replace(tzinfo=None)}
    with store.begin() as connection:
        connection.execute(delete(refusals).where(refusals.c.name == name))
        connection.execute(insert(refusals).values(values))


def settle(store: Store, name: str) -> None:
    """A file of this name was read after all."""
    with store.connect() as connection:
        if connection.execute(select(refusals.c.id).where(refusals.c.name == name)).first() is None:
            return
    with store.begin() as connection:
        connection.execute(delete(refusals).where(refusals.c.name == name))


def refused(store: Store, most: int, but: Collection[str] = ()) -> tuple[int, list[Refusal]]:
    """How many files could not be read, and the latest of them; without those of the names ``but``."""
    query = select(refusals).order_by(refusals.c.id.desc())
    with store.connect() as connection:
        if but:
            others = [row for row in connection.execute(query) if row.name not in but]
            return len(others), [_refusal(row) for row in others[:most]]
        found = [_refusal(row) for row in connection.execute(query.limit(most))]
        if len(found) < most:
            return len(found), found
        return connection.execute(select(func.count()).select_from(refusals)).scalar_one(), found


def dismiss(store: Store, names: Collection[str] | None = None) -> None:
    """Forget those of these names, or all."""
    with store.begin() as connection:
        if names is None:
            connection.execute(delete(refusals))
        listed = list(names or ())
        for start in range(0, len(listed), NAMES_AT_ONCE):
            some = listed[start : start + NAMES_AT_ONCE]
            connection.execute(delete(refusals).where(refusals.c.name.in_(some)))


def _refusal(row: Row[Any]) -> Refusal:
    return Refusal(row.name, row.reason, row.refused_at)
