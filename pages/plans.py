"""Plans: what a plan says, each term with the sentence it came from; edited, saved and exchanged."""

from __future__ import annotations

import streamlit as st

from lib.ui.navigation import start_page
from lib.ui.plan_conflicts_view import CONFLICTS, PART, conflicts_view
from lib.ui.plan_editor import editor
from lib.ui.plan_head import head, offer_restore
from lib.ui.plan_history_view import history_view
from lib.ui.plan_links import PLAN_IN_LINK
from lib.ui.plan_questions import questions
from lib.ui.plan_readings_view import readings_view
from lib.ui.plan_shelf import plan_shelf
from lib.ui.plan_start import SAMPLE_NAME, open_sample, say_not_here, start_panel, what_link_opens
from lib.ui.plan_table import work_on_table
from lib.ui.plan_terms_view import terms_view
from lib.ui.share import page_title

start_page()
shelf = plan_shelf()
work = work_on_table(shelf)
if work is None and st.query_params.get(PLAN_IN_LINK) == SAMPLE_NAME:
    open_sample()
    work = work_on_table(shelf)

if work is None:
    st.title("Plans", anchor=False)
else:
    page_title("Plans", note=what_link_opens(work, shelf))
offer_restore()
if work is None:
    if PLAN_IN_LINK in st.query_params:
        say_not_here(st.query_params[PLAN_IN_LINK])
    st.markdown(
        "Drop in a plan document: its terms are read, each with the sentence it came from, and what is not found"
        " is asked for. Nothing leaves this machine."
    )
    start_panel(shelf)
    st.stop()

head(work, shelf)
questions(work, shelf)
parts = {
    "Terms": terms_view,
    "Disputed readings": readings_view,
    **({CONFLICTS: conflicts_view} if work.conflicts else {}),
    "Amendments and other provisions": history_view,
}
for tab, show in zip(
    st.tabs(list(parts), key=PART, bind="query-params", on_change="rerun"), parts.values(), strict=True
):
    if tab.open:
        with tab:
            show(work)
editor(work)
