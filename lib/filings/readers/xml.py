"""Ownership XML, every schema version: the filing's own data, element by element.

One pass over the elements in document order: each tag says what the next value belongs to. The reader
branches on what is there, not on the version: X0101 keeps its rows straight under the root, its price in
``transactionValue`` and its values without a wrapper. Paths in ``sources`` count like elements from 1, as
XPath does.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from typing import Any, Final

from lxml import etree

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.readers.wrapped import UNWRAPPED, unwrap
from lib.filings.record import (
    DATE_FIELDS,
    DECIMAL_FIELDS,
    ElementPaths,
    Filing,
    Finding,
    Issuer,
    Owner,
    Row,
    Severity,
    Signature,
)
from lib.filings.values import decimal, folded, iso_date

MAX_BYTES: Final = 20_000_000

_TOP: Final = {
    "documentType": "document_type",
    "schemaVersion": "schema_version",
    "periodOfReport": "period_of_report",
    "dateOfOriginalSubmission": "date_of_original_submission",
    "notSubjectToSection16": "not_subject_to_section16",
    "noSecuritiesOwned": "no_securities_owned",
    "aff10b5One": "aff10b5_one",
    "remarks": "remarks",
}
_ISSUER: Final = {"issuerCik": "cik", "issuerName": "name", "issuerTradingSymbol": "symbol"}
_OWNER: Final = {
    "rptOwnerCik": "cik",
    "rptOwnerName": "name",
    "rptOwnerStreet1": "street1",
    "rptOwnerStreet2": "street2",
    "rptOwnerCity": "city",
    "rptOwnerState": "state",
    "rptOwnerZipCode": "zip_code",
    "isDirector": "is_director",
    "isOfficer": "is_officer",
    "isTenPercentOwner": "is_ten_percent_owner",
    "isOther": "is_other",
    "officerTitle": "officer_title",
    "otherText": "other_text",
}
_SIGNATURE: Final = {"signatureName": "name", "signatureDate": "date"}
_FIELDS: Final = {
    "securityTitle": ("security_title", None),
    "conversionOrExercisePrice": ("conversion_or_exercise_price", None),
    "transactionDate": ("transaction_date", None),
    "deemedExecutionDate": ("deemed_execution_date", None),
    "transactionFormType": ("transaction_form_type", "transactionCoding"),
    "transactionCode": ("transaction_code", "transactionCoding"),
    "equitySwapInvolved": ("equity_swap_involved", "transactionCoding"),
    "transactionTimeliness": ("transaction_timeliness", None),
    "transactionShares": ("transaction_shares", "transactionAmounts"),
    "transactionTotalValue": ("transaction_total_value", "transactionAmounts"),
    "transactionPricePerShare": ("transaction_price_per_share", "transactionAmounts"),
    "transactionValue": ("transaction_price_per_share", "transactionAmounts"),
    "transactionAcquiredDisposedCode": ("acquired_disposed_code", "transactionAmounts"),
    "exerciseDate": ("exercise_date", None),
    "expirationDate": ("expiration_date", None),
    "underlyingSecurityTitle": ("underlying_security_title", "underlyingSecurity"),
    "underlyingSecurityShares": ("underlying_security_shares", "underlyingSecurity"),
    "underlyingSecurityValue": ("underlying_security_value", "underlyingSecurity"),
    "sharesOwnedFollowingTransaction": ("shares_owned_following", "postTransactionAmounts"),
    "valueOwnedFollowingTransaction": ("value_owned_following", "postTransactionAmounts"),
    "directOrIndirectOwnership": ("direct_or_indirect", "ownershipNature"),
    "natureOfOwnership": ("nature_of_ownership", "ownershipNature"),
}
"""Field and group of each element of a row."""
_ROW: Final = {tag: (name, group, f"/{group}/{tag}", f"/{tag}") for tag, (name, group) in _FIELDS.items()}
"""With the element's path in its group, and without."""
_GROUPS: Final = frozenset(group for _, group in _FIELDS.values() if group)
_ROW_TAGS: Final = {
    f"{table}{kind}": name
    for table, name in (("nonDerivative", "non_derivative"), ("derivative", "derivative"))
    for kind in ("Transaction", "Holding", "Security")
}
_PLAIN: Final = _TOP | _ISSUER | _OWNER | _SIGNATURE
_PARTS: Final = frozenset({*_ROW_TAGS, "issuer", "reportingOwner", "ownerSignature"})
_WRAPPERS: Final = frozenset({"nonDerivativeTable", "derivativeTable", "footnotes"})
_TELLING: Final = frozenset({*_ROW_TAGS, "ownershipDocument", "reportingOwner", "ownerSignature"})
"""Elements that no other XML has."""
_ROW_TAGS_IN_ANY_CASE: Final = frozenset(tag.lower() for tag in _ROW_TAGS)
_SWITCHES: Final = {"1": True, "true": True, "0": False, "false": False}
_SWITCH_FIELDS: Final = frozenset(
    {"equity_swap_involved", "is_director", "is_officer", "is_ten_percent_owner", "is_other", "aff10b5_one"}
    | {"not_subject_to_section16", "no_securities_owned"}
)
_DATES: Final = DATE_FIELDS | {"period_of_report", "date_of_original_submission", "date"}
_EXPECTED: Final = {"number": "a number", "date": "a date", "boolean": "yes or no"}
_ZONED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?")
_FOOTNOTE_ID: Final = re.compile(r"F\d{1,3}")
_TWICE_ESCAPED: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7});", re.IGNORECASE)


_PARSER: Final = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)

_Texts = dict[str, str]
_Marks = dict[str, list[str]]


def read_xml(name: str, data: bytes) -> Filing:
    """The filing in an ownership XML document. Raises ``UnreadableFiling``."""
    if len(data) > MAX_BYTES:
        raise UnreadableFiling(
            name, "is an XML file of more than 20 MB, which no ownership filing is", "Drop in the form alone"
        )
    root, unwrapped = _parse(name, data)
    if root.tag != "ownershipDocument":
        if _is_damaged(root):
            raise UnreadableFiling(
                name,
                f"has parts of an ownership form, but its root is <{str(root.tag)[:40]}>, not <ownershipDocument>",
                "Get the file from EDGAR again; it may be damaged",
            )
        raise NotAFiling(
            name,
            f"is XML, but its root is <{str(root.tag)[:40]}>, not <ownershipDocument>",
            "Only the ownership XML of Forms 3, 4 and 5 can be read",
        )
    reading = _Reading()
    if unwrapped:
        reading.findings.append(UNWRAPPED)
    reading.walk(root)
    return reading.filing()


def _is_damaged(root: etree._Element) -> bool:
    """Whether a document with another root is an ownership form all the same, by the root's name or what is in it."""
    if etree.QName(root).localname.lower().startswith("ownershipdoc"):
        return True
    return any(etree.QName(element).localname in _TELLING for element in root.iter(etree.Element))


def _parse(name: str, data: bytes) -> tuple[etree._Element, bool]:
    """The root element, and whether lines had to be joined."""
    head = data[:4096].replace(b"\0", b"")
    joined = unwrap(data)
    problem = ""
    for candidate in (joined, data) if joined is not data else (data,):
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            break
        try:
            root = etree.fromstring(candidate.strip(), _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            problem = str(error)
            continue
        if root.getroottree().docinfo.doctype:
            break
        return root, candidate is not data
    else:
        raise UnreadableFiling(
            name,
            f"is not well-formed XML ({problem[:120]})",
            "Get the file from EDGAR again; it may be cut off",
        )
    raise UnreadableFiling(
        name,
        "carries a DOCTYPE, which ownership XML never does and which can hide entities",
        "Remove it, or get the file from EDGAR again",
    )


class _Reading:
    """One pass over one document. ``_values`` and ``_marks`` are those of the part being read."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._top_paths: _Texts = {}
        self._footnote_paths: _Texts = {}
        self._paths: dict[str, tuple[str, _Texts]] = {
            "": ("/ownershipDocument", self._top_paths),
            "footnotes.": ("/ownershipDocument/footnotes", self._footnote_paths),
        }
        self._counts: Counter[str] = Counter()
        self._top: _Texts = {}
        self._issuer: _Texts = {}
        self._owners: list[_Texts] = []
        self._signatures: list[_Texts] = []
        self._footnotes: dict[str, str] = {}
        self._rows: dict[str, list[tuple[str, _Texts, _Marks]]] = {"non_derivative": [], "derivative": []}

    def find(self, severity: Severity, where: str, message: str, rule: str) -> None:
        self.findings.append(Finding(severity, where, message, rule))

    def walk(self, root: etree._Element) -> None:
        """Take every element in; ``values``, ``marks`` and ``paths`` are those of the part the element is in."""
        values, marks, paths = self._top, _Marks(), self._top_paths
        name = here = group = place = ""
        in_row = False
        fields, plain = _ROW, _PLAIN
        for element in root.iter():
            tag = str(element.tag)
            if tag == "value":
                text = element.text
                if text and name and not text.isspace():
                    self._set(values, name, text, place)
                    paths[name] = here + "/value"
            elif in_row and (field := fields.get(tag)):
                name, belongs, in_group, alone = field
                here = in_group if group == belongs else alone
                text = element.text
                if text and not text.isspace():
                    self._set(values, name, text, place)
                    paths[name] = here
                if belongs == "transactionCoding":
                    name = "transaction_code"
            elif tag in _GROUPS:
                group, here = tag, f"/{tag}"
                name = "transaction_code" if tag == "transactionCoding" else ""
            elif tag == "footnoteId":
                if name:
                    marks.setdefault(name, []).append(element.get("id") or "")
                    paths.setdefault(name, here)
            elif tag in plain:
                name, here = plain[tag], f"/{tag}"
                if tag in _OWNER:
                    here = _in_group(element, "reportingOwner") + here
                if tag in _TOP:
                    values, marks, paths, place, in_row = self._top, {}, self._top_paths, "", False
                paths[name] = here
                text = element.text
                if text and not text.isspace():
                    self._set(values, name, text, place)
            elif tag in _PARTS:
                values, marks, paths, group, name, in_row = {}, {}, {}, "", "", tag in _ROW_TAGS
                place = self._part(tag, element, values, marks, paths)
            elif tag == "footnote":
                self._footnote(element)
            elif (in_row and tag not in _WRAPPERS) or tag.lower() in _ROW_TAGS_IN_ANY_CASE:
                name = ""
                said = f"<{tag[:60]}> is no element of the specification; what it holds was left out."
                self.find("error", place.rstrip("."), said, "xml.unknown-element")

    def _set(self, values: _Texts, name: str, text: str, place: str) -> None:
        if name in values:
            said = f"The value stands twice; “{text.strip()[:80]}” came second and was left out."
            self.find("error", place + name, said, "xml.twice")
        else:
            values[name] = text

    def _part(self, tag: str, element: etree._Element, values: _Texts, marks: _Marks, paths: _Texts) -> str:
        """Start a part of the record with the texts, marks and paths that its elements will fill; its place."""
        self._counts[tag] += 1
        parent = element.getparent()
        inside = f"/{parent.tag!s}" if parent is not None and parent.getparent() is not None else ""
        path = f"/ownershipDocument{inside}/{tag}[{self._counts[tag]}]"
        if tag in _ROW_TAGS:
            rows = self._rows[_ROW_TAGS[tag]]
            place = f"{_ROW_TAGS[tag]}[{len(rows)}]."
            rows.append((tag, values, marks))
        elif tag == "issuer":
            self._issuer, place = values, "issuer."
        elif tag == "reportingOwner":
            place = f"reporting_owners[{len(self._owners)}]."
            self._owners.append(values)
        else:
            place = f"signatures[{len(self._signatures)}]."
            self._signatures.append(values)
        self._paths[place] = (path, paths)
        return place

    def _footnote(self, element: etree._Element) -> None:
        key = element.get("id") or ""
        self._counts["footnote"] += 1
        if not _FOOTNOTE_ID.fullmatch(key):
            self.find("warning", f"footnotes.{key}", f"“{key[:40]}” is no footnote id.", "xml.footnote-id")
        text = folded("".join(map(str, element.itertext()))) or ""
        if key in self._footnotes:
            said = f"A second footnote has this id and was left out: “{text[:200]}”."
            self.find("error", f"footnotes.{key}", said, "xml.twice")
            return
        self._footnotes[key] = self._checked(text, f"footnotes.{key}")
        self._footnote_paths[key] = f"/footnote[{self._counts['footnote']}]"

    def filing(self) -> Filing:
        """The record of what was taken in, every text turned into its value."""
        rows = {
            table: tuple(self._row(f"{table}[{n}].", *found) for n, found in enumerate(rows))
            for table, rows in self._rows.items()
        }
        top = self._values(self._top, "")
        return Filing(
            container="xml",
            issuer=Issuer(**self._values(self._issuer, "issuer.")),
            reporting_owners=tuple(
                Owner(**self._values(owner, f"reporting_owners[{n}]."))
                for n, owner in enumerate(self._owners)
            ),
            non_derivative=rows["non_derivative"],
            derivative=rows["derivative"],
            footnotes=self._footnotes,
            signatures=tuple(
                Signature(**self._values(signature, f"signatures[{n}]."))
                for n, signature in enumerate(self._signatures)
            ),
            findings=tuple(self.findings),
            sources=ElementPaths(self._paths),
            **top,
        )

    def _row(self, where: str, tag: str, texts: _Texts, marks: _Marks) -> Row:
        transaction = tag.endswith("Transaction") or (
            tag.endswith("Security") and not texts.keys().isdisjoint({"transaction_date", "transaction_code"})
        )
        ids = {name: tuple(found) for name, found in marks.items()}
        return Row("transaction" if transaction else "holding", footnotes=ids, **self._values(texts, where))

    def _values(self, texts: _Texts, place: str) -> dict[str, Any]:
        """The values of texts by field. Anything else than its field holds is left out, with a finding."""
        values: dict[str, Any] = {}
        for name, text in texts.items():
            value: Any
            if name in DECIMAL_FIELDS:
                value, expected = decimal(text), "number"
            elif name in _DATES:
                value, expected = iso_date(text), "date"
                if len(text) > 10:
                    value = self._without_zone(text.strip(), place + name)
            elif name in _SWITCH_FIELDS:
                value, expected = _SWITCHES.get(text.strip().lower()), "boolean"
            else:
                words = folded(text) or ""
                values[name] = words if "&" not in words else self._checked(words, place + name)
                continue
            if value is None:
                self.find(
                    "error", place + name, f"“{text[:80]}” is not {_EXPECTED[expected]}.", f"xml.{expected}"
                )
            else:
                values[name] = value
        return values

    def _without_zone(self, text: str, where: str) -> date | None:
        found = _ZONED.fullmatch(text)
        if found and found[2]:
            said = f"“{text[:80]}” carries a time zone, left out: filings have days, not times."
            self.find("note", where, said, "xml.zone")
        return iso_date(found[1]) if found else None

    def _checked(self, text: str, where: str) -> str:
        if _TWICE_ESCAPED.search(text):
            said = f"The text was escaped twice; it is likely meant as “{decoded(text)[:200]}”."
            self.find("warning", where, said, "xml.escaped-twice")
        return text


def _in_group(element: etree._Element, part: str) -> str:
    """The path from a part of the document down to the group that an element of it stands in."""
    group = element.getparent()
    return f"/{group.tag!s}" if group is not None and group.tag != part else ""


def decoded(text: str) -> str:
    """``text`` with entities decoded until nothing changes, at most four times."""
    for _ in range(4):
        plain = unescape(text)
        if plain == text:
            break
        text = plain
    return text
