"""A plan document to terms: what it states, each with the sentence, and what is left to ask.

General patterns of such documents, no list of one plan's phrases: where a text does not fit them the term is
missing, never guessed. A document that is one award's agreement or notice gives what a plan's terms can hold of
it, and the figures of its grant (``grant.date``, ``grant.shares`` and so on). Amendments count from their dates; agreement forms are read and held against the plan.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from lib.plans.errors import first_problem
from lib.plans.reader.agreement import as_one, is_agreement
from lib.plans.reader.document import lines_of
from lib.plans.reader.draft import Draft
from lib.plans.reader.forms import conflicts, forms_of
from lib.plans.reader.found import Conflict, Found, Missing, PlanReading, UnreadableDocument, is_stated
from lib.plans.reader.outline import parts_of
from lib.plans.schedule_terms import SCHEDULE_KINDS, WHEN_TYPES
from lib.plans.terms import PlanTerms

__all__ = [
    "Conflict",
    "Found",
    "Missing",
    "PlanReading",
    "UnreadableDocument",
    "complete_terms",
    "is_stated",
    "read_plan",
]


def read_plan(name: str, data: bytes) -> PlanReading:
    """What a plan document (text, PDF or HTML) says. ``name`` is used in sentences and for the plan's name.

    Raises UnreadableDocument with what to do where no text can be taken from the bytes.
    """
    lines = lines_of(name, data)
    parts = parts_of(lines)
    if is_agreement(parts, lines):
        draft = Draft(name, as_one(parts), [], of_award=True)
        forms = []
    else:
        plan = next((part for part in parts if part.kind == "plan"), parts[0])
        draft = Draft(name, plan, [part for part in parts if part.kind == "amendment"])
        forms = forms_of([part for part in parts if part.kind == "form"], draft.grants)
    draft.take_forms(forms)
    data_ = draft.data()
    terms, problem = complete_terms(data_) if not draft.missing else (None, None)
    missing = [*draft.missing, *([Missing("terms", problem)] if problem else [])]
    return PlanReading(
        title=data_.get("title"),
        company=data_.get("company"),
        terms=terms,
        draft=data_,
        found=tuple(draft.found),
        missing=tuple(missing),
        conflicts=tuple(
            conflicts(forms, draft.grants, draft.by_term, draft.newest_windows, draft.early, draft.sooner)
        ),
    )


def complete_terms(data: dict[str, Any]) -> tuple[PlanTerms | None, str | None]:
    """The terms of a draft, or the sentence that says what keeps it from being terms."""
    try:
        return PlanTerms.model_validate(data), None
    except ValidationError as error:
        return None, first_problem(error, frozenset({*SCHEDULE_KINDS, *WHEN_TYPES}))
