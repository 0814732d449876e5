"""Text dumps of the printed form, told apart by what is left of its columns.

A dump keeps the columns by spaces, or by tabs that a table-guessing converter set, or not at all.
"""

from __future__ import annotations

import re
from typing import Final

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.printed import Printed, assemble
from lib.filings.readers.text_layout import read_layout
from lib.filings.readers.text_lines import decoded
from lib.filings.readers.text_plain import read_plain
from lib.filings.readers.text_tabs import read_tabs
from lib.filings.record import Filing

MAX_FORM_CHARACTERS: Final = 600_000
"""The longest form there can be, thirty rows a table and 99 notes of 1,000 characters, is a third of this."""
_FORM: Final = re.compile(r"^[^\w\n]{0,80}(?:SEC )?F(?:ORM|orm)\s{1,4}([345])\b", re.MULTILINE)
_TAG: Final = re.compile(r"</?(?:u|b|i|sup|br|p)/?>", re.IGNORECASE)
_SIDE_BY_SIDE: Final = re.compile(r"\b1\. Title of \S.{0,60}\s{2,}[23]\.(?:\s|$)")
_LANDMARKS: Final = (
    "name and address of reporting person",
    "ticker or trading symbol",
    "relationship of reporting person",
    "beneficial ownership",
    "signature of reporting person",
)


def is_form_text(text: str) -> bool:
    """Whether a text is a dump of a Form 3, 4 or 5: its number in the head, and enough of its labels."""
    return bool(_FORM.search(text[:20_000])) and sum(x in text.lower() for x in _LANDMARKS) >= 3


def read_text(name: str, data: bytes) -> Filing:
    """The filing in a text dump of the form. Raises ``UnreadableFiling``."""
    text = decoded(data[: MAX_FORM_CHARACTERS * 4])
    found = _FORM.search(text[:20_000])
    if len(text) > MAX_FORM_CHARACTERS and (form := _FORM.search(text.lstrip()[:20_000])):
        raise UnreadableFiling(
            name,
            f"begins as a Form {form[1]}, but has more than {MAX_FORM_CHARACTERS:,} characters, which no form has",
            "Drop in the form alone, without what was added to it",
        )
    if len(text) > MAX_FORM_CHARACTERS or not found or not is_form_text(text):
        raise NotAFiling(
            name,
            "is a text, but not that of a Form 3, 4 or 5",
            "Drop in the form as EDGAR shows it, its XML, a PDF or a text of it; plans are read on the Plans page",
        )
    text = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    pages = [line.rstrip("\r") for line in text.split("\n")]
    lines = [line.replace("\f", " ") for line in pages]
    printed = Printed("text", form=found[1])
    if sum("\t" in line for line in lines) >= 3:
        read_tabs(lines, printed)
    elif _keeps_columns(lines):
        read_layout(lines, printed)
    else:
        read_plain(pages, printed)
    return assemble(name, printed)


def _keeps_columns(lines: list[str]) -> bool:
    """Whether labels of neighbouring columns still stand side by side."""
    return any(_SIDE_BY_SIDE.search(line) for line in lines)
