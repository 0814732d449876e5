"""The plans that pages offer: those that come with the project, and those that analysts saved in the library."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lib.plans.errors import TermsError
from lib.plans.terms import PlanTerms, load_terms, read_terms, shipped_plans
from lib.ui.library import the_store

SUFFIX: Final = ".yaml"
"""A saved plan is named as the file that it downloads as, so that a downloaded scenario finds it beside itself."""
LONGEST_NAME: Final = 100


def plan_shelf() -> dict[str, PlanTerms]:
    """Every plan that can be chosen, by name: the shipped ones, then the saved ones that can be read."""
    shelf = {name: load_terms(name) for name in shipped_plans()}
    for saved in the_store().plans.all():
        terms = _saved(saved.terms)
        if terms is not None:
            shelf[saved.name] = terms
    return shelf


def is_saved(name: str) -> bool:
    """Whether a plan of the shelf is one that an analyst saved."""
    return name.endswith(SUFFIX)


def plan_title(name: str, terms: PlanTerms) -> str:
    """A plan as a choice; saved ones with their file's name, for they may share a title."""
    return f"{terms.title} ({name})" if is_saved(name) else terms.title


def saved_name(wanted: str) -> str:
    """A name to save a plan under: letters, digits and dashes, as a file of terms."""
    words = re.sub(r"[^a-z0-9]+", "-", wanted.lower().removesuffix(SUFFIX)).strip("-")
    return f"{words[:LONGEST_NAME] or 'plan'}{SUFFIX}"


@lru_cache(maxsize=64)
def _saved(text: str) -> PlanTerms | None:
    """The terms of a saved plan; null where an older version of the project wrote what this one cannot read."""
    try:
        return read_terms(text)
    except TermsError:
        return None
