"""Explanations, remarks and signatures whose lines a converter moved about.

What the converter took for a table it set down in place; other lines it set at the end of the page, so a
note may stand far from its heading and a signature's name far from its date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.filings.form import ASKS_FOR_PLAN, EXPLANATION, NOTHING_OWNED
from lib.filings.printed import Printed
from lib.filings.readers.text_carried import carry_natures_over
from lib.filings.readers.text_centred import centred_signatures
from lib.filings.readers.text_lines import Word, pieced, text_of
from lib.filings.readers.text_note_letters import put_back_letters
from lib.filings.readers.text_signers import read_signatures, take_signatures
from lib.filings.readers.text_tail import REMARKS, REMINDER, SIGNATURE, is_date
from lib.filings.readers.text_words import make_words_whole

_NOTE: Final = re.compile(r"(\d{1,2})\.")
_OTHER_PARTS: Final = re.compile(
    r"OMB |Estimated average|hours per response|SEC Form|FORM \d|UNITED STATES|COMMISSION|Washington, D\.C|"
    r"Check this box|STATEMENT OF|Filed pursuant|or Section 30|Number\.$|OMB$|.{0,2}$|currently valid"
)
_SCRAP: Final = re.compile(
    r"[^A-Za-z]*|.{1,2}|(?:Date|Person|Person Date|Date Person)|\S{0,30} ?(?:\(\d{1,2}\))+ ?"
)
_SIGNED: Final = re.compile(r"/?s/|/S/|By:|by:")
MAX_BLOCK: Final = 200
"""Lines above the signatures' label that can be those of names."""
_EXHIBIT: Final = re.compile(r"Exhibit\b|EXHIBIT\b")
_NAME_LINE: Final = 45
_NAMES_WIDTH: Final = 60
"""Characters that a line of a name and its date have at most."""
_DATE_AND_SCRAP: Final = 2
"""Words of a line that is a date with no more than a letter of the name before it."""
_WRAPPED: Final = 120
"""A line with fewer characters was not wrapped at the page's edge, so nothing goes on below it."""


def read_loose(lines: Sequence[tuple[int, str]], printed: Printed) -> None:
    """Notes, remarks, signatures and the ticks in the margin, from the lines outside tables."""
    words = [pieced(line, number) for number, line in lines]
    texts = [" ".join(w.text for w in line) for line in words]
    _switches(texts, printed)
    loose = _Loose(next((n for n, text in enumerate(texts) if SIGNATURE.search(text)), len(texts)))
    for n, (line, text) in enumerate(zip(words, texts, strict=True)):
        loose.line(n, line, text, texts, printed)
    printed.footnotes.update({n: text_of(loose.notes[n]) for n in sorted(loose.notes)})
    put_back_letters(texts, printed)
    if loose.remarks:
        printed.remarks = text_of(loose.remarks)
    block = _above_label(words, texts, loose.end)
    centred = centred_signatures(block, loose.moved)
    if centred:
        take_signatures(centred, printed)
    else:
        read_signatures(loose.signed or loose.apart, loose.strays, printed)
    # The last word of a stray line, or of another narrow one, may have lost a letter there.
    stray = {id(line) for line in loose.strays}
    prose = [
        text.rpartition(" ")[0] if id(line) in stray or len(text) < _NAME_LINE else text
        for line, text in zip(words, texts, strict=True)
    ]
    make_words_whole(prose, texts, printed)
    carry_natures_over(texts, printed)


def _above_label(words: Sequence[list[Word]], texts: Sequence[str], end: int) -> list[list[Word]]:
    """The lines above the signatures' label that can be those of names; none where there is no label."""
    if end == len(words):
        return []
    start = end
    while start and end - start < MAX_BLOCK and len(texts[start - 1]) <= _NAMES_WIDTH:
        if EXPLANATION.match(texts[start - 1]) or REMARKS.match(texts[start - 1]):
            break
        start -= 1
    return [line for line in words[start:end] if line]


class _Loose:
    """What the lines outside tables turned out to be. ``end`` is the line of the signatures' label."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.notes: dict[int, list[Word]] = {}
        self.remarks: list[Word] | None = None
        self.signed: list[list[Word]] = []
        self.apart: list[list[Word]] = []
        """Dates alone below the explanations' heading, where the notes themselves stand elsewhere."""
        self.strays: list[list[Word]] = []
        self.moved: list[list[Word]] = []
        """Lines that may have been moved from above the signatures' label."""
        self._open: list[Word] | None = None
        self._torn: list[Word] | None = None
        self._before = ""
        self._explained = False

    def line(self, n: int, line: list[Word], text: str, texts: Sequence[str], printed: Printed) -> None:
        found = _NOTE.fullmatch(line[0].text) if line else None
        before, self._before = self._before, text
        if self._open and self._ends_note(text, before):
            self._open.extend(line)
            return
        if not line or (_SCRAP.fullmatch(text) and not is_date(line[-1])):
            if n > self.end and text.isalpha():
                self.moved.append(line)
            return
        if NOTHING_OWNED.search(text) and not found:
            printed.no_securities_owned = True
        elif EXPLANATION.match(text):
            self._open, self._explained = None, True
        elif REMARKS.match(text):
            self.remarks = self._open = list(line[1:])
        elif found and len(line) > 1 and int(found[1]) not in self.notes:
            self._open = self.notes[int(found[1])] = list(line[1:])
        elif is_date(line[-1]) and _near(texts, n, self.end):
            self.signed.append(line)
            self._torn, self._open = self._open or self._torn, None
        elif SIGNATURE.search(text) or REMINDER.search(text) or _OTHER_PARTS.match(text):
            if SIGNATURE.search(text) or REMINDER.search(text):
                self._torn, self._open = self._open or self._torn, None
        elif n < self.end and self._goes_on(text, before):
            assert self._open is not None
            self._open.extend(line)
        elif self._torn and n > self.end and text[0].islower() and len(text) > _NAMES_WIDTH:
            # A note that a page's end tore apart goes on below what the page ends with.
            self._torn.extend(line)
            self._open, self._torn = self._torn, None
        elif self.remarks == [] and _EXHIBIT.match(text):
            self.remarks.extend(line)
        elif self._explained and not self.notes and is_date(line[-1]) and len(line) <= _DATE_AND_SCRAP:
            self.apart.append(line)
        elif self.signed or n > self.end or self.notes or _SIGNED.search(text):
            self._open = None
            self.strays.append(line)
            self.moved.append(line)

    def _ends_note(self, text: str, before: str) -> bool:
        """Whether a line is the last word of a note, such as the number of a form that a line's end parted from it."""
        number = _NOTE.fullmatch(text)
        return bool(number and len(before) > _WRAPPED and before[-1:].isalpha())

    def _goes_on(self, text: str, before: str) -> bool:
        """Whether a line goes on with the open note: only a line as wide as the page has more below it."""
        if self._open is None or _SIGNED.match(text):
            return False
        named = (
            len(text) < _NAME_LINE
            and text[-1] not in '.;:)”"'
            and not (text[0].isdigit() or text[0].islower())
        )
        return not self._open or (len(before) > _WRAPPED and not named)


def _near(texts: Sequence[str], n: int, end: int) -> bool:
    """Whether a line with a date at its end is a signature's: only such lines and scraps follow it up to the label."""
    return n < end and all(len(t) < 3 or re.search(r"\d/\d{4}$", t) or len(t) < 60 for t in texts[n:end])


def _switches(texts: Sequence[str], printed: Printed) -> None:
    text = "\n".join(texts[:60])
    if ASKS_FOR_PLAN.search(text):
        printed.aff10b5_one = False
    at = text.find("indicate that a")
    for n, line in enumerate(texts[:60]):
        if line.startswith("X "):
            before = "\n".join(texts[:n])
            if at >= 0 and len(before) > at:
                printed.aff10b5_one = True
            elif "Check this box if no longer" in before or "no longer" in line or "Section 16" in line:
                printed.section16_ticked = True
