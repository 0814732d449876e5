"""A price series: read exactly, or refused with a sentence that says where and what to do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.holdings.prices import PriceSeries, UnreadablePrices, read_prices


@pytest.mark.parametrize(
    "text",
    [
        "date,close\n2007-11-07,17.56\n2007-11-08,18\n",
        "\ufeffDate,Open,Close/Last,Volume\r\n11/08/2007,1,$18.00,9\r\n11/07/2007,2,$17.56,9\r\n",
        "Day;Price\n8/11/2007;18.00\n7/11/2007;17.56\n13/11/2007;1,234.5\n",
        "DATE\tCLOSE\n2007-11-07T00:00:00\t17.56\n\n2007-11-08\t18\n2007-11-08\t18.0\n",
    ],
)
def test_series_as_they_come(text: str) -> None:
    """Any order of columns and rows, dollar signs, thousands, either order of day and month that shows itself."""
    series = read_prices(text.encode())
    assert series.close_on(date(2007, 11, 7)) == Decimal("17.56")
    assert series.close_on(date(2007, 11, 8)) == 18
    assert list(series.days) == sorted(series.days)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("a,b\n1,2", "one column “date”"),
        ("date,open\n2007-11-07,1", "one column “close”"),
        ("date,close\n", "no rows"),
        ("date,close\n2007-11-07,", "Row 2"),
        ("date,close\n2007-11-07", "Row 2"),
        ("date,close\n2007-13-07,1", "“2007-13-07”, which is none"),
        ("date,close\nyesterday,1", "“yesterday”, which is none"),
        ("date,close\n13/01/2007,1\n01/13/2007,1", "two ways"),
        ("date,close\n0207-11-07,1", "check the year"),
        ("date,close\n2007-11-07,0", "above zero"),
        ("date,close\n2007-11-07,-1", "above zero"),
        ("date,close\n2007-11-07,=1+1", "above zero"),
        ("date,close\n2007-11-07,1\n2007-11-07,2", "two closes for 2007-11-07, 1 and 2"),
    ],
)
def test_what_cannot_be_taken_says_why(text: str, said: str) -> None:
    """No row is guessed at or left out in silence."""
    with pytest.raises(UnreadablePrices, match="price series") as refusal:
        read_prices(text.encode())
    assert said in str(refusal.value)


def test_bytes_that_are_no_text_and_files_too_large() -> None:
    """A picture is no series, and neither is a file beyond what any series needs."""
    with pytest.raises(UnreadablePrices, match="UTF-8"):
        read_prices(b"\xff\xd8\xff")
    with pytest.raises(UnreadablePrices, match="5 MB"):
        read_prices(b"x" * 5_000_001)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_is_a_series_or_a_sentence(data: bytes) -> None:
    """Whatever is dropped in, nothing else comes out."""
    try:
        series = read_prices(data)
    except UnreadablePrices as error:
        said, series = str(error), None
    assert said.endswith(".") if series is None else len(series.days) == len(series.closes) > 0


def test_a_close_holds_until_the_next_of_a_monthly_series() -> None:
    """Each day has the last close before it; a gap beyond 35 days has none, and neither has a day before."""
    series = PriceSeries(
        (date(2020, 1, 2), date(2020, 2, 3), date(2020, 4, 1)), (Decimal(1), Decimal(2), Decimal(3))
    )
    assert series.close_on(date(2020, 2, 2)) == 1
    assert series.close_on(date(2020, 2, 3)) == 2
    assert series.close_on(date(2020, 3, 9)) == 2
    assert series.close_on(date(2020, 3, 10)) is None
    assert series.close_on(date(2020, 1, 1)) is None


@given(st.integers(1, 400), st.integers(1, 50))
def test_no_more_closes_than_are_asked_for(rows: int, most: int) -> None:
    """However many there are, evenly fewer come out, the first among them."""
    days = tuple(date(2020, 1, 1) + timedelta(days=n) for n in range(rows))
    found = PriceSeries(days, (Decimal(1),) * rows).between(days[0], days[-1], most)
    assert 0 < len(found) <= most
    assert found[0][0] == days[0]
