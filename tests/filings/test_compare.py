"""Comparing two records: what agrees is said to agree, and a row that one lacks is a difference of its own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lib.filings.compare import compare, paired
from lib.filings.record import Filing, Row
from tests.builders import bertucci, filing, holding, transaction


def differing(one: Filing, other: Filing) -> list[tuple[str | None, object, object]]:
    return [(pair.where, pair.value, pair.other_value) for pair in compare(one, other) if not pair.same]


def test_a_record_agrees_with_itself() -> None:
    """No difference, and every value is there."""
    one = bertucci()[1]
    assert differing(one, one) == []
    assert len(compare(one, one)) > 10


def test_one_changed_cell_is_one_difference() -> None:
    """An amendment that restates one amount differs in that amount and in the form."""
    one = bertucci()[1]
    row = replace(one.non_derivative[0], transaction_price_per_share=None)
    other = replace(one, document_type="4/A", non_derivative=(row, *one.non_derivative[1:]))
    assert [where for where, *_ in differing(one, other)] == [
        "document_type",
        "non_derivative[0].transaction_price_per_share",
    ]


def test_a_row_that_one_lacks_stands_alone() -> None:
    """The rows around it are still beside their own."""
    rows = (
        transaction("2020-01-02", "S", "D", 100, 900),
        transaction("2020-01-03", "P", "A", 50, 950),
        holding(7, direct_or_indirect="I"),
    )
    assert paired(rows, (rows[0], rows[2])) == [(0, 0), (1, None), (2, 1)]
    found = compare(filing("2020-01-02", *rows), filing("2020-01-02", rows[0], rows[2]))
    alone = [pair for pair in found if not pair.same]
    assert {pair.other_where for pair in alone} == {None}
    assert all((pair.where or "").startswith("non_derivative[1].") for pair in alone)


def test_numbers_are_the_same_by_value_and_words_by_their_words() -> None:
    """10.00 is 10, and a line end in a title is a space."""
    one = filing(
        "2020-01-02", transaction("2020-01-02", "S", "D", "100.0", 900, security_title="Common  Stock")
    )
    other = filing(
        "2020-01-02", transaction("2020-01-02", "S", "D", "100", 900, security_title="Common Stock")
    )
    assert differing(one, other) == []


def test_nought_is_not_nothing_and_no_is_not_unasked() -> None:
    """A price of 0 is a price, and a form that asked differs from one that did not."""
    one = filing("2020-01-02", transaction("2020-01-02", "S", "D", 100, 0), aff10b5_one=False)
    row = replace(one.non_derivative[0], shares_owned_following=None)
    other = replace(one, non_derivative=(row,), aff10b5_one=None)
    assert [where for where, *_ in differing(one, other)] == [
        "aff10b5_one",
        "non_derivative[0].shares_owned_following",
    ]


SOME_ROWS = st.lists(
    st.builds(
        transaction,
        st.sampled_from(["2020-01-02", "2020-01-03"]),
        st.sampled_from("PS"),
        st.sampled_from("AD"),
        st.integers(1, 3),
        st.integers(0, 9),
    ),
    max_size=6,
)


@given(SOME_ROWS, SOME_ROWS)
def test_every_row_is_paired_once_and_in_order(mine: list[Row], theirs: list[Row]) -> None:
    """No row is left out, told twice, or out of its order."""
    pairs = paired(mine, theirs)
    assert [i for i, _ in pairs if i is not None] == list(range(len(mine)))
    assert [j for _, j in pairs if j is not None] == list(range(len(theirs)))
