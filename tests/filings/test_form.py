"""The printed form: marks, columns, and cells that hold something else than they should."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.filings.form import Text, city_state_zip, issuer_and_symbol, row_of, split_marks
from lib.filings.json import to_json
from lib.filings.readers import read
from sample_filings.render import html
from tests.filings.test_oddities import HELD, PLAIN, SALE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("757,756(1)", ("757,756", (1,))),
        ("S ⁽¹⁾", ("S", (1,))),
        ("5 (1)(2)", ("5", (1, 2))),
        ("5 (1), (12)", ("5", (1, 12))),
        ("By Trust [F3]", ("By Trust", (3,))),
        ("(4)", ("", (4,))),
        ("401(k) Plan", ("401(k) Plan", ())),
        ("Warrants (2023)", ("Warrants (2023)", ())),
        ("Acme, Inc.,", ("Acme, Inc.,", ())),
    ],
)
def test_marks_are_taken_off_the_end(text: str, parts: tuple[str, tuple[int, ...]]) -> None:
    """Marks in every style go, and words in parentheses stay."""
    assert split_marks(text) == parts


def test_thousands_of_marks_take_no_time() -> None:
    """A cell made of marks is read in a time that grows with its length alone."""
    start = time.monotonic()
    assert split_marks("(1) " * 20_000 + "x") == ("(1) " * 20_000 + "x", ())
    assert len(split_marks("(1) " * 20_000)[1]) == 20_000
    assert time.monotonic() - start < 5


def test_what_a_column_cannot_hold_is_left_empty_with_a_finding() -> None:
    """A word where a number belongs is no number."""
    cells = {
        "transaction_amount": Text("many"),
        "direct_or_indirect": Text("X"),
        "transaction_code": Text("??"),
    }
    row, findings, _ = row_of(cells, "non_derivative", "4", "non_derivative[0]")
    assert (row.transaction_shares, row.direct_or_indirect, row.transaction_code) == (None, None, None)
    assert [finding.rule for finding in findings] == ["form.unfit"] * 3


@pytest.mark.parametrize(
    ("text", "value", "rules"),
    [("1,234,5 67", Decimal(1234567), ["form.rejoined"]), ("100 200", None, ["form.unfit"])],
)
def test_only_numbers_evidently_cut_are_joined(text: str, value: Decimal | None, rules: list[str]) -> None:
    """A part that is no number by itself shows the cut; two whole numbers stay two."""
    row, findings, _ = row_of({"transaction_amount": Text(text)}, "non_derivative", "4", "non_derivative[0]")
    assert row.transaction_shares == value
    assert [finding.rule for finding in findings] == rules


def test_a_dollar_sign_makes_an_amount_a_value() -> None:
    """Shares or value: the sign tells."""
    row, _, _ = row_of({"owned_following": Text("$1,000")}, "non_derivative", "4", "x")
    assert (row.shares_owned_following, row.value_owned_following) == (None, Decimal(1000))


def test_characters_the_document_does_not_tell_are_reported() -> None:
    """A replacement character in a title is kept and named."""
    row, findings, _ = row_of({"security_title": Text("Comm\ufffdn")}, "non_derivative", "4", "x")
    assert row.security_title == "Comm\ufffdn"
    assert [finding.rule for finding in findings] == ["form.unknown-character"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("LONG BEACH, CA 90808", ("LONG BEACH", "CA", "90808")),
        ("GRAND CAYMAN E9 KY1-9010", ("GRAND CAYMAN", "E9", "KY1-9010")),
        ("SINGAPORE", ("SINGAPORE", None, None)),
    ],
)
def test_places(line: str, parts: tuple[str, str | None, str | None]) -> None:
    """City, state and zip code come apart, foreign codes too."""
    assert city_state_zip(line) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("KEYCORP /NEW/ [ KEY ]", ("KEYCORP /NEW/", "KEY")),
        ("John Wiley & Sons [WLY, WLYB]", ("John Wiley & Sons", "WLY, WLYB")),
        ("Acme", ("Acme", None)),
    ],
)
def test_issuers(line: str, parts: tuple[str, str | None]) -> None:
    """The ticker stands in brackets, whatever it says."""
    assert issuer_and_symbol(line) == parts


def test_a_row_with_other_columns_is_told() -> None:
    """A row that fits no layout is not in the record, and an error quotes it."""
    record = to_json(replace(PLAIN, non_derivative=(SALE, HELD)))
    page = html.render(record).decode().replace("By Trust", "By Trust</td><td>extra", 1)
    (filing,) = read("page.html", page.encode())
    assert [row.row_type for row in filing.non_derivative] == ["transaction"]
    (told,) = [finding for finding in filing.findings if finding.rule == "form.unplaced-row"]
    assert told.severity == "error"
    assert "By Trust extra" in told.message


def test_a_row_with_an_amount_is_a_transaction() -> None:
    """No holding has an amount acquired or disposed of, so a row cut off from its date and code is no holding."""
    row, _, _ = row_of(
        {"security_title": Text("Warrant"), "acquired": Text("300")}, "derivative", "4", "here"
    )
    assert (row.row_type, row.transaction_shares) == ("transaction", Decimal(300))
