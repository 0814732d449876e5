"""Schedules and vesting of the director plan (A1 to A10, A21 to A25, A30, A43)."""

from __future__ import annotations

import pytest

from tests.plans.director import G1, G2, event, last_day, leaves, one, rules, run


def dates(state):
    return [vest.date.isoformat() for vest in state.installments]


def test_twelve_installments_floor_the_running_total():
    """20,000 over twelve quarters accrues in fractions and counts whole shares (A1)."""
    state = one("2003-11-13")
    assert [vest.cumulative for vest in state.installments] == [20000 * k // 12 for k in range(1, 13)]
    assert sum(vest.shares for vest in state.installments) == 20000


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("anchor", ["2004-02-29", "2004-05-30", "2004-08-30", "2004-11-30", "2005-02-28"]),
        ("end_of_month", ["2004-02-29", "2004-05-31", "2004-08-31", "2004-11-30", "2005-02-28"]),
    ],
)
def test_month_ends_come_from_the_anchor(policy, expected):
    """A short month clamps and the next installment returns to the grant's day (A3)."""
    grant = {"id": "G1", "rule": "initial", "date": "2003-11-30"}
    assert dates(one("2003-11-30", grant=grant, readings={"day_of_month": policy}))[:5] == expected


@pytest.mark.parametrize(("reading", "kept"), [("inclusive", 8333), ("exclusive", 6666)])
def test_leaving_on_a_vest_date(reading, kept):
    """By default the installment of the day of leaving counts (A5)."""
    state = one("2005-02-13", leaves("2005-02-13"), readings={"vest_on_termination_date": reading})
    assert (state.holding.exercisable, state.holding.forfeited) == (kept, 20000 - kept)


@pytest.mark.parametrize(
    ("meeting", "vest"),
    [
        ("2005-05-11", "2005-05-10"),
        ("2005-06-13", "2005-06-12"),
        ("2005-06-14", "2005-06-13"),
        ("2005-07-20", "2005-06-13"),
        (None, "2005-06-13"),
        ("2004-05-13", "2005-06-13"),
    ],
)
def test_annual_grant_vests_before_the_next_meeting_or_at_thirteen_months(meeting, vest):
    """The earlier of the two days counts, and the meeting of the grant day does not follow it (A7, A8)."""
    meetings = [event("annual_meeting", meeting)] if meeting else []
    assert dates(one("2004-05-13", *meetings, grant=G2)) == [vest]


@pytest.mark.parametrize(("day", "kept"), [("2005-05-09", 0), ("2005-05-10", 12000)])
def test_annual_grant_is_all_or_nothing(day, kept):
    """One day decides over the whole annual grant (A10)."""
    state = one(day, leaves(day), event("annual_meeting", "2005-05-11"), grant=G2)
    assert (state.holding.exercisable, state.holding.forfeited) == (kept, 12000 - kept)
    assert (state.last_day is None) == (kept == 0)


def test_a_future_meeting_is_marked_provisional():
    """A vest that rests on an expected meeting says so (A9)."""
    assert "A9" in rules(run("2005-01-01", event("annual_meeting", "2005-05-11"), grants=[G2]))
    assert "A9" not in rules(run("2005-05-11", event("annual_meeting", "2005-05-11"), grants=[G2]))


@pytest.mark.parametrize(
    ("mode", "kept", "added"), [("through", 13333, 5000), ("installment", 10000, 1667), ("none", 8333, 0)]
)
def test_death_readings(mode, kept, added):
    """The three readings of "the additional portion" for a death on 2005-03-15 (A21, A22)."""
    result = run("2005-03-15", leaves("2005-03-15", "death"), readings={"death_acceleration": mode})
    (state,) = result.grants
    assert (state.holding.exercisable, state.accelerated) == (kept, added)
    assert rules(result) & {"A21", "A22"}


@pytest.mark.parametrize("mode", ["through", "installment", "none"])
def test_death_after_an_acquisition_adds_nothing(mode):
    """What an acquisition has made exercisable in full cannot vest a second time (A22, A30)."""
    closing = event("acquisition", "2005-01-10")
    readings = {"death_acceleration": mode}
    state = one("2005-03-15", closing, leaves("2005-03-15", "death"), readings=readings)
    assert (state.holding.exercisable, state.holding.forfeited, state.accelerated) == (20000, 0, 13334)


def test_a_vested_grant_is_vested_on_whatever_day_its_holder_leaves():
    """A grant listed as vested has no installment that could fall on the day of leaving (A5)."""
    exclusive = {"vest_on_termination_date": "exclusive"}
    state = one("2003-11-13", leaves("2003-11-13"), grant={**G1, "vested": True}, readings=exclusive)
    assert state.holding.exercisable == 20000


def test_death_on_an_anniversary_reaches_the_next_one():
    """The next anniversary is strictly later (A24)."""
    assert one("2004-11-13", leaves("2004-11-13", "death")).holding.exercisable == 13333


@pytest.mark.parametrize(
    ("meeting", "mode", "kept"),
    [
        ("2005-05-11", "through", 12000),
        ("2005-05-18", "through", 0),
        (None, "through", 0),
        ("2005-05-11", "installment", 0),
        ("2005-05-14", "installment", 12000),
    ],
)
def test_death_before_the_meeting_of_an_annual_grant(meeting, mode, kept):
    """The vest day has to fall by the anniversary, or on it under the installment reading (A23)."""
    meetings = [event("annual_meeting", meeting)] if meeting else []
    state = one(
        "2005-03-15",
        leaves("2005-03-15", "death"),
        *meetings,
        grant=G2,
        readings={"death_acceleration": mode},
    )
    assert state.holding.exercisable == kept


@pytest.mark.parametrize(
    ("measure", "kept", "end"),
    [
        ("favourable", 13333, "2008-03-15"),
        ("cessation", 13333, "2008-03-15"),
        ("disability", 6666, "2007-10-01"),
    ],
)
def test_disability_before_the_end_of_service(measure, kept, end):
    """The measuring day is a reading; from disability the window runs too (A25)."""
    events = event("disability", "2004-10-01"), leaves("2005-03-15", "disability")
    state = one("2005-03-15", *events, readings={"disability_measure": measure})
    assert state.holding.exercisable == kept
    assert last_day(state) == (end, "window")


def test_a_grant_made_after_the_disability_is_measured_by_the_end_of_service():
    """An option that the holder did not have on the day of disability cannot end before it was granted (A25)."""
    events = event("disability", "2001-05-21"), leaves("2004-12-16", "disability")
    state = one("2004-12-16", *events, grant=G1, readings={"disability_measure": "disability"})
    assert last_day(state) == ("2007-12-16", "window")
    assert (state.holding.exercisable, state.accelerated) == (13333, 6667)


def test_disability_while_serving_accelerates_nothing():
    """Disability counts once service ends by it (A44)."""
    result = run("2005-03-15", event("disability", "2004-10-01"))
    assert result.grants[0].accelerated == 0
    assert "A44" in rules(result)


def test_death_while_serving_ends_service():
    """A dead director has left, with or without a termination in the list."""
    assert one("2005-03-15", event("death", "2005-03-15")) == one("2005-03-15", leaves("2005-03-15", "death"))


@pytest.mark.parametrize(("left", "kept"), [(None, 20000), ("2005-04-01", 20000), ("2005-03-31", 8333)])
def test_acquisition_counts_for_those_in_office(left, kept):
    """Resigning at closing is in time, the day before is not (A30)."""
    departure = [leaves(left)] if left else []
    state = one("2005-04-01", event("acquisition", "2005-04-01"), *departure)
    assert state.holding.exercisable == kept
    assert state.accelerated == (11667 if kept == 20000 else 0)


def test_a_grant_on_the_day_of_the_acquisition_was_not_outstanding_before_it():
    """Only options outstanding immediately before the effective date vest in full."""
    assert one("2004-05-13", event("acquisition", "2004-05-13"), grant=G2).holding.exercisable == 0


def test_a_grant_may_bring_its_own_schedule():
    """The Board may set another schedule for one grant (A43)."""
    own = {"kind": "installments", "count": 4, "period_months": 12, "cliff": 2, "clause": "A", "text": "own"}
    state = one("2003-11-13", grant={"id": "G1", "rule": "initial", "date": "2003-11-13", "schedule": own})
    assert [(v.date.isoformat(), v.shares) for v in state.installments] == [
        ("2005-11-13", 10000),
        ("2006-11-13", 5000),
        ("2007-11-13", 5000),
    ]


def test_next_vest_is_told_only_while_something_can_still_vest():
    """The next vest is the first one after the day asked for, and none after leaving."""
    assert one("2005-02-13").next_vest.date.isoformat() == "2005-05-13"
    assert one("2005-02-14", leaves("2005-02-14")).next_vest is None


def test_a_grant_after_leaving_never_vests():
    """A grant dated after service ended is reported and forfeited."""
    result = run("2005-06-01", leaves("2003-11-12"))
    assert result.grants[0].holding.forfeited == 20000
    assert "A5" in rules(result)
