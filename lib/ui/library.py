"""The store as pages use it: opened once a server, ledgers built once for what the library holds."""

from __future__ import annotations

import streamlit as st

from lib.holdings.ledger import Ledger, build_ledgers
from lib.store import Entry, Store, default_url, open_store


def the_store() -> Store:
    """The store that ``STAKELINE_STORE`` names, shared by every session of this server."""
    return _opened(default_url())


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)


def entry_in_link(store: Store) -> Entry | None:
    """The library's line of the filing that the link's ``id`` names; None where there is no such filing."""
    try:
        return store.entry(int(st.query_params.get("id", "")))
    except (ValueError, KeyError, OverflowError):
        return None


def all_ledgers(library: list[Entry]) -> list[Ledger]:
    """The ledgers of everything in the library, built again only when the library has changed."""
    held = tuple(sorted((entry.id, entry.reader_version) for entry in library))
    return _ledgers(default_url(), held)


@st.cache_resource(show_spinner="Putting the filings in order", max_entries=4)
def _ledgers(url: str, held: tuple[tuple[int, int], ...]) -> list[Ledger]:
    return build_ledgers(_opened(url).filings(filing_id for filing_id, _ in held))
