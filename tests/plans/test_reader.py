"""Plan documents: read to terms with their sentences, or said to be missing; never guessed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.plans.reader import UnreadableDocument, read_plan
from lib.plans.scenario import parse_scenario
from lib.plans.simulate import simulate
from lib.plans.write import result_data
from tests.plans.director import TERMS
from tests.plans.director_document import SAMPLE, SHARED, both, needs_shared, read

OTHERS = SHARED / "corpus/plans"
OWN_WORDS = frozenset({"text", "question", "title", "plan", "provisions"})
"""What a person words: briefs of clauses, titles, and the list of provisions that the engine does not act on."""


def substance(value):
    """Terms without the words that are a person's own."""
    if isinstance(value, dict):
        return {name: substance(item) for name, item in value.items() if name not in OWN_WORDS}
    return [substance(item) for item in value] if isinstance(value, list) else value


def stated(reading, term):
    """The values found for a term, with their clauses."""
    return [(found.value, found.clause) for found in reading.found if found.term == term]


@both
def test_the_director_plan_reads_to_the_shipped_terms(path):
    """Every term, clause, date and reading, from two documents in different words."""
    reading = read(path)
    assert reading.missing == ()
    assert substance(reading.terms.model_dump(mode="json")) == substance(TERMS.model_dump(mode="json"))


@both
def test_every_term_has_its_sentence(path):
    """Each quote stands in the document, and each finding says how sure it is."""
    document = " ".join(path.read_text(encoding="utf-8").split())
    for found in read(path).found:
        words = found.quote.split()
        assert " ".join(words[:6]) in document or " ".join(words[3:9]) in document, found
        assert 0 < found.confidence <= 1


def test_the_terms_that_were_read_run():
    """The engine gives with them what it gives with the shipped file."""
    given_scenario = parse_scenario(
        {
            "plan": "read",
            "as_of": "2005-03-15",
            "grants": [{"id": "G1", "rule": "initial", "date": "2003-11-13", "price": "24.00"}],
            "events": [{"type": "termination", "date": "2005-03-15", "reason": "death"}],
        }
    )
    own = result_data(simulate(read(SAMPLE).terms, given_scenario))["grants"][0]
    shipped = result_data(simulate(TERMS, given_scenario))["grants"][0]
    assert {name: own[name] for name in own if name != "citations"} == {
        name: shipped[name] for name in shipped if name != "citations"
    }


def as_html(text):
    lines = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in text.splitlines())
    return f"<!DOCTYPE html><html><head><style>p {{}}</style></head><body>{lines}</body></html>".encode()


def as_pdf(text):
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter)
    lines = text.splitlines()
    for page, start in enumerate(range(0, len(lines), 58), start=1):
        canvas.setFont("Courier", 9)
        for number, line in enumerate(lines[start : start + 58]):
            canvas.drawString(40, 760 - 12 * number, line)
        canvas.drawString(300, 30, str(page))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("made", [as_html, as_pdf], ids=["html", "pdf"])
def test_other_containers_read_the_same(made):
    """A page or a PDF of the same text gives the same terms."""
    reading = read_plan("plan", made(SAMPLE.read_text(encoding="utf-8")))
    assert substance(reading.terms.model_dump(mode="json")) == substance(TERMS.model_dump(mode="json"))


UNSEEN = """
EXAMPLE HOLDINGS, INC.

2008 OUTSIDE DIRECTORS STOCK OPTION PLAN

1. Purpose. To attract outside directors.

2. Shares. A total of 300,000 shares of Common Stock are reserved for issuance under the Plan. If an option
   expires unexercised, its shares shall again become available under the Plan.

3. Eligibility. Directors of the Company who are not employees of the Company shall be eligible.

4. Options.

   (a) Initial Option. Each outside director shall automatically be granted an Initial Option to purchase 15,000
       shares of Common Stock on the date of his or her initial election to the Board.

   (b) Annual Option. On the date of each annual meeting of stockholders each outside director then in office
       shall automatically be granted an Annual Option to purchase 5,000 shares.

   (c) Vesting. Initial Options shall vest and become exercisable in four equal annual installments on each of the
       first four anniversaries of the date of grant. Annual Options shall vest in full on the first anniversary
       of the date of grant.

   (d) Term. Each option shall expire seven (7) years from the date of grant.

   (e) Price. The exercise price per share shall be the closing price of the Common Stock on the date of grant, or
       if there is none, on the nearest preceding day.

   (f) Termination. If an outside director ceases to be a director for any reason other than death or disability,
       the option may be exercised within ninety (90) days after the date of such termination of service.

   (g) Death or Disability. If an outside director ceases to be a director by reason of death or disability, the
       option may be exercised within twelve (12) months after the date of such termination of service.

   (h) Exercise. Options are exercised by written notice to the Company with payment of the price in cash.

5. Changes. In the event of a stock split or stock dividend the number of shares under the Plan and outstanding
   options and the price shall be adjusted proportionately.

6. Change in Control. Upon a Change in Control all outstanding options shall become fully vested and exercisable.
"""


def test_a_plan_in_other_words():
    """Sizes, schedules, windows by reason, cap, price, pool and acceleration of a plan not met before."""
    reading = read_plan("unseen.txt", UNSEEN.encode())
    assert stated(reading, "pool.limit") == [(300000, "2")]
    assert stated(reading, "grant_rules") == [(15000, "4(a)"), (5000, "4(b)")]
    assert stated(reading, "cap.years") == [(7, "4(d)")]
    assert stated(reading, "price") == [({"basis": "closing", "without_a_price": "preceding_day"}, "4(e)")]
    assert [value for value, _ in stated(reading, "windows")] == [
        {"days": 90, "other_than": ["death", "disability"]},
        {"months": 12, "reasons": ["death", "disability"]},
    ]
    assert stated(reading, "accelerations") == [({"upon": ["acquisition"], "reach": "full"}, "6")]
    schedules = {
        rule["name"]: (rule["schedule"]["count"], rule["schedule"]["period_months"])
        for rule in reading.draft["grant_rules"]
    }
    assert schedules == {"initial": (4, 12), "annual": (1, 12)}
    assert [missing.term for missing in reading.missing] == ["final_exercise_date"]
    assert reading.terms is None


@pytest.mark.parametrize(
    ("before", "after", "term"),
    [
        ("four equal annual installments on each of the", "such installments as the Board decides after the", "grant_rules.initial.schedule"),
        ("seven (7) years", "seven (8) years", "cap"),
        ("A total of 300,000 shares", "Such shares as the Board decides", "pool"),
        ("of his or her initial election", "that the Board chooses after the election", "grant_rules"),
        ("shall automatically be granted an Annual Option to purchase 5,000", "other than new directors shall be granted an Annual Option to purchase 5,000", "grant_rules"),
        ("within ninety (90) days", "within a reasonable time", "windows"),
        ("Directors of the Company who are not employees of the Company shall", "Such persons as the Board selects shall", "eligibility"),
        ("In the event of a stock split or stock dividend the", "The", "splits"),
    ],
)  # fmt: skip
def test_what_is_not_stated_is_asked_for(before, after, term):
    """One term made unclear is listed as missing, and no terms come of the document."""
    assert before in UNSEEN
    reading = read_plan("unseen.txt", UNSEEN.replace(before, after).encode())
    assert term in {missing.term for missing in reading.missing}
    assert reading.terms is None
    assert all(missing.question.endswith((".", "?")) for missing in reading.missing)


EMPLOYEES = """
BETA CORP. 2015 EQUITY PLAN

1. Definitions. "Effective Date" means March 1, 2015.

2. Reserve. Subject to adjustment, 2,000,000 shares of Common Stock are reserved for issuance under the Plan, and no
   participant may be granted options for more than 250,000 shares in any fiscal year.

3. Options. (a) The option price shall be not less than 100% of Fair Market Value on the date of grant. (b) The term
   of an option shall be no more than ten (10) years from the date of grant; in the case of an Incentive Stock Option
   granted to an owner of more than ten percent (10%) of the voting power it shall be five years from that date.

4. Termination. Upon termination of employment other than for Cause, the participant may exercise vested options
   within 90 days following such termination. Upon termination for Cause, all options, vested or unvested, shall
   immediately terminate. Upon termination of employment by reason of Retirement, vested options remain exercisable
   until the earlier of three years following such termination of employment or expiration.

5. Change in Control. If within 24 months following a Change in Control a participant's employment is terminated
   without Cause, all outstanding options shall become fully exercisable.
"""


def test_windows_by_reason_and_a_second_trigger():
    """Cause, retirement and the rest each have their window; termination after an acquisition is no single trigger."""
    reading = read_plan("employees.txt", EMPLOYEES.encode())
    assert [value for value, _ in stated(reading, "windows")] == [
        {"days": 90, "other_than": ["cause"]},
        {"at_once": True, "reasons": ["cause"]},
        {"months": 36, "reasons": ["retirement"]},
    ]
    assert stated(reading, "accelerations") == [
        ({"upon": ["without_cause"], "reach": "full", "within_months_of_acquisition": 24}, "5")
    ]
    assert stated(reading, "pool.limit") == [(2000000, "2")]
    assert stated(reading, "price") == []
    assert (reading.company, reading.title) == ("BETA CORP.", "2015 EQUITY PLAN")


@pytest.mark.parametrize(
    "sentence",
    [
        "If the acquirer elects not to assume them, all outstanding options shall become fully exercisable upon a Change in Control.",
        "Upon a Change in Control the Board may provide that all outstanding options shall become fully exercisable.",
        "All outstanding options shall become fully exercisable upon a Change in Control if the director's service is terminated.",
        "If within 24 months following a Change in Control employment is terminated, all outstanding options shall become fully vested.",
    ],
)
def test_conditions_keep_an_acceleration_from_being_read(sentence):
    """What depends on more than the acquisition is no acceleration at it."""
    text = UNSEEN.replace(
        "Upon a Change in Control all outstanding options shall become fully vested and exercisable.",
        sentence,
    )
    assert stated(read_plan("x.txt", text.encode()), "accelerations") == []


@pytest.mark.parametrize(
    ("added", "term"),
    [
        (
            "Upon retirement at an age that the Board sets each option may become immediately exercisable in full.",
            "accelerations",
        ),
        ("The Board may accelerate any option.", "accelerations"),
        ("In case of death the executor has eighteen months for any option.", "windows"),
    ],
)
def test_what_bears_on_leaving_and_is_not_read_is_asked_for(added, term):
    """A rule that is not understood keeps the rest from passing for the whole."""
    text = UNSEEN.replace("5. Changes.", f"   (i) Other. {added}\n\n5. Changes.")
    missing = {item.term: item.quotes for item in read_plan("x.txt", text.encode()).missing}
    assert missing[term] == (added,)


@needs_shared
def test_another_director_plan():
    """Terms that the document states, and none for what the models cannot say."""
    reading = read(OTHERS / "apple_1997_director_stock_option_plan.txt")
    assert stated(reading, "pool.limit") == [(400000, "3")]
    assert stated(reading, "cap.years") == [(10, "4(d)(i)")]
    assert stated(reading, "grant_rules") == [(30000, "4(a)(i)")]
    assert [value for value, _ in stated(reading, "windows")] == [
        {"days": 90, "other_than": ["death", "cause"]},
        {"months": 36, "reasons": ["death"]},
        {"at_once": True, "reasons": ["cause"]},
    ]
    assert stated(reading, "accelerations") == [({"upon": ["acquisition"], "reach": "full"}, "6(a)")]
    assert reading.draft["grant_rules"][0]["elected_after"] == date(1997, 8, 5)
    schedule = reading.draft["grant_rules"][0]["schedule"]
    assert (schedule["count"], schedule["period_months"]) == (3, 12)
    assert stated(reading, "splits") == [("proportional", "7(b)")]
    assert "grant_rules" in {missing.term for missing in reading.missing}
    assert reading.terms is None


@needs_shared
def test_an_equity_incentive_plan():
    """Pool and cap are stated; grants, prices and windows are left to a committee or differ by kind of award."""
    reading = read(OTHERS / "granite_1999_equity_incentive_plan.txt")
    assert stated(reading, "pool.limit") == [(2500000, "5.1")]
    assert stated(reading, "cap.years") == [(10, "6.3(a)")]
    assert stated(reading, "eligibility.excludes_employees") == [(False, "3.2")]
    for term in ("windows", "accelerations", "price", "grant_rules"):
        assert stated(reading, term) == []
    assert {"grant_rules", "windows"} <= {missing.term for missing in reading.missing}


@needs_shared
def test_a_cash_plan_states_no_option_terms():
    """Of a performance plan that pays cash only who takes part is a term."""
    reading = read(OTHERS / "wmx_long_term_incentive_plan.txt")
    assert [(found.term, found.value) for found in reading.found] == [
        ("eligibility.excludes_employees", False)
    ]
    assert {"cap", "pool", "windows", "grant_rules"} <= {missing.term for missing in reading.missing}


@needs_shared
def test_a_notice_with_a_table_of_vested_ratios():
    """A fifth on the vesting start and a fifth each year after it; the figures left blank are no figures."""
    reading = read(OTHERS / "notice_of_grant_standard_vesting.md")
    steps = reading.draft["grant_rules"][0]["schedule"]["conditions"]
    assert [step["portion"] for step in steps if "portion" in step] == ["1/5", "1/5"]
    assert steps[-1]["when"] == {"type": "after", "of": steps[-2]["id"], "months": 12, "times": 4}
    assert not [found for found in reading.found if found.term.startswith("grant.")]


@pytest.mark.parametrize("data", [b"", b"   ", b"%PDF-1.4 broken", b"<html><body></body></html>"])
def test_documents_without_text_are_refused(data):
    """A sentence says what is wrong."""
    with pytest.raises(UnreadableDocument, match=r"plan\.x"):
        read_plan("plan.x", data)


PIECES = [line.encode() for line in UNSEEN.splitlines()] + [
    b"AMENDMENT OF MAY 1, 2009",
    b"OPTION AGREEMENT",
    b"1. Grant.",
    b"(i) one",
    b"Section 4(f) is replaced",
    b"\xff\xfe",
    b"(a) (b) (c)",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(b"\n".join))
def test_any_lines_are_read_or_refused(data):
    """Shuffled lines of documents never make the reader fail."""
    try:
        reading = read_plan("any.txt", data)
    except UnreadableDocument:
        return
    assert reading.terms is None or reading.terms.plan
    assert all(isinstance(found.clause, str) for found in reading.found)


def test_an_amendment_counts_from_its_date():
    """A section that an amendment replaces has both texts, each for its time."""
    windows = read(SAMPLE).terms.windows
    assert [(window.months, window.effective) for window in windows] == [(12, None), (36, date(2004, 12, 16))]
