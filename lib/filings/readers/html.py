"""EDGAR's own page of a form: tables nested in tables, read cell by cell.

The page carries what the form prints, and in its links the CIKs that print leaves out. Marks stand in
``sup`` elements, so they never mix with numbers or titles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree, html

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.form import (
    EXPLANATION,
    NOTHING_OWNED,
    TITLE_I,
    TITLE_II,
    Table,
    Text,
    columns,
    issuer_and_symbol,
    split_marks,
    unplaced_row,
)
from lib.filings.printed import Printed, PrintedOwner, assemble
from lib.filings.record import Filing, Source
from lib.filings.values import folded

MAX_BYTES = 10_000_000
_PATH = "stakeline-path"
_NO_NAME = re.compile(r"[^\w:.-]")
_CIK = re.compile(r"CIK=0*(\d{1,10})", re.IGNORECASE)
_FORM = re.compile(r"\bFORM\s+([345])\b(?:/A)?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(\d{1,2})\.\s+(.*)", re.DOTALL)
_TICK = re.compile(r"[Xx]")
_SILENT = frozenset({"style", "script", "head", "#"})
_BLOCKS = frozenset({"td", "th", "tr", "table", "div", "p"})
_ROLES = (
    ("is_director", re.compile(r"^Director")),
    ("is_ten_percent_owner", re.compile(r"^10% Owner")),
    ("is_officer", re.compile(r"^Officer")),
    ("is_other", re.compile(r"^Other")),
)


def read_html(name: str, data: bytes) -> Filing:
    """The filing on an EDGAR page. Raises ``UnreadableFiling``."""
    if len(data) > MAX_BYTES:
        raise UnreadableFiling(name, "is a page of more than 10 MB, which no ownership form is")
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = html.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFiling(name, "is not a page that can be read", "Save it again from EDGAR") from error
    printed = Printed("html", form=_form(root))
    if not printed.form:
        raise NotAFiling(
            name,
            "is a web page, but not that of a Form 3, 4 or 5",
            "Save the form itself: on EDGAR, the document whose name ends in .xml, shown as a page",
        )
    _number_paths(root)
    _head(root, printed)
    for table in root.iter("table"):
        _table(table, printed)
    return assemble(name, printed)


def _form(root: html.HtmlElement) -> str:
    text = " ".join(_words(root).split()[:60])
    found = _FORM.search(text)
    return found[1] if found and "SECURITIES AND EXCHANGE COMMISSION" in text.upper() else ""


def _words(element: html.HtmlElement) -> str:
    """The element's text; line breaks and the ends of blocks part words, inline elements do not."""
    return "".join(_parts(element, marks=True)).strip() if isinstance(element.tag, str) else ""


def _cell(element: html.HtmlElement) -> Text:
    """A cell of a table: its words without its marks, its marks, its place."""
    marks = [n for sup in element.iter("sup") for n in split_marks(_words(sup))[1]]
    text = "".join(_parts(element, marks=False)).strip()
    return Text(text, tuple(marks), _source(element))


def _parts(element: html.HtmlElement, marks: bool) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else "#"
        if tag == "br" or tag in _BLOCKS:
            yield " "
        if tag not in _SILENT and not (tag == "sup" and not marks and split_marks(_words(child))[1]):
            yield from _parts(child, marks)
        if tag in _BLOCKS:
            yield " "
        yield child.tail or ""


def _number_paths(root: html.HtmlElement) -> None:
    """Write each element's path on it, in one walk: lxml's own look-up counts siblings anew every time."""
    root.set(_PATH, f"/{root.tag!s}")
    for parent in root.iter(etree.Element):
        of_tag = Counter(child.tag for child in parent)
        seen: Counter[object] = Counter()
        for child in parent:
            if isinstance(child.tag, str):
                seen[child.tag] += 1
                number = f"[{seen[child.tag]}]" if of_tag[child.tag] > 1 else ""
                child.set(_PATH, f"{parent.get(_PATH)}/{_NO_NAME.sub('?', child.tag)}{number}")


def _source(element: html.HtmlElement) -> Source:
    return Source(path=element.get(_PATH), line=element.sourceline)


def _head(root: html.HtmlElement, printed: Printed) -> None:
    """The boxes above Table I: each is a cell that starts with its number and label."""
    for cell in root.iter("td"):
        text = folded(_own_start(cell)) or ""
        if text.startswith("1. Name and Address"):
            printed.owners.append(_owner(cell))
        elif re.match(r"[23]\. Issuer Name", text):
            _issuer(cell, printed)
        elif re.match(r"(3\. Date of Earliest|2\. Date of Event|3\. Statement for Issuer)", text):
            printed.period = _answer(cell)
        elif re.match(r"[45]\. If Amendment", text):
            printed.original_filed = _answer(cell)
        elif re.match(r"[45]\. Relationship", text):
            _relationship(cell, printed)
        elif text.startswith("Check this box if no longer subject"):
            printed.section16_ticked = _ticked(cell)
        elif text.startswith("Check this box to indicate that a transaction"):
            printed.aff10b5_one = _ticked(cell)


def _own_start(cell: html.HtmlElement) -> str:
    """The words at the start of a cell, before any table inside it."""
    parts = [cell.text or ""]
    for child in cell:
        if child.tag == "table":
            break
        parts += [_words(child), child.tail or ""]
    return "".join(parts)


def _answer(cell: html.HtmlElement) -> Text:
    """What follows the label of a box: the filled-in span."""
    spans = [s for s in cell.iter("span") if "FormData" in (s.get("class") or "")]
    if spans:
        return Text(_words(spans[-1]), source=_source(spans[-1]))
    found = re.search(r"\d{1,2}/\d{1,2}/\d{4}", _words(cell))
    return Text(found[0] if found else "", source=_source(cell))


def _owner(cell: html.HtmlElement) -> PrintedOwner:
    owner = PrintedOwner()
    lines = list(cell.iter("tr"))
    after_street = False
    for row in lines:
        cells = [Text(_words(td), source=_source(td)) for td in row.iter("td")]
        label = " ".join(c.text for c in cells)
        if label.startswith("(Last)") or label.startswith("(City)"):
            after_street = after_street or label.startswith("(City)")
            continue
        if len(cells) >= 3:
            owner.city, owner.state, owner.zip_code = cells[:3]
        elif not owner.name.text:
            owner.name = cells[0] if cells else owner.name
            link = row.find(".//a")
            found = _CIK.search(link.get("href") or "") if link is not None else None
            owner.cik = found[1].zfill(10) if found else None
        elif not after_street and cells:
            owner.streets.append(cells[0])
    return owner


def _issuer(cell: html.HtmlElement, printed: Printed) -> None:
    """Name and symbol; the name is a link where the page keeps the CIK."""
    said = _words(cell).removeprefix(folded(_own_label(cell)) or "")
    name, symbol = issuer_and_symbol(said)
    printed.issuer_symbol = Text(symbol or "", source=_source(cell))
    link = cell.find(".//a")
    if link is None:
        printed.issuer_name = Text(name or "", source=_source(cell))
        return
    printed.issuer_name = Text(_words(link), source=_source(link))
    found = _CIK.search(link.get("href") or "")
    printed.issuer_cik = found[1].zfill(10) if found else None


def _own_label(cell: html.HtmlElement) -> str:
    """The label that a box begins with: its first element's words."""
    return _words(cell[0]) if len(cell) else ""


def _relationship(cell: html.HtmlElement, printed: Printed) -> None:
    if not printed.owners:
        printed.owners.append(PrintedOwner())
    owner = printed.owners[0]
    rows = list(cell.iter("tr"))
    for row in rows:
        cells = list(row.iter("td"))
        for tick, label in pairwise(cells):
            words = folded(_words(label)) or ""
            for role, pattern in _ROLES:
                if pattern.match(words) and _TICK.fullmatch(_words(tick)):
                    owner.roles[role] = Text("X", source=_source(tick))
    if rows:
        cells = list(rows[-1].iter("td"))
        if len(cells) == 4:
            owner.officer_title = Text(_words(cells[1]), source=_source(cells[1]))
            owner.other_text = Text(_words(cells[3]), source=_source(cells[3]))
        elif len(cells) == 1:
            spans = [Text(_words(s), source=_source(s)) for s in cells[0].iter("span")]
            if len(spans) == 2:
                owner.officer_title, owner.other_text = spans


def _ticked(cell: html.HtmlElement) -> bool:
    before = cell.getprevious()
    return before is not None and bool(_TICK.fullmatch(_words(before)))


def _table(table: html.HtmlElement, printed: Printed) -> None:
    """A table that stands by itself: Table I, Table II, the explanations or the signatures."""
    rows = [row for row in table.iter("tr") if _nearest_table(row) is table]
    if not rows:
        return
    head = _words(rows[0])
    if TITLE_I.search(head):
        _lines("non_derivative", rows, printed)
    elif TITLE_II.search(head):
        _lines("derivative", rows, printed)
    elif EXPLANATION.search(head):
        _explanation(rows, printed)
    elif "Signature of Reporting Person" in _words(table) and "Name and Address" not in head:
        _signatures(rows, printed)


def _nearest_table(row: html.HtmlElement) -> html.HtmlElement | None:
    return next(iter(row.iterancestors("table")), None)


def _lines(table: Table, rows: list[html.HtmlElement], printed: Printed) -> None:
    for row in rows:
        cells = row.findall("td")
        names = columns(table, printed.form, len(cells))
        if names:
            printed.rows.append((table, dict(zip(names, map(_cell, cells), strict=True))))
        elif cells and (said := _words(row)) and "Title of" not in said:
            printed.findings.append(unplaced_row(table, said, len(cells)))


def _explanation(rows: list[html.HtmlElement], printed: Printed) -> None:
    in_remarks = False
    remarks: list[Text] = []
    for row in rows[1:]:
        text = folded(_words(row)) or ""
        if text.startswith("Remarks:") and not in_remarks:
            in_remarks = True
            text = text.removeprefix("Remarks:").strip()
        if in_remarks:
            if text:
                remarks.append(Text(text, source=_source(row)))
        elif NOTHING_OWNED.search(text) and not _FOOTNOTE.match(text):
            printed.no_securities_owned = True
        elif found := _FOOTNOTE.match(text):
            printed.footnotes[int(found[1])] = Text(found[2], source=_source(row))
    if remarks:
        printed.remarks = Text(" ".join(r.text for r in remarks), source=remarks[0].source)


def _signatures(rows: list[html.HtmlElement], printed: Printed) -> None:
    """Every line above the label "** Signature of Reporting Person" is one signature and its date."""
    for row in rows:
        cells = [Text(_words(td), source=_source(td)) for td in row.findall("td")]
        if any("Signature of Reporting Person" in cell.text for cell in cells):
            return
        filled = [cell for cell in cells if cell.text]
        if filled:
            printed.signatures.append((filled[0], filled[1] if len(filled) > 1 else Text("")))
