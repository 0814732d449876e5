"""Scenarios side by side: up to four that were pinned, with differences against the first and every clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from lib.filings.words import signed_dollars
from lib.plans.terms import PlanTerms
from lib.ui.notices import notice
from lib.ui.vesting_clauses import clause_links
from lib.ui.vesting_numbers import Number, number_help, numbers
from lib.ui.vesting_outcome import Outcome
from lib.ui.vesting_pins import MOST_PINS, PIN, Pinned, pinned
from lib.ui.words import plain

_PINNED: Final = "pinned_scenarios"
CARD_WIDTH: Final = 296
LABEL_HEIGHT: Final = 74


def pinned_words() -> list[str]:
    """The pinned scenarios, packed: this session's, which begin as those of the link, and which the link keeps.

    The session counts and not the link, for a browser that changes the link at the same moment would undo a pin.
    """
    words: list[str] = st.session_state.setdefault(_PINNED, st.query_params.get_all(PIN)[:MOST_PINS])
    if st.query_params.get_all(PIN) != words:
        st.query_params[PIN] = words
    return words


def pin(word: str) -> None:
    """Pin a scenario, unless it is pinned or there is no room."""
    words = pinned_words()
    if word in words:
        notice("This scenario is pinned already.", ":material/keep:")
    elif len(words) >= MOST_PINS:
        notice(f"{MOST_PINS} scenarios are pinned; take one away first.", ":material/keep_off:")
    else:
        st.session_state[_PINNED] = [*words, word]
        notice("Pinned; see Compare.", ":material/keep:")


def unpin(place: int) -> None:
    """Take a pinned scenario away."""
    st.session_state[_PINNED] = [word for number, word in enumerate(pinned_words()) if number != place]


def comparison(shelf: Mapping[str, PlanTerms]) -> None:
    """The pinned scenarios, a card each; what differs is said on top of each card."""
    words = pinned_words()
    if not words:
        st.info(
            "Nothing is pinned yet. Set a date, reason or reading, press **Pin this scenario**, change something, and"
            " pin again: up to four stand here side by side, with differences against the first.",
            icon=":material/keep:",
        )
        return
    listed, problems = pinned(words, shelf)
    for problem in problems:
        st.error(plain(problem), icon=":material/error:")
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        for one in listed:
            _card(words.index(one.packed), one, listed[0])


def _card(place: int, one: Pinned, first: Pinned) -> None:
    with st.container(border=True, width=CARD_WIDTH, key=f"scenario_{place}", gap="small"):
        with st.container(height=LABEL_HEIGHT, border=False):
            st.markdown(f"**{place + 1}. {plain(one.label)}**")
        for name, number in _figures(one.found).items():
            st.metric(
                number.name,
                number.value,
                number.below if one is first else difference(name, one.found, first.found) or number.below,
                delta_color="off",
                delta_arrow="off",
                help=number_help(number, one.found.state.citations),
            )
        with st.container(horizontal=True, gap="small"):
            with st.popover("Clauses", icon=":material/gavel:"):
                clause_links(one.found, f"scenario_{place}")
            st.button(
                "Take away",
                icon=":material/close:",
                key=f"unpin_{place}",
                type="tertiary",
                on_click=unpin,
                args=(place,),
            )


def _figures(found: Outcome) -> dict[str, Number]:
    listed = numbers(found.state, found.value, found.left, found.units, priced=found.priced)
    return {number.name: number for number in listed}


def difference(name: str, one: Outcome, first: Outcome) -> str | None:
    """How a figure differs from the same one of the first scenario; null where it cannot be said."""
    held, base = one.state.holding, first.state.holding
    shares = {
        "Exercisable": (held.exercisable, base.exercisable),
        "Forfeited": (held.forfeited, base.forfeited),
        "Unvested": (held.unvested, base.unvested),
        "Delivered": (held.exercised, base.exercised),
    }
    if name in shares:
        return _shares(*shares[name])
    if name == "Last day to exercise":
        return _days(one, first)
    if one.value is None or first.value is None:
        return None
    amounts = {
        "Exercise cost": one.value.exercise_cost - first.value.exercise_cost,
        "Intrinsic value": one.value.intrinsic_value - first.value.intrinsic_value,
        "Unvested potential": one.value.unvested_potential - first.value.unvested_potential,
    }
    if name not in amounts:
        return None
    return signed_dollars(amounts[name]) if amounts[name] else "same"


def _shares(here: int, there: int) -> str:
    change = here - there
    return "same" if not change else f"{change:+,} shares".replace("-", "\N{MINUS SIGN}")


def _days(one: Outcome, first: Outcome) -> str | None:
    here, there = one.state.last_day, first.state.last_day
    if here is None or there is None:
        return "same" if here is there else None
    days = (here.date - there.date).days
    return "same" if not days else f"{abs(days):,} days {'later' if days > 0 else 'earlier'}"
