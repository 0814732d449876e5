"""Filings as a workbook of their rows with the place of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lib.exports.workbook import Sheet, Value, workbook
from lib.filings.corrections import Correction, shown, standing
from lib.filings.record import ROW_FIELDS, TABLES, Filing

TABLE_NAMES: Final = {"non_derivative": "Table I", "derivative": "Table II"}
_LEADING: Final = ("filing", "form", "issuer", "owner", "period", "row")


def filings_workbook(filings: Sequence[tuple[str, Filing, Sequence[Correction]]]) -> bytes:
    """An Excel workbook of filings, each with the name of its document and the log of its corrections.

    A sheet each for Table I, Table II, footnotes, findings and corrections. Every row of a table carries
    its filing, its marks, and where each value stands in its source.
    """
    return workbook(_sheets(filings))


def _sheets(filings: Sequence[tuple[str, Filing, Sequence[Correction]]]) -> Iterator[Sheet]:
    for table in TABLES:
        used = [
            name
            for name in ROW_FIELDS
            if any(getattr(row, name) is not None for _, one, _ in filings for row in getattr(one, table))
        ]
        yield Sheet(
            TABLE_NAMES[table],
            [*_LEADING, "row_type", *used, "footnotes", "sources"],
            _rows(filings, table, used),
        )
    notes = ((name, mark, text) for name, one, _ in filings for mark, text in one.footnotes.items())
    yield Sheet("Footnotes", ("filing", "footnote", "text"), notes)
    found = ((name, f.severity, f.where, f.message, f.rule) for name, one, _ in filings for f in one.findings)
    yield Sheet("Findings", ("filing", "severity", "where", "message", "rule"), found)
    changed = (
        (name, line.where, shown(line.was), shown(line.value), line.action, line.reason, line.by, f"{line.at:%Y-%m-%d %H:%M} UTC")
        for name, _, log in filings
        for line in standing(log)
    )  # fmt: skip
    heads = ("filing", "where", "was", "value", "action", "reason", "by", "at")
    yield Sheet("Corrections", heads, changed)


def _rows(
    filings: Iterable[tuple[str, Filing, Sequence[Correction]]], table: str, used: Sequence[str]
) -> Iterator[list[Value]]:
    for name, one, _ in filings:
        owners = "; ".join(owner.name or "" for owner in one.reporting_owners)
        for n, row in enumerate(getattr(one, table)):
            marks = "; ".join(f"{field} {', '.join(ids)}" for field, ids in row.footnotes.items())
            places = "; ".join(
                f"{field} {source.in_words()}"
                for field in used
                if (source := one.sources.get(f"{table}[{n}].{field}"))
            )
            values = [getattr(row, field) for field in used]
            leading = [name, one.document_type, one.issuer.name, owners, one.period_of_report, n + 1]
            yield [*leading, row.row_type, *values, marks, places]
