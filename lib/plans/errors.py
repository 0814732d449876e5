"""What can be wrong with a plan file or a scenario, said in one sentence that names the place."""

from __future__ import annotations

from pydantic import ValidationError


class TermsError(ValueError):
    """A terms file that cannot be used; the message names the term and says what to do."""


class ScenarioError(ValueError):
    """A scenario that cannot be run; the message names the place and says what to do."""


def first_problem(error: ValidationError, tags: frozenset[str] = frozenset()) -> str:
    """The first complaint as ``place: sentence``; ``tags`` are union labels that are no part of a place."""
    problem = error.errors(include_url=False, include_context=False)[0]
    place, label_before = "", False
    for step in problem["loc"]:
        label = step in tags and not label_before and place.endswith(("]", "schedule", "when"))
        if isinstance(step, int):
            place += f"[{step}]"
        elif step != "[key]" and not label:
            place += f".{step}" if place else step
        label_before = label
    message = problem["msg"].removeprefix("Value error, ").rstrip(".")
    if problem["type"] == "missing":
        message = "this has to be given, and is not there"
    return f"{place}: {message}." if place else f"{message}."
