"""From a filing to those that belong beside it: the same one in another container, its amendment, its original."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.store import Entry
from lib.store.related import related, relation
from lib.ui.navigation import COMPARE
from lib.ui.words import SOURCE_KINDS, plain


def links_to_related(entry: Entry, library: Sequence[Entry]) -> None:
    """A link to the comparison with each related filing; nothing where there is none."""
    others = related(entry, library)
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Compare with", width="content")
        for other in others:
            st.page_link(
                COMPARE,
                label=plain(f"{relation(entry, other)}{SOURCE_KINDS[other.container]}, {other.document}"),
                icon=":material/compare_arrows:",
                query_params={"one": str(entry.id), "other": str(other.id)},
            )
