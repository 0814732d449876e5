"""The child process that reads: it does the tasks that ``children`` sends it, within limits of memory and time.

It reads many documents, one after the other, and answers a line each; a fault of a reader fails its document.
Only JSON, text and the plain files of an archive go back. The limits need a POSIX system.
"""

from __future__ import annotations

import gc
import json
import logging
import math
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from lib.filings.checks import checked
from lib.filings.children import BETWEEN, FOR_SCANS, LISTED, NEEDS_RECOGNITION, OUR_FAULT, told
from lib.filings.errors import UnreadableFiling, WithoutText
from lib.filings.json import to_stored_json
from lib.filings.listing import as_line, listed
from lib.filings.readers import read
from lib.filings.readers.archive import members
from lib.filings.record import Filing

MEMORY_BYTES: Final = 700_000_000
"""Address space of a child; pages, fonts and libraries that are mapped count too."""
CPU_SECONDS: Final = 20
SCAN_MEMORY_BYTES: Final = 3_000_000_000
SCAN_CPU_SECONDS: Final = 600
DONE: Final = "done"
OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
PART_FILES: Final = 2_000
PART_BYTES: Final = 4_000_000
"""An archive's files come in parts of about so many, so that neither side ever holds them all."""


def serve() -> None:
    """Do the task of each line of standard input: a line for each document in a file, then one that says done."""
    scans = FOR_SCANS in sys.argv
    _limit_memory(SCAN_MEMORY_BYTES if scans else MEMORY_BYTES)
    # Records have no cycles: looking for some after every few hundred objects is a tenth of the work.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    folder: Path | None = None
    with suppress(BrokenPipeError):
        for line in sys.stdin:
            request = json.loads(line)
            folder = Path(request["file"]).parent
            _do(request, scans)
    if folder:
        # Who asked was killed, for this process would else be: nobody but it takes the documents away.
        shutil.rmtree(folder, ignore_errors=True)


def _do(request: dict[str, Any], scans: bool) -> None:
    path = Path(request["file"])
    if request["task"] == "unpack":
        _unpack(request["documents"][0][0], path)
        return
    answer = _ANSWERS[request["task"]]
    limited = -math.inf
    with path.open("rb") as documents, Path(request["answers"]).open("wb") as answers:
        for name, size in request["documents"]:
            # Setting the limit costs more than reading many a document; what was used since then is little.
            if time.process_time() - limited > 1:
                _limit_cpu(SCAN_CPU_SECONDS if scans else CPU_SECONDS)
                limited = time.process_time()
            answers.write(_line(_answered(name, documents.read(size), scans, answer)))
            # Who asks must know which document it was that ended this process.
            answers.flush()
    _say(DONE)


def _line(answer: str) -> bytes:
    return answer.encode("utf-8", "surrogatepass") + b"\n"


def _say(answer: str) -> None:
    sys.stdout.buffer.write(_line(answer))
    sys.stdout.buffer.flush()


def _answered(name: str, data: bytes, scans: bool, answer: Callable[[list[Filing]], str]) -> str:
    """What reading a document and checking its filings comes to."""
    try:
        return answer([checked(filing) for filing in read(name, data, scans=scans)])
    except WithoutText as error:
        from lib.filings.readers.scan import is_installed

        return NEEDS_RECOGNITION.decode() if is_installed() and not scans else _refused(error)
    except UnreadableFiling as error:
        return _refused(error)
    except Exception:
        logging.getLogger(__name__).exception("A reader failed on a file of %d bytes", len(data))
        advice = "Keep the file and report it, so that it can be mended"
        return _refused(UnreadableFiling(name, OUR_FAULT, advice))


def _refused(error: UnreadableFiling) -> str:
    return json.dumps({"error": told(error)})


_ANSWERS: Final[dict[str, Callable[[list[Filing]], str]]] = {
    "read": lambda found: json.dumps({"found": [to_stored_json(filing) for filing in found]}),
    "list": lambda found: LISTED + BETWEEN.join(as_line(listed(filing)) for filing in found),
}


def _unpack(name: str, archive: Path) -> None:
    """Answer an archive's files part by part; each further part only when it is asked for."""
    try:
        with archive.open("rb") as packed:
            for n, part in enumerate(_parts(members(name, packed))):
                path = archive.with_name(f"part-{n}")
                with path.open("wb") as out:
                    files = [_described(label, data, out) for label, data in part]
                _say(json.dumps({"part": str(path), "files": files}))
                sys.stdin.readline()
                _limit_cpu(CPU_SECONDS)
        _say(json.dumps({"end": True}))
    except UnreadableFiling as error:
        _say(_refused(error))


def _described(label: str, data: bytes | UnreadableFiling, out: IO[bytes]) -> list[Any]:
    """A file's label with its size, or with the error that says why it is left out."""
    if isinstance(data, UnreadableFiling):
        return [label, told(data)]
    out.write(data)
    return [label, len(data)]


_Member = tuple[str, bytes | UnreadableFiling]


def _parts(found: Iterator[_Member]) -> Iterator[list[_Member]]:
    part: list[_Member] = []
    size = 0
    for label, data in found:
        part.append((label, data))
        size += len(data) if isinstance(data, bytes) else 0
        if len(part) >= PART_FILES or size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


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
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    serve()
