"""Sectors on the market page: a list dropped in once, kept with the library, chosen from, taken away again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.filings.names import display_name
from lib.store import Store
from lib.store.sectors import UnreadableSectors, keep_sectors, read_sectors, sectors_kept
from lib.ui.words import count, plain

LARGEST_MB = 5
_TIMES = "sectors_dropped"
_SAID = "sectors_said"


def sector_input(store: Store) -> str | None:
    """The sector to look at, where the library has a list, beside the popover that takes one."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/category:")
    kept = sectors_kept(store)
    chosen = None
    if kept:
        chosen = st.selectbox(
            "Sector", list(kept), index=None, key="market_sector", bind="query-params", placeholder="Any"
        )
    with st.popover(
        "Sectors", icon=":material/category:", help="Add a CSV that says which sector an issuer is of."
    ):
        if kept:
            st.caption(f"{count(len(kept), 'sector')}, {count(sum(kept.values()), 'issuer')}.")
            if st.button("Remove", key="remove_sectors"):
                _keep(store, {}, "The list of sectors is taken away.")
        dropped = st.file_uploader(
            "A CSV with the columns cik or ticker, and sector",
            type=["csv"],
            max_upload_size=LARGEST_MB,
            key=f"sectors_{st.session_state.get(_TIMES, 0)}",
            help="No filing says what an issuer does; such lists come from whoever classifies companies for you.",
        )
        if dropped:
            try:
                found = read_sectors(dropped.getvalue())
                _keep(store, found, taken(found, display_name(dropped.name)))
            except UnreadableSectors as error:
                st.error(plain(str(error)), icon=":material/error:")
    return chosen


def taken(found: Mapping[str, str], name: str) -> str:
    """What was taken from a list: ``12 issuers in 3 sectors taken from sectors.csv.``"""
    sectors = len(set(found.values()))
    return plain(f"{count(len(found), 'issuer')} in {count(sectors, 'sector')} taken from {name}.")


def _keep(store: Store, found: Mapping[str, str], said: str) -> None:
    keep_sectors(store, found)
    st.session_state[_SAID] = said
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.rerun()
