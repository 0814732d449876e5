"""A link that restores what the person sees, to copy and send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

NOTE: Final = "Opens this view again, for whoever can reach this server."


def page_title(title: str, note: str = NOTE) -> None:
    """A page's title, with the link to its view at the end of its row, where every page has it."""
    show_link(title_with_menu(title, note), current_link)


def title_with_menu(title: str, note: str) -> PopoverContainer:
    """A page's title, with the menu where ``show_link`` shows the link once what it tells of has been drawn."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(title, anchor=False, width="content")
        return _menu(note)


def copy_link() -> None:
    """A button that shows the link of the view with everything that the page keeps in it, ready to copy."""
    show_link(_menu(NOTE), current_link)


def show_link(menu: PopoverContainer, link: Callable[[], str]) -> None:
    """The link in its menu, while that is open."""
    if menu.open:
        menu.code(link(), language=None, wrap_lines=True)


def _menu(note: str) -> PopoverContainer:
    """Where the link stands; ``note`` says what it does, or misses."""
    menu: PopoverContainer = st.popover(
        "Copy link", icon=":material/link:", key="copy_link", on_change="rerun"
    )
    if menu.open:
        menu.caption(note)
    return menu


def current_link(more: Mapping[str, Sequence[str]] | None = None) -> str:
    """The address of the page with its parameters; those of ``more`` stand in place of its own."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return link(st.context.url or "", {**parameters, **(more or {})})


def link(url: str, parameters: Mapping[str, Sequence[str]]) -> str:
    """A page's address with its parameters, each as often as it has values."""
    query = urlencode(parameters, doseq=True)
    return f"{url.partition('?')[0]}?{query}" if query else url
