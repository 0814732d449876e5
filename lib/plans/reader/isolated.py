"""Reading a plan document in a child process with limits, for the bytes are somebody else's.

Run as a module it reads a document from standard input, its name as argument, and writes what it says as JSON. A
document that needs more time or memory than any plan does fails with a sentence, and the app goes on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lib.plans.reader import complete_terms, read_plan
from lib.plans.reader.found import Conflict, Found, Missing, PlanReading, UnreadableDocument
from lib.plans.reader.pdf_text import limit_this_process

WALL_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[3]


def read_plan_isolated(name: str, data: bytes) -> PlanReading:
    """What ``read_plan`` finds, with every value as JSON has it: days in ISO form.

    Raises UnreadableDocument with what to do, also where the document takes more than its limits.
    """
    command = [sys.executable, "-m", "lib.plans.reader.isolated", name]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=ROOT, timeout=WALL_SECONDS, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        raise UnreadableDocument(
            f"{name} took more time or memory than any plan needs, and was given up; give it as plain text."
        ) from None
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    terms = complete_terms(answer["draft"])[0] if not answer["missing"] else None
    return PlanReading(
        title=answer["title"],
        company=answer["company"],
        terms=terms,
        draft=answer["draft"],
        found=tuple(Found(**one) for one in answer["found"]),
        missing=tuple(
            Missing(one["term"], one["question"], tuple(one["quotes"])) for one in answer["missing"]
        ),
        conflicts=tuple(
            Conflict(
                one["topic"],
                one["message"],
                Found(**one["plan"]),
                Found(**one["agreement"]),
                tuple(Found(**place) for place in one["also"]),
                Found(**one["superseded"]) if one["superseded"] else None,
            )
            for one in answer["conflicts"]
        ),
    )


def main() -> int:
    """Read the document on standard input; the exit status is 1 where it cannot be read."""
    limit_this_process()
    name = sys.argv[1] if len(sys.argv) > 1 else "document"
    try:
        reading = read_plan(name, sys.stdin.buffer.read())
    except UnreadableDocument as error:
        print(json.dumps({"error": str(error)}))
        return 1
    answer = {
        "title": reading.title,
        "company": reading.company,
        "draft": reading.draft,
        "found": [asdict(one) for one in reading.found],
        "missing": [
            {**asdict(one), "quotes": [_quote(text) for text in one.quotes]} for one in reading.missing
        ],
        "conflicts": [asdict(one) for one in reading.conflicts],
    }
    print(json.dumps(answer, default=str))
    return 0


def _quote(text: Any) -> str:
    return text if isinstance(text, str) else " ".join(str(text).split())


if __name__ == "__main__":
    sys.exit(main())
