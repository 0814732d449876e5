"""What a person decided about who and what is the same: an append-only log, each decision with its undoing.

A decision names printed titles, natures or owners of one issuer and says that they are one, or that each is a
thing of its own. It is kept beside the filings and not in them, so that reading them again keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select, update

from lib.store import Store
from lib.store.schema import decisions

Kind = Literal["same", "apart"]
What = Literal["owner", "security", "nature"]


@dataclass(frozen=True, slots=True)
class Decision:
    """That printed names of an issuer are one (``same``) or each its own (``apart``).

    ``issuer`` is the issuer's key in the ledger at the time; ``made`` is in UTC.
    """

    id: int
    made: datetime
    kind: Kind
    what: What
    names: tuple[str, ...]
    issuer: str


def decide(store: Store, kind: Kind, what: What, names: Iterable[str], issuer: str) -> int:
    """Add a decision to the log; its id."""
    values = {"made_at": _now(), "kind": kind, "what": what, "names": sorted(set(names)), "issuer": issuer}
    with store.begin() as connection:
        key = connection.execute(decisions.insert().values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def undo(store: Store, decision_id: int) -> None:
    """Take a decision back; the log keeps it with the time."""
    chosen = decisions.c.id == decision_id, decisions.c.undone_at.is_(None)
    with store.begin() as connection:
        connection.execute(update(decisions).where(*chosen).values(undone_at=_now()))


def decided(store: Store, issuer_keys: Iterable[str]) -> list[Decision]:
    """The decisions that stand for an issuer that has, or once had, these keys, the first made first."""
    query = select(decisions).where(
        decisions.c.undone_at.is_(None), decisions.c.issuer.in_(list(issuer_keys))
    )
    with store.connect() as connection:
        return [
            Decision(row.id, row.made_at, row.kind, row.what, tuple(row.names), row.issuer)
            for row in connection.execute(query.order_by(decisions.c.id))
        ]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
