"""What a cell of the SEC's data sets holds: a day, a switch, an amount, words or footnote marks.

A cell that is none of its kind is null; most are said again and again in a quarter, so that they are kept.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from lib.filings.values import EXCHANGE_ACT, LAST_DAY, folded

_MONTHS: Final = {
    name: n
    for n, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}
_YES: Final = {"1": True, "true": True, "0": False, "false": False}
_NUMBER: Final = re.compile(r"\+?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_DAY: Final = re.compile(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})")
_MARK: Final = re.compile(r"F\d+")


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """A day as ``10-MAY-2024`` in the life of the forms' law; a year of two digits tells no century."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        found_day = date(int(found[3]), _MONTHS[found[2].upper()], int(found[1]))
    except (KeyError, ValueError):
        return None
    return found_day if EXCHANGE_ACT <= found_day <= LAST_DAY else None


def yes(text: str) -> bool | None:
    """What a switch says; null where it is neither yes nor no."""
    return _YES.get(text.casefold())


def number(text: str) -> Decimal | None:
    """An amount, which is never below zero; the tables write whole ones with a point and a nought, which says nothing."""
    if text.replace(".", "", 1).isdecimal() or _NUMBER.fullmatch(text):
        return Decimal(text.removesuffix(".0") or 0)
    return None


@lru_cache(maxsize=8192)
def words(text: str) -> str | None:
    """A title, a code or a nature: a market's rows say the same again and again."""
    return folded(text)


@lru_cache(maxsize=1024)
def marks(noted: str) -> tuple[str, ...]:
    """The footnote marks of a cell, in order."""
    return tuple(_MARK.findall(noted))
