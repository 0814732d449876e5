"""The amendments of a plan with their dates, and provisions that a reader needs and the engine does not act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lib.filings.words import days_as_read
from lib.ui.plan_editor import add_button, edit_term
from lib.ui.plan_work import Path, Work
from lib.ui.words import plain


def history_view(work: Work) -> None:
    """Two lists, each line with its clause and the way to change it."""
    st.markdown("**Amendments**")
    for number, one in enumerate(work.draft.get("history") or []):
        _line(("history", number), days_as_read(str(one.get("date", ""))), one)
    add_button(work, "history", "amendment")
    dated = [
        (name, term)
        for name in ("windows", "accelerations")
        for term in work.draft.get(name) or []
        if term.get("effective")
    ]
    if dated:
        told = "; ".join(f"§ {term['clause']} from {term['effective']}" for _, term in dated)
        said = f"Terms that count from a day on, by the day shown on the Vesting page: {told}."
        st.caption(plain(days_as_read(said)))
    st.markdown("**Other provisions**")
    for number, one in enumerate(work.draft.get("provisions") or []):
        _line(("provisions", number), str(one.get("topic", "")), one)
    add_button(work, "provisions", "provision")


def _line(path: Path, name: str, term: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(name)}**: {plain(str(term.get('text', '')))} (§ {plain(days_as_read(str(term.get('clause', ''))))})",
            width="stretch",
        )
        st.button(
            "Edit",
            key=f"edit_{path[0]}_{path[1]}",
            type="tertiary",
            icon=":material/edit:",
            on_click=edit_term,
            args=(path,),
        )
