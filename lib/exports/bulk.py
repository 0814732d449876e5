"""A whole library as files, a few hundred filings in memory at a time.

Parquet is partitioned by the year of the period, ``TABLE/year=2024/part-00000.parquet``, as query engines read
it; CSV is a file a table; a data set is the ZIP that the SEC's are, and loads back to the same records.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, Literal

from lib.exports.data_set import fits, table_bytes
from lib.exports.file_names import filing_stem
from lib.exports.filings import filings_workbook
from lib.exports.parquet_folder import LISTS
from lib.filings.corrections import Correction
from lib.filings.json import to_json
from lib.filings.record import Filing
from lib.filings.tables import COLUMNS, DataRow, data_set_rows
from lib.filings.write_xml import UnwritableFiling, write_xml
from lib.store import UnusableStore

Format = Literal["parquet", "csv", "dataset", "xlsx", "json", "xml"]
MOST_IN_WORKBOOK: Final = 20_000
DATA_SET: Final = "form345.zip"
BOM: Final = b"\xef\xbb\xbf"

Batch = Sequence[tuple[int, str, Filing]]
"""Filings with their ids in the library and the names of their documents."""


class TooMany(Exception):
    """More than a format can hold, with a sentence that says what to do."""


def write_all(batches: Iterable[Batch], out: Path, form: Format) -> tuple[int, list[str]]:
    """Write the filings below ``out``; how many there were, and a sentence for each that could not be written.

    Raises ``TooMany`` where they do not fit the format, ``OSError`` where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    write: dict[Format, Callable[[Iterable[Batch], Path], tuple[int, list[str]]]] = {
        "parquet": _parquet,
        "csv": _csv,
        "dataset": _data_set,
        "xlsx": _workbook,
        "json": _json,
        "xml": _xml,
    }
    return write[form](batches, out)


def keyed(batch: Batch) -> list[Filing]:
    """The filings, each with an accession number that tells it from every other: its own, or its id here."""
    return [
        one
        if one.submission.accession_number
        else replace(one, submission=replace(one.submission, accession_number=f"filing-{number}"))
        for number, _, one in batch
    ]


def _parquet(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    count = 0
    taken: set[str] = set()
    refused: list[str] = []
    if (out / LISTS).exists():
        raise UnusableStore(f"{out} is a folder that an ingest keeps; export to another one.")
    for name in COLUMNS:
        for old in (out / name).glob("year=*/part-*.parquet"):
            old.unlink()
    for n, batch in enumerate(batches):
        years: dict[str, list[Filing]] = defaultdict(list)
        good = [item for item in batch if fits(item[2])]
        refused += [
            f"{name}: holds an amount that no column takes" for _, name, one in batch if not fits(one)
        ]
        count += len(good)
        for one in keyed(good):
            years[str(one.period_of_report.year) if one.period_of_report else "unknown"].append(one)
        for year, found in years.items():
            for name, rows in data_set_rows(found, taken).items():
                if rows:
                    place = out / name / f"year={year}"
                    place.mkdir(parents=True, exist_ok=True)
                    (place / f"part-{n:05}.parquet").write_bytes(table_bytes(name, rows, "parquet"))
    return count, refused


def _csv(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    with ExitStack() as stack:
        files = {name: stack.enter_context((out / f"{name}.csv").open("wb")) for name in COLUMNS}
        return _tables(batches, files, "csv"), []


def _data_set(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    with TemporaryDirectory(dir=out) as folder:
        with ExitStack() as stack:
            files = {name: stack.enter_context((Path(folder) / name).open("wb")) for name in COLUMNS}
            count = _tables(batches, files, "tsv")
        with zipfile.ZipFile(out / DATA_SET, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in COLUMNS:
                packed.write(Path(folder) / name, f"{name}.tsv")
    return count, []


def _tables(batches: Iterable[Batch], files: Mapping[str, IO[bytes]], form: Literal["csv", "tsv"]) -> int:
    """Add the batches' rows to a file a table, the heads once."""
    count = 0
    taken: set[str] = set()
    empty: dict[str, list[DataRow]] = {name: [] for name in COLUMNS}
    for name, rows in empty.items():
        files[name].write(table_bytes(name, rows, form))
    for batch in batches:
        count += len(batch)
        for name, rows in data_set_rows(keyed(batch), taken).items():
            if rows:
                files[name].write(table_bytes(name, rows, form).partition(b"\n")[2])
    return count


def _workbook(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    found: list[tuple[str, Filing, Sequence[Correction]]] = []
    for batch in batches:
        found += [(name, one, ()) for _, name, one in batch]
        if len(found) > MOST_IN_WORKBOOK:
            raise TooMany(
                f"A workbook holds up to {MOST_IN_WORKBOOK:,} filings; choose fewer, or export Parquet or CSV."
            )
    (out / "filings.xlsx").write_bytes(filings_workbook(found))
    return len(found), []


def _json(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    count = 0
    with (out / "records.jsonl").open("w", encoding="utf-8") as file:
        for batch in batches:
            for _, _, one in batch:
                file.write(json.dumps(to_json(one), ensure_ascii=False) + "\n")
                count += 1
    return count, []


def _xml(batches: Iterable[Batch], out: Path) -> tuple[int, list[str]]:
    count = 0
    refused: list[str] = []
    for batch in batches:
        for number, name, one in batch:
            try:
                data = write_xml(one)
            except UnwritableFiling as error:
                refused.append(f"{name}: {error}")
                continue
            (out / f"{_file_stem(number, one)}.xml").write_bytes(data)
            count += 1
    return count, refused


def _file_stem(number: int, one: Filing) -> str:
    """With the id always, so that the name is the same whatever else is exported, and no other filing's."""
    owner = one.reporting_owners[0].name if one.reporting_owners else None
    stem = filing_stem(one.document_type, one.issuer.symbol or one.issuer.name, owner, one.period_of_report)
    return f"{stem}-{number}"
