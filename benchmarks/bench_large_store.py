"""What the pages cost on a store of many filings against the same pages on the samples, in turns.

usage: python benchmarks/bench_large_store.py [--store PATH] [--count 60000] [--turns 5]
Each page is opened by a new session of a server that has been up for a while, without a browser; a server for each
store, and each page in turns on both. What is compared is processor time, for others may use the machine, and the
median of the turns. What the first session after a change waits for is told apart. The market is looked at in the
ninety days with the most trades, for the last ninety of a made-up store may have hardly any. Without ``--store``, a
data set of ``--count`` filings made from the samples is ingested first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from bulk_data_set import bulk_data_set  # noqa: E402 - the path comes first
from sqlalchemy import func, select  # noqa: E402

from lib.store import Store, open_store  # noqa: E402
from lib.store.choose import Choice, page  # noqa: E402
from lib.store.schema import trades  # noqa: E402
from lib.ui.market_tables import FEW  # noqa: E402

AT_MOST = 2.0
DAYS = 90
PARTS = ("Bought", "Sold", "Other codes", "Buying together", "New insiders", "Filed late")
PATIENCE_SECONDS = 300


class Server:
    """A process that opens pages on a store and says what each cost."""

    def __init__(self, store: Path) -> None:
        opened = open_store(str(store))
        (entry, *_) = page(opened, Choice(), 0, 1)
        self._days = _busiest(opened)
        opened.close()
        self._word = (entry.issuer or "").split()[0]
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--serve"],
            env=os.environ | {"STAKELINE_STORE": str(store)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def milliseconds(self, script: str, query: dict[str, str]) -> float:
        """Of processors, to open the page in a new session; where the query says ``WORD`` or ``FROM`` and ``TO``, by those of the store."""
        assert self._process.stdin
        assert self._process.stdout
        meant = {"WORD": self._word, "FROM": self._days[0], "TO": self._days[1]}
        said = {name: meant.get(value, value) for name, value in query.items()}
        self._process.stdin.write(json.dumps([script, said]) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def _busiest(store: Store) -> tuple[str, str]:
    """The first and the last of the ninety days with the most trades; of all, where the page shows all at first."""
    query = select(trades.c.day, func.count()).group_by(trades.c.day)
    with store.connect() as connection:
        counted = {row[0]: row[1] for row in connection.execute(query)}
    if sum(counted.values()) <= FEW:
        return min(counted).isoformat(), max(counted).isoformat()
    within = {first: sum(counted.get(first + timedelta(n), 0) for n in range(DAYS)) for first in counted}
    first = max(within, key=lambda day: (within[day], day))
    print(f"{within[first]:,} trades in the {DAYS} days from {first}, of {sum(counted.values()):,}")
    return first.isoformat(), (first + timedelta(DAYS - 1)).isoformat()


def serve() -> None:
    """Open the pages that standard input names."""
    from streamlit.testing.v1 import AppTest

    for line in sys.stdin:
        script, query = json.loads(line)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
        if script != "pages/filings.py":
            app.run()
            app.switch_page(script)
        for name, value in query.items():
            app.query_params[name] = value
        begun = time.process_time()
        app.run()
        taken = time.process_time() - begun
        assert not app.exception, app.exception
        print(taken * 1000, flush=True)


def measured(samples: Path, large: Path, turns: int) -> bool:
    """Print what every page takes on both; whether all are within the ratio."""
    views: dict[str, tuple[str, dict[str, str]]] = {
        "library": ("pages/filings.py", {}),
        "search": ("pages/filings.py", {"find": "WORD"}),
        "holdings": ("pages/holdings.py", {}),
        **{
            f"market: {part}": (
                "pages/market.py",
                {"market_part": part, "market_from": "FROM", "market_to": "TO"},
            )
            for part in PARTS
        },
    }
    servers = [Server(samples), Server(large)]
    within = True
    for name, view in views.items():
        first = [server.milliseconds(*view) for server in servers]
        rounds = [[server.milliseconds(*view) for server in servers] for _ in range(turns)]
        few, many = (median(times) for times in zip(*rounds, strict=True))
        within &= many <= AT_MOST * few
        print(
            f"{name:24} {many:6.0f} ms, on the samples {few:6.0f} ms, ratio {many / few:.2f} (at most {AT_MOST}); "
            f"first {first[1]:6.0f} and {first[0]:6.0f} ms",
            flush=True,
        )
    for server in servers:
        server.close()
    return within


def ingested(place: Path, store: Path) -> Path:
    """The store, with what is at the place."""
    command = [sys.executable, "-m", "lib", "ingest", str(place), "--store", str(store)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return store


def main() -> int:
    """Print the table; 1 where a page misses the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        samples = ingested(ROOT / "sample_filings", here / "samples.sqlite")
        large = chosen.store
        if large is None:
            bulk_data_set(ROOT / "sample_filings", here / "set.zip", chosen.count)
            large = ingested(here / "set.zip", here / "large.sqlite")
        return 0 if measured(samples, large, chosen.turns) else 1


if __name__ == "__main__":
    raise SystemExit(main())
