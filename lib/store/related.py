"""Which filings of a library belong beside one: the same filing in another container, and its amendments.

An accession number that two share makes them the same submission, whatever else they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select

from lib.store import Entry, Store
from lib.store.choose import Choice, page
from lib.store.schema import filings

MOST_OF_A_DAY = 5_000


def related(entry: Entry, library: Iterable[Entry]) -> list[Entry]:
    """Other filings of the same form, amended or not, for the same period, issuer and owner, in any container.

    Filings with the same accession number come first. Owners are the same where their names have the same words in any order. Two filings that an owner made
    for one period are related too: a person tells.
    """
    found = [
        other
        for other in library
        if other.id != entry.id and (same_submission(entry, other) or _alike(entry, other))
    ]
    return sorted(found, key=lambda other: not same_submission(entry, other))


def same_submission(entry: Entry, other: Entry) -> bool:
    """Whether two filings are of one submission: a data set's and the document of the same number, for one."""
    return entry.accession is not None and entry.accession == other.accession


def perhaps_related(store: Store, entry: Entry) -> list[Entry]:
    """The filings of a library that can be related to one: those of its number, and those of its period and form."""
    found: dict[int, Entry] = {}
    if entry.accession:
        query = select(filings.c.id).where(filings.c.accession == entry.accession)
        with store.connect() as connection:
            ids = list(connection.execute(query.limit(MOST_OF_A_DAY)).scalars())
        found = {other.id: other for other in store.entries_of(ids)}
    if entry.period is not None:
        choice = Choice(first=entry.period, last=entry.period, forms=(_form(entry),), with_amendments=True)
        found |= {other.id: other for other in page(store, choice, 0, MOST_OF_A_DAY)}
    return list(found.values())


def relation(entry: Entry, other: Entry) -> str:
    """What the other is to the entry, in words that a name follows; nothing for the same period's once more."""
    if same_submission(entry, other):
        return "same submission, "
    if (entry.form or "").endswith("/A") != (other.form or "").endswith("/A"):
        return "original, " if (entry.form or "").endswith("/A") else "amendment, "
    return ""


def _alike(entry: Entry, other: Entry) -> bool:
    return (
        other.period == entry.period is not None
        and _form(other) == _form(entry)
        and _same_issuer(other, entry)
        and bool(_owners(other) & _owners(entry))
    )


def _form(entry: Entry) -> str:
    return (entry.form or "").removesuffix("/A")


def _same_issuer(one: Entry, other: Entry) -> bool:
    if one.issuer_cik and other.issuer_cik:
        return one.issuer_cik == other.issuer_cik
    return bool(_words(one.issuer) and _words(one.issuer) == _words(other.issuer)) or bool(
        one.symbol and one.symbol == other.symbol
    )


def _owners(entry: Entry) -> set[frozenset[str]]:
    return {words for name in entry.owners if (words := _words(name))}


def _words(name: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", (name or "").casefold()))
