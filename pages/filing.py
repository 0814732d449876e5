"""One filing: its source on the left, what was read from it on the right."""

from __future__ import annotations

import streamlit as st

from lib.store.related import perhaps_related
from lib.ui.cell_panel import cell_panel
from lib.ui.changes import changes, tell_written
from lib.ui.compare_links import links_to_related
from lib.ui.filing_exports import exports
from lib.ui.filing_tables import findings, header, picked_cell, tables, title
from lib.ui.library import entry_in_link, the_store
from lib.ui.narrow_screen import source_and_values
from lib.ui.navigation import FILINGS, start_page
from lib.ui.share import copy_link
from lib.ui.source_view import source_view

start_page()
store = the_store()
entry = entry_in_link(store)

st.page_link(FILINGS, label="All filings", icon=":material/arrow_back:")
if entry is None:
    st.title("Filing", anchor=False)
    st.info("The library has no such filing. It may have been deleted; pick one in the list of all filings.")
    st.stop()

tell_written()
filing = store.filing(entry.id)
with st.container(horizontal=True, vertical_alignment="top"):
    title(filing)
    exports(store, [entry], "export_filing")
    copy_link()
header(filing)
findings(filing)
changes(store, entry.id)
links_to_related(entry, perhaps_related(store, entry))
source, read = source_and_values()
with read:
    cell_panel(store, entry.id, filing, picked_cell(filing))
    tables(filing, entry.id)
with source:
    source_view(filing, store.document(entry.sha256), entry.sha256, picked_cell(filing))
