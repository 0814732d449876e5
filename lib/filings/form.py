"""The printed form: its boxes, columns and cells, known once for every printed reader.

EDGAR's own page, the investor-relations PDFs, text dumps and scans all show the same SEC form. A reader of
one of those containers finds where the words stand; what the words of a column mean is here. Columns are
those of appendix C of the EDGAR Ownership XML Technical Specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from lib.filings.lookalikes import as_meant, exchanged
from lib.filings.record import DATE_FIELDS, Finding, Row, Source
from lib.filings.values import decimal, folded, month_day_year

Table = Literal["non_derivative", "derivative"]
_V = TypeVar("_V")

_CHANGES_I = (
    "security_title",
    "transaction_date",
    "deemed_execution_date",
    "transaction_code",
    "v",
    "transaction_amount",
    "acquired_disposed_code",
    "transaction_price_per_share",
    "owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)
_CHANGES_II = (
    "security_title",
    "conversion_or_exercise_price",
    "transaction_date",
    "deemed_execution_date",
    "transaction_code",
    "v",
    "acquired",
    "disposed",
    "exercise_date",
    "expiration_date",
    "underlying_security_title",
    "underlying_amount",
    "transaction_price_per_share",
    "owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)
_INITIAL_I = ("security_title", "owned_following", "direct_or_indirect", "nature_of_ownership")
_INITIAL_II = (
    "security_title",
    "exercise_date",
    "expiration_date",
    "underlying_security_title",
    "underlying_amount",
    "conversion_or_exercise_price",
    "direct_or_indirect",
    "nature_of_ownership",
)

TITLE_I: Final = re.compile(r"Table\s+I\s*[-–—]+\s*Non-?\s?Derivative\s+Securities", re.IGNORECASE)
TITLE_II: Final = re.compile(r"Table\s+II\s*[-–—]+\s*Derivative\s+Securities", re.IGNORECASE)
EXPLANATION: Final = re.compile(r"Explanation\s+of\s+Responses\s*:?", re.IGNORECASE)
NOTHING_OWNED: Final = re.compile(r"No\s+securities\s+are\s+beneficially\s+owned", re.IGNORECASE)
ASKS_FOR_PLAN: Final = re.compile(r"box\s+to\s+indicate|to\s+indicate\s+that\s+a\b", re.IGNORECASE)
"""The label of the Rule 10b5-1(c) box, which forms have from April 2023; footnotes name the rule too."""
NOTHING_OWNED_SENTENCE: Final = re.compile(
    r"(?:^|(?<=\s))No\s+securities\s+are\s+beneficially\s+owned(?:\.(?=\s|$)|$)", re.IGNORECASE
)

TICKED: Final = re.compile(r"[_\s]*[Xx☒✓✔][_\s]*|\[\s*[Xx]\s*\]|[☒☑]")
"""What stands in a box that is ticked."""

UNKNOWN_CHARACTER: Final = "\ufffd"
_MARK: Final = re.compile(r"[(\[⁽]\s*[Ff]?\s*(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s*[)\]⁾]")
_LONGEST_MARK: Final = 9
_SUPERSCRIPT_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CODE: Final = re.compile(r"([345])?\s*([A-Z])\s*(/\s*K)?\s*([LE])?")
_WORDS: Final = frozenset({"security_title", "underlying_security_title", "nature_of_ownership"})
"""Columns of words, where a number in parentheses may be the filer's own; elsewhere it is always a mark."""
_OF_TRANSACTIONS: Final = (
    "transaction_date",
    "transaction_code",
    "transaction_shares",
    "transaction_total_value",
)
"""What only a transaction has; a row cut off from its date may still have its amount."""
_TWO_WAY: Final = {
    "transaction_amount": ("transaction_shares", "transaction_total_value"),
    "underlying_amount": ("underlying_security_shares", "underlying_security_value"),
    "owned_following": ("shares_owned_following", "value_owned_following"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """What stands at one place of a printed form: its words, its footnote marks, and where it stands."""

    text: str
    marks: tuple[int, ...] = ()
    source: Source | None = None


def unknown_character(where: str, text: str) -> Finding:
    """The finding on a text some of whose characters the document does not tell."""
    message = f"The document does not say what some characters of “{text[:80]}” are."
    return Finding("warning", where, message, "form.unknown-character")


def unplaced_row(table: Table, text: str, count: int) -> Finding:
    """The finding on a row that has other columns than the form, and is therefore not in the record."""
    number = "II" if table == "derivative" else "I"
    said = " ".join(text.split())[:200]
    message = f"A row of Table {number} has {count} cells, which no layout of the form has, and was left out: “{said}”."
    return Finding("error", table, message, "form.unplaced-row")


def columns(table: Table, form: str, count: int) -> tuple[str, ...] | None:
    """The columns of a table of ``count`` columns, left to right; ``None`` if no form has so many.

    Form 5, and some layouts of Form 4, leave out column V.
    """
    initial = form.startswith("3")
    known = {
        ("non_derivative", True): _INITIAL_I,
        ("derivative", True): _INITIAL_II,
        ("non_derivative", False): _CHANGES_I,
        ("derivative", False): _CHANGES_II,
    }[table, initial]
    if count == len(known):
        return known
    if count == len(known) - 1 and not initial:
        return tuple(name for name in known if name != "v")
    return None


def split_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the footnote marks at its end, and the marks: ``"S ⁽¹⁾"`` → ``("S", (1,))``."""
    marks: list[int] = []
    rest = text.rstrip()
    while True:
        before = rest.rstrip(" \t\n,") if marks else rest.rstrip(" ,")
        opening = max(
            (before.rfind(bracket, max(0, len(before) - _LONGEST_MARK)) for bracket in "([⁽"), default=-1
        )
        found = _MARK.fullmatch(before, opening) if opening >= 0 else None
        if not found:
            return (rest if marks else text), tuple(reversed(marks))
        marks.append(int(found[1].translate(_SUPERSCRIPT_DIGITS)))
        rest = before[:opening].rstrip()


def marked(text: str, source: Source | None = None) -> Text:
    """The text with trailing marks taken off as marks."""
    words, marks = split_marks(text.strip())
    return Text(words, marks, source)


def row_of(
    cells: Mapping[str, Text], table: Table, form: str, where: str
) -> tuple[Row, list[Finding], dict[str, Source]]:
    """A row from the texts of its printed columns, with findings and places by path.

    ``form`` is 3, 4 or 5, and ``where`` the row's path. A text that is not what its column holds becomes a
    finding and an empty cell, never a guess.
    """
    reading = _RowReading(where)
    for column, text in cells.items():
        reading.read(column, text)
    return reading.row(table, form)


class _RowReading:
    def __init__(self, where: str) -> None:
        self.where = where
        self.values: dict[str, Any] = {}
        self.marks: dict[str, tuple[str, ...]] = {}
        self.findings: list[Finding] = []
        self.sources: dict[str, Source] = {}

    def read(self, column: str, cell: Text) -> None:
        text = folded(cell.text) or ""
        if column not in _WORDS:
            text, marks = split_marks(text)
            cell = Text(text, (*cell.marks, *marks), cell.source)
        if not text and not cell.marks:
            return
        match column:
            case "v":
                self._v(text, cell)
            case "transaction_code":
                self._code(text, cell)
            case "acquired" | "disposed":
                self._put("acquired_disposed_code", column[0].upper(), cell, marks=False)
                self._amount("transaction_amount", text, cell)
            case "transaction_amount" | "underlying_amount" | "owned_following":
                self._amount(column, text, cell)
            case "conversion_or_exercise_price" | "transaction_price_per_share":
                self._number(column, text, cell)
            case "acquired_disposed_code" | "direct_or_indirect":
                letters = "AD" if column == "acquired_disposed_code" else "DI"
                self._letter(column, letters, text, cell)
            case _ if column in DATE_FIELDS:
                self._date(column, text, cell)
            case _:
                self._put(column, text or None, cell)

    def row(self, table: Table, form: str) -> tuple[Row, list[Finding], dict[str, Source]]:
        values = self.values
        transaction = any(values.get(name) is not None for name in _OF_TRANSACTIONS)
        if transaction:
            values.setdefault("transaction_form_type", "4" if form.startswith("4") else None)
            values.setdefault("equity_swap_involved", False)
        return (
            Row("transaction" if transaction else "holding", footnotes=self.marks, **values),
            self.findings,
            self.sources,
        )

    def _put(self, name: str, value: Any, cell: Text, marks: bool = True) -> None:
        if value is not None:
            self.values[name] = value
            if isinstance(value, str) and UNKNOWN_CHARACTER in value:
                self.findings.append(unknown_character(f"{self.where}.{name}", value))
        if cell.marks and marks:
            self.marks[name] = (*self.marks.get(name, ()), *(f"F{n}" for n in cell.marks))
        if cell.source:
            self.sources[f"{self.where}.{name}"] = cell.source

    def _unfit(self, name: str, text: str, expected: str, holds: Callable[[str], object | None]) -> None:
        meant = as_meant(text, holds) if len(text) <= 40 else None
        blame = f", with {exchanged(text, meant)}" if meant else ""
        self.findings.append(
            Finding(
                "warning",
                f"{self.where}.{name}",
                f"“{text[:80]}” stands where {expected} belongs{blame}; left empty.",
                "form.unfit",
            )
        )

    def _number(self, name: str, text: str, cell: Text) -> None:
        self._put(name, self._value(name, text, decimal, "a number") if text else None, cell)

    def _value(self, name: str, text: str, parse: Callable[[str], _V | None], expected: str) -> _V | None:
        """What the text holds, its parts joined where a line break has evidently cut it in two."""
        value = parse(text)
        if value is None:
            cut = any(parse(part) is None for part in text.split())
            value = parse(text.replace(" ", "")) if cut else None
            if value is None:
                self._unfit(name, text, expected, parse)
            else:
                message = f"“{text[:80]}” is {expected} cut in two; its parts were joined."
                self.findings.append(Finding("note", f"{self.where}.{name}", message, "form.rejoined"))
        return value

    def _amount(self, column: str, text: str, cell: Text) -> None:
        shares, money = _TWO_WAY[column]
        self._number(money if text.startswith("$") else shares, text, cell)

    def _date(self, name: str, text: str, cell: Text) -> None:
        self._put(name, self._value(name, text, month_day_year, "a date") if text else None, cell)

    def _letter(self, name: str, letters: str, text: str, cell: Text) -> None:
        def letter(said: str) -> str | None:
            return said.upper() if len(said) == 1 and said.upper() in letters else None

        value = letter(text)
        if text and value is None:
            self._unfit(name, text, f"{letters[0]} or {letters[1]}", letter)
        self._put(name, value, cell)

    def _code(self, text: str, cell: Text) -> None:
        found = _CODE.fullmatch(text)
        if text and not found:
            self._unfit("transaction_code", text, "a transaction code", _CODE.fullmatch)
        self._put("transaction_code", found[2] if found else None, cell)
        if found:
            self.values["equity_swap_involved"] = bool(found[3])
            if found[1]:
                self.values["transaction_form_type"] = found[1]
            if found[4]:
                self.values["transaction_timeliness"] = found[4]

    def _v(self, text: str, cell: Text) -> None:
        if text.upper() == "V":
            self.values["transaction_form_type"] = "5"
            self.values["transaction_timeliness"] = "E"
            if cell.source:
                self.sources[f"{self.where}.transaction_form_type"] = cell.source
        elif text:
            self._unfit("transaction_form_type", text, "a V", lambda said: said.upper() == "V" or None)


def issuer_and_symbol(text: str) -> tuple[str | None, str | None]:
    """Box 2's line ``KEYCORP /NEW/ [ KEY ]`` as name and symbol."""
    found = re.search(r"\[\s*(.*?)\s*\]\s*$", text)
    if not found:
        return folded(text), None
    return folded(text[: found.start()]), folded(found[1])


def city_state_zip(text: str) -> tuple[str | None, str | None, str | None]:
    """The last line of an address, ``LONG BEACH, CA 90808``, as city, state and zip code.

    EDGAR's state codes have two characters, for foreign places with a digit (``E9``).
    """
    text = folded(text) or ""
    found = re.fullmatch(r"(.*?),?\s+([A-Z][A-Z0-9])\s+(\S[\S ]*)", text) or re.fullmatch(
        r"(.*?),?\s+([A-Z][A-Z0-9])()", text
    )
    if not found:
        return folded(text), None, None
    return folded(found[1]), found[2], folded(found[3])
