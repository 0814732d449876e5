"""A record as ownership XML, in the element order EDGAR's schema wants.

What the filing does not say is left out, even where EDGAR asks for it (a printed form has no CIKs): the
checks say what is missing. What the record says and the XML cannot is never dropped: the record is refused,
with a sentence for each such thing. Findings, sources and the header of a submission are not part of the
form and are not written. White space folds to single spaces, as everywhere in a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from lib.filings.checks.amounts import shares_and_value
from lib.filings.checks.footnotes import footnotes
from lib.filings.checks.limits import decimals, sizes
from lib.filings.codes import TRANSACTION_CODES
from lib.filings.json import plain
from lib.filings.record import (
    ROW_FIELDS,
    TABLES,
    CellValue,
    Filing,
    Issuer,
    Owner,
    Row,
    Signature,
)
from lib.filings.values import folded

SCHEMA_VERSION: Final = "X0609"
"""Stamped on records that have no schema version of their own, or that of 2003's other shape (X01…)."""

LONGEST_BOX: Final = 1_000
"""Characters of a name, title or address line. EDGAR's boxes hold less; more than this is no such thing."""

Part = tuple[str, str]
"""An element and the record's field it holds."""

_ROW: Final[tuple[tuple[str, tuple[Part, ...]], ...]] = (
    ("", (("securityTitle", "security_title"),)),
    ("", (("conversionOrExercisePrice", "conversion_or_exercise_price"),)),
    ("", (("transactionDate", "transaction_date"),)),
    ("", (("deemedExecutionDate", "deemed_execution_date"),)),
    (
        "transactionCoding",
        (
            ("transactionFormType", "transaction_form_type"),
            ("transactionCode", "transaction_code"),
            ("equitySwapInvolved", "equity_swap_involved"),
        ),
    ),
    ("", (("transactionTimeliness", "transaction_timeliness"),)),
    (
        "transactionAmounts",
        (
            ("transactionShares", "transaction_shares"),
            ("transactionTotalValue", "transaction_total_value"),
            ("transactionPricePerShare", "transaction_price_per_share"),
            ("transactionAcquiredDisposedCode", "acquired_disposed_code"),
        ),
    ),
    ("", (("exerciseDate", "exercise_date"),)),
    ("", (("expirationDate", "expiration_date"),)),
    (
        "underlyingSecurity",
        (
            ("underlyingSecurityTitle", "underlying_security_title"),
            ("underlyingSecurityShares", "underlying_security_shares"),
            ("underlyingSecurityValue", "underlying_security_value"),
        ),
    ),
    (
        "postTransactionAmounts",
        (
            ("sharesOwnedFollowingTransaction", "shares_owned_following"),
            ("valueOwnedFollowingTransaction", "value_owned_following"),
        ),
    ),
    (
        "ownershipNature",
        (
            ("directOrIndirectOwnership", "direct_or_indirect"),
            ("natureOfOwnership", "nature_of_ownership"),
        ),
    ),
)
_CODING: Final = frozenset({"transaction_form_type", "transaction_code", "equity_swap_involved"})
_OF_ANY_ROW: Final = frozenset(
    {
        "security_title",
        "transaction_form_type",
        "shares_owned_following",
        "value_owned_following",
        "direct_or_indirect",
        "nature_of_ownership",
    }
)
_OF_DERIVATIVES: Final = frozenset(
    {
        "conversion_or_exercise_price",
        "exercise_date",
        "expiration_date",
        "underlying_security_title",
        "underlying_security_shares",
        "underlying_security_value",
    }
)
_OF_TRANSACTIONS: Final = frozenset(ROW_FIELDS) - _OF_ANY_ROW - _OF_DERIVATIVES
_ONE_OF: Final = {
    "transaction_form_type": ("3", "4", "5"),
    "transaction_code": tuple(TRANSACTION_CODES),
    "transaction_timeliness": ("E", "L"),
    "acquired_disposed_code": ("A", "D"),
    "direct_or_indirect": ("D", "I"),
}
_ISSUER: Final[tuple[Part, ...]] = (
    ("issuerCik", "cik"),
    ("issuerName", "name"),
    ("issuerTradingSymbol", "symbol"),
)
_OWNER: Final[tuple[tuple[str, tuple[Part, ...]], ...]] = (
    ("reportingOwnerId", (("rptOwnerCik", "cik"), ("rptOwnerName", "name"))),
    (
        "reportingOwnerAddress",
        (
            ("rptOwnerStreet1", "street1"),
            ("rptOwnerStreet2", "street2"),
            ("rptOwnerCity", "city"),
            ("rptOwnerState", "state"),
            ("rptOwnerZipCode", "zip_code"),
        ),
    ),
    (
        "reportingOwnerRelationship",
        (
            ("isDirector", "is_director"),
            ("isOfficer", "is_officer"),
            ("isTenPercentOwner", "is_ten_percent_owner"),
            ("isOther", "is_other"),
            ("officerTitle", "officer_title"),
            ("otherText", "other_text"),
        ),
    ),
)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (its section 2.2), not even as a reference."""


class UnwritableFiling(Exception):
    """A record that holds what ownership XML cannot say.

    ``problems`` has a sentence for each such thing, beginning with its place in the record; ``str(error)``
    is the first three of them.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 3
        super().__init__(" ".join(self.problems[:3]) + (f" And {more} more." if more > 0 else ""))


def write_xml(filing: Filing) -> bytes:
    """The filing as an ownership XML document, in ASCII with references for other characters.

    Reading it gives the same record, but for findings, sources and container, and with ``SCHEMA_VERSION``
    where the record had no version of this shape. Raises ``UnwritableFiling``.

    Source: EDGAR Ownership XML Technical Specification v3; element order as in EDGAR's schema.
    """
    problems = list(_problems(filing))
    if problems:
        raise UnwritableFiling(problems)
    root = etree.Element("ownershipDocument")
    _head(root, filing)
    for table in TABLES:
        rows: tuple[Row, ...] = getattr(filing, table)
        if rows:
            parent = etree.SubElement(
                root, "derivativeTable" if table == "derivative" else "nonDerivativeTable"
            )
            for row in rows:
                _row(parent, table, row)
    if filing.footnotes:
        notes = etree.SubElement(root, "footnotes")
        for key, text in filing.footnotes.items():
            etree.SubElement(notes, "footnote", id=key).text = folded(text)
    _leaf(root, "remarks", filing.remarks)
    for signature in filing.signatures:
        _signature(root, signature)
    return b'<?xml version="1.0"?>\n' + etree.tostring(root, encoding="ASCII", pretty_print=True)


def _head(root: etree._Element, filing: Filing) -> None:
    own = filing.schema_version
    _leaf(root, "schemaVersion", SCHEMA_VERSION if own is None or own.startswith("X01") else own)
    _leaf(root, "documentType", filing.document_type)
    _leaf(root, "periodOfReport", filing.period_of_report)
    _leaf(root, "dateOfOriginalSubmission", filing.date_of_original_submission)
    if _is_form3(filing):
        _leaf(root, "noSecuritiesOwned", filing.no_securities_owned)
    else:
        _leaf(root, "notSubjectToSection16", filing.not_subject_to_section16)
    _parts(etree.SubElement(root, "issuer"), filing.issuer, _ISSUER)
    for owner in filing.reporting_owners:
        parent = etree.SubElement(root, "reportingOwner")
        for group, parts in _OWNER:
            _parts(etree.SubElement(parent, group), owner, parts)
    _leaf(root, "aff10b5One", filing.aff10b5_one)


def _row(table: etree._Element, name: str, row: Row) -> None:
    """A row's element; a group is written only if something stands in it."""
    tag = ("derivative" if name == "derivative" else "nonDerivative") + row.row_type.capitalize()
    element = etree.SubElement(table, tag)
    for group, parts in _ROW:
        inside = etree.Element(group) if group else element
        for part, field in parts:
            _cell(inside, part, field, row)
        if group == "transactionCoding":
            _marks(inside, row.footnotes.get("transaction_code", ()))
        if group and len(inside):
            element.append(inside)


def _cell(parent: etree._Element, tag: str, field: str, row: Row) -> None:
    """A cell's element: its value wrapped with its marks, or bare inside the coding."""
    value: CellValue = getattr(row, field)
    if field in _CODING:
        _leaf(parent, tag, value)
        return
    marks = row.footnotes.get(field, ())
    if _written(value) is None and not marks:
        return
    cell = etree.SubElement(parent, tag)
    _leaf(cell, "value", value)
    _marks(cell, marks)


def _marks(parent: etree._Element, marks: Sequence[str]) -> None:
    for mark in marks:
        etree.SubElement(parent, "footnoteId", id=mark)


def _signature(root: etree._Element, signature: Signature) -> None:
    parent = etree.SubElement(root, "ownerSignature")
    _leaf(parent, "signatureName", signature.name)
    _leaf(parent, "signatureDate", signature.date)


def _parts(parent: etree._Element, of: Issuer | Owner, parts: Sequence[Part]) -> None:
    for tag, field in parts:
        _leaf(parent, tag, getattr(of, field))


def _leaf(parent: etree._Element, tag: str, value: CellValue) -> None:
    text = _written(value)
    if text is not None:
        etree.SubElement(parent, tag).text = text


def _written(value: CellValue) -> str | None:
    """The value as the XML spells it; ``None`` for nothing. Zeros past the fourth decimal place are cut."""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = plain(value)
    if isinstance(text, str) and not isinstance(value, str):
        whole, point, places = text.partition(".")
        return whole + point + places[:4] if point else text
    return folded(text) if isinstance(text, str) else None


def _problems(filing: Filing) -> Iterator[str]:
    """A sentence for each thing the XML cannot say."""
    yield from _head_problems(filing)
    for where, row in filing.rows():
        yield from _row_problems(where, row)
    for key in filing.footnotes:
        if not re.fullmatch(r"F[1-9]\d?", key):
            yield f"footnotes: the id “{key[:20]}” is none of F1 to F99."
    for where, text, longest in _texts(filing):
        if _NOT_XML.search(text):
            yield f"{where}: the text has a control character, which XML cannot carry; remove it."
        if longest is not None and len(text) > longest:
            yield f"{where}: the text has {len(text):,} characters, more than any box of the form holds."
    broken = [f for f in footnotes(filing) if f.rule in {"footnote.missing", "footnote.empty"}]
    for finding in (*sizes(filing), *decimals(filing), *shares_and_value(filing), *broken):
        yield f"{finding.where}: {finding.message.removeprefix(finding.where + ': ')}"


def _head_problems(filing: Filing) -> Iterator[str]:
    form = filing.document_type or ""
    if form not in {"3", "3/A", "4", "4/A", "5", "5/A"}:
        yield f"document_type: “{form[:20]}” is no ownership form; it is 3, 4 or 5, with /A for an amendment."
    if filing.schema_version is not None and not re.fullmatch(r"X\d{4}", filing.schema_version):
        yield f"schema_version: “{filing.schema_version[:20]}” is not X and four digits."
    if filing.date_of_original_submission and not form.endswith("/A"):
        yield "date_of_original_submission: only an amendment has one."
    if filing.no_securities_owned and not _is_form3(filing):
        yield "no_securities_owned: only Form 3 can say so."
    if filing.not_subject_to_section16 and _is_form3(filing):
        yield "not_subject_to_section16: only Forms 4 and 5 can say so."


def _row_problems(where: str, row: Row) -> Iterator[str]:
    """Fields that a row of its kind does not have, letters that mean nothing, and marks on what has none."""
    fields = set(_OF_ANY_ROW)
    if where.startswith("derivative"):
        fields |= _OF_DERIVATIVES
    if row.row_type == "transaction":
        fields |= _OF_TRANSACTIONS
        if not where.startswith("derivative"):
            fields.discard("transaction_total_value")
    for name in ROW_FIELDS:
        value = getattr(row, name)
        if value is not None and name not in fields:
            table = "Table II" if where.startswith("derivative") else "Table I"
            yield f"{where}.{name}: a {row.row_type} in {table} has no such field."
        elif value is not None and value not in _ONE_OF.get(name, (value,)):
            yield f"{where}.{name}: “{str(value)[:20]}” is none of {', '.join(_ONE_OF[name])}."
    markable = fields - _CODING | {"transaction_code"}
    for name, marks in row.footnotes.items():
        if marks and name not in markable:
            yield f"{where}.{name}: a {row.row_type} cannot carry a footnote there."


def _texts(filing: Filing) -> Iterator[tuple[str, str, int | None]]:
    """Every text of the record with its place and the most characters it may have.

    The limits of footnotes and remarks are checked with the other sizes, hence ``None`` there.
    """
    owner_fields = tuple(field for _, parts in _OWNER for _, field in parts)
    places: list[tuple[str, Issuer | Owner | Row | Signature, Sequence[str]]] = [
        ("issuer", filing.issuer, tuple(field for _, field in _ISSUER)),
        *((f"reporting_owners[{n}]", owner, owner_fields) for n, owner in enumerate(filing.reporting_owners)),
        *((where, row, ROW_FIELDS) for where, row in filing.rows()),
        *((f"signatures[{n}]", signature, ("name",)) for n, signature in enumerate(filing.signatures)),
    ]
    for where, of, fields in places:
        for field in fields:
            value = getattr(of, field)
            if isinstance(value, str):
                yield f"{where}.{field}", value, LONGEST_BOX
    yield from ((f"footnotes.{key}", text, None) for key, text in filing.footnotes.items())
    if filing.remarks:
        yield "remarks", filing.remarks, None


def _is_form3(filing: Filing) -> bool:
    return (filing.document_type or "").startswith("3")
