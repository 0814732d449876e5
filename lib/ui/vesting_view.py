"""The part of the vesting page that moves with its sliders: numbers, pictures and schedule.

A step of the second slider redraws the field, the numbers and the open view, and nothing else: a fragment of its own
draws them into places that were made before it. All that a step needs is worked out before the first element of it is
drawn, so that the elements reach the browser together: it would otherwise draw once before the work and again after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from lib.charts.look import day
from lib.plans.terms import PlanTerms
from lib.ui.day_slider import day_slider, day_steps
from lib.ui.notices import tell_notice
from lib.ui.share import show_link
from lib.ui.vesting_answer import Answer, answered, known_course, reason, shown_answer
from lib.ui.vesting_clauses import clause_links
from lib.ui.vesting_clocks import clocks_and_pool
from lib.ui.vesting_compare import comparison, pin, pinned_words
from lib.ui.vesting_director import grants_of_director
from lib.ui.vesting_exports import link_to_view, share, share_popover
from lib.ui.vesting_model import model_value_panel
from lib.ui.vesting_numbers import show_findings, show_numbers
from lib.ui.vesting_outcome import REASONS, Outcome
from lib.ui.vesting_picture import Picture
from lib.ui.vesting_pins import packed
from lib.ui.vesting_scenario import (
    FIRST_DEPARTURE,
    FIRST_GRANT,
    SERVING,
    Course,
    Setup,
    grant_vesting_on,
    scenario_data,
    vest_beside,
)
from lib.ui.vesting_table import installment_table
from lib.ui.words import plain

TERMINATION: Final = "Termination date"
LEAVES: Final = "Leaves"
REASON_WIDTH: Final = 150
OVER_TIME, GRANTS, CLOCKS, SCHEDULE, MODEL, COMPARE = (
    "Over time",
    "Grants",
    "Windows and pool",
    "Schedule and clauses",
    "Option value",
    "Compare",
)


@dataclass(frozen=True)
class _Shown:
    """The view that is open, and where the files are while they are asked for."""

    view: str
    share: PopoverContainer


@st.fragment
def vesting_view(setup: Setup, shelf: Mapping[str, PlanTerms], link_menu: PopoverContainer) -> None:
    """The sliders and everything that follows from them, the link in its menu too."""
    tell_notice()
    pinned_words()
    granted = _granted(setup)
    heading = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with heading:
        label = _service()
    answer = st.container()
    # made whether or not there is an outcome, so that the step's fragment stays the same one
    actions = st.container(horizontal=True, vertical_alignment="center")
    known = known_course()
    if setup.problems or (known is not None and answered(setup, known).found is None):
        _step(setup, shelf, link_menu, granted, label, heading, answer, None)
    else:
        with actions:
            shown = _actions(setup)
        _step(setup, shelf, link_menu, granted, label, heading, answer, shown)
    with heading:
        day_steps("leaves", lambda at, way: vest_beside(setup, st.session_state["granted"], at, way))


def _actions(setup: Setup) -> _Shown:
    """Which of the views is open, and what can be done with what is shown."""
    view = _view(setup)
    st.button(
        "Pin this scenario",
        icon=":material/keep:",
        key="pin_scenario",
        on_click=_pin_shown,
        help="Keep it to compare: up to four side by side.",
    )
    return _Shown(view, share_popover())


@st.fragment
def _step(
    setup: Setup,
    shelf: Mapping[str, PlanTerms],
    link_menu: PopoverContainer,
    granted: date,
    label: str,
    heading: DeltaGenerator,
    place: DeltaGenerator,
    shown: _Shown | None,
) -> None:
    """Draw the second slider and the numbers in ``place``, and the open view here; nothing is ``shown`` without an outcome."""
    known = known_course()
    if known is not None and shown is not None and shown.view == OVER_TIME:
        _ = answered(setup, known).picture
    with place:
        leaves = day_slider(label, "leaves", FIRST_DEPARTURE, around=granted, years=6, heading=heading)
    show_link(link_menu, lambda: link_to_view(shelf))
    answer = answered(setup, Course(granted, leaves, reason()))
    if (answer.found is None) != (shown is None):
        st.rerun()
    if answer.found is None or shown is None:
        _no_outcome(answer)
        return
    with place:
        st.subheader(plain(answer.found.title), anchor=False)
        show_numbers(answer.found)
    _view_body(shown.view, answer, answer.found, shelf)
    share(shown.share, answer.found, scenario_data(answer.setup, answer.course), shelf)


def _view(setup: Setup) -> str:
    """Which of the views is open."""
    names = [OVER_TIME, *([GRANTS] if setup.whole else []), CLOCKS, SCHEDULE]
    names += [] if setup.units or setup.whole else [MODEL]
    names.append(COMPARE)
    chosen: str = st.radio(
        "View", names, horizontal=True, key="tab", bind="query-params", label_visibility="collapsed"
    )
    return chosen


def _no_outcome(answer: Answer) -> None:
    """Why there are no numbers."""
    for sentence in answer.problems:
        st.error(plain(sentence), icon=":material/error:")
    if not answer.problems:
        setup, course = answer.setup, answer.course
        what = "no grant" if setup.whole else f"the grant of {day(course.granted)}"
        seen = setup.as_of or course.day
        st.info(f"On {day(seen)} {what} had not been made.", icon=":material/event:")


def _view_body(view: str, answer: Answer, found: Outcome, shelf: Mapping[str, PlanTerms]) -> None:
    """What the open view shows."""
    draw = {
        OVER_TIME: lambda: _over_time(found, answer.picture),
        GRANTS: lambda: grants_of_director(found),
        CLOCKS: lambda: clocks_and_pool(found),
        SCHEDULE: lambda: _schedule(found),
        MODEL: lambda: model_value_panel(found),
        COMPARE: lambda: comparison(shelf),
    }
    draw[view]()


def _over_time(found: Outcome, shown: Picture | None) -> None:
    """The picture, and what to know beside it."""
    if shown is None:
        return
    st.plotly_chart(
        shown.figure,
        key="vesting_chart",
        theme=None,
        config={"displayModeBar": False, "doubleClick": False},
        alt=shown.alt,
    )
    show_findings(found.result.findings, shown.notes)


def _schedule(found: Outcome) -> None:
    schedule, clauses = st.columns([2, 3], gap="large")
    with schedule:
        st.markdown("**Schedule without leaving**")
        installment_table(found)
    with clauses:
        st.markdown("**Where the numbers come from**")
        clause_links(found, "now")


def _pin_shown() -> None:
    """Pin the scenario that the page shows."""
    answer = shown_answer()
    if answer is not None:
        pin(packed(scenario_data(answer.setup, answer.course), answer.setup.share_price))


def _granted(setup: Setup) -> date:
    """The first slider."""
    label = "Election date" if setup.whole else "Grant date"
    heading = st.container(horizontal=True, vertical_alignment="center", gap="small")
    help = "Previous and next vest: the nearest such date whose schedule vests on the termination date."
    heading.markdown(f"**{label}**", help=help, width="content")
    granted = day_slider(label, "granted", FIRST_GRANT, years=4, heading=heading)
    with heading:
        day_steps("granted", lambda at, way: grant_vesting_on(setup, st.session_state["leaves"], at, way))
    return granted


def _service() -> str:
    """Whether service ends, and why; what the day of the second slider then is."""
    heading = st.container(width="content")
    service = st.radio(
        "Service",
        [LEAVES, SERVING],
        horizontal=True,
        key="service",
        bind="query-params",
        label_visibility="collapsed",
    )
    st.selectbox(
        "Reason",
        list(REASONS),
        format_func=REASONS.__getitem__,
        key="reason",
        bind="query-params",
        disabled=service == SERVING,
        label_visibility="collapsed",
        width=REASON_WIDTH,
    )
    label = f"{SERVING} on" if service == SERVING else TERMINATION
    help = "The day service as a director ends; a vest on that day counts."
    heading.markdown(f"**{label}**", help=help, width="content")
    return label
