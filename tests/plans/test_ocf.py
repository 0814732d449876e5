"""Open Cap Format in and out, held to the published vectors: right ones equal, known-wrong ones different."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from lib.plans.errors import TermsError
from lib.plans.ocf import granted_vests, read_grant, read_vesting_terms, read_vestings, read_windows
from lib.plans.ocf_write import write_rule, write_schedule, write_vestings
from lib.plans.schedule import vests
from lib.plans.schedule_terms import Conditions
from lib.plans.terms import Window, load_terms, shipped_plans
from lib.plans.vest import cumulative_shares
from tests.plans.any_plan import conditions, days
from tests.plans.director import TERMS, one

VECTORS = Path(__file__).resolve().parents[3] / "shared/corpus/ocf"


def vectors(name, wanted=lambda vector: True):
    path = VECTORS / name
    if not path.is_file():
        return [
            pytest.param(None, marks=pytest.mark.skip(reason="the shared corpus is not beside this checkout"))
        ]
    listed = json.loads(path.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(vector, id=vector["id"]) for vector in listed if wanted(vector)]


def amounts(listed):
    """Days and shares, days on which nothing vests left out."""
    totals = [Fraction(0), *(vest.cumulative for vest in listed)]
    found = [
        (vest.date.isoformat(), after - before)
        for vest, (before, after) in zip(listed, pairwise(totals), strict=True)
    ]
    return [pair for pair in found if pair[1]]


def printed(listed):
    return [
        (item["date"], Fraction(str(item["quantity"]))) for item in listed if Fraction(str(item["quantity"]))
    ]


def issuance(vector):
    start = {"object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "date": vector["issuance_date"]}
    return [{**start, "quantity": vector["quantity"]}, *vector.get("transactions", [])]


@pytest.mark.parametrize("vector", vectors("01_allocation_types.json", lambda v: "expected" in v))
def test_allocation_vectors(vector):
    """Every allocation type divides as printed or derived, cliffs together."""
    count, kind = vector["installments"], vector["allocation_type"].lower()
    assert cumulative_shares(vector["quantity"], 0, count, kind) == 0
    first = vector.get("cliff_installment", 1)
    totals = [0, *(cumulative_shares(vector["quantity"], k, count, kind) for k in range(first, count + 1))]
    assert [after - before for before, after in pairwise(totals)] == [
        Fraction(str(n)) for n in vector["expected"]
    ]
    for other in vector.get("excluded_types", []):
        totals = [
            0,
            *(cumulative_shares(vector["quantity"], k, count, other.lower()) for k in range(1, count + 1)),
        ]
        assert [after - before for before, after in pairwise(totals)] != vector["expected"]


@pytest.mark.parametrize("vector", vectors("01_allocation_types.json", lambda v: v.get("expected_error")))
def test_impossible_divisions_are_refused(vector):
    """No installments, or a negative number of shares, are no schedule."""
    condition = {"id": "a", "trigger": {"type": "VESTING_START_DATE"}, "quantity": str(vector["quantity"])}
    portion = {"numerator": "1", "denominator": str(vector["installments"])}
    terms = {
        "allocation_type": "CUMULATIVE_ROUND_DOWN",
        "vesting_conditions": [condition | {"portion": portion}],
    }
    with pytest.raises(TermsError, match=r"vesting_conditions\[0\]"):
        read_vesting_terms(terms)


@pytest.mark.parametrize("vector", vectors("01_allocation_types.json", lambda v: "granted" in v))
def test_a_portion_of_the_rest(vector):
    """``remainder`` takes the portion of what has not vested."""
    part = vector["portion"]
    schedule = Conditions.model_validate(
        {
            "clause": "c",
            "text": "t",
            "conditions": [
                {"id": "a", "when": {"type": "start"}, "shares": vector["already_vested"], "next": ["b"]},
                {
                    "id": "b",
                    "when": {"type": "after", "of": "a", "months": 1},
                    "portion": f"{part['numerator']}/{part['denominator']}",
                    "of_rest": part["remainder"],
                },
            ],
        }
    )
    listed = vests(schedule, date(2020, 1, 1), vector["granted"], (), "anchor")
    assert amounts(listed)[1][1] == vector["expected_quantity"]


@pytest.mark.parametrize("vector", vectors("02_ocf_spec_examples.json", lambda v: "terms" in v))
def test_examples_of_the_specification(vector):
    """The worked examples of the format's own documents."""
    terms = read_vesting_terms(vector["terms"])
    assert terms.lost == ()
    assert amounts(granted_vests(terms.schedule, read_grant(issuance(vector)))) == printed(vector["expected"])


@pytest.mark.parametrize(
    "vector", vectors("02_ocf_spec_examples.json", lambda v: v["id"].startswith("sample-vestings"))
)
def test_vestings_of_a_grant(vector):
    """A grant's own list of vests overrides its terms, and comes back as it was."""
    listed = [{"date": item["date"], "amount": str(item["quantity"])} for item in vector["expected"]]
    assert amounts(granted_vests(read_vestings(listed), read_grant(issuance(vector)))) == printed(
        vector["expected"]
    )


@pytest.mark.parametrize("vector", vectors("02_ocf_spec_examples.json", lambda v: "expected_dates" in v))
def test_days_of_the_month(vector):
    """Each rule on the day of the month gives its days."""
    period = {**vector["period"], "day_of_month": vector["day_of_month"]}
    count = period["occurrences"]
    trigger = {"type": "VESTING_SCHEDULE_RELATIVE", "period": period, "relative_to_condition_id": "start"}
    start = {"id": "start", "trigger": {"type": "VESTING_START_DATE"}, "next_condition_ids": ["a"]}
    step = {"id": "a", "trigger": trigger, "portion": {"numerator": "1", "denominator": str(count)}}
    terms = read_vesting_terms({"allocation_type": "FRACTIONAL", "vesting_conditions": [start, step]})
    listed = vests(terms.schedule, date.fromisoformat(vector["start"]), count, (), "anchor")
    assert [vest.date.isoformat() for vest in listed] == vector["expected_dates"]


@pytest.mark.parametrize("vector", vectors("02_ocf_spec_examples.json", lambda v: v["id"] == "absent-terms"))
def test_without_terms_all_is_vested(vector):
    """Neither terms nor vestings: vested when issued."""
    assert amounts(granted_vests(None, read_grant(issuance(vector)))) == printed(vector["expected"])


def of_generator(vector):
    terms = read_vesting_terms(vector["terms"]).schedule if vector["terms"] else None
    return amounts(granted_vests(terms, read_grant(vector["transactions"])))


SIX_YEARS = "doc_6yr"
"""Terms that describe six years, which the generator squeezes into 40 months by counting each step of twelve from
the first occurrence of the step before; it is marked as right all the same."""


@pytest.mark.parametrize(
    "vector",
    vectors(
        "04_ocf_tools_v1_outputs.json", lambda v: v["trust"].startswith("agrees") and v["id"] != SIX_YEARS
    ),
)
def test_right_outputs_are_equal(vector):
    """What the retired generator got right."""
    assert of_generator(vector) == printed(vector["output"])


@pytest.mark.parametrize("vector", vectors("04_ocf_tools_v1_outputs.json", lambda v: v["id"] == SIX_YEARS))
def test_six_years_take_six_years(vector):
    """A condition that follows twelve months of another begins after the twelfth."""
    found = of_generator(vector)
    assert (found[0], found[-1]) == (("2027-01-01", 480), ("2031-01-01", 120))
    assert sum(shares for _, shares in found) == 4800


@pytest.mark.parametrize(
    "vector", vectors("04_ocf_tools_v1_outputs.json", lambda v: v["trust"].startswith("KNOWN WRONG"))
)
def test_known_wrong_outputs_are_different(vector):
    """What it got wrong is not repeated, and the shares add up."""
    found = of_generator(vector)
    assert found != printed(vector["output"])
    assert sum(shares for _, shares in found) == int(vector["transactions"][0]["quantity"])


@settings(max_examples=100, deadline=None)
@given(conditions(), days)
def test_a_schedule_survives_the_format(data, start):
    """What the format can hold comes back and vests the same."""
    schedule = Conditions.model_validate(data)
    lost = []
    written = json.loads(json.dumps(write_schedule(schedule, "x", lost)))
    again = read_vesting_terms(written).schedule
    if not lost:
        events = {condition.id: date(2010, 5, 5) for condition in schedule.conditions}
        named = {
            condition.when.event: date(2010, 5, 5)
            for condition in schedule.conditions
            if condition.when.type == "event"
        }
        assert vests(again, start, 1000, (), "anchor", None, events) == vests(
            schedule, start, 1000, (), "anchor", None, named
        )


@pytest.mark.parametrize("plan", shipped_plans())
def test_shipped_plans_go_out_with_their_losses(plan):
    """Every rule of every shipped plan is written, read again, and says what the format cannot hold."""
    terms = load_terms(plan)
    for rule in terms.grant_rules:
        out = write_rule(terms, rule)
        assert read_vesting_terms(out.vesting_terms).schedule.allocation
        assert any("no acceleration upon" in sentence for sentence in out.lost)
        for window in read_windows(out.termination_exercise_windows):
            Window.model_validate(window)


def test_the_director_plan_loses_its_meeting():
    """The annual grant needs a vesting event for the meeting; its thirteen months come through."""
    annual = TERMS.rule("annual")
    out = write_rule(TERMS, annual)
    assert any("knows no meetings" in sentence for sentence in out.lost)
    assert any("acquisition" in sentence for sentence in out.lost)
    schedule = read_vesting_terms(out.vesting_terms).schedule
    assert amounts(vests(schedule, date(2004, 5, 13), 12000, (), "anchor")) == [("2005-06-13", 12000)]
    held = vests(schedule, date(2004, 5, 13), 12000, (), "anchor", None, {"meeting": date(2005, 5, 10)})
    assert amounts(held) == [("2005-05-10", 12000)]


def test_a_grant_goes_out_as_its_vestings():
    """Days and whole shares of the schedule."""
    written = write_vestings(one("2005-03-15"))
    assert written[0] == {"date": "2004-02-13", "amount": "1666"}
    assert sum(int(item["amount"]) for item in written) == 20000


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"id": "a", "trigger": {"type": "MOON"}}, "'MOON' is not a trigger"),
        ({"id": "a", "trigger": {"type": "VESTING_START_DATE"}, "portion": {"numerator": 1, "denominator": 0}}, "denominator is zero"),
        ({"id": "a", "trigger": {"type": "VESTING_START_DATE"}, "quantity": "1.5"}, "not a whole number"),
        ({"id": "a", "trigger": {"type": "VESTING_START_DATE"}, "next_condition_ids": ["a"]}, "a cycle"),
        ("x", "not a condition"),
    ],
)  # fmt: skip
def test_broken_terms_are_refused(condition, says):
    """A sentence that names the place."""
    with pytest.raises(TermsError, match=says):
        read_vesting_terms({"allocation_type": "FRACTIONAL", "vesting_conditions": [condition]})


def test_accelerations_are_listed_not_guessed():
    """The format does not say which installments an acceleration takes from."""
    issued = read_grant(
        [
            {"object_type": "TX_STOCK_ISSUANCE", "date": "2020-01-01", "quantity": "10"},
            {"object_type": "TX_VESTING_ACCELERATION", "date": "2021-01-01", "quantity": "5"},
        ]
    )
    assert "5 shares on 2021-01-01 is not applied" in issued.lost[0]
