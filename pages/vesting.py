"""Vesting: what is vested, forfeited and exercisable, as the grant date and the day of leaving move."""

from __future__ import annotations

import streamlit as st

from lib.ui.navigation import start_page
from lib.ui.vesting_inputs import setup_inputs
from lib.ui.vesting_view import vesting_view

start_page()

st.title("Vesting", anchor=False)
vesting_view(setup_inputs())
