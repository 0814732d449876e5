"""Plans: what a plan says, each term with the sentence it came from."""

from __future__ import annotations

import streamlit as st

from lib.ui.navigation import start_page

start_page()

st.title("Plans", anchor=False)
