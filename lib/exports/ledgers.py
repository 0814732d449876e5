"""The ledger of a whole library as two tables beside the eight: LEDGER, a row a report, and BREAKS, a row a cause.

An issuer at a time is in memory. The rows are the issuer's whole ledger, for what a filing leaves unexplained
is a matter of those before it; which issuers there are is what the filings that are wanted say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from lib.exports.csv import CellValue, csv_bytes
from lib.exports.ledger import BREAKS_HEADER, LEDGER_HEADER, break_rows, report_rows
from lib.exports.workbook import Sheet, workbook
from lib.holdings.together import together
from lib.library.decisions import by_hand
from lib.library.issuers import issuers_of
from lib.store import Store
from lib.store.decisions import decided
from lib.store.issuers import held_of, issuers, records

Rows = list[tuple[CellValue, ...]]
_DAYS: Final = frozenset({"date", "after", "by"})
_AMOUNTS: Final = frozenset(
    {"opening", "change", "closing", "unexplained", "unexplained_within", "held", "amount"}
)
_NUMBERS: Final = frozenset({"filing", "cause weight", "cause filing"})
PLACES: Final = 10
HEADERS: Final = {"LEDGER": LEDGER_HEADER, "BREAKS": BREAKS_HEADER}


def write_ledgers(store: Store, wanted: set[int], out: Path, form: Literal["parquet", "csv", "xlsx"]) -> None:
    """Write LEDGER and BREAKS of the issuers of these filings below ``out``."""
    if form == "xlsx":
        tables: dict[str, Rows] = {"LEDGER": [], "BREAKS": []}
        for part in _issuers(store, wanted):
            for name, rows in part.items():
                tables[name] += rows
        sheets = [Sheet(name, HEADERS[name], rows) for name, rows in tables.items()]
        (out / "ledger.xlsx").write_bytes(workbook(sheets))
    elif form == "csv":
        with (out / "LEDGER.csv").open("wb") as ledger, (out / "BREAKS.csv").open("wb") as breaks:
            files = {"LEDGER": ledger, "BREAKS": breaks}
            for name, file in files.items():
                file.write(csv_bytes(HEADERS[name], ()))
            for part in _issuers(store, wanted):
                for name, rows in part.items():
                    files[name].write(csv_bytes(HEADERS[name], rows).partition(b"\n")[2])
    else:
        for n, part in enumerate(_issuers(store, wanted)):
            for name, rows in part.items():
                if rows:
                    _write_parquet(out / name, n, HEADERS[name], rows)


def _issuers(store: Store, wanted: set[int]) -> Iterator[dict[str, Rows]]:
    for issuer in issuers_of(issuers(store)):
        ids = [number for number, *_ in held_of(store, issuer.printed)]
        if wanted.isdisjoint(ids):
            continue
        found = together(list(records(store, ids)), by_hand=by_hand(decided(store, issuer.keys), issuer.key))
        yield {
            "LEDGER": list(report_rows(found.book.ledgers, found.top_cause)),
            "BREAKS": list(break_rows(found.breaks)),
        }


def _write_parquet(folder: Path, n: int, heads: Sequence[str], rows: Rows) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def kind(head: str) -> Any:
        if head in _DAYS:
            return pa.date32()
        if head in _AMOUNTS:
            return pa.decimal128(38, PLACES)
        return pa.int64() if head in _NUMBERS else pa.string()

    folder.mkdir(parents=True, exist_ok=True)
    columns = {
        head.replace(" ", "_"): pa.array([_fitting(row[at]) for row in rows], type=kind(head))
        for at, head in enumerate(heads)
    }
    pq.write_table(pa.table(columns), folder / f"part-{n:05}.parquet", compression="zstd")


def _fitting(value: CellValue) -> CellValue:
    """Amounts with the places that the column has; no filing has more."""
    return round(value, PLACES) if isinstance(value, Decimal) else value
