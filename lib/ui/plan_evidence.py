"""How the terms of a saved plan are known: its document, sentences and conflicts, as comments behind its YAML.

Comments, for terms are the same whatever is known of them, and any version of the project reads the plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from lib.plans.reader import Conflict, Found
from lib.plans.terms import LONGEST_TERMS_FILE, PlanTerms
from lib.ui.library import the_store
from lib.ui.plan_work import Work, work_of_terms

_MARK: Final = "#: "


def with_evidence(text: str, work: Work) -> str:
    """Terms as YAML with what the work knows of them behind; without it where a terms file has no room for it."""
    if not work.found and not work.conflicts:
        return text
    records = [
        {"source": work.source},
        *({"found": _found_data(one)} for one in work.found),
        *({"conflict": _conflict_data(one)} for one in work.conflicts),
    ]
    whole = text + "".join(f"{_MARK}{json.dumps(record)}\n" for record in records)
    return whole if len(whole) <= LONGEST_TERMS_FILE else text


def work_of_saved(name: str, terms: PlanTerms) -> Work:
    """A plan of the shelf, with how its terms are known where the library has that."""
    text = next((one.terms for one in the_store().plans.all() if one.name == name), "")
    return with_known(work_of_terms(name, terms), text)


def with_known(work: Work, text: str) -> Work:
    """The work with what the comments of its YAML say; as it is where they are not what this module writes."""
    try:
        records = [json.loads(line[len(_MARK) :]) for line in text.splitlines() if line.startswith(_MARK)]
        source = next((str(one["source"]) for one in records if "source" in one), work.source)
        found = tuple(_found(one["found"]) for one in records if "found" in one)
        conflicts = tuple(_conflict(one["conflict"]) for one in records if "conflict" in one)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return work
    return replace(work, source=source, found=found, conflicts=conflicts)


def _found_data(found: Found) -> dict[str, Any]:
    return {
        "term": found.term,
        "clause": found.clause,
        "quote": found.quote,
        "confidence": found.confidence,
    }


def _found(data: Mapping[str, Any]) -> Found:
    """A finding without its value, which the terms hold."""
    return Found(str(data["term"]), None, str(data["clause"]), str(data["quote"]), float(data["confidence"]))


def _conflict_data(conflict: Conflict) -> dict[str, Any]:
    return {
        "topic": conflict.topic,
        "message": conflict.message,
        "plan": _found_data(conflict.plan),
        "agreement": _found_data(conflict.agreement),
        "also": [_found_data(one) for one in conflict.also],
        "superseded": _found_data(conflict.superseded) if conflict.superseded else None,
    }


def _conflict(data: Mapping[str, Any]) -> Conflict:
    was = data["superseded"]
    return Conflict(
        str(data["topic"]),
        str(data["message"]),
        _found(data["plan"]),
        _found(data["agreement"]),
        tuple(_found(one) for one in data["also"]),
        None if was is None else _found(was),
    )
