"""Filings: drop them in, find them again."""

from __future__ import annotations

import streamlit as st

from lib.ui.intake_panel import intake_panel
from lib.ui.library import the_store
from lib.ui.library_table import library_table, open_clicked_filing
from lib.ui.navigation import start_page
from lib.ui.share import page_title
from lib.ui.tour import tour
from lib.ui.unread_files import unread_files

start_page()
open_clicked_filing()
store = the_store()

page_title("Filings")
st.text(
    "What insiders reported to the SEC on Forms 3, 4 and 5, every value beside the place it was read from."
)
tour(is_empty=store.is_empty())
told = intake_panel(store)
unread_files(store, told)
library_table(store)
