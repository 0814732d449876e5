"""What the parts of the checks page share: a table in which a row is picked, links to cells, and downloads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import pandas as pd
import streamlit as st

from lib.exports.csv import CellValue
from lib.ui.downloads import csv_and_workbook
from lib.ui.figures import Figure, written
from lib.ui.navigation import FILING
from lib.ui.words import DAY_FORMAT, plain

MOST_ROWS: Final = 1_000
"""Rows that a browser shows without delay; the download has all of them."""
LOW, HIGH = 8, 360
_PICKED: Final = "{}_picked"

Item = TypeVar("Item")
Cell = str | date | Figure | None


def picked_row(
    items: Sequence[Item],
    cells: Callable[[Item], Mapping[str, Cell]],
    *,
    name: str,
    alt: str,
    hints: Mapping[str, str] | None = None,
    widths: Mapping[str, Any] | None = None,
    identity: Callable[[Item], Hashable] | None = None,
) -> Item:
    """A table with a row for each item, the first picked until another is; the item of the picked row.

    ``hints`` explain heads. With an ``identity`` an item stays picked where the rows change around it. There must
    be an item.
    """
    shown = items[:MOST_ROWS]
    rows = without_empty_columns([cells(item) for item in shown])
    frame, days = frame_of(rows, hints or {})
    before = last_picked(name)
    first = next((n for n, item in enumerate(shown) if identity and identity(item) == before), 0)
    # A selection is positions: with other rows it must start afresh.
    state = hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
    config = {
        head: st.column_config.Column(help=(hints or {}).get(head), width=(widths or {}).get(head))
        for head in frame.columns
        if head not in days
    }
    if len(items) > len(shown):
        st.caption(f"The first {len(shown):,} of {len(items):,}; the download has all of them.")
    event: Any = st.dataframe(
        written(frame, rows),
        key=f"{name}_{state}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [first]}},
        column_config=config | days,
        placeholder="",
        height="auto" if len(frame) <= LOW else HIGH,
        alt=alt,
    )
    picked = [n for n in event.selection.rows if n < len(shown)]
    one = shown[picked[0] if picked else 0]
    if identity:
        st.session_state[_PICKED.format(name)] = identity(one)
    return one


def last_picked(name: str) -> object:
    """The identity of the item that was picked when the table of this name was last drawn."""
    return st.session_state.get(_PICKED.format(name))


def without_empty_columns(rows: Sequence[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    """The rows with only those columns in which some row says something."""
    used = [head for head in rows[0] if any(row[head] not in {None, ""} for row in rows)] if rows else []
    return [{head: row[head] for head in used} for row in rows]


def frame_of(
    rows: Sequence[Mapping[str, Cell]], hints: Mapping[str, str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The rows as a frame of texts and days, and how the days are shown: as people read them, sorted as days are.

    ``written`` puts its figures in.
    """
    heads = list(rows[0]) if rows else []
    days = [head for head in heads if any(isinstance(row[head], date) for row in rows)]
    words = [head for head in heads if head not in days]
    frame = pd.DataFrame(
        {head: [row[head] if head in days else row[head] or "" for row in rows] for head in heads}
    )
    return frame.astype(dict.fromkeys(words, "str")), {
        head: st.column_config.DateColumn(format=DAY_FORMAT, help=hints.get(head)) for head in days
    }


def link_to(label: str, filing_id: int, cell: str = "") -> None:
    """A link to a filing with a cell marked."""
    query = {"id": str(filing_id)} | ({"cell": cell} if cell else {})
    st.page_link(FILING, label=plain(label), icon=":material/description:", query_params=query)


def download(
    name: str, file_name: str, header: Sequence[str], rows: Callable[[], Iterable[Sequence[CellValue]]]
) -> None:
    """Buttons for all rows as CSV and as a workbook, written when they are clicked."""
    with st.container(horizontal=True):
        csv_and_workbook(
            name, file_name, lambda: {file_name.replace("-", " ").capitalize(): (header, rows())}
        )
