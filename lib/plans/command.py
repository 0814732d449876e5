"""The ``simulate`` command: scenario files in, one JSON result a line out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from lib.plans.errors import ScenarioError, TermsError
from lib.plans.scenario import named_plan, parse_scenario
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms
from lib.plans.write import result_data


def simulate_files(paths: list[str], out: TextIO, err: TextIO) -> int:
    """Run each scenario file in turn; a failure is one sentence on ``err`` and never stops the others.

    Returns the exit status: 0 when all were run, 1 when one failed.
    """
    status = 0
    for path in paths:
        try:
            result = _run(path)
        except (ScenarioError, TermsError) as error:
            err.write(f"{path}: {error}\n")
            status = 1
        else:
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
    return status


def _run(path: str) -> dict[str, object]:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ScenarioError(f"the scenario cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ScenarioError("the scenario is not UTF-8 text.") from None
    try:
        scenario = parse_scenario(text)
    except ScenarioError:
        # Whatever else is wrong, a plan that is not there comes first: only its terms say what the rest means.
        if plan := named_plan(text):
            load_terms(plan)
        raise
    return result_data(simulate(load_terms(scenario.plan), scenario))
