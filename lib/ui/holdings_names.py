"""Joining and separating names by hand on the holdings page: titles, natures and owners of one issuer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import streamlit as st

from lib.charts.look import day
from lib.holdings.ledger import Book
from lib.holdings.naming import folded
from lib.library.issuers import IssuerHeld
from lib.store import Store
from lib.store.decisions import Decision, What, decide, decided, undo
from lib.ui.words import count, plain

KINDS: Final[dict[str, What]] = {"Titles": "security", "Natures of ownership": "nature", "Owners": "owner"}
NOUNS: Final[dict[What, str]] = {"security": "title", "nature": "nature of ownership", "owner": "owner"}


def names_part(store: Store, issuer: IssuerHeld, book: Book) -> None:
    """What counts as one name, and the decisions that stand, each with its undoing."""
    standing = decided(store, issuer.keys)
    label = "Names that count as one" + (f" ({count(len(standing), 'decision')} by hand)" if standing else "")
    with st.expander(label, key="names", on_change="rerun", bind="query-params") as opened:
        if not opened.open:
            return
        st.text(
            "The ledger joins spellings by rule. Where the rule is wrong, join names or keep them apart here; it holds "
            "for every filing of this issuer, and can be undone."
        )
        _choice(store, issuer, book)
        for one in reversed(standing):
            _standing(store, one)


def groups_of(book: Book, what: What) -> list[tuple[str, ...]]:
    """The names that count as one now, as the filings print them, each spelling once."""
    if what == "owner":
        return sorted(_spellings(names) for names in book.owners.values())
    joined: dict[str, set[str]] = defaultdict(set)
    for one in book.ledgers:
        if what == "security":
            joined[one.position.security_key].update(one.titles)
        else:
            joined[one.position.nature_key].update(one.natures)
    return sorted(_spellings(names) for names in joined.values() if names)


def _spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Names that differ in more than case and punctuation."""
    return tuple({folded(name): name for name in sorted(names, reverse=True)}.values())[::-1]


def _choice(store: Store, issuer: IssuerHeld, book: Book) -> None:
    kind: Any = st.radio(
        "Names of",
        list(KINDS),
        index=list(KINDS).index("Titles"),
        horizontal=True,
        key="names_of",
        label_visibility="collapsed",
    )
    what = KINDS[str(kind)]
    groups = {_label(names): names for names in groups_of(book, what)}
    picked = st.multiselect(
        f"{kind!s} in these filings", list(groups), key=f"names_{what}", placeholder="Choose names"
    )
    names = [name for label in picked for name in groups[label]]
    with st.container(horizontal=True):
        if st.button("Count as one", key="join_names", disabled=len(picked) < 2):
            decide(store, "same", what, names, issuer.key)
            _done()
        if st.button("Keep each apart", key="part_names", disabled=len(names) < 2 or len(picked) > 1):
            decide(store, "apart", what, names, issuer.key)
            _done()


def _label(names: Sequence[str]) -> str:
    first, *others = names
    return f"{first} = {', '.join(others)}" if others else first


def _standing(store: Store, one: Decision) -> None:
    verb = "count as one" if one.kind == "same" else "are kept apart"
    with st.container(horizontal=True, vertical_alignment="center"):
        listed = ", ".join(f"“{name}”" for name in one.names)
        st.caption(plain(f"{day(one.made.date())}, {NOUNS[one.what]}: {listed} {verb}."), width="stretch")
        if st.button("Undo", key=f"undo_{one.id}"):
            undo(store, one.id)
            _done()


def _done() -> None:
    """Draw everything anew: other names may mean other choices above."""
    for key in ("names_security", "names_nature", "names_owner"):
        st.session_state.pop(key, None)
    st.rerun()
