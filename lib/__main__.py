"""The command line: ``python -m lib read``, ``ingest``, ``export`` and ``simulate``, as the README describes.

What a command needs is imported when it is run, and what only some options need, with them: most runs of
``ingest`` find every file known, and then little takes longer than imports.
"""

from __future__ import annotations

import argparse
import os
import select
import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("3", "4", "5", "3/A", "4/A", "5/A")
FORMATS = ("parquet", "csv", "dataset", "xlsx", "json", "xml")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 0 all done, 1 something failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m lib", description="Insider filings and equity plans as data."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="print each filing as one line of JSON")
    reading.add_argument("files", nargs="+", type=_path, metavar="FILE")
    reading.add_argument(
        "--out", type=_path, metavar="DIR", help="write DIR/STEM.json for each filing instead"
    )
    reading.set_defaults(run=_read)
    simulating = commands.add_parser("simulate", help="run plan scenarios, one line of JSON a result")
    simulating.add_argument("files", nargs="+", metavar="SCENARIO.json")
    simulating.set_defaults(run=_simulate)
    _ingest_options(commands.add_parser("ingest", help="read files, folders and archives into a library"))
    _export_options(commands.add_parser("export", help="write a library as tables or records"))
    chosen = parser.parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        if _is_read(sys.stdout):
            raise
        # Whoever reads has enough, as head does; what is still to be written at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _is_read(stream: TextIO) -> bool:
    """Whether somebody is still at the other end: a pipe to a child of ours can break too."""
    ends = select.poll()
    ends.register(stream.fileno(), 0)
    return not any(event & select.POLLERR for _, event in ends.poll(0))


def _ingest_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("places", nargs="+", metavar="PATH", help="a file, a folder, a pattern or an address")
    into = parser.add_mutually_exclusive_group()
    into.add_argument("--store", metavar="URL", help="the library: a path, or postgresql://…")
    into.add_argument(
        "--parquet", type=_path, metavar="DIR", help="write tables partitioned by year instead of a library"
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--workers", type=_count, metavar="N", help="processes that read (one a core)")
    amount.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster's scheduler, tcp://host:8786")
    parser.add_argument(
        "--report",
        type=_path,
        metavar="FILE",
        help="write the failures to a CSV file, and what is no filing to another",
    )
    parser.set_defaults(run=_ingest)


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="URL", help="the library: a path, or postgresql://…")
    parser.add_argument("--out", type=_path, metavar="DIR", required=True)
    parser.add_argument("--format", choices=FORMATS, default="parquet")
    parser.add_argument("--as-read", action="store_true", help="without what people corrected")
    parser.add_argument("--issuer", default="", help="a CIK, a ticker, or words of the name")
    parser.add_argument("--owner", default="", help="words of the name")
    parser.add_argument("--form", choices=FORMS, help="with its amendments; 4/A for amendments alone")
    parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="first period, 2024-01-31")
    parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="last period")
    parser.set_defaults(run=_export)


def _ingest(chosen: argparse.Namespace) -> int:
    from lib.store.command import ingest_places

    folder = report = None
    if chosen.parquet:
        from lib.exports.parquet_folder import ParquetFolder
        from lib.store import UnusableStore

        try:
            folder = ParquetFolder(chosen.parquet)
        except UnusableStore as error:
            print(error, file=sys.stderr)
            return 1
    if chosen.report:
        from lib.exports.failures import write_failures

        report = partial(write_failures, chosen.report)
    return ingest_places(
        chosen.places,
        sys.stdout,
        sys.stderr,
        url=chosen.store,
        library=folder,
        workers=chosen.workers,
        scheduler=chosen.scheduler,
        report=report,
    )


def _export(chosen: argparse.Namespace) -> int:
    from lib.exports.command import export_library
    from lib.store.choose import Choice

    if chosen.first and chosen.last and chosen.first > chosen.last:
        print(f"--from {chosen.first} is after --to {chosen.last}; exchange the two.", file=sys.stderr)
        return 2
    choice = Choice(
        issuer=chosen.issuer,
        owner=chosen.owner,
        forms=(chosen.form.upper(),) if chosen.form else (),
        with_amendments=True,
        first=chosen.first,
        last=chosen.last,
    )
    return export_library(
        chosen.out, chosen.format, choice, sys.stdout, sys.stderr, chosen.store, chosen.as_read
    )


def _simulate(chosen: argparse.Namespace) -> int:
    from lib.plans.command import simulate_files

    return simulate_files(chosen.files, sys.stdout, sys.stderr)


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the date as 2024-01-31") from None


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("needs at least one")
    return number


def _read(chosen: argparse.Namespace) -> int:
    from lib.filings.command import read_files

    return read_files(chosen.files, chosen.out)


if __name__ == "__main__":
    sys.exit(main())
