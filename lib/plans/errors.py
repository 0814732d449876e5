"""What can be wrong with a plan file or a scenario, said in one sentence that names the place."""

from __future__ import annotations

import re

from pydantic import ValidationError


class TermsError(ValueError):
    """A terms file that cannot be used; the message names the term and says what to do."""


class ScenarioError(ValueError):
    """A scenario that cannot be run; the message names the place and says what to do."""


_UNION = re.compile(r"(?:events\[\d+\]|schedule|when)$")
_PLAINLY = {
    "missing": "this has to be given, and is not there",
    "union_tag_not_found": "this has to be given, and is not there",
    "extra_forbidden": "this name is not known here",
    "string_type": "this has to be text",
    "tuple_type": "this has to be a list",
    "dict_type": "this has to be an object of names and values",
    "model_type": "this has to be an object of names and values",
    "model_attributes_type": "this has to be an object of names and values",
}


def first_problem(error: ValidationError, tags: frozenset[str] = frozenset()) -> str:
    """The first complaint as ``place: sentence``; ``tags`` are union labels that are no part of a place."""
    problem = error.errors(include_url=False)[0]
    place, label_before = "", False
    for step in problem["loc"]:
        label = step in tags and not label_before and _UNION.search(place) is not None
        if isinstance(step, int):
            place += f"[{step}]"
        elif step != "[key]" and not label:
            place += f".{step}" if place else step
        label_before = label
    kind, context = problem["type"], problem.get("ctx", {})
    message = _PLAINLY.get(kind, problem["msg"].removeprefix("Value error, ").rstrip("."))
    if kind.startswith("union_tag"):
        place += "." + context["discriminator"].strip("'")
    if kind == "union_tag_invalid":
        expected = context["expected_tags"].replace("'", "")
        message = f"{context['tag'][:40]!r} is not one of {expected}"
    return f"{place}: {message}." if place else f"{message}."
