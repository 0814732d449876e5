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
