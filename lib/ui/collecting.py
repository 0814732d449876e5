"""Garbage collection that does not go through what stays.

Streamlit can make a full collection after every run; over the modules and caches of this app that takes longer than
most runs, and nothing reaches the browser meanwhile. So it is off (``runner.postScriptGC``), Python collects as garbage
grows, and what a page has loaded is left out of that.
"""

from __future__ import annotations

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def leave_out_loaded(page: str) -> None:
    """After the first visit of a ``page`` on this server, leave all that is there out of later collections."""
    gc.collect()
    gc.freeze()
