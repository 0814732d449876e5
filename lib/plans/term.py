"""What every term carries: the clause it came from, what that says in brief, and from when it counts."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from lib.plans.days import Day

Reason = Literal[
    "voluntary",
    "removal",
    "not_reelected",
    "death",
    "disability",
    "retirement",
    "without_cause",
    "good_reason",
    "cause",
]
"""Why service ended. For a director ``removal`` covers any removal; plans of employees tell causes apart."""

REASON_WORDS = {
    "voluntary": "resignation",
    "removal": "removal",
    "not_reelected": "not being re-elected",
    "death": "death",
    "disability": "disability",
    "retirement": "retirement",
    "without_cause": "termination without cause",
    "good_reason": "leaving for good reason",
    "cause": "termination for cause",
    "acquisition": "an acquisition",
}
"""Each reason, and an acquisition, as a sentence names it."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Months = Annotated[int, Field(ge=1, le=1200)]
Shares = Annotated[int, Field(ge=1, le=10**18)]


def _as_text(value: object) -> object:
    """YAML reads a bare 0 or 1 as a number."""
    return str(value) if type(value) is int else value


def _part_of_one(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,12}(/[0-9]{1,12})?", value, flags=re.ASCII):
        raise ValueError(f"{value[:40]!r} is not a fraction of whole numbers, such as 1/48")
    if value.partition("/")[2] and int(value.partition("/")[2]) == 0:
        raise ValueError(f"{value!r} has a zero denominator")
    if Fraction(value) > 1:
        raise ValueError(f"{value!r} is more than the whole")
    return value


Portion = Annotated[str, BeforeValidator(_as_text), AfterValidator(_part_of_one)]
"""A share of the whole, written as the plan does: ``12/48`` stays ``12/48``."""


class Model(BaseModel):
    """Terms never change once read, and nothing in them is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Model):
    """Anything the plan says: the clause, and what it says in brief."""

    clause: Name
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class DatedTerm(Term):
    """A term that counts from a day on, or for grants of some dates only (A16, A45)."""

    effective: Day | None = None
    granted_from: Day | None = None
    granted_through: Day | None = None

    @model_validator(mode="after")
    def _covers_a_span(self) -> Self:
        first, last = self.granted_from, self.granted_through
        if first is not None and last is not None and last < first:
            raise ValueError(f"granted_through {last} is before granted_from {first}")
        return self

    def covers(self, granted: date) -> bool:
        """Whether an option granted on that day falls under this term."""
        first, last = self.granted_from, self.granted_through
        return (first is None or first <= granted) and (last is None or granted <= last)

    def in_force(self, day: date) -> bool:
        """Whether the term counts on that day."""
        return self.effective is None or self.effective <= day
