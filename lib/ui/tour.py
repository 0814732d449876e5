"""A first look around in three steps, for whoever starts with an empty library; skipped with one click."""

from __future__ import annotations

from typing import Final

import streamlit as st

_STEP: Final = "tour_step"
LOADING: Final = "Load the sample filings, or drop in some of your own."
STEPS: Final = (
    (
        "See where every number stands",
        "Press Open beside a filing, then pick a value: its place in the document is marked.",
    ),
    (
        "See what no filing says",
        "Holdings draws what an insider held over time. A dotted line is a change that no filing reports; "
        "Checks lists what may explain it.",
    ),
    (
        "Ask what leaving would cost",
        "On Vesting, drag the day of grant and the day of leaving: what is vested, what is lost, and until when "
        "the rest can be exercised, each with its clause.",
    ),
)


def tour(is_empty: bool) -> None:
    """The step that the session is at; nothing where the library was not empty at first, or the tour is over."""
    step = st.session_state.setdefault(_STEP, 0 if is_empty else len(STEPS))
    if step >= len(STEPS):
        return
    title, words = STEPS[step]
    words = f"{LOADING} {words}" if step == 0 and is_empty else words
    last = step + 1 == len(STEPS)
    with st.container(border=True, key="tour"):
        st.caption(f"A look around, {step + 1} of {len(STEPS)}")
        st.subheader(title, anchor=False)
        st.text(words)
        with st.container(horizontal=True):
            st.button("Done" if last else "Next", key="tour_next", on_click=_go, args=(step + 1,))
            if not last:
                st.button("Skip", key="tour_skip", type="tertiary", on_click=_go, args=(len(STEPS),))


def _go(step: int) -> None:
    st.session_state[_STEP] = step
