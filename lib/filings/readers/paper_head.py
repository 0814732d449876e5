"""The boxes in the head of the form: who, of what issuer, when, in which roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lib.filings.form import TICKED, Text, city_state_zip, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.paper import Section, squeezed
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

_TABLE = re.compile(r"TableI[-–—]+Non", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_CIK = re.compile(r"CIK=0*(\d{1,10})", re.IGNORECASE)
_NAME_AND_ADDRESS = re.compile("NameandAddressofReporting")
_ANY_CHECK = re.compile("Checkthisbox")
_ROLE_LABELS = {
    "is_director": "Director",
    "is_ten_percent_owner": "10%",
    "is_officer": "Officer",
    "is_other": "Other",
}


def read_boxes(sections: Sequence[Section], printed: Printed) -> None:
    """Fill the head's facts, and the boxes of further owners that EDGAR prints below the tables."""
    for section in sections:
        if section.kind in {"head", "owner"}:
            printed.owners += _owners(section)
    for piece in sections[0].pieces:
        for pattern, read in _BOXES:
            for word in piece.sheet.find(pattern):
                if piece.top <= word.middle <= piece.bottom:
                    read(word, piece.sheet, printed)


def _cell(sheet: Sheet, label: Word) -> list[Word]:
    left, top, right, bottom = sheet.around(label)
    return sheet.within(left, top, right, bottom)


def _issuer(label: Word, sheet: Sheet, printed: Printed) -> None:
    lines = lines_of(_cell(sheet, label))
    after = next((n for n, line in enumerate(lines) if "Symbol" in squeezed(line)), -1) + 1
    found = [word for line in lines[after:] for word in line]
    name, symbol = issuer_and_symbol(joined(text_of(line) for line in lines[after:]))
    printed.issuer_name = Text(name or "", source=source_of(sheet, found))
    printed.issuer_symbol = Text(symbol or "", source=source_of(sheet, found))
    printed.issuer_cik = _cik(found)


def _cik(words: Sequence[Word]) -> str | None:
    for word in words:
        found = _CIK.search(word.link or "")
        if found:
            return found[1].zfill(10)
    return None


def _dated(words: list[Word], sheet: Sheet) -> Text:
    for word in words:
        if _DATE.fullmatch(word.text):
            return Text(word.text, source=source_of(sheet, [word]))
    return Text("")


def _period(label: Word, sheet: Sheet, printed: Printed) -> None:
    printed.period = _dated(_cell(sheet, label), sheet)


def _original(label: Word, sheet: Sheet, printed: Printed) -> None:
    printed.original_filed = _dated(_cell(sheet, label), sheet)


def _owners(section: Section) -> Iterator[PrintedOwner]:
    """Box 1: the name above (Last), the streets above (Street), the place above (City).

    The box has the width of the cell its label stands in, and may run on to the next page.
    """
    first = section.pieces[0].sheet
    for label in first.find(_NAME_AND_ADDRESS):
        left, _, right, _ = first.around(label)
        if not section.pieces[0].top <= label.middle <= section.pieces[0].bottom:
            continue
        lines = [
            (piece.sheet, line)
            for piece in section.pieces
            for line in lines_of(
                piece.sheet.within(
                    left, max(piece.top, label.top - 1 if piece.sheet is first else 0), right, piece.bottom
                )
            )
        ]
        yield _owner(lines[1:])


def _owner(lines: list[Line]) -> PrintedOwner:
    owner = PrintedOwner()
    part: list[Line] = []
    for sheet, line in lines:
        text = squeezed(line)
        if text.startswith("(Last)"):
            owner.name = running(part)
            owner.cik = _cik([w for _, kept in part for w in kept])
        elif text.startswith("(Street)"):
            owner.streets = [running(street) for street in by_gaps(part)]
        elif text.startswith("(City)"):
            _place(owner, part, line)
            break
        else:
            part.append((sheet, line))
            continue
        part = []
    return owner


def _place(owner: PrintedOwner, lines: list[Line], labels: list[Word]) -> None:
    """City, state and zip code: in thirds under EDGAR's labels, or in one line with a comma."""
    starts = [word.x0 for word in labels]
    left = min((line[0].x0 for _, line in lines), default=0.0)
    if len(starts) == 3 and lines and abs(left - starts[0]) < 2:
        bounds = [0.0, starts[1] - 2, starts[2] - 2, 1e9]
        thirds = [
            running([(sheet, [w for w in line if low <= w.x0 < high]) for sheet, line in lines])
            for low, high in pairwise(bounds)
        ]
        owner.city, owner.state, owner.zip_code = thirds
    else:
        whole = running(lines)
        city, state, zip_code = city_state_zip(whole.text)
        owner.city, owner.state = (
            Text(city or "", source=whole.source),
            Text(state or "", source=whole.source),
        )
        owner.zip_code = Text(zip_code or "", source=whole.source)


def _roles(label: Word, sheet: Sheet, printed: Printed) -> None:
    if not printed.owners:
        return
    owner = printed.owners[0]
    # Where the rule below the boxes is not seen, the title of Table I ends them.
    end = min((word.top for word in sheet.find(_TABLE) if word.top > label.top), default=1e9)
    words = [word for word in _cell(sheet, label) if word.middle < end]
    labels = _role_labels(words)
    if len(labels) < 4:
        return
    for role, word in labels.items():
        tick = _tick_before(words, word, labels)
        if tick:
            owner.roles[role] = Text("X", source=source_of(sheet, [tick]))
    _titles(owner, sheet, words, labels)


def _role_labels(words: Sequence[Word]) -> dict[str, Word]:
    """The first word of each role's label. A title below may hold the same words, so the first counts."""
    labels: dict[str, Word] = {}
    for line in lines_of(words):
        if "Checkallapplicable" in squeezed(line) or "Relationship" in squeezed(line):
            continue
        for word in line:
            for role, text in _ROLE_LABELS.items():
                if word.text == text and role not in labels:
                    labels[role] = word
    return labels


def _tick_before(words: Sequence[Word], label: Word, labels: dict[str, Word]) -> Word | None:
    """The X left of a label, right of any other label on its line, at the height of the label's lines."""
    others = [w.x1 for w in labels.values() if w.x1 < label.x0 and abs(w.middle - label.middle) < label.size]
    start = max(others, default=0.0)
    reach = 1.2 * label.size
    for word in words:
        if start <= word.x0 and word.x1 <= label.x0 + 1 and TICKED.fullmatch(word.text):
            nearest = min(
                labels.values(),
                key=lambda w: abs(w.middle + 0.5 * w.size - word.middle) + (w.x0 < word.x0) * 1e3,
            )
            if abs(word.middle - label.middle) <= reach and abs(nearest.top - label.top) < label.size / 2:
                return word
    return None


def _titles(owner: PrintedOwner, sheet: Sheet, words: Sequence[Word], labels: dict[str, Word]) -> None:
    """The officer's title and the other role's text, below the labels, in EDGAR's two columns or one line."""
    officer, other = labels["is_officer"], labels["is_other"]
    floor = max(w.bottom for w in words if w.text.endswith("below)")) if any(
        w.text.endswith("below)") for w in words
    ) else officer.bottom  # fmt: skip
    below = [w for w in words if w.middle > floor - 1 and not TICKED.fullmatch(w.text)]
    if not below:
        return
    if any(w.text == "/" for w in below) and abs(below[0].x0 - min(w.x0 for w in words)) < 4:
        lines = lines_of(below)
        text = joined(map(text_of, lines))
        title, _, rest = (
            text.rpartition(" /") if text.endswith(" /") or "is_other" in owner.roles else (text, "", "")
        )
        owner.officer_title = Text(title.strip(), source=source_of(sheet, below))
        owner.other_text = Text(rest.strip(), source=source_of(sheet, below))
        return
    left = running([(sheet, line) for line in lines_of([w for w in below if w.center < other.x0])])
    right = running([(sheet, line) for line in lines_of([w for w in below if w.center >= other.x0])])
    if "is_other" in owner.roles and "is_officer" not in owner.roles and not right.text:
        left, right = right, left
    owner.officer_title, owner.other_text = left, right


def _no_longer(label: Word, sheet: Sheet, printed: Printed) -> None:
    printed.section16_ticked = _ticked(label, sheet)


def _plan(label: Word, sheet: Sheet, printed: Printed) -> None:
    printed.aff10b5_one = _ticked(label, sheet)


def _ticked(label: Word, sheet: Sheet) -> bool:
    """Whether an X or a crossed box stands left of the label's lines, or in front of its first word."""
    near = sheet.within(0, label.middle - label.size, label.x0 + 1, label.middle + 8 * label.size)
    below = [w.top for w in sheet.find(_ANY_CHECK) if w.top > label.top + 1]
    return any(TICKED.fullmatch(w.text) for w in near if w.middle < min(below, default=1e9) - 1)


_BOXES = (
    (re.compile("IssuerName(?:and)?Ticker"), _issuer),
    (re.compile("DateofEarliest|DateofEvent|StatementforIssuer"), _period),
    (re.compile("IfAmendment,?Date"), _original),
    (re.compile("RelationshipofReporting"), _roles),
    (re.compile("Checkthisboxifnolonger"), _no_longer),
    (re.compile("Checkthisboxtoindicate"), _plan),
)
