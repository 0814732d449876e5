"""The steps that charts draw: only days on which something changes, each saying what happened."""

from __future__ import annotations

from lib.plans.timeline import cost_of_leaving, pool_steps, steps
from tests.plans.director import G1, G2, TERMS, event, leaves, scenario


def test_steps_tell_the_day_and_the_cause():
    """A grant's life from grant to lapse, always totalling the grant."""
    told = steps(TERMS, scenario(None, leaves("2004-08-20")))["G1"]
    assert [(step.date.isoformat(), step.causes) for step in told] == [
        ("2003-11-13", ("grant",)),
        ("2004-02-13", ("vest",)),
        ("2004-05-13", ("vest",)),
        ("2004-08-13", ("vest",)),
        ("2004-08-20", ("voluntary",)),
        ("2007-08-21", ("lapse",)),
    ]
    assert {step.holding.total for step in told} == {20000}


def test_the_pool_over_time():
    """Each grant takes its shares and each departure and lapse gives some back."""
    told = pool_steps(TERMS, scenario(None, leaves("2005-03-15"), grants=[G1, G2]))
    assert [(step.date.isoformat(), step.pool.available) for step in told] == [
        ("2003-11-13", 730000),
        ("2004-05-13", 718000),
        ("2005-03-15", 741667),
        ("2008-03-16", 750000),
    ]


def test_cost_of_leaving_falls_at_each_vest():
    """What leaving forfeits shrinks on vest days, whatever departure the scenario itself has."""
    told = cost_of_leaving(TERMS, scenario(None, leaves("2004-08-20")), "voluntary")
    assert [(entry.date.isoformat(), entry.forfeited) for entry in told][:3] == [
        ("2003-11-13", 20000),
        ("2004-02-13", 18334),
        ("2004-05-13", 16667),
    ]
    kept = {entry.date.isoformat(): entry.kept for entry in told}
    assert kept["2006-11-13"] == 20000


def test_death_costs_least_right_after_an_anniversary():
    """Up to the next anniversary everything counts on death, so the cost falls on anniversaries (A22, A24)."""
    told = cost_of_leaving(TERMS, scenario(None), "death")
    assert [(entry.date.isoformat(), entry.forfeited) for entry in told][:3] == [
        ("2003-11-13", 13334),
        ("2004-11-13", 6667),
        ("2005-11-13", 0),
    ]


def test_an_acquisition_is_a_step():
    """The day on which everything becomes exercisable says so."""
    told = steps(TERMS, scenario(None, event("acquisition", "2005-04-01")))["G1"]
    assert [step.holding.exercisable for step in told if "acquisition" in step.causes] == [20000]
