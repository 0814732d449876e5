"""The command line: ``python -m lib read`` and ``python -m lib simulate``, as the README describes."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath

from lib.filings.errors import UnreadableFiling


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
    from lib.filings.isolated import read_isolated, unpacked
    from lib.filings.json import to_json

    status = 0
    if out:
        out.mkdir(parents=True, exist_ok=True)
    written: Counter[str] = Counter()
    for name, found in read_isolated(unpacked(_contents(paths))):
        if isinstance(found, UnreadableFiling):
            print(found, file=sys.stderr)
            status = 1
            continue
        for filing in found:
            line = json.dumps(to_json(filing), ensure_ascii=False)
            if out:
                stem = PurePath(name).stem
                written[stem] += 1
                number = f"-{written[stem]}" if written[stem] > 1 else ""
                (out / f"{stem}{number}.json").write_text(line + "\n", encoding="utf-8")
            else:
                print(line)
    return status


def _contents(paths: list[Path]) -> Iterator[tuple[str, bytes | UnreadableFiling]]:

    for path in paths:
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            yield path.name, UnreadableFiling(path.name, f"cannot be opened ({error.strerror})")


if __name__ == "__main__":
    sys.exit(main())
