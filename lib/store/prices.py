"""The price series that a person gave for an issuer: one at a time, the file as it was dropped in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from lib.filings.names import display_name
from lib.store import Document, Store
from lib.store.schema import price_series


def keep_prices(store: Store, issuer: str, name: str, data: bytes) -> None:
    """Keep a series for the issuer with this key, in place of the one before."""
    values = {"issuer": issuer, "name": display_name(name), "data": data, "added_at": _now()}
    with store.begin() as connection:
        connection.execute(delete(price_series).where(price_series.c.issuer == issuer))
        connection.execute(insert(price_series).values(values))


def kept_prices(store: Store, issuer_keys: Iterable[str]) -> Document | None:
    """The series of an issuer that has, or once had, these keys; the last one given."""
    query = select(price_series.c.name, price_series.c.data).where(
        price_series.c.issuer.in_(list(issuer_keys))
    )
    with store.connect() as connection:
        found = connection.execute(query.order_by(price_series.c.id.desc()).limit(1)).first()
    return Document(found.name, found.data) if found else None


def drop_prices(store: Store, issuer_keys: Iterable[str]) -> None:
    """Take the issuer's series away."""
    with store.begin() as connection:
        connection.execute(delete(price_series).where(price_series.c.issuer.in_(list(issuer_keys))))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
