"""How values are said to people: amounts, days, and the places of a record.

A day has one form wherever people read it; files for machines keep ISO dates.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from re import Match, fullmatch, sub
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"

_NAMES: Final = {
    "aff10b5_one": "10b5-1 box",
    "acquired_disposed_code": "acquired or disposed",
    "cik": "CIK",
    "date_of_original_submission": "date of the filing it amends",
    "direct_or_indirect": "direct or indirect",
    "document_type": "form",
    "equity_swap_involved": "equity swap",
    "filed_as_of_date": "filing date",
    "is_director": "director",
    "is_officer": "officer",
    "is_other": "other relationship",
    "is_ten_percent_owner": "10 % owner",
    "no_securities_owned": "no securities owned",
    "not_subject_to_section16": "no longer subject to Section 16",
    "other_text": "other relationship, described",
    "period_of_report": "period",
    "row_type": "transaction or holding",
    "shares_owned_following": "shares owned after",
    "street1": "street, line 1",
    "street2": "street, line 2",
    "symbol": "ticker",
    "transaction_form_type": "form it belonged on",
    "transaction_timeliness": "early or late",
    "value_owned_following": "value owned after",
    "zip_code": "ZIP code",
}
_TITLES: Final = {
    "non_derivative": "Table I, row",
    "derivative": "Table II, row",
    "reporting_owners": "Owner",
    "signatures": "Signature",
}


def amount(value: Decimal) -> str:
    """A count or price, grouped in thousands, with the decimals it has: ``2,284,880``."""
    text = f"{abs(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 else text


def signed(value: Decimal) -> str:
    """An amount with its sign, also where it is positive: ``+1,700``."""
    return f"+{amount(value)}" if value > 0 else amount(value)


def dollars(value: Decimal) -> str:
    """Dollars and cents: ``$1,234.50``."""
    return f"{MINUS if value < 0 else ''}${abs(value):,.2f}"


def signed_dollars(value: Decimal) -> str:
    """Dollars and cents with their sign, also where they are more: ``+$1,234.50``."""
    return f"+{dollars(value)}" if value > 0 else dollars(value)


def day(value: date) -> str:
    """A date as people read it: ``24 Nov 2003``."""
    return f"{value.day} {value:%b %Y}"


def days_as_read(sentence: str) -> str:
    """A sentence of ours with each ISO date as people read it; what is no day stays."""

    def read(found: Match[str]) -> str:
        try:
            return day(date.fromisoformat(found[0]))
        except ValueError:
            return found[0]

    return sub(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", read, sentence)


def field_in_words(name: str) -> str:
    """A field of the record as a person says it: ``direct or indirect``."""
    return _NAMES.get(name, name.replace("_", " "))


def where_in_words(path: str) -> str:
    """A path of the record as a person says it: ``Table I, row 3, direct or indirect``; the empty path is all of it."""
    if not path:
        return "Whole filing"
    place, _, name = path.partition(".")
    table, bracket, number = place.rstrip("]").partition("[")
    if bracket and fullmatch(r"[0-9]{1,9}", number):
        title = _TITLES.get(table, field_in_words(table).capitalize())
        return f"{title} {int(number) + 1}" + (f", {field_in_words(name)}" if name else "")
    if place == "footnotes" and name:
        return f"Footnote {name.removeprefix('F')}"
    words = ", ".join(field_in_words(part) for part in path.removeprefix("submission.").split("."))
    return words[:1].upper() + words[1:]
