"""Reading files in a child process with limits, so that no PDF can hang or fill the app.

The child reads many files, one after the other; if one of them kills it, or takes too long, that file
fails with a sentence and a new child reads the next. Nothing but JSON comes back. The limits need a POSIX
system; elsewhere only the time limit holds.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lib.filings.errors import UnreadableFiling
from lib.filings.json import from_json, to_stored_json
from lib.filings.readers import read
from lib.filings.readers.kind import kind_of
from lib.filings.record import Filing

MEMORY_BYTES = 1_500_000_000
"""Address space of a child; pages, fonts and libraries that are mapped count too."""
CPU_SECONDS = 20
WALL_SECONDS = 40.0
ROOT = Path(__file__).resolve().parents[2]

Outcome = list[Filing] | UnreadableFiling


def read_isolated(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Outcome]]:
    """Each file's name with its filings, or with the error that says why it cannot be read; in order.

    PDFs are read in a child process; the other kinds, whose readers are safe in themselves, in this one.
    """
    child: _Child | None = None
    with tempfile.TemporaryDirectory(prefix="stakeline-") as folder:
        path = Path(folder) / "document"
        try:
            for name, data in files:
                if kind_of(data) != "pdf":
                    yield name, _outcome(name, data)
                    continue
                child = child if child and child.alive() else _Child()
                path.write_bytes(data)
                yield name, child.read(name, path)
        finally:
            if child:
                child.close()


def _outcome(name: str, data: bytes) -> Outcome:
    try:
        return read(name, data)
    except UnreadableFiling as error:
        return error


class _Child:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lib.filings.isolated"],
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

    def read(self, name: str, path: Path) -> Outcome:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"name": name, "path": str(path)}).encode() + b"\n")
            self._process.stdin.flush()
            answer = self._answer(time.monotonic() + WALL_SECONDS)
        except BrokenPipeError:
            answer = None
        if answer is None:
            self.close()
            return UnreadableFiling(
                name,
                "took more time or memory than any ownership form needs, and was given up",
                "Print the form to a new PDF, or drop in its XML or EDGAR page",
            )
        if "error" in answer:
            return UnreadableFiling(*answer["error"])
        return [from_json(filing) for filing in answer["filings"]]

    def _answer(self, deadline: float) -> dict[str, Any] | None:
        """The child's next line; ``None`` if it died or the deadline passed."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        line = b""
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            part = os.read(pipe, 1 << 20)
            if not part:
                return None
            line += part
        answer: dict[str, Any] = json.loads(line)
        return answer


def serve() -> None:
    """The child: read the file that each line of standard input names, answer with a line of JSON."""
    _limit_memory()
    for request in sys.stdin:
        asked = json.loads(request)
        _limit_cpu()
        found = _outcome(asked["name"], Path(asked["path"]).read_bytes())
        if isinstance(found, UnreadableFiling):
            answer: dict[str, Any] = {"error": [found.name, found.what, found.advice]}
        else:
            answer = {"filings": [to_stored_json(filing) for filing in found]}
        print(json.dumps(answer), flush=True)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _limit_cpu() -> None:
    """Give the next file its seconds on top of what the child has used."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    serve()
