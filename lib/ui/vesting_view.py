"""The part of the vesting page that moves with its sliders: numbers, pictures and schedule, drawn as one fragment.

All that a step needs is worked out before the first element is drawn, so that the elements reach the browser together:
it would otherwise draw the page once for those before the work and again for those after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import streamlit as st

from lib.charts.look import day
from lib.plans.errors import ScenarioError
from lib.plans.term import Reason
from lib.plans.terms import PlanTerms
from lib.ui.day_slider import day_slider
from lib.ui.navigation import is_dark
from lib.ui.vesting_clauses import clause_links
from lib.ui.vesting_clocks import clocks_and_pool
from lib.ui.vesting_compare import comparison, pin, pinned_words
from lib.ui.vesting_director import grants_of_director
from lib.ui.vesting_exports import exports
from lib.ui.vesting_model import model_value_panel
from lib.ui.vesting_numbers import show_findings, show_numbers
from lib.ui.vesting_outcome import REASONS, Outcome, outcome
from lib.ui.vesting_picture import Picture, picture
from lib.ui.vesting_pins import packed
from lib.ui.vesting_scenario import (
    FIRST_DEPARTURE,
    FIRST_GRANT,
    SERVING,
    Course,
    Setup,
    grant_vesting_on,
    make_scenario,
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
class _Answer:
    """What the inputs come to. ``found`` is null where no grant had been made, or where ``problems`` say why not."""

    setup: Setup
    course: Course
    found: Outcome | None = None
    problems: tuple[str, ...] = ()

    @cached_property
    def picture(self) -> Picture | None:
        """The outcome over time; null without one."""
        if self.found is None:
            return None
        return picture(self.setup, self.course, self.found, dark=is_dark())


@st.fragment
def vesting_view(setup: Setup, shelf: Mapping[str, PlanTerms]) -> None:
    """The sliders and everything that follows from them."""
    pinned_words()
    known = _known_course()
    answer = _answer(setup, known) if known else None
    course = _course(setup)
    if answer is None or answer.course != course:
        answer = _answer(setup, course)
    for sentence in answer.problems:
        st.error(plain(sentence), icon=":material/error:")
    if answer.found is not None:
        _outcome(answer, answer.found, shelf)
    elif not answer.problems:
        what = "no grant" if setup.whole else f"the grant of {day(course.granted)}"
        seen = setup.as_of or course.day
        st.info(f"On {day(seen)} {what} had not been made.", icon=":material/event:")


def _known_course() -> Course | None:
    """The sliders as the session has them before they are drawn; null on a first visit, when the link may set them."""
    state = st.session_state
    if not all(state.get(key) for key in ("granted", "leaves", "service", "reason")):
        return None
    return Course(state["granted"], state["leaves"], _reason())


def _answer(setup: Setup, course: Course) -> _Answer:
    """Run the inputs, and work out the picture where its tab is open."""
    try:
        if setup.problems:
            raise ScenarioError("\n".join(setup.problems))
        found = outcome(setup.terms, make_scenario(setup, course), setup.share_price)
    except ScenarioError as error:
        return _Answer(setup, course, problems=tuple(str(error).splitlines()))
    answer = _Answer(setup, course, found)
    if st.session_state.get("tab", OVER_TIME) == OVER_TIME:
        _ = answer.picture
    return answer


def _outcome(answer: _Answer, found: Outcome, shelf: Mapping[str, PlanTerms]) -> None:
    """Numbers first, then the picture and what to know; everything else waits in its tab."""
    setup = answer.setup
    data = scenario_data(setup, answer.course)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(found.title), anchor=False, width="stretch")
        st.button(
            "Pin this scenario",
            icon=":material/keep:",
            key="pin_scenario",
            on_click=pin,
            args=(packed(data, setup.share_price),),
            help="Keep it to compare: up to four side by side.",
        )
        exports(found, data, shelf)
    show_numbers(found.state, found.value, found.left, found.units, priced=found.priced)
    names = [OVER_TIME, *([GRANTS] if found.whole else []), CLOCKS, SCHEDULE]
    names += [] if found.units or found.whole else [MODEL]
    names.append(COMPARE)
    tabs = dict(zip(names, st.tabs(names, key="tab", on_change="rerun", bind="query-params"), strict=True))
    if tabs[OVER_TIME].open and answer.picture is not None:
        with tabs[OVER_TIME]:
            _over_time(found, answer.picture)
    if GRANTS in tabs and tabs[GRANTS].open:
        with tabs[GRANTS]:
            grants_of_director(found)
    if tabs[CLOCKS].open:
        with tabs[CLOCKS]:
            clocks_and_pool(found)
    if tabs[SCHEDULE].open:
        with tabs[SCHEDULE]:
            _schedule(found)
    if MODEL in tabs and tabs[MODEL].open:
        with tabs[MODEL]:
            model_value_panel(found)
    if tabs[COMPARE].open:
        with tabs[COMPARE]:
            comparison(shelf)


def _over_time(found: Outcome, shown: Picture) -> None:
    """The picture, and what to know beside it."""
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


def _course(setup: Setup) -> Course:
    """The two sliders, and whether and why service ends."""
    first, second = st.columns([2, 3], gap="large")
    with first:
        granted = day_slider(
            "Election date" if setup.whole else "Grant date",
            "granted",
            FIRST_GRANT,
            years=4,
            vest=lambda at, way: grant_vesting_on(setup, st.session_state["leaves"], at, way),
            help="Previous and next vest: the nearest such date whose schedule vests on the termination date.",
        )
    with second:
        leaves = day_slider(
            TERMINATION,
            "leaves",
            FIRST_DEPARTURE,
            around=granted,
            years=6,
            vest=lambda at, way: vest_beside(setup, st.session_state["granted"], at, way),
            help="The day service as a director ends; a vest on that day counts.",
            beside=_service,
        )
    return Course(granted, leaves, _reason())


def _reason() -> Reason | None:
    """Why service ends; null while it goes on."""
    return None if st.session_state["service"] == SERVING else st.session_state["reason"]


def _service() -> str:
    """Whether service ends, and why; what the day of the second slider then is."""
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
    return f"{SERVING} on" if service == SERVING else TERMINATION
