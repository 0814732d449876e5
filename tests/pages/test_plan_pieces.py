"""The pieces of the plans page: work with undo, questions, evidence, words, and exchange."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lib.plans.errors import TermsError
from lib.plans.ocf_write import write_schedule
from lib.plans.reader import Found, Missing, complete_terms, read_plan
from lib.plans.reader.isolated import read_plan_isolated
from lib.plans.terms import LONGEST_TERMS_FILE, load_terms, read_terms, terms_text
from lib.ui.plan_evidence import with_evidence, with_known
from lib.ui.plan_exchange import lost_in_ocf, ocf_file, windows_file, work_of_ocf
from lib.ui.plan_problem import problem_path, problem_words
from lib.ui.plan_questions import answer_path
from lib.ui.plan_shelf import saved_name
from lib.ui.plan_work import Work, open_questions, term_paths, work_of_reading, work_of_terms
from lib.ui.term_form import problem_of
from lib.ui.term_words import acceleration_words, rule_words, schedule_words, window_words

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_filings" / "director-plan.txt"
DIRECTOR = load_terms("mks-1997-director")


def test_questions_name_reasons_in_words() -> None:
    """No name of the terms file stands in what a person is asked."""
    reading = read_plan("a.txt", b"THE X PLAN. At most 750,000 shares of Common Stock may be issued.")
    asked = " ".join(one.question for one in reading.missing)
    assert "not being re-elected" in asked
    assert "leaving for good reason" in asked
    assert "_" not in asked


@pytest.mark.parametrize("comment", ["#: {", "#: []", '#: {"found": 3}', '#: {"conflict": {}}', "# a note"])
def test_comments_of_others_are_no_evidence(comment: str) -> None:
    """Whatever stands behind the terms, the plan opens as it is."""
    work = work_of_terms("mine.yaml", DIRECTOR)
    assert with_known(work, f"{terms_text(DIRECTOR)}{comment}\n") == work


def test_evidence_without_room_is_left_out() -> None:
    """A plan can always be saved and read again."""
    found = tuple(Found("cap", 10, "1", "x" * 1900) for _ in range(LONGEST_TERMS_FILE // 1900 + 1))
    work = replace(work_of_terms("mine.yaml", DIRECTOR), found=found)
    assert with_evidence(terms_text(DIRECTOR), work) == terms_text(DIRECTOR)
    assert read_terms(with_evidence(terms_text(DIRECTOR), replace(work, found=found[:3]))) == DIRECTOR


def test_reading_in_the_child_is_reading() -> None:
    """The isolated reading finds the same terms, with the same evidence."""
    reading = read_plan_isolated(SAMPLE.name, SAMPLE.read_bytes())
    assert reading.terms is not None
    assert reading.missing == ()
    work = work_of_reading("a.yaml", SAMPLE.name, reading)
    assert work.terms == reading.terms
    assert all(work.evidence(work.at(path)) for path in term_paths(work.draft))


def test_edits_leave_what_was_before() -> None:
    """Each edit gives new work; undone, all is as it was."""
    before = work_of_terms("mine.yaml", DIRECTOR)
    after = before.with_term(("cap", "years"), 7, "Edited: cap").without_term(
        ("windows", 0), "Removed: windows 1"
    )
    assert before.terms == DIRECTOR
    assert after.terms is None
    assert after.problem is not None
    assert "windows" in after.problem
    once = after.undone()
    assert once.terms is not None
    assert once.terms.cap.years == 7
    assert once.undone() == before


def test_answers_close_their_questions_only() -> None:
    """A term answers what was asked about it; the rest stays open until it is settled or taken from elsewhere."""
    draft = {
        name: value
        for name, value in DIRECTOR.model_dump(mode="json", exclude_none=True).items()
        if name != "cap"
    }
    questions = (Missing("cap", "Years?"), Missing("pool.returns", "Return?"))
    open_work = Work("a.yaml", "a.txt", draft, questions)
    answered = open_work.with_term(("cap",), {"years": 10, "clause": "1", "text": "Ten years."}, "Added: cap")
    assert [one.term for one in answered.missing] == ["pool.returns"]
    assert answered.terms is None
    assert answered.settled(0).terms is not None
    filled = open_work.filled_from(DIRECTOR.model_dump(mode="json", exclude_none=True), "other")
    assert filled.draft["cap"]["years"] == 10


def test_what_is_taken_from_another_plan_says_so() -> None:
    """In every clause, schedules and what returns to the pool included; it stays when the plan is saved and filled again."""
    draft = {
        name: DIRECTOR.model_dump(mode="json", exclude_none=True)[name]
        for name in ("cap", "title", "company", "plan")
    }
    other = load_terms("typical-four-year-monthly")
    filled = Work("a.yaml", "a.txt", draft, open_questions(draft)).filled_from(
        other.model_dump(mode="json", exclude_none=True), other.title
    )
    assert filled.terms is not None
    kept = read_terms(terms_text(filled.terms))
    (rule, *_) = kept.grant_rules
    of_the_other = [rule, rule.schedule, *kept.windows, kept.pool, kept.pool.returns, kept.service]
    assert all(one.clause.endswith(f", taken from {other.title}") for one in of_the_other)
    assert "taken from" not in kept.cap.clause
    lacks = replace(filled, draft={n: v for n, v in draft.items() if n != "cap"})
    again = lacks.filled_from(kept.model_dump(mode="json", exclude_none=True), "A plan in between")
    assert again.draft["pool"]["clause"].count("taken from") == 1
    assert again.draft["cap"]["clause"].endswith(", taken from A plan in between")
    long = Work("a.yaml", "a.txt", draft).filled_from(
        kept.model_dump(mode="json", exclude_none=True), "T" * 500
    )
    assert complete_terms(long.draft)[0] is not None


def _lacking(*names: str) -> Work:
    """A draft of the director plan without some terms, each of them asked for."""
    whole = DIRECTOR.model_dump(mode="json", exclude_none=True)
    draft = {name: value for name, value in whole.items() if name not in names}
    return Work("a.yaml", "a.txt", draft, tuple(Missing(name, "What of it?") for name in names))


@pytest.mark.parametrize(
    ("name", "may"),
    [("final_exercise_date", False), ("cap", False), ("windows", False), ("pool", False), ("price", True)],
)
def test_what_is_needed_cannot_be_settled(name: str, may: bool) -> None:
    """A question that only an answer closes; what a plan may lack can be put aside."""
    assert _lacking(name).may_settle(0) is may


def test_a_reason_without_a_window_cannot_be_settled() -> None:
    """Windows for some reasons only are not enough, whoever says so."""
    draft = DIRECTOR.model_dump(mode="json", exclude_none=True)
    some = [{"months": 3, "reasons": ["death"], "clause": "5", "text": "Three months."}]
    asked = (Missing("windows", "How long?"),)
    assert Work("a.yaml", "a.txt", draft, asked).may_settle(0)
    assert not Work("a.yaml", "a.txt", draft | {"windows": some}, asked).may_settle(0)


def test_a_schedule_can_be_settled_once_it_is_there() -> None:
    """A question on a schedule is about that rule's own, and its answer goes there."""
    draft = DIRECTOR.model_dump(mode="json", exclude_none=True)
    rule = draft["grant_rules"][-1]
    asked = (Missing(f"grant_rules.{rule['name']}.schedule", "How do these vest?"),)
    assert Work("a.yaml", "a.txt", draft, asked).may_settle(0)
    assert answer_path(Work("a.yaml", "a.txt", draft, asked), asked[0].term) == (
        "grant_rules",
        len(draft["grant_rules"]) - 1,
        "schedule",
    )
    del rule["schedule"]
    assert not Work("a.yaml", "a.txt", draft, asked).may_settle(0)


def test_problems_are_in_words() -> None:
    """No internal name is shown, and each leads to the term it is about."""
    work = _lacking("cap")
    short = "windows: no rule covers every grant when service ends by not_reelected."
    assert problem_words(short).endswith("service ends by not being re-elected.")
    assert problem_words(short).startswith("Window after service: ")
    assert problem_path(work, short) == ("windows", len(work.draft["windows"]))
    assert problem_path(work, "cap: this has to be given.") == ("cap",)
    assert problem_path(work, "grant_rules[1].schedule.count: too many.") == ("grant_rules", 1, "schedule")
    assert (
        problem_words("grant_rules[1].schedule.period_months: no.") == "Grant 2, Schedule, period months: no."
    )
    assert problem_path(work, "no place at all") is None


def test_every_term_of_every_kind_has_words() -> None:
    """Grants, schedules, windows and accelerations say what they are."""
    initial, annual = DIRECTOR.grant_rules
    assert rule_words(initial) == "20,000 shares on election, if elected after 16 Apr 2003"
    assert schedule_words(initial.schedule) == "12 equal installments, 3 months apart"
    assert (
        schedule_words(annual.schedule)
        == "everything 1 day before the next annual meeting, or after 13 months"
    )
    assert window_words(DIRECTOR.windows[1]) == (
        "36 months after any end of service, for grants from 17 May 2000, in force from 16 Dec 2004"
    )
    assert acceleration_words(DIRECTOR.accelerations[2]) == "everything upon an acquisition"
    back_loaded = load_terms("typical-back-loaded").grant_rules[0].schedule
    assert schedule_words(back_loaded).endswith("all of the rest 12 months later")


def test_open_cap_format_out_and_in_again() -> None:
    """What the format can say comes back; all the rest is asked for, and what is lost is listed."""
    data = json.loads(ocf_file(DIRECTOR))
    assert data["file_type"] == "OCF_VESTING_TERMS_FILE"
    assert len(data["items"]) == 2
    assert any("no meetings" in sentence for sentence in lost_in_ocf(DIRECTOR))
    again = work_of_ocf("mks.ocf.json", data | json.loads(windows_file(DIRECTOR)))
    assert len(again.draft["grant_rules"]) == 2
    assert again.draft["windows"]
    assert {one.term for one in again.missing} == {name.term for name in open_questions(again.draft)}
    complete = again.filled_from(DIRECTOR.model_dump(mode="json", exclude_none=True), "director")
    assert complete.terms is not None
    assert write_schedule(complete.terms.grant_rules[0].schedule, "a", [])["vesting_conditions"]


@pytest.mark.parametrize("data", [None, 3, [], {"items": "x"}, {"items": [{"object_type": "STOCK"}]}])
def test_other_json_is_no_open_cap_format(data: Any) -> None:
    """It is refused with a sentence."""
    with pytest.raises(TermsError, match="no vesting terms"):
        work_of_ocf("x.json", data)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("My Plan", "my-plan.yaml"),
        ("../../x", "x.yaml"),
        ("", "plan.yaml"),
        ("a.yaml", "a.yaml"),
        ("é" * 300, "plan.yaml"),
    ],
)
def test_names_to_save_under_are_plain(wanted: str, name: str) -> None:
    """Letters, digits and dashes, whatever was typed."""
    assert saved_name(wanted) == name


def test_saved_terms_come_back_equal() -> None:
    """A work's terms survive being saved as YAML."""
    terms = work_of_terms("a.yaml", DIRECTOR).terms
    assert terms is not None
    assert read_terms(terms_text(terms)) == DIRECTOR


def test_a_schedule_is_checked_as_one() -> None:
    """A schedule that contradicts itself has a sentence."""
    wrong = {"kind": "installments", "count": 3, "period_months": 3, "cliff": 4, "clause": "1", "text": "x"}
    assert problem_of(None, wrong) is not None
    assert problem_of(None, wrong | {"cliff": 1}) is None
