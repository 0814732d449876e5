"""A link that restores what the person sees, to copy and send."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st


def copy_link(key: str = "copy_link") -> None:
    """A button that shows the link of the view with everything that the page keeps in it, ready to copy."""
    menu = st.popover("Copy link", icon=":material/link:", key=key, on_change="rerun")
    if menu.open:
        with menu:
            st.caption("Opens this view again, for whoever can reach this server.")
            st.code(link(st.context.url or "", st.query_params.to_dict()), language=None, wrap_lines=True)


def link(url: str, parameters: dict[str, str]) -> str:
    """The address of a page with its parameters."""
    return f"{url}?{urlencode(parameters, doseq=True)}" if parameters else url
