"""Names of files that say what is inside."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

LONGEST: Final = 100


def filing_stem(form: str | None, issuer: str | None, owner: str | None, period: date | None) -> str:
    """A filing's file name without its ending: ``form4-mksi-bertucci-john-r-2007-11-08``."""
    words = f"form{form or ''} {issuer or ''} {owner or ''} {period or ''}"
    return re.sub(r"[^a-z0-9]+", "-", words.replace("/A", "a").casefold()).strip("-")[:LONGEST]


def unique(stem: str, apart: str, taken: set[str]) -> str:
    """The stem, or with ``apart`` behind it where another file has it; it is taken from then on.

    ``apart`` tells whatever shares the stem from all others, such as an accession number.
    """
    name = stem if stem not in taken else f"{stem}-{apart}"
    taken.add(name)
    return name
