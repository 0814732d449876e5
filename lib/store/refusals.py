"""Files that could not be read, kept with their reasons until they are read or dismissed: nothing is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select

from lib.store import Store
from lib.store.schema import refusals


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


def refused(store: Store, most: int) -> tuple[int, list[Refusal]]:
    """How many files could not be read, and the latest of them."""
    query = select(refusals).order_by(refusals.c.id.desc()).limit(most)
    with store.connect() as connection:
        found = [Refusal(row.name, row.reason, row.refused_at) for row in connection.execute(query)]
        if len(found) < most:
            return len(found), found
        return connection.execute(select(func.count()).select_from(refusals)).scalar_one(), found


def dismiss(store: Store) -> None:
    """Forget them all."""
    with store.begin() as connection:
        connection.execute(delete(refusals))
