"""Glossary: what the codes, forms and terms mean."""

from __future__ import annotations

import streamlit as st

from lib.filings.glossary import search
from lib.ui.definitions import definitions
from lib.ui.navigation import start_page
from lib.ui.share import page_title

start_page()

page_title("Glossary")
st.text("The codes, columns and terms of Forms 3, 4 and 5, and where each is laid down.")
words = st.text_input(
    "Search", key="term", type="search", placeholder="A code such as M, or a word", bind="query-params"
)
found = search(words or "")
if not found:
    st.info("Nothing here has these words. Search for one of them, or for a code's letter.")
for kind in dict.fromkeys(entry.kind for entry in found):
    st.subheader(f"{kind[0].upper()}{kind[1:]}s", anchor=False)
    definitions(
        ((entry.term, entry.meaning, entry.source) for entry in found if entry.kind == kind),
        term_width="clamp(4.5rem, 20%, 9rem)",
    )
