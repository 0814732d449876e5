"""The record as JSON and back: the contract's form for scripts, and a fuller form for the store.

Decimals are strings without exponent, dates ISO strings. The stored form adds what the contract leaves
out: the container, the header facts of a submission, and the place of every value; what a row or an owner does
not say it leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from lib.filings.record import (
    DATE_FIELDS,
    DECIMAL_FIELDS,
    ROW_FIELDS,
    CellValue,
    ElementPaths,
    Filing,
    Finding,
    Issuer,
    Owner,
    Row,
    Signature,
    Source,
    Submission,
)

JSON = dict[str, Any]
_PARTS: Final = "parts"
"""Under this, and not by the paths of values, element paths are kept as what they are put together from."""
_CELLS: Final = attrgetter(*ROW_FIELDS)
_OWNER_FIELDS: Final = tuple(one.name for one in fields(Owner))


def to_json(filing: Filing) -> JSON:
    """The filing in the contract's form: plain dicts, lists, strings, booleans and None."""
    return {
        "schema_version": filing.schema_version,
        **_head(filing),
        "reporting_owners": [_flat(owner) for owner in filing.reporting_owners],
        "non_derivative": [_row_to_json(row) for row in filing.non_derivative],
        "derivative": [_row_to_json(row) for row in filing.derivative],
        **_rest(filing),
    }


def to_stored_json(filing: Filing) -> JSON:
    """The contract's form with ``container``, ``submission`` and ``sources`` added, and without what is empty.

    The places of a data set's values are found again in its document, so that none is kept.
    """
    return {
        "container": filing.container,
        "submission": {
            "accession_number": filing.submission.accession_number,
            "filed_as_of_date": plain(filing.submission.filed_as_of_date),
            "acceptance_datetime": filing.submission.acceptance_datetime,
        },
        "schema_version": filing.schema_version,
        **_head(filing),
        "reporting_owners": [_stored_owner(owner) for owner in filing.reporting_owners],
        "non_derivative": [_stored_row(row) for row in filing.non_derivative],
        "derivative": [_stored_row(row) for row in filing.derivative],
        **_rest(filing),
        "sources": _sources_to_json(filing),
    }


def from_json(data: Mapping[str, Any]) -> Filing:
    """The filing from either form. Raises ``KeyError`` or ``ValueError`` on data of another shape."""
    submission = data.get("submission") or {}
    return Filing(
        container=data.get("container", "xml"),
        document_type=data["document_type"],
        schema_version=data["schema_version"],
        period_of_report=_date(data["period_of_report"]),
        date_of_original_submission=_date(data["date_of_original_submission"]),
        no_securities_owned=data["no_securities_owned"],
        not_subject_to_section16=data["not_subject_to_section16"],
        aff10b5_one=data["aff10b5_one"],
        issuer=Issuer(**data["issuer"]),
        reporting_owners=tuple(Owner(**owner) for owner in data["reporting_owners"]),
        non_derivative=tuple(_row_from_json(row) for row in data["non_derivative"]),
        derivative=tuple(_row_from_json(row) for row in data["derivative"]),
        footnotes=dict(data["footnotes"]),
        remarks=data["remarks"],
        signatures=tuple(Signature(s["name"], _date(s["date"])) for s in data["signatures"]),
        findings=tuple(Finding(**finding) for finding in data.get("findings", ())),
        sources=_sources_from_json(data.get("sources", {})),
        submission=Submission(
            submission.get("accession_number"),
            _date(submission.get("filed_as_of_date")),
            submission.get("acceptance_datetime"),
        ),
    )


def plain(value: CellValue) -> str | bool | None:
    """A cell's value as JSON carries it."""
    if isinstance(value, Decimal):
        text = str(value)
        return text if "E" not in text else f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _head(filing: Filing) -> JSON:
    return {
        "document_type": filing.document_type,
        "period_of_report": plain(filing.period_of_report),
        "date_of_original_submission": plain(filing.date_of_original_submission),
        "no_securities_owned": filing.no_securities_owned,
        "not_subject_to_section16": filing.not_subject_to_section16,
        "aff10b5_one": filing.aff10b5_one,
        "issuer": _flat(filing.issuer),
    }


def _rest(filing: Filing) -> JSON:
    return {
        "footnotes": dict(filing.footnotes),
        "remarks": filing.remarks,
        "signatures": [{"name": s.name, "date": plain(s.date)} for s in filing.signatures],
        "findings": [_flat(finding) for finding in filing.findings],
    }


def _flat(one: Issuer | Owner | Finding) -> JSON:
    """A part without parts of its own."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _row_to_json(row: Row) -> JSON:
    out: JSON = {"row_type": row.row_type}
    out.update((name, plain(getattr(row, name))) for name in ROW_FIELDS)
    out["footnotes"] = {name: list(marks) for name, marks in row.footnotes.items()}
    return out


def _stored_row(row: Row) -> JSON:
    out: JSON = {"row_type": row.row_type}
    for name, value in zip(ROW_FIELDS, _CELLS(row), strict=True):
        if value is not None:
            out[name] = value if type(value) is str else plain(value)
    if row.footnotes:
        out["footnotes"] = {name: list(marks) for name, marks in row.footnotes.items()}
    return out


def _stored_owner(owner: Owner) -> JSON:
    return {name: value for name in _OWNER_FIELDS if (value := getattr(owner, name)) not in (None, False)}


def _row_from_json(data: Mapping[str, Any]) -> Row:
    values = {name: data.get(name) for name in ROW_FIELDS}
    for name in DECIMAL_FIELDS:
        values[name] = None if values[name] is None else Decimal(str(values[name]))
    for name in DATE_FIELDS:
        values[name] = _date(values[name])
    marks = {name: tuple(ids) for name, ids in (data.get("footnotes") or {}).items()}
    return Row(row_type=data["row_type"], footnotes=marks, **values)


def _sources_to_json(filing: Filing) -> JSON:
    if filing.container == "dataset":
        return {}
    if isinstance(filing.sources, ElementPaths):
        return {_PARTS: filing.sources.parts}
    return {path: _source_to_json(source) for path, source in filing.sources.items()}


def _sources_from_json(data: Mapping[str, Any]) -> Mapping[str, Source]:
    if _PARTS in data:
        return ElementPaths({part: (path, fields) for part, (path, fields) in data[_PARTS].items()})
    return {path: _source_from_json(source) for path, source in data.items()}


def _source_to_json(source: Source) -> JSON:
    # Written out, for a record has a hundred places and this is most of what storing one costs.
    out: JSON = {}
    if source.page is not None:
        out["page"] = source.page
    if source.box is not None:
        out["box"] = list(source.box)
    if source.line is not None:
        out["line"] = source.line
    if source.start is not None:
        out["start"] = source.start
    if source.end is not None:
        out["end"] = source.end
    if source.path is not None:
        out["path"] = source.path
    return out


def _source_from_json(data: Mapping[str, Any]) -> Source:
    box = data.get("box")
    return Source(**{**data, "box": tuple(box) if box else None})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
