"""The command line: ``python -m lib read`` and ``python -m lib simulate``, as the README describes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 0 all done, 1 something failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m lib", description="Insider filings and equity plans as data."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="print each filing as one line of JSON")
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reading.add_argument(
        "--out", type=Path, metavar="DIR", help="write DIR/STEM.json for each filing instead"
    )
    simulating = commands.add_parser("simulate", help="run plan scenarios, one line of JSON a result")
    simulating.add_argument("files", nargs="+", metavar="SCENARIO.json")
    chosen = parser.parse_args(arguments)
    if chosen.command == "read":
        return _read(chosen.files, chosen.out)
    from lib.plans.command import simulate_files

    return simulate_files(chosen.files, sys.stdout, sys.stderr)


def _read(paths: list[Path], out: Path | None) -> int:
    from lib.filings.errors import UnreadableFiling
    from lib.filings.isolated import read_isolated
    from lib.filings.json import to_json

    status = 0
    opened: list[Path] = []

    def contents() -> Iterator[tuple[str, bytes]]:
        nonlocal status
        for path in paths:
            try:
                data = path.read_bytes()
            except OSError as error:
                print(f"{path.name}: cannot be opened ({error.strerror}).", file=sys.stderr)
                status = 1
                continue
            opened.append(path)
            yield path.name, data

    if out:
        out.mkdir(parents=True, exist_ok=True)
    for _, found in read_isolated(contents()):
        if isinstance(found, UnreadableFiling):
            print(found, file=sys.stderr)
            status = 1
            continue
        for n, filing in enumerate(found, 1):
            line = json.dumps(to_json(filing), ensure_ascii=False)
            if out:
                stem = opened[-1].stem if n == 1 else f"{opened[-1].stem}-{n}"
                (out / f"{stem}.json").write_text(line + "\n", encoding="utf-8")
            else:
                print(line)
    return status


if __name__ == "__main__":
    sys.exit(main())
