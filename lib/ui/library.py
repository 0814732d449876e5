"""The store as pages use it: opened once a server, ledgers built once for what the library holds."""

from __future__ import annotations

import streamlit as st

from lib.filings.record import Filing
from lib.holdings.splits import Split
from lib.store import Entry, Store, UnusableStore, default_url, open_store
from lib.ui.checks_results import Checks, check_all
from lib.ui.holdings_together import Together, together
from lib.ui.words import plain

Held = tuple[int, str, int, int]
"""A filing's id, its document, the version of its reader, and the last line of its log."""


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


def all_together(library: list[Entry], splits: tuple[Split, ...] = ()) -> Together:
    """What everything in the library says together, looked at again only when the library has changed.

    ``splits`` are those to reckon with.
    """
    return _together(default_url(), held(library), splits)


def all_checks(library: list[Entry]) -> Checks:
    """What the checks find in everything in the library, looked at again only when the library has changed."""
    return _checks(default_url(), held(library))


def held(library: list[Entry]) -> tuple[Held, ...]:
    """What the library holds, as the key of what is computed from it."""
    return tuple(sorted((entry.id, entry.sha256, entry.reader_version, entry.revision) for entry in library))


@st.cache_resource(show_spinner="Putting the filings in order", max_entries=8)
def _together(url: str, held: tuple[Held, ...], splits: tuple[Split, ...]) -> Together:
    return together(_filings(url, held), splits)


@st.cache_resource(show_spinner="Checking the filings together", max_entries=4)
def _checks(url: str, held: tuple[Held, ...]) -> Checks:
    return check_all(_filings(url, held), _together(url, held, ()))


def _filings(url: str, held: tuple[Held, ...]) -> list[tuple[int, Filing]]:
    return list(_opened(url).filings(filing_id for filing_id, *_ in held))
