"""Random terms, grants and event logs: any plan the models can say, for the properties that hold for all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import strategies as st

from lib.plans.schedule_terms import Allocation
from lib.plans.terms import PlanTerms, Reading, Readings

CITED = {"clause": "1", "text": "As the plan says."}
REASONS = ["voluntary", "removal", "death", "disability", "retirement", "without_cause", "cause"]
FIRST = date(2000, 1, 1)

days = st.integers(0, 7000).map(lambda number: FIRST + timedelta(days=number))
allocations = st.sampled_from(get_args(Allocation))


@st.composite
def installments(draw):
    count = draw(st.integers(1, 24))
    return {
        **CITED,
        "kind": "installments",
        "count": count,
        "period_months": draw(st.integers(1, 12)),
        "allocation": draw(allocations),
        "cliff": draw(st.integers(0, count)),
    }


@st.composite
def whens(draw, before):
    kind = draw(st.sampled_from(["after", "after", "date", "event", "meeting"]))
    if kind == "after":
        unit = draw(st.sampled_from(["months", "days"]))
        return {
            "type": "after",
            "of": draw(st.sampled_from(before)),
            unit: draw(st.integers(1, 24 if unit == "months" else 500)),
            "times": draw(st.integers(1, 4)),
            "day": draw(st.sampled_from(["own", "start", 1, 15, 31])),
        }
    if kind == "event":
        return {"type": "event", "event": draw(st.sampled_from(["offering", "goal"]))}
    if kind == "meeting":
        return {"type": "meeting", "days_before": draw(st.integers(0, 30))}
    return {"type": "date", "date": date(2020, 1, 1).isoformat()}


@st.composite
def conditions(draw):
    """A start, a chain of conditions, and side branches that end it."""
    length = draw(st.integers(1, 4))
    names = ["start", *(f"c{number}" for number in range(length))]
    listed = [{"id": "start", "when": {"type": "start"}}]
    for number, name in enumerate(names[1:], start=1):
        when = draw(whens(names[:number]))
        times = when.get("times", 1)
        listed.append({"id": name, "when": when, "portion": f"1/{length * times}"})
    for number in range(length):
        listed[number]["next"] = [names[number + 1]]
        if draw(st.booleans()):
            side = {"id": f"end{number}", "when": draw(whens(names[: number + 1]))}
            if draw(st.booleans()):
                side |= {"portion": "1/2", "of_rest": True}
                side["when"].pop("times", None)
            listed[number]["next"].insert(draw(st.integers(0, 1)), side["id"])
            listed.append(side)
    return {**CITED, "kind": "conditions", "allocation": draw(allocations), "conditions": listed}


meeting = st.builds(
    lambda before, months: {**CITED, "kind": "meeting_or_months", "days_before": before, "months": months},
    st.integers(0, 30),
    st.integers(1, 18),
)
schedules = st.one_of(installments(), installments(), conditions(), meeting)
lengths = st.one_of(
    st.builds(lambda n: {"months": n}, st.integers(1, 40)),
    st.builds(lambda n: {"days": n}, st.integers(1, 400)),
    st.just({"at_once": True}),
    st.just({"until_expiry": True}),
)
reaches = st.sampled_from(
    [{"reach": "full"}, {"reach": "next_anniversary"}, {"reach": "months", "months": 7}]
)
spans = st.fixed_dictionaries({}, optional={"effective": days, "granted_from": days})


@st.composite
def windows(draw):
    listed = [{**CITED, **draw(lengths)}]
    for _ in range(draw(st.integers(0, 3))):
        some = draw(st.lists(st.sampled_from(REASONS), min_size=1, max_size=3, unique=True))
        listed.append({**CITED, **draw(lengths), **draw(spans), "reasons": some})
    return listed


@st.composite
def accelerations(draw):
    listed = []
    for _ in range(draw(st.integers(0, 3))):
        upon = draw(st.lists(st.sampled_from(["acquisition", *REASONS]), min_size=1, max_size=3, unique=True))
        rule = {**CITED, "upon": upon, **draw(reaches), **draw(spans)}
        if "acquisition" not in upon and draw(st.booleans()):
            rule["within_months_of_acquisition"] = draw(st.integers(1, 24))
        listed.append(rule)
    return listed


def offered(name):
    names = get_args(Readings.model_fields[name].annotation)
    options = tuple({**CITED, "name": option} for option in names)
    return Reading.model_validate(
        {"question": "Which?", "rule": "A0", "default": names[0], "options": options}
    )


@st.composite
def terms(draw):
    """A plan of options and of units that the engine can run."""
    rules = [
        {**CITED, "name": name, "award": award, "made": "by_the_board", "schedule": draw(schedules)}
        for name, award in [("option", "option"), ("other", "option"), ("units", "units")]
    ]
    return PlanTerms.model_validate(
        {
            "plan": "any",
            "title": "Any plan",
            "company": "Any company",
            "grant_rules": rules,
            "eligibility": {**CITED, "excludes_employees": False},
            "service": CITED,
            "windows": draw(windows()),
            "cap": {**CITED, "years": draw(st.integers(1, 10))},
            "final_exercise_date": CITED,
            "accelerations": draw(accelerations()),
            "breach": draw(st.sampled_from([None, CITED])),
            "pool": {**CITED, "limit": draw(st.integers(1000, 10**6)), "returns": CITED},
            "splits": CITED,
            "exercise": CITED,
            "readings": {name: offered(name) for name in Readings.model_fields},
        }
    )


readings = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(get_args(field.annotation)) for name, field in Readings.model_fields.items()
    },
)


@st.composite
def grants(draw, most=3):
    made = []
    for number in range(draw(st.integers(1, most))):
        granted = draw(days)
        grant = {
            "id": f"G{number}",
            "rule": draw(st.sampled_from(["option", "other", "units"])),
            "date": granted.isoformat(),
            "shares": draw(st.integers(1, 40000)),
            "price": f"{draw(st.integers(1, 9999)) / 100:.2f}",
        }
        if draw(st.booleans()):
            grant["vesting_start"] = (granted + timedelta(days=draw(st.integers(-500, 200)))).isoformat()
        made.append(grant)
    return made


KINDS = [
    "annual_meeting",
    "termination",
    "disability",
    "death",
    "breach",
    "breach_notice",
    "acquisition",
    "vesting_event",
    "exercise",
    "exercise",
    "split",
]


@st.composite
def happenings(draw, without=()):
    listed = []
    for kind in draw(st.lists(st.sampled_from([kind for kind in KINDS if kind not in without]), max_size=8)):
        event = {"type": kind, "date": draw(days).isoformat()}
        if kind == "termination":
            event["reason"] = draw(st.sampled_from(REASONS))
        if kind == "vesting_event":
            event["event"] = draw(st.sampled_from(["offering", "goal"]))
        if kind == "split":
            event["ratio"] = draw(st.sampled_from(["3:2", "2:1", "1:10", "7:3"]))
        if kind == "exercise":
            event |= {"grant": f"G{draw(st.integers(0, 2))}", "shares": draw(st.integers(1, 20000))}
        listed.append(event)
    return listed
