"""What bulk reading costs: time and memory against the number of filings, a second run, one core and two.

usage: python benchmarks/bench_ingest.py [XML_FOLDER] [--counts 1000 4000] [--set 5000]
The filings are made from those of the folder (the samples, if none is named) with other names, dates and
numbers. Memory is the largest of the command's own process; its children have their limit.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.bulk_data_set import bulk_data_set  # noqa: E402 - the path comes first
from benchmarks.bulk_set import bulk_set  # noqa: E402


def run(place: Path, store: Path, *options: str) -> tuple[float, float]:
    """Seconds and MiB that an ingest takes."""
    command = [sys.executable, "-m", "lib", "ingest", str(place), "--store", str(store), *options]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    most = [0.0]
    watching = threading.Thread(target=_watch, args=(process.pid, most))
    watching.start()
    status = process.wait()
    seconds = time.perf_counter() - begun
    watching.join()
    assert status == 0, f"ingest ended with {status}"
    return seconds, most[0]


def _watch(pid: int, most: list[float]) -> None:
    status = Path(f"/proc/{pid}/status")
    while True:
        try:
            lines = status.read_text().splitlines()
        except OSError:
            return
        peak = [line for line in lines if line.startswith("VmHWM")]
        if not peak:
            return
        most[0] = max(most[0], int(peak[0].split()[1]) / 1024)
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "sample_filings")
    parser.add_argument("--counts", type=int, nargs="*", default=[1_000, 4_000])
    parser.add_argument("--set", type=int, default=5_000, help="filings of the data set")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for count in chosen.counts:
            bulk_set(chosen.folder, here / f"xml-{count}", count)
            seconds, memory = run(here / f"xml-{count}", here / f"{count}.sqlite")
            again, _ = run(here / f"xml-{count}", here / f"{count}.sqlite")
            print(
                f"{count:7,} XML filings: {seconds:6.1f} s, {count / seconds:5.0f} a second, {memory:4.0f} MiB; "
                f"a second run {again / seconds:.1%} of the first",
                flush=True,
            )
        first = chosen.counts[0]
        one, _ = run(here / f"xml-{first}", here / "one.sqlite", "--workers", "1")
        two, _ = run(here / f"xml-{first}", here / "two.sqlite", "--workers", str(os.cpu_count() or 2))
        print(f"{first:7,} XML filings: all cores {one / two:.2f} x one core")
        bulk_data_set(chosen.folder, here / "set.zip", chosen.set)
        seconds, memory = run(here / "set.zip", here / "set.sqlite")
        print(
            f"{chosen.set:7,} of a data set: {seconds:6.1f} s, {chosen.set / seconds:5.0f} a second, {memory:4.0f} MiB"
        )


if __name__ == "__main__":
    main()
