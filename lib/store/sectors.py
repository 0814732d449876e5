"""The sectors that an analyst gave issuers, from a CSV of CIKs or tickers: no filing says what an issuer does.

The list is kept with the library; a new one takes the old one's place. A CIK counts before a ticker.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, not_, or_, select

from lib.store import Store
from lib.store.dialect import insert_rows
from lib.store.schema import filings, sectors

MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 50_000
LONGEST: Final = 80
_ISSUER_HEADS: Final = {"cik": "cik", "issuercik": "cik", "ticker": "ticker", "symbol": "ticker"}
_SECTOR_HEADS: Final = ("sector", "industry")
_CIK: Final = func.substr("0000000000" + filings.c.issuer_cik, func.length(filings.c.issuer_cik) + 1)
"""Filings print a CIK with zeros before it or without; here it has ten digits, as in the list."""
_TICKER: Final = func.upper(filings.c.symbol)


class UnreadableSectors(Exception):
    """A list of sectors that cannot be taken, with a sentence that says why and what to do."""


def read_sectors(data: bytes) -> dict[str, str]:
    """Sectors by CIK, of ten digits, or ticker, in capitals. Raises ``UnreadableSectors``."""
    if len(data) > MOST_BYTES:
        raise UnreadableSectors(
            "The list of sectors is larger than 5 MB: keep the columns cik and sector only."
        )
    try:
        text = data.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        raise UnreadableSectors("The list of sectors is no text in UTF-8: save it as CSV (UTF-8).") from None
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        head, *rows = csv.reader(io.StringIO(text), delimiter=mark)
    except (csv.Error, ValueError):
        raise UnreadableSectors("The list of sectors is empty or no CSV: save it as CSV again.") from None
    if len(rows) > MOST_ROWS:
        raise UnreadableSectors(f"The list of sectors has more than {MOST_ROWS:,} rows: leave some out.")
    names = [name.strip().casefold() for name in head]
    issuers = {n: _ISSUER_HEADS[name] for n, name in enumerate(names) if name in _ISSUER_HEADS}
    at = next((n for wanted in _SECTOR_HEADS for n, name in enumerate(names) if name == wanted), None)
    if not issuers or at is None:
        raise UnreadableSectors(
            "The first row of the list must name its columns: “cik” or “ticker”, and “sector”."
        )
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        sector = " ".join(row[at].split())[:LONGEST] if at < len(row) else ""
        keys = [_key(row[n], kind, number) for n, kind in issuers.items() if n < len(row) and row[n].strip()]
        for key in keys if sector else ():
            if found.setdefault(key, sector) != sector:
                raise UnreadableSectors(
                    f"Row {number} of the list gives {key} a second sector, {sector}: keep one of them."
                )
    if not found:
        raise UnreadableSectors("The list of sectors has a head but no row with an issuer and its sector.")
    return found


def _key(text: str, kind: str, number: int) -> str:
    text = text.strip()
    if kind == "ticker":
        return text.upper()[:20]
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        raise UnreadableSectors(f"Row {number} of the list has the CIK “{text[:20]}”, which is none.")
    return digits.zfill(10)


def keep_sectors(store: Store, found: Mapping[str, str]) -> None:
    """Keep these sectors in place of those before; none takes the list away."""
    with store.begin() as connection:
        connection.execute(delete(sectors))
        insert_rows(connection, sectors, ("issuer", "sector"), list(found.items()))


def sectors_kept(store: Store) -> dict[str, int]:
    """The sectors of the list with the number of issuers it gives each, by name."""
    query = (
        select(sectors.c.sector, func.count().label("issuers"))
        .group_by(sectors.c.sector)
        .order_by(sectors.c.sector)
    )
    with store.connect() as connection:
        return {row.sector: row.issuers for row in connection.execute(query)}


def of_sector(sector: str) -> ColumnElement[bool]:
    """Whether a filing is of an issuer of the sector."""
    of_this = select(sectors.c.issuer).where(sectors.c.sector == sector)
    cik_is_listed = _CIK.in_(select(sectors.c.issuer))
    by_ticker = and_(_TICKER.in_(of_this), or_(_CIK.is_(None), not_(cik_is_listed)))
    return or_(_CIK.in_(of_this), by_ticker)


def sectors_of(store: Store, issuers: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """The sectors of issuers that filings print with these names or tickers, by name and by ticker."""
    names: Sequence[str] = sorted({name or symbol or "" for name, symbol in issuers})
    listed = or_(sectors.c.issuer == _CIK, sectors.c.issuer == _TICKER)
    query = select(filings.c.issuer, filings.c.symbol, sectors).join(sectors, listed)
    query = query.where(or_(filings.c.issuer.in_(names), filings.c.symbol.in_(names))).distinct()
    with store.connect() as connection:
        # Those by ticker first, so that those by CIK, which are digits, have the last word.
        rows = sorted(connection.execute(query), key=lambda row: row[2].isdigit())
    return {one: row.sector for row in rows for one in (row[0], row[1]) if one}
