"""Which filings of a library somebody wants: asked of the database, which answers from its indexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from lib.filings.record import Container
from lib.store import Entry, Store
from lib.store.schema import documents, filing_owners, filings, shown, trades

AT_ONCE: Final = 500
MOST_OFFERED: Final = 400
"""Names that are offered in a list; where there are more, people search."""

IssuerName = tuple[str | None, str | None]
"""An issuer's name and ticker as printed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; nothing given is everything, several of one kind are any of them.

    ``words`` must each occur in issuer, ticker, owner, file name, form or period. ``issuer`` is a CIK, a
    ticker or words of a name. ``forms`` are 3, 4 or 5, which take in their amendments only where
    ``with_amendments``. ``first`` and ``last`` bound the period of report, ``traded_first`` and ``traded_last``
    the day of a trade, which has one of the ``codes`` where some are given.
    """

    words: str = ""
    issuer: str = ""
    owner: str = ""
    issuers: tuple[IssuerName, ...] = ()
    owners: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    with_amendments: bool = False
    containers: tuple[Container, ...] = ()
    first: date | None = None
    last: date | None = None
    traded_first: date | None = None
    traded_last: date | None = None
    codes: tuple[str, ...] = ()
    with_findings: bool | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What the library can be narrowed to; empty where there is too much for a list."""

    issuers: tuple[IssuerName, ...]
    owners: tuple[str, ...]
    forms: tuple[str, ...]
    containers: tuple[Container, ...]


def count(store: Store, choice: Choice) -> int:
    """How many filings are wanted."""
    with store.connect() as connection:
        query = select(func.count()).select_from(filings).where(*_conditions(choice))
        return int(connection.execute(query).scalar_one())


def page(store: Store, choice: Choice, offset: int, limit: int) -> list[Entry]:
    """The library's lines of the filings that are wanted, the last added first, from the ``offset``-th."""
    # Ordered by a sum, for the database would else walk over whole records, which are in order already.
    query = select(filings.c.id).where(*_conditions(choice)).order_by((filings.c.id + 0).desc())
    with store.connect() as connection:
        ids = list(connection.execute(query.limit(limit).offset(offset)).scalars())
    found = {entry.id: entry for entry in store.entries_of(ids)}
    return [found[number] for number in ids if number in found]


def page_and_count(store: Store, choice: Choice, offset: int, limit: int) -> tuple[list[Entry], int]:
    """As ``page``, with how many filings are wanted, found on the way; nought where there is none from the ``offset``-th."""
    query = select(filings.c.id, func.count().over()).where(*_conditions(choice))
    query = query.order_by((filings.c.id + 0).desc()).limit(limit).offset(offset)
    with store.connect() as connection:
        rows = connection.execute(query).all()
    found = {entry.id: entry for entry in store.entries_of([number for number, _ in rows])}
    return [found[number] for number, _ in rows if number in found], rows[0][1] if rows else 0


def chosen_ids(store: Store, choice: Choice) -> Iterator[list[int]]:
    """The ids of the filings that are wanted, the first added first, some hundred at a time."""
    conditions = _conditions(choice)
    after = 0
    while True:
        query = select(filings.c.id).where(*conditions, filings.c.id > after).order_by(filings.c.id)
        with store.connect() as connection:
            ids = list(connection.execute(query.limit(AT_ONCE)).scalars())
        if not ids:
            return
        yield ids
        after = ids[-1]


def offered(store: Store) -> Offered:
    """The issuers, owners, forms and containers of the library."""
    with store.connect() as connection:
        issuers = connection.execute(
            select(filings.c.issuer, filings.c.symbol).where(shown()).distinct().limit(MOST_OFFERED + 1)
        ).all()
        named = select(filing_owners.c.name).join(filings).where(shown()).distinct().limit(MOST_OFFERED + 1)
        owners = connection.execute(named).scalars().all()
        forms = connection.execute(select(filings.c.form).where(shown()).distinct()).scalars().all()
        kinds = select(documents.c.container).where(documents.c.deleted_at.is_(None)).distinct()
        containers = connection.execute(kinds).scalars().all()
    return Offered(
        tuple((name, symbol) for name, symbol in issuers) if len(issuers) <= MOST_OFFERED else (),
        tuple(sorted(owners)) if len(owners) <= MOST_OFFERED else (),
        tuple(sorted(form for form in forms if form)),
        tuple(sorted(containers)),
    )


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    found = [shown(), *(_has_word(word) for word in choice.words.split() if word.casefold() != "form")]
    if choice.issuer:
        number = choice.issuer.zfill(10) if choice.issuer.isdigit() else choice.issuer
        named = and_(*(filings.c.issuer.icontains(word, autoescape=True) for word in choice.issuer.split()))
        found.append(or_(filings.c.issuer_cik == number, filings.c.symbol == choice.issuer.upper(), named))
    if choice.issuers:
        found.append(or_(*(_is_issuer(name, symbol) for name, symbol in choice.issuers)))
    found += [
        _has_owner(filing_owners.c.name.icontains(word, autoescape=True)) for word in choice.owner.split()
    ]
    if choice.owners:
        found.append(_has_owner(filing_owners.c.name.in_(choice.owners)))
    if choice.forms:
        amended = [f"{form}/A" for form in choice.forms if choice.with_amendments and "/" not in form]
        found.append(filings.c.form.in_((*choice.forms, *amended)))
    if choice.containers:
        kinds = select(documents.c.sha256).where(documents.c.container.in_(choice.containers))
        found.append(filings.c.sha256.in_(kinds))
    if choice.first:
        found.append(filings.c.period >= choice.first)
    if choice.last:
        found.append(filings.c.period <= choice.last)
    traded = _traded(choice)
    if traded:
        found.append(filings.c.id.in_(select(trades.c.filing_id).where(*traded)))
    if choice.with_findings is not None:
        found.append(filings.c.finding_count > 0 if choice.with_findings else filings.c.finding_count == 0)
    return found


def _traded(choice: Choice) -> list[ColumnElement[bool]]:
    """What a trade of a filing that is wanted must be; nothing where none need be in it."""
    found: list[ColumnElement[bool]] = []
    if choice.traded_first:
        found.append(trades.c.day >= choice.traded_first)
    if choice.traded_last:
        found.append(trades.c.day <= choice.traded_last)
    if choice.codes:
        found.append(trades.c.code.in_(choice.codes))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    found = [
        filings.c.issuer.icontains(word, autoescape=True),
        filings.c.symbol.icontains(word, autoescape=True),
        filings.c.form == word.upper(),
        _has_owner(filing_owners.c.name.icontains(word, autoescape=True)),
        filings.c.sha256.in_(
            select(documents.c.sha256).where(documents.c.name.icontains(word, autoescape=True))
        ),
    ]
    if bounds := _as_period(word):
        found.append(filings.c.period.between(*bounds))
    return or_(*found)


def _as_period(word: str) -> tuple[date, date] | None:
    """The days that a year, a month or a date means: ``2024``, ``2024-05``, ``2024-05-31``."""
    try:
        if len(word) == 4 and word.isdigit():
            return date(int(word), 1, 1), date(int(word), 12, 31)
        if len(word) == 7:
            first = date.fromisoformat(f"{word}-01")
            after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return first, date.fromordinal(after.toordinal() - 1)
        return date.fromisoformat(word), date.fromisoformat(word)
    except ValueError:
        return None


def _is_issuer(name: str | None, symbol: str | None) -> ColumnElement[bool]:
    return and_(filings.c.issuer.is_not_distinct_from(name), filings.c.symbol.is_not_distinct_from(symbol))


def _has_owner(named: ColumnElement[bool]) -> ColumnElement[bool]:
    return filings.c.id.in_(select(filing_owners.c.filing_id).where(named))
