"""What a scenario comes to, as the vesting page, its pinned scenarios and its exports show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.charts.look import day
from lib.charts.vesting_words import vesting_title
from lib.plans.result import GrantState, Result, Step, together
from lib.plans.scenario import Scenario, Termination
from lib.plans.simulate import simulate
from lib.plans.term import Reason
from lib.plans.terms import PlanTerms
from lib.plans.timeline import steps, steps_together
from lib.plans.value import OptionValue, option_value, total_value

REASONS = {
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


@dataclass(frozen=True)
class Outcome:
    """A scenario with its result: one grant, or all of a director's together in ``state`` and ``story``.

    ``left`` is the day service ended, null where it goes on by the day shown.
    """

    terms: PlanTerms
    scenario: Scenario
    result: Result
    state: GrantState
    story: tuple[Step, ...]
    left: date | None
    share_price: Decimal | None

    @property
    def whole(self) -> bool:
        """Whether these are all the grants of a director."""
        return self.scenario.director is not None

    @property
    def units(self) -> bool:
        """Whether the one grant is of units, whose shares are delivered as they vest."""
        rule = None if self.whole else self.terms.rule(self.state.rule)
        return rule is not None and rule.award == "units"

    @property
    def reason(self) -> Reason:
        """Why service ends; by choice where nothing else is said."""
        ends = (event.reason for event in self.scenario.events if isinstance(event, Termination))
        return next(ends, "voluntary")

    @property
    def departure(self) -> str:
        """What the person does on the day service ends, as a picture marks it: ``Leaves``, ``Dies``."""
        return "Leaves" if self.reason == "voluntary" else REASONS[self.reason]

    @property
    def mark(self) -> tuple[date, str] | None:
        """The day that somebody set, named: the one asked for, else that of the departure."""
        if (asked := self.scenario.as_of) is not None:
            return asked, f"As of {day(asked)}"
        return None if self.left is None else (self.left, f"{self.departure} {day(self.left)}")

    @property
    def value(self) -> OptionValue | None:
        """Dollars at the share price; null without one, or where a grant has no exercise price."""
        if self.share_price is None:
            return None
        return (
            total_value(self.result.grants, self.share_price)
            if self.whole
            else option_value(self.state, self.share_price)
        )

    @property
    def priced(self) -> bool:
        """Whether amounts of money belong to the figures: a director's automatic grants may have no prices."""
        return not self.whole or self.value is not None

    @property
    def title(self) -> str:
        """The takeaway in a sentence."""
        return vesting_title(self.state, self.left, self.result.as_of, self.units, self.reason)


def outcome(terms: PlanTerms, scenario: Scenario, share_price: Decimal | None) -> Outcome | None:
    """Run a scenario; null where no grant had been made by the day shown. Raises ScenarioError."""
    result = simulate(terms, scenario)
    if not result.grants:
        return None
    told = steps(terms, scenario)
    made = {state.id for state in result.grants}
    whole = scenario.director is not None
    ended = next((event.date for event in scenario.events if isinstance(event, Termination)), None)
    return Outcome(
        terms=terms,
        scenario=scenario,
        result=result,
        state=together(result.grants) if whole else result.grants[0],
        story=steps_together(told) if whole else next(run for name, run in told.items() if name in made),
        left=ended if ended is not None and ended <= result.as_of else None,
        share_price=share_price,
    )


def inputs_in_words(scenario: Scenario, terms: PlanTerms, share_price: str | None) -> dict[str, str]:
    """Every input of a scenario by its name, in words: for memos, workbooks and differences."""
    data = scenario.model_dump(mode="json", exclude_none=True)
    told = {"Plan": terms.title}
    told |= dict(_grants(data, terms))
    told |= dict(_events(data))
    if data.get("as_of"):
        told["As of"] = _day(data["as_of"])
    if share_price:
        told["Share price"] = f"${share_price}"
    for name, choice in data.get("readings", {}).items():
        told[f"Reading: {name.replace('_', ' ')}"] = str(choice).replace("_", " ")
    return told


def _grants(data: Mapping[str, Any], terms: PlanTerms) -> Iterator[tuple[str, str]]:
    director = data.get("director")
    if director:
        yield "Elected", _day(director["elected"])
        for first, last in director.get("employee", ()):
            yield "Employee", f"from {_day(first)}" + (f" to {_day(last)}" if last else "")
    if director:
        for grant in data.get("grants", ()):
            named = f"Exercise price, {grant['rule'].replace('_', ' ')} of {_day(grant['date'])}"
            yield named, f"${grant['price']}"
        return
    for grant in data.get("grants", ()):
        rule = terms.rule(grant["rule"])
        usual = None if rule is None else rule.shares
        yield "Grant", f"{grant['rule'].replace('_', ' ')} of {_day(grant['date'])}"
        yield "Shares", f"{grant.get('shares') or usual or 0:,}"
        if grant.get("price"):
            yield "Exercise price", f"${grant['price']}"
        if grant.get("schedule"):
            yield "Schedule", str(grant["schedule"].get("text", "its own"))
        if grant.get("vesting_start"):
            yield "Vesting counts from", _day(grant["vesting_start"])
        if grant.get("vested"):
            yield "Vested", "already, in full"
        if grant.get("final_exercise_date"):
            yield "Final Exercise Date", _day(grant["final_exercise_date"])


def _events(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    meetings = [_day(event["date"]) for event in data["events"] if event["type"] == "annual_meeting"]
    if meetings:
        yield "Annual meetings", ", ".join(meetings)
    leaving = next((event for event in data["events"] if event["type"] == "termination"), None)
    yield "Service", f"{REASONS[leaving['reason']]} {_day(leaving['date'])}" if leaving else "Goes on"
    if leaving and leaving.get("continues_as"):
        until = f" until {_day(leaving['until'])}" if leaving.get("until") else ""
        yield "Goes on as", f"{leaving['continues_as']}{until}"
    others = [event for event in data["events"] if event["type"] not in {"annual_meeting", "termination"}]
    for number, event in enumerate(others, start=1):
        yield f"Event {number}", event_in_words(event)


def event_in_words(event: Mapping[str, Any]) -> str:
    """One event: ``exercise of 3,000 shares on 1 Dec 2004``."""
    kind = str(event["type"]).replace("_", " ")
    match event["type"]:
        case "exercise":
            kind = f"exercise of {Decimal(str(event['shares'])):,f} shares"
        case "split":
            kind = f"split {event['ratio']}"
        case "stock_dividend":
            kind = f"stock dividend of {event['percent']} %"
        case "vesting_event":
            kind = f"{event['event']} met"
    return f"{kind} on {_day(event['date'])}"


def _day(written: Any) -> str:
    return day(written if isinstance(written, date) else date.fromisoformat(str(written)))
