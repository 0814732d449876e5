"""How fast the engine is: 1,000 random scenarios of five grants and ten events, on one core.

Printed as seconds of processor time, with the target, and as a ratio to a floor measured in the same run: the same scenarios only
read from their JSON, which is what any caller pays before the engine begins.

    python benchmarks/bench_plans.py
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lib.plans.scenario import parse_scenario  # noqa: E402 - the path comes first
from lib.plans.simulate import simulate  # noqa: E402
from lib.plans.terms import load_terms, shipped_plans  # noqa: E402

SCENARIOS, GRANTS, EVENTS = 1000, 5, 10
TARGET = 2.0
ROUNDS = 5
FIRST = date(2001, 1, 1)
MORE: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "annual_meeting": lambda chance: {},
    "termination": lambda chance: {"reason": chance.choice(["voluntary", "death", "disability", "removal"])},
    "acquisition": lambda chance: {},
    "breach_notice": lambda chance: {},
    "split": lambda chance: {"ratio": chance.choice(["3:2", "2:1"])},
    "stock_dividend": lambda chance: {"percent": "5"},
    "exercise": lambda chance: {"grant": f"G{chance.randrange(GRANTS)}", "shares": chance.randrange(1, 5000)},
}


def day(chance: random.Random) -> str:
    """A day in the eleven years from 2001."""
    return (FIRST + timedelta(days=chance.randrange(4000))).isoformat()


def scenario(plan: str, rules: list[str], chance: random.Random) -> str:
    """A random scenario of a plan as the JSON of the command line."""
    grants = [
        {"id": f"G{n}", "rule": chance.choice(rules), "date": day(chance), "shares": 20000, "price": "24.00"}
        for n in range(GRANTS)
    ]
    kinds = [chance.choice(list(MORE)) for _ in range(EVENTS)]
    events = [{"type": kind, "date": day(chance), **MORE[kind](chance)} for kind in kinds]
    return json.dumps({"plan": plan, "grants": grants, "events": events})


def seconds(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """The median processor time of a pass over all items."""
    listed, times = list(items), []
    for _ in range(ROUNDS):
        start = time.process_time()
        for item in listed:
            work(item)
        times.append(time.process_time() - start)
    return median(times)


def main() -> int:
    """Print one line a plan; fail when the director plan misses the target."""
    missed = False
    for plan in shipped_plans():
        chance = random.Random(1)
        terms = load_terms(plan)
        rules = [rule.name for rule in terms.grant_rules]
        texts = [scenario(plan, rules, chance) for _ in range(SCENARIOS)]
        floor = seconds(parse_scenario, texts)
        took = seconds(lambda given: simulate(terms, given), [parse_scenario(text) for text in texts])  # noqa: B023
        print(
            f"{plan}: {SCENARIOS:,} scenarios of {GRANTS} grants and {EVENTS} events in {took:.2f} s"
            f" (target {TARGET:g} s), {took / floor:.1f} x reading them from JSON"
        )
        missed |= took > TARGET
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
