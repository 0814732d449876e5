"""What bulk reading costs: time and memory against the number of filings, a second run, one core and two, Dask.

usage: python benchmarks/bench_ingest.py [XML_FOLDER] [--counts 1000 4000] [--set 5000] [--pdfs FOLDER ...]
       [--pdf-count 120] [--dask] [--turns 3]
The filings are made from those of the folder (the samples, if none is named) with other names, dates and
numbers; the PDFs are those of the named folders, each again and again with bytes of its own. What is compared runs
in turns and counts by its median, for others may use the machine. Memory is the largest of the command's own process; its
children have their limit. Processor time is the command's with its children's: divided by the cores, it is what an
idle machine would take.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.bulk_data_set import bulk_data_set  # noqa: E402 - the path comes first
from benchmarks.bulk_set import bulk_set  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
_numbers = numbers()


@dataclass(frozen=True)
class Cost:
    """What an ingest took: seconds by the clock, of processors, of the writing process alone, and MiB."""

    seconds: float
    processors: float
    writing: float
    memory: float


def run(place: Path, store: Path, *options: str) -> Cost:
    """Ingest a place into a store."""
    command = [sys.executable, "-m", "lib", "ingest", str(place), "--store", str(store), *options]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    seen = [0.0, 0.0]
    watching = threading.Thread(target=_watch, args=(process.pid, seen))
    watching.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    assert process.returncode == 0, f"ingest ended with {process.returncode}"
    return Cost(seconds, used.ru_utime + used.ru_stime, seen[1], seen[0])


def _watch(pid: int, seen: list[float]) -> None:
    """Note the process's largest memory and its own processor time, for as long as it is there."""
    while True:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return
        peak = [line for line in lines if line.startswith("VmHWM")]
        if not peak:
            return
        seen[0] = max(seen[0], int(peak[0].split()[1]) / 1024)
        seen[1] = max(seen[1], (int(times[11]) + int(times[12])) / TICKS)
        time.sleep(0.02)


def told(what: str, count: int, cost: Cost) -> str:
    """The cost in a line."""
    ideal = count / (cost.processors / (os.cpu_count() or 1))
    return (
        f"{count:7,} {what}: {cost.seconds:6.1f} s, {count / cost.seconds:5.0f} a second "
        f"({cost.processors / count * 1e3:.2f} ms of processors each, {ideal:,.0f} a second where all cores are free), "
        f"{cost.memory:4.0f} MiB, reading {1 - cost.writing / cost.processors:.0%} and writing "
        f"{cost.writing / cost.processors:.0%} of it"
    )


def in_turns(turns: int, *ways: Callable[[], Cost]) -> list[float]:
    """Each way's median seconds, the ways one after the other, again and again."""
    rounds = [[way().seconds for way in ways] for _ in range(turns)]
    return [median(times) for times in zip(*rounds, strict=True)]


def bulk_pdfs(folders: Sequence[Path], out: Path, count: int) -> None:
    """So many PDFs, each with bytes of its own: a comment after the end that no reader looks at."""
    out.mkdir()
    found = [path for folder in folders for path in sorted(folder.glob("*.pdf"))]
    for n in range(count):
        data = found[n % len(found)].read_bytes()
        (out / f"{n:06}.pdf").write_bytes(data + f"\n% {n}\n".encode())


def fresh(place: Path, folder: Path, *options: str) -> Callable[[], Cost]:
    """An ingest into a library of its own each time."""
    return lambda: run(place, folder / f"turn-{next(_numbers)}.sqlite", *options)


def against_count(folder: Path, here: Path, counts: Sequence[int]) -> None:
    for count in counts:
        bulk_set(folder, here / f"xml-{count}", count)
        first_and_again("XML filings", count, here / f"xml-{count}", here)


def first_and_again(what: str, count: int, place: Path, here: Path) -> None:
    """What a first run costs, and three more of the same files."""
    store = here / f"again-{next(_numbers)}.sqlite"
    first = run(place, store)
    again = [run(place, store) for _ in range(3)]
    print(told(what, count, first))
    print(
        f"{'':7} a second run: {median(one.seconds for one in again) / first.seconds:.1%} of the first by the "
        f"clock, {median(one.processors for one in again) / first.processors:.1%} by processor time",
        flush=True,
    )


def on_cores(what: str, place: Path, here: Path, turns: int) -> None:
    """All cores against one, beside what the machine gives: a command for each core that shares nothing."""
    cores = os.cpu_count() or 2
    files = sorted(path for path in place.rglob("*") if path.is_file())
    shares = [here / f"share-{next(_numbers)}" for _ in range(cores)]
    for n, share in enumerate(shares):
        share.mkdir()
        for path in files[n::cores]:
            (share / path.name).symlink_to(path)
    one, all_of_them, apart = in_turns(
        turns,
        fresh(place, here, "--workers", "1"),
        fresh(place, here, "--workers", str(cores)),
        lambda: at_once([fresh(share, here, "--workers", "1") for share in shares]),
    )
    print(
        f"{len(files):7,} {what}: {len(files) / all_of_them:.1f} a second on {cores} cores, "
        f"{one / all_of_them:.2f} x one reader; {cores} commands that share nothing, with a part each: "
        f"{one / apart:.2f} x one",
        flush=True,
    )


def at_once(ways: Sequence[Callable[[], Cost]]) -> Cost:
    """The ways at once: the seconds of the last that ends."""
    with ThreadPoolExecutor(len(ways)) as pool:
        return max(pool.map(lambda way: way(), ways), key=lambda cost: cost.seconds)


def on_dask(place: Path, here: Path, turns: int) -> None:
    from distributed import LocalCluster

    quiet = {"dashboard_address": None, "worker_dashboard_address": None}
    with LocalCluster(n_workers=os.cpu_count() or 2, threads_per_worker=1, **quiet) as cluster:
        run(place, here / "warm.sqlite", "--scheduler", cluster.scheduler_address)
        plain, dask = in_turns(
            turns, fresh(place, here), fresh(place, here, "--scheduler", cluster.scheduler_address)
        )
    print(f"Dask: {dask:.1f} s, the plain command {plain:.1f} s: overhead {dask / plain - 1:.0%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "sample_filings")
    parser.add_argument("--counts", type=int, nargs="*", default=[1_000, 4_000])
    parser.add_argument("--set", type=int, default=5_000, help="filings of the data set, 0 for none")
    parser.add_argument("--pdfs", type=Path, nargs="*", default=[], help="folders of text PDFs")
    parser.add_argument("--pdf-count", type=int, default=120)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        against_count(chosen.folder, here, chosen.counts)
        if chosen.set:
            bulk_data_set(chosen.folder, here / "set.zip", chosen.set)
            first_and_again("of a data set", chosen.set, here / "set.zip", here)
        if chosen.pdfs:
            bulk_pdfs(chosen.pdfs, here / "pdfs", chosen.pdf_count)
            on_cores("PDFs", here / "pdfs", here, chosen.turns)
        if chosen.counts:
            largest = here / f"xml-{chosen.counts[-1]}"
            on_cores("XML filings", largest, here, chosen.turns)
            if chosen.dask:
                on_dask(largest, here, chosen.turns)


if __name__ == "__main__":
    main()
