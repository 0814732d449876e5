"""Keys that step through values: each press once, whenever the server hears of it."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from lib.ui.step_keys import new_steps


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of its own."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_each_press_counts_once() -> None:
    """Presses come again until the browser has heard that they were seen."""
    assert new_steps([[100, 1], [101, 1]]) == 2
    assert new_steps([[100, 1], [101, 1], [102, -1]]) == -1
    assert new_steps([[102, -1]]) == 0
    assert new_steps([]) == 0


def test_a_step_is_one_value() -> None:
    """Whatever a browser sends, a press is one step forward or back."""
    assert new_steps([[1, 1000], [2, -7]]) == 0
