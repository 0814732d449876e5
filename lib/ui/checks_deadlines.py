"""Deadlines: late, possibly late, in time or unknown, with the rule in force on the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import streamlit as st

from lib.charts.holdings_words import short_owner
from lib.exports.csv import CellValue
from lib.filings.corrections import CORRECTED, FILED
from lib.filings.words import day, days_as_read
from lib.holdings.words import capital, row_words
from lib.ui.changes import tell_written
from lib.ui.checks_results import STATUSES, Timed
from lib.ui.checks_table import Cell, download, last_picked, link_to, picked_row
from lib.ui.correcting import correct, undo
from lib.ui.figures import figure
from lib.ui.library import the_store
from lib.ui.words import count, plain

CSV_HEADER: Final = (
    "issuer",
    "owner",
    "form",
    "filing",
    "row",
    "status",
    "event",
    "due",
    "latest with exceptions",
    "filed",
    "signed",
    "days late",
    "what the dates say",
    "rule",
)


def deadlines_part(timed: Sequence[Timed]) -> None:
    """How many are late and of what; the rows of the chosen states, and the picked one with its rule."""
    written = tell_written()
    st.text(
        "Each row is held to the rule in force on its day. A signature only bounds the filing date from below, "
        "and a miss that an exception could excuse is possibly late. Nothing here says that a rule was broken."
    )
    if not timed:
        st.info("No report here has a deadline.", icon=":material/event_busy:")
        return
    counts = Counter(one.timeliness.status for one in timed)
    told = ", ".join(f"{counts[status]:,} {status}" for status in STATUSES)
    ask = "; where the document lacks its filing date, pick the row and enter it" if counts["unknown"] else ""
    st.caption(f"{told}{ask}")
    chosen: Any = st.pills(
        "State",
        STATUSES,
        selection_mode="multi",
        key="timeliness",
        bind="query-params",
        label_visibility="collapsed",
        format_func=capital,
    )
    shown = [one for one in timed if not chosen or one.timeliness.status in chosen]
    if written:
        _tell_where_it_went(timed, shown)
    if not shown:
        st.info("No report is in this state. Take the choice away.", icon=":material/filter_alt_off:")
        return
    one = picked_row(
        shown,
        _cells,
        name="deadlines",
        alt=f"{count(len(shown), 'report')} with deadlines: "
        + ", ".join(f"{counts[status]:,} {status}" for status in STATUSES),
        hints={
            "Due": "The last day by the rule in force on the day of the event",
            "Filed": "From a submission's header or a data set, or as a person gave it",
            "Signed": "The filing was not made before this day",
            "Days late": "Calendar days after the due day, at least",
        },
        identity=_identity,
    )
    _detail(one)
    download("deadlines", "deadlines", CSV_HEADER, lambda: _csv_rows(shown))


def _identity(one: Timed) -> tuple[int, str]:
    return one.filing_id, one.timeliness.path


def _tell_where_it_went(timed: Sequence[Timed], shown: Sequence[Timed]) -> None:
    """What a change made of the row that was picked, where the chosen states no longer list it."""
    picked = last_picked("deadlines")
    if any(_identity(one) == picked for one in shown):
        return
    for one in timed:
        if _identity(one) == picked:
            who = f"{short_owner(one.who.owner)}, Form {one.form}"
            said = f"{who} is now {one.timeliness.status}. {one.timeliness.message}"
            st.info(plain(said), icon=":material/history:")


def _cells(one: Timed) -> dict[str, Cell]:
    told = one.timeliness
    return {
        "State": capital(told.status),
        "Owner": short_owner(one.who.owner),
        "Form": one.form,
        "Row": capital(row_words(told.path)) if told.path else "Whole form",
        "Event": told.event,
        "Due": told.due,
        "Filed": told.filed,
        "Signed": told.signed,
        "Days late": figure(told.days_late or None),
    }


def _detail(one: Timed) -> None:
    told = one.timeliness
    with st.container(border=True):
        st.subheader(
            plain(f"{capital(told.status)}: {short_owner(one.who.owner)}, Form {one.form}"), anchor=False
        )
        st.text(told.message)
        if told.rule:
            st.caption("The rule on the day")
            st.text(f"{told.rule}.")
        if told.latest and told.latest != told.due:
            st.text(
                f"With a deemed execution date or another exception, the last day could be {day(told.latest)}."
            )
        cell = f"{told.path}.transaction_date" if told.path else "period_of_report"
        with st.container(horizontal=True, vertical_alignment="center"):
            _filing_date(one)
            link_to("Open the filing", one.filing_id, cell)


def _filing_date(one: Timed) -> None:
    """The day on which the filing was made, to enter where it is not known and else to correct; who did, and the way back."""
    store, path = the_store(), one.timeliness.dated_by
    filing = store.filing(one.filing_id)
    label = "Correct" if one.timeliness.filed else "Enter"
    what = "filing date" if path == FILED else "date of the filing it amends"
    correct(store, one.filing_id, filing, path, f"{label} {what}")
    for finding in filing.findings:
        if finding.where == path and finding.rule == CORRECTED:
            st.text(days_as_read(finding.message))
            undo(store, one.filing_id, path)


def _csv_rows(timed: Sequence[Timed]) -> Iterator[tuple[CellValue, ...]]:
    for one in timed:
        told = one.timeliness
        yield (
            one.who.issuer,
            one.who.owner,
            one.form,
            one.filing_id,
            told.path,
            told.status,
            told.event,
            told.due,
            told.latest,
            told.filed,
            told.signed,
            told.days_late,
            told.message,
            told.rule,
        )
