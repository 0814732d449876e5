"""The vesting page through AppTest: its numbers, its inputs in step with each other and with the URL."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from lib.plans.result import Citation
from lib.plans.terms import load_terms, shipped_plans
from lib.ui.vesting_numbers import Number, figures_html
from lib.ui.vesting_outcome import outcome
from lib.ui.vesting_scenario import (
    Course,
    Setup,
    grant_vesting_on,
    make_scenario,
    scenario_data,
    vest_beside,
)
from lib.ui.vesting_table import installments_csv, statuses
from tests.pages.figures import figures

PLAN = "mks-1997-director"


@pytest.fixture
def app(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app before its first run, with a store of its own."""
    monkeypatch.setenv("STAKELINE_STORE", str(tmp_path / "store.sqlite"))
    return AppTest.from_file(str(root / "app.py"), default_timeout=30)


def opened(app: AppTest, **query: str) -> AppTest:
    """The vesting page with these parameters in its link."""
    at = app.run()
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page("pages/vesting.py").run()
    assert not at.exception
    return at


def setup(**more: Any) -> Setup:
    """The page's inputs as they are on a first visit."""
    usual: dict[str, Any] = {
        "plan": PLAN,
        "terms": load_terms(PLAN),
        "rule": "initial",
        "shares": None,
        "price": Decimal("24.00"),
        "share_price": Decimal("30.00"),
        "meetings": (),
        "as_of": None,
        "final_exercise_date": None,
        "events": (),
        "readings": {},
        "continues": {},
    }
    return Setup(**usual | more)


def test_first_visit_shows_an_example(app: AppTest) -> None:
    """Numbers before anything is typed, with the takeaway as heading and a text for the picture."""
    at = opened(app)
    assert figures(at) == {
        "Exercisable": "8,333",
        "Forfeited": "11,667",
        "Last day to exercise": "15 Mar 2008",
        "Next vest": "None",
        "Exercise cost": "$199,992.00",
        "Intrinsic value": "$49,998.00",
        "Unvested potential": "$0.00",
    }
    assert "keeps 8\\,333 of 20\\,000 shares" in at.subheader[0].value
    assert at.get("plotly_chart")


@pytest.mark.parametrize(
    ("leaves", "exercisable", "forfeited", "last"),
    [
        ("2005-02-13", "8,333", "11,667", "13 Feb 2008"),
        ("2005-02-12", "6,666", "13,334", "12 Feb 2008"),
        ("2003-12-01", "0", "20,000", "None"),
    ],
)
def test_a_link_restores_the_view(
    app: AppTest, leaves: str, exercisable: str, forfeited: str, last: str
) -> None:
    """The day of leaving in the link sets field, slider and numbers."""
    at = opened(app, leaves=leaves)
    told = figures(at)
    assert (told["Exercisable"], told["Forfeited"], told["Last day to exercise"]) == (
        exercisable,
        forfeited,
        last,
    )
    assert (
        at.slider(key="leaves_slider").value
        == at.date_input(key="leaves").value
        == date.fromisoformat(leaves)
    )


def test_slider_field_and_buttons_stay_in_step(app: AppTest) -> None:
    """Whichever moves, the others follow, and so do the numbers."""
    at = opened(app)
    at.slider(key="leaves_slider").set_value(date(2005, 2, 13)).run()
    assert at.date_input(key="leaves").value == date(2005, 2, 13)
    assert figures(at)["Exercisable"] == "8,333"
    at.button(key="leaves_day_before").click().run()
    assert at.slider(key="leaves_slider").value == date(2005, 2, 12)
    assert figures(at)["Exercisable"] == "6,666"
    at.button(key="leaves_vest_after").click().run()
    at.button(key="leaves_vest_after").click().run()
    assert at.date_input(key="leaves").value == date(2005, 5, 13)
    at.date_input(key="leaves").set_value(date(2004, 8, 13)).run()
    assert at.slider(key="leaves_slider").value == date(2004, 8, 13)
    at.button(key="granted_vest_after").click().run()
    assert at.date_input(key="granted").value == date(2004, 2, 13)
    assert figures(at)["Exercisable"] == "3,333"


def test_what_a_button_cannot_do_is_said(app: AppTest) -> None:
    """A scenario is pinned once, and there is no vest after the last; each is said once."""
    at = opened(app)
    for said in ("Pinned; see Compare.", "This scenario is pinned already."):
        at.button(key="pin_scenario").click().run()
        assert [one.value for one in at.toast] == [said]
    while not at.toast or "vest" not in at.toast[0].value:
        before = at.session_state["leaves"]
        at.button(key="leaves_vest_after").click().run()
        assert at.toast or at.session_state["leaves"] > before
    assert [one.value for one in at.toast] == ["There is no vest in that direction."]
    at.run()
    assert not at.toast


def test_a_day_far_away_moves_the_slider_along(app: AppTest) -> None:
    """An exact day outside the slider's span is taken, and the slider spans it."""
    at = opened(app)
    at.date_input(key="leaves").set_value(date(2031, 5, 1)).run()
    slider = at.slider(key="leaves_slider")
    assert slider.value == date(2031, 5, 1)
    at.date_input(key="granted").set_value(date(1999, 5, 1)).run()
    assert figures(at)["Last day to exercise"] == "1 May 2009"


def test_the_annual_grant_vests_before_the_meeting(app: AppTest) -> None:
    """The next meeting decides: serving the day before it makes all 12,000 exercisable."""
    query = {"grant": "Annual", "granted": "2004-05-13", "meetings": "2005-05-11"}
    at = opened(app, **query, leaves="2005-05-10")
    assert figures(at)["Exercisable"] == "12,000"
    at.button(key="leaves_day_before").click().run()
    assert figures(at)["Forfeited"] == "12,000"


def test_still_serving(app: AppTest) -> None:
    """Without a departure nothing is forfeited; the next vest and the unvested potential are told."""
    told = figures(opened(app, service="Still serving", leaves="2005-02-13"))
    assert told["Exercisable"] == "8,333"
    assert told["Unvested"] == "11,667"
    assert told["Next vest"] == "13 May 2005"
    assert told["Unvested potential"] == "$70,002.00"


def test_death_and_its_readings(app: AppTest) -> None:
    """The reason and the disputed reading in the link count, and the page says what hangs on them."""
    at = opened(app, reason="Dies")
    assert figures(at)["Exercisable"] == "13,333"
    assert any("the reading decides" in one.value for one in at.markdown)
    at.radio(key="reading_death_acceleration").set_value("installment").run()
    assert figures(at)["Exercisable"] == "10,000"


def spans(at: AppTest) -> list[tuple[date, date]]:
    return [(slider.min, slider.max) for slider in at.slider]


def test_a_link_restores_what_the_sliders_span(app: AppTest) -> None:
    """The days of a slider that was moved within its span come back with that span, and not one around the day."""
    at = opened(app)
    at.date_input(key="granted").set_value(date(2005, 6, 2)).run()
    at.date_input(key="leaves").set_value(date(2008, 6, 2)).run()
    moved = spans(at)
    at.session_state["copy_link"] = True
    at.run()
    assert not at.exception
    link = next(one.value for one in at.code if "/vesting" in one.value or "granted=" in one.value)
    parts = {name: value for name, (value,) in parse_qs(link.partition("?")[2]).items()}
    other = opened(AppTest.from_file(str(app._script_path), default_timeout=30), **parts)
    assert spans(other) == moved
    days = {name: parts[name] for name in ("granted", "leaves")}
    bare = opened(AppTest.from_file(str(app._script_path), default_timeout=30), **days)
    assert spans(bare) != moved


def link_days(at: AppTest) -> dict[str, str]:
    """The days of both sliders in the link that the open menu shows."""
    (link,) = (one.value for one in at.code if "leaves=" in one.value)
    parts = parse_qs(link.partition("?")[2])
    return {name: parts[name][0] for name in ("granted", "leaves")}


@pytest.mark.parametrize("final", [{}, {"final": "2003-01-01"}], ids=["numbers", "a contradiction"])
def test_the_link_can_be_asked_for_before_anything_is_drawn(app: AppTest, final: dict[str, str]) -> None:
    """With its menu open from the start the link has the days of both sliders, and follows each step of them."""
    app.session_state["copy_link"] = True
    at = opened(app, leaves="2005-03-15", **final)
    assert link_days(at)["leaves"] == "2005-03-15"
    at.button(key="leaves_day_after").click().run()
    assert not at.exception
    assert link_days(at)["leaves"] == "2005-03-16"
    at.button(key="granted_day_before").click().run()
    assert link_days(at) == {"granted": "2003-11-12", "leaves": "2005-03-16"}


@pytest.mark.parametrize("span", ["x", "0000-9999", "2010-2001", "2050-2060", "1700-1701"])
def test_a_span_that_is_none_is_left_aside(app: AppTest, span: str) -> None:
    """A link is somebody else's text: a span that cannot be, or lacks the day, is the usual one."""
    at = opened(app, leaves_span=span)
    assert spans(at) == spans(opened(AppTest.from_file(str(app._script_path), default_timeout=30)))


def test_events_in_the_link(app: AppTest) -> None:
    """Exercises and a split count."""
    exercise = {"event1": "Exercise", "event1_on": "2004-12-01", "event1_of": "3,000"}
    at = opened(app, **exercise, event2="Split", event2_on="2005-04-04", event2_of="3:2")
    assert figures(at)["Exercisable"] == "8,000"


def test_an_acquisition_vests_everything(app: AppTest) -> None:
    """Leaving after it forfeits nothing."""
    assert figures(opened(app, event1="Acquisition", event1_on="2005-01-10"))["Forfeited"] == "0"


def test_a_contradiction_is_a_sentence(app: AppTest) -> None:
    """What cannot be run is said in words, and no number is shown."""
    at = opened(app, final="2003-01-01")
    assert "before the grant" in at.error[0].value.replace("\\", "")
    assert not figures(at)


def test_a_day_before_the_grant_is_said_to_be_one(app: AppTest) -> None:
    """There is nothing to show yet."""
    at = opened(app, asof="2003-01-01")
    assert "had not been made" in at.info[0].value


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"strike": "abc"}, "Exercise price: 'abc' is not a price"),
        ({"market": "-3"}, "Share price: '-3' is not a price"),
        ({"grant": "Annual", "meetings": "2005-13-11"}, "Annual meetings: '2005-13-11' is not a day"),
        (
            {"event1": "Split", "event1_on": "2005-04-04", "event1_of": "0:2"},
            "Event 1, split: give the new:old",
        ),
        ({"event1": "Exercise", "event1_of": "10"}, "Event 1, exercise: give its day"),
        (
            {"event2": "Exercise", "event2_on": "2005-01-03", "event2_of": "1.5"},
            "Event 2, exercise: give the",
        ),
        ({"role_until": "2006-01-01"}, "Events, until: name the role"),
        ({"schedule": "Typed", "typed_count": "12", "typed_cliff": "13"}, "Typed schedule: a cliff of 13"),
        ({"plan": "A plan of somebody else"}, "The link names the plan 'A plan of somebody else'"),
    ],
)
def test_bad_input_names_its_place(app: AppTest, asked: dict[str, str], says: str) -> None:
    """What cannot be used is said in a sentence that names its place, and nothing is computed on it."""
    at = opened(app, **asked)
    assert any(says in one.value.replace("\\", "") for one in at.error)
    assert not figures(at)


@pytest.mark.parametrize("typed", ["abc", "-3"])
def test_a_price_that_is_typed_wrong_is_answered_in_words(app: AppTest, typed: str) -> None:
    """It reaches the page, which says so in place of figures that would not be of it; mended, they are back."""
    at = opened(app)
    assert at.text_input(key="strike").proto.validate_regex == ""
    at.text_input(key="strike").set_value(typed).run()
    assert f"Exercise price: '{typed}' is not a price" in at.error[0].value.replace("\\", "")
    assert not figures(at)
    at.text_input(key="strike").set_value("25.00").run()
    assert not at.error
    assert figures(at)["Intrinsic value"] == "$41,665.00"


def test_no_price_is_no_value(app: AppTest) -> None:
    """Shares need no price; what a price would decide is not known."""
    told = figures(opened(app, strike=""))
    assert told["Exercisable"] == "8,333"
    assert told["Intrinsic value"] == "Not known"


def test_a_later_amendment_is_told(app: AppTest) -> None:
    """The last day is by the rules of the day shown; where a later rule moves it, the page says so."""
    at = opened(app, leaves="2004-08-20")
    assert figures(at)["Last day to exercise"] == "20 Aug 2005"
    assert any("becomes 20 Aug 2007" in one.value for one in at.markdown)


@pytest.mark.parametrize("plan", shipped_plans())
@pytest.mark.parametrize("service", ["Leaves", "Still serving"])
def test_every_shipped_plan_has_its_page(app: AppTest, plan: str, service: str) -> None:
    """Any plan runs, also one whose grants have no usual size, or whose shares are delivered as they vest."""
    at = opened(app, plan=load_terms(plan).title, service=service)
    told = figures(at)
    assert at.selectbox(key="plan").value == plan
    assert ("Delivered" in told) != ("Exercisable" in told)
    assert not at.error


def test_the_scenario_is_the_contracts() -> None:
    """What is downloaded is what the engine ran, without what was left blank."""
    course = Course(date(2003, 11, 13), date(2005, 2, 13), "voluntary")
    data = json.loads(json.dumps(scenario_data(setup(meetings=(date(2005, 5, 11),)), course)))
    assert data == {
        "plan": PLAN,
        "as_of": None,
        "grants": [{"id": "G1", "rule": "initial", "date": "2003-11-13", "price": "24.00"}],
        "events": [
            {"type": "termination", "date": "2005-02-13", "reason": "voluntary"},
            {"type": "annual_meeting", "date": "2005-05-11"},
        ],
        "readings": {},
    }


def test_neighbouring_vests() -> None:
    """The vests beside a day, and the grant dates that would vest on it; none beyond the schedule."""
    granted = date(2003, 11, 13)
    assert vest_beside(setup(), granted, date(2005, 2, 13), 1) == date(2005, 5, 13)
    assert vest_beside(setup(), granted, date(2005, 2, 13), -1) == date(2004, 11, 13)
    assert vest_beside(setup(), granted, date(2003, 12, 1), -1) is None
    assert grant_vesting_on(setup(), date(2005, 2, 13), granted, 1) == date(2004, 2, 13)
    assert grant_vesting_on(setup(), date(2003, 11, 14), granted, 1) is None


def test_schedule_for_spreadsheets() -> None:
    """Every installment with what became of it, accelerated ones told apart."""
    course = Course(date(2003, 11, 13), date(2005, 3, 15), "death")
    found = outcome(load_terms(PLAN), make_scenario(setup(), course), None)
    assert found is not None
    told = statuses(found.state, course.left, found.result.as_of)
    assert [told.count(status) for status in ("Vested", "Accelerated", "Forfeited")] == [5, 3, 4]
    lines = installments_csv(found).decode("utf-8-sig").splitlines()
    assert lines[0] == "grant,installment,date,weekday,shares,cumulative,status"
    assert lines[5] == "G1,5,2005-02-13,Sunday,1667,8333,Vested"


@pytest.mark.parametrize("plan", shipped_plans())
@pytest.mark.parametrize(
    ("granted", "leaves"),
    [("2200-12-31", "2200-12-31"), ("2195-06-30", "2200-12-31"), ("1900-01-01", "1900-01-01")],
)
def test_every_day_the_fields_offer_is_answered(app: AppTest, plan: str, granted: str, leaves: str) -> None:
    """A schedule may run past the last day an event may have; the page still has its numbers and picture."""
    at = opened(app, plan=load_terms(plan).title, granted=granted, leaves=leaves)
    assert at.date_input(key="granted").value == date.fromisoformat(granted)
    assert figures(at)
    assert at.get("plotly_chart")


def test_a_figure_explains_itself_and_nothing_of_a_plan_becomes_markup() -> None:
    """What a figure means and its clause are in the page, as text even where a plan's words are HTML."""
    number = Number(
        "Exercisable", "8,333", "of 20,000 shares", ("exercisable",), "Shares that can be bought."
    )
    page = figures_html(
        [number], [Citation(value="exercisable", clause="5(d)", text="<img src=x onerror=alert(1)>")]
    )
    assert "8,333" in page
    assert "Shares that can be bought." in page
    assert "§ 5(d): &lt;img" in page
    assert "<img" not in page
