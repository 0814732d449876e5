"""Agreement forms held against the plan they are attached to, and what an amendment of it put in place of what."""

from __future__ import annotations

import pytest

from lib.plans.reader import read_plan
from tests.plans.director_document import SAMPLE, both, read


@both
def test_plan_and_agreements_are_held_against_each_other(path):
    """Acceleration, service and mechanics of exercise differ, in both forms."""
    found = read(path).conflicts
    conflicts = {(c.topic, c.plan.clause, c.agreement.clause) for c in found}
    assert {
        ("death_acceleration", "5(e)(ii)", "3(d)"),
        ("service", "5(e)", "3(b)"),
        ("exercise", "5(f)", "3(a)"),
    } <= conflicts
    assert len(found) == 3, "what both forms say is told once"
    assert all(c.agreement.term.startswith("Initial.") for c in found)
    assert [[one.term for one in c.also] for c in found] == [[f"Annual.{c.topic}"] for c in found]
    assert all("Annual 3(" in c.message for c in found)


@both
def test_a_conflict_quotes_what_holds_now(path):
    """Of a clause that an amendment replaced the new text is held against the forms, the old is named superseded."""
    service = next(c for c in read(path).conflicts if c.topic == "service")
    assert "three" in service.plan.quote
    assert "one year" in service.superseded.quote.replace("-", " ")
    assert "as amended" in service.message
    assert service.plan.quote.startswith(read(path).terms.service.text), "the term cites it too"
    exercise = next(c for c in read(path).conflicts if c.topic == "exercise")
    assert exercise.superseded is None


def test_a_form_with_another_schedule_or_window_is_a_conflict():
    """A form that differs from the plan is reported, not followed."""
    text = SAMPLE.read_text(encoding="utf-8")
    plan, form = text.split("AGREEMENT FORM FOR AN INITIAL ELECTION OPTION")
    other = form.replace("12 equal quarterly", "36 equal monthly", 1).replace(
        "ends three years", "ends two years", 1
    )
    reading = read_plan("x.txt", f"{plan}AGREEMENT FORM FOR AN INITIAL ELECTION OPTION{other}".encode())
    assert {"schedule", "windows"} <= {conflict.topic for conflict in reading.conflicts}
    also = {conflict.topic: [one.term for one in conflict.also] for conflict in reading.conflicts}
    assert also["schedule"] == []
    assert also["windows"] == ["Annual.windows"], "the second form takes its section over from the first"
    assert reading.terms.rule("initial").schedule.count == 12


INITIAL_FORM = "AGREEMENT FORM FOR AN INITIAL ELECTION OPTION"
ON_DEATH = "Upon the death of the optionee each annual option becomes exercisable in full."
ON_DISABILITY = "Upon the death or disability of the optionee each annual option becomes exercisable in full."
OF_5E = f"""AMENDMENT OF MARCH 1, 2005

From this date on Section 5(e)(ii) is replaced as a whole by:

(e) End of service.

    (ii) {ON_DISABILITY}"""
OF_6B = f"""AMENDMENT OF MARCH 1, 2005

From this date on Section 6(b) is replaced as a whole by:

(b) Early. {ON_DISABILITY}"""


@pytest.mark.parametrize(
    ("added", "amended", "held", "superseded"),
    [
        ("", "", "5(e)(ii)", None),
        (f"(b) Early. {ON_DEATH}", "", "6(b)", None),
        (f"(b) Early. {ON_DEATH} {ON_DISABILITY}", "", "6(b)", None),
        (f"(b) Early. {ON_DEATH}", OF_5E, "5(e)(ii)", "5(e)(ii)"),
        (f"(b) Early. {ON_DEATH}", OF_6B, "6(b)", "6(b)"),
        ("", OF_6B, "6(b)", None),
    ],
)
def test_only_an_amendment_of_the_clause_supersedes_it(added, amended, held, superseded):
    """Clauses on shares upon death stand side by side, and so do two sentences of one that nothing amended."""
    plan, rest = SAMPLE.read_text(encoding="utf-8").split("AMENDMENT OF DECEMBER 16, 2004")
    forms = rest.split(INITIAL_FORM)[1]
    plan = plan.replace("(b) No rights", f"{added}\n\n(c) No rights")
    reading = read_plan("x.txt", f"{plan}{amended}\n\n\n{INITIAL_FORM}{forms}".encode())
    (found,) = (one for one in reading.conflicts if one.topic == "death_acceleration")
    assert found.plan.clause == held
    assert (found.superseded and found.superseded.clause) == superseded
    assert found.message.startswith(f"Plan {held} adds shares upon death")
    assert found.message.endswith(" counts under Initial 3(d) and Annual 3(d).")
