"""All lines together: what was held in all, with the breaks of each and no jump for a line that joins."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from lib.holdings.ledger import build_ledgers
from lib.holdings.totals import total_of
from tests.builders import bertucci, filing, holding, transaction
from tests.holdings.test_history import History, histories


def test_bertuccis_lines_together() -> None:
    """The total ends at the sum of the last levels, and each line's unexplained amount is one of the total's."""
    ledgers = build_ledgers(enumerate(bertucci()))
    total = total_of(ledgers)
    assert total.reports[-1].closing == 2284880 + 2445661 + 372180
    assert [r.unexplained for r in total.reports if r.unexplained] == [-2816593, -2828266]


def test_a_line_that_joins_is_no_change() -> None:
    """What it opened with is neither explained nor an amount; where it opened at nothing all is explained."""
    late = holding(70, direct_or_indirect="I", nature_of_ownership="By Trust")
    new = transaction("2020-03-01", "P", "A", 5, 5, direct_or_indirect="I", nature_of_ownership="By Spouse")
    filings = [filing("2020-01-01", holding(100)), filing("2020-02-01", late), filing("2020-03-01", new)]
    first, joins, bought = total_of(build_ledgers(enumerate(filings))).reports
    assert (first.closing, joins.opening, joins.closing, joins.unexplained) == (100, 170, 170, None)
    assert (bought.opening, bought.closing, bought.unexplained) == (170, 175, 0)


def test_one_line_is_itself() -> None:
    """There is nothing to add up; and nothing at all has no total."""
    (one,) = build_ledgers([(1, filing("2020-01-01", holding(100)))])
    assert total_of([one]) is one
    with pytest.raises(ValueError, match="needs a ledger"):
        total_of([])


@settings(deadline=None, max_examples=60)
@given(histories)
def test_the_total_is_the_sum_at_every_end(true: History) -> None:
    """Each report ends where the last levels of all lines known by then add up, and steps from the one before."""
    ledgers = build_ledgers(true.library())
    total = total_of(ledgers)
    assert total.reports[-1].closing == sum(one.reports[-1].closing or 0 for one in ledgers)
    if len(ledgers) > 1:
        for before, report in zip(total.reports, total.reports[1:], strict=False):
            if report.unexplained is not None:
                assert report.opening == (before.closing or 0) + report.unexplained


def test_the_order_of_lines_does_not_matter() -> None:
    """The same lines in any order end at the same total."""
    ledgers = build_ledgers(enumerate(bertucci()))
    shuffled = random.Random(1).sample(ledgers, len(ledgers))
    assert total_of(shuffled).reports[-1].closing == total_of(ledgers).reports[-1].closing
