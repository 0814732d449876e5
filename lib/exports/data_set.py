"""The SEC's data-set tables as files: Parquet with exact decimals, CSV for spreadsheets, TSV as the SEC's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from lib.exports.csv import csv_bytes
from lib.filings.record import DECIMAL_FIELDS, Filing
from lib.filings.tables import COLUMNS, ROW_TABLES, DataRow, Value, data_set_rows

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["parquet", "csv", "tsv"]
MOST_DIGITS: Final = 38
PLACES: Final = 10
"""Decimal places of an amount's column. EDGAR takes four; what does not fit makes its column one of text."""
BOOLEANS: Final = frozenset(
    {
        "NO_SECURITIES_OWNED",
        "NOT_SUBJECT_SEC16",
        "FORM3_HOLDINGS_REPORTED",
        "FORM4_TRANS_REPORTED",
        "AFF10B5ONE",
        "EQUITY_SWAP_INVOLVED",
    }
)
AMOUNTS: Final = frozenset(
    column for columns in ROW_TABLES.values() for column, field in columns.items() if field in DECIMAL_FIELDS
)
SEC_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def archive(filings: Iterable[Filing], form: Form) -> bytes:
    """A ZIP with the eight tables, ``NAME.parquet``, ``NAME.csv`` or ``NAME.tsv``; all of them, also empty ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        for name, rows in data_set_rows(filings).items():
            files.writestr(f"{name}.{form}", table_bytes(name, rows, form))
    return out.getvalue()


def table_bytes(name: str, rows: Sequence[DataRow], form: Form) -> bytes:
    """One of the eight tables as a file's bytes."""
    columns = COLUMNS[name]
    if form == "parquet":
        return _parquet(arrow(columns, rows))
    if form == "csv":
        return csv_bytes(columns, ([_plain(row[column]) for column in columns] for row in rows))
    lines = ["\t".join(columns), *("\t".join(_sec(row[column]) for column in columns) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def arrow(columns: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> pa.Table:
    """Rows as an Arrow table: decimals with the digits their column needs, dates without a time of day."""
    import pyarrow as pa

    arrays = {}
    for column in columns:
        values = [row[column] for row in rows]
        kind = _arrow_type(column, values)
        if kind == pa.string():
            values = [f"{one:f}" if isinstance(one, Decimal) else one for one in values]
        arrays[column] = pa.array(values, type=kind)
    return pa.table(arrays)


def _arrow_type(column: str, values: Sequence[Value]) -> pa.DataType:
    """The type that the SEC's metadata gives the column, whatever its rows hold."""
    import pyarrow as pa

    if column.endswith("_FN"):
        return pa.string()
    if column in BOOLEANS:
        return pa.bool_()
    if column.endswith("DATE") or column in {"PERIOD_OF_REPORT", "DATE_OF_ORIG_SUB"}:
        return pa.date32()
    if column.endswith("_SK"):
        return pa.int64()
    if column in AMOUNTS:
        return pa.decimal128(MOST_DIGITS, PLACES) if all(map(_fits, values)) else pa.string()
    return pa.string()


def fits(filing: Filing) -> bool:
    """Whether every amount of the filing can stand in a column of amounts."""
    return all(_fits(getattr(row, name)) for _, row in filing.rows() for name in DECIMAL_FIELDS)


def _fits(value: object) -> bool:
    if not isinstance(value, Decimal):
        return True
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -PLACES and value.adjusted() < MOST_DIGITS - PLACES


def _parquet(table: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _plain(value: Value) -> str | int | Decimal | date | None:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _sec(value: Value) -> str:
    """A value as the SEC writes it in its tables: dates as 24-NOV-2003, booleans as 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date):
        return f"{value.day:02}-{SEC_MONTHS[value.month - 1]}-{value.year:04}"
    return f"{value:f}" if isinstance(value, Decimal) else " ".join(str(value).split())
