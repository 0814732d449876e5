"""First letters that the lines of a note lost, put back by the column of letters that a converter left behind.

A guessed border close to the notes' left margin parts the first letters of their lines from the rest. The converter
sets them down under "Explanation of Responses", below the number of their note; most of them stand in the note too,
some do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import EXPLANATION
from lib.filings.printed import Printed
from lib.filings.record import Finding

_NUMBER: Final = re.compile(r"\d{1,2}")
_LETTER: Final = re.compile(r"[A-Za-z]{1,2}")
_WORD: Final = re.compile(r"[A-Za-z]+")
_COMMON: Final = frozenset(
    """the to of and in for by on with from at as that this which such each case closing common stock shares price per
    share date first second third under between through therein thereof transaction purchase sale sold held upon
    options option vest vested vesting beginning remaining following reporting person trust issuer company was were
    will would shall may been have has not than then their there these those they other over plan pursuant""".split()  # noqa: SIM905
)
"""Words that most notes are made of, known even where the document says them nowhere else."""
_WHOLE: Final = frozenset(
    """here hereof herein hereby hereto hereunder or an is it its as at all any are our able own ought ever each eight art
    arise rate range lower owner owed end one ace act edge easing""".split()  # noqa: SIM905
)
"""Words that lack no letter, though with one before them they would be another."""


def put_back_letters(lines: Sequence[str], printed: Printed) -> None:
    """Complete the notes in place with the letters left behind, each with a finding."""
    for number, letters in _left_behind(lines).items():
        for letter in letters:
            _put_back(letter, number, printed)


def _left_behind(lines: Sequence[str]) -> Mapping[int, Sequence[str]]:
    """The letters below each note's number, in their order."""
    start = next((n for n, line in enumerate(lines) if EXPLANATION.match(line)), len(lines))
    found: dict[int, list[str]] = {}
    for line in lines[start + 1 :]:
        text = line.strip()
        if _NUMBER.fullmatch(text) and int(text) == len(found) + 1:
            found[int(text)] = []
        elif found and _LETTER.fullmatch(text):
            found[len(found)].append(text)
        elif text:
            break
    return found


def _put_back(letter: str, number: int, printed: Printed) -> None:
    """Put a letter before the one word of its note that needs it; leave the note as it is where none or several do."""
    note = printed.footnotes.get(number)
    if not note:
        return
    said = Counter(
        word.lower() for text in printed.footnotes.values() for word in _WORD.findall(text.text)
    ) + Counter(_COMMON)
    places = list(re.finditer(r"(?<=\s)[a-z]+(?![\w-])", note.text))
    whole = [found for found in places if (letter + found[0]).lower() in said]
    if any(found.start() and found[0].startswith(letter) for found in re.finditer(r"\w+", note.text)):
        # The letter may stand where it belongs, so only what is no word without it lacks it.
        whole = [found for found in whole if said[found[0]] == 1 and found[0] not in _COMMON | _WHOLE]
    if len(whole) != 1:
        return
    (found,) = whole
    text = note.text[: found.start()] + letter + note.text[found.start() :]
    printed.footnotes[number] = replace(note, text=text)
    message = f"The first letter of “{letter}{found[0]}” stood apart at the end of the page and was put back."
    printed.findings.append(Finding("warning", f"footnotes.F{number}", message, "text.first_letter"))
