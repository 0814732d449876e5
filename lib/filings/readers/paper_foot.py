"""Below the tables: footnotes, remarks, the table of reporting owners, and the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lib.filings.form import NOTHING_OWNED, Text, city_state_zip
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.paper import Piece, Section, bands, squeezed
from lib.filings.readers.sheet import (
    Line,
    Sheet,
    Word,
    by_gaps,
    joined,
    lines_of,
    running,
    source_of,
    text_of,
)

_NUMBER = re.compile(r"\(?(\d{1,2})[.)]")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_LABEL = re.compile(r"\*{1,2}Signatureof")
"""The label below a signature; recognition may see one of its asterisks."""
_LABEL_ENDS = frozenset(
    {"Signatures", "Person", "PersonDate", "Date", "ReportingPerson", "ReportingPersonDate"}
)
_OWNERS_HEAD = re.compile("ReportingOwnerName/Address")
_ROLES = ("is_director", "is_ten_percent_owner", "is_officer", "is_other")


def read_below(sections: Sequence[Section], printed: Printed) -> None:
    """Fill footnotes, remarks, owners and signatures from what follows the tables."""
    for section in sections:
        lines = list(_lines(section.pieces))
        if section.kind == "explanation":
            _footnotes(_before_signatures(lines)[1:], printed)
        elif section.kind == "remarks":
            _remarks(_before_signatures(lines), printed)
        elif section.kind == "owners":
            _owners(section, printed)
        _signatures(lines, printed, own_section=section.kind == "signatures")


def _lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    for piece in pieces:
        for line in lines_of(piece.words()):
            yield piece.sheet, line


def _before_signatures(lines: list[Line]) -> list[Line]:
    """The lines above the signatures: a signature's line starts at its label's left edge, text does not."""
    label = next((line for _, line in lines if _LABEL.search(squeezed(line))), None)
    if label is None:
        return lines
    at = next(n for n, (_, line) in enumerate(lines) if line is label)
    while at and lines[at - 1][1][0].x0 >= label[0].x0 - 8:
        at -= 1
    return lines[:at]


def _footnotes(lines: list[Line], printed: Printed) -> None:
    number = 0
    kept: list[Line] = []

    def close() -> None:
        if number and kept:
            printed.footnotes[number] = running(kept)

    for sheet, line in lines:
        found = _NUMBER.fullmatch(line[0].text)
        left = min((other[0].x0 for _, other in lines), default=0.0)
        if found and int(found[1]) == number + 1 and line[0].x0 < left + 4:
            close()
            number, kept = number + 1, [(sheet, line[1:])]
        elif number:
            kept.append((sheet, line))
        elif NOTHING_OWNED.search(text_of(line)):
            printed.no_securities_owned = True
    close()


def _remarks(lines: list[Line], printed: Printed) -> None:
    if lines:
        sheet, first = lines[0]
        after = first[1:] if first[0].text == "Remarks:" else []
        printed.remarks = running([(sheet, after), *lines[1:]])


def _owners(section: Section, printed: Printed) -> None:
    """The table of reporting owners at the end of the investor-relations layout, which goes before box 1."""
    owners: list[PrintedOwner] = []
    for band in bands(section, _OWNERS_HEAD):
        if len(band.cells) != 5 or not band.cells[0]:
            continue
        lines = [
            (sheet, line)
            for sheet in dict.fromkeys(s for s, _ in band.cells[0])
            for line in lines_of([w for on, w in band.cells[0] if on is sheet])
        ]
        texts = [Text(text_of(line), source=source_of(sheet, line)) for sheet, line in lines]
        if texts and texts[0].text in {"Director", "10% Owner"}:
            continue
        owners.append(_owner(texts, band.cells[1:]))
    for box, owner in zip(printed.owners, owners, strict=False):
        owner.roles = box.roles | owner.roles
        owner.officer_title = owner.officer_title if owner.officer_title.text else box.officer_title
        owner.other_text = owner.other_text if owner.other_text.text else box.other_text
        owner.cik = box.cik
    if owners:
        printed.owners = owners


def _owner(lines: list[Text], roles: list[list[tuple[Sheet, Word]]]) -> PrintedOwner:
    owner = PrintedOwner(name=lines[0])
    if len(lines) > 1:
        city, state, zip_code = city_state_zip(lines[-1].text)
        owner.streets = lines[1:-1]
        owner.city = Text(city or "", source=lines[-1].source)
        owner.state = Text(state or "", source=lines[-1].source)
        owner.zip_code = Text(zip_code or "", source=lines[-1].source)
    for role, cell in zip(_ROLES, roles, strict=True):
        words = [word for _, word in cell]
        if not words:
            continue
        source = source_of(cell[0][0], words)
        owner.roles[role] = Text("X", source=source)
        text = joined(text_of(line) for line in lines_of(words))
        if role == "is_officer" and text.upper() != "X":
            owner.officer_title = Text(text, source=source)
        elif role == "is_other" and text.upper() != "X":
            owner.other_text = Text(text, source=source)
    return owner


def _signatures(lines: list[Line], printed: Printed, own_section: bool) -> None:
    """Above each label the signers' names and dates.

    Where the signatures have no section of their own, their lines start at the label's left edge, far right
    of the footnotes above them.
    """
    block: list[Line] = []
    for sheet, line in lines:
        text = squeezed(line)
        if _LABEL.search(text):
            if not own_section:
                block = [found for found in block if found[1][0].x0 >= line[0].x0 - 8]
            _signers(block, printed)
            block = []
        elif text not in _LABEL_ENDS:
            block.append((sheet, line))


def _over_pages(groups: list[list[Line]]) -> list[list[Line]]:
    """The lines in groups, the first of a page going on with the last of the page before."""
    found: list[list[Line]] = []
    for group in groups:
        if found and group[0][0] is not found[-1][-1][0]:
            found[-1] = [*found[-1], *group]
        else:
            found.append(group)
    return found


def _signers(block: list[Line], printed: Printed) -> None:
    """Names and dates of one block. Each signature's lines stand together, its date beside them."""
    dates = [(sheet, [word]) for sheet, line in block for word in line if _DATE.fullmatch(word.text)]
    lines = [(sheet, [w for w in line if not _DATE.fullmatch(w.text)]) for sheet, line in block]
    lines = [(sheet, line) for sheet, line in lines if line]
    groups = by_gaps(lines)
    if len(groups) > len(dates) == len(_over_pages(groups)):
        groups = _over_pages(groups)
    if len(groups) != len(dates) and dates:
        groups = [[] for _ in dates]
        for sheet, line in lines:
            beside = [n for n, (on, _) in enumerate(dates) if on is sheet] or list(range(len(dates)))
            groups[min(beside, key=lambda n: abs(dates[n][1][0].middle - line[0].middle))].append(
                (sheet, line)
            )
    for n, name in enumerate(groups):
        printed.signatures.append((running(name), running(dates[n : n + 1])))
