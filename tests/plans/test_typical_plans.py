"""The typical plans that ship beside the director plan run on the same engine, with no code of their own."""

from __future__ import annotations

import pytest

from lib.plans.footnotes import grant_fields, read_vesting
from lib.plans.ocf_write import write_rule
from lib.plans.scenario import parse_scenario
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms, read_terms, shipped_plans, terms_text
from lib.plans.timeline import cost_of_leaving


def state(plan, rule, as_of, *events, **grant):
    given = {"id": "A", "rule": rule, "date": "2021-01-31", "shares": 1000, "price": "1.00", **grant}
    scenario = parse_scenario({"plan": plan, "as_of": as_of, "grants": [given], "events": list(events)})
    return simulate(load_terms(plan), scenario).grants[0]


def leaves(day, reason):
    return {"type": "termination", "date": day, "reason": reason}


def happens(kind, day, **more):
    return {"type": kind, "date": day, **more}


MONTHLY, UNITS, BACK = "typical-four-year-monthly", "typical-rsu-double-trigger", "typical-back-loaded"


@pytest.mark.parametrize(
    ("day", "exercisable"),
    [("2022-01-30", 0), ("2022-01-31", 250), ("2022-02-28", 270), ("2025-01-31", 1000)],
)
def test_a_cliff_and_months(day, exercisable):
    """Nothing before a year, then a quarter, then a forty-eighth a month."""
    assert state(MONTHLY, "option", day).holding.exercisable == exercisable


def test_a_vesting_start_before_the_grant():
    """What the schedule gave before the grant vests with it."""
    assert state(MONTHLY, "option", "2021-01-31", vesting_start="2020-01-15").holding.exercisable == 250
    assert state(MONTHLY, "option", "2021-02-15", vesting_start="2020-01-15").holding.exercisable == 270


@pytest.mark.parametrize(
    ("reason", "last_day", "binding"),
    [
        ("voluntary", "2022-09-29", "window"),
        ("disability", "2023-07-01", "window"),
        ("retirement", "2031-01-31", "cap"),
        ("cause", "2022-07-01", "window"),
    ],
)
def test_windows_by_reason(reason, last_day, binding):
    """Ninety days, twelve months, until expiry, or nothing."""
    left = state(MONTHLY, "option", "2022-07-01", leaves("2022-07-01", reason))
    assert (left.last_day.date.isoformat(), left.last_day.binding) == (last_day, binding)
    kept = (left.holding.exercisable, left.holding.lapsed)
    assert kept == ((0, 354) if reason == "cause" else (354, 0))


@pytest.mark.parametrize("order", [1, -1])
def test_a_window_for_a_reason_counts_before_one_for_any(order):
    """In whatever order a terms file lists them."""
    terms = load_terms(MONTHLY)
    turned = terms.model_copy(update={"windows": terms.windows[::order]})
    grant = {"id": "A", "rule": "option", "date": "2021-01-31", "shares": 1000}
    died = leaves("2022-07-01", "death")
    scenario = parse_scenario({"plan": MONTHLY, "grants": [grant], "events": [died]})
    (left,) = simulate(turned, scenario).grants
    assert left.last_day.date.isoformat() == "2023-07-01"
    assert write_rule(turned, turned.grant_rules[0]) == write_rule(terms, terms.grant_rules[0])


def test_death_reaches_twelve_months_ahead():
    """What would have vested in the next twelve months."""
    died = state(MONTHLY, "option", "2022-07-01", leaves("2022-07-01", "death"))
    assert (died.holding.exercisable, died.accelerated) == (604, 250)


@pytest.mark.parametrize(
    ("day", "reason", "accelerated"),
    [
        ("2022-06-30", "without_cause", 646),
        ("2022-07-02", "without_cause", 646),
        ("2023-06-01", "good_reason", 417),
        ("2023-06-02", "without_cause", 0),
        ("2022-07-02", "voluntary", 0),
    ],
)
def test_two_triggers(day, reason, accelerated):
    """Termination without cause or for good reason within twelve months after an acquisition."""
    bought = happens("acquisition", "2022-06-01")
    assert state(MONTHLY, "option", day, bought, leaves(day, reason)).accelerated == accelerated


def test_an_acquisition_alone_is_one_trigger():
    """Nothing vests early while service goes on."""
    held = state(MONTHLY, "option", "2022-07-01", happens("acquisition", "2022-06-01")).holding
    assert (held.exercisable, held.unvested) == (354, 646)


def test_units_are_delivered_as_they_vest():
    """Shares are issued on the vest date; leaving forfeits the rest and nothing has a last day."""
    serving = state(UNITS, "units", "2023-02-01")
    assert (serving.holding.exercised, serving.holding.exercisable, serving.holding.unvested) == (500, 0, 500)
    assert serving.last_day is None
    left = state(UNITS, "units", "2023-06-01", leaves("2023-06-01", "voluntary"))
    assert (left.holding.exercised, left.holding.forfeited, left.holding.lapsed) == (500, 500, 0)


def test_units_split_after_delivery():
    """Delivered shares stay as delivered; the rest vests in new shares."""
    split = happens("split", "2022-06-01", ratio="3:1")
    held = state(UNITS, "units", "2023-02-01", split).holding
    assert (held.exercised, held.unvested) == (250 + 750, 1500)


def test_units_after_an_acquisition():
    """The second trigger delivers everything on the day of leaving."""
    bought = happens("acquisition", "2022-06-01")
    left = state(UNITS, "units", "2022-07-01", bought, leaves("2022-07-01", "without_cause"))
    assert (left.holding.exercised, left.accelerated, left.holding.forfeited) == (1000, 750, 0)


def test_an_event_as_a_condition():
    """Half after two years, half at an offering that comes in time."""
    offered = happens("vesting_event", "2024-05-01", event="public offering")
    assert state(UNITS, "performance", "2024-04-30", offered).holding.exercised == 500
    assert state(UNITS, "performance", "2024-05-01", offered).holding.exercised == 1000
    late = happens("vesting_event", "2028-02-01", event="public offering")
    assert state(UNITS, "performance", "2028-02-01", late).holding.exercised == 500


def test_shares_without_a_vest_date_are_named():
    """What waits for an event is said to wait."""
    grant = {"id": "A", "rule": "performance", "date": "2021-01-31", "shares": 1000}
    scenario = parse_scenario({"plan": UNITS, "as_of": "2022-01-01", "grants": [grant]})
    notes = [finding.message for finding in simulate(load_terms(UNITS), scenario).findings]
    assert any(note.startswith("500 shares have no vest date") for note in notes)


def test_back_loaded():
    """A quarter, a quarter, and the rest; an acquisition gives all."""
    listed = [
        (vest.date.isoformat(), vest.shares) for vest in state(BACK, "option", "2021-01-31").installments
    ]
    assert listed == [("2022-01-31", 250), ("2023-01-31", 250), ("2024-01-31", 500)]
    assert (
        state(BACK, "option", "2022-06-01", happens("acquisition", "2022-06-01")).holding.exercisable == 1000
    )


def test_the_cost_of_leaving_units():
    """Delivered shares are kept."""
    scenario = parse_scenario(
        {"plan": UNITS, "grants": [{"id": "A", "rule": "units", "date": "2021-01-31", "shares": 1000}]}
    )
    costs = [
        (cost.forfeited, cost.kept) for cost in cost_of_leaving(load_terms(UNITS), scenario, "voluntary")
    ]
    assert costs == [(1000, 0), (750, 250), (500, 500), (250, 750), (0, 1000)]


def test_an_exercise_of_units_is_refused():
    """There is nothing to exercise, and a sentence says so."""
    grant = {"id": "A", "rule": "units", "date": "2021-01-31", "shares": 1000}
    tried = happens("exercise", "2023-01-31", grant="A", shares=1)
    result = simulate(
        load_terms(UNITS), parse_scenario({"plan": UNITS, "grants": [grant], "events": [tried]})
    )
    assert "nothing to exercise" in next(f.message for f in result.findings if f.severity == "error")


@pytest.mark.parametrize("plan", shipped_plans())
def test_terms_survive_their_file(plan):
    """Terms written as YAML read back the same."""
    terms = load_terms(plan)
    assert read_terms(terms_text(terms)) == terms


def test_a_footnote_gives_a_grant_its_schedule():
    """A schedule read from a filing runs in place of the plan's."""
    note = "25% of the shares vest on the first anniversary of the vesting commencement date of June 1, 2020 and 1/48 monthly thereafter."
    fields = grant_fields(read_vesting(note))
    assert state(MONTHLY, "option", "2021-06-01", **fields).holding.exercisable == 250
    assert state(MONTHLY, "option", "2021-07-01", **fields).holding.exercisable == 270
    assert state(MONTHLY, "option", "2021-02-01", vested=True).holding.exercisable == 1000
    assert grant_fields(read_vesting("The option is fully vested.")) == {"vested": True}
