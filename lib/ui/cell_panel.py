"""The picked value in the open: what it says, its footnotes and code, what is doubtful, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from lib.filings.codes import DIRECTIONS, OWNERSHIP, TRANSACTION_CODES
from lib.filings.corrections import CORRECTED, Action, shown, value_at
from lib.filings.form_tables import cell_text, columns_of, doubts, place_at, value_text
from lib.filings.json import plain as written
from lib.filings.lookalikes import unread_text
from lib.filings.record import TABLES, Filing
from lib.filings.words import where_in_words
from lib.store import Store
from lib.ui.changes import person, write
from lib.ui.correcting import correct, undo
from lib.ui.filing_tables import mark, marked
from lib.ui.finding_words import finding_words
from lib.ui.narrow_screen import link_to_source
from lib.ui.navigation import GLOSSARY
from lib.ui.step_keys import step_keys
from lib.ui.words import plain

MEANINGS: Final = {
    "transaction_code": TRANSACTION_CODES,
    "acquired_disposed_code": DIRECTIONS,
    "direct_or_indirect": OWNERSHIP,
}

SETTLING: Final[tuple[tuple[Action, str, str], ...]] = (
    ("accept", "Accept", "The value is right: the finding is settled"),
    ("ignore", "Ignore", "The finding does not matter here"),
)


def cell_panel(store: Store, filing_id: int, filing: Filing, path: str | None) -> None:
    """The panel of the value at ``path``, with steps to the value before and after it on the form."""
    cells = cells_in_order(filing)
    if not cells:
        return
    with st.container(border=True, key="cell_panel"):
        if path is None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(
                    "Pick a value to see where it stands, what it means, and to correct it.", width="stretch"
                )
                _step("First value", cells, 1, "keyboard_arrow_right", there=True)
            step_keys(partial(_go, cells))
            return
        st.caption(plain(where_in_words(path)))
        try:
            value = value_at(filing, path)
        except KeyError:
            _doubts(store, filing_id, filing, path)
            _steps(cells, path)
            return
        row = dict(filing.rows()).get(path.rpartition(".")[0])
        text = value_text(filing, row, path.rpartition(".")[2]) if row else shown(written(value))
        unread = unread_text(filing, path) if value is None else None
        st.markdown(f"**{plain(f'{unread}, which could not be read' if unread else text or shown(None))}**")
        for words in explanations(filing, path):
            st.text(words)
        link_to_source()
        _doubts(store, filing_id, filing, path)
        with st.container(horizontal=True, vertical_alignment="center"):
            _steps(cells, path)
            correct(store, filing_id, filing, path)
            if path.endswith("_code") and text:
                st.page_link(
                    GLOSSARY,
                    label="Glossary",
                    icon=":material/menu_book:",
                    query_params={"term": text.split("/")[0]},
                )
        step_keys(partial(_go, cells))


def cells_in_order(filing: Filing) -> list[str]:
    """The paths of the values that the tables print or should, in printed order: a doubtful blank is one."""
    doubted = doubts(filing)
    found = {
        place: None
        for table in TABLES
        for columns in [columns_of(filing, table)]
        for n, row in enumerate(getattr(filing, table))
        for column in columns
        if (place := place_at(filing, table, n, column, doubted)) in doubted or cell_text(filing, row, column)
    }
    return list(found)


def explanations(filing: Filing, path: str) -> list[str]:
    """What the value's letter means and what its footnotes say."""
    place, _, name = path.rpartition(".")
    row = dict(filing.rows()).get(place)
    if row is None:
        return []
    meaning = MEANINGS.get(name, {}).get(getattr(row, name) or "")
    notes = [
        f"({mark_.removeprefix('F')}) {filing.footnotes.get(mark_, 'This footnote is not in the filing.')}"
        for mark_ in row.footnotes.get(name, ())
    ]
    return ([meaning] if meaning else []) + notes


def _steps(cells: Sequence[str], path: str) -> None:
    at = cells.index(path) if path in cells else -1
    _step("Previous", cells, -1, "keyboard_arrow_left", there=at > 0)
    _step("Next", cells, 1, "keyboard_arrow_right", there=at + 1 < len(cells))


def _step(label: str, cells: Sequence[str], by: int, icon: str, *, there: bool) -> None:
    st.button(
        label,
        key=f"cell_{label.split()[0].lower()}",
        icon=f":material/{icon}:",
        disabled=not there,
        on_click=_go,
        args=(cells, by),
    )


def _go(cells: Sequence[str], by: int) -> None:
    """Mark the value that many steps on from where the person is, who may have pressed again before the page is drawn."""
    at = marked()
    now = cells.index(at) if at in cells else -1
    mark(cells[min(max(now + by, 0), len(cells) - 1)])


def _doubts(store: Store, filing_id: int, filing: Filing, path: str) -> None:
    """The findings of this value, each to accept or to ignore; a correction with its undo."""
    for n, finding in enumerate(filing.findings):
        if finding.where != path:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            finding_words(finding.where, finding.rule, finding.message)
            if finding.rule == CORRECTED:
                undo(store, filing_id, path)
                continue
            for action, label, help_ in SETTLING:
                if st.button(label, key=f"{action}_{n}", help=help_, type="tertiary"):
                    write(store, filing_id, action, where=path, rule=finding.rule, by=person())
