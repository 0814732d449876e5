"""The library as a table: search, filters, and what can be done with the rows a person picks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from lib.store import Entry, Store
from lib.ui.filing_exports import exports
from lib.ui.navigation import COMPARE, FILING
from lib.ui.words import SOURCE_KINDS, count, issuer_name, owner_names

_DELETED: Final = "just_deleted"
_OPENED: Final = "open_row"
FINDINGS: Final = {"With findings": True, "Without findings": False}


def library_table(store: Store) -> None:
    """Filters, the table and its actions; says so where there is nothing, or nothing that matches."""
    _offer_undo(store)
    library = store.library()
    if not library:
        with st.container(border=True):
            st.subheader("Nothing here yet", anchor=False)
            st.text(
                "Drop in filings above, or load the sample filings to look around: "
                "they are real Forms 3 and 4, redrawn in every format that can be read."
            )
        return
    shown = _filtered(library)
    st.caption(
        f"{count(len(library), 'filing')}"
        if len(shown) == len(library)
        else f"{len(shown):,} of {count(len(library), 'filing')}"
    )
    if not shown:
        st.info("No filing matches. Take away a filter or search for less.", icon=":material/filter_alt_off:")
        return
    actions = st.container(horizontal=True, vertical_alignment="center")
    picked = _table(shown)
    if click := st.session_state.get(_OPENED):
        st.switch_page(FILING, query_params={"id": str(shown[click["row"]].id)})
    _actions(actions, store, picked)


def _filtered(library: Sequence[Entry]) -> list[Entry]:
    issuers = sorted({issuer_name(e.issuer, e.symbol) for e in library})
    owners = sorted({owner_names(e.owners) for e in library})
    forms = sorted({e.form for e in library if e.form})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Search", key="find", type="search", placeholder="Issuer, owner, file", bind="query-params"
        )
        issuer = st.multiselect("Issuer", issuers, key="issuers", bind="query-params", placeholder="All")
        owner = st.multiselect("Owner", owners, key="owners", bind="query-params", placeholder="All")
        form = st.multiselect("Form", forms, key="forms", bind="query-params", placeholder="All")
        with st.popover("More", icon=":material/tune:", key="more_filters"):
            first = st.date_input(
                "Period from", value=None, key="from", bind="query-params", format="YYYY-MM-DD"
            )
            last = st.date_input("Period to", value=None, key="to", bind="query-params", format="YYYY-MM-DD")
            found = st.selectbox(
                "Findings", list(FINDINGS), index=None, key="findings", bind="query-params", placeholder="All"
            )
            kinds = sorted({SOURCE_KINDS[e.container] for e in library})
            kind = st.multiselect("Source", kinds, key="kinds", bind="query-params", placeholder="All")
    return [
        entry
        for entry in library
        if matches(entry, words or "")
        and (not issuer or issuer_name(entry.issuer, entry.symbol) in issuer)
        and (not owner or owner_names(entry.owners) in owner)
        and (not form or entry.form in form)
        and (first is None or (entry.period is not None and entry.period >= first))
        and (last is None or (entry.period is not None and entry.period <= last))
        and (found is None or bool(entry.finding_count) == FINDINGS[found])
        and (not kind or SOURCE_KINDS[entry.container] in kind)
    ]


def matches(entry: Entry, words: str) -> bool:
    """Whether every word searched for occurs in the entry's issuer, ticker, owners, form, period or file."""
    names = [
        entry.issuer,
        entry.symbol,
        *entry.owners,
        f"form {entry.form}",
        str(entry.period),
        entry.document,
    ]
    text = " ".join(name for name in names if name).casefold()
    return all(word in text for word in words.casefold().split())


def _table(shown: Sequence[Entry]) -> list[Entry]:
    frame = pd.DataFrame(
        [
            {
                "": "Open",
                "Form": entry.form or "?",
                "Issuer": entry.issuer or "",
                "Ticker": entry.symbol or "",
                "Owner": owner_names(entry.owners),
                "Period": entry.period,
                "Rows": entry.row_count,
                "Findings": entry.finding_count or None,
                "Source": SOURCE_KINDS[entry.container],
                "File": entry.document,
                "Added": entry.added,
            }
            for entry in shown
        ]
    )
    frame["Findings"] = frame["Findings"].astype("Int64")
    # A selection is positions: with other rows it must start afresh.
    rows = hashlib.sha256(repr([entry.id for entry in shown]).encode()).hexdigest()[:12]
    event: Any = st.dataframe(
        frame,
        key=f"library_{rows}",
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="",
        height=min(38 + 35 * len(shown), 640),
        column_config={
            "": st.column_config.ButtonColumn(key=_OPENED, type="tertiary", width=64),
            "Form": st.column_config.TextColumn(width=64),
            "Issuer": st.column_config.TextColumn(width="medium"),
            "Ticker": st.column_config.TextColumn(width=72),
            "Owner": st.column_config.TextColumn(width="medium"),
            "Period": st.column_config.DateColumn(format="YYYY-MM-DD", width=100),
            "Rows": st.column_config.NumberColumn(width=64),
            "Findings": st.column_config.NumberColumn(
                width=84, help="Values that were repaired, inferred or left open when the filing was read"
            ),
            "Source": st.column_config.TextColumn(width=104),
            "Added": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", help="In UTC", width=136),
        },
        alt="The filings in the library, one a row",
    )
    return [shown[n] for n in event.selection.rows if n < len(shown)]


def _actions(place: Any, store: Store, picked: Sequence[Entry]) -> None:
    with place:
        if st.button("Open filing", key="open_filing", type="primary", disabled=len(picked) != 1):
            st.switch_page(FILING, query_params={"id": str(picked[0].id)})
        if st.button("Compare", key="compare_filings", disabled=len(picked) != 2):
            st.switch_page(COMPARE, query_params={"one": str(picked[0].id), "other": str(picked[1].id)})
        exports(store, picked, "export_picked")
        if st.button("Delete", key="delete_filings", icon=":material/delete:", disabled=not picked):
            gone = sorted({entry.sha256 for entry in picked})
            store.delete(gone)
            st.session_state[_DELETED] = gone
            st.rerun()
        if not picked:
            st.caption("Tick a row to open, export or delete it, two to compare them.")


def _offer_undo(store: Store) -> None:
    gone = st.session_state.get(_DELETED)
    if not gone:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{count(len(gone), 'document')} deleted.")
        if st.button("Undo", key="undo_delete", icon=":material/undo:"):
            store.restore(gone)
            del st.session_state[_DELETED]
            st.rerun()
