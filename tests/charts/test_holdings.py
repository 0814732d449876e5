"""The holdings chart: levels and breaks, never slopes; text of filings is never markup."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.holdings import WEBGL_FROM_POINTS, far_apart, holdings_figure
from lib.charts.holdings_labels import spread, with_room
from lib.charts.holdings_words import holdings_alt, holdings_title, line_names
from lib.charts.look import ACQUIRED, DISPOSED, amount, look, signed
from lib.holdings.ledger import Ledger, build_ledgers
from lib.holdings.splits import Split
from tests.builders import bertucci, filing, holding, transaction


@pytest.fixture
def ledgers() -> list[Ledger]:
    return build_ledgers(enumerate(bertucci()))


def traces(figure: go.Figure, dash: str | None = None) -> list[go.Scatter]:
    return [t for t in figure.data if t.mode == "lines" and t.line.dash == dash and t.x[0] is not None]


def test_every_line_is_a_step(ledgers: list[Ledger]) -> None:
    """No line is ever sloped."""
    lines = [t for t in holdings_figure(ledgers).data if t.mode == "lines" and t.x[0] is not None]
    assert lines
    assert {t.line.shape for t in lines} == {"hv"}


def test_an_unexplained_change_breaks_the_line(ledgers: list[Ledger]) -> None:
    """The solid line stops at the report before; each break is dotted and has its amount, the largest with its word."""
    figure = holdings_figure(ledgers)
    assert None in traces(figure)[0].y
    assert len(traces(figure, "dot")) == 2
    said = [a.text for a in figure.layout.annotations]
    assert "−2,816,593" in said
    assert "−2,828,266 unexplained" in said


def test_explained_changes_are_not_broken() -> None:
    """Where filings agree there is one solid line and no dotted one."""
    filings = (
        filing("2020-01-02", transaction("2020-01-02", "P", "A", 100, 1100)),
        filing("2020-02-03", transaction("2020-02-03", "S", "D", 50, 1050)),
    )
    figure = holdings_figure(build_ledgers(enumerate(filings)))
    assert traces(figure, "dot") == []
    assert tuple(traces(figure)[0].y) == (1000, 1100, 1100, 1100, 1050, 1050)


def test_meanings_differ_by_shape_and_colour() -> None:
    """Acquired points up in blue, disposed points down in vermilion, a holding is a circle."""
    rows = (
        transaction("2020-01-02", "P", "A", 100, 1100),
        transaction("2020-01-03", "S", "D", 50, 1050),
        holding(7, direct_or_indirect="I", nature_of_ownership="By Trust"),
    )
    figure = holdings_figure(build_ledgers([(5, filing("2020-01-03", *rows))]))
    marks = {t.name: t for t in figure.data if t.mode == "markers"}
    assert (marks["Acquired"].marker.color, marks["Acquired"].marker.symbol) == (ACQUIRED, "triangle-up")
    assert (marks["Disposed"].marker.color, marks["Disposed"].marker.symbol) == (DISPOSED, "triangle-down")
    assert marks["Holding, no trade"].marker.symbol == "circle"
    assert [tuple(place) for place in marks["Acquired"].customdata] == [(5, "non_derivative[0]")]
    assert "100 shares acquired at $10 ($1,000 in all), 1,100 shares held after" in marks["Acquired"].text[0]


def test_text_of_filings_is_escaped() -> None:
    """Plotly reads tags: a nature of ownership must not become one."""
    bad = holding(1, direct_or_indirect="I", nature_of_ownership="<a href='x'>By Trust</a>")
    figure = holdings_figure(build_ledgers([(1, filing("2020-01-01", holding(2), bad))]))
    assert "<a" not in figure.to_json().replace("\\u003c", "<")


def test_many_points_are_drawn_with_webgl() -> None:
    """From a thousand points on, the browser's SVG is too slow."""
    first = date(2000, 1, 1)
    many = [filing(str(first + timedelta(days=n)), holding(n)) for n in range(WEBGL_FROM_POINTS)]
    assert {t.type for t in holdings_figure(build_ledgers(enumerate(many))).data} == {"scattergl"}


def test_appearance_follows_its_argument(ledgers: list[Ledger]) -> None:
    """Paper and ink change places in the dark."""
    assert holdings_figure(ledgers).layout.font.color == look(False).ink
    assert holdings_figure(ledgers, dark=True).layout.font.color == look(True).ink


def test_no_ledgers_make_an_empty_figure() -> None:
    """Nothing chosen is no error."""
    assert holdings_figure([]).data == ()


def test_title_states_the_largest_break(ledgers: list[Ledger]) -> None:
    """The takeaway comes first."""
    assert holdings_title(ledgers) == (
        "Holding by Spouse fell 54 % between two filings; 2,828,266 shares unexplained"
    )
    direct = [one for one in ledgers if one.position.direct]
    assert holdings_title(direct) == (
        "Direct holding fell 55 % between two filings; 2,816,593 shares unexplained"
    )


def test_alt_text_says_where_lines_end(ledgers: list[Ledger]) -> None:
    """Who does not see the chart learns its ends."""
    assert "Direct: 5,103,173 on 24 Nov 2003, 2,284,880 on 8 Nov 2007." in holdings_alt(ledgers)


def test_names_say_only_what_differs(ledgers: list[Ledger]) -> None:
    """One owner and one security need no naming."""
    assert line_names([one.position for one in ledgers]) == ["Direct", "By Spouse", "By Trust"]


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 100)).map(
            lambda one: ((one[0], one[0] + one[1]), one[2])
        ),
        max_size=6,
    )
)
def test_no_label_stands_on_another_or_far_from_its_drop(
    labels: list[tuple[tuple[float, float], float]],
) -> None:
    """The first, the largest, always stands; one without room beside its drop is left out, not moved away."""
    least, top = 10.0, 95.0
    spans, heights = [span for span, _ in labels], [height for _, height in labels]
    places = with_room(spans, heights, least, top)
    stand = [(span, at) for span, at in zip(spans, places, strict=True) if at is not None]
    assert places[:1] != [None]
    for (one, at), (other, there) in combinations(stand, 2):
        assert one[1] < other[0] or other[1] < one[0] or abs(at - there) > 0.99 * least
    for height, at in zip(heights, places, strict=True):
        assert at is None or (at <= top and min(height, top) <= at <= height + 1.5 * least)


def test_spread_keeps_order_and_distance() -> None:
    """Labels never overlap and never change places."""
    assert spread([1.0, 5.0, 1.1], 1.0) == [1.0, 5.0, 2.0]


def test_amounts() -> None:
    """Thousands are grouped, decimals stay, the minus is a minus."""
    assert [amount(Decimal(t)) for t in ("2284880", "-0.50", "1E+3")] == ["2,284,880", "−0.5", "1,000"]
    assert [signed(Decimal(t)) for t in ("5", "0", "-5")] == ["+5", "0", "−5"]


def test_a_holding_that_more_than_doubles_is_said_in_shares() -> None:
    """Percentages of small starts say nothing."""
    found = build_ledgers([(1, filing("2020-01-01", holding(10))), (2, filing("2021-01-01", holding(500)))])
    assert holdings_title(found) == (
        "Direct holding rose from 10 to 500 between two filings; 490 shares unexplained"
    )


def test_lines_apart_have_a_panel_each(ledgers: list[Ledger]) -> None:
    """Apart, every line has its own axis and its name above it; small lines call for it."""
    figure = holdings_figure(ledgers, panels="apart")
    assert {t.yaxis for t in figure.data if t.mode == "lines" and t.x[0]} == {"y", "y2", "y3"}
    assert "<b>By Spouse</b>" in [a.text for a in figure.layout.annotations]
    assert not far_apart(ledgers)
    assert far_apart(build_ledgers([(1, filing("2020-01-01", holding(1), holding(21, security_title="B")))]))


def test_days_never_run_backwards() -> None:
    """A trade reported late, and balances printed against the order of days, keep the line going forward."""
    late = [
        filing("2024-01-10", transaction("2024-01-10", "P", "A", 100, 1100)),
        filing(
            "2024-01-15",
            transaction("2024-01-05", "P", "A", 50, 1150),
            transaction("2024-01-15", "S", "D", 150, 1000),
        ),
    ]
    figure = holdings_figure(build_ledgers(list(enumerate(late))))
    for trace in figure.data:
        if trace.mode == "lines":
            days = [day for day in trace.x if day is not None]
            assert days == sorted(days)


def test_what_one_filing_leaves_unexplained_is_said_and_drawn() -> None:
    """Rows of one filing that do not step are no less a gap than two filings that do not meet."""
    ledgers = build_ledgers(
        [
            (
                1,
                filing(
                    "2024-01-10",
                    transaction("2024-01-10", "P", "A", 100, 1000),
                    transaction("2024-01-11", "S", "D", 10, 500),
                ),
            )
        ]
    )
    (report,) = ledgers[0].reports
    assert report.missing == report.inside != 0
    assert amount(abs(report.missing)) in holdings_title(ledgers)
    figure = holdings_figure(ledgers)
    assert any(trace.line.dash == "dot" and any(trace.x) for trace in figure.data if trace.mode == "lines")


def test_a_split_is_a_dashed_line_with_its_ratio() -> None:
    """A split within the dates is marked over all panels; one outside is not."""
    found = build_ledgers([(1, filing("2020-01-01", holding(10))), (2, filing("2021-01-01", holding(100)))])
    splits = [Split("x", date(year, 6, 1), Fraction(10)) for year in (2020, 1990)]
    figure = holdings_figure(found, splits=splits)
    assert [line.line.dash for line in figure.layout.shapes] == ["dash"]
    assert [a.text for a in figure.layout.annotations].count("10-for-1 split") == 1


def test_a_weighted_average_shows_its_range() -> None:
    """The footnote's lowest and highest price stand beside the average."""
    row = transaction(
        "2020-01-02",
        "S",
        "D",
        100,
        900,
        transaction_price_per_share=Decimal("10.5"),
        footnotes={"transaction_price_per_share": ("F1",)},
    )
    note = "The price is a weighted average; the shares were sold at prices from $10.10 to $10.90."
    figure = holdings_figure(build_ledgers([(1, filing("2020-01-02", row, footnotes={"F1": note}))]))
    (sold,) = [t for t in figure.data if t.name == "Disposed"]
    assert "at $10.5 on average, from $10.1 to $10.9" in sold.text[0]
