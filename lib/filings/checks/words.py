"""How findings name rows, figures and days, so that every check speaks alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=256)
def row_name(where: str) -> str:
    """A row's path as a person counts: ``non_derivative[2]`` is “Row 3 of Table I”."""
    table, _, number = where.partition("[")
    return f"Row {int(number.rstrip(']')) + 1} of Table {'I' if table == 'non_derivative' else 'II'}"


def figure(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: ``1,234.5``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date) -> str:
    """A day as ISO writes it."""
    return value.isoformat()


def field_name(name: str) -> str:
    """A record's field in words: ``expiration_date`` is “expiration date”."""
    return name.replace("_", " ")


def plural(count: int, noun: str) -> str:
    """``3 rows``, ``1 row``, ``2,000 characters``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
