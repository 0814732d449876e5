"""The boxes in the head of a form, in a dump whose columns stand: three columns of boxes side by side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from lib.filings.form import ASKS_FOR_PLAN, Text, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_lines import Run, Word, chunks, text_of
from lib.filings.record import Finding

Lines = Sequence[Sequence[Word]]

_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NAME: Final = re.compile(r"1\. Name and Address of Reporting Person\*?")
_ISSUER: Final = re.compile(r"[23]\. Issuer Name and Ticker or Trading Symbol")
_PERIOD: Final = re.compile(
    r"3\. Date of Earliest Transaction|2\. Date of Event|3\. Statement for Issuer's Fiscal Year Ended"
)
_AMENDED: Final = re.compile(r"[45]\. If Amendment,")
_RELATION: Final = re.compile(r"[45]\. Relationship of Reporting")
_JOINT: Final = re.compile(r"6\. Individual")
_SUITE: Final = re.compile(r"(?:\b(?:SUITE|STE\.?|FLOOR|UNIT|ROOM|BOX|NO\.?)|[,#&])$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"#?\w{0,3}\d\w{0,5}$")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]")
_RELATION_LABEL: Final = frozenset({"Issuer", "(Check", "all", "applicable)"})
_ROLE_LABELS: Final = frozenset({"Director", "10%", "Officer", "Other"})
_ROLES: Final = {
    ("left", True): "is_director",
    ("right", True): "is_ten_percent_owner",
    ("left", False): "is_officer",
    ("right", False): "is_other",
}
_ROLE_WORDS: Final = {
    "left": ("Director", "Officer", "(give", "title", "below)"),
    "right": ("10%", "Owner", "Other", "(specify", "below)"),
}


def read_boxes(lines: Lines, printed: Printed) -> None:
    """Everything above Table I."""
    top = next((n for n, line in enumerate(lines) if _NAME.search(" ".join(w.text for w in line))), None)
    if top is None:
        return
    _switches(lines[:top], printed)
    edges = _edges(lines[top:], printed.form)
    boxes = [_side(lines[top:], start, end) for start, end in zip(edges, [*edges[1:], 1e9], strict=True)]
    owner = _owner(boxes[0], printed)
    middle = Run([w for box in boxes[1:] for line in box for w in line])
    _facts(middle, printed)
    for box in boxes[1:]:
        _roles(box, owner)


def read_later_owner(lines: Lines, printed: Printed) -> None:
    """A further reporting person: a box 1 by itself below the tables."""
    _owner(lines, printed)


def _edges(lines: Lines, form: str) -> list[float]:
    """Where the columns of boxes start."""
    wanted = ("1.", "2.", "3.", "5.") if form == "3" else ("1.", "2.", "5.")
    labels = {
        "1.": "Name",
        "2.": "Date" if form == "3" else "Issuer",
        "3.": "Issuer",
        "5.": "If" if form == "3" else "Relationship",
    }
    found: dict[str, float] = {}
    for line in lines:
        for a, b in itertools.pairwise(line):
            if a.text in wanted and labels[a.text] == b.text:
                found.setdefault(a.text, a.start)
    return sorted(found.values())


def _side(lines: Lines, start: float, end: float) -> list[list[Word]]:
    """The words of one column of boxes: groups that begin in it, up to a word that begins the next."""
    return [
        [w for group in chunks(line, (start, end)) if start - 2 <= group[0].start < end - 2 for w in group]
        for line in lines
    ]


def _switches(lines: Lines, printed: Printed) -> None:
    """The ticks beside the two statements in the left margin."""
    if not lines:
        return
    text = " ".join(w.text for line in lines for w in line)
    if ASKS_FOR_PLAN.search(text):
        printed.aff10b5_one = False
    first = second = len(lines)
    for n, line in enumerate(lines):
        words = " ".join(w.text for w in line)
        if "Check this box if no longer" in words:
            first = n
        if "Check this box to indicate" in words:
            second = n
    for n, line in enumerate(lines):
        if line and line[0].text == "X" and n >= min(first, second) - 1:
            if n >= second - 1:
                printed.aff10b5_one = True
            elif n <= first + 4:
                printed.section16_ticked = True


def _owner(lines: Lines, printed: Printed) -> PrintedOwner:
    """Box 1, kept in ``printed``: name, streets, and a last line in three columns."""
    owner = PrintedOwner()
    name: list[Word] = []
    streets: list[Sequence[Word]] = []
    place: list[Sequence[Word]] = []
    edges: list[float] = []
    part = "before"
    for line in lines:
        if not line:
            continue
        words = [w.text for w in line]
        text = " ".join(words)
        if _NAME.search(text):
            part = "name"
        elif words[0] == "(Last)":
            part = "street"
        elif words[0] == "(Street)":
            part = "place"
        elif words[0] == "(City)":
            edges = [w.start for w in line if w.text in {"(City)", "(State)", "(Zip)"}]
            break
        elif part == "name":
            name += line
        elif part == "street":
            streets.append(line)
        elif part == "place":
            place.append(line)
    owner.name = text_of(name)
    owner.streets = unwrapped(streets, f"reporting_owners[{len(printed.owners)}]", printed.findings)
    printed.owners.append(owner)
    _place(place, edges, owner)
    return owner


def unwrapped(lines: Lines, where: str, findings: list[Finding]) -> list[Text]:
    """The streets of an address, of which EDGAR keeps two: a line too long for its box goes on below.

    Of three lines two are one; of two lines that cannot stand apart, such as ``SUITE`` and ``101``, too.
    """
    streets = [text_of(line) for line in lines]
    pairs = list(range(1, len(streets)))
    if len(streets) == 2:
        pairs = [n for n in pairs if _SUITE.search(streets[0].text) and _NUMBER.match(streets[1].text)]
    if len(streets) == 2 and not pairs and streets[0].text.endswith(","):
        message = "The first line ends in a comma, so that the two may be one that was too long for its box."
        findings += [
            Finding("note", f"{where}.{street}", message, "text.street_lines")
            for street in ("street1", "street2")
        ]
    if len(streets) in {2, 3} and pairs:
        # The fuller a line and the longer the word after it, the less they had room together.
        n = max(pairs, key=lambda n: len(streets[n - 1].text) + len(streets[n].text.split()[0]))
        whole = f"{streets[n - 1].text} {streets[n].text}"
        streets[n - 1 : n + 1] = [Text(whole, source=streets[n - 1].source)]
        findings += [
            Finding("note", f"{where}.{street}", f"“{whole}” was printed on two lines.", "text.street_lines")
            for street in ("street1", "street2")
        ]
    return streets


def _place(lines: Lines, edges: Sequence[float], owner: PrintedOwner) -> None:
    """City, state and zip code by the places of the labels under them."""
    cells: list[list[Word]] = [[], [], []]
    for line in lines:
        for group in chunks(line):
            column = max((n for n, x in enumerate(edges) if group[0].start >= x - 2), default=0)
            cells[min(column, 2)] += group
    if cells[1] and not cells[2] and not any(_STATE.fullmatch(w.text) for w in cells[1]):
        cells[1], cells[2] = [], cells[1]
    if not cells[1]:
        # A long city reaches up to the state: one space parts them.
        state = next((w for w in _line_ends(cells[0]) if _STATE.fullmatch(w.text)), None)
        if state:
            cells[0].remove(state)
            cells[1].append(state)
    owner.city, owner.state, owner.zip_code = (text_of(words) for words in cells)


def _line_ends(words: Sequence[Word]) -> list[Word]:
    """The last word of every line."""
    return list({w.line: w for w in words}.values())


def _facts(run: Run, printed: Printed) -> None:
    """Issuer, symbol, period and date of the original, from labels and what follows them."""
    label_end = re.compile(rf"{_PERIOD.pattern}|{_RELATION.pattern}|{_AMENDED.pattern}|\(Check all|$")
    words = run.after(_ISSUER, label_end)
    issuer, symbol = issuer_and_symbol(" ".join(w.text for w in words))
    source = text_of(words).source
    printed.issuer_name = Text(issuer or "", source=source)
    printed.issuer_symbol = Text(symbol or "", source=source)
    for label, name in ((_PERIOD, "period"), (_AMENDED, "original_filed")):
        found = run.after(label, re.compile(rf"{_AMENDED.pattern}|{_JOINT.pattern}|{_ISSUER.pattern}|$"))
        dates = [w for w in found if _DATE.fullmatch(w.text)]
        setattr(printed, name, text_of(dates[:1]))


def _roles(box: Lines, owner: PrintedOwner) -> None:
    """The ticks of the relationship box, and the titles under them."""
    lines = _relation_lines(box)
    places: dict[str, Word] = {}
    for word in (w for line in lines for w in line if w.text in _ROLE_LABELS):
        places.setdefault(word.text, word)
    if len(places) < len(_ROLE_LABELS):
        return
    middle = places["10%"].line
    under = [w.line for line in lines for w in line if w.text in {"below)", "(give", "Officer"}][:3]
    split = min(places["10%"].start, places["Other"].start) - 1
    expected = {side: list(words) for side, words in _ROLE_WORDS.items()}
    titles: dict[str, list[Word]] = {"left": [], "right": []}
    for word in (w for line in lines for w in line):
        side = "left" if word.start < split else "right"
        if word.text == "X" and word.start < places["Other"].start and word.line <= max(under) + 1:
            side = "left" if word.start < places["Officer"].start else "right"
            upper = abs(word.line - middle) < abs(word.line - min(under, key=lambda y: abs(y - word.line)))
            owner.roles[_ROLES[side, upper]] = Text("X", source=word.source)
        elif word.text in expected[side]:
            expected[side].remove(word.text)
        elif word.line > middle:
            titles[side].append(word)
    owner.officer_title, owner.other_text = text_of(titles["left"]), text_of(titles["right"])


def _relation_lines(box: Lines) -> list[list[Word]]:
    """The lines of the relationship box below its label."""
    lines: list[list[Word]] = []
    inside = False
    for line in box:
        text = " ".join(w.text for w in line)
        if inside and (_JOINT.search(text) or _AMENDED.search(text)):
            break
        if inside:
            lines.append([w for w in line if w.text not in _RELATION_LABEL])
        inside = inside or bool(_RELATION.search(text))
    return lines
