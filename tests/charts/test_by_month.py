"""Acquired and disposed of by month: exact sums, shapes and signs, and words for who cannot see them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lib.charts.by_month import by_month, by_month_alt, by_month_figure, by_month_title
from lib.charts.look import ACQUIRED, DISPOSED
from lib.holdings.ledger import build_ledgers
from tests.builders import bertucci, filing, transaction

BOTH_WAYS = [
    filing(
        "2020-01-02",
        transaction("2020-01-02", "P", "A", 100, 1100),
        transaction("2020-01-20", "S", "D", 30, 1070),
    ),
    filing("2020-03-20", transaction("2020-03-20", "F", "D", 5, 1065)),
]


def test_months_are_exact_sums() -> None:
    """Each month adds up what was acquired and disposed of, and by code."""
    january, march = by_month(build_ledgers(enumerate(BOTH_WAYS)))
    assert (january.first, january.acquired, january.disposed, january.net) == (date(2020, 1, 1), 100, 30, 70)
    assert dict(january.codes) == {"P": Decimal(100), "S": Decimal(-30)}
    assert (march.first, march.net) == (date(2020, 3, 1), -5)


def test_bars_go_up_and_down() -> None:
    """Acquired is a blue bar up, disposed of a vermilion one down, the net a mark; hovers are words."""
    figure = by_month_figure(by_month(build_ledgers(enumerate(BOTH_WAYS))))
    bars = {t.name: t for t in figure.data}
    assert (bars["Acquired"].marker.color, list(bars["Acquired"].y)) == (ACQUIRED, [100.0, None])
    assert (bars["Disposed"].marker.color, list(bars["Disposed"].y)) == (DISPOSED, [-30.0, -5.0])
    assert list(bars["Net"].y) == [70.0, -5.0]
    assert bars["Net"].text[0].startswith("<b>Jan 2020</b>, net +70 shares<br>+100, P: Open-market")


def test_words_state_the_takeaway() -> None:
    """The net, the month that moved most, and the sums both ways."""
    months = by_month(build_ledgers(enumerate(bertucci())))
    assert by_month_title(months) == "Net change −17,700 shares; most in Nov 2003, −16,000"
    assert by_month_alt(months).endswith("0 acquired, 17,700 disposed of.")
    assert by_month_title([]) == "No shares acquired or disposed of"
    assert by_month_figure([]).layout.height


def test_a_code_of_a_filing_is_never_markup() -> None:
    """Plotly reads tags: a code that is none must stay text."""
    odd = filing("2020-01-02", transaction("2020-01-02", "<a href='x'>", "A", 1, 2))
    figure = by_month_figure(by_month(build_ledgers([(1, odd)])))
    assert "<a" not in figure.to_json().replace("\\u003c", "<")
