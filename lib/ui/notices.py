"""What a callback has to say, said by the run that follows: in a callback of a fragment nothing can be drawn."""

from __future__ import annotations

from typing import Final

import streamlit as st

_NOTICE: Final = "notice"


def notice(text: str, icon: str) -> None:
    """Have the run that follows say this."""
    st.session_state[_NOTICE] = text, icon


def tell_notice() -> None:
    """Say what the callback before this run had to say."""
    if told := st.session_state.pop(_NOTICE, None):
        text, icon = told
        st.toast(text, icon=icon)
