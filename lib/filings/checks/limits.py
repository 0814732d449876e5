"""The sizes EDGAR takes: rows, owners, signatures, footnotes, their lengths, and decimal places."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import Final

from lib.filings.checks.words import field_name, figure, plural, row_name
from lib.filings.record import DECIMAL_FIELDS, ROW_FIELDS, TABLES, Filing, Finding

MOST_OWNERS: Final = 10
MOST_SIGNATURES: Final = 10
MOST_ROWS: Final = 30
"""Rows of one table."""
MOST_FOOTNOTES: Final = 99
LONGEST_FOOTNOTE: Final = 1_000
"""Characters."""
LONGEST_REMARKS: Final = 2_000
"""Characters."""
MOST_DECIMAL_PLACES: Final = 4
_NUMBERS: Final = tuple(name for name in ROW_FIELDS if name in DECIMAL_FIELDS)
_values: Final = attrgetter(*_NUMBERS)


def sizes(filing: Filing) -> list[Finding]:
    """The filing has no more of anything than one EDGAR submission takes.

    Source: EDGAR Ownership XML Technical Specification v3: 10 owners and signatures, 30 rows a table, 99
    footnotes of 1,000 characters, remarks of 2,000 characters.
    """
    counted = [
        ("reporting_owners", len(filing.reporting_owners), MOST_OWNERS, "reporting owner"),
        *((table, len(getattr(filing, table)), MOST_ROWS, "row") for table in TABLES),
        ("footnotes", len(filing.footnotes), MOST_FOOTNOTES, "footnote"),
        *(
            (f"footnotes.{key}", len(text), LONGEST_FOOTNOTE, "character")
            for key, text in filing.footnotes.items()
            if len(text) > LONGEST_FOOTNOTE
        ),
        ("remarks", len(filing.remarks or ""), LONGEST_REMARKS, "character"),
        ("signatures", len(filing.signatures), MOST_SIGNATURES, "signature"),
    ]
    return [
        Finding(
            "warning",
            where,
            f"{where}: {plural(count, noun)}, where EDGAR takes at most {most:,}.",
            "limit." + noun.replace(" ", "-"),
        )
        for where, count, most, noun in counted
        if count > most
    ]


def decimals(filing: Filing) -> list[Finding]:
    """A number is not negative and has at most four decimal places, not counting zeros at its end.

    Source: EDGAR Ownership XML Technical Specification v3, decimal values.
    """
    return [
        Finding(
            "note",
            f"{where}.{name}",
            f"{row_name(where)}: the {field_name(name)} {figure(value)} {fault}.",
            "limit.decimals",
        )
        for where, row in filing.rows()
        for name, value in zip(_NUMBERS, _values(row), strict=True)
        if value is not None and not str(value).isdecimal() and (fault := _fault(value))
    ]


def _fault(value: Decimal) -> str | None:
    whole, _, places_text = str(value).partition(".")
    if whole.isdecimal() and len(places_text) <= MOST_DECIMAL_PLACES and (places_text or "0").isdecimal():
        return None
    if not value.is_finite():
        return "is no number"
    if value < 0:
        return "is negative"
    places = len(figure(value).partition(".")[2])
    return (
        f"has {places} decimal places, where EDGAR takes {MOST_DECIMAL_PLACES}"
        if places > MOST_DECIMAL_PLACES
        else None
    )
