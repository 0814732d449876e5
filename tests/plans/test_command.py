"""Scenarios in, results out: the contract's JSON and the command's failures; and the worked cases where they are."""

from __future__ import annotations

import io
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from lib.plans.command import simulate_files
from lib.plans.errors import ScenarioError
from lib.plans.scenario import parse_scenario
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms, shipped_plans
from lib.plans.write import result_data
from tests.plans.director import G1, PLAN, leaves, run

WORKED_CASES = Path(__file__).parents[2] / "../shared/plan_cases.json"


def write(folder, name, **scenario):
    path = folder / name
    path.write_text(json.dumps({"plan": PLAN, **scenario}), encoding="utf-8")
    return str(path)


def test_the_result_is_the_contracts_json():
    """Keys, strings and nulls are the contract's."""
    data = result_data(run("2005-03-15", leaves("2005-03-15")))
    grant = data["grants"][0]
    assert list(data) == ["as_of", "grants", "pool", "findings"]
    assert {
        k: grant[k] for k in ("id", "shares", "price", "exercisable", "forfeited", "last_exercise_day")
    } == {
        "id": "G1",
        "shares": "20000",
        "price": "24.00",
        "exercisable": "8333",
        "forfeited": "11667",
        "last_exercise_day": "2008-03-15",
    }
    assert grant["installments"][0] == {"date": "2004-02-13", "shares": "1666", "cumulative": "1666"}
    assert data["pool"] == {"limit": "750000", "available": "741667", "outstanding": "8333", "issued": "0"}
    assert set(data["findings"][0]) == {"severity", "where", "message", "rule"}


def test_a_failure_is_one_sentence_and_stops_nothing(tmp_path):
    """Every other scenario is still run, in order, and the exit status is 1."""
    out, err = io.StringIO(), io.StringIO()
    paths = [
        write(tmp_path, "good.json", as_of="2005-03-15", grants=[G1]),
        write(tmp_path, "bad.json", as_of="2005-03-15", grants=[{**G1, "rule": "bonus"}]),
        str(tmp_path / "absent.json"),
        write(tmp_path, "last.json", as_of="2005-03-16", grants=[G1]),
    ]
    assert simulate_files(paths, out, err) == 1
    assert [json.loads(line)["as_of"] for line in out.getvalue().splitlines()] == ["2005-03-15", "2005-03-16"]
    first, second = err.getvalue().splitlines()
    assert "grants[0].rule" in first
    assert "absent.json" in second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 100_000, "this is not a scenario in JSON"),
        ('{"plan": ' + "[" * 100_000, "this is not a scenario in JSON"),
        (r'{"plan": "a\u0000b.yaml", "as_of": "2005-03-15"}', "cannot be the name of a file"),
        (r'{"plan": "a\ud800b.yaml", "as_of": "2005-03-15"}', "cannot be the name of a file"),
    ],
    ids=["deep", "a deep plan", "a name with a null character", "a name with half a character"],
)
def test_a_hostile_scenario_stops_nothing(tmp_path, text, says):
    """It is one sentence, and the scenario after it is run."""
    out, err = io.StringIO(), io.StringIO()
    hostile = tmp_path / "hostile.json"
    hostile.write_text(text, encoding="utf-8")
    paths = [str(hostile), write(tmp_path, "good.json", as_of="2005-03-15", grants=[G1])]
    assert simulate_files(paths, out, err) == 1
    assert len(out.getvalue().splitlines()) == 1
    (said,) = err.getvalue().splitlines()
    assert says in said


def test_all_done_is_status_zero(tmp_path):
    """Nothing on standard error when all went well."""
    out, err = io.StringIO(), io.StringIO()
    assert simulate_files([write(tmp_path, "good.json", as_of=None, grants=[G1])], out, err) == 0
    assert err.getvalue() == ""
    assert json.loads(out.getvalue())["as_of"] == "2003-11-13"


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"as_of": "2005-02-30"}, "as_of"),
        ({"as_of": 20050215}, "as_of"),
        ({"as_of": "9999-01-01"}, "as_of"),
        ({"events": [{"type": "party", "date": "2005-01-01"}]}, "events[0]"),
        ({"events": [{"type": "termination", "date": "2005-01-01"}]}, "events[0].reason"),
        ({"events": [{"type": "split", "date": "2005-01-01", "ratio": "1e9:1"}]}, "events[0].ratio"),
        ({"events": [leaves("2005-01-02", until="2005-01-01", continues_as="x")]}, "events[0]"),
        ({"grants": [G1, G1]}, "grants[1].id"),
        ({"grants": [{**G1, "price": "NaN"}]}, "grants[0].price"),
        ({"readings": {"mood": "good"}}, "readings.mood"),
        ({"director": {"elected": "2005-01-01", "employee": [["2004-01-02", "2004-01-01"]]}}, "director"),
        ({"extra": 1}, "extra"),
        ({}, "needs an as_of"),
    ],
)
def test_a_wrong_scenario_is_named(part, place):
    """A scenario that cannot be run says where it is wrong."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario({"plan": PLAN, **part})
    assert place in str(caught.value)


def test_what_is_missing_is_asked_for():
    """A scenario without a plan hears that it has to name one."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario("{}")
    said = str(caught.value)
    assert said.startswith("plan: this has to be given, and is not there; name a plan (")
    assert all(plan in said for plan in shipped_plans())


@pytest.mark.parametrize("more", [{}, {"extra": 1}, {"grants": [{"id": 7}]}])
def test_a_plan_that_is_not_there_comes_first(tmp_path, more):
    """Whatever else a scenario lacks, the unknown plan is what its author hears of, with those there are."""
    path = tmp_path / "nope.json"
    path.write_text(json.dumps({"plan": "nope", **more}), encoding="utf-8")
    err = io.StringIO()
    assert simulate_files([str(path)], io.StringIO(), err) == 1
    assert err.getvalue().startswith(f"{path}: No plan 'nope' is shipped; there is {shipped_plans()[0]}")


def test_a_known_plan_does_not_hide_what_is_missing(tmp_path):
    """With a plan that is there, the sentence tells what the scenario needs."""
    err = io.StringIO()
    assert simulate_files([write(tmp_path, "bare.json")], io.StringIO(), err) == 1
    assert "needs an as_of" in err.getvalue()


def test_text_that_is_not_json_is_refused():
    """Broken JSON is a scenario error, not a crash, and is told in our words."""
    with pytest.raises(
        ScenarioError, match=r"^this is not a scenario in JSON: .* from line 2, column 1 on\.$"
    ):
        parse_scenario("{\nnot so")
    with pytest.raises(ScenarioError, match="a scenario is an object"):
        parse_scenario("[]")
    with pytest.raises(ScenarioError, match="JSON"):
        parse_scenario("{")


def equal(want, got):
    if isinstance(want, dict):
        return isinstance(got, dict) and all(equal(value, got.get(key)) for key, value in want.items())
    if isinstance(want, list):
        return len(want) == len(got) and all(map(equal, want, got))
    try:
        return Decimal(str(want)) == Decimal(str(got))
    except InvalidOperation:
        return want == got


def worked_cases():
    if not WORKED_CASES.is_file():
        return []
    cases = json.loads(WORKED_CASES.read_text(encoding="utf-8"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.skipif(not WORKED_CASES.is_file(), reason="the shared worked cases are not beside the project")
@pytest.mark.parametrize("case", worked_cases())
def test_worked_case(case):
    """Each worked case of the plan comes out as worked by hand."""
    scenario, expected = parse_scenario(case["scenario"]), case["expect"]
    data = result_data(simulate(load_terms(scenario.plan), scenario))
    grants = {grant["id"]: grant for grant in data["grants"]}
    for name, wanted in expected.get("grants", {}).items():
        dates = wanted.pop("installment_dates", [])
        assert [vest["date"] for vest in grants[name]["installments"]][: len(dates)] == dates
        assert equal(wanted, grants[name])
    assert equal(expected.get("pool", {}), data["pool"])
    if "grant_list" in expected:
        made = [[grant["rule"], grant["date"], int(grant["shares"])] for grant in data["grants"]]
        assert sorted(made) == sorted(expected["grant_list"])
