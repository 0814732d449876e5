"""What keeps a plan's terms from being run, in a person's words and with the term that it is about."""

from __future__ import annotations

import re

from lib.plans.term import REASON_WORDS
from lib.ui.plan_terms_view import NAMES
from lib.ui.plan_work import LISTS, Path, Work

_PLACE = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<number>\d+)\])?(?P<more>[^:\s]*): (?P<said>.*)", re.DOTALL)


def problem_words(problem: str) -> str:
    """The complaint with its term named as the page names it, and reasons for leaving in words."""
    found = _PLACE.fullmatch(problem)
    if found is None:
        return problem
    numbered = f" {int(found['number']) + 1}" if found["number"] else ""
    name = NAMES.get(found["name"], found["name"].replace("_", " ").capitalize())
    parts = [NAMES.get(part, part.replace("_", " ")) for part in re.findall(r"[a-z_]+", found["more"])]
    said = re.sub(r"(?<= by )[a-z_]+(?=\.)", lambda word: REASON_WORDS.get(word[0], word[0]), found["said"])
    return f"{', '.join([name + numbered, *parts])}: {said}"


def problem_path(work: Work, problem: str) -> Path | None:
    """The term to edit; a list that lacks one is added to. Null for what is no term of the page."""
    found = _PLACE.fullmatch(problem)
    if found is None or found["name"] not in NAMES:
        return None
    name = found["name"]
    if found["number"] is not None:
        path: Path = (name, int(found["number"]))
        return (*path, "schedule") if found["more"].startswith(".schedule") else path
    if found["more"] == ".returns":
        return (name, "returns")
    return (name, len(work.draft.get(name) or [])) if name in LISTS else (name,)
