"""The plan's rules and readings worked by hand, one small case each, under the number that the rules file gives them."""

from __future__ import annotations

from typing import Any

import pytest

from lib.plans.scenario import parse_scenario
from lib.plans.simulate import simulate
from lib.plans.write import result_data
from tests.plans.director import G1, G2, PLAN, TERMS, event, leaves

MEETING = event("annual_meeting", "2005-05-11")
SPLIT = event("split", "2005-04-04", ratio="3:2")
EARLY = {**G1, "date": "2003-09-13"}
OLD = {**G1, "date": "1999-12-01"}
DISABLED = event("disability", "2004-10-01")
CONSULTS = {"continues_as": "consultant"}


def results(as_of: str | None, *events: dict[str, Any], grants: Any = (G1,), **more: Any) -> dict[str, Any]:
    given = {"plan": PLAN, "as_of": as_of, "grants": list(grants), "events": list(events), **more}
    return result_data(simulate(TERMS, parse_scenario(given)))


CASES: list[tuple[str, str, list[Any], dict[str, Any], dict[str, Any]]] = [
    ("A5 exclusive", "2005-02-13", [leaves("2005-02-13")], {"readings": {"vest_on_termination_date": "exclusive"}}, {"exercisable": "6666", "forfeited": "13334"}),
    ("A10 the day before the meeting", "2005-05-10", [leaves("2005-05-10"), MEETING], {"grants": [G2]}, {"exercisable": "12000"}),
    ("A15 any role", "2006-03-15", [leaves("2005-03-15", **CONSULTS, until="2006-03-15")], {"readings": {"service": "eligible_participant"}}, {"exercisable": "15000", "last_exercise_day": "2009-03-15"}),
    ("A15 the role goes on", "2006-01-15", [leaves("2005-03-15", **CONSULTS)], {"readings": {"service": "eligible_participant"}}, {"unvested": "6667", "last_exercise_day": "2013-11-13"}),
    ("A16 the day before the new rule", "2005-03-15", [leaves("2005-03-15")], {"grants": [{**G1, "date": "2000-05-16", "vested": True}]}, {"last_exercise_day": "2006-03-15"}),
    ("A17 open on the amendment's date", "2005-01-31", [leaves("2003-12-16")], {"grants": [EARLY]}, {"last_exercise_day": "2006-12-16"}),
    ("A17 prospective", "2005-01-31", [leaves("2003-12-16")], {"grants": [EARLY], "readings": {"window_amendment": "prospective"}}, {"last_exercise_day": "2004-12-16", "lapsed": "1666"}),
    ("A18 lapses the day after", "2008-03-16", [leaves("2005-03-15")], {}, {"exercisable": "0", "lapsed": "8333"}),
    ("A18 clamped", "2004-02-29", [leaves("2004-02-29")], {}, {"last_exercise_day": "2005-02-28"}),
    ("A19 open on the last day", "2014-05-13", [MEETING], {"grants": [G2]}, {"exercisable": "12000", "binding": "cap"}),
    ("A20 the cap binds", "2012-06-30", [leaves("2012-06-30")], {}, {"last_exercise_day": "2013-11-13", "binding": "cap"}),
    ("A20 the agreement binds", "2007-06-30", [leaves("2007-06-30")], {"grants": [{**G1, "final_exercise_date": "2009-01-31"}]}, {"last_exercise_day": "2009-01-31", "binding": "final_exercise_date"}),
    ("A23 through", "2005-03-15", [leaves("2005-03-15", "death"), MEETING], {"grants": [G2]}, {"exercisable": "12000", "accelerated": "12000"}),
    ("A23 no meeting in time", "2005-03-15", [leaves("2005-03-15", "death")], {"grants": [G2]}, {"forfeited": "12000"}),
    ("A23 on the anniversary", "2005-03-15", [leaves("2005-03-15", "death"), event("annual_meeting", "2005-05-14")], {"grants": [G2], "readings": {"death_acceleration": "installment"}}, {"exercisable": "12000"}),
    ("A24 next is later", "2004-11-13", [leaves("2004-11-13", "death")], {}, {"exercisable": "13333", "accelerated": "6667"}),
    ("A25 favourable", "2005-03-15", [DISABLED, leaves("2005-03-15", "disability")], {}, {"exercisable": "13333", "last_exercise_day": "2008-03-15"}),
    ("A25 from disability", "2005-03-15", [DISABLED, leaves("2005-03-15", "disability")], {"readings": {"disability_measure": "disability"}}, {"exercisable": "6666", "last_exercise_day": "2007-10-01"}),
    ("A27 an older grant", "2001-01-15", [leaves("2001-01-15", "death")], {"grants": [OLD]}, {"exercisable": "13333", "last_exercise_day": "2002-01-15"}),
    ("A28 in service", "2005-06-20", [event("breach_notice", "2005-06-20")], {}, {"lapsed": "20000", "unvested": "0", "binding": "breach"}),
    ("A28 the breach itself", "2005-06-10", [leaves("2005-03-15"), event("breach", "2005-06-01"), event("breach_notice", "2005-06-20")], {"readings": {"breach_lapse": "breach"}}, {"exercisable": "0", "lapsed": "8333"}),
    ("A30 resigns at closing", "2005-04-01", [event("acquisition", "2005-04-01"), leaves("2005-04-01")], {}, {"exercisable": "20000", "accelerated": "11667"}),
    ("A31 goes on after closing", "2006-04-02", [event("acquisition", "2005-04-01"), leaves("2006-04-02")], {}, {"exercisable": "20000", "last_exercise_day": "2009-04-02"}),
    ("A34 granted on the day of a split", "2005-04-04", [SPLIT], {"grants": [{**G1, "date": "2005-04-04", "shares": 20000}]}, {"shares": "20000", "price": "24.00"}),
    ("A35 a stock dividend", "2005-04-04", [event("stock_dividend", "2005-04-04", percent="5")], {}, {"shares": "21000"}),
    ("A42 removal is leaving", "2005-03-15", [leaves("2005-03-15", "removal")], {}, {"exercisable": "8333", "last_exercise_day": "2008-03-15"}),
    ("A43 a schedule of its own", "2004-11-13", [], {"grants": [{**G1, "schedule": {"kind": "installments", "count": 2, "period_months": 12, "clause": "1", "text": "By the Board."}}]}, {"exercisable": "10000"}),
    ("A44 disabled and serving", "2005-03-15", [DISABLED], {}, {"exercisable": "8333", "accelerated": "0"}),
    ("nothing to exercise", "2003-12-01", [leaves("2003-12-01")], {}, {"last_exercise_day": None, "binding": None, "forfeited": "20000"}),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "events", "more", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])  # fmt: skip
def test_worked_by_hand(
    as_of: str, events: list[Any], more: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Each rule gives what it gives on paper."""
    (grant,) = results(as_of, *events, **more)["grants"]
    assert {name: grant[name] for name in expected} == expected


def test_months_that_end_with_the_month() -> None:
    """The other policy of the day of the month keeps a month's last day the last (A3)."""
    grant = {**G1, "date": "2003-11-30"}
    (state,) = results("2003-11-30", grants=[grant], readings={"day_of_month": "end_of_month"})["grants"]
    days = [vest["date"] for vest in state["installments"]][:5]
    assert days == ["2004-02-29", "2004-05-31", "2004-08-31", "2004-11-30", "2005-02-28"]


@pytest.mark.parametrize(
    ("elected", "employee", "meeting", "made"),
    [
        ("2003-11-14", [], "2004-05-13", [("initial", "20000")]),
        ("2003-04-16", [], "2003-05-13", []),
        ("2004-05-13", [], "2004-05-13", [("initial", "20000")]),
        ("2003-05-13", [["2000-01-01", "2004-05-13"]], "2004-05-13", []),
        ("2003-05-13", [["2000-01-01", "2004-05-12"]], "2004-05-13", [("annual", "12000")]),
    ],
    ids=[
        "A12 a day short",
        "A13 on the Restatement Date",
        "A14 at the meeting",
        "A13 employed",
        "A13 no longer",
    ],
)
def test_who_gets_automatic_grants(
    elected: str, employee: list[list[str]], meeting: str, made: list[tuple[str, str]]
) -> None:
    """Election, employment and the meeting decide."""
    director = {"elected": elected, "employee": employee}
    told = results(meeting, event("annual_meeting", meeting), grants=[], director=director)
    assert [(grant["rule"], grant["shares"]) for grant in told["grants"]] == made


def test_an_automatic_grant_on_the_day_of_a_split_is_of_new_shares() -> None:
    """The rule's number is adjusted with the split (A34)."""
    meeting = event("annual_meeting", "2005-05-11")
    split = event("split", "2005-05-11", ratio="3:2")
    told = results("2005-05-11", meeting, split, grants=[], director={"elected": "2003-11-13"})["grants"]
    assert [grant["shares"] for grant in told] == ["30000", "18000"]


def test_a_split_scales_the_pool_and_its_past() -> None:
    """Limit, issued and outstanding shares grow together (A37)."""
    used = event("exercise", "2005-03-01", grant="G1", shares=3000)
    pool = results("2005-04-04", used, SPLIT)["pool"]
    assert pool == {"limit": "1125000", "available": "1095000", "outstanding": "25500", "issued": "4500"}
