"""Stakeline: run with ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from lib.ui.collecting import leave_out_loaded
from lib.ui.navigation import mark_started, page_list, set_logo
from lib.ui.sign_in import sign_out_button
from lib.ui.waking import wake_after_restart

st.set_page_config(page_title="Stakeline", page_icon="static/icon.svg", layout="wide")
set_logo()
mark_started()
page = st.navigation(page_list(), position="top")
page.run()
sign_out_button()
wake_after_restart()
leave_out_loaded(page.url_path)
