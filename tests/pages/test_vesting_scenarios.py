"""Scenarios beside each other, a whole director, and what leaves the vesting page: links, workbook, memo."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
import zlib
from datetime import date
from decimal import Decimal
from numbers import Integral
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lib.charts.grant_bars import grant_bars, grant_bars_alt
from lib.charts.pool import pool_alt, pool_figure
from lib.exports.report import report_html
from lib.exports.report_pdf import report_pdf
from lib.plans.clocks import clocks
from lib.plans.errors import ScenarioError
from lib.plans.result import together
from lib.plans.scenario import parse_scenario
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms, shipped_plans
from lib.plans.timeline import pool_steps
from lib.ui.vesting_compare import difference
from lib.ui.vesting_memo import memo
from lib.ui.vesting_outcome import Outcome, inputs_in_words, outcome
from lib.ui.vesting_picture import marked
from lib.ui.vesting_pins import MOST_BYTES, packed, pinned, unpacked
from lib.ui.vesting_workbook import scenario_workbook
from tests.pages.figures import figures

DIRECTOR = load_terms("mks-1997-director")
SHELF = {name: load_terms(name) for name in shipped_plans()}
SHOWN = date(2003, 11, 13), date(2014, 1, 1)
DIRECTOR_EVENTS = [
    {"type": "annual_meeting", "date": "2004-05-13"},
    {"type": "annual_meeting", "date": "2005-05-11"},
    {"type": "termination", "date": "2005-06-15", "reason": "voluntary"},
]


@pytest.fixture
def app(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app before its first run, with a store of its own."""
    monkeypatch.setenv("STAKELINE_STORE", str(tmp_path / "store.sqlite"))
    return AppTest.from_file(str(root / "app.py"), default_timeout=30)


def opened(app: AppTest, **query: str | list[str]) -> AppTest:
    """The vesting page with these parameters in its link."""
    at = app.run()
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page("pages/vesting.py").run()
    assert not at.exception
    return at


def leaver(reason: str = "voluntary", day: str = "2005-03-15", **more: Any) -> dict[str, Any]:
    """The initial grant of 2003-11-13, left by ``reason``."""
    grant = {"id": "G1", "rule": "initial", "date": "2003-11-13", "price": "24.00"}
    return {
        "plan": "mks-1997-director",
        "as_of": None,
        "grants": [grant],
        "events": [{"type": "termination", "date": day, "reason": reason}],
        "readings": {},
    } | more


def ran(data: dict[str, Any], price: str | None = "30.00") -> Outcome:
    found = outcome(SHELF[data["plan"]], parse_scenario(data), None if price is None else Decimal(price))
    assert found is not None
    return found


def whole_director() -> dict[str, Any]:
    """All grants of a director elected on 2003-11-13."""
    return leaver(grants=[], events=DIRECTOR_EVENTS, director={"elected": "2003-11-13"})


# Pinned scenarios


def test_pins_come_back_as_they_were() -> None:
    """A pinned scenario survives its word of the link, price and all."""
    word = packed(leaver(), Decimal("30.00"))
    assert unpacked(word) == (leaver(), Decimal("30.00"))
    assert all(letter.isalnum() or letter in "-_" for letter in word)


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_words_that_are_no_pins_are_refused(word: str) -> None:
    """A link is somebody else's text: anything in it is a scenario or a sentence."""
    with pytest.raises(ScenarioError, match="link"):
        unpacked(word)


def test_a_bomb_in_a_link_is_refused() -> None:
    """What would unpack to more than a scenario is not unpacked."""
    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * (MOST_BYTES * 100), 9)).decode()
    with pytest.raises(ScenarioError, match="cannot be read"):
        unpacked(bomb)


def test_a_pin_cannot_name_a_file() -> None:
    """Only plans of this library run, whatever path a link names."""
    listed, problems = pinned([packed(leaver(plan="/etc/passwd.yaml"), None)], SHELF)
    assert listed == []
    assert "not in this library" in problems[0]


def test_pinned_scenarios_say_what_tells_them_apart() -> None:
    """The first by its grant and service, the others by what differs, each figure with its difference."""
    words = [
        packed(leaver(), Decimal(30)),
        packed(leaver("death"), Decimal(30)),
        packed(leaver("death", readings={"death_acceleration": "installment"}), Decimal(30)),
    ]
    listed, problems = pinned(words, SHELF)
    assert problems == []
    assert [one.label for one in listed] == [
        "Initial of 13 Nov 2003, resigns 15 Mar 2005",
        "Dies 15 Mar 2005",
        "Dies 15 Mar 2005; death acceleration: installment",
    ]
    first, died, other = (one.found for one in listed)
    assert difference("Exercisable", died, first) == "+5,000 shares"
    assert difference("Exercisable", other, first) == "+1,667 shares"
    assert difference("Last day to exercise", died, first) == "same"
    assert difference("Intrinsic value", died, first) == "+$30,000.00"


def test_a_pin_is_kept_in_the_link_and_taken_away(app: AppTest) -> None:
    """Pinned, it stands in Compare; two readings stand side by side with their difference."""
    at = opened(app, reason="Dies")
    at.button(key="pin_scenario").click().run()
    at.radio(key="reading_death_acceleration").set_value("installment").run()
    at.button(key="pin_scenario").click().run()
    at.button(key="pin_scenario").click().run()
    assert len(at.query_params["pin"]) == 2
    at.query_params["tab"] = "Compare"
    again = opened(
        AppTest.from_file(at._script_path, default_timeout=30), pin=at.query_params["pin"], tab="Compare"
    )
    told = [(one.label, one.value, one.delta) for one in again.metric if one.label == "Exercisable"]
    assert ("Exercisable", "13,333", "of 20,000 shares") in told
    assert ("Exercisable", "10,000", "−3,333 shares") in told
    again.button(key="unpin_0").click().run()
    assert again.query_params["pin"] in (at.query_params["pin"][1], [at.query_params["pin"][1]])


def test_broken_pins_are_sentences(app: AppTest) -> None:
    """A cut link says so, and the rest of the page works."""
    at = opened(app, pin="abc", tab="Compare")
    assert "cannot be read" in at.error[0].value
    assert figures(at)


# A whole director


def test_all_automatic_grants_of_a_director(app: AppTest) -> None:
    """Election and meetings make the grants; refused ones say why; the figures add up."""
    at = opened(app, grant="Whole director", leaves="2005-06-15", tab="Grants")
    told = figures(at)
    assert told["Exercisable"] == "22,000"
    assert told["Forfeited"] == "22,000"
    assert [str(one) for one in at.dataframe[0].value["Granted"]] == [
        "2003-11-13",
        "2004-05-13",
        "2005-05-11",
    ]


def test_a_meeting_too_early_makes_no_grant_and_says_why(app: AppTest) -> None:
    """Eligibility is told beside the grants."""
    at = opened(app, grant="Whole director", meetings=["2004-02-13"], leaves="2004-06-15", tab="Grants")
    assert len(at.dataframe[0].value) == 1
    assert any("less than 6 months before" in one.value.replace("\\", "") for one in at.markdown)


@pytest.mark.parametrize(
    ("tab", "heads"),
    [
        ("Grants", ("Shares", "Exercisable", "Lapsed")),
        ("Schedule and clauses", ("No.", "Shares", "Cumulative")),
    ],
)
def test_columns_of_numbers_sort_as_numbers(app: AppTest, tab: str, heads: tuple[str, ...]) -> None:
    """A browser sorts texts letter by letter, where 9,000 is more than 20,000."""
    at = opened(app, grant="Whole director", leaves="2005-06-15", tab=tab)
    shown = at.dataframe[0].value
    for head in heads:
        assert all(isinstance(one, Decimal | Integral) for one in shown[head]), head


def test_a_director_employed_on_election_gets_nothing(app: AppTest) -> None:
    """Without a grant there is a sentence and no number."""
    at = opened(app, grant="Whole director", employed_from="2003-01-01")
    assert "had not been made" in at.info[0].value
    assert not figures(at)


def test_prices_of_a_directors_grants(app: AppTest) -> None:
    """With the price of every grant that holds shares there are amounts of money; without one there are none."""
    at = opened(app, grant="Whole director", leaves="2005-06-15", strike1="24.00", strike2="21.00")
    told = figures(at)
    assert told["Exercise cost"] == "$492,000.00"
    assert told["Intrinsic value"] == "$168,000.00"
    at.text_input(key="strike2").set_value("").run()
    assert "Intrinsic value" not in figures(at)


def test_an_exercise_of_a_directors_grant(app: AppTest) -> None:
    """An exercise names its grant."""
    exercise = {"event1": "Exercise", "event1_on": "2005-06-01", "event1_of": "1000"}
    at = opened(
        app, grant="Whole director", leaves="2005-06-15", **exercise, event1_grant="annual-2004-05-13"
    )
    assert figures(at)["Exercisable"] == "21,000"


def test_together_is_the_sum() -> None:
    """The combined state adds up the grants, and its steps end where the grants end."""
    found = ran(whole_director())
    states = found.result.grants
    assert found.state == together(states)
    assert found.state.shares == sum(state.shares for state in states)
    assert found.state.installments[-1].cumulative == found.state.shares
    assert found.story[-1].holding.total == found.state.holding.total


def test_only_days_that_somebody_set_are_marked() -> None:
    """A meeting after the departure marks no day; a day asked for is marked; a death is said to be one."""
    after = [*DIRECTOR_EVENTS, {"type": "annual_meeting", "date": "2007-05-11"}]
    data = whole_director() | {"events": after}
    assert [mark.label for mark in marked(ran(data), None, SHOWN)] == ["Leaves 15 Jun 2005"]
    assert ran(data).mark == (date(2005, 6, 15), "Leaves 15 Jun 2005")
    asked = ran(data | {"as_of": "2006-01-02"})
    assert asked.mark == (date(2006, 1, 2), "As of 2 Jan 2006")
    assert [mark.label for mark in marked(asked, None, SHOWN)] == ["Leaves 15 Jun 2005", "As of 2 Jan 2006"]
    dead = ran(leaver("death"))
    assert [mark.label for mark in marked(dead, None, SHOWN)] == ["Dies 15 Mar 2005"]
    assert dead.title.startswith("Death on 15 Mar 2005 keeps 13,333 of 20,000 shares")


# Clocks and pool


def test_clocks_of_a_leaver() -> None:
    """Vesting until the departure, the window after it, and the cap."""
    (clock,) = clocks(DIRECTOR, parse_scenario(leaver()))
    assert (clock.first_vest, clock.last_vest) == (date(2004, 2, 13), date(2005, 2, 13))
    assert clock.last_day is not None
    assert clock.last_day.date == date(2008, 3, 15)
    assert clock.life_ends == date(2013, 11, 13)


@pytest.mark.parametrize("plan", shipped_plans())
def test_every_plan_has_its_bars_and_pool(plan: str) -> None:
    """Pictures of every plan can be drawn, with their sentences."""
    rule = SHELF[plan].grant_rules[0]
    data = leaver(plan=plan, grants=[{"id": "G1", "rule": rule.name, "date": "2003-11-13", "shares": 1000}])
    found = ran(data)
    bars = clocks(found.terms, found.scenario)
    assert grant_bars(bars, found.left, units=found.units).data
    assert "13 Nov 2003" in grant_bars_alt(bars, found.units)
    pools = pool_steps(found.terms, found.scenario)
    drawn = pool_figure(pools, found.result.as_of, mark=found.mark)
    assert drawn.data
    assert [one.text for one in drawn.layout.annotations] == ["Leaves 15 Mar 2005"]
    assert "available" in pool_alt(pools)


# Exports


def sheet(book: openpyxl.Workbook, name: str) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


def test_the_workbook_holds_everything() -> None:
    """Inputs, figures, grants, installments, events, pool and clauses, as numbers and days."""
    found = ran(leaver("death"))
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(found, [], "http://localhost/vesting?a=1")))
    assert dict(row[:2] for row in sheet(book, "Inputs"))["Link"] == "http://localhost/vesting?a=1"
    figures = {row[0]: row[1] for row in sheet(book, "Figures")}
    assert figures["Exercisable"] == 13333
    assert figures["Intrinsic value"] == 79998
    vests = sheet(book, "Installments")
    assert len(vests) == 13
    assert vests[1][2].date() == date(2004, 2, 13)
    assert [row[1] for row in sheet(book, "Events")] == ["Event", "termination"]
    assert sheet(book, "Pool")[1][1:] == (750000, 730000, 20000, 0)
    assert any("5(e)(ii)" in str(row[2]) for row in sheet(book, "Citations"))


def test_pinned_scenarios_stand_side_by_side_in_the_workbook() -> None:
    """A column each, named by how it differs, with its figures as numbers."""
    pins, _ = pinned([packed(leaver(), Decimal(30)), packed(leaver("death"), Decimal(30))], SHELF)
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(ran(leaver("death")), pins, "http://x")))
    heads, *rows = sheet(book, "Scenarios")
    assert heads == ("Figure", *(f"{n}. {one.label}" for n, one in enumerate(pins, start=1)))
    assert {row[0]: row[1:] for row in rows}["Exercisable"] == (8333, 13333)


def test_text_in_a_workbook_is_never_a_formula() -> None:
    """Whatever a plan's text says, it stays text, and no cell links anywhere."""
    evil = DIRECTOR.model_copy(update={"title": '=HYPERLINK("http://x.example","a")', "company": "@SUM(1)"})
    found = outcome(evil, parse_scenario(leaver()), None)
    assert found is not None
    data = scenario_workbook(found, [], "http://x.example")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        texts = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in texts
    assert b"<hyperlink" not in texts


def test_the_memo_states_assumptions_and_open_readings() -> None:
    """Every input, every disputed text with what else it could mean, and every clause is in it."""
    listed, _ = pinned([packed(leaver(), Decimal(30)), packed(leaver("death"), Decimal(30))], SHELF)
    said = memo(ran(leaver("death")), listed, "http://localhost/vesting")
    page = html.unescape(report_html(said).decode())
    assert "Death on 15 Mar 2005 keeps 13,333 of 20,000 shares" in page
    assert 'What is "the additional portion" at the next anniversary?' in page
    assert "Only the installment dated on the next anniversary." in page
    assert "Scenarios side by side" in page
    assert "5(e)(ii)" in page
    for value in inputs_in_words(parse_scenario(leaver("death")), DIRECTOR, "30.00").values():
        assert value in page
    with pdfplumber.open(io.BytesIO(report_pdf(said))) as pdf:
        printed = " ".join(page.extract_text() for page in pdf.pages)
    assert "Death on 15 Mar 2005 keeps 13,333 of 20,000 shares" in printed
    assert "5(e)(ii)" in printed


def test_the_memos_link_wraps() -> None:
    """A link has no spaces to break at: the line that holds it may break anywhere."""
    said = memo(ran(leaver()), [], "http://localhost/vesting?" + "x" * 2000)
    page = report_html(said).decode()
    assert re.search(r"body {[^}]*overflow-wrap: anywhere", page)
    assert report_pdf(said).startswith(b"%PDF")


def test_the_memo_shows_a_plans_text_as_text() -> None:
    """Markup in a plan is shown, not run; the page holds no script and fetches nothing."""
    evil = DIRECTOR.model_copy(update={"title": "<script>alert(1)</script>", "company": "<img src=x>"})
    found = outcome(evil, parse_scenario(leaver()), None)
    assert found is not None
    page = report_html(memo(found, [], "http://localhost/?a=<b>")).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_result_is_the_same_by_the_downloaded_scenario() -> None:
    """What the page shows is what the command line says of the downloaded scenario."""
    data = leaver("death")
    assert simulate(DIRECTOR, parse_scenario(data)) == ran(data).result
