"""Thousands of broken documents through the readers: what became of them, and the slowest.

    python benchmarks/fuzz_readers.py [COUNT]

Ends with an error if anything but a record or ``UnreadableFiling`` comes out, or a value has a wrong type.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import OUR_FAULT, read_isolated
from tests.filings.fuzzing import broken, wrong_types


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    outcomes: Counter[str] = Counter()
    slowest, started = 0.0, time.perf_counter()
    for _, found in read_isolated((f"broken-{n}", data) for n, data in enumerate(broken(count))):
        now = time.perf_counter()
        slowest, started = max(slowest, now - started), now
        if isinstance(found, UnreadableFiling):
            assert found.what != OUR_FAULT, found
            outcomes["refused: " + found.what.split("(")[0][:60]] += 1
        else:
            outcomes["read"] += 1
            outcomes["with findings"] += any(filing.findings for filing in found)
            for filing in found:
                assert not wrong_types(filing), wrong_types(filing)
    for outcome, times in outcomes.most_common():
        print(f"{times:6d}  {outcome}")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} documents; the slowest took {slowest:.2f} s; the largest child had {children:.0f} MiB")


if __name__ == "__main__":
    main()
