"""The vesting pictures in words: their titles, their texts for those who do not see them, and their hovers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from lib.charts.look import day
from lib.plans.result import GrantState, Holding, LastDay, Step
from lib.plans.term import Reason
from lib.plans.timeline import Leaving

CAUSES = {
    "grant": "grant",
    "vest": "vesting",
    "split": "split",
    "exercise": "exercise",
    "acquisition": "acquisition",
    "voluntary": "resignation",
    "removal": "removal",
    "not_reelected": "not re-elected",
    "death": "death",
    "disability": "disability",
    "breach": "breach notice",
    "lapse": "lapse",
}
BINDINGS = {
    "window": ("window", "end of the window after service"),
    "cap": ("longest life", "longest life of an option, counted from its grant"),
    "final_exercise_date": ("agreement", "Final Exercise Date that the agreement names"),
    "breach": ("breach", "company's notice of a breach"),
}
"""Which rule sets the last day to exercise: in a word or two, and in full."""
ENDS = {
    "window": "end of the window",
    "cap": "end of the longest life",
    "final_exercise_date": "named by the agreement",
    "breach": "ended by a breach",
}
"""What the last day to exercise is by its rule, after its weekday."""
DEPARTURES = {
    "voluntary": "Leaving",
    "removal": "Removal",
    "not_reelected": "Not being re-elected",
    "death": "Death",
    "disability": "Disability",
    "retirement": "Retirement",
    "without_cause": "Termination without cause",
    "good_reason": "Leaving for good reason",
    "cause": "Termination for cause",
}
"""The end of service by its reason, as what keeps or forfeits."""

OF_ONES_CHOICE = frozenset({"voluntary", "good_reason", "retirement"})
"""Reasons whose day the person can choose."""


def vesting_title(
    state: GrantState, left: date | None, seen: date, units: bool = False, reason: Reason = "voluntary"
) -> str:
    """The takeaway: what leaving for a reason keeps and until when, or what is exercisable while service goes on.

    Shares of ``units`` are delivered as they vest, with nothing to exercise.
    """
    if left is not None and left < state.date:
        return f"No grant yet on {day(left)}: it is made on {day(state.date)}"
    held = state.holding
    departure = f"{DEPARTURES[reason]} on {day(left)}" if left is not None else ""
    total = f"of {state.shares:,} shares"
    if units and left is not None:
        return f"{departure} keeps {held.exercised:,} {total}, delivered as they vested, and forfeits {held.forfeited:,}"
    ready, state_of = (held.exercised, "delivered") if units else (held.exercisable, "exercisable")
    if left is None:
        if held.lapsed:
            return f"The option ended on {day(seen)} at the latest; {held.lapsed:,} {total} lapsed"
        if not held.unvested:
            return f"All {state.shares:,} shares are vested; {ready:,} {state_of}"
        following = (
            f"; the next {state.next_vest.shares:,} vest on {day(state.next_vest.date)}"
            if state.next_vest
            else ""
        )
        return f"Serving on {day(seen)}: {ready:,} {total} {state_of}{following}"
    kept = held.exercisable + held.lapsed
    if state.last_day is None or not kept + held.exercised:
        return f"{departure} forfeits all {held.forfeited:,} shares"
    if state.last_day.at_once:
        used = f", {held.exercised:,} exercised before;" if held.exercised else ":"
        vested = f"the {held.lapsed:,} vested lapse at once"
        rest = f", the {held.forfeited:,} unvested are forfeited" if held.forfeited else ""
        return f"{departure} keeps {held.exercised:,} {total}{used} {vested}{rest}"
    if held.lapsed:
        return f"{departure} kept {kept:,} {total}; {held.lapsed:,} lapsed after {day(state.last_day.date)}"
    return f"{departure} keeps {kept:,} {total}, to exercise by {day(state.last_day.date)}"


def last_day_words(last_day: LastDay | None) -> str:
    """The last day as a table has it; none where nothing is kept to exercise."""
    return "none" if last_day is None or last_day.at_once else day(last_day.date)


def set_by(last_day: LastDay | None) -> str:
    """Which rule sets the last day, in a word or two; empty where there is none."""
    if last_day is None:
        return ""
    return "ends at once" if last_day.at_once else BINDINGS[last_day.binding][0]


def vesting_alt(steps: Sequence[Step], title: str, last_day: LastDay | None, units: bool = False) -> str:
    """The picture in sentences: the takeaway, then each change in order."""
    told = [f"{title}.", "Stepped area of the grant's shares over time, always totalling the grant."]
    told += [f"{step_sentence(step, units)}." for step in steps[:24]]
    if last_day is not None and not last_day.at_once:
        told.append(f"Last day to exercise: {day(last_day.date)}, {last_day.weekday}.")
    return " ".join(told)


def step_sentence(step: Step, units: bool = False) -> str:
    """One change: ``13 Feb 2004, vesting: 1,666 exercisable, 18,334 unvested``."""
    causes = " and ".join(dict.fromkeys(CAUSES.get(cause, cause) for cause in step.causes))
    return f"{day(step.date)}, {causes}: {holding_words(step.holding, units)}"


def holding_words(holding: Holding, units: bool = False) -> str:
    """The states that hold shares, in words."""
    states = {
        used_name(units): holding.exercised,
        "exercisable": holding.exercisable,
        "unvested": holding.unvested,
        "forfeited": holding.forfeited,
        "lapsed": holding.lapsed,
    }
    return ", ".join(f"{shares:,} {name}" for name, shares in states.items() if shares) or "nothing"


def used_name(units: bool) -> str:
    """What has become of the shares that the holder took: bought by exercise, or delivered on units."""
    return "delivered" if units else "exercised"


def step_hover(step: Step, units: bool = False) -> str:
    """A step for the pointer. Escaped, for Plotly reads tags."""
    when, _, rest = step_sentence(step, units).partition(", ")
    what, _, states = rest.partition(": ")
    return f"<b>{escape(when)}</b>, {escape(what)}<br>{escape(states)}"


def cost_title(
    costs: Sequence[Leaving], at: Leaving | None, leaving: date, reason: Reason = "voluntary"
) -> str:
    """The takeaway: what leaving on the day forfeits, and when staying would next pay."""
    departure = f"{DEPARTURES[reason]} on {day(leaving)}"
    if at is None:
        return f"{day(leaving)} is before the grant: there is nothing to forfeit"
    if not at.forfeited:
        return f"{departure} forfeits nothing"
    start = f"{departure} forfeits {at.forfeited:,} shares"
    better = next((one for one in costs if one.date > leaving and one.forfeited < at.forfeited), None)
    if better is None:
        return start
    kept = f"{at.forfeited - better.forfeited:,} of them"
    if reason in OF_ONES_CHOICE:
        return f"{start}; staying until {day(better.date)} would keep {kept}"
    return f"{start}; from {day(better.date)} on it would keep {kept}"


def cost_alt(costs: Sequence[Leaving], title: str) -> str:
    """The cost of leaving in sentences: the takeaway, then how it falls."""
    told = [f"{day(one.date)}: {one.forfeited:,}" for one in costs[:24]]
    return f"{title}. Shares forfeited if service ends from each day on: {'; '.join(told)}."


def cost_hover(cost: Leaving) -> str:
    """An entry for the pointer. Escaped, for Plotly reads tags."""
    return escape(
        f"Service that ends from {day(cost.date)} on: {cost.forfeited:,} forfeited, {cost.kept:,} kept"
    )
