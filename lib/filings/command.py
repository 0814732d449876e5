"""The ``read`` command: files in, one record in JSON a line out."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import read_isolated, unpacked
from lib.filings.json import to_json


def read_files(paths: Sequence[Path], out: Path | None) -> int:
    """Print each filing of the files as one line of JSON, or write it to a file of the folder ``out``.

    What cannot be read is a sentence on standard error and stops nothing. Returns the exit status: 0 when all
    were read, 1 when one was not.
    """
    status = 0
    written: set[str] = set()
    for name, found in read_isolated(unpacked(_contents(paths))):
        if isinstance(found, UnreadableFiling):
            print(found, file=sys.stderr)
            status = 1
            continue
        for filing in found:
            line = json.dumps(to_json(filing), ensure_ascii=False)
            if out is None:
                print(line)
            elif problem := _write(out, _free_name(PurePath(name).stem, written), line):
                print(f"{name}: {problem}", file=sys.stderr)
                status = 1
    return status


def _free_name(stem: str, written: set[str]) -> str:
    """``STEM.json``, or with the first number that no file of this run has taken."""
    names = itertools.chain([f"{stem}.json"], (f"{stem}-{n}.json" for n in itertools.count(2)))
    name = next(name for name in names if name not in written)
    written.add(name)
    return name


def _write(folder: Path, name: str, line: str) -> str | None:
    """Write a line to a file of the folder; if that fails, why, as a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(line + "\n", encoding="utf-8")
    except OSError as error:
        return f"{folder / name} cannot be written ({error.strerror}); name another folder with --out."
    return None


def _contents(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | UnreadableFiling]]:
    for path in paths:
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            yield path.name, UnreadableFiling(path.name, f"cannot be opened ({error.strerror})")
