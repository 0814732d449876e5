"""Round ticks: whoever reads an axis can count along it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.ticks import longest_label, room_for, round_ticks


@pytest.mark.parametrize(
    ("top", "most", "ticks"),
    [
        (20_000, 4, [0, 5_000, 10_000, 15_000, 20_000]),
        (20_000, 2, [0, 10_000, 20_000]),
        (1_280_412, 4, [0, 500_000, 1_000_000]),
        (12_000, 4, [0, 2_500, 5_000, 7_500, 10_000]),
        (3, 4, [0, 1, 2, 3]),
        (1, 4, [0, 1]),
    ],
)
def test_ticks_of_shares_are_round(top: int, most: int, ticks: list[int]) -> None:
    """Whole shares in steps of 1, 2, 2.5 or 5 times a power of ten."""
    assert round_ticks(top, most) == ticks


def test_ticks_of_money_go_to_the_cent() -> None:
    """A share of a few cents has ticks too."""
    assert round_ticks(Decimal("0.07"), 4, Decimal("0.01")) == [Decimal(n) / 100 for n in (0, 2, 4, 6)]


@given(st.integers(1, 10**18), st.integers(1, 8))
def test_there_is_a_tick_above_zero_and_never_too_many(top: int, most: int) -> None:
    """Every axis says how far it goes."""
    assert 2 <= len(round_ticks(top, most)) <= most + 1


@pytest.mark.parametrize(
    ("bottom", "top", "label"),
    [
        (0, 646_000, "710,600"),
        (0, 980_000, "1,078,000"),
        (-980, 0, "-1,078"),
        (-40_000, 700_000, "774,000"),
        (17.05, 17.10, "17.105"),
        (98, 99, "99.1"),
    ],
)
def test_the_longest_label_is_as_long_as_any_that_is_written(bottom: float, top: float, label: str) -> None:
    """With a digit more where the next round number has one, and the decimals that small steps need."""
    assert len(longest_label(bottom, top, 6)) >= len(label.rstrip("0"))
    assert room_for(longest_label(bottom, top, 6)) >= room_for(label.rstrip("0"))


@given(st.integers(1, 12), st.integers(0, 8), st.integers(2, 6))
def test_the_next_power_of_ten_has_room(power: int, percent: int, most: int) -> None:
    """An axis that ends just under it may still have it as its last tick."""
    top = 10**power * (100 - percent) / 100
    assert len(longest_label(0, top, most)) >= len(f"{10**power:,}")
