"""What a reading of a plan document consists of: terms found with their evidence, terms to ask for, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lib.plans.terms import PlanTerms

SURE = 0.95
LIKELY = 0.8
_OF_A_PLAN = frozenset({"grant_rules", "windows", "accelerations", "pool"})


class UnreadableDocument(ValueError):
    """A document that no text can be taken from; the message says what to do."""


@dataclass(frozen=True)
class Found:
    """A term that a document states: what it is, the clause, the sentence that says it, and how sure that is.

    ``term`` is the place in a terms file; ``value`` is in its words; ``confidence`` runs from 0 to 1.
    """

    term: str
    value: Any
    clause: str
    quote: str
    confidence: float = SURE


def is_stated(found: Found) -> bool:
    """Whether the sentence states the term outright; else it makes it likely, and a person should look."""
    return found.confidence >= SURE


@dataclass(frozen=True)
class Missing:
    """A term that the engine needs and the document does not state in a way that is read: what to ask a person."""

    term: str
    question: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """A matter on which the plan and agreement forms differ, each with its sentence.

    ``agreement`` is the first form's, ``also`` are those of forms that say the same. ``plan`` is what holds now,
    ``superseded`` what the plan said before an amendment.
    """

    topic: str
    message: str
    plan: Found
    agreement: Found
    also: tuple[Found, ...] = ()
    superseded: Found | None = None


@dataclass(frozen=True)
class PlanReading:
    """A document as read: complete terms where nothing is missing, else null with the draft of what was found."""

    title: str | None
    company: str | None
    terms: PlanTerms | None
    draft: dict[str, Any]
    found: tuple[Found, ...]
    missing: tuple[Missing, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_of_plan(self) -> bool:
        """Whether anything that makes a plan was found, or sentences on it that were not understood."""
        told = {one.term for one in self.found} | {one.term for one in self.missing if one.quotes}
        return any(term.partition(".")[0] in _OF_A_PLAN for term in told)
