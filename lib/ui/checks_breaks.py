"""Reconciliation: every change that no filing explains, with what may explain it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.charts.holdings_words import short_owner
from lib.charts.look import amount, day, signed
from lib.exports.ledger import BREAKS_HEADER, break_rows, movement_at, unit_of_break
from lib.holdings.breaks import Cause
from lib.holdings.positions import Movement
from lib.holdings.reconcile import Break
from lib.holdings.words import capital
from lib.ui.checks_table import Cell, download, link_to, picked_row
from lib.ui.figures import figure
from lib.ui.words import count, plain

EXACT, LIKELY = 82, 60
"""Weights of causes from which they fit the amount exactly, or make a likely story."""


def breaks_part(breaks: Sequence[Break]) -> None:
    """The breaks as a table, and the picked one in words with its causes."""
    st.text(
        "Between two filings, what was held before, plus and minus what was reported, should give what is held "
        "after. Where it does not, something is missing; what follows are candidates, not findings of fact."
    )
    if not breaks:
        st.success("Every change between these filings is explained.", icon=":material/check:")
        return
    one = picked_row(
        breaks,
        _cells,
        name="breaks",
        alt=f"{count(len(breaks), 'unexplained change')}, the largest first: {_in_words(breaks[0])}",
        hints={
            "Held before": "What the filing before leaves",
            "Unexplained": "What the next filing must have started from, less what was held before",
            "Most likely": "The candidate that fits the amount best; pick the row for it in full, and for all of them",
        },
    )
    _detail(one)
    download("breaks", "unexplained-changes", BREAKS_HEADER, lambda: break_rows(breaks))


def _cells(one: Break) -> dict[str, Cell]:
    return {
        "Unexplained": figure(one.amount, signed),
        "Most likely": capital(one.causes[0].kind) if one.causes else "",
        "Owner": short_owner(one.position.owner),
        "Holding": f"{one.position.security}, {one.position.line}",
        "After": one.since,
        "By": one.until,
        "Held before": figure(one.held),
    }


def _detail(one: Break) -> None:
    """The break in a sentence, its two filings, and the candidates in order."""
    with st.container(border=True):
        title = f"{signed(one.amount)} {unit_of_break(one)} unexplained: {short_owner(one.position.owner)}, {one.position.line}"
        st.subheader(plain(title), anchor=False)
        st.text(_in_words(one))
        with st.container(horizontal=True, gap="medium"):
            if one.before:
                before = one.before.movements[-1]
                link_to(
                    f"Form {one.before.form or '?'} of {day(one.since)}", before.filing_id, _cell(one, before)
                )
            after = movement_at(one.report, one.path)
            link_to(
                f"Form {one.report.form or '?'} of {day(one.report.date)}", after.filing_id, _cell(one, after)
            )
        for cause in one.causes:
            with st.container(gap=None):
                st.caption(f"{_fit(cause)} · {cause.kind}")
                st.text(cause.sentence)
                if cause.filing_id is not None and cause.path:
                    link_to("See the place", cause.filing_id, cause.path)
        if not one.causes:
            st.text("Nothing in the library suggests a cause.")


def _in_words(one: Break) -> str:
    unit = unit_of_break(one)
    fewer = "fewer" if one.amount < 0 else "more"
    opened = amount(one.held + one.amount)
    gap = f"{amount(abs(one.amount))} {fewer}"
    if one.before:
        return (
            f"{amount(one.held)} {unit} were held after {day(one.since)}. The filing for {day(one.report.date)} "
            f"must have started from {opened}: {gap}, and no filing in the library says why."
        )
    return (
        f"Within the filing for {day(one.report.date)}, the balance was {amount(one.held)} {unit}, and the next "
        f"row must have started from {opened}: {gap}."
    )


def _fit(cause: Cause) -> str:
    return "Fits exactly" if cause.weight >= EXACT else "Likely" if cause.weight >= LIKELY else "Possible"


def _cell(one: Break, movement: Movement) -> str:
    name = "value_owned_following" if one.position.unit == "dollars" else "shares_owned_following"
    return f"{movement.path}.{name}"
