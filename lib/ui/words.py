"""Text of filings where Streamlit would read Markdown, and the words pages share."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from lib.filings.codes import TRANSACTION_CODES
from lib.filings.record import Container, Filing, Owner
from lib.filings.words import day
from lib.library.issuers import issuer_name

__all__ = [
    "DAY_FORMAT",
    "SOURCE_KINDS",
    "code_words",
    "count",
    "day_or_empty",
    "issuer_name",
    "owner_names",
    "plain",
    "roles",
    "trading_plan",
]

DAY_FORMAT: Final = "D MMM YYYY"
"""A day in a table, as ``day`` says it."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

SOURCE_KINDS: Final[dict[Container, str]] = {
    "xml": "XML",
    "html": "EDGAR page",
    "pdf": "PDF",
    "text": "Text",
    "submission": "Submission",
    "scan": "Scan",
    "dataset": "SEC data set",
}


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is: no link, image, icon, colour or formula."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def count(number: int, noun: str) -> str:
    """A number with its noun, grouped in thousands: ``1 filing``, ``1,200 filings``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def owner_names(names: tuple[str, ...]) -> str:
    """The reporting owners in one line."""
    return "; ".join(names) or "Owner not stated"


def roles(owner: Owner) -> str:
    """An owner's relationship to the issuer: ``Director, 10 % owner, officer (President & CEO)``."""
    said = [
        (owner.is_director, "director", None),
        (owner.is_ten_percent_owner, "10 % owner", None),
        (owner.is_officer, "officer", owner.officer_title),
        (owner.is_other, "other", owner.other_text),
    ]
    words = [f"{word} ({detail})" if detail else word for is_so, word, detail in said if is_so]
    text = ", ".join(words) or "relationship not stated"
    return text[0].upper() + text[1:]


def trading_plan(filing: Filing) -> str:
    """The 10b5-1 box in words; a form without the box did not ask."""
    return {True: "Yes", False: "No", None: "Not asked"}[filing.aff10b5_one]


def day_or_empty(value: date | None) -> str:
    """A date as people read it, empty where there is none."""
    return day(value) if value else ""


def code_words(letter: str) -> str:
    """A transaction code with its meaning, as lists offer it and links carry it."""
    meaning = TRANSACTION_CODES.get(letter)
    return f"{letter}: {meaning}" if meaning else letter
