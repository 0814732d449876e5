"""Holdings over time: what insiders held, and what no filing explains."""

from __future__ import annotations

import streamlit as st

from lib.charts.by_month import by_month, by_month_alt, by_month_figure, by_month_title
from lib.charts.holdings import far_apart, holdings_figure
from lib.charts.holdings_words import holdings_alt, holdings_title
from lib.ui.holdings_filters import choose, choose_again
from lib.ui.holdings_marks import open_picked_mark
from lib.ui.holdings_splits import chosen_splits, splits_of
from lib.ui.holdings_together import drawn, in_latest_shares
from lib.ui.holdings_totals import totals_table
from lib.ui.intake_panel import samples_button
from lib.ui.ledger_table import ledger_table
from lib.ui.library import all_together, the_store
from lib.ui.navigation import FILINGS, is_dark, start_page
from lib.ui.words import plain

start_page()
library = the_store().library()
together = all_together(library)
ledgers = drawn(together.book.ledgers)

st.title("Holdings", anchor=False)
if not ledgers:
    with st.container(border=True):
        st.subheader("No holdings yet", anchor=False)
        st.text("Holdings are drawn from the filings in the library, and there is none with a balance yet.")
        samples_button(the_store())
        st.page_link(FILINGS, label="Drop in filings of your own", icon=":material/upload:")
    st.stop()

shown = choose(ledgers)
if not shown:
    st.info("No report falls within these filters. Take one away.", icon=":material/filter_alt_off:")
    st.stop()

candidates = splits_of(together.splits, shown)
splits = chosen_splits(candidates)
if splits:
    together = all_together(library, tuple(splits))
    shown = in_latest_shares(choose_again(drawn(together.book.ledgers), shown), splits)

st.subheader(plain(holdings_title(shown)), anchor=False)
st.caption(
    "Shares held after each report. A level holds until the next report; "
    "a dotted line is a change that no filing in the library reports. Click a mark to open its filing."
)
apart = st.segmented_control(
    "Lines",
    ["On one axis", "Apart"],
    default="Apart" if far_apart(shown) else "On one axis",
    required=True,
    key="axes",
    bind="query-params",
    help="Apart gives each line its own panel and scale, so that small holdings can be seen beside large ones.",
    label_visibility="collapsed",
)
picked = st.plotly_chart(
    holdings_figure(shown, dark=is_dark(), apart=apart == "Apart", splits=candidates),
    key="holdings_chart",
    theme=None,
    config={"displaylogo": False},
    on_select="rerun",
    selection_mode="points",
    alt=holdings_alt(shown),
)
open_picked_mark(picked)
if months := by_month(shown):
    st.caption(plain(by_month_title(months)))
    st.plotly_chart(
        by_month_figure(months, dark=is_dark()),
        key="months_chart",
        theme=None,
        config={"displayModeBar": False},
        alt=by_month_alt(months),
    )
ledger_table(shown, together.top_cause)
totals_table(shown)
