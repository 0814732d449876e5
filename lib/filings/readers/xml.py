"""Ownership XML, every schema version: the filing's own data, element by element.

The reader branches on what is there, not on the version: X0101 keeps its rows straight under the root and
its price in ``transactionValue``; later versions wrap tables and values. Some filers' files are hard-wrapped
in the middle of tags and words; joining their lines with nothing recovers them (see the specification of
2010 and the SEC's files of 2003). Paths in ``sources`` count like elements from 1, as XPath does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

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
)
from lib.filings.values import decimal, folded, iso_date

MAX_BYTES = 20_000_000
WRAP_WIDTHS = (80, 120, 1023)

_ROW_FIELDS = {
    "securityTitle": "security_title",
    "conversionOrExercisePrice": "conversion_or_exercise_price",
    "transactionDate": "transaction_date",
    "deemedExecutionDate": "deemed_execution_date",
    "transactionFormType": "transaction_form_type",
    "transactionCode": "transaction_code",
    "equitySwapInvolved": "equity_swap_involved",
    "transactionTimeliness": "transaction_timeliness",
    "transactionShares": "transaction_shares",
    "transactionTotalValue": "transaction_total_value",
    "transactionPricePerShare": "transaction_price_per_share",
    "transactionValue": "transaction_price_per_share",
    "transactionAcquiredDisposedCode": "acquired_disposed_code",
    "exerciseDate": "exercise_date",
    "expirationDate": "expiration_date",
    "underlyingSecurityTitle": "underlying_security_title",
    "underlyingSecurityShares": "underlying_security_shares",
    "underlyingSecurityValue": "underlying_security_value",
    "sharesOwnedFollowingTransaction": "shares_owned_following",
    "valueOwnedFollowingTransaction": "value_owned_following",
    "directOrIndirectOwnership": "direct_or_indirect",
    "natureOfOwnership": "nature_of_ownership",
}
_OWNER_FIELDS = {
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
_ISSUER_FIELDS = {"issuerCik": "cik", "issuerName": "name", "issuerTradingSymbol": "symbol"}
_ROW_TAGS = {
    "nonDerivativeTransaction": "non_derivative",
    "nonDerivativeHolding": "non_derivative",
    "nonDerivativeSecurity": "non_derivative",
    "derivativeTransaction": "derivative",
    "derivativeHolding": "derivative",
    "derivativeSecurity": "derivative",
}
_SWITCHES = {"1": True, "true": True, "0": False, "false": False}
_SWITCH_FIELDS = frozenset(
    {"equity_swap_involved", "is_director", "is_officer", "is_ten_percent_owner", "is_other"}
)
_FOOTNOTE_ID = re.compile(r"F\d{1,3}")
_TWICE_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7});", re.IGNORECASE)


def read_xml(name: str, data: bytes) -> Filing:
    """The filing in an ownership XML document. Raises ``UnreadableFiling``."""
    if len(data) > MAX_BYTES:
        raise UnreadableFiling(name, "is an XML file of more than 20 MB, which no ownership filing is")
    root, unwrapped = _parse(name, data)
    if root.tag != "ownershipDocument":
        raise UnreadableFiling(
            name,
            f"is XML, but its root is <{str(root.tag)[:40]}>, not <ownershipDocument>",
            "Only the ownership XML of Forms 3, 4 and 5 can be read",
        )
    reading = _Reading()
    if unwrapped:
        reading.find(
            "note", "", "The file was cut into lines of one width; they were joined again.", "xml.unwrapped"
        )
    return reading.filing(root)


def _parse(name: str, data: bytes) -> tuple[etree._Element, bool]:
    head = data[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableFiling(
            name, "carries a DOCTYPE, which ownership XML never does and which can hide entities",
            "Remove it, or get the file from EDGAR again",
        )  # fmt: skip
    joined = unwrap(data)
    for candidate in (joined, data) if joined is not data else (data,):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(candidate.strip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            problem = str(error)
            continue
        if root.getroottree().docinfo.doctype:
            raise UnreadableFiling(name, "carries a DOCTYPE, which ownership XML never does")
        return root, candidate is not data
    raise UnreadableFiling(
        name, f"is not well-formed XML ({problem[:120]})", "Get the file from EDGAR again; it may be cut off"
    )


def unwrap(data: bytes) -> bytes:
    """``data`` with its lines joined if it was hard-wrapped at a known width, else ``data`` itself.

    A wrapped file has no line over the width and, for the narrow widths, almost only full lines; at 1,023
    columns a full line is no accident, so only what follows a full line is joined.
    """
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    longest = max(map(len, lines))
    if longest not in WRAP_WIDTHS:
        return data
    full = sum(len(line) == longest for line in lines)
    if longest < 1023 and full < 0.8 * (len(lines) - 1):
        return data
    return b"".join(line if len(line) == longest else line + b"\n" for line in lines)


class _Reading:
    """One pass over one document, collecting sources and findings beside the values."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.findings: list[Finding] = []

    def find(self, severity: Any, where: str, message: str, rule: str) -> None:
        self.findings.append(Finding(severity, where, message, rule))

    def filing(self, root: etree._Element) -> Filing:
        top: dict[str, Any] = {}
        owners: list[Owner] = []
        signatures: list[Signature] = []
        footnotes: dict[str, str] = {}
        tables: dict[str, list[Row]] = {"non_derivative": [], "derivative": []}
        seen: Counter[str] = Counter()
        for child in root:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            seen[tag] += 1
            path = f"/ownershipDocument/{tag}"
            if tag in _ROW_TAGS:
                self._row(child, f"{path}[{seen[tag]}]", tables)
            elif tag.endswith("Table"):
                self._table(child, path, tables)
            elif tag == "reportingOwner":
                owners.append(self._owner(child, f"{path}[{seen[tag]}]", len(owners)))
            elif tag == "issuer":
                top["issuer"] = Issuer(**self._fields(child, path, "issuer", _ISSUER_FIELDS))
            elif tag == "footnotes":
                footnotes.update(self._footnotes(child, path))
            elif tag == "ownerSignature":
                signatures.append(self._signature(child, f"{path}[{seen[tag]}]", len(signatures)))
            else:
                self._top(child, path, top)
        return Filing(
            container="xml",
            reporting_owners=tuple(owners),
            non_derivative=tuple(tables["non_derivative"]),
            derivative=tuple(tables["derivative"]),
            footnotes=footnotes,
            signatures=tuple(signatures),
            findings=tuple(self.findings),
            sources=self.sources,
            **top,
        )

    def _top(self, element: etree._Element, path: str, top: dict[str, Any]) -> None:
        text = self._text(element)
        match element.tag:
            case "documentType" | "schemaVersion" as tag:
                name = "document_type" if tag == "documentType" else "schema_version"
                top[name] = text
            case "periodOfReport":
                name = "period_of_report"
                top[name] = self._date(text, name)
            case "dateOfOriginalSubmission":
                name = "date_of_original_submission"
                top[name] = self._date(text, name)
            case "notSubjectToSection16":
                name = "not_subject_to_section16"
                top[name] = bool(self._switch(text, name))
            case "noSecuritiesOwned":
                name = "no_securities_owned"
                top[name] = bool(self._switch(text, name))
            case "aff10b5One":
                name = "aff10b5_one"
                top[name] = self._switch(text, name)
            case "remarks":
                name = "remarks"
                top[name] = self._checked(text, name)
            case _:
                return
        self.sources[name] = Source(path=path, line=element.sourceline)

    def _table(self, table: etree._Element, path: str, tables: dict[str, list[Row]]) -> None:
        seen: Counter[str] = Counter()
        for child in table:
            if isinstance(child.tag, str) and child.tag in _ROW_TAGS:
                seen[child.tag] += 1
                self._row(child, f"{path}/{child.tag}[{seen[child.tag]}]", tables)

    def _row(self, element: etree._Element, path: str, tables: dict[str, list[Row]]) -> None:
        table = _ROW_TAGS[str(element.tag)]
        where = f"{table}[{len(tables[table])}]"
        values: dict[str, Any] = {}
        marks: dict[str, tuple[str, ...]] = {}
        for child in element:
            group = str(child.tag)
            name = _ROW_FIELDS.get(group)
            if name:
                self._cell(child, f"{path}/{group}", where, name, values, marks)
                continue
            for leaf in child:
                if leaf.tag == "footnoteId":
                    # the coding's own mark; EDGAR prints it on the code
                    target = "transaction_code" if group == "transactionCoding" else None
                    if target:
                        marks[target] = (*marks.get(target, ()), leaf.get("id") or "")
                    continue
                tag = str(leaf.tag)
                name = _ROW_FIELDS.get(tag)
                if name:
                    self._cell(leaf, f"{path}/{group}/{tag}", where, name, values, marks)
        is_transaction = str(element.tag).endswith("Transaction") or (
            str(element.tag).endswith("Security")
            and (values.get("transaction_date") or values.get("transaction_code")) is not None
        )
        tables[table].append(Row("transaction" if is_transaction else "holding", footnotes=marks, **values))

    def _cell(
        self,
        element: etree._Element,
        path: str,
        row: str,
        name: str,
        values: dict[str, Any],
        marks: dict[str, tuple[str, ...]],
    ) -> None:
        where = f"{row}.{name}"
        raw, ids = element.text, []
        for child in element:
            if child.tag == "value":
                raw, path = child.text, path + "/value"
            elif child.tag == "footnoteId":
                ids.append(child.get("id") or "")
        if ids:
            marks[name] = (*marks.get(name, ()), *ids)
        text = folded(raw)
        if text is not None or ids:
            self.sources[where] = Source(path=path, line=element.sourceline)
        if text is None:
            return
        if name in DATE_FIELDS:
            values[name] = self._date(text, where)
        elif name in DECIMAL_FIELDS:
            values[name] = decimal(text)
            if values[name] is None:
                self.find("error", where, f"“{text[:80]}” is not a number.", "xml.number")
        elif name in _SWITCH_FIELDS:
            values[name] = self._switch(text, where)
        else:
            values[name] = self._checked(text, where)

    def _owner(self, element: etree._Element, path: str, n: int) -> Owner:
        where = f"reporting_owners[{n}]"
        return Owner(**self._fields(element, path, where, _OWNER_FIELDS))

    def _fields(
        self, element: etree._Element, path: str, where: str, names: dict[str, str]
    ) -> dict[str, Any]:
        """Leaf texts below ``element`` by field name; one level of grouping elements is looked through."""
        found: dict[str, Any] = {}
        for child in element:
            tag = str(child.tag)
            name = names.get(tag)
            if name is None:
                if isinstance(child.tag, str) and len(child):
                    found |= self._fields(child, f"{path}/{tag}", where, names)
                continue
            text = self._text(child)
            if text is None:
                continue
            place = f"{where}.{name}"
            self.sources[place] = Source(path=f"{path}/{tag}", line=child.sourceline)
            found[name] = (
                bool(self._switch(text, place)) if name in _SWITCH_FIELDS else self._checked(text, place)
            )
        return found

    def _footnotes(self, element: etree._Element, path: str) -> dict[str, str]:
        found = {}
        for n, note in enumerate(element.iterchildren("footnote"), 1):
            key = note.get("id") or ""
            if not _FOOTNOTE_ID.fullmatch(key):
                self.find(
                    "warning", f"footnotes.{key}", f"“{key[:40]}” is no footnote id.", "xml.footnote-id"
                )
            found[key] = self._checked(folded("".join(map(str, note.itertext()))), f"footnotes.{key}") or ""
            self.sources[f"footnotes.{key}"] = Source(path=f"{path}/footnote[{n}]", line=note.sourceline)
        return found

    def _signature(self, element: etree._Element, path: str, n: int) -> Signature:
        where = f"signatures[{n}]"
        name = folded(element.findtext("signatureName"))
        signed = folded(element.findtext("signatureDate"))
        for tag, field in (("signatureName", "name"), ("signatureDate", "date")):
            self.sources[f"{where}.{field}"] = Source(path=f"{path}/{tag}", line=element.sourceline)
        return Signature(name, self._date(signed, f"{where}.date") if signed else None)

    @staticmethod
    def _text(element: etree._Element) -> str | None:
        """The element's text, or that of the ``value`` inside it."""
        return folded(element.text) or folded(element.findtext("value"))

    def _date(self, text: str | None, where: str) -> Any:
        if text is None:
            return None
        found = iso_date(text)
        if found is None:
            self.find("error", where, f"“{text[:80]}” is not a date.", "xml.date")
        elif len(text) > 10:
            self.find(
                "note",
                where,
                f"“{text[:80]}” carries a time zone, left out: filings have days, not times.",
                "xml.zone",
            )
        return found

    def _switch(self, text: str | None, where: str) -> bool | None:
        if text is None:
            return None
        found = _SWITCHES.get(text.lower())
        if found is None:
            self.find("error", where, f"“{text[:80]}” is neither yes nor no.", "xml.boolean")
        return found

    def _checked(self, text: str | None, where: str) -> str | None:
        if text and _TWICE_ESCAPED.search(text):
            self.find(
                "warning",
                where,
                f"The text was escaped twice; it is likely meant as “{decoded(text)[:200]}”.",
                "xml.escaped-twice",
            )
        return text


def decoded(text: str) -> str:
    """``text`` with entities decoded until nothing changes, at most four times."""
    from html import unescape

    for _ in range(4):
        plain = unescape(text)
        if plain == text:
            break
        text = plain
    return text
