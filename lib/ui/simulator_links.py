"""From the option rows of a filing's Table II to the simulator, each with the vesting sentence as it was read."""

from __future__ import annotations

from typing import Final

import streamlit as st
from pydantic import TypeAdapter

from lib.filings.record import Filing
from lib.filings.words import days_as_read
from lib.plans.schedule_terms import AnySchedule, Schedule
from lib.ui.filed_banner import FILING_IN_LINK, ROW_IN_LINK
from lib.ui.filed_grant import FiledGrant, filed_grant, is_option_row
from lib.ui.navigation import VESTING
from lib.ui.term_words import schedule_words
from lib.ui.words import plain

FEW: Final = 3
_SCHEDULE: Final[TypeAdapter[AnySchedule]] = TypeAdapter(Schedule)


def simulator_links(filing: Filing, filing_id: int) -> None:
    """A line for each row that vests: the way to the simulator, the sentence, and what it was read as."""
    rows = [number for number, row in enumerate(filing.derivative) if is_option_row(row)]
    if not rows:
        return
    with st.expander(
        "Open in simulator", icon=":material/timeline:", expanded=len(rows) <= FEW, key="simulate"
    ):
        for number in rows:
            _line(filing, filing_id, number)


def _line(filing: Filing, filing_id: int, number: int) -> None:
    found = filed_grant(filing, number)
    title = filing.derivative[number].security_title or "Derivative security"
    shares = f", {found.shares:,} shares" if found.shares else ""
    st.page_link(
        VESTING,
        label=f"Row {number + 1}: {plain(title)}{shares}",
        icon=":material/open_in_new:",
        query_params={FILING_IN_LINK: str(filing_id), ROW_IN_LINK: str(number)},
        help="Simulate what vests and what leaving costs",
    )
    if found.evidence is not None:
        st.markdown(f"> {plain(found.evidence)}")
    st.caption(plain(read_as(found)))


def read_as(found: FiledGrant) -> str:
    """What the row's vesting was read as, or why it was not read."""
    if found.not_understood is not None:
        return f"No schedule read: {found.not_understood}. Choose one in the simulator."
    if found.own.get("vested"):
        return "Read as vested in full."
    told = days_as_read(f"Read as {schedule_words(_SCHEDULE.validate_python(found.own['schedule']))}")
    start = found.own.get("vesting_start")
    return days_as_read(f"{told}, counted from {start}.") if start else f"{told}."
