"""The picture of a grant over time with what to know beside it, worked out before anything of it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from lib.charts.look import day
from lib.charts.vesting import Mark, cost_on, days_shown, vesting_figure
from lib.charts.vesting_words import cost_alt, cost_title, vesting_alt
from lib.plans.result import GrantState, LastDay, together
from lib.plans.simulate import simulate
from lib.ui.vesting_outcome import Outcome
from lib.ui.vesting_scenario import Course, Setup, leaving_costs


@dataclass(frozen=True)
class Picture:
    """The figure, what it shows in words, and the sentences that stand below it."""

    figure: go.Figure
    alt: str
    notes: tuple[str, ...]


def picture(setup: Setup, course: Course, found: Outcome, *, dark: bool) -> Picture:
    """The shares of an outcome over time, with what leaving would cost from each day on."""
    costs = leaving_costs(setup, found.scenario, course.reason or "voluntary")
    cost = cost_title(costs, cost_on(costs, course.day), course.day, course.reason or "voluntary")
    last_day, left, seen = _final_state(found).last_day, found.left, found.result.as_of
    vests = [vest.date for vest in found.state.installments]
    shown = days_shown(found.story, vests, last_day, left, seen)
    marks = marked(found, last_day, shown)
    return Picture(
        vesting_figure(found.story, costs, course.day, shown, marks, units=found.units, dark=dark),
        f"{vesting_alt(found.story, found.title, last_day, found.units)} {cost_alt(costs, cost)}",
        (cost, *_later(found.state.last_day, last_day)),
    )


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


def marked(found: Outcome, last_day: LastDay | None, shown: tuple[date, date]) -> list[Mark]:
    """The days that the picture marks: the departure, the last day to exercise, and a later day asked for."""
    left, seen, asked = found.left, found.result.as_of, found.scenario.as_of
    marks = [
        Mark(left, f"{found.departure} {day(left)}")
        if left
        else Mark(seen, f"Serving on {day(seen)}, then as if service went on")
    ]
    if last_day is not None and not last_day.at_once and last_day.date <= shown[1]:
        marks.append(Mark(last_day.date, f"Last day {day(last_day.date)}", "dash"))
    if left is not None and asked is not None and asked > left:
        marks.append(Mark(asked, f"As of {day(asked)}", "dot"))
    return marks
