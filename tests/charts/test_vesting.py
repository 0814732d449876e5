"""The vesting picture: steps that always total the grant, the days marked, what leaving costs; and its words."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import plotly.graph_objects as go
import pytest

from lib.charts.grant_bars import sentence
from lib.charts.look import EXERCISABLE
from lib.charts.vesting import Mark, cost_on, days_shown, vesting_figure
from lib.charts.vesting_words import (
    cost_alt,
    cost_title,
    last_day_words,
    set_by,
    step_hover,
    vesting_alt,
    vesting_title,
)
from lib.plans.clocks import clocks
from lib.plans.result import Holding, Step
from lib.plans.simulate import simulate
from lib.plans.term import Reason
from lib.plans.terms import Window
from lib.plans.timeline import cost_of_leaving, steps
from lib.ui.vesting_numbers import numbers
from tests.plans.director import G1, TERMS, event, leaves, scenario

LEFT = date(2005, 2, 13)
SHOWN = date(2003, 11, 13), date(2008, 4, 20)


def figure(*events: dict[str, Any], grants: Any = (G1,), dark: bool = False, marks: Any = ()) -> go.Figure:
    asked = scenario(None, *events, grants=grants)
    costs = cost_of_leaving(TERMS, asked, "voluntary")
    return vesting_figure(steps(TERMS, asked)["G1"], costs, LEFT, SHOWN, marks, dark=dark)


def areas(drawn: go.Figure) -> dict[str, go.Scatter]:
    return {trace.name: trace for trace in drawn.data if trace.stackgroup}


def said(drawn: go.Figure) -> list[str]:
    return [label.text for label in drawn.layout.annotations]


@pytest.mark.parametrize(
    "events",
    [
        (leaves("2005-02-13"),),
        (leaves("2005-03-15", "death"), event("exercise", "2004-12-01", grant="G1", shares=3000)),
        (event("acquisition", "2005-04-01"),),
        (event("breach_notice", "2004-06-01"),),
    ],
)
@pytest.mark.parametrize("dark", [False, True])
def test_the_areas_always_total_the_grant(events: Any, dark: bool) -> None:
    """On every day drawn the stacked states add up to the grant, in steps, from zero."""
    drawn = figure(*events, dark=dark)
    totals = {sum(shares) for shares in zip(*(area.y for area in areas(drawn).values()), strict=True)}
    assert totals == {20000}
    assert {area.line.shape for area in areas(drawn).values()} == {"hv"}
    assert drawn.layout.yaxis.range[0] == drawn.layout.yaxis2.range[0] == 0


def test_states_have_their_colours_and_what_is_lost_is_hatched() -> None:
    """Exercisable is green; forfeited and lapsed are hatched where they were unvested and exercisable."""
    drawn = areas(figure(leaves("2005-02-13")))
    assert list(drawn) == ["exercisable", "lapsed", "unvested", "forfeited"]
    assert drawn["exercisable"].fillcolor == EXERCISABLE
    assert drawn["lapsed"].fillpattern.fgcolor == EXERCISABLE
    assert drawn["forfeited"].fillpattern.shape == "/"
    assert drawn["unvested"].fillpattern.shape is None


def test_areas_are_named_inside() -> None:
    """The states with room say what they are and how many shares, so no legend is needed."""
    assert {"8,333 exercisable", "11,667 forfeited", "unvested"} <= set(said(figure(leaves("2005-02-13"))))


def test_marks_are_lines_with_names() -> None:
    """Departure and last day cut through both panels; names too close to each other stand in rows."""
    marks = [Mark(LEFT, "Leaves <b>"), Mark(date(2005, 3, 1), "Soon after", "dot")]
    drawn = figure(leaves("2005-02-13"), marks=marks)
    assert [(line.x0, line.line.dash, line.y1) for line in drawn.layout.shapes] == [
        (LEFT, "solid", 1),
        (date(2005, 3, 1), "dot", 1),
    ]
    assert "Leaves &lt;b&gt;" in said(drawn)
    rows = [label.yshift for label in drawn.layout.annotations if label.x in {LEFT, date(2005, 3, 1)}]
    assert rows[0] < rows[1]


def test_the_cost_of_leaving_is_marked() -> None:
    """The lower panel falls in steps to zero, with the cost on the day of leaving as a number."""
    drawn = figure(leaves("2005-02-13"))
    (cost,) = [trace for trace in drawn.data if trace.yaxis == "y2"]
    assert cost.y[0] == 20000
    assert cost.y[-1] == 0
    assert cost.line.shape == "hv"
    assert "<b>11,667</b>" in said(drawn)


def test_a_cost_beyond_the_picture_is_cut_and_not_dropped() -> None:
    """Where the picture ends before the last vest, the cost holds its level to the edge."""
    asked = scenario(None, leaves("2005-02-13"))
    costs = cost_of_leaving(TERMS, asked, "voluntary")
    drawn = vesting_figure(steps(TERMS, asked)["G1"], costs, LEFT, (SHOWN[0], date(2005, 6, 1)), [])
    (cost,) = [trace for trace in drawn.data if trace.yaxis == "y2"]
    assert (cost.x[-1], cost.y[-1]) == (date(2005, 6, 1), 10000)


def test_nothing_to_draw_is_still_a_picture() -> None:
    """A grant that the pool could not cover has no shares, no areas and no cost."""
    drawn = figure(leaves("2005-02-13"), grants=[G1 | {"shares": 800_000}])
    assert areas(drawn) == {}


def test_a_step_is_a_sentence_without_markup() -> None:
    """The pointer gets the day, what happened and the states."""
    step = Step(LEFT, Holding(0, 8333, 0, 11667, 0), ("vest", "<i>", "vest"))
    assert (
        step_hover(step) == "<b>13 Feb 2005</b>, vesting and &lt;i&gt;<br>8,333 exercisable, 11,667 forfeited"
    )


@pytest.mark.parametrize(
    ("as_of", "events", "left", "title"),
    [
        (
            "2005-03-15",
            [leaves("2005-02-13")],
            LEFT,
            "Leaving on 13 Feb 2005 keeps 8,333 of 20,000 shares, to exercise by 13 Feb 2008",
        ),
        (
            "2009-01-01",
            [leaves("2005-02-13")],
            LEFT,
            "Leaving on 13 Feb 2005 kept 8,333 of 20,000 shares; 8,333 lapsed after 13 Feb 2008",
        ),
        (
            "2003-12-01",
            [leaves("2003-12-01")],
            date(2003, 12, 1),
            "Leaving on 1 Dec 2003 forfeits all 20,000 shares",
        ),
        (
            "2005-02-13",
            [],
            None,
            "Serving on 13 Feb 2005: 8,333 of 20,000 shares exercisable; the next 1,667 vest on 13 May 2005",
        ),
        ("2007-01-01", [], None, "All 20,000 shares are vested; 20,000 exercisable"),
    ],
)
def test_the_title_is_the_takeaway(as_of: str, events: Any, left: date | None, title: str) -> None:
    """What is kept, and until when; while serving, what comes next."""
    asked = scenario(as_of, *events)
    (state,) = simulate(TERMS, asked).grants
    assert vesting_title(state, left, asked.day) == title


@pytest.mark.parametrize(
    ("exercised", "title"),
    [
        (0, "keeps 0 of 20,000 shares: the 8,333 vested lapse at once, the 11,667 unvested are forfeited"),
        (
            3000,
            "keeps 3,000 of 20,000 shares, 3,000 exercised before; the 5,333 vested lapse at once, the 11,667"
            " unvested are forfeited",
        ),
    ],
)
def test_an_end_at_once_keeps_nothing(exercised: int, title: str) -> None:
    """Vested or not; only shares bought before are kept, and no last day is told."""
    ends = Window(at_once=True, reasons=("cause",), clause="4(d)", text="All options terminate at once.")
    terms = TERMS.model_copy(update={"windows": (TERMS.windows[0], ends)})
    bought = [event("exercise", "2005-01-10", grant="G1", shares=exercised)] if exercised else []
    asked = scenario(None, *bought, leaves("2005-02-13", "cause"))
    (state,) = simulate(terms, asked).grants
    assert (
        vesting_title(state, LEFT, asked.day, reason="cause")
        == f"Termination for cause on 13 Feb 2005 {title}"
    )
    assert "Last day" not in vesting_alt(steps(terms, asked)["G1"], "Title", state.last_day)
    assert (last_day_words(state.last_day), set_by(state.last_day)) == ("none", "ends at once")
    shown = next(n for n in numbers(state, None, LEFT, False) if n.name == "Last day to exercise")
    assert (shown.value, shown.below) == ("None", "the option ends at once")
    (bar,) = clocks(terms, asked)
    assert "ends at once with service" in sentence(bar)


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_own_word(reason: Reason) -> None:
    """Nobody is said to leave by dying."""
    asked = scenario(None, leaves("2005-02-13"))
    (state,) = simulate(TERMS, asked).grants
    title = vesting_title(state, LEFT, asked.day, reason=reason)
    assert title.endswith(" on 13 Feb 2005 keeps 8,333 of 20,000 shares, to exercise by 13 Feb 2008")
    assert title.startswith("Leaving") == (reason in {"voluntary", "good_reason"})
    assert (
        cost_title([], None, LEFT, reason) == "13 Feb 2005 is before the grant: there is nothing to forfeit"
    )


def test_the_cost_in_words() -> None:
    """What leaving forfeits on the day, and when staying next pays."""
    costs = cost_of_leaving(TERMS, scenario(None), "voluntary")
    assert cost_title(costs, cost_on(costs, LEFT), LEFT) == (
        "Leaving on 13 Feb 2005 forfeits 11,667 shares; staying until 13 May 2005 would keep 1,667 of them"
    )
    assert cost_title(costs, cost_on(costs, LEFT), LEFT, "death").endswith(
        "; from 13 May 2005 on it would keep 1,667 of them"
    )
    done = date(2006, 11, 13)
    assert cost_title(costs, cost_on(costs, done), done) == "Leaving on 13 Nov 2006 forfeits nothing"
    before = date(2003, 1, 1)
    assert "before the grant" in cost_title(costs, cost_on(costs, before), before)
    assert "13 Nov 2003: 20,000; 13 Feb 2004: 18,334" in cost_alt(costs, "Takeaway")


def test_the_picture_in_sentences() -> None:
    """The text for those who do not see it starts with the takeaway and ends with the last day."""
    asked = scenario(None, leaves("2005-02-13"))
    (state,) = simulate(TERMS, asked).grants
    text = vesting_alt(steps(TERMS, asked)["G1"], "Takeaway", state.last_day)
    assert text.startswith("Takeaway.")
    assert "13 Feb 2005, vesting and resignation: 8,333 exercisable, 11,667 forfeited." in text
    assert text.endswith("Last day to exercise: 13 Feb 2008, Wednesday.")


def test_the_days_shown_end_with_what_can_happen() -> None:
    """After leaving up to the last day; while serving little more than the last vest, not the ten years."""
    gone, serving = scenario(None, leaves("2005-02-13")), scenario("2005-02-13")
    for asked, left, least, most in (
        (gone, LEFT, date(2008, 2, 13), 2008),
        (serving, None, date(2006, 11, 13), 2007),
    ):
        (state,) = simulate(TERMS, asked).grants
        vests = [vest.date for vest in state.installments]
        first, last = days_shown(steps(TERMS, asked)["G1"], vests, state.last_day, left, asked.day)
        assert first == date(2003, 11, 13)
        assert last > least
        assert last.year <= most
