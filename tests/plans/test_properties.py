"""What holds for every scenario of the director plan, whatever happens in it (the plan's invariants)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.plans.days import months_after
from lib.plans.scenario import parse_scenario
from lib.plans.simulate import open_book, simulate
from lib.plans.timeline import cost_of_leaving, pool_steps, steps
from lib.plans.write import result_data
from tests.plans.director import PLAN, TERMS, event, leaves, scenario

few = settings(max_examples=60, deadline=None)

grant_days = st.dates(date(2000, 6, 1), date(2006, 12, 31))
event_days = st.dates(date(2000, 6, 1), date(2018, 12, 31))
reasons = st.sampled_from(["voluntary", "removal", "not_reelected", "death", "disability"])
readings = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(reading.names) for name, reading in TERMS.readings.items()},
)


@st.composite
def grants(draw):
    made = []
    for number in range(draw(st.integers(1, 3))):
        grant = {
            "id": f"G{number}",
            "rule": draw(st.sampled_from(["initial", "annual"])),
            "date": draw(grant_days).isoformat(),
            "shares": draw(st.integers(1, 40000)),
            "price": f"{draw(st.integers(1, 9999)) / 100:.2f}",
        }
        made.append(grant)
    return made


@st.composite
def happenings(draw, splits=True):
    kinds = ["annual_meeting", "termination", "disability", "death", "breach", "breach_notice", "acquisition"]
    kinds += ["exercise", "exercise"] + ["split"] * splits
    listed = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=8)):
        day = draw(event_days).isoformat()
        more = {}
        if kind == "termination":
            more = {"reason": draw(reasons)}
        if kind == "split":
            more = {"ratio": draw(st.sampled_from(["3:2", "2:1", "1:10", "7:3"]))}
        if kind == "exercise":
            more = {"grant": f"G{draw(st.integers(0, 2))}", "shares": draw(st.integers(1, 20000))}
        listed.append(event(kind, day, **more))
    return listed


def example(as_of, made, listed, chosen=None):
    day = as_of.isoformat() if as_of else None
    return scenario(day, *listed, grants=made, readings=chosen or {})


@few
@given(grants(), happenings(splits=False), readings)
def test_the_five_figures_always_make_the_grant(made, listed, chosen):
    """Unvested, exercisable, exercised, forfeited and lapsed add up to the grant on every day (3)."""
    given_scenario = example(None, made, listed, chosen)
    options = {option.grant.id: option.shares for option in open_book(TERMS, given_scenario).options}
    for name, run in steps(TERMS, given_scenario).items():
        for step in run:
            assert step.holding.total == options[name]
            assert min(vars(step.holding).values()) >= 0


@few
@given(grants(), happenings(), readings, event_days)
def test_results_are_consistent(made, listed, chosen, day):
    """Schedules sum, nothing vests before the grant, limits bind, the pool balances (1, 2, 4, 9, 13)."""
    result = simulate(TERMS, example(day, made, listed, chosen))
    for state in result.grants:
        assert sum(vest.shares for vest in state.installments) == state.shares
        assert all(vest.shares >= 0 and vest.date >= state.date for vest in state.installments)
        assert min(vars(state.holding).values()) >= 0
        assert 0 <= state.accelerated <= state.shares
        if state.last_day is not None:
            assert state.last_day.date <= months_after(state.date, 120)
            if state.last_day.date < day:
                assert state.holding.exercisable == 0
    pool = result.pool
    assert pool.limit == pool.available + pool.outstanding + pool.issued
    assert min(pool.outstanding, pool.issued) >= 0
    assert pool.available >= 0 or pool.outstanding + pool.issued > pool.limit


@few
@given(grants(), happenings(), readings, event_days, st.randoms(use_true_random=False))
def test_order_and_round_trip_change_nothing(made, listed, chosen, day, random):
    """The order of listing never matters, and a scenario survives its JSON (15)."""
    first = example(day, made, listed, chosen)
    shuffled = list(listed)
    random.shuffle(shuffled)
    again = example(day, made, shuffled, chosen)
    assert simulate(TERMS, first).grants == simulate(TERMS, again).grants
    copy = parse_scenario(first.model_dump_json())
    assert result_data(simulate(TERMS, copy)) == result_data(simulate(TERMS, first))


@few
@given(grants(), happenings(), readings)
def test_a_step_is_the_result_of_its_day(made, listed, chosen):
    """Asking on a past day gives what the whole story says of that day (15)."""
    whole = example(None, made, listed, chosen)
    told = steps(TERMS, whole)
    pools = pool_steps(TERMS, whole)
    days = {step.date for run in told.values() for step in run} | {step.date for step in pools}
    for day in sorted(days)[:12]:
        seen = simulate(TERMS, whole.model_copy(update={"as_of": day}))
        for state in seen.grants:
            assert state.holding == [step.holding for step in told[state.id] if step.date <= day][-1]
        assert seen.pool == [step.pool for step in pools if step.date <= day][-1]


@few
@given(grant_days, event_days, event_days, reasons)
def test_leaving_later_never_costs_shares(granted, one_day, other_day, reason):
    """A later departure keeps at least as much, and death keeps at least what a resignation keeps (6, 8)."""
    made = [{"id": "G0", "rule": "initial", "date": granted.isoformat()}]
    early, late = sorted([max(granted, one_day), max(granted, other_day)])

    def kept(day, why):
        holding = simulate(TERMS, example(day, made, [leaves(day.isoformat(), why)])).grants[0].holding
        return holding.exercisable + holding.lapsed

    assert kept(early, reason) <= kept(late, reason)
    assert kept(early, "voluntary") <= kept(early, "death")


@few
@given(grants(), happenings(), readings)
def test_departure_stops_vesting(made, listed, chosen):
    """Once service has ended, vested shares stop growing and nothing is unvested (5)."""
    listed = [item for item in listed if item["type"] not in {"split", "death", "disability"}]
    left = date(2004, 6, 30)
    listed = [item for item in listed if item["type"] != "termination"] + [leaves("2004-06-30")]
    for run in steps(TERMS, example(None, made, listed, chosen)).values():
        after = [step.holding for step in run if step.date >= left]
        assert all(holding.unvested == 0 for holding in after)
        vested = {holding.exercisable + holding.exercised + holding.lapsed for holding in after}
        assert len(vested) <= 1 or any(item["type"].startswith("breach") for item in listed)


@few
@given(grant_days, event_days)
def test_an_acquisition_leaves_nothing_unvested(granted, day):
    """Without earlier departure everything outstanding becomes exercisable (7)."""
    made = [{"id": "G0", "rule": "initial", "date": granted.isoformat()}]
    day = max(day, granted + timedelta(days=1))
    holding = simulate(TERMS, example(day, made, [event("acquisition", day.isoformat())])).grants[0].holding
    assert holding.unvested == 0


@few
@given(grant_days, st.integers(1, 12))
def test_an_installment_depends_on_anchor_and_number_alone(granted, number):
    """The day is the anchor's, or the month's last (11, 12)."""
    day = months_after(granted, 3 * number)
    assert day.day == min(granted.day, calendar.monthrange(day.year, day.month)[1])


@few
@given(grant_days, event_days, st.integers(1, 9), st.integers(1, 9), st.integers(100, 9999))
def test_a_split_conserves_fractions_and_aggregate_price(granted, day, new, old, cents):
    """Splitting and vesting commute before flooring, and the aggregate price stays (14)."""
    price = f"{cents / 100:.2f}"
    made = [{"id": "G0", "rule": "initial", "date": granted.isoformat(), "price": price}]
    day = max(day, granted + timedelta(days=1))
    split = event("split", day.isoformat(), ratio=f"{new}:{old}")
    expiry = months_after(granted, 120)
    before = simulate(TERMS, example(day, made, [])).grants[0]
    after = simulate(TERMS, example(day, made, [split])).grants[0]
    assert before.price is not None
    assert after.price is not None
    assert after.price * 20000 * Fraction(new, old) == before.price * 20000
    vested = sum(vest.date <= day for vest in before.installments)
    expected = floor(Fraction(20000 * vested * new, 12 * old)) if day <= expiry else 0
    assert after.holding.exercisable == expected


@few
@given(grants(), happenings(splits=False), reasons)
def test_the_cost_of_leaving_is_what_leaving_costs(made, listed, reason):
    """Between two entries of the cost of leaving, leaving costs the same."""
    staying = example(
        None, made, [e for e in listed if e["type"] not in {"termination", "death", "disability"}]
    )
    entries = cost_of_leaving(TERMS, staying, reason)
    for entry, following in pairwise(entries):
        day = min(following.date - timedelta(days=1), entry.date + timedelta(days=45))
        gone = [*(e.model_dump(mode="json") for e in staying.events), leaves(day.isoformat(), reason)]
        result = simulate(
            TERMS, parse_scenario({"plan": PLAN, "as_of": day.isoformat(), "grants": made, "events": gone})
        )
        assert sum(state.holding.forfeited for state in result.grants) == entry.forfeited
