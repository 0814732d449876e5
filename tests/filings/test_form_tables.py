"""The tables as each form prints them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lib.filings.form_tables import columns_of, printed_rows
from lib.filings.record import Finding, Row
from tests.builders import filing

OPTION = Row(
    "holding",
    security_title="Option",
    conversion_or_exercise_price=Decimal(5),
    expiration_date=date(2030, 1, 2),
    underlying_security_title="Common",
    underlying_security_shares=Decimal(100),
    direct_or_indirect="D",
)
ON_FORM_3 = replace(filing("2024-06-12", document_type="3"), derivative=(OPTION,))


def test_form_3_counts_its_columns_in_its_own_way() -> None:
    """Its second table has the exercise price in the fourth column, and no transactions."""
    (row,) = printed_rows(ON_FORM_3, "derivative")
    assert (row["2 Expires"], row["3 Amount"], row["4 Exercise price"], row["5 D/I"]) == (
        "2 Jan 2030",
        "100",
        "$5",
        "D",
    )
    assert [one.head for one in columns_of(ON_FORM_3, "non_derivative")] == [
        "1 Title",
        "2 Amount",
        "3 D/I",
        "4 Nature",
    ]


def test_what_form_3_has_no_column_for_is_shown_all_the_same() -> None:
    """A value or a doubt that the form does not know can still be reached."""
    doubt = Finding("warning", "derivative[0].transaction_date", "“x” stands there", "x")
    odd = replace(ON_FORM_3, derivative=(replace(OPTION, transaction_code="A"),), findings=(doubt,))
    heads = [one.head for one in columns_of(odd, "derivative")]
    assert heads[-2:] == ["3 Date", "4 Code"]
