"""The last day to exercise: windows, cap, Final Exercise Date, breach (A15 to A20, A26 to A28, A45)."""

from __future__ import annotations

import pytest

from tests.plans.director import G1, G2, event, last_day, leaves, one, rules, run


@pytest.mark.parametrize(
    ("granted", "end"),
    [("1999-05-20", "2006-03-15"), ("2000-05-16", "2006-03-15"), ("2000-05-17", "2008-03-15")],
)
def test_old_grants_keep_the_old_window(granted, end):
    """Three years for grants from 2000-05-17 on, one year for those before (A16)."""
    grant = {**G1, "date": granted, "vested": True}
    assert last_day(one("2005-03-15", leaves("2005-03-15"), grant=grant)) == (end, "window")


@pytest.mark.parametrize(
    ("left", "reading", "end"),
    [
        ("2003-12-15", "outstanding", "2004-12-15"),
        ("2003-12-16", "outstanding", "2006-12-16"),
        ("2003-12-16", "prospective", "2004-12-16"),
        ("2004-12-16", "prospective", "2007-12-16"),
    ],
)
def test_an_amendment_extends_and_never_revives(left, reading, end):
    """An option still outstanding on the amendment's day gets the longer window, a lapsed one does not (A17)."""
    grant = {**G1, "date": "2003-09-13"}
    state = one("2005-01-31", leaves(left), grant=grant, readings={"window_amendment": reading})
    assert last_day(state) == (end, "window")


@pytest.mark.parametrize(("seen", "end"), [("2004-12-15", "2005-11-12"), ("2004-12-16", "2007-11-12")])
def test_rules_are_those_of_the_day_of_asking(seen, end):
    """An amendment counts once the as-of day reaches it (A45)."""
    assert last_day(one(seen, leaves("2004-11-12", "death"))) == (end, "window")


@pytest.mark.parametrize(("day", "state"), [("2008-03-15", (8333, 0)), ("2008-03-16", (0, 8333))])
def test_the_last_day_is_inclusive(day, state):
    """Vested shares lapse the day after the last day (A18)."""
    holding = one(day, leaves("2005-03-15")).holding
    assert (holding.exercisable, holding.lapsed) == state


def test_the_weekday_of_the_last_day_is_told():
    """A last day on a weekend does not roll, so the analyst is told (A4, A18)."""
    result = run("2005-03-15", leaves("2005-03-15"))
    assert result.grants[0].last_day.weekday == "Saturday"
    assert "A18" in rules(result)


@pytest.mark.parametrize(
    ("left", "final", "expected"),
    [
        (None, None, ("2013-11-13", "cap")),
        (None, "2012-01-31", ("2012-01-31", "final_exercise_date")),
        (None, "2015-01-31", ("2013-11-13", "cap")),
        ("2007-06-30", None, ("2010-06-30", "window")),
        ("2011-06-30", None, ("2013-11-13", "cap")),
        ("2009-06-30", "2012-01-31", ("2012-01-31", "final_exercise_date")),
    ],
)
def test_the_earliest_limit_binds(left, final, expected):
    """Window, cap and Final Exercise Date: the earliest one is the last day and is named (A19, A20)."""
    departure = [leaves(left)] if left else []
    grant = {**G1, "final_exercise_date": final}
    assert last_day(one(left or "2005-01-01", *departure, grant=grant)) == expected


def test_an_option_that_ends_before_it_vests_has_no_last_day():
    """While serving, the last day is empty only if nothing can ever be exercised."""
    assert (
        one("2004-01-01", grant={**G2, "date": "2004-01-01", "final_exercise_date": "2004-06-01"}).last_day
        is None
    )


def test_an_option_that_expires_in_service_lapses_whole():
    """After ten years nothing is left, vested or not (A19)."""
    assert one("2013-11-14").holding.lapsed == 20000


@pytest.mark.parametrize(
    ("reading", "kept", "end"),
    [("director", 8333, "2008-03-15"), ("eligible_participant", 15000, "2009-03-15")],
)
def test_consulting_after_the_board(reading, kept, end):
    """The plan counts Board service; the agreement's reading counts the consultancy too (A15)."""
    events = [leaves("2005-03-15", continues_as="consultant", until="2006-03-15")]
    state = one("2006-03-15", *events, readings={"service": reading})
    assert (state.holding.exercisable, last_day(state)) == (kept, (end, "window"))


@pytest.mark.parametrize("reason", ["removal", "not_reelected"])
def test_reasons_of_leaving_are_alike(reason):
    """Removal and non-re-election give what a resignation gives (A42)."""
    assert one("2006-01-01", leaves("2005-03-15", reason)) == one("2006-01-01", leaves("2005-03-15"))


def test_death_inside_the_window_changes_nothing():
    """A later death neither accelerates nor extends (A26)."""
    result = run("2006-07-01", leaves("2005-03-15"), event("death", "2006-07-01"))
    state = result.grants[0]
    assert (state.holding.exercisable, state.accelerated, last_day(state)) == (
        8333,
        0,
        ("2008-03-15", "window"),
    )
    assert "A26" in rules(result)


def test_breach_notice_after_service():
    """The notice ends the vested rest at once, and exercised shares stay (A28)."""
    events = (
        leaves("2005-03-15"),
        event("breach", "2005-06-01"),
        event("exercise", "2005-06-10", grant="G1", shares=3000),
        event("breach_notice", "2005-06-20"),
    )
    before, after = one("2005-06-19", *events), one("2005-06-20", *events)
    assert (before.holding.exercised, before.holding.exercisable) == (3000, 5333)
    assert (after.holding.exercised, after.holding.lapsed, after.holding.forfeited) == (3000, 5333, 11667)
    assert last_day(after) == ("2005-06-20", "breach")


def test_breach_notice_in_service_ends_everything_for_good():
    """Vested and unvested shares lapse, and a later departure cannot bring them back (A28)."""
    events = event("breach_notice", "2005-06-20"), leaves("2006-01-01"), event("acquisition", "2005-12-01")
    state = one("2006-06-01", *events)
    assert (state.holding.lapsed, state.accelerated) == (20000, 0)


def test_a_notice_before_anything_vests_is_what_ends_the_option():
    """There was no last day to exercise; what lapsed names the breach, not the plan's cap (A28)."""
    state = one("2004-01-01", event("breach_notice", "2003-12-01"))
    assert (state.holding.lapsed, state.last_day) == (20000, None)
    assert [c.clause for c in state.citations if c.value == "lapsed"] == ["Initial 3(c), Annual 3(c)"]


def test_a_breach_alone_ends_nothing_by_default():
    """Without notice the option lives on, unless the breach itself is read as the trigger (A28)."""
    breach = event("breach", "2005-06-01")
    assert one("2005-07-01", breach).holding.lapsed == 0
    assert one("2005-07-01", breach, readings={"breach_lapse": "breach"}).holding.lapsed == 20000
