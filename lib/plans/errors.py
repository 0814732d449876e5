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
    place = ""
    for step in problem["loc"]:
        if isinstance(step, int):
            place += f"[{step}]"
        elif step != "[key]" and not (step in tags and place.endswith(("]", "schedule", "when"))):
            place += f".{step}" if place else step
    message = problem["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{place}: {message}." if place else f"{message}."
