"""Files that could not be read, for whoever comes back: which, why and when, until they are dismissed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd
import streamlit as st

from lib.filings.words import day
from lib.store import Store
from lib.store.refusals import dismiss, refused
from lib.ui.words import count

MOST_LISTED: Final = 200


def unread_files(store: Store, told: Collection[str] = ()) -> None:
    """The list, closed at first, without the files that are ``told`` of already; nothing where that leaves none."""
    number, latest = refused(store, MOST_LISTED, told)
    if not number:
        return
    listed = st.expander(
        f"{count(number, 'earlier file' if told else 'file')} could not be read",
        icon=":material/warning:",
        key="unread",
        on_change="rerun",
    )
    if not listed.open:
        return
    with listed:
        if number > len(latest):
            st.caption(f"The latest {len(latest):,} of them.")
        st.dataframe(
            pd.DataFrame(
                [{"File": one.name, "Why": one.reason, "When": day(one.at)} for one in latest], dtype="str"
            ),
            hide_index=True,
            column_config={
                "File": st.column_config.TextColumn(width="medium"),
                "Why": st.column_config.TextColumn(width="large"),
                "When": st.column_config.TextColumn(width="small", help="In UTC"),
            },
            alt="The files that could not be read, each with the reason",
        )
        if st.button("Dismiss all", key="dismiss_unread", icon=":material/close:"):
            dismiss(store)
            st.rerun()
