"""Reading files in a child process with limits, so that no PDF or archive can hang or fill the app.

The child reads many files, one after the other; if one of them kills it, or takes too long, that file
fails with a sentence and a new child reads the next. Only JSON, and the plain files of an archive, come
back. Scans, whose recognition takes more, go to a child of their own with wider limits. The limits need a POSIX system; elsewhere only the time limit holds.
"""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Self

from lib.filings.checks import checked
from lib.filings.errors import UnreadableFiling
from lib.filings.json import from_json, to_stored_json
from lib.filings.listing import Listed, as_line, listed
from lib.filings.readers import read
from lib.filings.readers.archive import members
from lib.filings.readers.kind import kind_of
from lib.filings.readers.scan import WithoutText, is_installed
from lib.filings.record import Filing

MEMORY_BYTES = 700_000_000
"""Address space of a child; pages, fonts and libraries that are mapped count too."""
CPU_SECONDS = 20
WALL_SECONDS = 40.0
SCAN_MEMORY_BYTES = 3_000_000_000
SCAN_CPU_SECONDS = 600
SCAN_WALL_SECONDS = 900.0
"""For the most pages a scan may have; one takes some seconds, more where others use the machine."""
FOR_SCANS = "--scans"
NEEDS_RECOGNITION = {"needs": "recognition"}
OUR_FAULT = "made its reader fail in a way that is a fault of Stakeline"
ROOT = Path(__file__).resolve().parents[2]

Outcome = list[Filing] | UnreadableFiling


def read_isolated(files: Iterable[tuple[str, bytes | UnreadableFiling]]) -> Iterator[tuple[str, Outcome]]:
    """Each file's name with its filings, or with the error that says why it cannot be read; in order.

    Archives are to be unpacked first; what could not be unpacked passes through as its error.
    """
    with Children() as children:
        for name, data in files:
            if isinstance(data, UnreadableFiling):
                yield name, data
            elif kind_of(data) is None:
                yield name, _refusal(name, data)
            else:
                answer = children.ask(name, data, "read")
                if isinstance(answer, UnreadableFiling):
                    yield name, answer
                else:
                    yield name, [from_json(filing) for filing in answer]


def read_listed(children: Children, name: str, data: bytes) -> list[Listed] | UnreadableFiling:
    """A document's filings ready for a library, read by one of ``children``."""
    if kind_of(data) is None:
        return _refusal(name, data)
    answer = children.ask(name, data, "list")
    return answer if isinstance(answer, UnreadableFiling) else [listed(line) for line in answer]


def unpacked(
    files: Iterable[tuple[str, bytes | UnreadableFiling]],
) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    """The files as they come, with every ZIP archive among them replaced by the files in it."""
    with Children() as children:
        for name, data in files:
            if isinstance(data, UnreadableFiling) or kind_of(data) != "archive":
                yield name, data
                continue
            answer = children.ask(name, data, "unpack")
            if isinstance(answer, UnreadableFiling):
                yield name, answer
                continue
            for member in answer:
                if "error" in member:
                    yield member["name"], UnreadableFiling(*member["error"])
                else:
                    path = children.folder / member["file"]
                    yield member["name"], path.read_bytes()
                    path.unlink()


def _refusal(name: str, data: bytes) -> UnreadableFiling:
    """Why a file of no kind that is read is not; told here, for there is nothing in it to run into."""
    try:
        read(name, data)
    except UnreadableFiling as error:
        return error
    raise AssertionError("A file of no known kind was read")


def _outcome(name: str, data: bytes, scans: bool = False) -> Outcome:
    """What reading a file and checking its filings comes to.

    A fault of a reader fails its file, never the batch.
    """
    try:
        return [checked(filing) for filing in read(name, data, scans=scans)]
    except UnreadableFiling as error:
        return error
    except Exception:
        logging.getLogger(__name__).exception("A reader failed on a file of %d bytes", len(data))
        return UnreadableFiling(name, OUR_FAULT, "Keep the file and report it, so that it can be mended")


class Children:
    """The child that reads, started when first needed and again when it has died, and its folder."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="stakeline-")
        self.folder = Path(self._temporary.name)
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

    def ask(self, name: str, data: bytes, task: str) -> list[dict[str, Any]] | UnreadableFiling:
        """What the child answers to a task on a file."""
        (self.folder / "document").write_bytes(data)
        request = {"name": name, "task": task, "folder": str(self.folder)}
        answer = self._ask(request, scans=False)
        if answer == NEEDS_RECOGNITION:
            answer = self._ask(request, scans=True)
        if answer is None:
            return UnreadableFiling(
                name,
                "took more time or memory than any ownership form needs, and was given up",
                "Print the form to a new PDF, or drop in its XML or EDGAR page",
            )
        if "error" in answer:
            return UnreadableFiling(*answer["error"])
        found: list[dict[str, Any]] = answer["found"]
        return found

    def _ask(self, request: dict[str, str], scans: bool) -> dict[str, Any] | None:
        child = self._children.get(scans)
        if not (child and child.alive()):
            child = self._children[scans] = _Child(scans)
        answer = child.answer(request)
        if answer is None:
            child.close()
        return answer


class _Child:
    def __init__(self, scans: bool) -> None:
        self._scans = scans
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lib.filings.isolated", *([FOR_SCANS] if scans else [])],
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

    def answer(self, request: dict[str, str]) -> dict[str, Any] | None:
        """The child's answer; ``None`` if it died or took too long."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            seconds = SCAN_WALL_SECONDS if self._scans else WALL_SECONDS
            return self._answer(time.monotonic() + seconds)
        except BrokenPipeError:
            return None

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
    """The child: do the task of each line of standard input, answer with a line of JSON."""
    scans = FOR_SCANS in sys.argv
    _limit_memory(SCAN_MEMORY_BYTES if scans else MEMORY_BYTES)
    for line in sys.stdin:
        request = json.loads(line)
        name, folder = request["name"], Path(request["folder"])
        _limit_cpu(SCAN_CPU_SECONDS if scans else CPU_SECONDS)
        try:
            found = _TASKS[request["task"]](name, folder, scans)
            answer: dict[str, Any] = {"found": found}
        except WithoutText as error:
            needed = is_installed() and not scans
            answer = NEEDS_RECOGNITION if needed else {"error": [error.name, error.what, error.advice]}
        except UnreadableFiling as error:
            answer = {"error": [error.name, error.what, error.advice]}
        print(json.dumps(answer), flush=True)


def _read(name: str, folder: Path, scans: bool) -> list[dict[str, Any]]:
    return [to_stored_json(filing) for filing in _filings(name, folder, scans)]


def _list(name: str, folder: Path, scans: bool) -> list[dict[str, Any]]:
    return [as_line(filing) for filing in _filings(name, folder, scans)]


def _filings(name: str, folder: Path, scans: bool) -> list[Filing]:
    found = _outcome(name, (folder / "document").read_bytes(), scans)
    if isinstance(found, UnreadableFiling):
        raise found
    return found


def _unpack(name: str, folder: Path, _scans: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with (folder / "document").open("rb") as archive:
        for n, (label, data) in enumerate(members(name, archive)):
            if isinstance(data, UnreadableFiling):
                found.append({"name": label, "error": [data.name, data.what, data.advice]})
            else:
                (folder / str(n)).write_bytes(data)
                found.append({"name": label, "file": str(n)})
    return found


_TASKS: Final = {"read": _read, "list": _list, "unpack": _unpack}


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _limit_cpu(seconds: int) -> None:
    """Give the next file its seconds on top of what the child has used."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    serve()
