"""A plan as it is being worked on: terms that may not be complete yet, what to ask for, and every edit, undoable.

Pure: each change gives a new piece of work and leaves the one before it as it was.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final, get_args

from lib.plans.reader import Conflict, Found, Missing, PlanReading, complete_terms
from lib.plans.term import Reason
from lib.plans.terms import PlanTerms

Path = tuple[str | int, ...]
"""Where a term stands in a terms file: ``("windows", 1)``."""

ASKED: Final = {
    "grant_rules": "Which grants does the plan make, of how many shares, and when?",
    "eligibility": "Who can receive grants? Are employees left out?",
    "service": "What kind of service keeps an option alive?",
    "windows": "How long after service ends may an option be exercised, for each reason of leaving?",
    "cap": "How many years does an option last at most?",
    "final_exercise_date": "Where is the last day of an option named?",
    "pool": "How many shares may be issued under the plan?",
    "splits": "How do shares and prices follow a stock split?",
    "exercise": "How is an option exercised?",
}
"""What no plan can be run without, as questions."""
TAKEN: Final = ", taken from "
"""Between the clause of a borrowed term and the title of the plan that it is a clause of."""
LONGEST_CLAUSE: Final = 200
MOST_OF_TITLE: Final = 140
LISTS: Final = ("grant_rules", "windows", "accelerations", "provisions", "history")


@dataclass(frozen=True)
class Edit:
    """One change: what it was, and the draft and open questions before it."""

    label: str
    draft: dict[str, Any]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Work:
    """A plan on the table. ``source`` is the document or plan it came from; ``found`` the evidence of a reading."""

    name: str
    source: str
    draft: dict[str, Any]
    missing: tuple[Missing, ...] = ()
    found: tuple[Found, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    lost: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = field(default=())

    @property
    def terms(self) -> PlanTerms | None:
        """The complete terms; null while something is open."""
        return None if self.missing else complete_terms(self.draft)[0]

    @property
    def problem(self) -> str | None:
        """What keeps the terms from being run once every question is answered."""
        return None if self.missing else complete_terms(self.draft)[1]

    def at(self, path: Path) -> Any:
        """The term at a path; null where there is none."""
        here: Any = self.draft
        for step in path:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def with_term(self, path: Path, value: Any, label: str) -> Work:
        """The work with a term set, or added where the path ends behind a list; its question is answered."""
        draft = copy.deepcopy(self.draft)
        here: Any = draft
        for step, following in pairwise(path):
            if isinstance(here, dict):
                here = here.setdefault(step, [] if isinstance(following, int) else {})
            else:
                here = here[step]
        if isinstance(here, list) and path[-1] == len(here):
            here.append(value)
        else:
            here[path[-1]] = value
        left = tuple(one for one in self.missing if not _answers(path, one.term))
        return self._edited(draft, left, label)

    def without_term(self, path: Path, label: str) -> Work:
        """The work with a term of a list, or one that a plan may lack, taken away."""
        draft = copy.deepcopy(self.draft)
        here: Any = draft
        for step in path[:-1]:
            here = here[step]
        del here[path[-1]]
        return self._edited(draft, self.missing, label)

    def settled(self, number: int) -> Work:
        """The work with a question put aside as answered by what is there."""
        left = tuple(one for place, one in enumerate(self.missing) if place != number)
        return self._edited(self.draft, left, f"Settled: {self.missing[number].question}")

    def may_settle(self, number: int) -> bool:
        """Whether a question can be put aside: what no plan runs without has to be there first."""
        name, _, more = self.missing[number].term.partition(".")
        there = self.draft.get(name)
        if name == "grant_rules" and more.endswith(".schedule"):
            asked = more.removesuffix(".schedule")
            return any(rule.get("name") == asked and rule.get("schedule") for rule in there or [])
        if more == "returns":
            return bool((there or {}).get("returns"))
        if name == "windows":
            return not uncovered_reasons(self.draft)
        return name not in ASKED or bool(there)

    def filled_from(self, other: Mapping[str, Any], title: str) -> Work:
        """The work with every needed term that it lacks taken from another plan, and its question answered."""
        draft = copy.deepcopy(self.draft)
        taken = [name for name in ASKED if not draft.get(name) and other.get(name)]
        for name in taken:
            draft[name] = _taken(other[name], title)
        left = tuple(one for one in self.missing if one.term.partition(".")[0] not in taken)
        return self._edited(draft, left, f"Taken from {title}: {', '.join(taken) or 'nothing'}")

    def undone(self) -> Work:
        """The work before its last edit."""
        last = self.edits[-1]
        return replace(self, draft=last.draft, missing=last.missing, edits=self.edits[:-1])

    def evidence(self, term: Any) -> Found | None:
        """The finding that a term was read from; null for one that was typed or shipped."""
        if not isinstance(term, Mapping) or "text" not in term:
            return None
        return next(
            (one for one in self.found if one.quote and one.quote.startswith(str(term["text"]))), None
        )

    def _edited(self, draft: dict[str, Any], missing: tuple[Missing, ...], label: str) -> Work:
        before = Edit(label, self.draft, self.missing)
        return replace(self, draft=draft, missing=missing, edits=(*self.edits, before))


def work_of_reading(name: str, source: str, reading: PlanReading) -> Work:
    """What was read from a document, with what it leaves to ask."""
    return Work(name, source, reading.draft, reading.missing, reading.found, reading.conflicts)


def work_of_terms(name: str, terms: PlanTerms) -> Work:
    """A plan that is complete already."""
    return Work(name, terms.title, terms.model_dump(mode="json", exclude_none=True))


def open_questions(draft: Mapping[str, Any]) -> tuple[Missing, ...]:
    """A question for each term that no plan can be run without and that a draft lacks."""
    return tuple(Missing(name, question) for name, question in ASKED.items() if not draft.get(name))


def uncovered_reasons(draft: Mapping[str, Any]) -> tuple[Reason, ...]:
    """The reasons for leaving for which a draft has no window that counts for every grant."""
    rules = draft.get("grant_rules") or []
    if rules and all(rule.get("award") == "units" for rule in rules):
        return ()
    always = [
        window
        for window in draft.get("windows") or []
        if not any(window.get(name) for name in ("effective", "granted_from", "granted_through"))
    ]
    return tuple(
        reason
        for reason in get_args(Reason)
        if not any(not window.get("reasons") or reason in window["reasons"] for window in always)
    )


def term_paths(draft: Mapping[str, Any]) -> Iterator[Path]:
    """Every term of a draft, in the order of a terms file."""
    for number, rule in enumerate(draft.get("grant_rules", [])):
        yield ("grant_rules", number)
        if rule.get("schedule"):
            yield ("grant_rules", number, "schedule")
    for name in ("eligibility", "service"):
        if draft.get(name):
            yield (name,)
    for name in ("windows", "accelerations"):
        yield from ((name, number) for number in range(len(draft.get(name, []))))
    for name in ("cap", "final_exercise_date", "breach", "pool"):
        if draft.get(name):
            yield (name,)
    if draft.get("pool", {}).get("returns"):
        yield ("pool", "returns")
    for name in ("price", "splits", "exercise"):
        if draft.get(name):
            yield (name,)


def is_taken(term: Any) -> bool:
    """Whether a term says that it was taken from another plan."""
    return isinstance(term, Mapping) and TAKEN in str(term.get("clause", ""))


def _taken(value: Any, title: str) -> Any:
    """Terms of another plan whose every clause says whose it is, for a clause is cited as this plan's own."""
    if isinstance(value, list):
        return [_taken(one, title) for one in value]
    if not isinstance(value, Mapping):
        return value
    taken = {name: _taken(one, title) for name, one in value.items()}
    if "clause" in value and not is_taken(value):
        left = LONGEST_CLAUSE - len(TAKEN) - min(len(title), MOST_OF_TITLE)
        taken["clause"] = f"{str(value['clause'])[:left]}{TAKEN}{title[:MOST_OF_TITLE]}"
    return taken


def _answers(path: Path, term: str) -> bool:
    """Whether a term set at a path answers the question about ``term``, such as ``pool.returns``."""
    asked = term.split(".")
    if path[0] != asked[0]:
        return False
    return asked[1:] != ["returns"] or path[-1] == "returns"
