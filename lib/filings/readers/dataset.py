"""A filing of the SEC's Insider Transactions Data Sets, from the document that ``dataset_slices`` cuts out.

A quarter has tens of thousands of them, so a head line is understood once, and where each value stands is found
again in the document when somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any, Final, NamedTuple

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.dataset_cells import day, marks, number, words, yes
from lib.filings.record import (
    DATE_FIELDS,
    DECIMAL_FIELDS,
    TABLES,
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
from lib.filings.values import folded

KEY: Final = "ACCESSION_NUMBER"
MAIN: Final = "SUBMISSION"
MARKS_ELSEWHERE: Final = {"EQUITY_SWAP_INVOLVED_FN": "EQUITY_SWAP_TRANS_CD_FN"}
"""Columns that the SEC's metadata and its files name differently."""
LONGEST_KEY: Final = 18
"""Digits of a row's key that are believed."""

_SUBMISSION: Final = {
    "document_type": "DOCUMENT_TYPE",
    "period_of_report": "PERIOD_OF_REPORT",
    "date_of_original_submission": "DATE_OF_ORIG_SUB",
    "issuer.cik": "ISSUERCIK",
    "issuer.name": "ISSUERNAME",
    "issuer.symbol": "ISSUERTRADINGSYMBOL",
    "remarks": "REMARKS",
}
_OWNER: Final = {
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
_SIGNATURE: Final = {"name": "OWNERSIGNATURENAME", "date": "OWNERSIGNATUREDATE"}
_KEYS: Final = {table: f"{table}_SK" for table in ROW_TABLES}


class _Cell(NamedTuple):
    """A column of a table of rows: what reads it, ``None`` for marks, and its field."""

    read: Callable[[str], object] | None
    field: str
    name: str


class _Head(NamedTuple):
    """A table's head line as it is read: where each column stands, and for tables of rows, what is in each."""

    columns: Mapping[str, int]
    cells: Sequence[_Cell | None]


class _Line(NamedTuple):
    """A row of a table in its document, and the line's number."""

    head: _Head
    cells: Sequence[str]
    number: int

    def get(self, column: str) -> str:
        """The column's cell without white space at its ends; empty where the table has none."""
        at = self.head.columns.get(column)
        return "" if at is None or at >= len(self.cells) else self.cells[at].strip()

    def source(self, column: str) -> Source | None:
        """Where the cell stands; nothing where it is empty."""
        if not self.get(column):
            return None
        at = self.head.columns[column]
        start = sum(len(cell) + 1 for cell in self.cells[:at])
        return Source(line=self.number, start=start, end=start + len(self.cells[at]))


_Tables = Mapping[str, Sequence[_Line]]


class PlacesInDocument(Mapping[str, Source]):
    """The places of a filing's values, found in its document when somebody asks for one."""

    __slots__ = ("_document", "_found")

    def __init__(self, document: bytes) -> None:
        self._document = document
        self._found: dict[str, Source] | None = None

    def _all(self) -> dict[str, Source]:
        if self._found is None:
            self._found = dict(_places(_tables(self._document)))
        return self._found

    def __getitem__(self, where: str) -> Source:
        return self._all()[where]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


def read_dataset(name: str, data: bytes) -> Filing:
    """The filing of a data set's document. Raises ``UnreadableFiling`` where there is no submission in it."""
    tables = _tables(data)
    if not tables.get(MAIN):
        raise UnreadableFiling(name, "names no submission of a data set")
    return _Reading(tables).filing(PlacesInDocument(data))


def with_places(filing: Filing, document: bytes) -> Filing:
    """The filing with the places that its record leaves out, if it is one of a data set."""
    if filing.container != "dataset":
        return filing
    return replace(filing, sources=PlacesInDocument(document))


def _tables(data: bytes) -> dict[str, list[_Line]]:
    tables: dict[str, list[_Line]] = {}
    head = _Head({}, ())
    rows: list[_Line] = []
    table = None
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    if "\r" in text:
        lines = [line.removesuffix("\r") for line in lines]
    for place, line in enumerate(lines, 1):
        if line[:1] == "#" and line[1:] in COLUMNS:
            table = line[1:]
            rows = tables.setdefault(table, [])
        elif table:
            head, table = _head(table, line), None
        elif line:
            rows.append(_Line(head, line.split("\t"), place))
    return tables


@lru_cache(maxsize=64)
def _head(table: str, line: str) -> _Head:
    columns = line.split("\t")
    known = _cells(table)
    return _Head({column: n for n, column in enumerate(columns)}, [known.get(one) for one in columns])


def _cells(table: str) -> Mapping[str, _Cell]:
    """What each column of a table of rows holds."""
    found: dict[str, _Cell] = {}
    for column, field in ROW_TABLES.get(table, {}).items():
        switch = field == "equity_swap_involved"
        read: Callable[[str], object] = (
            number if field in DECIMAL_FIELDS else day if field in DATE_FIELDS else yes if switch else words
        )
        found[column] = _Cell(read, field, column)
        # The tables have no column for marks on the code: they stand with the swap, or with a holding's form type.
        coded = switch or (field == "transaction_form_type" and "HOLDING" in table)
        noted = _Cell(None, "transaction_code" if coded else field, column)
        for name in (f"{column}_FN", MARKS_ELSEWHERE.get(f"{column}_FN")):
            if name:
                found[name] = noted
    return found


class _Reading:
    """One filing being read: its tables, and the findings that are gathered on the way."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._findings: list[Finding] = []

    def filing(self, places: Mapping[str, Source]) -> Filing:
        head = self._tables[MAIN][0]
        said = {where: folded(head.get(column)) for where, column in _SUBMISSION.items()}
        non_derivative, derivative = (self._rows(table) for table in TABLES)
        submission = Submission(
            head.get(KEY) or None, self._day(head, "FILING_DATE", "submission.filed_as_of_date")
        )
        return Filing(
            container="dataset",
            document_type=said["document_type"],
            period_of_report=self._day(head, "PERIOD_OF_REPORT", "period_of_report"),
            date_of_original_submission=self._day(head, "DATE_OF_ORIG_SUB", "date_of_original_submission"),
            no_securities_owned=self._switch(head, "NO_SECURITIES_OWNED", "no_securities_owned") or False,
            not_subject_to_section16=self._switch(head, "NOT_SUBJECT_SEC16", "not_subject_to_section16")
            or False,
            aff10b5_one=self._switch(head, "AFF10B5ONE", "aff10b5_one"),
            issuer=Issuer(said["issuer.cik"], said["issuer.name"], said["issuer.symbol"]),
            reporting_owners=tuple(_owner(line) for line in self._tables.get("REPORTINGOWNER", ())),
            non_derivative=non_derivative,
            derivative=derivative,
            footnotes={mark: line.get("FOOTNOTE_TXT") for mark, line in _footnotes(self._tables)},
            remarks=said["remarks"],
            signatures=tuple(
                Signature(
                    folded(line.get(_SIGNATURE["name"])),
                    self._day(line, _SIGNATURE["date"], f"signatures[{n}].date"),
                )
                for n, line in enumerate(self._tables.get("OWNER_SIGNATURE", ()))
            ),
            findings=tuple(self._findings),
            sources=places,
            submission=submission,
        )

    def _rows(self, table: str) -> tuple[Row, ...]:
        rows = []
        for n, (key, name, line) in enumerate(_in_order(self._tables, table)):
            if not key and (text := line.get(_KEYS[name])):
                self._lose(_KEYS[name], text, f"{table}[{n}]")
            rows.append(self._row(f"{table}[{n}]", name, line))
        return tuple(rows)

    def _row(self, at: str, name: str, line: _Line) -> Row:
        """The row. Written out, for this is most of what reading a data set costs."""
        values: dict[str, object] = {}
        noted: dict[str, tuple[str, ...]] = {}
        found: object
        for written, one in compress(zip(line.cells, line.head.cells, strict=False), line.cells):
            if one is None:
                continue
            read, field, column = one
            if read is None:
                if ids := marks(written):
                    noted[field] = ids
            elif text := written.strip():
                values[field] = found = read(text)
                if found is None:
                    self._lose(column, text, f"{at}.{field}")
        values["row_type"] = "transaction" if name.endswith("TRANS") else "holding"
        values["footnotes"] = noted
        return Row.of(values)

    def _switch(self, line: _Line, column: str, place: str) -> bool | None:
        text = line.get(column)
        found = yes(text)
        if text and found is None:
            self._lose(column, text, place)
        return found

    def _day(self, line: _Line, column: str, place: str) -> date | None:
        text = line.get(column)
        if not text:
            return None
        found = day(text)
        if found is None:
            self._lose(column, text, place)
        return found

    def _lose(self, column: str, text: str, place: str) -> None:
        """A value that is none of its column's kind stays empty, with a finding."""
        message = f"{column} says “{text[:40]}”, which cannot stand there; it is left empty."
        self._findings.append(Finding("warning", place, message, "dataset.value"))


def _owner(line: _Line) -> Owner:
    said = line.get("RPTOWNER_RELATIONSHIP").replace(" ", "").split(",")
    told: dict[str, Any] = {
        field: folded(text) for field, column in _OWNER.items() if (text := line.get(column))
    }
    told |= {field: True for role, field in ROLES.items() if role in said}
    return Owner.of(told)


def _in_order(tables: _Tables, table: str) -> list[tuple[int, str, _Line]]:
    """The table's rows, each with its key, nought where it has none, and its table's name, in the order of their keys; those keys count through the form only in our own sets.

    The SEC numbers each of its tables through all filings, so there transactions come first.
    """
    kinds = ("DERIV_TRANS", "DERIV_HOLDING")
    names = kinds if table == "derivative" else tuple(f"NON{name}" for name in kinds)
    lines = [(_key(line, name), name, line) for name in names if name in tables for line in tables[name]]
    if len(lines) < 2:
        return lines
    of_one_table = lines[0][1] == lines[-1][1]
    if of_one_table or sorted([key for key, _, _ in lines]) == list(range(1, len(lines) + 1)):
        lines.sort(key=itemgetter(0))
    else:
        lines.sort(key=lambda one: (names.index(one[1]), one[0]))
    return lines


def _key(line: _Line, name: str) -> int:
    text = line.get(_KEYS[name])
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0


def _footnotes(tables: _Tables) -> list[tuple[str, _Line]]:
    """Each footnote's mark and line, in the order of their numbers."""
    found = [(mark, line) for line in tables.get("FOOTNOTES", ()) if (mark := line.get("FOOTNOTE_ID"))]
    return sorted(found, key=lambda one: _place(one[0])) if len(found) > 1 else found


@lru_cache(maxsize=256)
def _place(mark: str) -> int:
    """A footnote's place among the others: the number in its mark."""
    return int(re.sub(r"\D", "", mark)[:LONGEST_KEY] or 0)


def _places(tables: _Tables) -> Iterator[tuple[str, Source]]:
    """Where each value stands; a row as a whole has a place too."""
    several = (("reporting_owners", "REPORTINGOWNER", _OWNER), ("signatures", "OWNER_SIGNATURE", _SIGNATURE))
    found = [(tables[MAIN][0], _SUBMISSION)]
    for part, table, columns in several:
        found += [
            (line, {f"{part}[{n}].{field}": column for field, column in columns.items()})
            for n, line in enumerate(tables.get(table, ()))
        ]
    found += [(line, {f"footnotes.{mark}": "FOOTNOTE_TXT"}) for mark, line in _footnotes(tables)]
    for rows in TABLES:
        for n, (_, name, line) in enumerate(_in_order(tables, rows)):
            columns = {
                column: field for column, field in ROW_TABLES[name].items() if field != "equity_swap_involved"
            }
            found.append((line, {f"{rows}[{n}].{field}": column for column, field in columns.items()}))
            yield (
                f"{rows}[{n}]",
                Source(line=line.number, start=0, end=len("\t".join(line.cells).rstrip("\t"))),
            )
    for line, columns in found:
        for where, column in columns.items():
            if source := line.source(column):
                yield where, source
