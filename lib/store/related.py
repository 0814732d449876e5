"""Which filings of a library belong beside one: the same filing in another container, and its amendments."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lib.store import Entry, Store
from lib.store.choose import Choice, page

MOST_OF_A_DAY = 5_000


def related(entry: Entry, library: Iterable[Entry]) -> list[Entry]:
    """Other filings of the same form, amended or not, for the same period, issuer and owner, in any container.

    Owners are the same where their names have the same words in any order. Two filings that an owner made
    for one period are related too: a person tells.
    """
    return [
        other
        for other in library
        if other.id != entry.id
        and other.period == entry.period is not None
        and _form(other) == _form(entry)
        and _same_issuer(other, entry)
        and _owners(other) & _owners(entry)
    ]


def same_period(store: Store, entry: Entry) -> list[Entry]:
    """The filings of a library that can be related to one: those of its period and form."""
    if entry.period is None:
        return []
    choice = Choice(first=entry.period, last=entry.period, forms=(_form(entry),), with_amendments=True)
    return page(store, choice, 0, MOST_OF_A_DAY)


def relation(entry: Entry, other: Entry) -> str:
    """What the other is to the entry, in words that a name follows; nothing for the same period's once more."""
    if (entry.form or "").endswith("/A") != (other.form or "").endswith("/A"):
        return "original, " if (entry.form or "").endswith("/A") else "amendment, "
    return ""


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
