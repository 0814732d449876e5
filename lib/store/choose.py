"""Which filings of a library somebody wants: by issuer, owner, form and period, asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from lib.store import Store
from lib.store.schema import filing_owners, filings, shown

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; nothing given is everything.

    ``issuer`` is a CIK, a ticker or words of a name, ``owner`` words of a name, ``form`` 3, 4 or 5 with or
    without its amendments (``4/A`` only those), ``first`` and ``last`` bound the period of report.
    """

    issuer: str | None = None
    owner: str | None = None
    form: str | None = None
    first: date | None = None
    last: date | None = None


def chosen_ids(store: Store, choice: Choice) -> Iterator[list[int]]:
    """The ids of the filings that are wanted, in their order, some hundred at a time."""
    conditions = [shown(), *_conditions(choice)]
    after = 0
    while True:
        query = select(filings.c.id).where(*conditions, filings.c.id > after).order_by(filings.c.id)
        with store.connect() as connection:
            ids = list(connection.execute(query.limit(AT_ONCE)).scalars())
        if not ids:
            return
        yield ids
        after = ids[-1]


def _conditions(choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.issuer:
        named = [filings.c.issuer.icontains(word, autoescape=True) for word in choice.issuer.split()]
        number = choice.issuer.zfill(10) if choice.issuer.isdigit() else choice.issuer
        yield or_(filings.c.issuer_cik == number, filings.c.symbol == choice.issuer.upper(), and_(*named))
    if choice.owner:
        for word in choice.owner.split():
            named_so = filing_owners.c.name.icontains(word, autoescape=True)
            yield exists().where(filing_owners.c.filing_id == filings.c.id, named_so)
    if choice.form:
        form = choice.form.upper()
        yield filings.c.form == form if "/" in form else filings.c.form.in_((form, f"{form}/A"))
    if choice.first:
        yield filings.c.period >= choice.first
    if choice.last:
        yield filings.c.period <= choice.last
