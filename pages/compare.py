"""Compare: two filings cell by cell, such as the same one in two containers or an amendment and its original."""

from __future__ import annotations

import streamlit as st

from lib.filings.compare import compare
from lib.ui.compare_table import compare_table
from lib.ui.library import entry_in_link, the_store
from lib.ui.navigation import FILINGS, start_page
from lib.ui.share import page_title

start_page()
store = the_store()
one, other = entry_in_link(store, "one"), entry_in_link(store, "other")

st.page_link(FILINGS, label="All filings", icon=":material/arrow_back:")
page_title("Compare")
if one is None or other is None:
    st.info("Tick two filings in the list of all filings, or open one and choose what to compare it with.")
    st.stop()
compare_table(one, other, compare(store.filing(one.id), store.filing(other.id)))
