"""A link that restores what the person sees, to copy and send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st


def page_title(title: str) -> None:
    """A page's title, with the link to its view beside it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(title, anchor=False, width="content")
        copy_link()


def copy_link() -> None:
    """A button that shows the link of the view with everything that the page keeps in it, ready to copy."""
    menu = st.popover("Copy link", icon=":material/link:", key="copy_link", on_change="rerun")
    if menu.open:
        with menu:
            st.caption("Opens this view again, for whoever can reach this server.")
            st.code(current_link(), language=None, wrap_lines=True)


def current_link(more: Mapping[str, Sequence[str]] | None = None) -> str:
    """The address of the page with its parameters; those of ``more`` stand in place of its own."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return link(st.context.url or "", {**parameters, **(more or {})})


def link(url: str, parameters: Mapping[str, Sequence[str]]) -> str:
    """A page's address with its parameters, each as often as it has values."""
    query = urlencode(parameters, doseq=True)
    return f"{url.partition('?')[0]}?{query}" if query else url
