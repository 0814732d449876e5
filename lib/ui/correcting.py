"""A value corrected with a reason, and that taken back: the pieces that pages share, beside whatever shows the value."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from lib.filings.corrections import FILED, choices, parsed, proposal, standing, value_at
from lib.filings.json import plain as written
from lib.filings.lookalikes import unread_text
from lib.filings.record import Filing
from lib.store import Store
from lib.ui.changes import person, person_input, write
from lib.ui.words import plain

_DAY: Final = "2003-11-24"


def correct(store: Store, filing_id: int, filing: Filing, path: str, label: str = "Correct") -> None:
    """A menu with a form for another value at ``path``; what cannot stand there is refused in a sentence."""
    key = f"correct_{filing_id}_{path}_{len(store.log(filing_id))}"
    # Drawn with its form: one that grew after it was opened would reach below the window.
    with (
        st.popover(label, icon=":material/edit:", key=key),
        st.form(f"correction_{path}", border=False),
    ):
        _form(store, filing_id, filing, path)


def undo(store: Store, filing_id: int, path: str) -> None:
    """A button that takes the correction of the value at ``path`` back."""
    line = next(
        (one for one in standing(store.log(filing_id)) if one.action == "correct" and one.where == path), None
    )
    if line and st.button("Undo", key="undo_cell", icon=":material/undo:", type="tertiary"):
        write(store, filing_id, "undo", where=path, undoes=line.number, by=person())


def _form(store: Store, filing_id: int, filing: Filing, path: str) -> None:
    """The fields of a correction, and what becomes of them."""
    now = written(value_at(filing, path))
    text = _value_input(filing, path)
    reason = st.text_input("Reason", placeholder=_why(path))
    by = person_input()
    if not st.form_submit_button("Save correction", type="primary"):
        return
    try:
        value = written(parsed(path, text))
    except ValueError as error:
        st.error(plain(str(error)))
        return
    if value == now:
        st.info("This is the value already.")
    elif not reason.strip():
        st.error("A correction needs a reason: whoever reads the log wants to know why.")
    else:
        was = written(value_at(store.filing_as_read(filing_id), path))
        write(store, filing_id, "correct", where=path, was=was, value=value, reason=reason.strip(), by=by)


def _value_input(filing: Filing, path: str) -> str:
    """A field for the value, or a list where few can stand there; offered is what is there or was likely meant."""
    now = written(value_at(filing, path))
    unread = unread_text(filing, path) if now is None else None
    offered = proposal(path, unread) if unread else "" if now is None else str(now)
    options = choices(path.rpartition(".")[2])
    if not options:
        form = _DAY if isinstance(_day_at(path), date) else None
        help_ = "Leave empty where the filing says nothing"
        return st.text_input("Value", value=offered, placeholder=form, help=help_)
    letter = {True: "yes", False: "no"}[now] if isinstance(now, bool) else now
    letter = offered if unread else letter
    at = options.index(letter) if letter in options else None
    return st.selectbox("Value", options, index=at, placeholder="Empty") or ""


def _day_at(path: str) -> object:
    """What a day is at ``path``: itself, or something else where no day stands there."""
    try:
        return parsed(path, _DAY)
    except ValueError:
        return None


def _why(path: str) -> str:
    """What the reason should say."""
    if path == FILED:
        return "Such as: EDGAR's index"
    return "Why the value read is wrong"
