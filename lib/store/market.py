"""What insiders of a whole market did: most bought and sold, who buys together, who is new, who files late.

Every answer comes from the table of trades. A trade that stands in several documents, such as the same filing
as PDF and XML, counts once; amendments are left out, for they restate what the originals report. Sums are exact: shares in ten-thousandths, values in cents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, Subquery, func, or_, select

from lib.filings.listing import key_of
from lib.store import Store
from lib.store.schema import deleted, documents, filing_owners, filings, shown, trades
from lib.store.sectors import of_sector

MOST: Final = 100
"""Rows of a view; further down a ranking nobody looks."""
MOST_LATE: Final = 2_000
SOON: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at, both included, and narrowings: a 10b5-1 state, words of an issuer's name, its sector."""

    first: date
    last: date
    plan: bool | None = None
    issuer: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Traded:
    """An issuer's trades of one code in a window."""

    issuer: str | None
    symbol: str | None
    owners: int
    trades: int
    shares: Decimal
    value: Decimal
    last: date


@dataclass(frozen=True, slots=True)
class Cluster:
    """Insiders of one issuer who bought within a few days of each other."""

    issuer: str | None
    symbol: str | None
    first: date
    last: date
    owners: tuple[str, ...]
    shares: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class NewInsider:
    """A Form 3: who became an insider, of what, and when."""

    filing_id: int
    owner: str
    issuer: str | None
    symbol: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Filed:
    """A trade with the day on which its filing was filed."""

    filing_id: int
    place: str
    owner: str | None
    issuer: str | None
    symbol: str | None
    code: str
    side: str | None
    plan: bool | None
    day: date
    filed: date


def span(store: Store) -> tuple[date, date, int] | None:
    """The first and the last day of a trade in the library, and how many there are; ``None`` where there is none."""
    query = select(func.min(trades.c.day), func.max(trades.c.day), func.count())
    with store.connect() as connection:
        first, last, number = connection.execute(query.where(trades.c.filing_id.not_in(_gone()))).one()
    return (first, last, number) if first else None


def codes_traded(store: Store) -> list[str]:
    """The codes of trades in the library, in order."""
    with store.connect() as connection:
        return sorted(connection.execute(select(trades.c.code).distinct()).scalars())


def most_traded(store: Store, window: Window, code: str) -> list[Traded]:
    """The issuers with the most value in trades of a code (P bought, S sold), the most first."""
    once = _once(window, code)
    value = func.coalesce(func.sum(once.c.cents), 0)
    query = (
        select(
            func.max(once.c.issuer),
            func.max(once.c.symbol),
            func.count(once.c.owner_key.distinct()),
            func.count(),
            func.coalesce(func.sum(once.c.shares_e4), 0),
            value,
            func.max(once.c.day),
        )
        .group_by(once.c.issuer_key)
        .order_by(value.desc(), once.c.issuer_key)
        .limit(MOST)
    )
    with store.connect() as connection:
        return [
            Traded(issuer, symbol, owners, number, _shares(shares), _dollars(cents), last)
            for issuer, symbol, owners, number, shares, cents, last in connection.execute(query)
        ]


def clusters(store: Store, window: Window, days: int, owners: int) -> list[Cluster]:
    """Groups of at least so many insiders, each of whom bought within so many days of another, the largest first."""
    once = _once(window, "P")
    query = select(once).order_by(once.c.issuer_key, once.c.day, once.c.owner_key)
    by_issuer: dict[str, list[Any]] = defaultdict(list)
    with store.connect() as connection:
        for row in connection.execute(query):
            by_issuer[row.issuer_key].append(row)
    found = [one for rows in by_issuer.values() for one in _clusters(rows, timedelta(days=days), owners)]
    return sorted(found, key=lambda one: (-len(one.owners), -one.value, one.issuer or ""))[:MOST]


def _clusters(rows: Sequence[Any], within: timedelta, owners: int) -> Iterator[Cluster]:
    """Runs of purchases with no longer pause than ``within``, where enough people bought."""
    run: list[Any] = []
    for row in [*rows, None]:
        if row is not None and (not run or row.day - run[-1].day <= within):
            run.append(row)
            continue
        names = tuple(sorted({one.owner_key: one.owner for one in run if one.owner}.values()))
        if len(names) >= owners:
            yield Cluster(
                run[0].issuer,
                run[0].symbol,
                run[0].day,
                run[-1].day,
                names,
                _shares(sum(one.shares_e4 or 0 for one in run)),
                _dollars(sum(one.cents or 0 for one in run)),
            )
        run = [row] if row is not None else []


def new_insiders(store: Store, window: Window) -> list[NewInsider]:
    """Who filed a Form 3 for a day in the window, the latest first."""
    query = select(filings.c.id, filing_owners.c.name, filings.c.issuer, filings.c.symbol, filings.c.period)
    query = query.join(filing_owners).where(
        shown(),
        filings.c.form == "3",
        filings.c.period.between(window.first, window.last),
        *([of_sector(window.sector)] if window.sector else []),
    )
    query = _named(query, filings.c.issuer, window).order_by(filings.c.period.desc(), filing_owners.c.name)
    once: dict[tuple[str, str, date], NewInsider] = {}
    with store.connect() as connection:
        for row in connection.execute(query.limit(2 * MOST)):
            one = NewInsider(*row)
            once.setdefault((key_of(one.owner), key_of(one.issuer or one.symbol), one.day), one)
    return list(once.values())[:MOST]


def filed_after(store: Store, window: Window) -> list[Filed]:
    """Trades that were filed more than two days later: among them are those that were late by a rule."""
    query = select(
        trades.c.filing_id,
        trades.c.place,
        trades.c.owner,
        trades.c.issuer,
        trades.c.symbol,
        trades.c.code,
        trades.c.side,
        trades.c.plan,
        trades.c.day,
        trades.c.filed,
    ).where(
        *_conditions(window), trades.c.filed.is_not(None), trades.c.filed > trades.c.day, trades.c.form == "4"
    )
    query = _named(query, trades.c.issuer, window).order_by(trades.c.day.desc(), trades.c.owner)
    found: list[Filed] = []
    with store.connect() as connection:
        for row in connection.execute(query):
            one = Filed(*row)
            if one.filed - one.day > SOON:
                found.append(one)
                if len(found) == MOST_LATE:
                    break
    return found


def _once(window: Window, code: str) -> Subquery:
    """Each trade of the window once."""
    same = ("issuer_key", "owner_key", "place", "day", "side", "shares_e4", "cents")
    prints = ("issuer", "symbol", "owner")
    query = select(
        *(trades.c[name] for name in same), *(func.max(trades.c[name]).label(name) for name in prints)
    ).where(*_conditions(window), trades.c.code == code)
    return _named(query, trades.c.issuer, window).group_by(*(trades.c[name] for name in same)).subquery()


def _conditions(window: Window) -> list[Any]:
    found: list[Any] = [
        trades.c.day.between(window.first, window.last),
        trades.c.filing_id.not_in(_gone()),
        or_(trades.c.form.is_(None), trades.c.form.not_like("%/A")),
    ]
    if window.plan is not None:
        found.append(trades.c.plan.is_(window.plan))
    if window.sector:
        found.append(trades.c.filing_id.in_(select(filings.c.id).where(of_sector(window.sector))))
    return found


def _gone() -> Select[Any]:
    """The filings of deleted documents."""
    return select(filings.c.id).where(filings.c.sha256.in_(select(documents.c.sha256).where(deleted())))


def _named(query: Select[Any], column: Any, window: Window) -> Select[Any]:
    return query.where(*(column.icontains(word, autoescape=True) for word in window.issuer.split()))


def _shares(e4: int) -> Decimal:
    return Decimal(int(e4)).scaleb(-4)


def _dollars(cents: int) -> Decimal:
    return Decimal(int(cents)).scaleb(-2)
