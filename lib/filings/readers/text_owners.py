"""Reporting persons' boxes put together from lines that a converter moved about.

A box 1 is a name, "(Last) (First) (Middle)", streets, "(Street)", a city, "(City) (State) (Zip)". Where a page's
end or a guessed table tore one apart, its rest is taken up where it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.filings.form import Text
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_boxes import unwrapped
from lib.filings.readers.text_head import ISSUER, NAME, RELATION, read_place, street_lines
from lib.filings.readers.text_lines import Run, Word, text_of
from lib.filings.record import Finding

ADDRESS: Final = re.compile(r"\((?:Last|Street|City)\)")
_PARTS: Final = re.compile(
    rf"(?:(?<!\S)\w\. )?(?P<name>{NAME.pattern})|(?P<last>\(Last\)(?: ?\(First\))?(?: ?\(Middle\))?)|(?P<street>\(Street\))"
    rf"|(?P<city>\(City\)(?: ?\(State\))?(?: ?\(Zip\))?)|(?P<other>(?<!\S)[2-6]\. (?=[A-Z])|{ISSUER.pattern}|{RELATION.pattern})"
)
_STRAY_LABEL: Final = re.compile(r"\((?:First|Middle|State|Zip)\)")
_MARK: Final = re.compile(r"\(\d{1,2}\)?|^\d{1,2}\)")
_MAX_STRAYS: Final = 3
_ONE_LINE: Final = 3
"""More words than this are a street by themselves."""


@dataclass
class _Box:
    name: list[Word] = field(default_factory=list)
    streets: list[list[Word]] = field(default_factory=list)
    place: list[Word] = field(default_factory=list)
    stage: str = "name"
    first: bool = False


class Owners:
    """Takes the lines of a document in order; ``into`` sets down the owners found."""

    def __init__(self) -> None:
        self._open: _Box | None = None
        self._torn: list[_Box] = []
        self._done: list[_Box] = []
        self._strays: list[list[Word]] = []

    @property
    def reading(self) -> bool:
        """Whether a box is open."""
        return self._open is not None

    def interrupt(self) -> None:
        """Something else follows: an unfinished box waits for its rest."""
        if self._open and (self._open.name or self._open.streets):
            self._torn.append(self._open)
        self._open = None

    def stray(self, line: Sequence[Word]) -> None:
        """A line that may turn out to be the name or street above a label; an empty one parts it from others."""
        self._strays = [*self._strays, list(line)][-_MAX_STRAYS:] if line else []

    def line(self, words: Sequence[Word], first: bool = False) -> int:
        """A line of boxes; returns how many stray lines before it turned out to belong to it.

        ``first`` tells that it stands beside the issuer's box.
        """
        run = Run(words)
        before, used, at = "", 0, 0
        for found in _PARTS.finditer(run.text):
            self._words(run.between(at, found.start()), before)
            at = found.end()
            before = found.lastgroup or ""
            used += self._label(before, first)
            if before == "other":
                return used
        self._words(run.between(at, len(run.text) + 1), before)
        return used

    def _label(self, label: str, first: bool) -> int:
        """A label begins the next part of a box; returns how many stray lines it turned out to follow."""
        if label == "name":
            self.interrupt()
            self._open = _Box(first=first)
            return 0
        used = 0
        if label in {"last", "street"} and not self._open:
            # What stands above the first box is the form's heading.
            strays = (
                [line for line in self._strays if not _of_table(line)] if self._torn or self._done else []
            )
            self._open = self._torn.pop(0) if self._torn else _Box()
            lines = strays if label == "street" else strays[-1:]
            if label == "street" or not self._open.name:
                used = len(self._strays) if label == "street" else len(lines)
                if label == "street":
                    self._open.streets += lines
                elif lines:
                    self._open.name += lines[0]
            self._strays = []
        if self._open:
            self._open.stage = {"last": "street", "street": "place"}.get(label, self._open.stage)
        if label == "city" and not self._open:
            self._open = next((box for box in self._torn if box.place), None)
            self._torn = [box for box in self._torn if box is not self._open]
        if label == "city" and self._open:
            self._done.append(self._open)
            self._open = None
        return used

    def _words(self, words: Sequence[Word], label: str) -> None:
        kept = [w for w in words if not _STRAY_LABEL.fullmatch(w.text)]
        box = self._open
        if not box or not kept:
            return
        nameless = next((x for x in self._torn if not x.name), None)
        if box.stage == "name" and box.name and not label and nameless:
            # The streets of this box began elsewhere, under a label without a name.
            self._torn.remove(nameless)
            box.streets, box.stage = nameless.streets, "street"
        if box.stage == "name":
            box.name += kept
        elif box.stage == "street":
            box.streets.append(kept)
        else:
            box.place += kept

    def into(self, printed: Printed) -> None:
        """Every owner found, the first box of the form first."""
        self.interrupt()
        boxes = sorted([*self._done, *(x for x in self._torn if x.name)], key=lambda box: not box.first)
        for n, box in enumerate(boxes, len(printed.owners)):
            printed.owners.append(_owner(box, f"reporting_owners[{n}]", printed.findings))
        _cities_by_code(printed)


def _cities_by_code(printed: Printed) -> None:
    """A city that is lost is that of another reporting person with the same state and zip code."""
    cities = {(o.state.text, o.zip_code.text): o.city for o in printed.owners if o.city.text}
    for n, owner in enumerate(printed.owners):
        city = cities.get((owner.state.text, owner.zip_code.text))
        if city and owner.zip_code.text and not owner.city.text:
            owner.city = Text(city.text)
            message = f"The city is lost; another reporting person with this zip code lives in {city.text}."
            path = f"reporting_owners[{n}].city"
            printed.findings.append(Finding("warning", path, message, "text.city_by_zip_code"))


def _of_table(line: Sequence[Word]) -> bool:
    """Whether a line is the end of a table's cell: it has marks, or is a lone word that no capitals make an address's."""
    text = " ".join(w.text for w in line)
    return bool(_MARK.search(text)) or (len(line) == 1 and text.isalpha() and not text.isupper())


def _owner(box: _Box, where: str, findings: list[Finding]) -> PrintedOwner:
    owner = PrintedOwner(name=text_of(box.name))
    lines = [line for line in box.streets if line]
    whole = [line for line in lines if not _is_debris(line)]
    if len(whole) < len(lines) and any(len(line) > _ONE_LINE for line in whole):
        _left_out([line for line in lines if line not in whole], where, findings)
        lines = whole
    if any(_is_debris(line) for line in lines):
        _unsettled(lines, [f"{where}.street1", f"{where}.street2"], findings)
    elif len(lines) > 1:
        owner.streets = unwrapped(lines, where, findings)
    elif lines:
        owner.streets = street_lines(lines[0], where, findings)
    if _is_debris(box.place):
        codes = [w for w in box.place if re.fullmatch(r"\d{5}(?:-?\d{4})?", w.text)]
        owner.zip_code = text_of(codes)
        _unsettled([box.place], [f"{where}.city", f"{where}.state"], findings)
    else:
        read_place(box.place, owner, where, findings)
    return owner


def _left_out(lines: Sequence[Sequence[Word]], where: str, findings: list[Finding]) -> None:
    left = " ".join(w.text for line in lines for w in line)
    findings += [
        Finding("note", f"{where}.{street}", f"“{left[:80]}” is no part of an address.", "text.debris")
        for street in ("street1", "street2")
    ]


def _is_debris(words: Sequence[Word]) -> bool:
    """Whether a converter left scraps among the words: lone signs, brackets without their partner."""
    signs = any(not any(c.isalnum() for c in w.text) and w.text not in {"&", "-", "–", "/"} for w in words)
    return signs or any("•" in w.text or w.text.count("(") != w.text.count(")") for w in words)


def _unsettled(lines: Sequence[Sequence[Word]], paths: Sequence[str], findings: list[Finding]) -> None:
    left = " ".join(w.text for line in lines for w in line)
    findings += [
        Finding("warning", path, f"Only “{left[:80]}” is left of this address; left empty.", "text.unsettled")
        for path in paths
    ]
