"""Holdings over time: what insiders held, and what no filing explains."""

from __future__ import annotations

import streamlit as st

from lib.charts.by_month import by_month, by_month_alt, by_month_figure, by_month_title
from lib.charts.holdings import far_apart, holdings_figure
from lib.charts.holdings_words import holdings_alt, holdings_title
from lib.ui.holdings_filters import choose, choose_again, start_afresh
from lib.ui.holdings_marks import open_picked_mark
from lib.ui.holdings_splits import chosen_splits, splits_of
from lib.ui.holdings_together import drawn, in_latest_shares
from lib.ui.holdings_totals import totals_table
from lib.ui.intake_panel import samples_button
from lib.ui.issuer_choice import choose_issuer
from lib.ui.ledger_table import ledger_table
from lib.ui.library import issuers_held, the_store, together_of
from lib.ui.navigation import FILINGS, is_dark, start_page
from lib.ui.words import plain

NOTHING_HELD = "No filing of this issuer states a number of shares held, so there is nothing to draw."

start_page()
held = issuers_held()

st.title("Holdings", anchor=False)
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
    holdings_figure(
        shown, dark=is_dark(), panels="apart" if apart == "Apart" else "together", splits=candidates
    ),
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
