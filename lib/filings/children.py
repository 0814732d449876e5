"""The children that read, seen from the process that asks them: started when first needed, and again when they die.

A document that kills its child, or takes too long, fails with a sentence, and a new child reads the rest. Scans,
whose recognition takes more, go to a child of their own with wider limits. Where the system knows no limits of
memory and processor time, only the time limit holds.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

from lib.filings.errors import NotAFiling, UnreadableFiling

WALL_SECONDS = 40.0
SCAN_WALL_SECONDS = 900.0
"""For the most pages a scan may have; one takes some seconds, more where others use the machine."""
FOR_SCANS: Final = "--scans"
NEEDS_RECOGNITION: Final = b'{"needs": "recognition"}'
LISTED: Final = "="
BETWEEN: Final = "\x1e"
"""An answer of listed filings begins with the first and has the second between them; JSON has neither raw."""
OUR_FAULT: Final = "made its reader fail in a way that is a fault of Stakeline"
CHUNK: Final = 1 << 20
ROOT: Final = Path(__file__).resolve().parents[2]

Asked = tuple[str, bytes]
"""A document's name and bytes."""
Answer = bytes | UnreadableFiling
"""A child's line, or why it came to none."""


class Children:
    """The children of one thread, and the folder through which they get their documents."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="stakeline-")
        self._folder = Path(self._temporary.name)
        self._children: dict[bool, _Child] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children and take their folder away."""
        for child in self._children.values():
            child.close()
        self._temporary.cleanup()

    def ask(self, documents: Sequence[Asked], task: str) -> Iterator[Answer]:
        """What the child answers to a task on each document, in order."""
        left = list(documents)
        while left:
            answers = self._answers(left, task, scans=False)
            for document, answer in zip(left, answers, strict=False):
                if answer == NEEDS_RECOGNITION:
                    yield from self._answers([document], task, scans=True)
                else:
                    yield answer
            left = left[len(answers) :]

    def unpacked(self, name: str, archive: bytes) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
        """The files of an archive. Each part is taken while the child makes the next."""
        child, _ = self._begun([(name, archive)], "unpack", scans=False)
        del archive  # as large as it may be, it is in the child's file now
        try:
            while True:
                line = child.answer()
                if line is None:
                    yield name, given_up(name)
                    return
                answer = json.loads(line)
                if "error" in answer:
                    yield name, error_of(answer["error"])
                if "part" not in answer:
                    return
                path = Path(answer["part"])
                part = path.read_bytes()
                path.unlink()
                child.go_on()
                yield from _cut(part, answer["files"])
                del part
        except GeneratorExit:
            child.close()
            raise

    def _answers(self, documents: Sequence[Asked], task: str, scans: bool) -> list[Answer]:
        """The child's answers, up to the document that ends it, which is given up."""
        child, file = self._begun(documents, task, scans)
        finished = child.finishes(file)
        lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
        if finished:
            return [*lines]
        child.close()
        return [*lines, given_up(documents[len(lines)][0])] if len(lines) < len(documents) else [*lines]

    def _begun(self, documents: Sequence[Asked], task: str, scans: bool) -> tuple[_Child, Path]:
        """A child that has been given the task, and the file of its answers."""
        child = self._children.get(scans)
        if not (child and child.alive()):
            child = self._children[scans] = _Child(scans)
        file = self._folder / ("scans" if scans else "documents")
        with file.open("wb") as out:
            out.writelines(data for _, data in documents)
        answers = file.with_suffix(".answers")
        answers.unlink(missing_ok=True)
        request = {
            "task": task,
            "file": str(file),
            "documents": [(name, len(data)) for name, data in documents],
            "answers": str(answers),
        }
        child.tell(json.dumps(request))
        return child, answers


def told(error: UnreadableFiling) -> list[str]:
    """An error as a child tells it."""
    return [type(error).__name__, error.name, error.what, error.advice]


def error_of(told: Sequence[str]) -> UnreadableFiling:
    """The error that a child told."""
    kind, *sentence = told
    return NotAFiling(*sentence) if kind == NotAFiling.__name__ else UnreadableFiling(*sentence)


def given_up(name: str) -> UnreadableFiling:
    """Why a document that ended its child is not read."""
    return UnreadableFiling(
        name,
        "took more time or memory than any ownership form needs, and was given up",
        "Print the form to a new PDF, or drop in its XML or EDGAR page",
    )


def _cut(part: bytes, files: Sequence[Any]) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    at = 0
    for label, told in files:
        if isinstance(told, int):
            yield label, part[at : at + told]
            at += told
        else:
            yield label, error_of(told)


class _Child:
    def __init__(self, scans: bool) -> None:
        self._seconds = SCAN_WALL_SECONDS if scans else WALL_SECONDS
        self._rest = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lib.filings.child", *([FOR_SCANS] if scans else [])],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def tell(self, line: str) -> None:
        """Send the child a line; one that has died says so by not answering."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def go_on(self) -> None:
        """Let the child make the next part of an archive."""
        self.tell("")

    def finishes(self, answers: Path) -> bool:
        """Wait until the child is done; false if it died, or wrote no further answer for too long.

        Answers go through a file, for a process that is woken for each cannot do much else meanwhile.
        """
        size = 0
        while self.answer() is None:
            grown = answers.stat().st_size if answers.exists() else 0
            if grown <= size:
                return False
            size = grown
        return True

    def answer(self) -> bytes | None:
        """The child's next line; ``None`` if it died or took too long."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        deadline = time.monotonic() + self._seconds
        while b"\n" not in self._rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            part = os.read(pipe, CHUNK)
            if not part:
                return None
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\n")
        return line
