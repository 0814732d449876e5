"""The first vesting day of an award's paper, on which a part vests at once: as the paper fixes it, or left blank."""

from __future__ import annotations

import re
from typing import Any

from lib.plans.reader.outline import DATE, Part, dates_in
from lib.plans.reader.words import LENGTH, ORDINAL_WORD, length
from lib.plans.vesting_words import ordinal

NAME = "Initial Vesting Date"
_START = r"(?:initial vesting|vesting (?:commencement|start|base)) date"
_LABEL = re.compile(rf"(?:the )?{_START}\b[^:]{{0,20}}:", re.IGNORECASE)
_GRANT = r"(?:the )?(?:date of (?:the |this )?(?:option |stock )?(?:grant|award)|(?:option )?grant date|award date)\b"
_AFTER_GRANT = re.compile(rf"\b{LENGTH} (?:after|from|following) {_GRANT}", re.IGNORECASE)
_ANNIVERSARY = re.compile(rf"\b(?P<nth>{ORDINAL_WORD}) anniversary of {_GRANT}", re.IGNORECASE)
_ON_GRANT = re.compile(rf"(?:same as )?{_GRANT}\W*$", re.IGNORECASE)


def with_first_day(schedule: dict[str, Any], text: str, paper: Part) -> tuple[dict[str, Any], str | None]:
    """The schedule with the day of what vests on a vesting start that ``text`` names, and what to quote in asking.

    Such a day is never the grant's by default. Where the paper leaves it open the step waits for an event of its
    name, and the second value is the line that leaves it open, empty where there is none; else that value is null.
    """
    steps = schedule.get("conditions", [])
    at_start = [step for step in steps if step["when"] == {"type": "after", "of": "start"}]
    if not at_start or not re.search(rf"\b{_START}", text, re.IGNORECASE):
        return schedule, None
    lines = _lines(paper)
    known = [when for line in lines if (when := _fixed(line.partition(":")[2])) is not None]
    when = known[0] if known and all(one == known[0] for one in known) else {"type": "event", "event": NAME}
    dated = [{**step, "when": when} if step in at_start else step for step in steps]
    open_ = next(iter(lines), "") if when["type"] == "event" else None
    return {**schedule, "conditions": dated}, open_


def _lines(paper: Part) -> list[str]:
    """The lines that are labelled as the first vesting day's, each with the text that goes with it."""
    return [
        " ".join(line.split())
        for block in paper.blocks
        for line in block.text.splitlines()
        if _LABEL.match(line.strip().lstrip("*•- "))
    ]


def _fixed(written: str) -> dict[str, Any] | None:
    """The day that stands after the label, null for a blank, a placeholder, and what is no single day."""
    written = re.sub(r"\(i\.e\.[^)]*\)", " ", written).strip(" *_.")
    days = dates_in(written)
    if len(days) == 1 and DATE.match(written):
        return {"type": "date", "date": days[0].isoformat()}
    anniversary = _ANNIVERSARY.search(written)
    if anniversary and (years := ordinal(anniversary["nth"].lower())):
        return {"type": "after", "of": "start", "months": 12 * years}
    later = _AFTER_GRANT.search(written.lower())
    if later and (measured := length(later)):
        return {"type": "after", "of": "start", **measured}
    return {"type": "after", "of": "start"} if _ON_GRANT.match(written) else None
