"""The store as pages use it: opened once a server, and what filings say together built an issuer at a time.

Nothing that filings say together crosses issuers, so a page loads and computes only the issuers it shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from lib.filings.record import Filing
from lib.holdings.identity import ByHand
from lib.holdings.splits import Split
from lib.holdings.together import Together, together
from lib.library.decisions import by_hand
from lib.library.issuers import IssuerHeld, issuers_of
from lib.store import Entry, Store, UnusableStore, default_url, open_store
from lib.store.decisions import decided
from lib.store.issuers import Held, held_of, issuers, records, revision
from lib.ui.checks_results import Checks, all_of, check_all
from lib.ui.words import plain

T = TypeVar("T")
P = ParamSpec("P")
ANSWERS_KEPT = 128
"""The largest, the trades that were filed late, is two thousand lines."""
ISSUERS_KEPT = 64
"""Issuers whose ledgers stay in memory; one of a few hundred filings takes about ten megabytes."""


def the_store() -> Store:
    """The store that ``STAKELINE_STORE`` names, shared by every session of this server.

    Where no store can be there, the page says so and stops.
    """
    try:
        return _opened(default_url())
    except UnusableStore as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)


def entry_in_link(store: Store, name: str = "id") -> Entry | None:
    """The library's line of the filing that the link names; None where there is no such filing."""
    try:
        return store.entry(int(st.query_params.get(name, "")))
    except (ValueError, KeyError, OverflowError):
        return None


@dataclass(frozen=True)
class Answers:
    """What the library answers to questions of ``lib.store``, each asked again only when its filings have changed."""

    store: Store
    revision: tuple[object, ...]

    def __call__(self, question: Callable[Concatenate[Store, P], T], *given: P.args, **named: P.kwargs) -> T:
        """The answer, which nobody may change."""
        name = f"{question.__module__}.{question.__qualname__}"
        return cast("T", _answer(default_url(), self.revision, name, (given, named), question))


def answers() -> Answers:
    """The answers of the library as it is now."""
    return Answers(the_store(), revision(the_store()))


def issuers_held() -> list[IssuerHeld]:
    """The issuers that the library holds filings of, the most filings first."""
    return _issuers(default_url(), revision(the_store()))


def together_of(issuer: IssuerHeld, splits: Sequence[Split] = ()) -> Together:
    """What an issuer's filings say together, looked at again only when they or a decision have changed.

    ``splits`` are those to reckon with.
    """
    held = held_of(the_store(), issuer.printed)
    return _together(_key(held), held, tuple(splits), decisions_for(issuer))


def checks_of(chosen: Sequence[IssuerHeld]) -> Checks:
    """What the checks find in the filings of these issuers."""
    found = []
    for issuer in chosen:
        held = held_of(the_store(), issuer.printed)
        found.append(_checks(_key(held), held, decisions_for(issuer)))
    return found[0] if len(found) == 1 else all_of(found)


def decisions_for(issuer: IssuerHeld) -> ByHand:
    """What the person decided about the names in an issuer's filings."""
    return by_hand(decided(the_store(), issuer.keys), issuer.key)


def _key(held: Held) -> str:
    return hashlib.sha256(repr((default_url(), held)).encode()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT)
def _answer(
    url: str, revision: tuple[object, ...], name: str, given: object, _question: Callable[..., object]
) -> object:
    positional, named = cast("tuple[tuple[Any, ...], dict[str, Any]]", given)
    return _question(_opened(url), *positional, **named)


@st.cache_resource(show_spinner=False, max_entries=4)
def _issuers(url: str, revision: tuple[object, ...]) -> list[IssuerHeld]:
    return issuers_of(issuers(_opened(url)))


@st.cache_resource(show_spinner="Putting the filings in order", max_entries=ISSUERS_KEPT)
def _together(key: str, _held: Held, splits: tuple[Split, ...], decisions: ByHand) -> Together:
    return together(_records(_held), splits, decisions)


@st.cache_resource(show_spinner="Checking the filings together", max_entries=ISSUERS_KEPT)
def _checks(key: str, _held: Held, decisions: ByHand) -> Checks:
    return check_all(_records(_held), _together(key, _held, (), decisions))


def _records(held: Held) -> list[tuple[int, Filing]]:
    return list(records(the_store(), (number for number, *_ in held)))
