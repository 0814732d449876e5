"""Look-alike characters: what a text with one most likely means, and which character is to blame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lib.filings.checks import checked
from lib.filings.corrections import proposal
from lib.filings.form import Text, row_of
from lib.filings.form_tables import TABLE_I, place_at
from lib.filings.lookalikes import as_meant, exchanged, unread_text
from lib.filings.record import Finding
from lib.filings.values import decimal, month_day_year
from tests.builders import filing

DATE = "non_derivative[0].transaction_date"


@pytest.mark.parametrize(
    ("text", "meant", "words"),
    [
        ("06/12/2O24", "06/12/2024", "the letter O in place of the digit 0"),
        ("O6/l2/2024", "06/12/2024", "the letter O in place of the digit 0 and the small letter l in place of the digit 1"),
        ("0б/12/2024", None, None),
        ("\uff10\uff16/12/2024", "06/12/2024", "the digit \uff10 (fullwidth digit zero) in place of the digit 0 and the digit \uff16 (fullwidth digit six) in place of the digit 6"),
        ("soon", None, None),
    ],
)  # fmt: skip
def test_look_alikes_are_named_only_where_they_explain_the_text(
    text: str, meant: str | None, words: str | None
) -> None:
    """A date with one exchanged character says which; a word that is no date stays a word."""
    found = as_meant(text, month_day_year)
    assert found == meant
    if found:
        assert exchanged(text, found) == words


def test_a_number_is_not_its_own_look_alike() -> None:
    """What can be read as it stands is not explained away."""
    assert as_meant("1,700", decimal) is None


def test_the_finding_names_the_character_and_the_cell_is_told_once() -> None:
    """A damaged date is one finding, with the letter at fault, also after the checks."""
    row, findings, _ = row_of(
        {"transaction_date": Text("06/12/2O24"), "transaction_amount": Text("100")},
        "non_derivative",
        "4",
        "non_derivative[0]",
    )
    found = checked(replace(filing("2024-06-12", row), findings=tuple(findings)))
    told = [finding.message for finding in found.findings if finding.where == DATE]
    assert told == [
        "“06/12/2O24” stands where a date belongs, with the letter O in place of the digit 0; left empty."
    ]
    assert unread_text(found, DATE) == "06/12/2O24"
    assert proposal(DATE, "06/12/2O24") == "06/12/2024"
    assert proposal(DATE, "in June") == "in June"


def test_an_empty_date_without_a_word_is_still_told() -> None:
    """The check speaks where no reader did."""
    row, _, _ = row_of({"transaction_code": Text("S")}, "non_derivative", "4", "non_derivative[0]")
    assert "empty.date" in {finding.rule for finding in checked(filing("2024-06-12", row)).findings}


def test_a_blank_column_leads_to_the_field_in_doubt() -> None:
    """Where shares or value could stand, the finding says which of the two is meant."""
    row, _, _ = row_of({"transaction_date": Text("06/12/2024")}, "non_derivative", "4", "x")
    amount = next(column for column in TABLE_I if column.head == "4 Amount")
    doubt = Finding("warning", "non_derivative[0].transaction_total_value", "“$lots” stands there", "x")
    assert row.transaction_date == date(2024, 6, 12)
    blank = filing("2024-06-12", row)
    assert place_at(blank, "non_derivative", 0, amount, ()).endswith("transaction_shares")
    assert place_at(blank, "non_derivative", 0, amount, {doubt.where}) == doubt.where


@pytest.mark.parametrize(
    "path", ["non_derivative[0].security_title", "issuer.name", "reporting_owners[0].street1"]
)
def test_words_are_offered_as_they_stand(path: str) -> None:
    """No letter of a name is taken for a digit."""
    assert proposal(path, "Right to purchase So") == "Right to purchase So"


def test_what_is_said_of_a_value_is_not_what_stands_in_it() -> None:
    """Only a finding on a value left empty quotes what is there; another may quote its neighbour."""
    where = "derivative[0].underlying_security_title"
    doubt = Finding("warning", where, "“Right to purchase” breaks off.", "text.open_end")
    assert unread_text(replace(filing("2024-06-12"), findings=(doubt,)), where) is None
