"""Terms and scenarios that contradict themselves: one sentence that names the place, and nothing computed on them."""

from __future__ import annotations

import pytest
import yaml

from lib.plans.errors import ScenarioError, TermsError
from lib.plans.scenario import parse_scenario
from lib.plans.terms import SHIPPED, read_terms
from tests.plans.director import G1, event, leaves, run

TEXT = (SHIPPED / "typical-back-loaded.yaml").read_text(encoding="utf-8")
START = {"id": "start", "when": {"type": "start"}, "next": ["a"]}


def after(name, of, **more):
    return {"id": name, "when": {"type": "after", "of": of, "months": 12}, **more}


def with_conditions(*conditions):
    data = yaml.safe_load(TEXT)
    data["grant_rules"][0]["schedule"]["conditions"] = list(conditions)
    return yaml.safe_dump(data)


def with_term(**values):
    return yaml.safe_dump({**yaml.safe_load(TEXT), **values})


def window(**values):
    return with_term(
        windows=[{"months": 3, "clause": "8", "text": "t"}, {"clause": "8", "text": "t", **values}]
    )


DATED = {"type": "date", "date": "2025-01-01"}
EARLIER = {"type": "date", "date": "2024-01-01"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (with_conditions(START, after("a", "start", next=["b"]), after("b", "a", next=["a"])), "a cycle, a → b → a"),
        (with_conditions(START, after("a", "start", portion="1/0")), "conditions[1].portion: '1/0' has a zero denominator"),
        (with_conditions(START, after("a", "start", portion="3/2")), "'3/2' is more than the whole"),
        (with_conditions(START, after("a", "start", portion="x")), "is not a fraction of whole numbers"),
        (with_conditions(START), "conditions[0].next: there is no condition 'a'"),
        (with_conditions(START, after("a", "b")), "conditions[1].when.of: there is no condition 'b'"),
        (with_conditions(START, after("a", "b"), after("b", "start")), "'b' does not come before 'a'"),
        (with_conditions(START, after("a", "start"), after("a", "start")), "the id 'a' is used twice"),
        (with_conditions(START, after("a", "start", portion="2/3", next=["b"]), after("b", "a", portion="1/2")), "more than the whole"),
        (with_conditions({**START, "when": DATED}, {"id": "a", "when": EARLIER}), "2024-01-01 is before 2025-01-01"),
        (with_conditions(START, {"id": "a", "when": {"type": "start"}}), "the start cannot come after 'start'"),
        (with_conditions(START, {"id": "a", "when": {"type": "moon"}}), "conditions[1].when"),
        (window(reasons=[], days=3), "windows[1]: a window without a reason"),
        (window(reasons=["death"]), "windows[1]: a window without a length"),
        (window(reasons=["death"], days=3, at_once=True), "windows[1]: a window has a length, or ends at_once"),
        (window(reasons=["boredom"], days=3), "windows[1].reasons[0]"),
        (window(days=1, granted_from="2020-01-02", granted_through="2020-01-01"), "granted_through 2020-01-01 is before"),
        (with_term(accelerations=[{"upon": ["acquisition"], "reach": "months", "clause": "9", "text": "t"}]), "accelerations[0]: reach 'months' needs months"),
        (with_term(accelerations=[{"upon": [], "reach": "full", "clause": "9", "text": "t"}]), "accelerations[0].upon"),
        (
            with_term(history=[{"date": "2004-01-01", "clause": "h", "text": "t"}, {"date": "2003-01-01", "clause": "h", "text": "t"}]),
            "history[1].date: 2003-01-01 is before 2004-01-01",
        ),
    ],
)  # fmt: skip
def test_terms_that_contradict_themselves_are_refused(text, says):
    """The sentence names the term, and no terms come of it."""
    with pytest.raises(TermsError) as caught:
        read_terms(text)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"grants": [G1 | {"final_exercise_date": "2003-01-01"}]}, "grants[0]: final_exercise_date 2003-01-01 is before"),
        ({"director": {"elected": "2004-01-01", "employee": [["2004-02-01", "2004-01-01"]]}}, "director: employment ends"),
        ({"events": [event("termination", "2005-01-01", reason="bored")]}, "events[0].reason"),
        ({"events": [event("split", "2005-01-01", ratio="3:0")]}, "events[0].ratio"),
        ({"events": [event("exercise", "2005-02-30", grant="G1", shares=1)]}, "events[0].date"),
        ({"grants": [G1, G1]}, "grants[1].id: 'G1' is used twice"),
        ({"grants": [{"id": "G1", "rule": "initial"}]}, "grants[0].date: this has to be given, and is not there."),
        ({"events": [event("ipo", "2005-01-01")]}, "events[0].type: 'ipo' is not one of annual_meeting, termination,"),
        ({"events": [{"date": "2005-01-01"}]}, "events[0].type: this has to be given, and is not there."),
        ({"events": [event("death", "2005-01-01", cause="x")]}, "events[0].cause: this name is not known here."),
        ({"events": None}, "events: this has to be a list."),
        ({"plan": 3}, "plan: this has to be text."),
        ({"readings": ["service"]}, "readings: this has to be an object of names and values."),
    ],
)  # fmt: skip
def test_scenarios_that_contradict_themselves_are_refused(data, says):
    """The sentence names the place in the scenario."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario({"plan": "mks-1997-director", **data})
    assert says in str(caught.value)


def test_a_meeting_before_the_election_grants_nothing():
    """It is named, and no grant comes of it."""
    meeting = event("annual_meeting", "2003-05-01")
    result = run("2005-01-01", meeting, grants=[], director={"elected": "2004-01-05"})
    (named,) = [f for f in result.findings if f.severity == "error"]
    assert named.where == "events[0].date"
    assert "2003-05-01 is before the election on 2004-01-05" in named.message
    assert [state.rule for state in result.grants] == ["initial"]


@pytest.mark.parametrize("departure", [leaves("2003-12-01"), event("death", "2003-12-01")])
def test_a_departure_before_the_election_is_named(departure):
    """The election's grant never vests, and both dates are told."""
    result = run("2005-01-01", departure, grants=[], director={"elected": "2004-01-05"})
    (named,) = [f for f in result.findings if f.severity == "error"]
    assert (
        f"The {departure['type']} on 2003-12-01 is before the election on 2004-01-05: nothing"
        in named.message
    )
    assert [state.holding.forfeited for state in result.grants] == [20000]


@pytest.mark.parametrize(
    ("events", "rule", "says"),
    [
        (
            [leaves("2005-03-15"), event("death", "2005-03-15")],
            "A26",
            "the reason of leaving on 2005-03-15 is given as resignation",
        ),
        (
            [event("breach_notice", "2005-02-01"), event("breach", "2005-03-01")],
            "A28",
            "Check the two dates.",
        ),
    ],
)
def test_dates_that_do_not_fit_together_are_named(events, rule, says):
    """What the events say is computed as written, and a sentence tells what does not fit."""
    (named,) = [f for f in run("2005-03-15", *events).findings if f.severity == "warning"]
    assert named.rule == rule
    assert says in named.message


def test_an_exercise_of_more_than_there_is_is_refused():
    """It is named with what could be exercised, and nothing of it is counted."""
    too_much = event("exercise", "2005-03-01", grant="G1", shares=8334)
    result = run("2005-03-01", too_much)
    assert result.grants[0].holding.exercised == 0
    (refused,) = [f for f in result.findings if f.severity == "error"]
    assert refused.where == "events[0]"
    assert "only 8,333 could be exercised" in refused.message
