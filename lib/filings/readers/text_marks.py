"""Footnote marks that a converter took from their cells, given back by what it left and by the order of the notes.

A cell's end is often set down again at the end of its page, mark and all. And notes are numbered in the order of
their first marks, so a note that no mark names any more belongs to a cell between its neighbours' marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.filings.form import Text, split_marks
from lib.filings.meaning import TITLES, WORDS
from lib.filings.printed import Printed
from lib.filings.readers.text_labels import table_columns
from lib.filings.record import Finding

SCRAP: Final = re.compile(r"\S[^()]{0,40}(?:\(\d{1,2}\) ?)+")
"""The end of a cell with its marks, set down again below a table."""
_OF_TRADES: Final = frozenset(
    {"transaction_date", "deemed_execution_date", "transaction_code", "v", "acquired_disposed_code"}
    | {"transaction_amount", "transaction_price_per_share"}
)
_OPEN_END: Final = re.compile(r"(?:[,&(-]|\b(?:of|to|and|the|for|per|par|purchase))$", re.IGNORECASE)
_TO_A_NOTE: Final = re.compile(r"\b(?:foot)?notes?\b", re.IGNORECASE)
_CUT_SHORT: Final = frozenset({"text.lower_line", "text.longer_nature"})
"""Repairs of natures of ownership whose end, with its marks, a line's or a row's end cut off."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell among the rows printed: which row of all, its column, and the path a finding names."""

    row: int
    column: str
    path: str


def mark_by_scraps(printed: Printed, rows: Sequence[int], scraps: Sequence[str]) -> None:
    """Give marks to cells of a page's rows whose ends stand with marks below its tables, if they are as many."""
    marks: dict[str, list[tuple[int, ...]]] = {}
    for scrap in scraps:
        words, found = split_marks(scrap)
        if words and found:
            marks.setdefault(words.split()[-1], []).append(found)
    places = [place for place in _places(printed) if place.row in {*rows} and place.column in WORDS]
    for word, left in marks.items():
        ends = [p for p in places if _text(printed, p).text.split()[-1:] == [word]]
        for place in ends:
            if _text(printed, place).marks in left:
                left.remove(_text(printed, place).marks)
        bare = [p for p in ends if not _text(printed, p).marks and _text(printed, p).source]
        if bare and len(bare) == len(left):
            for place, found in zip(bare, left, strict=True):
                _mark(
                    printed, place, found, f"The mark of “{word}” stood below the table.", "text.moved_mark"
                )
                _mark_merged(printed, place, found)


def give_back_marks(printed: Printed) -> None:
    """Give lost marks to the cells that the form points to, and tell of what stays lost."""
    mark_by_twin(printed)
    mark_by_title(printed)
    mark_by_order(printed)
    tell_open_ends(printed)
    tell_lost_marks(printed)


def mark_by_twin(printed: Printed) -> None:
    """Give a wrapped nature of ownership the marks that all others of the same words have; its last ones were cut off."""
    natures = [place for place in _places(printed) if place.column == "nature_of_ownership"]
    wrapped = {finding.where for finding in printed.findings if finding.rule in _CUT_SHORT}
    for place in natures:
        text = _text(printed, place)
        twins = {
            _text(printed, other).marks
            for other in natures
            if other.row != place.row and _text(printed, other).text == text.text
        }
        whole = twins.pop() if len(twins) == 1 else ()
        if place.path in wrapped and whole != text.marks and whole[: len(text.marks)] == text.marks:
            message = f"“{text.text}” has more marks wherever else it stands; here they were cut off."
            _mark(printed, place, whole, message, "text.mark_of_twin")


def mark_by_title(printed: Printed) -> None:
    """Give a note's mark to a title that says the words it first stands at, where a later note is named before that.

    Notes are numbered in the order of their first marks, so the first mark of such a note was lost above.
    """
    places = _places(printed)
    first = _first(printed, places)
    for mark, at in sorted(first.items()):
        if places[at].column not in TITLES or all(
            at < other for later, other in first.items() if later > mark
        ):
            continue
        words = _text(printed, places[at]).text
        bare = [
            place
            for place in places[:at]
            if place.column == places[at].column
            and _text(printed, place).text == words
            and not _text(printed, place).marks
            and _text(printed, place).source
        ]
        if len(bare) == 1:
            message = f"A note after {mark} is named before it, so that its first mark was lost here."
            _mark(printed, bare[0], (mark,), message, "text.mark_by_order")
            _mark_merged(printed, bare[0], (mark,))


def mark_holdings(printed: Printed) -> None:
    """Take marks alone in a column of trades from a row of Table I that is no trade: nothing can bear them there.

    They are its title's where another row's title of the same words bears the same; where they belong else is lost.
    """
    places = _places(printed)
    titled = {
        (_text(printed, place).text, _text(printed, place).marks)
        for place in places
        if place.column == "security_title"
    }
    for place in places:
        table, cells = printed.rows[place.row]
        found, title = _text(printed, place), cells.get("security_title", Text(""))
        trade = any(cells[column].text for column in _OF_TRADES & cells.keys())
        if table != "non_derivative" or place.column not in _OF_TRADES or trade:
            continue
        del cells[place.column]
        row = place.path.rpartition(".")[0]
        at = Place(place.row, "security_title", f"{row}.security_title")
        if title.text and not title.marks and (title.text, found.marks) in titled:
            message = "The mark stood where only trades have one; the same title bears it elsewhere."
            _mark(printed, at, found.marks, message, "text.moved_mark")
        else:
            named = "".join(f"({mark})" for mark in found.marks)
            message = f"The mark {named} stood where only trades have one; where it belongs is lost."
            printed.findings.append(Finding("warning", row, message, "text.unsettled"))


def tell_open_ends(printed: Printed) -> None:
    """A finding for each title that breaks off, and for the other title of its row, which may have the rest of it."""
    told = {finding.where for finding in printed.findings}
    for place in _places(printed):
        if place.column not in TITLES or not _OPEN_END.search(_text(printed, place).text):
            continue
        row = place.path.rpartition(".")[0]
        cells = printed.rows[place.row][1]
        for where in sorted({f"{row}.{column}" for column in TITLES & cells.keys()} - told):
            said = _text(printed, place).text[-40:]
            message = f"“{said}” breaks off; what followed is lost or stands with another cell."
            printed.findings.append(Finding("warning", where, message, "text.open_end"))
            told.add(where)


def tell_lost_marks(printed: Printed) -> None:
    """A finding for each note that no cell names: its mark was lost, and the cell it stood at does not know."""
    named = {mark for _, cells in printed.rows for text in cells.values() for mark in text.marks}
    for note in sorted(printed.footnotes.keys() - named) if printed.rows else ():
        message = f"No cell bears the mark of note {note}; the dump may have lost it."
        printed.findings.append(Finding("warning", f"footnotes.F{note}", message, "text.lost_mark"))


def mark_by_order(printed: Printed) -> None:
    """Give notes that no mark names to the natures of ownership between their neighbours' marks, if they are as many.

    Nothing is given where the marks that are left do not come in the order of their numbers.
    """
    places = _places(printed)
    first = _first(printed, places)
    order = sorted(first, key=lambda mark: first[mark])
    if not order or any(first[a] > first[b] for a, b in zip(sorted(order), sorted(order)[1:], strict=False)):
        return
    natures = [n for n, place in enumerate(places) if place.column == "nature_of_ownership"]
    cut = {finding.where for finding in printed.findings if finding.rule == "text.cut_row"}
    mostly = sum(bool(_text(printed, places[n]).marks) for n in natures) * 2 >= len(natures)
    for run in _runs(sorted(printed.footnotes.keys() - first.keys())):
        low = first.get(run[0] - 1, -1 if run[0] == 1 else len(places))
        high = first.get(run[-1] + 1, len(places))
        bare = [n for n in natures if low < n < high and not _text(printed, places[n]).marks]
        naming = [n for n in bare if _TO_A_NOTE.search(_text(printed, places[n]).text)]
        chosen = naming if len(naming) == len(run) else bare if mostly else []
        if len(chosen) == len(run) and not any(places[n].path.rpartition(".")[0] in cut for n in chosen):
            for n, mark in zip(chosen, run, strict=True):
                message = f"No mark of note {mark} is left; it stands between the marks before and after it."
                _mark(printed, places[n], (mark,), message, "text.mark_by_order")


def _places(printed: Printed) -> list[Place]:
    """The cells that hold something, in reading order."""
    places = []
    counts = {"non_derivative": 0, "derivative": 0}
    for n, (table, cells) in enumerate(printed.rows):
        for column in table_columns(table, printed.form):
            if column in cells and (cells[column].text or cells[column].marks):
                places.append(Place(n, column, f"{table}[{counts[table]}].{column}"))
        counts[table] += 1
    return places


def _first(printed: Printed, places: Sequence[Place]) -> dict[int, int]:
    """The place of each mark's first cell."""
    first: dict[int, int] = {}
    for n, place in enumerate(places):
        for mark in _text(printed, place).marks:
            first.setdefault(mark, n)
    return first


def _text(printed: Printed, place: Place) -> Text:
    return printed.rows[place.row][1][place.column]


def _mark(printed: Printed, place: Place, marks: tuple[int, ...], message: str, rule: str) -> None:
    cells = printed.rows[place.row][1]
    cells[place.column] = replace(cells[place.column], marks=marks)
    printed.findings.append(Finding("warning", place.path, message, rule))


def _mark_merged(printed: Printed, place: Place, marks: tuple[int, ...]) -> None:
    """Rows below that took the cell's words, as they were merged with it, take its marks."""
    table, cells = printed.rows[place.row]
    for other, below in printed.rows[place.row + 1 :]:
        text = below.get(place.column)
        if other != table or not text or text.source or text.text != cells[place.column].text:
            return
        below[place.column] = replace(text, marks=marks)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """The numbers in runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
