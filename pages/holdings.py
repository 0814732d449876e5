"""Holdings over time: what insiders held, and what no filing explains."""

from __future__ import annotations

import streamlit as st

from lib.holdings.together import drawn, in_latest_shares
from lib.ui.holdings_details import details
from lib.ui.holdings_exports import exports
from lib.ui.holdings_filters import choose, choose_again, start_afresh
from lib.ui.holdings_marks import open_picked_mark
from lib.ui.holdings_names import names_part
from lib.ui.holdings_prices import prices_of
from lib.ui.holdings_splits import chosen_splits, splits_of
from lib.ui.holdings_totals import totals_table
from lib.ui.holdings_view import (
    CHART_TOOLS,
    View,
    alt_of,
    layout_choice,
    measure_choice,
    shown_figure,
    title_of,
)
from lib.ui.intake_panel import samples_button
from lib.ui.issuer_choice import choose_issuer
from lib.ui.ledger_table import ledger_table
from lib.ui.library import issuers_held, the_store, together_of
from lib.ui.navigation import FILINGS, is_dark, start_page
from lib.ui.share import page_title
from lib.ui.words import plain

NOTHING_HELD = "No filing of this issuer states a number of shares held, so there is nothing to draw."

start_page()
held = issuers_held()

page_title("Holdings")
if not held:
    with st.container(border=True):
        st.subheader("No holdings yet", anchor=False)
        st.text("Holdings are drawn from the filings in the library, and there are none yet.")
        samples_button(the_store())
        st.page_link(FILINGS, label="Drop in filings of your own", icon=":material/upload:")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    issuer, searched = choose_issuer(the_store(), held, start_afresh)
    together = together_of(issuer)
    ledgers = drawn(together.book.ledgers)
    shown = choose(ledgers, searched) if ledgers else []
if not shown:
    said = "No report falls within these filters. Take one away." if ledgers else NOTHING_HELD
    st.info(said, icon=":material/filter_alt_off:")
    st.stop()

candidates = splits_of(together.splits, shown)
splits = chosen_splits(candidates)
if splits:
    together = together_of(issuer, splits)
    shown = in_latest_shares(choose_again(drawn(together.book.ledgers), shown), splits)

headline = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    layout, unit = layout_choice(shown), measure_choice()
    view = View(layout, unit, prices_of(the_store(), issuer))
    st.space("stretch")
    exports(shown, view, candidates, together.top_cause)
with headline:
    st.subheader(plain(title_of(shown, view)), anchor=False)
    st.caption(view.caption)
if unit == "value" and view.prices is None:
    st.info(
        "A value needs closing prices: add a CSV of them above. Until then this is shares.",
        icon=":material/info:",
    )
picked = st.plotly_chart(
    shown_figure(shown, view, candidates, dark=is_dark()),
    key="holdings_chart",
    theme=None,
    config=CHART_TOOLS,
    on_select="rerun",
    selection_mode="points",
    alt=alt_of(shown, view),
)
open_picked_mark(picked)
details(shown, view.prices)
ledger_table(shown, together.top_cause)
totals_table(shown)
names_part(the_store(), issuer, together.book)
