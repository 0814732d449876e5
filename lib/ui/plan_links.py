"""Links to the terms of a plan: which plan, and which of its clauses is meant."""

from __future__ import annotations

from typing import Final

PLAN_IN_LINK: Final = "terms"
CLAUSE_IN_LINK: Final = "clause"


def term_link(plan: str, clause: str) -> dict[str, str]:
    """The query parameters of the Plans page that show a plan's terms with those of one clause marked."""
    return {PLAN_IN_LINK: plan, CLAUSE_IN_LINK: clause}
