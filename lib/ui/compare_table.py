"""Two filings beside each other, their differences first, each leading to its place in either source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from lib.exports.csv import csv_bytes
from lib.filings.compare import Pair
from lib.filings.corrections import shown, value_in_words
from lib.filings.words import where_in_words
from lib.store import Entry
from lib.ui.navigation import FILING
from lib.ui.words import SOURCE_KINDS, count, day_or_empty, issuer_name, owner_names, plain

_EMPTY: Final = "(no such row)"


def compare_table(one: Entry, other: Entry, pairs: Sequence[Pair]) -> None:
    """What the two say differently, as a table; every value on demand."""
    differing = [pair for pair in pairs if not pair.same]
    st.subheader(headline(one, other, len(differing), len(pairs)), anchor=False)
    for name, entry in (("A", one), ("B", other)):
        about = (
            issuer_name(entry.issuer, entry.symbol),
            owner_names(entry.owners),
            day_or_empty(entry.period),
        )
        st.text(
            f"{name}: Form {entry.form or '?'}, {', '.join(about)} ({SOURCE_KINDS[entry.container]}, {entry.document})"
        )
    everything = st.toggle("Values that agree too", key="everything", bind="query-params")
    listed = list(pairs) if everything else differing
    if not listed:
        return
    frame = pd.DataFrame(
        [
            {
                "Differs": "" if pair.same else "≠",
                "Where": _where(pair),
                "A": value_in_words(pair.name, pair.value) if pair.where else _EMPTY,
                "B": value_in_words(pair.name, pair.other_value) if pair.other_where else _EMPTY,
            }
            for pair in listed
        ],
        dtype="str",
    )
    if not everything:
        frame = frame.drop(columns="Differs")
    event: Any = st.dataframe(
        frame,
        key=f"compared_{one.id}_{other.id}_{everything}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Where": st.column_config.TextColumn(width="medium"),
            "Differs": st.column_config.TextColumn(width="small"),
        },
        placeholder="",
        height="auto" if len(frame) <= 15 else 620,
        alt="Values of both filings, a row each",
    )
    picked = next((listed[n] for n in event.selection.rows if n < len(listed)), None)
    _actions(one, other, pairs, picked)


def _where(pair: Pair) -> str:
    """The place that is compared; a value's footnote marks are told apart from the value."""
    marks = ", footnotes" if pair.name.endswith(" footnotes") else ""
    return where_in_words(pair.where or pair.other_where or pair.name) + marks


def _actions(one: Entry, other: Entry, pairs: Sequence[Pair], picked: Pair | None) -> None:
    """To the picked value's place in either source, and the whole comparison as a file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, entry, where in (
            ("A", one, picked.where if picked else None),
            ("B", other, picked.other_where if picked else None),
        ):
            if st.button(f"Show in {name}", key=f"show_{name}", disabled=where is None):
                st.switch_page(FILING, query_params={"id": str(entry.id), "cell": where or ""})
        st.download_button(
            "Download CSV",
            data=lambda: csv_bytes(
                ("where", "a", "b", "same"),
                (
                    (
                        pair.where or pair.other_where or pair.name,
                        shown(pair.value),
                        shown(pair.other_value),
                        str(pair.same),
                    )
                    for pair in pairs
                ),
            ),
            file_name=f"compare-{one.id}-{other.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download_comparison",
        )
        if picked is None:
            st.caption("Tick a row to see its place in either source.")


def headline(one: Entry, other: Entry, differing: int, of: int) -> str:
    """The takeaway, for a heading."""
    if not differing:
        return plain(f"Both say the same in all {of:,} values")
    return plain(f"{count(differing, 'value')} of {of:,} differ")
