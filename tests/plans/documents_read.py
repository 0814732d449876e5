"""Short plan documents with the terms a person reads in them, and what the reader makes of each.

``documents/worked`` were looked at while the reader was written; ``held``, ``late`` and ``last`` were written to
measure it, one after the other, and what they showed was then mended.
As a command it prints what is found (+), missed (-) and wrong (!): python -m tests.plans.documents_read FILE...
"""

from __future__ import annotations

import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import TypeAdapter

from lib.plans.days import months_after
from lib.plans.reader import PlanReading, read_plan
from lib.plans.schedule import vests
from lib.plans.schedule_terms import AnySchedule
from lib.plans.term import Reason

FOLDER = Path(__file__).parent / "documents"
START = date(2001, 3, 5)
SHARES = 720_720_000
SINGLE = {"pool.limit": "pool", "pool.returns": "returns", "cap.years": "cap", "price": "price"}
NAMED = ("pool.returns", "splits", "exercise", "final_exercise_date")


def documents(kind: str) -> list[Path]:
    """The documents of a kind, such as ``worked`` or ``held``."""
    return sorted((FOLDER / kind).glob("*.yaml"))


def compared(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a person reads in a document and what the reader does, each as values by term."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return wanted(data["expected"]), told(read_plan(path.stem + ".txt", data["text"].encode()))


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    """The expectation of a document's file as values by term."""
    values: dict[str, Any] = {}
    for name, item in expected.items():
        if name == "windows":
            values |= {f"window {reason}": span for reason, span in _spread(item).items()}
        elif name == "schedules":
            values |= {f"schedule {rule}": _curve(text) for rule, text in item.items()}
        elif isinstance(item, dict) and name != "price":
            values |= {f"{name} {part}": value for part, value in item.items()}
        else:
            values[name] = item
    return values


def _spread(windows: dict[str, str]) -> dict[str, str]:
    others = windows.get("any")
    return {
        reason: windows.get(reason, others)
        for reason in get_args(Reason)
        if windows.get(reason, others) is not None
    }


def _curve(text: str) -> list[tuple[date, Fraction]]:
    """ "12:1/4; 36x1:3/4" as the days from START and the part vested by each."""
    months, done, listed = 0, Fraction(0), []
    for step in text.split("; "):
        when, _, part = step.partition(":")
        times, _, every = when.rpartition("x")
        for _ in range(int(times or 1)):
            months += int(every)
            done += Fraction(part or 1) / int(times or 1)
            listed.append((months_after(START, months), done))
    return listed


def told(reading: PlanReading) -> dict[str, Any]:
    """What was read, as values by term; of a window that counts for all reasons but some, each that is left."""
    values: dict[str, Any] = {}
    for found in reading.found:
        term, value = found.term, found.value
        if term == "grant_rules":
            values[f"grants {_rule(reading, found.quote)}"] = value
        elif term.endswith(".schedule"):
            schedule: AnySchedule = TypeAdapter(AnySchedule).validate_python(
                {**value, "clause": "x", "text": "x"}
            )
            listed = vests(schedule, START, SHARES, (), "anchor")
            values[f"schedule {term.split('.')[1]}"] = [(one.date, one.cumulative / SHARES) for one in listed]
        elif term == "windows":
            values |= _window(value, values)
        elif term == "accelerations":
            within = value.get("within_months_of_acquisition")
            for occasion in value["upon"]:
                values[f"early {occasion}{f'+{within}' if within else ''}"] = value["reach"]
        elif term == "eligibility.excludes_employees":
            values["eligible excludes_employees"] = value
        elif term == "history":
            values.setdefault("history", []).append(str(value))
        elif term.startswith("grant."):
            values[f"grant {term[6:]}"] = value if isinstance(value, int) else str(value)
        else:
            name = "final" if term == "final_exercise_date" else SINGLE.get(term, term)
            values[name] = True if term in NAMED else value
    return values


def _rule(reading: PlanReading, quote: str) -> str:
    """The grant rule whose size a sentence says, in the draft or, where its vesting is not read, among what is asked."""
    for rule in reading.draft.get("grant_rules", ()):
        if rule["text"] == quote[:1900]:
            return str(rule["name"])
    return next(one.term.split(".")[1] for one in reading.missing if quote in one.quotes and "." in one.term)


def _window(value: dict[str, Any], already: dict[str, Any]) -> dict[str, str]:
    span = (
        "now"
        if value.get("at_once")
        else "expiry"
        if value.get("until_expiry")
        else f"{value['months']}m"
        if "months" in value
        else f"{value['days']}d"
    )
    named = value.get("reasons")
    if named:
        return {f"window {reason}": span for reason in named}
    return {
        f"window {reason}": span
        for reason in get_args(Reason)
        if reason not in value.get("other_than", ()) and f"window {reason}" not in already
    }


def main(arguments: list[str]) -> None:
    """Print each document's terms, and the figures of each kind."""
    for kind in ("worked", "held", "late", "last"):
        right = missed = wrong = 0
        for path in documents(kind):
            theirs, ours = compared(path)
            good = {term for term in theirs if ours.get(term) == theirs[term]}
            bad = {term for term in ours if ours[term] != theirs.get(term)}
            left = theirs.keys() - good
            right, missed, wrong = right + len(good), missed + len(left), wrong + len(bad)
            print(f"{kind}/{path.stem}: {len(good)} of {len(theirs)} found, {len(bad)} wrong")
            if path.stem in arguments or kind in arguments:
                for term in sorted(left):
                    print("  -", term, theirs[term])
                for term in sorted(bad):
                    print("  !", term, ours[term])
        print(f"{kind}: {right} of {right + missed} terms found, {wrong} wrong")


if __name__ == "__main__":
    main(sys.argv[1:])
