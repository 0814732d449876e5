"""Ownership XML, every schema version: the filing's own data, element by element.

One pass over the elements in document order: each tag says what the next value belongs to. The reader
branches on what is there, not on the version: X0101 keeps its rows straight under the root, its price in
``transactionValue`` and its values without a wrapper. Paths in ``sources`` count like elements from 1, as
XPath does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from html import unescape
from typing import Any, Final

from lxml import etree

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.readers.wrapped import UNWRAPPED, unwrap
from lib.filings.readers.xml_elements import (
    FIELD_TAGS,
    GROUPS,
    LISTS,
    PARTS,
    ROWS,
    TELLING,
    TOP,
    WRAPPERS,
    Element,
    Value,
    switch,
)
from lib.filings.record import (
    ElementPaths,
    Filing,
    Finding,
    Issuer,
    Owner,
    PathParts,
    Row,
    Severity,
    Signature,
)
from lib.filings.values import decimal, folded, iso_date

MAX_BYTES: Final = 20_000_000

_TRANSACTIONS: Final = frozenset({"nonDerivativeTransaction", "derivativeTransaction"})
_HOLDINGS: Final = frozenset({"nonDerivativeHolding", "derivativeHolding"})
_ROWS_IN_ANY_CASE: Final = frozenset(tag.lower() for tag in ROWS)
_EXPECTED: Final[dict[Callable[[str], Value], tuple[str, str]]] = {
    decimal: ("a number", "xml.number"),
    iso_date: ("a date", "xml.date"),
    switch: ("yes or no", "xml.boolean"),
}
"""What a field holds, by how it is read, and the rule that is broken where it holds something else."""
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
    remove_blank_text=True,
)
"""White space between elements is half of what a parser builds of such a file, and says nothing."""


class _Part:
    """A part of the document: what may stand in it, and by field what was found so far.

    ``inside`` is the path from the root down to the part's own element.
    """

    __slots__ = ("elements", "inside", "marks", "number", "paths", "tag", "values")

    def __init__(self, tag: str, elements: Mapping[str, Element], number: int = 0, inside: str = "") -> None:
        self.tag = tag
        self.elements = elements
        self.number = number
        self.inside = inside
        self.values: dict[str, Any] = {}
        self.marks: dict[str, list[str]] = {}
        self.paths: dict[str, str] = {}

    @property
    def place(self) -> str:
        """The start of the places of what it holds."""
        if self.tag in LISTS:
            return f"{LISTS[self.tag]}[{self.number}]."
        return f"{self.tag}." if self.tag else ""


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
    reading = _Reading(root)
    if unwrapped:
        reading.findings.append(UNWRAPPED)
    reading.walk()
    return reading.filing()


def _is_damaged(root: etree._Element) -> bool:
    """Whether a document with another root is an ownership form all the same, by the root's name or what is in it."""
    if etree.QName(root).localname.lower().startswith("ownershipdoc"):
        return True
    return any(etree.QName(element).localname in TELLING for element in root.iter(etree.Element))


def _parse(name: str, data: bytes) -> tuple[etree._Element, bool]:
    """The root element, and whether lines had to be joined."""
    joined = unwrap(data)
    problem = ""
    for candidate in (joined, data) if joined is not data else (data,):
        if _declares(data[:4096]):
            break
        try:
            root = etree.fromstring(candidate.lstrip(), _PARSER)
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


def _declares(head: bytes) -> bool:
    """Whether a document begins with declarations of its own; one byte is asked for first, for few documents have it."""
    return b"!" in head and any(word in head.replace(b"\0", b"") for word in (b"<!DOCTYPE", b"<!ENTITY"))


class _Reading:
    """One pass over one document."""

    def __init__(self, root: etree._Element) -> None:
        self.findings: list[Finding] = []
        self._root = root
        self._top = _Part("", TOP)
        self._parts: list[_Part] = []
        self._issuer: _Part | None = None
        self._listed: dict[str, list[_Part]] = {
            "reporting_owners": [],
            "signatures": [],
            "non_derivative": [],
            "derivative": [],
        }
        self._notes = 0
        self._footnotes: dict[str, str] = {}
        self._footnote_paths: dict[str, str] = {}

    def find(self, severity: Severity, where: str, message: str, rule: str) -> None:
        self.findings.append(Finding(severity, where, message, rule))

    def walk(self) -> None:
        """Take every element in, each with the part and the group that began last before it."""
        part = self._top
        elements, values, marks, paths = part.elements, part.values, part.marks, part.paths
        field = marked = here = group = ""
        read: Callable[[str], Value] = folded
        for element in self._root.iter():
            tag: Any = element.tag  # a str, since neither comments nor instructions are kept
            if tag == "value":
                path = here + "/value"
            elif tag in elements:
                field, read, marked, belongs, in_group, alone = elements[tag]
                path = here = in_group if group == belongs else alone
            elif tag == "footnoteId":
                if marked:
                    marks.setdefault(marked, []).append(element.get("id") or "")
                    if marked not in paths:
                        paths[marked] = here
                if element.tail:
                    self._stray(element.tail, part.place + marked)
                continue
            elif tag in GROUPS:
                group, field = tag, ""
                here, marked = GROUPS[tag]
                continue
            elif tag in TOP:
                part = self._top
                elements, values, marks, paths = part.elements, part.values, part.marks, part.paths
                field, read, marked, group, _, path = TOP[tag]
                here = path
            else:
                if tag in PARTS or tag in WRAPPERS:
                    part = self._begin(tag, element) if tag in PARTS else self._top
                    elements, values, marks, paths = part.elements, part.values, part.marks, part.paths
                else:
                    self._other(tag, element, part)
                field = marked = here = group = ""
                continue
            text = element.text
            if element.tail:
                self._stray(element.tail, part.place + field)
            if not text or not field:
                continue
            value = read(text)
            if value is None:
                if text.isspace():
                    continue
                value = self._unread(read, text, part.place + field)
            elif "&" in text:
                self._check(text, part.place + field)
            paths[field] = path
            if field in values:
                said = f"The value stands twice; “{text.strip()[:80]}” came second and was left out."
                self.find("error", part.place + field, said, "xml.twice")
            elif value is not None:
                values[field] = value

    def _unread(self, read: Callable[[str], Value], text: str, where: str) -> Value:
        """The value of a text that is none of its field as it stands, or ``None``; with a finding for either."""
        found = _ZONED.fullmatch(text.strip()) if read is iso_date else None
        value = iso_date(found[1]) if found else None
        if value is None:
            expected, rule = _EXPECTED[read]
            self.find("error", where, f"“{text[:80]}” is not {expected}.", rule)
        else:
            said = f"“{text[:80]}” carries a time zone, left out: filings have days, not times."
            self.find("note", where, said, "xml.zone")
        return value

    def _stray(self, text: str, where: str) -> None:
        """Words behind an element, where only white space may stand."""
        if not text.isspace():
            said = f"“{text.strip()[:80]}” stands behind an element within the value; it was left out."
            self.find("error", where, said, "xml.stray-text")

    def _check(self, text: str, where: str) -> None:
        if _TWICE_ESCAPED.search(text):
            said = f"The text was escaped twice; it is likely meant as “{decoded(text)[:200]}”."
            self.find("warning", where, said, "xml.escaped-twice")

    def _begin(self, tag: str, element: etree._Element) -> _Part:
        """A new part of the record, which the elements that follow will fill."""
        parent = element.getparent()
        inside = "" if parent is None or parent is self._root else f"/{parent.tag!s}"
        if tag == "issuer":
            part = _Part(tag, PARTS[tag], inside=inside)
            if self._issuer is not None:
                self.find("error", "issuer", "A second issuer stands here and was left out.", "xml.twice")
                return part
            self._issuer = part
        else:
            listed = self._listed[LISTS[tag]]
            part = _Part(tag, PARTS[tag], len(listed), inside)
            listed.append(part)
        self._parts.append(part)
        return part

    def _other(self, tag: str, element: etree._Element, part: _Part) -> None:
        """A footnote, or an element that fills nothing."""
        if tag == "footnote":
            self._footnote(element)
        elif tag in FIELD_TAGS:
            said = f"<{tag}> stands where it does not belong; what it holds was left out."
            self.find("error", part.place.rstrip("."), said, "xml.out-of-place")
        elif part.tag in ROWS or tag.lower() in _ROWS_IN_ANY_CASE:
            said = f"<{tag[:60]}> is no element of the specification; what it holds was left out."
            self.find("error", part.place.rstrip("."), said, "xml.unknown-element")

    def _footnote(self, element: etree._Element) -> None:
        key = element.get("id") or ""
        where = f"footnotes.{key}"
        self._notes += 1
        if not _FOOTNOTE_ID.fullmatch(key):
            self.find("warning", where, f"“{key[:40]}” is no footnote id.", "xml.footnote-id")
        text = _prose(element.text or "")
        if len(element):
            text = _prose(" ".join(map(str, element.itertext())))
            said = (
                "The footnote holds elements, which the specification does not know; their words were kept."
            )
            self.find("warning", where, said, "xml.footnote-elements")
        if key in self._footnotes:
            said = f"A second footnote has this id and was left out: “{text[:200]}”."
            self.find("error", where, said, "xml.twice")
            return
        self._footnotes[key] = text
        if "&" in text:
            self._check(text, where)
        self._footnote_paths[key] = f"/footnote[{self._notes}]"

    def filing(self) -> Filing:
        """The record of what was taken in."""
        values = self._top.values
        values.update(
            container="xml",
            issuer=Issuer.of(self._issuer.values) if self._issuer else Issuer(),
            reporting_owners=tuple([Owner.of(part.values) for part in self._listed["reporting_owners"]]),
            non_derivative=tuple([_row(part) for part in self._listed["non_derivative"]]),
            derivative=tuple([_row(part) for part in self._listed["derivative"]]),
            footnotes=self._footnotes,
            signatures=tuple([Signature.of(part.values) for part in self._listed["signatures"]]),
            findings=tuple(self.findings),
            sources=ElementPaths(partial(_paths, self._top.paths, self._parts, self._footnote_paths)),
        )
        return Filing.of(values)


def _paths(top: dict[str, str], parts: list[_Part], footnotes: dict[str, str]) -> PathParts:
    """The path of each part's element, and those of its values from there on."""
    found = {
        "": ("/ownershipDocument", top),
        "footnotes.": ("/ownershipDocument/footnotes", footnotes),
    }
    counts: Counter[str] = Counter()
    for part in parts:
        counts[part.tag] += 1
        path = f"/ownershipDocument{part.inside}/{part.tag}[{counts[part.tag]}]"
        found[part.place] = (path, part.paths)
    return found


def _row(part: _Part) -> Row:
    values = part.values
    transaction = part.tag in _TRANSACTIONS or (
        part.tag not in _HOLDINGS and ("transaction_date" in values or "transaction_code" in values)
    )
    values["row_type"] = "transaction" if transaction else "holding"
    values["footnotes"] = {field: tuple(ids) for field, ids in part.marks.items()}
    return Row.of(values)


def _prose(text: str) -> str:
    """A footnote with its white space folded, which in a long text costs less to look for than to do."""
    if text.isascii() and not ("\n" in text or "  " in text or "\t" in text or "\r" in text):
        return text.strip()
    return folded(text) or ""


def decoded(text: str) -> str:
    """``text`` with entities decoded until nothing changes, at most four times."""
    for _ in range(4):
        plain = unescape(text)
        if plain == text:
            break
        text = plain
    return text
