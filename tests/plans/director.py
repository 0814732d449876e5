"""The director plan's cast: grants, events and runs that read like the plan's own examples."""

from __future__ import annotations

from typing import Any

from lib.plans.result import GrantState, Result
from lib.plans.scenario import Scenario, parse_scenario
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms

PLAN = "mks-1997-director"
TERMS = load_terms(PLAN)
G1 = {"id": "G1", "rule": "initial", "date": "2003-11-13", "price": "24.00"}
G2 = {"id": "G2", "rule": "annual", "date": "2004-05-13", "price": "21.00"}


def event(kind: str, day: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "date": day, **more}


def leaves(day: str, reason: str = "voluntary", **more: Any) -> dict[str, Any]:
    return event("termination", day, reason=reason, **more)


def scenario(as_of: str | None, *events: dict[str, Any], grants: Any = (G1,), **more: Any) -> Scenario:
    return parse_scenario(
        {"plan": PLAN, "as_of": as_of, "grants": list(grants), "events": list(events), **more}
    )


def run(as_of: str | None, *events: dict[str, Any], grants: Any = (G1,), **more: Any) -> Result:
    return simulate(TERMS, scenario(as_of, *events, grants=grants, **more))


def one(as_of: str | None, *events: dict[str, Any], grant: Any = None, **more: Any) -> GrantState:
    (state,) = run(as_of, *events, grants=[grant or G1], **more).grants
    return state


def last_day(state: GrantState) -> tuple[str, str] | None:
    return None if state.last_day is None else (state.last_day.date.isoformat(), state.last_day.binding)


def rules(result: Result) -> set[str]:
    return {finding.rule for finding in result.findings}
