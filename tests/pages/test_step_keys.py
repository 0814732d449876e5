"""Keys that step through values: each press once, whenever the server hears of it."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from lib.ui import filing_tables
from lib.ui.filing_tables import mark, marked, picked_cell
from lib.ui.step_keys import take_steps
from tests.builders import filing, transaction


class EndedRun(Exception):
    """A further press ends the run."""


class Session(dict[str, Any]):
    """A session's state in which the run ends at one access, as a further press makes it."""

    left = 10**6

    def __getitem__(self, key: str) -> Any:
        self._asked()
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self._asked()
        super().__setitem__(key, value)

    def setdefault(self, key: str, default: Any = None) -> Any:
        self._asked()
        return super().setdefault(key, default)

    def _asked(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise EndedRun


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session of its own."""
    state = Session()
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", Session(id="1"))
    return state


def pressed(session: Session, *presses: tuple[int, int]) -> None:
    """The browser tells of these presses."""
    dict.__setitem__(session, "step_keys", SimpleNamespace(waiting=[list(press) for press in presses]))


def steps_of(session: Session, *presses: tuple[int, int]) -> int:
    """How many steps these presses make."""
    pressed(session, *presses)
    made: list[int] = []
    take_steps(made.append)
    return sum(made)


def test_each_press_counts_once(session: Session) -> None:
    """Presses come again until the browser has heard that they were seen."""
    assert steps_of(session, (100, 1), (101, 1)) == 2
    assert steps_of(session, (100, 1), (101, 1), (102, -1)) == -1
    assert steps_of(session, (102, -1)) == 0
    assert steps_of(session) == 0


def test_a_step_is_one_value(session: Session) -> None:
    """Whatever a browser sends, a press is one step forward or back."""
    assert steps_of(session, (1, 1000), (2, -7)) == 0


def test_what_was_marked_counts_however_long_its_run_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The link follows once the page is drawn; until then an older link in the address is no choice."""
    found = filing("2024-06-12", transaction("2024-06-12", "S", "D", 100, 900))
    places = ("non_derivative[0].transaction_shares", "non_derivative[0].transaction_code")
    clock = [0.0]
    monkeypatch.setattr(filing_tables, "monotonic", lambda: clock[0])
    st.query_params["cell"] = places[0]
    mark(places[1])
    clock[0] = 60.0
    assert picked_cell(found) == places[1]
    st.query_params["cell"] = places[0]  # a press brings the link of before
    assert picked_cell(found) == places[1]
    clock[0] = 120.0
    st.query_params["cell"] = places[0]  # Back
    assert picked_cell(found) == places[0]


@pytest.mark.parametrize("at", range(1, 7))
def test_a_press_that_ends_the_run_of_the_last_one_loses_neither(session: Session, at: int) -> None:
    """Wherever the next press ends the run, both are counted, and each once."""

    def go(by: int) -> None:
        mark(str(int(marked() or 0) + by))

    pressed(session, (1, 1))
    session.left = st.query_params.left = at  # type: ignore[attr-defined]
    with suppress(EndedRun):
        take_steps(go)
    session.left = st.query_params.left = 10**6  # type: ignore[attr-defined]
    pressed(session, (1, 1), (2, 1))
    take_steps(go)
    assert marked() == "2"
