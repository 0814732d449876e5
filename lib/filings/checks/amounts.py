"""Checks on a row's numbers: what is empty without a word, what is there twice, and what cannot be."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lib.filings.checks.words import field_name, figure, row_name
from lib.filings.record import Filing, Finding, Row

MOST_EXPENSIVE_SHARE: Final = Decimal(1_000_000)
"""Dollars. The dearest listed share, Berkshire Hathaway's class A, has stayed under this."""

LARGEST_TRADE: Final = Decimal(50_000_000_000)
"""Dollars. The largest insider transactions on record are of a few ten billion."""

_TWO_WAYS: Final = (
    ("transaction_shares", "transaction_total_value"),
    ("underlying_security_shares", "underlying_security_value"),
    ("shares_owned_following", "value_owned_following"),
)
_DERIVATIVE: Final = ("conversion_or_exercise_price", "exercise_date", "expiration_date")
_TRANSACTION: Final = ("transaction_date", "transaction_price_per_share")
_NEEDED: Final[dict[tuple[bool, bool], tuple[str, ...]]] = {
    (False, False): (),
    (False, True): _TRANSACTION,
    (True, False): _DERIVATIVE,
    (True, True): _DERIVATIVE + _TRANSACTION,
}


def empty_prices_and_dates(filing: Filing) -> list[Finding]:
    """An empty price or date carries a footnote that says why.

    Source: EDGAR Ownership XML Technical Specification v3: ``conversionOrExercisePrice``,
    ``transactionDate``, ``transactionPricePerShare``, ``exerciseDate`` and ``expirationDate`` hold a value
    or a ``footnoteId``. The deemed execution date may be left out.
    """
    return [
        Finding(
            "warning",
            f"{where}.{name}",
            f"{row_name(where)} has no {field_name(name)}, and no footnote says why.",
            "empty.date" if name.endswith("_date") else "empty.price",
        )
        for where, row in filing.rows()
        for name in _needed(where, row)
        if getattr(row, name) is None and not row.footnotes.get(name)
    ]


def missing_amounts(filing: Filing) -> list[Finding]:
    """A transaction has an amount, and says what is owned after it.

    Source: EDGAR Ownership XML Technical Specification v3, ``transactionAmounts`` and
    ``postTransactionAmounts``; Form 4, Table I, columns 4 and 5.
    """
    found: list[Finding] = []
    for where, row in filing.rows():
        if row.row_type != "transaction":
            continue
        if row.transaction_shares is None and row.transaction_total_value is None:
            found += _unexplained(where, row, _TWO_WAYS[0], "an amount")
        if row.shares_owned_following is None and row.value_owned_following is None:
            found += _unexplained(where, row, _TWO_WAYS[2], "what is owned after it")
    return found


def _unexplained(where: str, row: Row, fields: tuple[str, str], what: str) -> list[Finding]:
    if any(row.footnotes.get(field) for field in fields):
        return []
    message = f"{row_name(where)} is a transaction without {what}."
    return [Finding("warning", f"{where}.{fields[0]}", message, "empty.amount")]


def shares_and_value(filing: Filing) -> list[Finding]:
    """An amount is given in shares or in value, never both.

    Source: EDGAR Ownership XML Technical Specification v3, ``postTransactionAmounts``,
    ``underlyingSecurity`` and ``transactionAmounts`` of derivatives: one or the other.
    """
    return [
        Finding(
            "error",
            f"{where}.{value}",
            f"{row_name(where)} gives both {field_name(shares)} ({figure(getattr(row, shares))}) and "
            f"{field_name(value)} ({figure(getattr(row, value))}); the form takes one or the other.",
            "amount.shares-and-value",
        )
        for where, row in filing.rows()
        for shares, value in _TWO_WAYS
        if getattr(row, shares) is not None and getattr(row, value) is not None
    ]


def free_trades(filing: Filing) -> list[Finding]:
    """A purchase or sale on the market has a price above zero.

    Source: codes P and S in Form 4, General Instruction 8: open-market or private purchases and sales. A
    private one may be free, hence no error, and derivatives often come free with shares, hence only a note
    there; a marked price is explained by its footnote.
    """
    return [
        Finding(
            "note" if where.startswith("derivative") else "warning",
            f"{where}.transaction_price_per_share",
            f"{row_name(where)} is a {'purchase' if row.transaction_code == 'P' else 'sale'} at a price of zero.",
            "price.free-trade",
        )
        for where, row in filing.rows()
        if row.transaction_code in {"P", "S"}
        and row.transaction_price_per_share == 0
        and not row.footnotes.get("transaction_price_per_share")
    ]


def absurd_amounts(filing: Filing) -> list[Finding]:
    """No share costs over a million dollars and no row moves over fifty billion.

    Source: column 4 of Table I asks for the price of one share; filers enter the total there by mistake.
    """
    found = []
    for where, row in filing.rows():
        price, shares = row.transaction_price_per_share, row.transaction_shares
        place = f"{where}.transaction_price_per_share"
        if price is not None and price > MOST_EXPENSIVE_SHARE:
            message = f"{row_name(where)} has a price per share of ${figure(price)}; it may be the total."
            found.append(Finding("warning", place, message, "price.absurd"))
        elif price is not None and shares is not None and price * shares > LARGEST_TRADE:
            message = (
                f"{row_name(where)} comes to ${figure(price * shares)} "
                f"({figure(shares)} at ${figure(price)}); one of the two may be wrong."
            )
            found.append(Finding("warning", place, message, "amount.absurd"))
    return found


def _needed(where: str, row: Row) -> tuple[str, ...]:
    """The prices and dates that a row of its kind must have or explain."""
    return _NEEDED[where.startswith("derivative"), row.row_type == "transaction"]
