"""How fast the readers are, as ratios to a floor measured in the same run.

XML against a bare lxml parse that visits every element; text PDFs against pdfplumber's ``extract_tables``;
and the memory of a child that reads every PDF. Reads a corpus of filings where one is given, else the samples:

    python benchmarks/bench_readers.py [FOLDER_OF_XML FOLDER_OF_PDF]
"""

from __future__ import annotations

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

ROUNDS = 7


def seconds(work: Callable[[bytes], object], documents: list[bytes], rounds: int = ROUNDS) -> float:
    """The median time of one pass over all documents."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for data in documents:
            work(data)
        times.append(time.perf_counter() - start)
    return median(times)


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
    floor, ours = seconds(visit, xml), seconds(lambda data: read("a.xml", data), xml)
    print(
        f"XML: {len(xml)} files, {1e3 * ours / len(xml):.2f} ms each, {ours / floor:.2f} x a bare lxml parse"
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
