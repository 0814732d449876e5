"""The part of the vesting page that moves with its sliders: numbers, pictures and schedule, drawn as one fragment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from lib.charts.look import day
from lib.charts.vesting import Mark, cost_on, days_shown, vesting_figure
from lib.charts.vesting_words import cost_alt, cost_title, vesting_alt, vesting_title
from lib.plans.errors import ScenarioError
from lib.plans.result import GrantState, LastDay, Result, Step
from lib.plans.scenario import Scenario
from lib.plans.simulate import simulate
from lib.plans.term import Reason
from lib.plans.timeline import Leaving, steps
from lib.plans.value import option_value
from lib.ui.day_slider import day_slider
from lib.ui.navigation import is_dark
from lib.ui.vesting_numbers import show_clauses, show_findings, show_numbers
from lib.ui.vesting_scenario import (
    GRANT,
    Course,
    Setup,
    grant_vesting_on,
    leaving_costs,
    make_scenario,
    scenario_data,
    vest_beside,
)
from lib.ui.vesting_table import downloads, installment_table
from lib.ui.words import plain

FIRST_GRANT: Final = date(2003, 11, 13)
FIRST_DEPARTURE: Final = date(2005, 3, 15)
SERVING: Final = "Still serving"
TERMINATION: Final = "Termination date"
LEAVES: Final = "Leaves"
REASONS: Final[dict[Reason, str]] = {
    "voluntary": "Resigns",
    "removal": "Removed",
    "not_reelected": "Not re-elected",
    "death": "Dies",
    "disability": "Disabled",
    "retirement": "Retires",
    "without_cause": "Let go without cause",
    "good_reason": "Leaves for good reason",
    "cause": "Let go for cause",
}
REASON_WIDTH: Final = 150


@st.fragment
def vesting_view(setup: Setup) -> None:
    """The sliders and everything that follows from them."""
    course = _course(setup)
    try:
        scenario = make_scenario(setup, course)
        result = simulate(setup.terms, scenario)
        told = steps(setup.terms, scenario)
    except ScenarioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if not result.grants or GRANT not in told:
        st.info(
            f"On {day(result.as_of)} the grant of {day(course.granted)} had not been made.",
            icon=":material/event:",
        )
        return
    _outcome(setup, course, scenario, result, told[GRANT])


def _outcome(
    setup: Setup, course: Course, scenario: Scenario, result: Result, story: tuple[Step, ...]
) -> None:
    """Numbers first, then the picture, what to know beside it, and the schedule."""
    state, seen = result.grants[0], result.as_of
    left = course.left if course.left is not None and course.left <= seen else None
    final = _final_state(setup, scenario, story)
    title = vesting_title(state, left, seen, setup.units)
    st.subheader(plain(title), anchor=False)
    value = None if setup.share_price is None else option_value(state, setup.share_price)
    show_numbers(state, value, left, setup.units)
    costs = leaving_costs(setup, scenario, course.reason or "voluntary")
    cost = cost_title(costs, cost_on(costs, course.day), course.day)
    shown = days_shown(story, [vest.date for vest in state.installments], final.last_day, left, seen)
    _picture(
        story,
        costs,
        shown,
        _marked(final.last_day, left, seen, shown),
        course.day,
        setup.units,
        f"{vesting_alt(story, title, final.last_day, setup.units)} {cost_alt(costs, cost)}",
    )
    notes, schedule = st.columns([3, 2], gap="large")
    with notes:
        st.subheader("What to know", anchor=False)
        show_findings(result.findings, [cost, *_later(state.last_day, final.last_day)])
        st.subheader("Where the numbers come from", anchor=False)
        show_clauses(state.citations, setup.units)
    with schedule:
        st.subheader("Schedule without leaving", anchor=False)
        installment_table(state, left, seen)
        downloads(state, left, seen, scenario_data(setup, course))


def _course(setup: Setup) -> Course:
    """The two sliders, and whether and why service ends."""
    first, second = st.columns([2, 3], gap="large")
    with first:
        granted = day_slider(
            "Grant date",
            "granted",
            FIRST_GRANT,
            around=FIRST_GRANT,
            years=4,
            vest=lambda at, way: grant_vesting_on(setup, st.session_state["leaves"], at, way),
            help="Previous and next vest: the nearest grant date whose schedule vests on the termination date.",
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
    service = st.segmented_control(
        "Service",
        [LEAVES, SERVING],
        default=LEAVES,
        required=True,
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


def _final_state(setup: Setup, scenario: Scenario, story: tuple[Step, ...]) -> GrantState:
    """The grant once everything has happened: its last day by the rules that come later."""
    later = scenario.model_copy(update={"as_of": max(story[-1].date, scenario.day)})
    return simulate(setup.terms, later).grants[0]


def _later(seen: LastDay | None, final: LastDay | None) -> list[str]:
    """Where a later rule moves the last day, say so: the figure is as of the day shown, the picture is not."""
    if seen is None or final is None or seen.date == final.date:
        return []
    return [
        f"By rules and events after the day shown, the last day becomes {day(final.date)}, as the picture has it."
    ]


def _picture(
    story: tuple[Step, ...],
    costs: Sequence[Leaving],
    shown: tuple[date, date],
    marks: Sequence[Mark],
    leaving: date,
    units: bool,
    alt: str,
) -> None:
    st.plotly_chart(
        vesting_figure(story, costs, leaving, shown, marks, units=units, dark=is_dark()),
        key="vesting_chart",
        theme=None,
        config={"displayModeBar": False, "doubleClick": False},
        alt=alt,
    )


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
