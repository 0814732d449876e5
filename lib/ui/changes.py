"""Who changes what: the person's name, lines for the log, and the log with its undo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from lib.filings.corrections import (
    Action,
    Correction,
    Written,
    moot,
    standing,
    undone,
    value_before,
    value_in_words,
)
from lib.filings.words import day, where_in_words
from lib.store import Store
from lib.ui.words import count, plain

_PERSON: Final = "person"
_TOLD: Final = "change_was_written"
NOBODY: Final = "Analyst"
_WORDS: Final = {"accept": "finding accepted", "ignore": "finding ignored"}


def person() -> str:
    """The name that changes are signed with: of the sign-in, else as the person set it."""
    return _signed_in() or str(st.session_state.get(_PERSON) or NOBODY)


def _signed_in() -> str | None:
    """The name of who has signed in; ``None`` where sign-in is off."""
    if not st.user.get("is_logged_in"):
        return None
    return str(st.user.get("name") or st.user.get("email") or st.user.get("sub") or NOBODY)


def person_input() -> str:
    """A field for the person's name, which the session remembers; who has signed in has one already."""
    if signed_in := _signed_in():
        st.caption(plain(f"Signed as {signed_in}"))
        return signed_in
    name = st.text_input("Your name", value=person(), help="Signs the change in the log")
    return name.strip() or NOBODY


def write(store: Store, filing_id: int, action: Action, *, by: str, **line: Any) -> None:
    """Add a line to the filing's log and show the page anew."""
    st.session_state[_PERSON] = by
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    store.write_log(filing_id, [Correction(0, action, by=by, at=now, **line)])
    st.session_state[_TOLD] = "Undone" if action == "undo" else "Noted in the log"
    st.rerun()


def tell_written() -> bool:
    """Say what became of a change, in the run that shows it: what is said before a rerun nobody sees.

    Whether there was a change.
    """
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.toast(told, icon=":material/history:")
    return bool(told)


def changes(store: Store, filing_id: int) -> None:
    """The log of a filing: what stands, with undo; what was undone; what a newer reading makes moot."""
    log = store.log(filing_id)
    if not log:
        return
    stands = standing(log)
    taken_back = undone(log)
    made = [line for line in log if line.action != "undo"]
    number = sum(line.number not in taken_back for line in made)
    said = count(number, "change") if number else "Changes, all undone"
    with st.expander(said, key="changes", icon=":material/history:"):
        for line, why in moot(store.filing_as_read(filing_id), log):
            st.warning(plain(f"{where_in_words(line.where)}: {why}"))
        for line in reversed(made):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(in_words(line, value_before(log, line)), width="stretch")
                if line not in stands:
                    st.caption("undone" if line.number in taken_back else "changed again")
                elif st.button("Undo", key=f"undo_{line.number}", icon=":material/undo:", type="tertiary"):
                    write(store, filing_id, "undo", where=line.where, undoes=line.number, by=person())


def in_words(line: Correction, was: Written) -> str:
    """A line of the log in a sentence; ``was`` is the value that stood before it."""
    name = line.where.rpartition(".")[2]
    what = (
        f"{value_in_words(name, was)} → {value_in_words(name, line.value)}"
        if line.action == "correct"
        else _WORDS[line.action]
    )
    reason = f": {line.reason}" if line.reason else ""
    return f"{day(line.at)} {line.at:%H:%M} UTC, {line.by}: {where_in_words(line.where)}, {what}{reason}"
