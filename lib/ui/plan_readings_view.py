"""The disputed readings of a plan as named choices with their citations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lib.filings.words import days_as_read
from lib.ui.plan_table import put_on_table
from lib.ui.plan_work import Work
from lib.ui.words import plain


def readings_view(work: Work) -> None:
    """A choice a question, the plan's default marked."""
    readings: Mapping[str, Any] = work.draft.get("readings") or {}
    if not readings:
        st.caption("No text of this plan was found that can be read in more than one way.")
    for name, reading in readings.items():
        options = {str(option["name"]): option for option in reading["options"]}
        picked = st.radio(
            plain(str(reading["question"])),
            list(options),
            index=list(options).index(str(reading["default"])),
            format_func=lambda choice: choice.replace("_", " ").capitalize(),
            captions=[plain(days_as_read(f"{one['text']} (§ {one['clause']})")) for one in options.values()],
            key=f"default_{work.name}_{name}_{len(work.edits)}",
            help="The answer that the plan takes unless a scenario chooses another.",
        )
        if picked != reading["default"]:
            label = f"Reading: {name.replace('_', ' ')} is {picked.replace('_', ' ')}"
            put_on_table(work.with_term(("readings", name, "default"), picked, label))
            st.rerun()
