"""A record as ownership XML, with the element names and order of the EDGAR Ownership XML Technical Specification.

What is not known (the owner's CIK, for one) is left out rather than made up.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from sample_filings.render.form import NOTICE, Record

# snake_case field of the record -> element of the schema, where the two differ by more than case
_ELEMENTS = {
    "shares_owned_following": "sharesOwnedFollowingTransaction",
    "direct_or_indirect": "directOrIndirectOwnership",
}


def render(record: Record) -> bytes:
    """The whole document, indented, ending with the notice as a comment."""
    root = ET.Element("ownershipDocument")
    _text(root, "schemaVersion", record["schema_version"])
    _text(root, "documentType", record["document_type"])
    _text(root, "periodOfReport", record["period_of_report"])
    if record["date_of_original_submission"]:
        _text(root, "dateOfOriginalSubmission", record["date_of_original_submission"])
    if record["document_type"].startswith("3"):
        _text(root, "noSecuritiesOwned", _flag(record["no_securities_owned"]))
    else:
        _text(root, "notSubjectToSection16", _flag(record["not_subject_to_section16"]))
    issuer = ET.SubElement(root, "issuer")
    if record["issuer"]["cik"]:
        _text(issuer, "issuerCik", record["issuer"]["cik"])
    _text(issuer, "issuerName", record["issuer"]["name"])
    _text(issuer, "issuerTradingSymbol", record["issuer"]["symbol"])
    for owner in record["reporting_owners"]:
        _owner(root, owner)
    if record["aff10b5_one"] is not None:
        _text(root, "aff10b5One", _flag(record["aff10b5_one"]))
    for name in ("non_derivative", "derivative"):
        if record[name]:
            table = ET.SubElement(root, f"{_camel(name)}Table")
            for row in record[name]:
                _row(ET.SubElement(table, _camel(f"{name}_{row['row_type']}")), row)
    footnotes = ET.SubElement(root, "footnotes")
    for mark, sentence in record["footnotes"].items():
        ET.SubElement(footnotes, "footnote", id=mark).text = sentence
    if record["remarks"]:
        _text(root, "remarks", record["remarks"])
    for signature in record["signatures"]:
        signed = ET.SubElement(root, "ownerSignature")
        _text(signed, "signatureName", signature["name"])
        _text(signed, "signatureDate", signature["date"])
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0"?>\n{body}\n<!-- {NOTICE} -->\n'.encode()


def _camel(name: str) -> str:
    """security_title as securityTitle."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _text(parent: ET.Element, tag: str, text: str | None) -> None:
    ET.SubElement(parent, tag).text = text or ""


def _owner(root: ET.Element, owner: Record) -> None:
    """One reportingOwner: who, where, and in which roles."""
    block = ET.SubElement(root, "reportingOwner")
    identity = ET.SubElement(block, "reportingOwnerId")
    if owner["cik"]:
        _text(identity, "rptOwnerCik", owner["cik"])
    _text(identity, "rptOwnerName", owner["name"])
    address = ET.SubElement(block, "reportingOwnerAddress")
    for field in ("street1", "street2", "city", "state", "zip_code"):
        _text(address, f"rptOwner{_camel(field)[0].upper()}{_camel(field)[1:]}", owner[field])
    relationship = ET.SubElement(block, "reportingOwnerRelationship")
    for field in ("is_director", "is_officer", "is_ten_percent_owner", "is_other"):
        _text(relationship, _camel(field), _flag(owner[field]))
    for field in ("officer_title", "other_text"):
        _text(relationship, _camel(field), owner[field])


def _row(element: ET.Element, row: Record) -> None:
    """One transaction or holding, in the order that the schema prescribes."""
    derivative = element.tag.startswith("derivative")
    _value(element, row, "security_title")
    if derivative:
        _value(element, row, "conversion_or_exercise_price")
    if row["row_type"] == "transaction":
        _value(element, row, "transaction_date")
        if row["deemed_execution_date"]:
            _value(element, row, "deemed_execution_date")
        coding = ET.SubElement(element, "transactionCoding")
        _text(coding, "transactionFormType", row["transaction_form_type"])
        _text(coding, "transactionCode", row["transaction_code"])
        _text(coding, "equitySwapInvolved", _flag(row["equity_swap_involved"]))
        for mark in row["footnotes"].get("transaction_code", ()):
            ET.SubElement(coding, "footnoteId", id=mark)
        amounts = ET.SubElement(element, "transactionAmounts")
        for field in ("transaction_shares", "transaction_price_per_share", "acquired_disposed_code"):
            tag = "transactionAcquiredDisposedCode" if field == "acquired_disposed_code" else None
            _value(amounts, row, field, tag)
    if derivative:
        _value(element, row, "exercise_date")
        _value(element, row, "expiration_date")
        underlying = ET.SubElement(element, "underlyingSecurity")
        _value(underlying, row, "underlying_security_title")
        _value(underlying, row, "underlying_security_shares")
    if row["shares_owned_following"] is not None:
        _value(ET.SubElement(element, "postTransactionAmounts"), row, "shares_owned_following")
    nature = ET.SubElement(element, "ownershipNature")
    _value(nature, row, "direct_or_indirect")
    if row["nature_of_ownership"]:
        _value(nature, row, "nature_of_ownership")


def _value(parent: ET.Element, row: Record, field: str, tag: str | None = None) -> None:
    """An element with the value, if there is one, and the marks of its footnotes."""
    element = ET.SubElement(parent, tag or _ELEMENTS.get(field) or _camel(field))
    if row[field] is not None:
        _text(element, "value", row[field])
    for mark in row["footnotes"].get(field, ()):
        ET.SubElement(element, "footnoteId", id=mark)
