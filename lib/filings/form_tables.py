"""Table I and Table II as the form prints them: which field stands in which column, and a cell as text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from lib.filings.record import ROW_FIELDS, Filing, Finding, Row
from lib.filings.words import day

SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: short head, the form's own words, and the fields that may stand in it.

    Of several fields, the first that has a value is shown. ``side`` limits the column to acquired or
    disposed amounts.
    """

    head: str
    printed: str
    fields: tuple[str, ...]
    side: Literal["A", "D"] | None = None
    number: bool = False


_AMOUNT = ("transaction_shares", "transaction_total_value")
_OWNED = ("shares_owned_following", "value_owned_following")
_UNDERLYING = ("underlying_security_shares", "underlying_security_value")

TABLE_TITLES: Final = {
    "non_derivative": "Table I: non-derivative securities",
    "derivative": "Table II: derivative securities",
}

TABLE_I: Final = (
    Column("1 Title", "1. Title of Security", ("security_title",)),
    Column("2 Date", "2. Transaction Date", ("transaction_date",)),
    Column("2A Deemed", "2A. Deemed Execution Date, if any", ("deemed_execution_date",)),
    Column("3 Code", "3. Transaction Code", ("transaction_code",)),
    Column(
        "3 V",
        "3. V: reported voluntarily early; on Form 5 the form it belonged on",
        ("transaction_form_type",),
    ),
    Column("4 Amount", "4. Securities Acquired (A) or Disposed Of (D): Amount", _AMOUNT, number=True),
    Column("4 A/D", "4. Securities Acquired (A) or Disposed Of (D)", ("acquired_disposed_code",)),
    Column("4 Price", "4. Price", ("transaction_price_per_share",), number=True),
    Column(
        "5 Owned after", "5. Amount Beneficially Owned Following Reported Transaction(s)", _OWNED, number=True
    ),
    Column("6 D/I", "6. Ownership Form: Direct (D) or Indirect (I)", ("direct_or_indirect",)),
    Column("7 Nature", "7. Nature of Indirect Beneficial Ownership", ("nature_of_ownership",)),
)

TABLE_II: Final = (
    Column("1 Title", "1. Title of Derivative Security", ("security_title",)),
    Column(
        "2 Exercise price", "2. Conversion or Exercise Price", ("conversion_or_exercise_price",), number=True
    ),
    Column("3 Date", "3. Transaction Date", ("transaction_date",)),
    Column("3A Deemed", "3A. Deemed Execution Date, if any", ("deemed_execution_date",)),
    Column("4 Code", "4. Transaction Code", ("transaction_code",)),
    Column(
        "4 V",
        "4. V: reported voluntarily early; on Form 5 the form it belonged on",
        ("transaction_form_type",),
    ),
    Column("5 (A)", "5. Number of Derivative Securities Acquired (A)", _AMOUNT, "A", number=True),
    Column("5 (D)", "5. Number of Derivative Securities Disposed of (D)", _AMOUNT, "D", number=True),
    Column("6 Exercisable", "6. Date Exercisable", ("exercise_date",)),
    Column("6 Expires", "6. Expiration Date", ("expiration_date",)),
    Column("7 Underlying", "7. Title of Underlying Securities", ("underlying_security_title",)),
    Column("7 Amount", "7. Amount or Number of Underlying Shares", _UNDERLYING, number=True),
    Column("8 Price", "8. Price of Derivative Security", ("transaction_price_per_share",), number=True),
    Column("9 Owned after", "9. Derivative Securities Beneficially Owned Following", _OWNED, number=True),
    Column("10 D/I", "10. Ownership Form: Direct (D) or Indirect (I)", ("direct_or_indirect",)),
    Column("11 Nature", "11. Nature of Indirect Beneficial Ownership", ("nature_of_ownership",)),
)


def _renumbered(table: tuple[Column, ...], names: dict[str, tuple[str, str]]) -> tuple[Column, ...]:
    known = {column.head: column for column in table}
    return tuple(replace(known[head], head=new, printed=printed) for head, (new, printed) in names.items())


FORM_3: Final = {
    "non_derivative": _renumbered(
        TABLE_I,
        {
            "1 Title": ("1 Title", "1. Title of Security"),
            "5 Owned after": ("2 Amount", "2. Amount of Securities Beneficially Owned"),
            "6 D/I": ("3 D/I", "3. Ownership Form: Direct (D) or Indirect (I)"),
            "7 Nature": ("4 Nature", "4. Nature of Indirect Beneficial Ownership"),
        },
    ),
    "derivative": _renumbered(
        TABLE_II,
        {
            "1 Title": ("1 Title", "1. Title of Derivative Security"),
            "6 Exercisable": ("2 Exercisable", "2. Date Exercisable"),
            "6 Expires": ("2 Expires", "2. Expiration Date"),
            "7 Underlying": ("3 Underlying", "3. Title of Underlying Securities"),
            "7 Amount": ("3 Amount", "3. Amount or Number of Underlying Shares"),
            "2 Exercise price": ("4 Exercise price", "4. Conversion or Exercise Price"),
            "10 D/I": ("5 D/I", "5. Ownership Form: Direct (D) or Indirect (I)"),
            "11 Nature": ("6 Nature", "6. Nature of Indirect Beneficial Ownership"),
        },
    ),
}
"""The tables of Form 3, which tells of holdings alone and counts its columns in its own way."""


def columns_of(filing: Filing, table: str) -> tuple[Column, ...]:
    """The columns of ``non_derivative`` (Table I) or ``derivative`` (Table II) on the filing's form.

    What a Form 3 says, or is in doubt about, for which the form has no column stands in Form 4's, behind its own.
    """
    whole = TABLE_I if table == "non_derivative" else TABLE_II
    if not (filing.document_type or "").startswith("3"):
        return whole
    own = FORM_3[table]
    told = {name for column in own for name in column.fields}
    rows: tuple[Row, ...] = getattr(filing, table)
    said = {name for row in rows for name in ROW_FIELDS if getattr(row, name) is not None}
    said |= {name for row in rows for name in row.footnotes}
    said |= {one.where.rpartition(".")[2] for one in filing.findings if one.where.startswith(f"{table}[")}
    return own + tuple(column for column in whole if (said - told).intersection(column.fields))


def printed_rows(filing: Filing, table: str) -> list[dict[str, str]]:
    """The table's rows as the form prints them, footnote marks on their values."""
    columns = columns_of(filing, table)
    return [{c.head: cell_text(filing, row, c) for c in columns} for row in getattr(filing, table)]


def stands_in(row: Row, column: Column) -> bool:
    """Whether the row's amount belongs in this column: acquired or disposed, or either where nothing tells."""
    return column.side is None or row.acquired_disposed_code in {column.side, None}


def field_at(row: Row, column: Column) -> str:
    """The field of ``row`` that stands in ``column``."""
    filled = [name for name in column.fields if getattr(row, name) is not None or row.footnotes.get(name)]
    return filled[0] if filled else column.fields[0]


def place_at(filing: Filing, table: str, number: int, column: Column, doubted: Collection[str]) -> str:
    """The path of the value that ``column`` shows in a row of a table, the rows counted from 0.

    Of fields that share a column the row leaves empty, one that is ``doubted`` comes first.
    """
    row: Row = getattr(filing, table)[number]
    shown = field_at(row, column)
    names = [shown] if getattr(row, shown) is not None else [*column.fields]
    places = [f"{table}[{number}].{name}" for name in names]
    return next((place for place in places if place in doubted), f"{table}[{number}].{shown}")


def doubts(filing: Filing) -> dict[str, list[Finding]]:
    """The findings by the path they are about: such a place can be reached also where the filing says nothing."""
    found: dict[str, list[Finding]] = {}
    for finding in filing.findings:
        found.setdefault(finding.where, []).append(finding)
    return found


def cell_text(filing: Filing, row: Row, column: Column) -> str:
    """A cell as it is read: the value as printed and its footnote marks, such as ``1,700 ⁽¹⁾``."""
    if not stands_in(row, column):
        return ""
    name = field_at(row, column)
    text = value_text(filing, row, name)
    marks = "".join(
        f"⁽{mark.removeprefix('F').translate(SUPERSCRIPTS)}⁾" for mark in row.footnotes.get(name, ())
    )
    return f"{text} {marks}".strip()


def value_text(filing: Filing, row: Row, name: str) -> str:
    """A value of a row as printed, without its marks: ``1,700``, ``24 Nov 2003``, ``S/K``; empty where there is none."""
    value: Any = getattr(row, name)
    if name == "transaction_form_type" and filing.document_type in {"4", "4/A"}:
        return "V" if value == "5" else ""
    if name == "transaction_code" and value:
        late = f" {row.transaction_timeliness}" if row.transaction_timeliness else ""
        return f"{value}/K{late}" if row.equity_swap_involved else f"{value}{late}"
    if isinstance(value, Decimal):
        dollars = "$" if name.endswith(("price", "price_per_share", "value", "value_owned_following")) else ""
        return f"{dollars}{value:,f}"
    return day(value) if isinstance(value, date) else value or ""
