"""The end of the form in any text dump: explanations, remarks and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lib.filings.form import NOTHING_OWNED, Text
from lib.filings.printed import Printed
from lib.filings.readers.text_lines import Word, text_of

REMINDER = re.compile(
    r"Reminder:|\* If the form is filed by more than one|\*\* Intentional misstatements"
    r"|Note: File three copies|Persons who respond to the collection"
)
SIGNATURE = re.compile(r"\*\*\s?Signature of")
REMARKS = re.compile(r"Remarks:")
_NUMBERED = re.compile(r"(\d{1,2})\.")


def explained(lines: Iterable[Sequence[Word]], printed: Printed) -> None:
    """Footnotes, remarks and "no securities owned" from the lines under "Explanation of Responses".

    A footnote begins where a line starts with the next number; everything else goes on with the note before.
    """
    notes: dict[int, list[Word]] = {}
    remarks: list[Word] | None = None
    current: list[Word] = []
    for line in lines:
        if not line:
            continue
        found = _NUMBERED.fullmatch(line[0].text)
        if remarks is None and REMARKS.match(line[0].text):
            remarks = current = list(line[1:])
        elif remarks is None and found and int(found[1]) == len(notes) + 1:
            current = list(line[1:])
            notes[int(found[1])] = current
        elif remarks is None and not notes and NOTHING_OWNED.search(" ".join(w.text for w in line)):
            printed.no_securities_owned = True
        else:
            current.extend(line)
    printed.footnotes.update({n: text_of(words) for n, words in notes.items()})
    if remarks:
        printed.remarks = text_of(remarks)


def is_date(word: Word) -> bool:
    """Whether a word is a printed date."""
    return bool(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", word.text))


def dated(words: Sequence[Word]) -> tuple[Text, Text]:
    """A signature's words as its name and its date."""
    day = [w for w in words if is_date(w)]
    return text_of([w for w in words if not is_date(w)]), text_of(day[-1:])
