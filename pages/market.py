"""Market: what the insiders of everything in the library did."""

from __future__ import annotations

import streamlit as st

from lib.store.market import most_traded
from lib.ui.intake_panel import samples_button
from lib.ui.market_tables import (
    clusters_part,
    headline,
    late_part,
    market_answers,
    new_insiders_part,
    other_codes_part,
    traded_part,
    window_inputs,
)
from lib.ui.navigation import FILINGS, start_page
from lib.ui.share import page_title

start_page()
ask = market_answers()

page_title("Market")
window = window_inputs(ask)
if window is None:
    with st.container(border=True):
        st.subheader("No trades yet", anchor=False)
        st.text("These views look at every trade in the library, and there is none yet.")
        samples_button(ask.store)
        st.page_link(FILINGS, label="Drop in filings of your own", icon=":material/upload:")
    st.stop()

bought, sold = ask(most_traded, window, "P"), ask(most_traded, window, "S")
st.subheader(headline(bought, sold), anchor=False)
parts = {
    "Bought": lambda: traded_part(ask, window, "P"),
    "Sold": lambda: traded_part(ask, window, "S"),
    "Other codes": lambda: other_codes_part(ask, window),
    "Buying together": lambda: clusters_part(ask, window),
    "New insiders": lambda: new_insiders_part(ask, window),
    "Filed late": lambda: late_part(ask, window),
}
for tab, show in zip(
    st.tabs(
        list(parts),
        default="Bought" if bought else "Sold" if sold else "Other codes",
        key="market_part",
        bind="query-params",
        on_change="rerun",
    ),
    parts.values(),
    strict=True,
):
    if tab.open:
        with tab:
            show()
