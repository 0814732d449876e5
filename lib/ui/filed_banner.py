"""The vesting page opened on a row of a filing: which row, the sentence read into a schedule, and what was not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from lib.filings.words import days_as_read
from lib.plans.terms import PlanTerms
from lib.store import Store
from lib.ui.filed_grant import FiledGrant, filed_grant
from lib.ui.navigation import FILING
from lib.ui.plan_shelf import plan_title
from lib.ui.vesting_scenario import FIRST_GRANT, SERVING
from lib.ui.words import plain

FILING_IN_LINK: Final = "filing"
ROW_IN_LINK: Final = "row"
_TAKEN: Final = "filed_row_taken"
USUAL_OPTIONS, USUAL_UNITS = "typical-four-year-monthly", "typical-rsu-double-trigger"


def filed_in_link(store: Store) -> FiledGrant | None:
    """The grant of the filing and row that the link names; null where it names none. Says so where it is not there."""
    written = st.query_params.get(FILING_IN_LINK)
    if written is None:
        return None
    try:
        number = int(st.query_params.get(ROW_IN_LINK, ""))
        if number < 0:
            raise IndexError(number)
        return filed_grant(store.filing(int(written)), number)
    except (ValueError, KeyError, IndexError, OverflowError):
        st.warning(
            "The link names an option row of a filing that this library does not have; an example is shown instead.",
            icon=":material/warning:",
        )
        return None


def take_over(filed: FiledGrant, shelf: Mapping[str, PlanTerms]) -> None:
    """Fill the page's inputs from a row that is new to this session, save those that the link brings.

    Service goes on up to the filing's period: that anybody left is not in the row.
    """
    row = (st.query_params[FILING_IN_LINK], st.query_params[ROW_IN_LINK])
    if st.session_state.get(_TAKEN) == row:
        return
    st.session_state[_TAKEN] = row
    granted = filed.granted or FIRST_GRANT
    ends = filed.expires is not None and filed.expires >= granted
    filled = {
        "plan": likely_plan(filed, shelf),
        "granted": granted,
        "service": SERVING,
        "leaves": seen_on(filed),
        "asof": None,
        "shares": filed.shares,
        "strike": "" if filed.price is None else f"{filed.price:f}",
        "market": "" if filed.market is None else f"{filed.market.price:f}",
        "final": filed.expires if ends else None,
    }
    for key, value in filled.items():
        if key not in st.query_params:
            st.session_state[key] = value


def filled_in_link(shelf: Mapping[str, PlanTerms]) -> dict[str, list[str]]:
    """The inputs that a row of a filing filled, as a link has them: a page's address names only what was changed."""
    if FILING_IN_LINK not in st.query_params:
        return {}
    state = st.session_state
    words = {key: state.get(key) for key in ("service", "shares", "strike", "market", "final")}
    words["plan"] = plan_title(state["plan"], shelf[state["plan"]])
    return {key: [str(value)] for key, value in words.items() if value is not None}


def seen_on(filed: FiledGrant) -> date:
    """The day the page opens on: the filing's period, or the grant where that is later or there is no period."""
    granted = filed.granted or FIRST_GRANT
    return max(filed.period or granted, granted)


def likely_plan(filed: FiledGrant, shelf: Mapping[str, PlanTerms]) -> str:
    """The plan of the filing's issuer where there is one, else a usual one for options or for units."""
    issuer = bare_issuer(filed.issuer or "")
    for name, terms in shelf.items():
        if issuer and bare_issuer(terms.company) == issuer:
            return name
    return USUAL_UNITS if filed.units else USUAL_OPTIONS


def bare_issuer(name: str) -> str:
    """An issuer's name without case, punctuation and the kind of company."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return " ".join(
        word for word in words if word not in {"inc", "incorporated", "corp", "corporation", "co", "ltd"}
    )


def opening_words(filed: FiledGrant) -> str:
    """What the page opens with besides the row: the day, and what a share is worth."""
    opened = f"Opens as still serving on {seen_on(filed)}"
    if filed.period is not None and seen_on(filed) == filed.period:
        opened += ", the filing's period"
    if filed.market is None:
        return f"{opened}; the filing gives no market price of that day: type a share price to see values."
    market = filed.market
    return f"{opened}; the share price is that of the filing's transaction {market.code} of {market.day}."


def banner(filed: FiledGrant) -> None:
    """Which row this is, and what its schedule rests on."""
    with st.container(border=True, key="filed"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/description: **{plain(filed.title)}**", width="stretch")
            st.page_link(
                FILING,
                label="Its filing",
                icon=":material/arrow_back:",
                query_params={
                    "id": st.query_params[FILING_IN_LINK],
                    "cell": f"derivative[{st.query_params[ROW_IN_LINK]}].exercise_date",
                },
            )
        if filed.evidence is not None:
            st.markdown(f"> {plain(filed.evidence)}")
        if filed.not_understood is not None:
            st.warning(
                f"No schedule was read: {plain(filed.not_understood)}. The schedule of the plan and grant chosen below"
                " is run; choose another, or type one under **This grant's own terms**.",
                icon=":material/help:",
            )
        notes = [
            *filed.notes,
            opening_words(filed),
            "What happens upon leaving comes from the plan chosen below, not from the filing.",
        ]
        st.caption(" ".join(plain(days_as_read(note)) for note in notes))
