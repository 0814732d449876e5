"""The first vesting day of an award's notice: as the paper fixes it, and asked for where that is a blank."""

from datetime import date

import pytest

from lib.plans.reader import is_stated, read_plan
from lib.plans.reader.granting import installment_schedule
from lib.plans.scenario import parse_scenario
from lib.plans.schedule_terms import Conditions
from lib.plans.simulate import simulate
from lib.plans.terms import load_terms
from lib.ui.term_words import schedule_words

NOTICE = """HARBOUR LIGHT, INC.
NOTICE OF GRANT OF STOCK OPTION

Date of Option Grant: March 1, 2024

Number of Option Shares: 6,000

{line}

| When | Vested Ratio |
| ---- | ------------ |
| On Initial Vesting Date, if Service has not ended before | 1/4 |
| For each full year of the holder's Service from Initial Vesting Date until the Vested Ratio equals 1/1, an additional | 1/4 |
"""


def steps(line):
    reading = read_plan("notice.md", NOTICE.format(line=line).encode())
    (rule,) = reading.draft["grant_rules"]
    return reading, rule["schedule"]["conditions"]


@pytest.mark.parametrize(
    "blank",
    [
        "[Vest-date]",
        "____________",
        "[            ]",
        "[●]",
        "",
        "[first day], 20__",
        "(for example, a year on)",
    ],
)
def test_a_blank_first_day_is_asked_for(blank):
    """Neither zero days nor stated: a question with the line, and a step that waits for the day."""
    line = " ".join(f"Initial Vesting Date: {blank}".split())
    reading, (_, first, later) = steps(line)
    (asked,) = [one for one in reading.missing if one.term == "grant_rules.option.schedule"]
    assert asked.quotes[0] == line
    assert first["when"]["type"] == "event"
    assert later["when"] == {"type": "after", "of": first["id"], "months": 12, "times": 3}
    (found,) = [one for one in reading.found if one.term == "grant_rules.option.schedule"]
    assert not is_stated(found)
    assert found.quote.endswith("ended before: 1/4; " + found.quote.rpartition("; ")[2])
    assert "|" not in found.quote


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("June 15, 2024", {"type": "date", "date": "2024-06-15"}),
        (
            "The date one (1) year after the Date of Option Grant.",
            {"type": "after", "of": "start", "months": 12},
        ),
        ("the second anniversary of the Grant Date", {"type": "after", "of": "start", "months": 24}),
        ("Date of Option Grant", {"type": "after", "of": "start"}),
    ],
)
def test_a_first_day_that_the_paper_fixes(written, when):
    """A date, a time after the grant, or the grant day itself, with nothing to ask about it."""
    reading, (_, first, _) = steps(f"Initial Vesting Date: {written}")
    assert first["when"] == when
    assert "grant_rules.option.schedule" not in {one.term for one in reading.missing}


def test_nothing_vests_before_the_day_is_told():
    """Run as read, the grant day gives nothing; the day that is told gives the first part."""
    reading, _ = steps("Initial Vesting Date: ________")
    schedule = reading.draft["grant_rules"][0]["schedule"]
    terms = load_terms("typical-four-year-monthly")
    grant = {"id": "A", "rule": "option", "date": "2024-03-01", "shares": 6000, "schedule": schedule}
    told = {"type": "vesting_event", "date": "2024-09-01", "event": "Initial Vesting Date"}

    def vests(*events):
        scenario = {"plan": terms.plan, "as_of": "2026-01-01", "grants": [grant], "events": list(events)}
        (state,) = simulate(terms, parse_scenario(scenario)).grants
        return [(one.date, one.shares) for one in state.installments]

    assert vests() == []
    assert vests(told)[:2] == [(date(2024, 9, 1), 1500), (date(2025, 9, 1), 1500)]


@pytest.mark.parametrize(
    "blank",
    [
        "on [date]",
        "on __________",
        "______ months after the grant date",
        "on the [first] anniversary of the grant date",
    ],
)
def test_a_blank_in_a_sentence_is_no_schedule(blank):
    """Whatever stands for a date or a length that nobody filled in."""
    assert installment_schedule(f"The option vests as to 25% {blank} and 25% each year thereafter.") is None


def test_a_step_on_the_first_day_is_at_the_start():
    """Never after zero days."""
    _, conditions = steps("Initial Vesting Date: Date of Option Grant")
    schedule = Conditions.model_validate({"clause": "1", "text": "As said.", "conditions": conditions})
    assert schedule_words(schedule).startswith("1/4 of the grant at the start;")
