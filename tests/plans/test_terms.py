"""Terms as data: what a terms file must say, and that the engine runs any plan that says it."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
import yaml

from lib.plans.errors import ScenarioError, TermsError
from lib.plans.scenario import parse_scenario
from lib.plans.schedule_terms import Allocation
from lib.plans.simulate import simulate
from lib.plans.terms import SHIPPED, ReadingName, Readings, load_terms, read_terms, shipped_plans
from lib.plans.vest import cumulative_shares
from tests.plans.director import G1, PLAN, TERMS, run

TEXT = (SHIPPED / f"{PLAN}.yaml").read_text(encoding="utf-8")

FOUR_YEARS = """
plan: four-year-monthly
title: A four-year monthly plan with a one-year cliff
company: Example
grant_rules:
  - name: option
    made: by_the_board
    clause: "3"
    text: Forty-eight monthly installments, the first twelve together.
    schedule: {kind: installments, count: 48, period_months: 1, cliff: 12, allocation: cumulative_round_down, clause: "4", text: Monthly.}
eligibility: {excludes_employees: false, clause: "2", text: Everyone.}
service: {clause: "5", text: Employment.}
windows:
  - {days: 90, clause: 6(a), text: Ninety days.}
  - {months: 12, reasons: [death, disability], clause: 6(b), text: Twelve months.}
cap: {years: 10, clause: "7", text: Ten years.}
final_exercise_date: {clause: "7", text: As the agreement says.}
pool: {limit: 1000000, clause: "1", text: One million., returns: {clause: "1", text: They return.}}
splits: {clause: "8", text: In proportion.}
exercise: {clause: "9", text: In writing.}
"""


def changed(**values):
    return yaml.safe_dump({**yaml.safe_load(TEXT), **values})


@pytest.mark.parametrize("plan", shipped_plans())
def test_every_shipped_plan_loads(plan):
    """What the project ships is valid and is called what its file is called."""
    assert load_terms(plan).plan == plan


def test_first_named_options_are_the_defaults():
    """The director plan's defaults are the contract's, and it offers every reading."""
    assert set(TERMS.readings) == set(get_args(ReadingName))
    for name, reading in TERMS.readings.items():
        assert reading.default == reading.names[0] == getattr(Readings(), name)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- a list", "mapping"),
        ("a: [", "not YAML"),
        ("a: &x [1]\nb: *x", "aliases"),
        (changed(cap={"years": 0, "clause": "c", "text": "t"}), "cap.years"),
        (changed(cap={"years": 10, "text": "t"}), "cap.clause"),
        (changed(windows=[]), "windows: no rule covers"),
        (changed(surprise=1), "surprise"),
        (TEXT.replace("count: 12", "count: 0"), "grant_rules[0].schedule.count"),
        (TEXT.replace("count: 12", "count: 401"), "longer than a century"),
        (TEXT.replace("default: through", "default: never"), "readings.death_acceleration"),
        (TEXT.replace("name: annual", "name: initial"), "same name"),
    ],
)
def test_a_wrong_term_is_named(text, place):
    """A terms file that cannot be used says which term is at fault."""
    with pytest.raises(TermsError) as caught:
        read_terms(text)
    assert place in str(caught.value)


def test_an_unknown_plan_lists_those_shipped():
    """A plan that is neither shipped nor a file is refused with what there is."""
    with pytest.raises(TermsError, match=PLAN):
        load_terms("no-such-plan")


def test_another_plan_needs_no_code():
    """Four years monthly after a one-year cliff, ninety days to exercise, twelve months after death."""
    terms = read_terms(FOUR_YEARS)
    grant = {"id": "A", "rule": "option", "date": "2020-01-31", "shares": 1000, "price": "1.00"}

    def state(day, reason):
        leaving = {"type": "termination", "date": day, "reason": reason}
        given = {"plan": terms.plan, "as_of": day, "grants": [grant], "events": [leaving]}
        return simulate(terms, parse_scenario(given)).grants[0]

    assert state("2021-01-30", "voluntary").holding.exercisable == 0
    left = state("2021-02-28", "voluntary")
    assert (left.holding.exercisable, left.last_day.date.isoformat()) == (270, "2021-05-29")
    died = state("2021-02-28", "death")
    assert (died.holding.exercisable, died.last_day.date.isoformat()) == (270, "2022-02-28")


def test_a_board_grant_needs_its_size():
    """A rule without a number of shares leaves it to the grant, which then has to say it."""
    terms = read_terms(FOUR_YEARS)
    scenario = {"plan": terms.plan, "grants": [{"id": "A", "rule": "option", "date": "2020-01-31"}]}
    with pytest.raises(ScenarioError, match=r"grants\[0\].shares"):
        simulate(terms, parse_scenario(scenario))


@pytest.mark.parametrize(
    ("allocation", "shares"),
    [
        ("cumulative_rounding", [5, 4, 5, 4]),
        ("cumulative_round_down", [4, 5, 4, 5]),
        ("front_loaded", [5, 5, 4, 4]),
        ("back_loaded", [4, 4, 5, 5]),
        ("front_loaded_to_single_tranche", [6, 4, 4, 4]),
        ("back_loaded_to_single_tranche", [4, 4, 4, 6]),
        ("fractional", [4.5, 4.5, 4.5, 4.5]),
    ],
)
def test_allocation_types(allocation, shares):
    """Eighteen shares over four installments, as Open Cap Format defines its allocation types."""
    totals = [0, *(cumulative_shares(18, k, 4, allocation) for k in range(1, 5))]
    assert [after - before for before, after in pairwise(totals)] == shares
    assert allocation in get_args(Allocation)


def test_every_figure_has_a_clause():
    """Each figure that is not zero cites the clause that gave it."""
    death = {"type": "termination", "date": "2005-03-15", "reason": "death"}
    cited = {(c.value, c.clause) for c in run("2005-03-15", death, grants=[G1]).grants[0].citations}
    assert {
        ("shares", "5(a)(i)"),
        ("installments", "5(d)"),
        ("exercisable", "5(e) as amended 2004-12-16"),
        ("forfeited", "5(e) as amended 2004-12-16"),
        ("accelerated", "5(e)(ii) as amended 2004-12-16"),
        ("last_exercise_day", "5(e) as amended 2004-12-16"),
    } <= cited
