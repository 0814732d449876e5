"""What a library lists of a filing, and a filing ready to be stored: made in the child that reads it.

A bulk reading passes rows and records on as text, so that no process decodes them again on their way to the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from lib.filings.corrections import CORRECTED
from lib.filings.json import plain, to_stored_json
from lib.filings.record import Container, Filing

MOST: Final = Decimal(10) ** 11
"""Shares or dollars of a trade that a market's sums take in; no company has as many, and more would overflow."""
_ACCESSION: Final = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")
_TRADE: Final = ("place", "day", "code", "side", "shares_e4", "cents")
TRADE_COLUMNS: Final = (
    *_TRADE, "issuer", "symbol", "owner", "issuer_key", "owner_key", "form", "filed", "plan",
)  # fmt: skip
"""What is noted of a trade, in the order of ``trade_rows``."""
LIST_COLUMNS: Final = (
    "form", "issuer", "symbol", "issuer_cik", "owners", "period", "filed", "accession", "plan", "trades",
    "row_count", "finding_count",
)  # fmt: skip
"""What ``columns_of`` has, in the order of ``Listed.columns``."""


class Listed(NamedTuple):
    """A filing as a database takes it, days in ISO form and JSON as text.

    ``columns`` are the values of ``LIST_COLUMNS``, ``trades`` has those of ``TRADE_COLUMNS`` for each, and
    ``owners`` the names, each once.
    """

    columns: Sequence[Any]
    owners: Sequence[str]
    trades: Sequence[Sequence[Any]]
    container: Container
    record: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its key and the filings read from it."""

    name: str
    data: bytes
    sha256: str
    filings: Sequence[Listed]


def columns_of(filing: Filing) -> dict[str, Any]:
    """The values that the library's list shows and searches, by their columns' names."""
    return {
        "form": filing.document_type,
        "issuer": filing.issuer.name,
        "symbol": filing.issuer.symbol,
        "issuer_cik": filing.issuer.cik,
        "owners": [owner.name for owner in filing.reporting_owners if owner.name],
        "period": filing.period_of_report,
        "filed": filing.submission.filed_as_of_date,
        "accession": _accession(filing.submission.accession_number),
        "plan": filing.aff10b5_one,
        "trades": trades_of(filing),
        "row_count": len(filing.non_derivative) + len(filing.derivative),
        "finding_count": sum(finding.rule != CORRECTED for finding in filing.findings),
    }


def trades_of(filing: Filing) -> list[dict[str, Any]]:
    """The transactions of Table I that have a day and a code, as plain JSON.

    Shares are counted in ten-thousandths, as fine as EDGAR takes them, and values in cents, so that sums over
    a market are exact; what is finer is rounded to the even one.
    """
    found: list[dict[str, Any]] = []
    for n, row in enumerate(filing.non_derivative):
        if row.row_type != "transaction" or not row.transaction_date or not row.transaction_code:
            continue
        shares, price = row.transaction_shares, row.transaction_price_per_share
        found.append(
            {
                "place": f"non_derivative[{n}]",
                "day": row.transaction_date.isoformat(),
                "code": row.transaction_code[:1],
                "side": row.acquired_disposed_code,
                "shares_e4": _scaled(shares, 4),
                "cents": None if shares is None or price is None else _scaled(shares * price, 2),
            }
        )
    return found


def trade_rows(columns: Mapping[str, Any]) -> list[list[Any]]:
    """The trades of a filing with these columns, each with what a market is asked by: whose, of what, when filed."""
    owners: list[str] = columns["owners"]
    owner = owners[0] if owners else None
    issuer, symbol = columns["issuer"], columns["symbol"]
    keys = key_of(issuer or symbol), key_of(owner)
    shared = (issuer, symbol, owner, *keys, columns["form"], plain(columns["filed"]), columns["plan"])
    return [[*(trade[name] for name in _TRADE), *shared] for trade in columns["trades"] or ()]


@lru_cache(maxsize=8192)
def key_of(name: str | None) -> str:
    """A name by its words in any order and spelling of case and punctuation: one key for most prints of it."""
    return " ".join(sorted(re.findall(r"[^\W_]+", (name or "").casefold())))


def _accession(number: str | None) -> str | None:
    """The number that EDGAR gave the submission, if it is one; anything else tells no two filings to be the same."""
    return number if number and _ACCESSION.fullmatch(number) else None


def _scaled(value: Decimal | None, places: int) -> int | None:
    """The value in units of so many decimal places; ``None`` where it is absurd."""
    if value is None:
        return None
    return int(value.scaleb(places).quantize(Decimal(1), ROUND_HALF_EVEN)) if abs(value) < MOST else None


def listed(filing: Filing) -> Listed:
    """The filing ready to be stored."""
    columns = columns_of(filing)
    as_text = {name: orjson.dumps(columns[name]).decode() for name in ("owners", "trades")}
    days = {name: plain(columns[name]) for name in ("period", "filed")}
    stored = columns | as_text | days
    return Listed(
        [stored[name] for name in LIST_COLUMNS],
        list(dict.fromkeys(columns["owners"])),
        trade_rows(columns),
        filing.container,
        orjson.dumps(to_stored_json(filing)).decode(),
    )


def as_line(one: Listed) -> str:
    """The filing in one line: all but the record as JSON, a tab, and the record as it is."""
    return f"{orjson.dumps(one[:-1]).decode()}\t{one.record}"


def from_line(line: str) -> Listed:
    """The filing that ``as_line`` wrote."""
    rest, _, record = line.partition("\t")
    columns, owners, trades, container = orjson.loads(rest)
    return Listed(columns, owners, trades, container, record)
