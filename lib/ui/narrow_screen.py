"""Values and source on a narrow screen, where they stand below each other: values first, a link from each to the other.

Streamlit stacks columns in their order and does not tell a page how wide it is, so that this takes a style.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

_BESIDE: Final = "beside"
_STYLE: Final = """<style>
div:has(> .st-key-to_source), div:has(> .st-key-to_values) { display: none }
@media (max-width: 640px) {
  .st-key-beside > div > [data-testid=stHorizontalBlock] > [data-testid=stColumn]:last-child { order: -1 }
  div:has(> .st-key-to_source), div:has(> .st-key-to_values) { display: flex }
}
</style>"""


def source_and_values() -> tuple[Any, Any]:
    """A place for the source and, at its right, one for the values; on a narrow screen the values come first."""
    st.html(_STYLE)
    with st.container(key=_BESIDE):
        source, values = st.columns([5, 6], gap="medium")
    return source, values


def link_to_source() -> None:
    """From the picked value down to its place, where the source stands below."""
    _link("to_source", "values", "source", "See its place in the source")


def link_to_values() -> None:
    """From the source back up."""
    _link("to_values", "source", "values", "Back to the values")


def _link(key: str, here: str, there: str, words: str) -> None:
    with st.container(key=key):
        st.html(f'<a id="{here}" href="#{there}" style="color:inherit;scroll-margin-top:9rem">{words}</a>')
