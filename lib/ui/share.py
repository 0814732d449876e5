"""A link that restores what the person sees, to copy and send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st

NOTE: Final = "Opens this view again, for whoever can reach this server."


def page_title(title: str, link: Callable[[], str] | None = None, note: str = NOTE) -> None:
    """A page's title, with the link to its view at the end of its row, where every page has it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(title, anchor=False, width="content")
        copy_link(link, note)


def copy_link(link: Callable[[], str] | None = None, note: str = NOTE) -> None:
    """A button that shows the link of the view with everything that the page keeps in it, ready to copy.

    ``link`` gives it where it is more than the page's address; ``note`` says what it does, or misses.
    """
    menu = st.popover("Copy link", icon=":material/link:", key="copy_link", on_change="rerun")
    if menu.open:
        with menu:
            st.caption(note)
            st.code(link() if link else current_link(), language=None, wrap_lines=True)


def current_link(more: Mapping[str, Sequence[str]] | None = None) -> str:
    """The address of the page with its parameters; those of ``more`` stand in place of its own."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return link(st.context.url or "", {**parameters, **(more or {})})


def link(url: str, parameters: Mapping[str, Sequence[str]]) -> str:
    """A page's address with its parameters, each as often as it has values."""
    query = urlencode(parameters, doseq=True)
    return f"{url.partition('?')[0]}?{query}" if query else url
