"""The part of the vesting page that moves with its sliders: numbers, pictures and schedule, drawn as one fragment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from lib.charts.look import day
from lib.charts.vesting import Mark, cost_on, days_shown, vesting_figure
from lib.charts.vesting_words import cost_alt, cost_title, vesting_alt
from lib.plans.errors import ScenarioError
from lib.plans.result import GrantState, LastDay, together
from lib.plans.simulate import simulate
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
from lib.ui.vesting_pins import packed
from lib.ui.vesting_scenario import (
    FIRST_DEPARTURE,
    FIRST_GRANT,
    Course,
    Setup,
    grant_vesting_on,
    leaving_costs,
    make_scenario,
    scenario_data,
    vest_beside,
)
from lib.ui.vesting_table import installment_table
from lib.ui.words import plain

SERVING: Final = "Still serving"
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


@st.fragment
def vesting_view(setup: Setup, shelf: Mapping[str, PlanTerms]) -> None:
    """The sliders and everything that follows from them."""
    pinned_words()
    course = _course(setup)
    try:
        if setup.problems:
            raise ScenarioError("\n".join(setup.problems))
        found = outcome(setup.terms, make_scenario(setup, course), setup.share_price)
    except ScenarioError as error:
        for sentence in str(error).splitlines():
            st.error(plain(sentence), icon=":material/error:")
        return
    if found is None:
        what = "no grant" if setup.whole else f"the grant of {day(course.granted)}"
        seen = setup.as_of or course.day
        st.info(f"On {day(seen)} {what} had not been made.", icon=":material/event:")
        return
    _outcome(setup, course, found, shelf)


def _outcome(setup: Setup, course: Course, found: Outcome, shelf: Mapping[str, PlanTerms]) -> None:
    """Numbers first, then the picture and what to know; everything else waits in its tab."""
    data = scenario_data(setup, course)
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
    if tabs[OVER_TIME].open:
        with tabs[OVER_TIME]:
            _over_time(setup, course, found)
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


def _over_time(setup: Setup, course: Course, found: Outcome) -> None:
    """The picture, and what to know beside it."""
    costs = leaving_costs(setup, found.scenario, course.reason or "voluntary")
    cost = cost_title(costs, cost_on(costs, course.day), course.day)
    final = _final_state(found)
    last_day, left, seen = final.last_day, found.left, found.result.as_of
    vests = [vest.date for vest in found.state.installments]
    shown = days_shown(found.story, vests, last_day, left, seen)
    alt = f"{vesting_alt(found.story, found.title, last_day, found.units)} {cost_alt(costs, cost)}"
    st.plotly_chart(
        vesting_figure(
            found.story,
            costs,
            course.day,
            shown,
            _marked(last_day, left, seen, shown),
            units=found.units,
            dark=is_dark(),
        ),
        key="vesting_chart",
        theme=None,
        config={"displayModeBar": False, "doubleClick": False},
        alt=alt,
    )
    show_findings(found.result.findings, [cost, *_later(found.state.last_day, last_day)])


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
    reason = None if st.session_state["service"] == SERVING else st.session_state["reason"]
    return Course(granted, leaves, reason)


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
    return "Still serving on" if service == SERVING else TERMINATION


def _final_state(found: Outcome) -> GrantState:
    """The grant once everything has happened: its last day by the rules that come later."""
    end = max(found.story[-1].date, found.scenario.day)
    later = simulate(found.terms, found.scenario.model_copy(update={"as_of": end})).grants
    return together(later) if found.whole else later[0]


def _later(seen: LastDay | None, final: LastDay | None) -> list[str]:
    """Where a later rule moves the last day, say so: the figure is as of the day shown, the picture is not."""
    if seen is None or final is None or seen.date == final.date:
        return []
    return [
        f"By rules and events after the day shown, the last day becomes {day(final.date)}, as the picture has it."
    ]


def _marked(last_day: LastDay | None, left: date | None, seen: date, shown: tuple[date, date]) -> list[Mark]:
    """The days that the picture marks: the departure, the last day to exercise, and a later day asked for."""
    marks = [
        Mark(left, f"Leaves {day(left)}")
        if left
        else Mark(seen, f"Serving on {day(seen)}, then as if service went on")
    ]
    if last_day is not None and last_day.date <= shown[1]:
        marks.append(Mark(last_day.date, f"Last day {day(last_day.date)}", "dash"))
    if left is not None and seen > left:
        marks.append(Mark(seen, f"As of {day(seen)}", "dot"))
    return marks
