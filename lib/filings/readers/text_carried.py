"""Natures of ownership that a page's end cut short, and whose lower lines stand below the page's tables.

Where a note says the words of the cell and, right after them or after a few words that the cut took, those of the
loose lines, the cell goes on as the note does, as far as the loose lines reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import split_marks
from lib.filings.printed import Printed
from lib.filings.readers.text_phrases import MIN_WORDS, bare_word
from lib.filings.record import Finding

_COLUMN: Final = 30
"""Characters that a line of the column has at most; longer ones are notes."""
_MOST_LOST: Final = 2
"""Words between the cell's and the loose lines' that the page's end takes at most."""


def carry_natures_over(lines: Sequence[str], printed: Printed) -> None:
    """Complete the natures in place with the loose lines, each with a finding."""
    notes = [note.text.split() for note in printed.footnotes.values()]
    loose = [split_marks(line) if len(line) <= _COLUMN else ("", ()) for line in lines]
    counts = {"non_derivative": 0, "derivative": 0}
    for table, cells in printed.rows:
        where = f"{table}[{counts[table]}].nature_of_ownership"
        counts[table] += 1
        nature = cells.get("nature_of_ownership")
        ways = {_goes_on(loose, after) for after in _after(nature.text.split(), notes)} if nature else set()
        ways.discard(("", ()))
        if nature and len(ways) == 1:
            ((rest, marks),) = ways
            cells["nature_of_ownership"] = replace(
                nature, text=f"{nature.text} {rest}", marks=(*nature.marks, *marks)
            )
            message = f"“{rest}” stands below the table, and after the cell's words in a note."
            printed.findings.append(Finding("warning", where, message, "text.carried_over"))


def _after(words: Sequence[str], notes: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """What follows the words wherever a note says them; nothing after fewer than can be told from others."""
    keys = [bare_word(word) for word in words]
    if len(keys) < MIN_WORDS:
        return []
    return [
        note[n + len(keys) :]
        for note in notes
        for n in range(len(note) - len(keys))
        if [bare_word(word) for word in note[n : n + len(keys)]] == keys
    ]


def _goes_on(
    loose: Sequence[tuple[str, tuple[int, ...]]], after: Sequence[str]
) -> tuple[str, tuple[int, ...]]:
    """The words that follow, as far as the most loose lines in a row say them, and the last line's marks."""
    best: tuple[int, int, tuple[int, ...]] = (1, 0, ())
    for lost in range(_MOST_LOST + 1):
        for n in range(len(loose)):
            end, taken = lost, 0
            for text, _ in loose[n:]:
                words = text.split()
                said = [bare_word(word) for word in after[end : end + len(words)]]
                if not words or said != [bare_word(word) for word in words]:
                    break
                end, taken = end + len(words), taken + 1
            if taken > best[0]:
                best = (taken, end, loose[n + taken - 1][1])
    return " ".join(after[: best[1]]), best[2]
