"""The plan invariants, over random terms, grants and event logs; the numbers are those of the rules file."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.plans.clocks import clocks
from lib.plans.days import LATEST, months_after
from lib.plans.result import summed, together
from lib.plans.scenario import Termination, parse_scenario
from lib.plans.schedule import vests
from lib.plans.schedule_terms import Installments
from lib.plans.simulate import open_book, simulate
from lib.plans.timeline import cost_of_leaving, pool_steps, steps, steps_together
from lib.plans.write import result_data
from tests.plans.any_plan import REASONS, allocations, days, grants, happenings, readings, terms

some = settings(max_examples=60, deadline=None)


def scenario(made, listed=(), chosen=None, as_of=None, **more):
    given_day = as_of.isoformat() if as_of else None
    return parse_scenario(
        {
            "plan": "any",
            "as_of": given_day,
            "grants": made,
            "events": list(listed),
            "readings": chosen or {},
            **more,
        }
    )


def leaving(day, reason="voluntary"):
    return {"type": "termination", "date": day.isoformat(), "reason": reason}


@some
@given(terms(), grants(), happenings(), readings, days)
def test_schedules_sum_to_the_grant_and_never_fall(plan, made, listed, chosen, day):
    """Installments sum to the grant where every condition is met, and to no more anywhere (1, 2, 4)."""
    result = simulate(plan, scenario(made, listed, chosen, day))
    for state in result.grants:
        cumulative = [0, *(vest.cumulative for vest in state.installments)]
        assert all(before <= after for before, after in pairwise(cumulative))
        assert cumulative[-1] <= state.shares
        if isinstance(plan.rule(state.rule).schedule, Installments):
            assert cumulative[-1] == state.shares == sum(vest.shares for vest in state.installments)
        assert all(vest.date >= state.date for vest in state.installments)


@some
@given(terms(), grants(), happenings(without=["split"]), readings)
def test_the_five_figures_always_make_the_grant(plan, made, listed, chosen):
    """Unvested, exercisable, exercised, forfeited and lapsed add up to the grant on every day (3)."""
    whole = scenario(made, listed, chosen)
    sizes = {option.grant.id: option.shares for option in open_book(plan, whole).options}
    for name, run in steps(plan, whole).items():
        for step in run:
            assert step.holding.total == sizes[name]
            assert min(vars(step.holding).values()) >= 0


@some
@given(terms(), grants(), happenings(without=["split", "breach", "breach_notice"]), readings)
def test_nothing_vests_after_service_but_by_acceleration(plan, made, listed, chosen):
    """Once service has ended what is vested stays, and what vested early has a citation (5, 6)."""
    whole = scenario(made, listed, chosen)
    book = open_book(plan, whole)
    end = book.facts.service.end
    assume(end is not None)
    for option in book.options:
        day = max(end, option.grant.date)
        at_end = option.vested(day)
        assert option.vested(LATEST) == at_end
        assert option.holding(day).unvested == 0
        scheduled = max(option.scheduled(end), option.scheduled(option.facts.service.disabled or end))
        assert scheduled <= option.shares
        if at_end > scheduled:
            seen = simulate(plan, whole.model_copy(update={"as_of": day}))
            state = next(state for state in seen.grants if state.id == option.grant.id)
            if state.accelerated:
                assert "accelerated" in {citation.value for citation in state.citations}
        assert 0 <= option.accelerated(day) <= option.shares


@some
@given(terms(), grants(most=1), days, days, st.sampled_from(REASONS), readings)
def test_leaving_later_never_costs_vested_shares(plan, made, one, other, reason, chosen):
    """Leaving later by the same reason never lowers what has vested; single triggers only (8)."""
    plan = plan.model_copy(
        update={"accelerations": tuple(rule for rule in plan.accelerations if rule.effective is None)}
    )
    assume(chosen.get("death_acceleration") != "installment")
    granted = date.fromisoformat(made[0]["date"])
    early, late = sorted([max(granted, one), max(granted, other)])

    def vested(day):
        book = open_book(plan, scenario(made, [leaving(day, reason)], chosen), day)
        return book.options[0].vested(day) if book.options[0].shares else Fraction(0)

    assert vested(early) <= vested(late)


@some
@given(terms(), grants(), days, readings)
def test_an_acquisition_in_full_leaves_nothing_unvested(plan, made, day, chosen):
    """Without earlier departure, where the plan accelerates in full (7)."""
    rule = {"upon": ["acquisition"], "reach": "full", "clause": "1", "text": "In full."}
    full = plan.model_validate({**plan.model_dump(), "accelerations": [rule]})
    result = simulate(full, scenario(made, [{"type": "acquisition", "date": day.isoformat()}], chosen, day))
    for state in result.grants:
        if state.date < day <= months_after(state.date, 12 * plan.cap.years):
            assert state.holding.unvested == 0


@some
@given(terms(), grants(), happenings(), readings, days)
def test_the_last_day_is_the_earliest_limit(plan, made, listed, chosen, day):
    """The last day is never after the cap, the Final Exercise Date or the window, and it binds (9)."""
    whole = scenario(made, listed, chosen, day)
    book = open_book(plan, whole, day)
    states = {state.id: state for state in simulate(plan, whole).grants}
    for option in book.options:
        state = states[option.grant.id]
        if state.last_day is None:
            continue
        limits = [months_after(option.grant.date, 12 * plan.cap.years)]
        end = book.facts.service.end
        if end is not None and end <= day and state.last_day.binding == "window":
            window = option.window(day)
            start = end
            if book.facts.readings.disability_measure == "disability":
                start = book.facts.service.disabled or end
            limits.append(
                end if window.at_once else months_after(start, window.months) + timedelta(days=window.days)
            )
        assert state.last_day.date <= min(limits)
        assert state.last_day.binding == "breach" or state.last_day.date == min(limits)
        if state.last_day.date < day:
            assert state.holding.exercisable == 0


@some
@given(terms(), grants(), happenings(), readings)
def test_only_what_can_be_exercised_is(plan, made, listed, chosen):
    """Exercises are whole shares, of what is vested, up to the last day and before a breach notice (10)."""
    whole = scenario(made, listed, chosen)
    book = open_book(plan, whole)
    for option in book.options:
        for exercise in option.exercises:
            assert exercise.shares == int(exercise.shares) > 0
            used = sum(e.shares / option.factor(e.date) for e in option.exercises if e.date <= exercise.date)
            assert used <= option.vested(exercise.date)
            if not option.delivered:
                before = option.facts
                assert exercise.date <= option.expiry.last_day.date
                assert not any(
                    notice < exercise.date for notice in before.breaches if notice >= option.grant.date
                )


@some
@given(days, st.integers(1, 24), st.integers(1, 12), st.integers(1, 50000), allocations, st.integers(0, 24))
def test_an_installment_depends_on_anchor_and_number_alone(granted, count, period, shares, allocation, cliff):
    """Its day is the anchor's or the month's last, whatever comes before it (11, 12)."""
    schedule = Installments(
        count=count,
        period_months=period,
        allocation=allocation,
        cliff=min(cliff, count),
        clause="1",
        text="t",
    )
    for vest in vests(schedule, granted, shares, (), "anchor"):
        months = 12 * (vest.date.year - granted.year) + vest.date.month - granted.month
        assert months % period == 0
        assert vest.date == months_after(granted, months)
        assert vest.date.day == granted.day or (vest.date + timedelta(days=1)).day == 1


@some
@given(terms(), grants(), happenings(), readings, days)
def test_the_pool_balances(plan, made, listed, chosen, day):
    """Limit is available, outstanding and issued together, none below zero, on every day (13)."""
    for step in pool_steps(plan, scenario(made, listed, chosen)):
        pool = step.pool
        assert pool.limit == pool.available + pool.outstanding + pool.issued
        assert min(pool.available, pool.outstanding, pool.issued) >= 0


@some
@given(terms(), grants(most=1), st.integers(1, 9), st.integers(1, 9), st.integers(1, 3000))
def test_splitting_and_vesting_commute(plan, made, new, old, later):
    """A split before a vest gives what a split after it gives, and the aggregate price stays (14)."""
    made = [made[0] | {"rule": "option"}]
    granted = date.fromisoformat(made[0]["date"])
    day = granted + timedelta(days=later)
    split = {"type": "split", "date": day.isoformat(), "ratio": f"{new}:{old}"}
    (plain,) = open_book(plan, scenario(made)).options
    (after,) = open_book(plan, scenario(made, [split])).options
    assume(plain.shares and after.shares)
    assert after.vested(day) * after.factor(day) == plain.vested(day) * Fraction(new, old)
    assert after.price(day) * after.factor(day) == plain.price(day)


@some
@given(terms(), grants(), happenings(), readings, days, st.randoms(use_true_random=False))
def test_order_and_round_trip_change_nothing(plan, made, listed, chosen, day, random):
    """The order of listing never matters, and a scenario survives its JSON (15)."""
    whole = scenario(made, listed, chosen, day)
    shuffled = list(listed)
    random.shuffle(shuffled)
    assert simulate(plan, whole).grants == simulate(plan, scenario(made, shuffled, chosen, day)).grants
    copy = parse_scenario(whole.model_dump_json())
    again = plan.model_validate_json(plan.model_dump_json())
    assert result_data(simulate(again, copy)) == result_data(simulate(plan, whole))


@some
@given(terms(), grants(), happenings(), readings)
def test_later_events_never_change_past_facts(plan, made, listed, chosen):
    """Asking on a past day gives what the whole story says of that day (15)."""
    whole = scenario(made, listed, chosen)
    told, pools = steps(plan, whole), pool_steps(plan, whole)
    changes = {step.date for run in told.values() for step in run} | {step.date for step in pools}
    for day in sorted(changes)[:12]:
        seen = simulate(plan, whole.model_copy(update={"as_of": day}))
        for state in seen.grants:
            assert state.holding == [step.holding for step in told[state.id] if step.date <= day][-1]
        assert seen.pool == [step.pool for step in pools if step.date <= day][-1]


@some
@given(
    terms(), grants(), happenings(without=["termination", "death", "disability"]), st.sampled_from(REASONS)
)
def test_the_cost_of_leaving_is_what_leaving_costs(plan, made, listed, reason):
    """Between two entries of the cost of leaving, leaving costs the same."""
    staying = scenario(made, listed)
    for entry, following in pairwise(cost_of_leaving(plan, staying, reason)):
        day = min(following.date - timedelta(days=1), entry.date + timedelta(days=45))
        gone = (*staying.events, Termination(date=day, reason=reason))
        result = simulate(plan, staying.model_copy(update={"as_of": day, "events": gone}))
        assert sum(state.holding.forfeited for state in result.grants) == entry.forfeited


@some
@given(terms(), grants(), happenings())
def test_grants_together_are_their_sum(plan, made, listed):
    """On each day of change the combined figures are those of the grants made by then; schedules merge whole."""
    whole = scenario(made, listed)
    told = steps(plan, whole)
    for step in steps_together(told):
        held = [
            held
            for run in told.values()
            for held in [one.holding for one in run if one.date <= step.date][-1:]
        ]
        assert step.holding == summed(held)
    result = simulate(plan, whole)
    if result.grants:
        both = together(result.grants)
        assert both.shares == sum(state.shares for state in result.grants)
        assert sum(vest.shares for vest in both.installments) == sum(
            vest.shares for state in result.grants for vest in state.installments
        )
        assert both.holding == summed(state.holding for state in result.grants)


@some
@given(terms(), grants(), happenings(), readings)
def test_clocks_are_in_order(plan, made, listed, chosen):
    """Vests lie between grant and departure or acceleration, and the last day within the longest life."""
    whole = scenario(made, listed, chosen)
    states = {state.id: state for state in simulate(plan, whole).grants}
    for clock in clocks(plan, whole):
        if clock.first_vest is not None:
            assert clock.granted <= clock.first_vest <= clock.last_vest
        if clock.last_day is not None:
            assert clock.last_day.date <= clock.life_ends
        assert clock.last_day == states[clock.id].last_day
