"""The form's own words, put right where recognition mistook a letter.

Only labels, which every copy of the form prints alike, are ever put right silently; what a person filled in
stays as it was read. A piece of a line that begins with nearly a label is taken to begin with that label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from lib.filings.readers.sheet import Word

LIKENESS = 0.82
LABELS = (
    "Check this box if no longer",
    "Check this box to indicate that",
    "1. Name and Address of Reporting Person",
    "2. Issuer Name and Ticker or Trading Symbol",
    "3. Issuer Name and Ticker or Trading Symbol",
    "2. Date of Event Requiring Statement",
    "3. Date of Earliest Transaction",
    "3. Statement for Issuer's Fiscal Year",
    "4. If Amendment, Date of Original",
    "5. If Amendment, Date of Original",
    "5. Relationship of Reporting Person(s)",
    "4. Relationship of Reporting Person(s)",
    "(Check all applicable)",
    "(Last)",
    "(First)",
    "(Middle)",
    "(Street)",
    "(City)",
    "(State)",
    "(Zip)",
    "Director",
    "10% Owner",
    "Officer (give title",
    "Officer (give",
    "title below)",
    "Other (specify",
    "below)",
    "Table I - Non-Derivative Securities",
    "Table II - Derivative Securities",
    "1. Title of Security (Instr.",
    "1. Title of Derivative",
    "1. Title of",
    "Explanation of Responses:",
    "Remarks:",
    "** Signature of Reporting Person",
    "Reminder: Report on a separate line",
)
SHORT = 9
"""A label of fewer letters is taken only for a piece of as many letters, of which one may differ."""
_AT_MARGIN = "Remarks:"
MARGIN = 100
"""Points from the page's edge; further in, "Remarks" are those that a title refers to."""
_NUMBERED = re.compile(r"(\d{1,2})\.")
_FIGURES = str.maketrans("Il|!iLOoSB", "1111110058")
_ALIKE = str.maketrans("I1|!O5", "lllloS")


def with_labels(words: Sequence[Word]) -> tuple[list[Word], int]:
    """The words of a line piece with the label they begin with put right, and how many of them it covers."""
    covered, label = max(
        ((_covered(words, label), label) for label in LABELS), key=lambda found: _likeness(words, *found)
    )
    if _likeness(words, covered, label) < LIKENESS:
        return list(words), 0
    return [*_relabelled(words[:covered], label.split()), *words[covered:]], covered


def numbered(number: int | None, words: Sequence[Word]) -> tuple[int | None, list[Word]]:
    """The words of a line piece with the number of a footnote put right, and the number it has.

    ``number`` is that of the footnote before, 0 at the head of the footnotes; ``None`` where there are none.
    Only the number that follows is put right, in a first word that has a figure's or a stroke's shape.
    """
    if not words:
        return number, list(words)
    first = words[0].text
    if first.startswith("Explanation"):
        return 0, list(words)
    exact = _NUMBERED.fullmatch(first)
    if number is None:
        return (int(exact[1]) if exact else None), list(words)
    if exact and int(exact[1]) == number + 1:
        return number + 1, list(words)
    figures = first.rstrip(".,:;'").translate(_FIGURES)
    if len(words) > 1 and first[-1:] not in ")%" and figures == str(number + 1):
        return number + 1, [replace(words[0], text=f"{number + 1}."), *words[1:]]
    return number, list(words)


def _covered(words: Sequence[Word], label: str) -> int:
    """How many words from the first have about as many letters as the label."""
    lengths = list(accumulate(len(word.text) for word in words))
    wanted = len(label.replace(" ", ""))
    return 1 + min(range(len(lengths)), key=lambda n: abs(lengths[n] - wanted))


def _likeness(words: Sequence[Word], covered: int, label: str) -> float:
    if label == _AT_MARGIN and words[0].x0 > MARGIN:
        return 0.0
    read = "".join(word.text for word in words[:covered]).translate(_ALIKE)
    wanted = label.replace(" ", "").translate(_ALIKE)
    if len(wanted) < SHORT:
        wrong = sum(a != b for a, b in zip(read, wanted, strict=False))
        alone = covered == len(words) and len(read) == len(wanted)
        return 1.0 - wrong / 100 if alone and wrong < 2 else 0.0
    if abs(len(read) - len(wanted)) > 2:
        return 0.0
    return SequenceMatcher(None, read, wanted, autojunk=False).ratio()


def _relabelled(words: Sequence[Word], label: Sequence[str]) -> list[Word]:
    """The label's words at the places of those read; spread over the same width if their number differs."""
    if len(words) == len(label):
        return [replace(word, text=text) for word, text in zip(words, label, strict=True)]
    first, last = words[0], words[-1]
    letter = (last.x1 - first.x0) / (sum(map(len, label)) + len(label) - 1)
    starts = accumulate((len(text) + 1 for text in label), initial=0)
    return [
        replace(
            first,
            text=text,
            x0=first.x0 + at * letter,
            x1=first.x0 + (at + len(text)) * letter,
            spaced=True,
        )
        for at, text in zip(starts, label, strict=False)
    ]
