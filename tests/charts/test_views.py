"""The holdings measured and laid out in other ways: value, per cent, stacked, by owner, and prices of trades."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.by_month import by_month, by_month_alt, by_month_title
from lib.charts.holdings import holdings_figure
from lib.charts.holdings_labels import spread
from lib.charts.holdings_lines import MOST_MARKS
from lib.charts.holdings_words import measured_title
from lib.charts.measures import Measure, largest
from lib.charts.stacked import MOST_AREAS, end_of_day, stacked_figure
from lib.charts.trade_prices import priced, prices_alt, prices_figure, prices_title
from lib.holdings.ledger import Ledger, build_ledgers
from lib.holdings.prices import PriceSeries
from lib.holdings.totals import total_of
from tests.builders import bertucci, filing, holding, transaction

CLOSES = PriceSeries(
    (date(2003, 11, 24), date(2003, 11, 25), date(2007, 11, 8)), (Decimal("20.5"), Decimal(22), Decimal(18))
)


@pytest.fixture
def ledgers() -> list[Ledger]:
    return build_ledgers(enumerate(bertucci()))


def averaged() -> list[Ledger]:
    """A sale at a weighted average, its range in a footnote, and a gift without a price."""
    sale = transaction(
        "2020-01-02",
        "S",
        "D",
        100,
        900,
        transaction_price_per_share=Decimal("10.5"),
        footnotes={"transaction_price_per_share": ("F1",)},
    )
    gift = transaction("2020-02-03", "G", "D", 50, 850, transaction_price_per_share=None)
    note = "The price is a weighted average; the shares were sold at prices from $10.10 to $10.90."
    return build_ledgers([(1, filing("2020-02-03", sale, gift, footnotes={"F1": note}))])


def test_a_value_is_the_count_at_the_close(ledgers: list[Ledger]) -> None:
    """It moves with every close while the count stays, and is not drawn where there is no close."""
    direct = [one for one in ledgers if one.position.direct]
    figure = holdings_figure(direct, measure=Measure("value", CLOSES))
    broken = next(t for t in figure.data if t.mode == "lines" and t.line.dash == "dot" and t.x[0])
    assert [y for y in broken.y if y] == pytest.approx([5103173 * 20.5, 5103173 * 22, 2286580 * 18])
    marks = [t for t in figure.data if t.mode == "markers"]
    assert "5,103,173 shares held ($104,615,046 at the close) after" in marks[0].text[0]
    without = holdings_figure(direct, measure=Measure("value", PriceSeries((), ())))
    assert not [y for t in without.data for y in t.y if y]


def test_per_cent_is_of_each_lines_own_largest(ledgers: list[Ledger]) -> None:
    """Large and small lines start alike, at a hundred per cent."""
    figure = holdings_figure(ledgers, measure=Measure("percent"))
    tops = [
        max(y for y in t.y if y is not None)
        for t in figure.data
        if t.mode == "lines" and t.x[0] and not t.line.dash
    ]
    assert tops == pytest.approx([100, 100, 100])
    assert figure.layout.yaxis.ticksuffix == " %"


def passing_through() -> list[Ledger]:
    """Shares that leave the direct line, pass through a company's and are sold the same day; then a gap each."""
    company = {"direct_or_indirect": "I", "nature_of_ownership": "By Company"}
    first = filing(
        "2022-09-09",
        transaction("2022-09-09", "J", "D", 900, 100),
        transaction("2022-09-09", "J", "A", 900, 900, **company),
        transaction("2022-09-09", "S", "D", 900, 0, **company),
    )
    second = filing("2023-06-06", transaction("2023-06-06", "S", "D", 50, 0, **company), holding(70))
    return build_ledgers(enumerate([first, second]))


def test_what_a_line_holds_within_a_day_counts_for_its_largest() -> None:
    """A balance between two rows of a filing is drawn, so no line rises above a hundred per cent of its largest."""
    figure = holdings_figure(passing_through(), measure=Measure("percent"))
    tops = [max(y for y in t.y if y is not None) for t in figure.data if t.mode == "lines" and t.x[0]]
    assert max(tops) == pytest.approx(100)
    (company,) = [one for one in passing_through() if not one.position.direct]
    assert largest(company) == 900


@given(
    st.lists(st.tuples(st.sampled_from("AD"), st.integers(1, 50), st.integers(0, 99)), min_size=1, max_size=8)
)
def test_nothing_is_above_a_hundred_per_cent(rows: list[tuple[str, int, int]]) -> None:
    """Whatever the rows of a filing state, whether or not they step."""
    stated = [transaction("2020-01-02", "P", side, shares, left) for side, shares, left in rows]
    figure = holdings_figure(build_ledgers([(1, filing("2020-01-02", *stated))]), measure=Measure("percent"))
    assert max((y for t in figure.data for y in t.y if y is not None), default=0) <= 100.000001


def test_words_stand_only_where_a_value_is_drawn() -> None:
    """A drop without a close before or at it is not named, and a line is named at the last point drawn of it."""
    early = PriceSeries((date(2022, 9, 30), date(2022, 10, 31)), (Decimal(5), Decimal(4)))
    figure = holdings_figure(passing_through(), measure=Measure("value", early))
    said = {a.text: a for a in figure.layout.annotations}
    assert not [text for text in said if "unexplained" in text]
    assert said["Direct"].y == pytest.approx(100 * 4)
    assert said["By Company"].y == 0
    assert said["Direct"].x == date(2022, 10, 31)
    monthly = PriceSeries((*early.days, date(2023, 5, 31)), (*early.closes, Decimal(6)))
    figure = holdings_figure(passing_through(), measure=Measure("value", monthly))
    said = {a.text: a for a in figure.layout.annotations}
    assert "+50 shares unexplained" in said
    assert "−30 shares" in said
    assert said["Direct"].y > said["By Company"].y
    without = holdings_figure(passing_through(), measure=Measure("value", PriceSeries((), ())))
    assert not without.layout.annotations


def test_codes_of_several_lines_on_a_day_stand_clear_of_their_drops() -> None:
    """Where two lines move on one day, the codes stand to the right of both."""
    sides = {side for _, side in codes_of(holdings_figure(passing_through()))}
    assert sides == {"top right", "bottom right"}


def test_titles_say_what_is_measured(ledgers: list[Ledger]) -> None:
    """One line is said in its measure; several by their largest break in shares."""
    direct = [one for one in ledgers if one.position.direct]
    assert measured_title(direct, Measure("percent")) == (
        "Direct holding stood at 45 % of its largest, 5,111,173 shares, on 8 Nov 2007"
    )
    assert measured_title(direct, Measure("value", CLOSES)) == (
        "Direct holding was worth $41,127,840 on 8 Nov 2007, $104,615,046 on 24 Nov 2003"
    )
    assert measured_title(ledgers, Measure("percent")).startswith("Holding by Spouse fell 54 %")
    assert measured_title([total_of(ledgers)], Measure()).startswith("Holding (all lines together) fell")


def test_the_close_is_drawn_behind_one_axis_only(ledgers: list[Ledger]) -> None:
    """Within the dates shown, on an axis of its own at the right."""
    late = PriceSeries((*CLOSES.days, date(2020, 1, 1)), (*CLOSES.closes, Decimal(99)))
    (close,) = [t for t in holdings_figure(ledgers, prices=late).data if t.name == "Close, right axis"]
    assert close.yaxis == "y99"
    assert list(close.x) == list(CLOSES.days)
    figure = holdings_figure(ledgers, prices=CLOSES)
    assert list(figure.layout.yaxis99.tickvals) == [5, 10, 15, 20]
    apart = holdings_figure(ledgers, prices=CLOSES, panels="apart")
    assert not [t for t in apart.data if t.name == "Close, right axis"]


def test_a_panel_for_each_owner() -> None:
    """Lines of one owner share a panel that bears the name; their labels leave it out."""
    trust = holding(70, direct_or_indirect="I", nature_of_ownership="By Trust")
    filings = [filing("2020-01-01", holding(50), trust), filing("2020-01-01", holding(7), owner="ADAMS A")]
    figure = holdings_figure(build_ledgers(enumerate(filings)), panels="by owner")
    said = [a.text for a in figure.layout.annotations]
    assert {"<b>BERTUCCI JOHN R</b>", "<b>ADAMS A</b>", "Direct", "By Trust"} <= set(said)
    assert {t.yaxis for t in figure.data if t.mode == "markers"} == {"y", "y2"}


def test_lines_near_their_top_leave_out_the_empty_space() -> None:
    """Small changes of a large holding can be seen; a line that falls far is drawn from zero."""
    near = [filing("2020-01-01", holding(1000)), filing("2020-02-01", holding(990))]
    far = [filing("2020-01-01", holding(1000)), filing("2020-02-01", holding(10))]
    assert holdings_figure(build_ledgers(enumerate(near))).layout.yaxis.range[0] > 900
    assert holdings_figure(build_ledgers(enumerate(far))).layout.yaxis.range[0] <= 0


def test_stacked_areas_add_up(ledgers: list[Ledger]) -> None:
    """At the end of every day the areas are the lines' levels, from the largest up."""
    days, areas = end_of_day(ledgers)
    assert days == [date(2003, 11, 24), date(2007, 11, 8)]
    assert dict(areas) == {
        "By Spouse": [5273927, 2445661],
        "Direct": [5103173, 2284880],
        "By Trust": [372180, 372180],
    }
    figure = stacked_figure(ledgers)
    assert {t.stackgroup for t in figure.data} == {"held"}
    assert {t.line.shape for t in figure.data} == {"hv"}
    assert "5,103,173 of 10,749,280 shares" in figure.data[1].text[0]
    valued = stacked_figure(ledgers, measure=Measure("value", CLOSES))
    assert [at for at, y in zip(valued.data[0].x, valued.data[0].y, strict=True) if y] == list(CLOSES.days)
    assert stacked_figure([]).data == ()


def test_many_areas_end_in_all_others() -> None:
    """An eye follows a few; what is smaller is one area, and nothing is left out of the sum."""
    rows = [holding(n + 1, direct_or_indirect="I", nature_of_ownership=f"By Fund {n}") for n in range(12)]
    _, areas = end_of_day(build_ledgers([(1, filing("2020-01-01", *rows))]))
    assert len(areas) == MOST_AREAS + 1
    assert areas[-1][0] == f"All {12 - MOST_AREAS} others"
    assert sum(levels[0] for _, levels in areas) == 78


def test_the_range_of_an_average_is_a_band() -> None:
    """From the lowest to the highest price of the footnote, around the price of the row."""
    trades = priced(averaged())
    figure = prices_figure(trades)
    band = next(t for t in figure.data if t.name == "Disposed, range of the average")
    assert list(band.y) == [10.1, 10.9, None]
    (mark,) = [t for t in figure.data if t.name == "Disposed"]
    assert (list(mark.y), [tuple(place) for place in mark.customdata]) == ([10.5], [(1, "non_derivative[0]")])
    assert "from $10.1 to $10.9<br>$1,050 in all" in mark.text[0]
    assert prices_title(trades) == "Disposed of for $1,050 at $10.1 to $10.9"
    assert prices_alt(trades).endswith("1 of 1 prices are averages over a range.")
    assert prices_title([]) == "No transaction has a price"


def test_months_in_dollars() -> None:
    """A row's shares times its price; what has no price is said to be left out."""
    months = by_month(averaged(), dollars=True)
    assert [(month.first, month.net) for month in months] == [
        (date(2020, 1, 1), -1050),
        (date(2020, 2, 1), 0),
    ]
    assert by_month_title(months, dollars=True) == (
        "Net change −$1,050; most in Jan 2020, −$1,050; 50 shares without a price are left out"
    )
    assert by_month_alt(months, dollars=True).endswith("$0 acquired, $1,050 disposed of.")


def test_no_more_marks_than_a_browser_draws() -> None:
    """Beyond, those of the largest changes stand for the rest; the lines are whole."""
    rows = [transaction("2020-01-02", "P", "A", 1 + n % 7, None) for n in range(30)]
    many = [filing(f"20{n // 12:02}-{n % 12 + 1:02}-02", *rows, holding(n + 1)) for n in range(240)]
    figure = holdings_figure(build_ledgers(enumerate(many)))
    assert sum(len(t.x) for t in figure.data if t.mode == "markers") == MOST_MARKS
    assert {t.type for t in figure.data} == {"scattergl"}


def test_spread_stays_below_the_top() -> None:
    """Labels that would leave the picture are pushed down instead, still apart and in order."""
    assert spread([9.5, 9.6, 9.7], 1.0, top=10.0) == [8.0, 9.0, 10.0]
    assert spread([1.0, 9.9], 1.0, top=10.0) == [1.0, 9.9]


def test_a_small_change_is_said_in_shares() -> None:
    """“Fell 0 %” says nothing."""
    found = build_ledgers([(1, filing("2020-01-01", holding(1000))), (2, filing("2021-01-01", holding(999)))])
    assert measured_title(found, Measure()).startswith(
        "Direct holding fell from 1,000 to 999 between two filings"
    )


def codes_of(figure: go.Figure) -> list[tuple[str, str]]:
    """Each code that is written, and on which side of its mark."""
    return [
        (text.replace("<br>", "").replace("&nbsp;", ""), side)
        for t in figure.data
        if t.mode == "text"
        for text, side in zip(t.text, t.textposition, strict=True)
        if text
    ]


def test_codes_stand_beside_few_marks() -> None:
    """Each code once a day and kind; where there are many marks only the hover says them."""
    rows = [transaction("2020-01-02", "P", "A", 1, 101 + n) for n in range(3)]
    rows.append(transaction("2020-01-03", "S", "D", 3, 100))
    figure = holdings_figure(build_ledgers([(1, filing("2020-01-03", *rows))]))
    assert codes_of(figure) == [("P", "top center"), ("S", "bottom center")]
    assert "Form 4, row 4 of Table I" in next(t for t in figure.data if t.name == "Disposed").text[0]
    many = [filing(f"20{n:02}-01-02", transaction(f"20{n:02}-01-02", "P", "A", 1, n + 1)) for n in range(70)]
    assert not [t for t in holdings_figure(build_ledgers(enumerate(many))).data if t.mode == "text"]


def test_a_value_ends_with_its_close(ledgers: list[Ledger]) -> None:
    """Between two closes years apart a line has a gap, and an area is drawn only from the first close to the last."""
    direct = [one for one in ledgers if one.position.direct]
    far = PriceSeries((date(2004, 1, 2), date(2007, 10, 1)), (Decimal(20), Decimal(18)))
    points = [
        p
        for t in holdings_figure(direct, measure=Measure("value", far)).data
        for p in zip(t.x, t.y, strict=True)
    ]
    assert (date(2004, 1, 2), 5103173 * 20) in points
    assert (date(2004, 2, 7), None) in points
    area = stacked_figure(direct, measure=Measure("value", far)).data[0]
    assert area.x[0] == date(2004, 1, 2)
    assert area.y[0] == pytest.approx(5103173 * 20)
