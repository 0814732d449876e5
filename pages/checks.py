"""Checks: what does not add up, was late, was matched, or should be looked at."""

from __future__ import annotations

import streamlit as st

from lib.ui.checks_breaks import breaks_part
from lib.ui.checks_deadlines import deadlines_part
from lib.ui.checks_filters import chosen
from lib.ui.checks_quality import quality_part
from lib.ui.checks_results import headline
from lib.ui.checks_short_swing import short_swing_part
from lib.ui.intake_panel import samples_button
from lib.ui.library import issuers_held, the_store
from lib.ui.navigation import FILINGS, start_page
from lib.ui.share import page_title
from lib.ui.words import plain

start_page()
held = issuers_held()

page_title("Checks")
if not held:
    with st.container(border=True):
        st.subheader("Nothing to check yet", anchor=False)
        st.text("The checks read the filings in the library together, and there are none yet.")
        samples_button(the_store())
        st.page_link(FILINGS, label="Drop in filings of your own", icon=":material/upload:")
    st.stop()

checks = chosen(held)
st.subheader(plain(headline(checks)), anchor=False)

parts = {
    "Reconciliation": lambda: breaks_part(checks.breaks),
    "Deadlines": lambda: deadlines_part(checks.timed),
    "Short swing": lambda: short_swing_part(checks.swings),
    "Quality": lambda: quality_part(checks.noted),
}
for tab, show in zip(
    st.tabs(list(parts), key="part", bind="query-params", on_change="rerun"), parts.values(), strict=True
):
    if tab.open:
        with tab:
            show()
