"""The range of prices behind a weighted average, from the footnote that states it.

Since the SEC staff's letter to Skadden, Arps of 2008-06-25, market trades of one day and one direction within
one dollar may be one row at their weighted average price, if a footnote gives the range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from lib.filings.record import Filing, Row

_NUMBER: Final = r"(\d[\d,]*(?:\.\d+)?|\.\d+)"
_PAIR: Final = re.compile(
    rf"\$\s?{_NUMBER}\s*,?\s*(?:to|and|through|[-–—])\s*(?:US|U\.S\.)?\s?\$?\s?{_NUMBER}", re.IGNORECASE
)
_AVERAGE: Final = re.compile(
    r"weighted|average|\brang(?:e|es|ed|ing)\b|multiple\s+(?:trades|transactions)", re.IGNORECASE
)
_NOT_A_TRADE: Final = re.compile(
    r"\b(?:exercise|conversion|strike|closing)\s+prices?\s+(?:range|rang|between|of)", re.IGNORECASE
)
_FIELDS: Final = ("transaction_price_per_share", "transaction_shares", "transaction_code", "transaction_date")
"""Where filers hang the footnote: nearly always on the price, else on a neighbour."""


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The lowest and highest price of the trades in one row, in dollars a share, and the footnote's id."""

    low: Decimal
    high: Decimal
    footnote: str


def price_range(filing: Filing, row: Row) -> PriceRange | None:
    """The range that a footnote of the row states; ``None`` where none does.

    A footnote that gives several ranges is taken at the one that holds the row's price, if only one does.
    """
    if row.transaction_price_per_share is None or not row.footnotes:
        return None
    for name in _FIELDS:
        for mark in row.footnotes.get(name, ()):
            stated = _ranges(filing.footnotes.get(mark, ""), mark)
            if len(stated) > 1:
                price = row.transaction_price_per_share
                stated = tuple(one for one in stated if one.low <= price <= one.high)
            if len(stated) == 1:
                return stated[0]
    return None


@lru_cache(maxsize=4096)
def _ranges(text: str, mark: str) -> tuple[PriceRange, ...]:
    """Every range in a footnote of this id that speaks of several trades or a weighted average."""
    if not _AVERAGE.search(text) or _NOT_A_TRADE.search(text):
        return ()
    found = []
    for match in _PAIR.finditer(text):
        low, high = (Decimal(part.replace(",", "")) for part in match.groups())
        found.append(PriceRange(min(low, high), max(low, high), mark))
    return tuple(dict.fromkeys(found))
