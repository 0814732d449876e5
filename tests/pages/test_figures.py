"""Numbers in tables: exact to the last digit as they are shown, and numbers where they are sorted."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.io.formats.style import Styler

from lib.filings.words import amount, dollars, signed, signed_dollars
from lib.ui.checks_table import frame_of
from lib.ui.figures import figure, written

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18), max_value=10**18)


@given(st.lists(st.none() | NUMBERS, min_size=1, max_size=12))
def test_a_column_of_figures_sorts_as_numbers_and_shows_every_digit(values: list[Decimal | None]) -> None:
    """What is held is the exact number; what is shown is its text, and an empty cell is empty."""
    rows = [{"Name": "x", "Change": figure(value, signed)} for value in values]
    shown = written(frame_of(rows, {})[0], rows)
    if not any(value is not None for value in values):
        assert isinstance(shown, pd.DataFrame)
        assert set(shown["Change"]) == {""}
        return
    assert isinstance(shown, Styler)
    assert [None if pd.isna(one) else one for one in shown.data["Change"]] == values
    cells = [line[-1]["display_value"] for line in shown._translate(False, False)["body"]]
    assert cells == ["" if value is None else signed(value) for value in values]


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [("79992", "$79,992.00", "+$79,992.00"), ("-0.5", "−$0.50", "−$0.50"), ("0", "$0.00", "$0.00")],
)
def test_money_is_written_as_money(value: str, plain: str, with_sign: str) -> None:
    """Dollars and cents, the sign before the dollar."""
    assert (dollars(Decimal(value)), signed_dollars(Decimal(value))) == (plain, with_sign)


def test_no_figures_make_a_plain_table() -> None:
    """Texts stay as they are."""
    rows = [{"Name": "b"}, {"Name": "a"}]
    frame = written(frame_of(rows, {})[0], rows)
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["Name"]) == ["b", "a"]


def test_a_figure_is_written_in_groups() -> None:
    """1,700 and not 1700; nothing for nothing."""
    assert figure(1700) == (Decimal(1700), amount(Decimal(1700)))
    assert figure(None) is None
