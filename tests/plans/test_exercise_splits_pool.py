"""Exercises, splits, automatic grants and the pool (A6, A11 to A14, A33 to A37)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from lib.plans.money import price_text
from lib.plans.value import option_value
from tests.plans.director import G1, G2, event, leaves, one, rules, run

SPLIT = event("split", "2005-04-04", ratio="3:2")


def exercise(day, shares, grant="G1"):
    return event("exercise", day, grant=grant, shares=shares)


@pytest.mark.parametrize(
    ("day", "shares", "allowed"),
    [
        ("2005-02-13", 8333, True),
        ("2005-02-13", 8334, False),
        ("2005-02-12", 6667, False),
        ("2003-11-12", 1, False),
        ("2005-02-13", "0.5", False),
    ],
)
def test_only_vested_whole_shares_are_exercised(day, shares, allowed):
    """What is not exercisable is refused with a sentence and changes nothing."""
    result = run("2005-02-13", exercise(day, shares))
    assert result.grants[0].holding.exercised == (shares if allowed else 0)
    assert ["error"] * (not allowed) == [f.severity for f in result.findings if f.severity == "error"]


def test_an_exercise_on_the_day_of_leaving_comes_before_it():
    """Within a day exercise precedes termination and forfeiture (A6)."""
    state = one("2005-03-15", leaves("2005-03-15"), exercise("2005-03-15", 8333))
    assert (state.holding.exercised, state.holding.forfeited, state.last_day) == (8333, 11667, None)


def test_an_exercise_after_the_last_day_is_refused():
    """Nothing is exercised after the last day (A18)."""
    result = run("2008-03-16", leaves("2005-03-15"), exercise("2008-03-16", 1))
    assert result.grants[0].holding.lapsed == 8333
    assert any("none could be exercised" in finding.message for finding in result.findings)


def test_a_split_keeps_fractions_until_shares_are_counted():
    """Three for two on 2005-04-04: 30,000 shares, 12,500 vested, the price exactly in proportion (A33)."""
    state = one("2005-04-04", SPLIT, grant={**G1, "price": "25.00"})
    assert (state.shares, state.holding.exercisable, state.holding.unvested) == (30000, 12500, 17500)
    assert state.price == Fraction(50, 3)
    assert price_text(state.price) == "16.666667"


def test_a_split_price_by_plain_division_is_rounded_to_the_cent():
    """The other reading of the split price (A33)."""
    state = one("2005-04-04", SPLIT, grant={**G1, "price": "25.00"}, readings={"split_price": "ratio"})
    assert price_text(state.price) == "16.67"


def test_exercised_shares_are_not_restated_by_a_split():
    """The other four figures are the adjusted unexercised part (A33)."""
    holding = one("2005-04-04", exercise("2005-03-01", 3333), SPLIT).holding
    assert (holding.exercised, holding.exercisable, holding.unvested) == (3333, 7500, 17500)


def test_stock_dividends_adjust_like_splits():
    """Five percent in shares is 105 for 100 (A35)."""
    assert one("2005-04-04", event("stock_dividend", "2005-04-04", percent="5")).shares == 21000


def test_a_split_scales_limit_and_past_usage_together():
    """Pool figures are in the units of the day (A37)."""
    pool = run("2005-04-04", exercise("2005-03-01", 3000), SPLIT).pool
    assert (pool.limit, pool.issued, pool.outstanding) == (1125000, 4500, 25500)


def test_a_grant_on_the_split_day_is_post_split():
    """The effective date decides, for automatic grants too (A34)."""
    meeting = event("annual_meeting", "2005-04-04")
    result = run("2005-04-04", SPLIT, meeting, grants=[], director={"elected": "2003-11-13"})
    assert [grant.shares for grant in result.grants] == [30000, 18000]


@pytest.mark.parametrize(
    ("elected", "employee", "meeting", "made"),
    [
        ("2003-04-16", [], "2003-05-14", []),
        ("2003-04-17", [], "2003-05-14", ["initial"]),
        ("2003-11-13", [], "2004-05-13", ["initial", "annual"]),
        ("2003-11-14", [], "2004-05-13", ["initial"]),
        ("2004-05-13", [], "2004-05-13", ["initial"]),
        ("1999-05-20", [["1999-05-20", "2004-09-01"]], "2004-05-13", []),
        ("1999-05-20", [["1999-05-20", "2004-09-01"]], "2005-05-11", ["annual"]),
    ],
)
def test_automatic_grants(elected, employee, meeting, made):
    """Election after the Restatement Date, six months of service, no employment (A12 to A14)."""
    director = {"elected": elected, "employee": employee}
    result = run(meeting, event("annual_meeting", meeting), grants=[], director=director)
    assert [grant.rule for grant in result.grants] == made


def test_no_grant_at_the_meeting_that_ends_the_term():
    """A director who leaves at the meeting gets nothing there (A11)."""
    events = event("annual_meeting", "2005-05-11"), leaves("2005-05-11", "not_reelected")
    result = run("2005-05-11", *events, grants=[], director={"elected": "2003-11-13"})
    assert [grant.rule for grant in result.grants] == ["initial"]
    assert "A11" in rules(result)


def test_forward_and_backward_counts_that_disagree_are_told():
    """Six months from 31 August end on 29 February, six months back from there do not reach the 31st (A12)."""
    meeting = event("annual_meeting", "2004-02-29")
    result = run("2004-02-29", meeting, grants=[], director={"elected": "2003-08-31"})
    assert [grant.rule for grant in result.grants] == ["initial", "annual"]
    assert "A12" in rules(result)


def test_a_listed_grant_is_not_made_twice():
    """A grant that the scenario lists stands for the automatic one of that day."""
    result = run("2003-11-13", director={"elected": "2003-11-13"})
    assert [grant.id for grant in result.grants] == ["G1"]


@pytest.mark.parametrize(
    ("day", "available", "outstanding"),
    [
        ("2005-03-14", 730000, 20000),
        ("2005-03-15", 741667, 8333),
        ("2008-03-15", 741667, 8333),
        ("2008-03-16", 750000, 0),
    ],
)
def test_shares_return_to_the_pool(day, available, outstanding):
    """Unvested at termination, vested the day after the last day (A36)."""
    pool = run(day, leaves("2005-03-15")).pool
    assert (pool.available, pool.outstanding, pool.issued) == (available, outstanding, 0)


@pytest.mark.parametrize(("reading", "granted"), [("stop", 0), ("pro_rata", 5000)])
def test_a_grant_the_pool_cannot_cover(reading, granted):
    """It stops with a finding, or takes what is left (A36)."""
    grants = [{**G1, "shares": 745000}, G2]
    result = run("2004-05-13", grants=grants, readings={"pool_shortfall": reading})
    assert result.grants[1].shares == granted
    assert "A36" in rules(result)


@pytest.mark.parametrize("reading", ["stop", "pro_rata"])
def test_a_split_that_the_limit_already_reflects_can_overdraw_it(reading):
    """Grants that outgrow the restated limit show a negative rest, never shares that were not issued (rule 5, A36)."""
    old = {**G1, "date": "2001-03-01", "shares": 740000}
    split = event("split", "2002-05-31", ratio="5:4")
    result = run("2004-05-13", split, grants=[old, G2], readings={"pool_shortfall": reading})
    pool = result.pool
    assert (pool.limit, pool.available, pool.outstanding, pool.issued) == (750000, -175000, 925000, 0)
    assert result.grants[1].shares == 0


def test_values_at_a_share_price():
    """Only exercisable shares have intrinsic value; the unvested rest is a potential."""
    value = option_value(one("2005-03-15"), Decimal("30.50"))
    assert value is not None
    assert value.exercise_cost == Decimal("199992.00")
    assert value.intrinsic_value == Decimal("54164.50")
    assert value.unvested_potential == Decimal("75835.50")
    under_water = option_value(one("2005-03-15"), Decimal("20"))
    assert under_water is not None
    assert under_water.intrinsic_value == 0
