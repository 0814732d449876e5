"""A data set of a quarter's size from a few filings, the same for the same seed.

usage: python -m benchmarks.bulk_data_set XML_FOLDER OUT.zip COUNT [--seed S]
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bulk_set import command, varied
from lib.exports.data_set import table_bytes
from lib.filings.readers import read
from lib.filings.record import Filing, Submission
from lib.filings.tables import COLUMNS, data_set_rows

AT_ONCE = 2_000


def varied_filings(folder: Path, count: int, seed: int) -> Iterator[Filing]:
    """Filings with accession numbers of their own; every template is read a few times, then renumbered."""
    templates = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.xml"))]
    rng = random.Random(seed)
    pool = [read("a", varied(text, rng).encode())[0] for text in templates for _ in range(5)]
    for n in range(count):
        number = Submission(f"{rng.randrange(10**9):010}-24-{n:06}", pool[n % len(pool)].period_of_report)
        yield replace(pool[n % len(pool)], submission=number)


def bulk_data_set(folder: Path, out: Path, count: int, seed: int = 1) -> None:
    """Write the ZIP; a few thousand filings are in memory at a time."""
    with TemporaryDirectory() as place, ExitStack() as stack:
        files = {name: stack.enter_context((Path(place) / name).open("wb")) for name in COLUMNS}
        part: list[Filing] = []
        for n, one in enumerate(varied_filings(folder, count, seed), 1):
            part.append(one)
            if len(part) == AT_ONCE or n == count:
                for name, rows in data_set_rows(part).items():
                    data = table_bytes(name, rows, "tsv")
                    files[name].write(data if n <= AT_ONCE else data.partition(b"\n")[2])
                part = []
        for file in files.values():
            file.flush()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in COLUMNS:
                target.write(Path(place) / name, f"{name}.tsv")


if __name__ == "__main__":
    command(__doc__, bulk_data_set)
