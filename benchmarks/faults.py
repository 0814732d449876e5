"""What becomes of a library when its ingest is killed or its disk is full: every filing whole or absent, then all.

usage: python benchmarks/faults.py [XML_FOLDER] [--count 6000] [--kills 20] [--seed 1]
The filings are made from those of the folder (the samples, if none is named). An undisturbed run comes first. Then
one that is killed again and again at random moments, looked at after each kill, and finished. Then one on a disk of
too little room, a file system in memory that takes the right to mount one, which is made larger and run again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.bulk_set import bulk_set  # noqa: E402 - the path comes first

MUCH = "900m"
CONTENTS = """
    SELECT d.sha256, d.name, f.position, f.record, f.trades,
      (SELECT json_group_array(name) FROM (SELECT name FROM filing_owners WHERE filing_id = f.id ORDER BY name)),
      (SELECT count(*) FROM trades WHERE filing_id = f.id)
    FROM documents d LEFT JOIN filings f ON f.sha256 = d.sha256
"""


def command(place: Path, store: Path) -> list[str]:
    return [sys.executable, "-m", "lib", "ingest", str(place), "--store", str(store)]


def run(place: Path, store: Path) -> tuple[int, str]:
    """The exit status of a run, and what it said of failures."""
    done = subprocess.run(command(place, store), cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


def contents(store: Path) -> set[tuple[object, ...]]:
    """All that is kept of each filing, without ids and times; none where no library is yet."""
    if not store.exists():
        return set()
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return set()
        found = connection.execute(CONTENTS).fetchall()
    for row in found:
        assert row[3] is not None, f"{row[1]} is there without its filing"
        assert len(json.loads(row[4])) == row[6], f"{row[1]} lacks some of its trades"
    assert len(set(found)) == len(found), "something is there twice"
    return set(found)


def killed(place: Path, store: Path, whole: set[tuple[object, ...]], kills: int, seed: int) -> None:
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as elsewhere:
        run(place, Path(elsewhere) / "timed.sqlite")
    usual = time.perf_counter() - begun
    rng = random.Random(seed)
    kept: list[int] = []
    before: set[tuple[object, ...]] = set()
    for _ in range(kills):
        process = subprocess.Popen(
            command(place, store), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=rng.uniform(0.1, 0.9) * usual)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        found = contents(store)
        assert found <= whole, "a filing is not what it is after an undisturbed run"
        assert before <= found, "what was kept is gone"
        kept.append(len(found))
        before = found
        if found == whole:  # a new library, for there is nothing more to break off
            before = set()
            for left in store.parent.glob(f"{store.name}*"):
                left.unlink()
    status, _ = run(place, store)
    assert (status, contents(store)) == (0, whole)
    said = ", ".join(f"{number:,}" for number in kept)
    print(
        f"killed {kills} times, {said} filings kept after each; the run after that completes it", flush=True
    )


def full(place: Path, here: Path, whole: set[tuple[object, ...]], room: int) -> None:
    with little_disk(here / "disk", room) as disk:
        if disk is None:
            print("disk full: not tried, for mounting a file system is not allowed here")
            return
        store = disk / "store.sqlite"
        status, said = run(place, store)
        found = contents(store)
        assert status == 1
        assert found < whole
        print(f"disk full after {len(found):,} filings: {said}", flush=True)
        subprocess.run(["mount", "-o", f"remount,size={MUCH}", str(disk)], check=True)
        assert (run(place, store)[0], contents(store)) == (0, whole)
        print("with room again, the next run completes it")


@contextmanager
def little_disk(place: Path, room: int) -> Iterator[Path | None]:
    """A file system of so many bytes at the place; ``None`` where none may be mounted."""
    place.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    if subprocess.run(line, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "sample_filings")
    parser.add_argument("--count", type=int, default=6_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        place = here / "xml"
        bulk_set(chosen.folder, place, chosen.count)
        assert run(place, here / "whole.sqlite") == (0, "")
        whole = contents(here / "whole.sqlite")
        assert len(whole) == chosen.count
        killed(place, here / "killed.sqlite", whole, chosen.kills, chosen.seed)
        full(place, here, whole, (here / "whole.sqlite").stat().st_size // 2)


if __name__ == "__main__":
    main()
