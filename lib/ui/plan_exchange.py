"""Open Cap Format in and out of the plans page, always with what the format cannot say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lib.plans.errors import TermsError
from lib.plans.ocf import CLAUSE, read_vesting_terms, read_windows
from lib.plans.ocf_write import write_rule
from lib.plans.terms import PlanTerms
from lib.ui.plan_shelf import saved_name
from lib.ui.plan_work import Work, open_questions

FILE_TYPE: Final = "OCF_VESTING_TERMS_FILE"
MOST_TERMS: Final = 50


def ocf_file(terms: PlanTerms) -> bytes:
    """The schedules of all grants as a file of the format."""
    items = [write_rule(terms, rule).vesting_terms for rule in terms.grant_rules]
    return json.dumps({"file_type": FILE_TYPE, "items": items}, indent=2, ensure_ascii=False).encode()


def windows_file(terms: PlanTerms) -> bytes:
    """The windows after service, as the format's issuances hold them."""
    options = [rule for rule in terms.grant_rules if rule.award == "option"]
    windows = write_rule(terms, options[0]).termination_exercise_windows if options else []
    return json.dumps({"termination_exercise_windows": windows}, indent=2, ensure_ascii=False).encode()


def lost_in_ocf(terms: PlanTerms) -> tuple[str, ...]:
    """What of the plan the format cannot say, a sentence each."""
    return tuple(
        dict.fromkeys(sentence for rule in terms.grant_rules for sentence in write_rule(terms, rule).lost)
    )


def work_of_ocf(name: str, data: Any) -> Work:
    """Vesting terms, and windows where there are some, as a plan that asks for all the rest. Raises TermsError."""
    items = _items(data)
    if not items:
        raise TermsError("There are no vesting terms in it: no object of the type VESTING_TERMS.")
    rules: list[dict[str, Any]] = []
    lost: list[str] = []
    for number, item in enumerate(items[:MOST_TERMS], start=1):
        read = read_vesting_terms(item)
        rules.append(
            {
                "name": (read.name or f"grant {number}")[:200],
                "made": "by_the_board",
                "clause": CLAUSE,
                "text": read.schedule.text,
                "schedule": read.schedule.model_dump(mode="json", exclude_none=True),
            }
        )
        lost += read.lost
    draft: dict[str, Any] = {
        "plan": saved_name(name.rpartition(".")[0]).removesuffix(".yaml"),
        "title": name,
        "company": "not named",
        "grant_rules": rules,
    }
    windows = data.get("termination_exercise_windows") if isinstance(data, Mapping) else None
    if isinstance(windows, Sequence) and not isinstance(windows, str) and windows:
        draft["windows"] = read_windows(windows)
    return Work(saved_name(name.rpartition(".")[0]), name, draft, open_questions(draft), lost=tuple(lost))


def _items(data: Any) -> list[Mapping[str, Any]]:
    """The vesting terms of a file, a list, or a single object."""
    if isinstance(data, Mapping) and data.get("object_type") == "VESTING_TERMS":
        return [data]
    listed = data.get("items") if isinstance(data, Mapping) else data
    if not isinstance(listed, list):
        return []
    return [one for one in listed if isinstance(one, Mapping) and one.get("object_type") == "VESTING_TERMS"]
