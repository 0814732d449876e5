"""Plans that analysts saved: the terms as the YAML text they are exchanged in, and nothing else.

What the text means is not the store's business; whoever saves it has read it. A plan is known by its name; saving
under a name that is there replaces its text. A deleted plan can be brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, select, update

from lib.store.dialect import insert_into
from lib.store.schema import plans


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan's name, its terms as YAML, and when it was last saved, in UTC."""

    name: str
    terms: str
    saved: datetime


class Plans:
    """The saved plans of one store. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, name: str, terms: str) -> bool:
        """Keep the terms under the name; false where they replaced others of that name."""
        values = {"terms": terms, "saved_at": datetime.now(UTC).replace(tzinfo=None), "deleted_at": None}
        with self._engine.begin() as connection:
            shown = select(plans.c.name).where(plans.c.name == name, plans.c.deleted_at.is_(None))
            known = connection.execute(shown).first() is not None
            put = insert_into(connection, plans).values(name=name, **values)
            connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=values))
        return not known

    def all(self) -> list[SavedPlan]:
        """Every saved plan that is not deleted, by name."""
        query = select(plans.c.name, plans.c.terms, plans.c.saved_at).where(plans.c.deleted_at.is_(None))
        with self._engine.connect() as connection:
            return [
                SavedPlan(row.name, row.terms, row.saved_at)
                for row in connection.execute(query.order_by(plans.c.name))
            ]

    def delete(self, name: str) -> None:
        """Hide a plan; ``restore`` undoes it."""
        self._mark(name, datetime.now(UTC).replace(tzinfo=None))

    def restore(self, name: str) -> None:
        """Show a deleted plan again."""
        self._mark(name, None)

    def _mark(self, name: str, when: datetime | None) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(plans).where(plans.c.name == name).values(deleted_at=when))
