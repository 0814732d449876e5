"""Reading in a child process: the same records, and a child that dies fails one file only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lib.filings import children
from lib.filings.checks import checked
from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import read_isolated, read_listed
from lib.filings.listing import listed
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
    monkeypatch.setattr(children, "WALL_SECONDS", 0.0)
    files = ((path.name, path.read_bytes()) for path in PDFS[:2])
    reading = read_isolated(files)
    monkeypatch.setattr(children, "WALL_SECONDS", next(limits))
    _, first = next(reading)
    monkeypatch.setattr(children, "WALL_SECONDS", next(limits))
    _, second = next(reading)
    assert isinstance(first, UnreadableFiling)
    assert "more time or memory" in str(first)
    assert isinstance(second, list)


def test_a_child_that_dies_fails_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child killed in the middle costs the file it was reading, not the batch."""
    reading = read_isolated((path.name, path.read_bytes()) for path in PDFS[:3])
    assert isinstance(next(reading)[1], list)
    ending_once(monkeypatch, answered=0)
    assert isinstance(next(reading)[1], UnreadableFiling)
    assert isinstance(next(reading)[1], list)


def ending_once(monkeypatch: pytest.MonkeyPatch, answered: int) -> None:
    """The next time a child is asked, it dies when it has answered so many documents and begun another."""
    finishes = children._Child.finishes

    def dies(child: children._Child, answers: Path) -> bool:
        assert finishes(child, answers)
        lines = answers.read_bytes().splitlines(keepends=True)
        answers.write_bytes(b"".join(lines[:answered]) + lines[answered][:9])
        child._process.kill()
        monkeypatch.setattr(children._Child, "finishes", finishes)
        return finishes(child, answers)

    monkeypatch.setattr(children._Child, "finishes", dies)


def test_a_child_that_dies_in_a_batch_fails_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those before it and after it are read, in their order."""
    ending_once(monkeypatch, answered=1)
    batch = [(path.name, path.read_bytes()) for path in PDFS[:4]]
    with children.Children() as some:
        found = read_listed(some, batch)
    assert [isinstance(one, list) for one in found] == [True, False, True, True]
    assert PDFS[1].name in str(found[1])


def test_what_is_listed_is_what_is_read() -> None:
    """The rows and the record that a bulk reading stores are those of the record read here."""
    batch = [(path.name, path.read_bytes()) for path in PDFS[:2]] + [("none.bin", b"\x00\x01")]
    with children.Children() as some:
        *good, refused = read_listed(some, batch)
    assert good == [[listed(checked(one)) for one in read(name, data)] for name, data in batch[:2]]
    assert isinstance(refused, UnreadableFiling)


def test_a_child_reads_one_batch_after_the_other() -> None:
    """Starting one costs as much as reading hundreds of filings."""
    batch = [(path.name, path.read_bytes()) for path in PDFS[:1]]
    with children.Children() as some:
        read_listed(some, batch)
        first = some._children[False]
        read_listed(some, batch)
        assert some._children[False] is first
        assert first.alive()


def test_a_child_whose_asker_was_killed_takes_the_documents_away(root: Path, tmp_path: Path) -> None:
    """They may be nobody else's business."""
    folder = tmp_path / "stakeline-x"
    folder.mkdir()
    data = min(SAMPLES.glob("*.xml")).read_bytes()
    (folder / "documents").write_bytes(data)
    request = {
        "task": "list",
        "file": str(folder / "documents"),
        "documents": [("a.xml", len(data))],
        "answers": str(folder / "documents.answers"),
    }
    line = [sys.executable, "-m", "lib.filings.child"]
    done = subprocess.run(line, cwd=root, input=json.dumps(request) + "\n", capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "done\n")
    assert not folder.exists()
