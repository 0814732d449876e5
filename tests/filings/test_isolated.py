"""Reading in a child process: the same records, and a child that dies fails one file only."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.filings import isolated
from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import read_isolated
from lib.filings.readers import read

SAMPLES = Path(__file__).parents[2] / "sample_filings"
PDFS = sorted(SAMPLES.glob("*.pdf"))


def test_a_child_reads_what_this_process_reads() -> None:
    """Every sample PDF comes back from the child as the very record read here."""
    outcomes = list(read_isolated((path.name, path.read_bytes()) for path in PDFS))
    assert outcomes == [(path.name, read(path.name, path.read_bytes())) for path in PDFS]


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the time limit the file fails with a sentence, and the next file has a child of its own."""
    limits = iter([0.0, 40.0])
    monkeypatch.setattr(isolated, "WALL_SECONDS", 0.0)
    files = ((path.name, path.read_bytes()) for path in PDFS[:2])
    reading = read_isolated(files)
    monkeypatch.setattr(isolated, "WALL_SECONDS", next(limits))
    _, first = next(reading)
    monkeypatch.setattr(isolated, "WALL_SECONDS", next(limits))
    _, second = next(reading)
    assert isinstance(first, UnreadableFiling)
    assert "more time or memory" in str(first)
    assert isinstance(second, list)


def test_a_child_that_dies_fails_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child killed in the middle costs the file it was reading, not the batch."""
    reading = read_isolated((path.name, path.read_bytes()) for path in PDFS[:3])
    assert isinstance(next(reading)[1], list)
    answer = isolated._Child._answer

    def killed(child: isolated._Child, deadline: float) -> None:
        child._process.kill()
        monkeypatch.setattr(isolated._Child, "_answer", answer)

    monkeypatch.setattr(isolated._Child, "_answer", killed)
    assert isinstance(next(reading)[1], UnreadableFiling)
    assert isinstance(next(reading)[1], list)
