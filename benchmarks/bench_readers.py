"""How fast the readers are, as ratios to a floor measured in the same run.

XML against a bare lxml parse that visits every element; text PDFs against pdfplumber's ``extract_tables``;
and the memory of a child that reads every PDF. XML is measured in CPU time, reader and floor in turns and each
over the files several times, so that what else the machine does falls on both or on neither. Reads a corpus of filings where one is given, else the samples:

    python benchmarks/bench_readers.py [FOLDER_OF_XML FOLDER_OF_PDF]
"""

from __future__ import annotations

import gc
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lib.filings.readers import read  # noqa: E402 - the path comes first

ROUNDS = 25
PASSES = 4
"""Passes over a document in one timing: one alone is so short that the clock's noise shows."""

Work = Callable[[bytes], object]


def seconds(work: Work, documents: list[bytes], rounds: int) -> float:
    """The median time of one pass over all documents."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for data in documents:
            work(data)
        times.append(time.perf_counter() - start)
    return median(times)


def in_turns(works: list[Work], documents: list[bytes]) -> list[list[list[float]]]:
    """The CPU time of each document, by round, for each work; each round of each begins with the garbage collected."""
    times: list[list[list[float]]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            gc.collect()
            found.append([])
            for data in documents:
                start = time.process_time()
                for _ in range(PASSES):
                    work(data)
                found[-1].append((time.process_time() - start) / PASSES)
    return times


def least(rounds: list[list[float]]) -> float:
    """The time of all documents, each in its best round: what other work on the machine adds is left out."""
    return sum(map(min, zip(*rounds, strict=True)))


def visit(data: bytes) -> int:
    """The floor for XML: parse and look at every element."""
    return sum(1 for _ in etree.fromstring(data).iter())


def tables(data: bytes) -> int:
    """The floor for PDFs: pdfplumber's own tables of every page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def child_memory(folder: Path) -> float:
    """The largest resident memory, in MiB, of a process that reads every PDF in the folder."""
    script = (
        "import resource, sys, pathlib; from lib.filings.readers import read\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.pdf')): read(path.name, path.read_bytes())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def main() -> None:
    folders = [Path(argument).resolve() for argument in sys.argv[1:3]] or [ROOT / "sample_filings"] * 2
    xml = [path.read_bytes() for path in sorted(folders[0].glob("*.xml"))]
    pdf = [path.read_bytes() for path in sorted(folders[-1].glob("*.pdf"))]
    floors, times = in_turns([visit, lambda data: read("a.xml", data)], xml)
    ratios = [sum(ours) / sum(floor) for floor, ours in zip(floors, times, strict=True)]
    print(
        f"XML: {len(xml)} files, {1e3 * least(times) / len(xml):.3f} ms each, a bare lxml parse"
        f" {1e3 * least(floors) / len(xml):.3f} ms: {least(times) / least(floors):.2f} x"
        f" (median of {ROUNDS} rounds {median(ratios):.2f} x)"
    )
    floor, ours = seconds(tables, pdf, 1), seconds(lambda data: read("a.pdf", data), pdf, 3)
    print(
        f"PDF: {len(pdf)} files, {1e3 * ours / len(pdf):.0f} ms each, {ours / floor:.3f} x extract_tables()"
    )
    print(f"Memory of a process reading every PDF: {child_memory(folders[-1]):.0f} MiB")
    print(
        f"This process, pdfplumber included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


if __name__ == "__main__":
    main()
