"""A filing of the SEC's Insider Transactions Data Sets, from the document that ``dataset_slices`` cuts out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lib.filings.errors import UnreadableFiling
from lib.filings.record import (
    DATE_FIELDS,
    DECIMAL_FIELDS,
    Filing,
    Finding,
    Issuer,
    Owner,
    Row,
    Signature,
    Source,
    Submission,
)
from lib.filings.tables import COLUMNS, ROLES, ROW_TABLES

KEY: Final = "ACCESSION_NUMBER"
MAIN: Final = "SUBMISSION"
MARKS_ELSEWHERE: Final = {"EQUITY_SWAP_INVOLVED_FN": "EQUITY_SWAP_TRANS_CD_FN"}
"""Columns that the SEC's metadata and its files name differently."""
_MONTHS: Final = {
    name: n
    for n, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}
_YES: Final = {"1": True, "true": True, "0": False, "false": False}
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table in its document: values by column, the line's number, and where each cell stands."""

    values: Mapping[str, str]
    number: int
    spans: Mapping[str, tuple[int, int]]

    def source(self, column: str) -> Source | None:
        span = self.spans.get(column)
        return Source(line=self.number, start=span[0], end=span[1]) if span else None


def read_dataset(name: str, data: bytes) -> Filing:
    """The filing of a data set's document. Raises ``UnreadableFiling`` where there is no submission in it."""
    tables = _tables(data.decode("utf-8", "replace"))
    if not tables.get(MAIN):
        raise UnreadableFiling(name, "names no submission of a data set")
    return _Reading(tables).filing()


def _tables(text: str) -> dict[str, list[_Line]]:
    tables: dict[str, list[_Line]] = {}
    columns: Sequence[str] = ()
    table = None
    fresh = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if line.startswith("#") and line[1:] in COLUMNS:
            table, fresh = line[1:], True
        elif fresh:
            columns, fresh = line.split("\t"), False
        elif table and line:
            tables.setdefault(table, []).append(_line(columns, line, number))
    return tables


def _line(columns: Sequence[str], line: str, number: int) -> _Line:
    values: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    for column, cell in zip(columns, line.split("\t"), strict=False):
        if text := cell.strip():
            values[column] = text
            spans[column] = (at, at + len(cell))
        at += len(cell) + 1
    return _Line(values, number, spans)


class _Reading:
    """One filing being read: its tables, and the places and findings that are gathered on the way."""

    def __init__(self, tables: Mapping[str, list[_Line]]) -> None:
        self._tables = tables
        self._sources: dict[str, Source] = {}
        self._findings: list[Finding] = []

    def filing(self) -> Filing:
        head = self._tables[MAIN][0]
        owners = tuple(self._owner(n, line) for n, line in enumerate(self._tables.get("REPORTINGOWNER", ())))
        tables = {name: self._rows(name) for name in ("non_derivative", "derivative")}
        return Filing(
            container="dataset",
            document_type=self._text(head, "DOCUMENT_TYPE", "document_type"),
            period_of_report=self._day(head, "PERIOD_OF_REPORT", "period_of_report"),
            date_of_original_submission=self._day(head, "DATE_OF_ORIG_SUB", "date_of_original_submission"),
            no_securities_owned=self._bool(head, "NO_SECURITIES_OWNED") or False,
            not_subject_to_section16=self._bool(head, "NOT_SUBJECT_SEC16") or False,
            aff10b5_one=self._bool(head, "AFF10B5ONE"),
            issuer=Issuer(
                self._text(head, "ISSUERCIK", "issuer.cik"),
                self._text(head, "ISSUERNAME", "issuer.name"),
                self._text(head, "ISSUERTRADINGSYMBOL", "issuer.symbol"),
            ),
            reporting_owners=owners,
            non_derivative=tables["non_derivative"],
            derivative=tables["derivative"],
            footnotes=self._footnotes(),
            remarks=self._text(head, "REMARKS", "remarks"),
            signatures=tuple(
                Signature(
                    self._text(line, "OWNERSIGNATURENAME", f"signatures[{n}].name"),
                    self._day(line, "OWNERSIGNATUREDATE", f"signatures[{n}].date"),
                )
                for n, line in enumerate(self._tables.get("OWNER_SIGNATURE", ()))
            ),
            findings=tuple(self._findings),
            sources=self._sources,
            submission=Submission(head.values[KEY], self._day(head, "FILING_DATE", "")),
        )

    def _owner(self, n: int, line: _Line) -> Owner:
        at = f"reporting_owners[{n}]."
        said = set((line.values.get("RPTOWNER_RELATIONSHIP") or "").replace(" ", "").split(","))
        roles: dict[str, Any] = {field: role in said for role, field in ROLES.items()}
        words = {
            "cik": "RPTOWNERCIK",
            "name": "RPTOWNERNAME",
            "street1": "RPTOWNER_STREET1",
            "street2": "RPTOWNER_STREET2",
            "city": "RPTOWNER_CITY",
            "state": "RPTOWNER_STATE",
            "zip_code": "RPTOWNER_ZIPCODE",
            "officer_title": "RPTOWNER_TITLE",
            "other_text": "RPTOWNER_TXT",
        }
        values: dict[str, Any] = {
            field: self._text(line, column, at + field) for field, column in words.items()
        }
        return Owner(**values, **roles)

    def _rows(self, table: str) -> tuple[Row, ...]:
        """The table's rows in the order of their keys; those keys count through the form only in our own sets.

        The SEC numbers each of its tables through all filings, so there transactions come first.
        """
        kinds = ("DERIV_TRANS", "DERIV_HOLDING")
        names = kinds if table == "derivative" else tuple(f"NON{name}" for name in kinds)
        lines = [(self._key(line, name), name, line) for name in names for line in self._tables.get(name, ())]
        if sorted(key for key, _, _ in lines) == list(range(1, len(lines) + 1)):
            lines.sort(key=lambda one: one[0])
        else:
            lines.sort(key=lambda one: (names.index(one[1]), one[0]))
        return tuple(self._row(f"{table}[{n}]", name, line) for n, (_, name, line) in enumerate(lines))

    @staticmethod
    def _key(line: _Line, name: str) -> int:
        text = line.values.get(f"{name}_SK", "")
        return int(text) if text.isdigit() else 0

    def _row(self, at: str, name: str, line: _Line) -> Row:
        values: dict[str, Any] = {}
        marks: dict[str, tuple[str, ...]] = {}
        for column, field in ROW_TABLES[name].items():
            place = f"{at}.{field}"
            if field in DECIMAL_FIELDS:
                values[field] = self._number(line, column, place)
            elif field in DATE_FIELDS:
                values[field] = self._day(line, column, place)
            elif field == "equity_swap_involved":
                values[field] = self._bool(line, column)
            else:
                values[field] = self._text(line, column, place)
            noted = line.values.get(f"{column}_FN")
            if noted is None and column == "EQUITY_SWAP_INVOLVED":
                noted = line.values.get(MARKS_ELSEWHERE["EQUITY_SWAP_INVOLVED_FN"])
            if noted:
                coded = field == "equity_swap_involved" or (
                    field == "transaction_form_type" and "HOLDING" in name
                )
                marks["transaction_code" if coded else field] = tuple(re.findall(r"F\d+", noted))
        kind = "transaction" if name.endswith("TRANS") else "holding"
        self._sources[at] = Source(line=line.number, start=0, end=max(end for _, end in line.spans.values()))
        return Row(row_type=kind, footnotes=marks, **values)  # type: ignore[arg-type]

    def _footnotes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        lines = self._tables.get("FOOTNOTES", ())
        for line in sorted(
            lines, key=lambda one: int(re.sub(r"\D", "", one.values.get("FOOTNOTE_ID", "")) or 0)
        ):
            mark = line.values.get("FOOTNOTE_ID")
            if mark:
                found[mark] = line.values.get("FOOTNOTE_TXT", "")
                self._note(line, "FOOTNOTE_TXT", f"footnotes.{mark}")
        return found

    def _note(self, line: _Line, column: str, place: str) -> None:
        if place and (source := line.source(column)):
            self._sources[place] = source

    def _text(self, line: _Line, column: str, place: str) -> str | None:
        self._note(line, column, place)
        text = line.values.get(column)
        return " ".join(text.split()) if text else None

    @staticmethod
    def _bool(line: _Line, column: str) -> bool | None:
        return _YES.get(line.values.get(column, "").casefold())

    def _number(self, line: _Line, column: str, place: str) -> Decimal | None:
        """An amount; the tables write whole ones with a point and a nought, which says nothing."""
        text = line.values.get(column)
        if text is None:
            return None
        self._note(line, column, place)
        if not _NUMBER.fullmatch(text):
            self._lose(column, text, place)
            return None
        return Decimal(text.removesuffix(".0"))

    def _day(self, line: _Line, column: str, place: str) -> date | None:
        text = line.values.get(column)
        if text is None:
            return None
        self._note(line, column, place)
        day, _, rest = text.partition("-")
        month, _, year = rest.partition("-")
        try:
            return date(int(year), _MONTHS[month.upper()], int(day))
        except (KeyError, ValueError):
            self._lose(column, text, place)
            return None

    def _lose(self, column: str, text: str, place: str) -> None:
        """A value that is none of its column's kind stays empty, with a finding."""
        message = f"{column} says “{text[:40]}”, which cannot stand there; it is left empty."
        self._findings.append(Finding("warning", place or MAIN, message, "dataset.value"))
