"""The issuers that the library holds, however their filings print them, and choosing among few or many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import streamlit as st

from lib.library.issuers import IssuerHeld
from lib.store import Store
from lib.store.issuers import insiders_named
from lib.ui.words import count

SEARCH_FROM: Final = 12
"""Issuers from which a search by name helps."""
MOST_LISTED: Final = 200
"""Issuers that a list shows; more are found by the search."""


def choose_issuer(
    store: Store, held: Sequence[IssuerHeld], on_change: Callable[[], None]
) -> tuple[IssuerHeld, frozenset[str]]:
    """The issuer that is chosen, and the insiders' names that were searched for; the first issuer at first.

    ``on_change`` is called before a run with another issuer or search.
    """
    listed, names = found_issuers(store, held, "company", on_change)
    labels = {one.label: one for one in listed}
    label = st.selectbox("Issuer", list(labels), key="company", bind="query-params", on_change=on_change)
    return labels.get(label or "", listed[0]), names.get(label or "", frozenset())


def found_issuers(
    store: Store, held: Sequence[IssuerHeld], chosen_key: str, on_change: Callable[[], None] | None = None
) -> tuple[list[IssuerHeld], dict[str, frozenset[str]]]:
    """The issuers to list, and by label the insiders that were found by name; what is chosen always stays.

    Few issuers are listed whole; among many a search looks at the names of issuers and insiders.
    """
    if len(held) < SEARCH_FROM:
        return list(held), {}
    text = st.text_input(
        "Find",
        key="find",
        bind="query-params",
        placeholder="Issuer, ticker or insider",
        on_change=on_change,
        help=f"The library holds filings of {count(len(held), 'issuer')}.",
    )
    chosen = _chosen_labels(chosen_key)
    names = _insiders_by_label(store, held, text)
    wanted = [
        one
        for one in held
        if one.label in names or all(word.casefold() in one.label.casefold() for word in text.split())
    ]
    if not wanted:
        st.caption("Nobody is found by that name; all issuers are listed.")
        wanted = list(held)
    listed = wanted[:MOST_LISTED]
    if len(wanted) > len(listed):
        st.caption(
            f"The {len(listed):,} issuers with the most filings of {len(wanted):,}; search for others."
        )
    if not text:
        listed += [one for one in held if one.label in chosen and one not in listed]
    return listed, names


def _chosen_labels(key: str) -> set[str]:
    """What the widget of this key holds, or will take from the link."""
    kept = st.session_state.get(key)
    if kept:
        return {kept} if isinstance(kept, str) else set(kept)
    return set(st.query_params.get_all(key))


def _insiders_by_label(store: Store, held: Iterable[IssuerHeld], text: str) -> dict[str, frozenset[str]]:
    if not text.strip():
        return {}
    labels = {(p.cik, p.name, p.symbol): one.label for one in held for p in one.printed}
    found: dict[str, set[str]] = defaultdict(set)
    for printed, insider in insiders_named(store, text):
        label = labels.get((printed.cik, printed.name, printed.symbol))
        if label:  # none for a filing that came in while this page was drawn
            found[label].add(insider)
    return {label: frozenset(names) for label, names in found.items()}
