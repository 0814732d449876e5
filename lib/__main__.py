"""The command line: ``python -m lib read`` and ``python -m lib simulate``, as the README describes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

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


def _read(files: list[Path], out: Path | None) -> int:
    from lib.filings.json import to_json
    from lib.filings.readers import read

    status = 0
    if out:
        out.mkdir(parents=True, exist_ok=True)
    for path in files:
        try:
            filings = read(path.name, path.read_bytes())
        except OSError as error:
            print(f"{path.name}: cannot be opened ({error.strerror}).", file=sys.stderr)
            status = 1
            continue
        except UnreadableFiling as error:
            print(error, file=sys.stderr)
            status = 1
            continue
        for n, filing in enumerate(filings, 1):
            line = json.dumps(to_json(filing), ensure_ascii=False)
            if out:
                stem = path.stem if n == 1 else f"{path.stem}-{n}"
                (out / f"{stem}.json").write_text(line + "\n", encoding="utf-8")
            else:
                print(line)
    return status


if __name__ == "__main__":
    sys.exit(main())
