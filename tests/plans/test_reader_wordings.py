"""Single sentences of plan documents: what they say of leaving, early vesting and schedules, or that they are not read."""

from __future__ import annotations

from datetime import date

import pytest

from lib.plans.reader import read_plan
from lib.plans.reader.granting import installment_schedule


def read(sentence):
    return read_plan(
        "x.txt", f"EXAMPLE CORP. STOCK OPTION PLAN\n\n1. Purpose. None.\n\n2. Rule. {sentence}\n".encode()
    )


def values(sentence, term):
    return [found.value for found in read(sentence).found if found.term == term]


@pytest.mark.parametrize(
    ("sentence", "windows"),
    [
        (
            "The option shall be exercisable for three (3) months after the optionee ceases to be a director, unless such termination is due to death or disability, in which case the option shall be exercisable for twelve (12) months after the optionee ceases to be a director.",
            [{"months": 3}, {"months": 12, "reasons": ["death", "disability"]}],
        ),
        (
            "If an optionee ceases to serve as a director, other than upon death or disability, the optionee may exercise the option within thirty (30) days of such termination.",
            [{"days": 30, "other_than": ["death", "disability"]}],
        ),
        (
            "If an optionee ceases to be a director for any reason, any option may be exercised for a period of three months following such termination; provided that if service ends by reason of death, the option may be exercised by the estate within one year following the date of death.",
            [{"months": 3}, {"months": 12, "reasons": ["death"]}],
        ),
        (
            "If an optionee ceases to be a director the option may be exercised within a time that the Board sets.",
            [],
        ),
        (
            "The Committee may extend the option for twelve months after the optionee ceases to be a director.",
            [],
        ),
        (
            "If service is terminated, an option may be exercised within twelve (13) months after such termination.",
            [],
        ),
    ],
)
def test_windows_in_other_words(sentence, windows):
    """Reasons go with their own lengths, exceptions with none."""
    assert values(sentence, "windows") == windows


@pytest.mark.parametrize(
    ("sentence", "windows"),
    [
        (
            "If the Optionee's employment terminates, the Optionee may exercise the Option for ninety (90) days, unless the termination is for Cause, in which case the Option terminates immediately.",
            [{"days": 90}, {"at_once": True, "reasons": ["cause"]}],
        ),
        (
            "If an Optionee ceases to be a director for any reason, vested options may be exercised within 90 days; provided, however, that if the Optionee was removed for cause, the options shall terminate immediately.",
            [{"days": 90}, {"at_once": True, "reasons": ["cause"]}],
        ),
        (
            "Following termination of employment the Option may be exercised within 3 months following termination (or 12 months in the case of death or disability).",
            [{"months": 3}, {"months": 12, "reasons": ["death", "disability"]}],
        ),
        (
            "If service ends otherwise than by death, options may be exercised for 90 days after such termination.",
            [{"days": 90, "other_than": ["death"]}],
        ),
        (
            "A director who is removed for cause forfeits all options, whether or not vested. A director who otherwise ceases to serve may exercise vested options for sixty days after the cessation.",
            [{"days": 60, "other_than": ["cause"]}, {"at_once": True, "reasons": ["cause"]}],
        ),
        (
            "Following termination of employment by reason of Retirement, the option may be exercised until its expiration date. Following any other termination of employment, the option may be exercised within 30 days after such termination.",
            [{"days": 30, "other_than": ["retirement"]}, {"until_expiry": True, "reasons": ["retirement"]}],
        ),
        (
            "In the event service terminates as a result of death or the holder dies within the three-month period after service ends for a reason other than death, then the option may be exercised by the estate within eighteen months following the date of death.",
            [{"months": 18, "reasons": ["death"]}],
        ),
        (
            "An option may be exercised for 3 months after the holder ceases to be a director, or if he ceases to be a director by reason of total disability, for 12 months.",
            [{"months": 3}, {"months": 12, "reasons": ["disability"]}],
        ),
        (
            "Upon a termination by the Company without Cause or by the Participant for Good Reason, vested options may be exercised for one year following such termination.",
            [{"months": 12, "reasons": ["without_cause", "good_reason"]}],
        ),
    ],
)  # fmt: skip
def test_windows_with_their_exceptions(sentence, windows):
    """Each reason has its own window, however the sentence turns."""
    assert values(sentence, "windows") == windows


@pytest.mark.parametrize(
    "sentence",
    [
        "Options may be exercised during the two-year period following termination of service as a director, except that if service is terminated because of death the period shall be as the Board sets.",
        "A director who leaves the Board may exercise vested options for one year after leaving, except that the period shall be three years for a director who has served for more than ten years.",
        "Upon termination of a director's service after five years of service, the options may be exercised for three years after such termination.",
        "If service terminates by reason of the merger of the Company, options may be exercised for six months after such termination.",
        "Upon termination of service for any reason, all unvested options shall be forfeited immediately.",
        "Options granted to employees may be exercised for 90 days after termination of employment. Options granted to directors may be exercised for one year after they cease to be directors.",
        "If employment terminates for any reason, options may be exercised for 90 days after such termination; but options of a participant who is 55 or older may be exercised for two years.",
        "Within 90 days after the Optionee's termination of service for any reason, the Company shall have the right to repurchase the shares issued upon exercise of the Option.",
        "If within one year after termination of service the Participant competes with the Company, all options shall terminate immediately.",
        "If a director ceases to serve, options may be exercised for one year after such cessation, unless the director competes with the Company.",
    ],
)  # fmt: skip
def test_windows_that_hang_on_more_than_the_reason_are_not_read(sentence):
    """A window with a condition that is not understood is none."""
    assert all(value.get("other_than") for value in values(sentence, "windows"))
    assert {"windows"} <= {one.term for one in read(sentence).missing}


def test_a_reason_that_is_spoken_of_and_not_read_is_left_out_of_the_window_for_all():
    """What a committee decides upon retirement is asked for; the rest keeps its window."""
    reading = read(
        "If an optionee ceases to be employed, vested options may be exercised for three months thereafter. If an optionee retires, the Committee shall decide how long vested options may be exercised."
    )
    assert [found.value for found in reading.found if found.term == "windows"] == [
        {"months": 3, "other_than": ["retirement"]}
    ]
    missing = next(one for one in reading.missing if one.term == "windows")
    assert "Not found for: retirement." in missing.question


@pytest.mark.parametrize(
    ("sentence", "early"),
    [
        (
            "If a grantee's employment terminates due to death or Disability, all outstanding options shall become fully vested and exercisable, and shall remain exercisable for one year after such termination.",
            [{"upon": ["death", "disability"], "reach": "full"}],
        ),
        (
            "If, within 24 months following a Change in Control, employment is terminated without Cause or for Good Reason, all unvested RSUs shall vest.",
            [{"upon": ["without_cause", "good_reason"], "reach": "full", "within_months_of_acquisition": 24}],
        ),
        ("Upon a Change in Control, one-half of all outstanding options shall become fully exercisable.", []),
        ("If the Participant dies, fifty percent of the unvested options shall vest in full.", []),
        ("In the event of the Participant's death after the first anniversary of the Grant Date, all unvested RSUs shall vest in full.", []),
        ("Upon a Change in Control in which the successor does not assume the awards, all outstanding awards shall vest in full.", []),
        ("Upon Retirement with the consent of the Committee, all outstanding options shall become fully exercisable.", []),
        ("If employment is terminated without Cause within 6 months before or 24 months after a Change in Control, all outstanding options shall become fully vested.", []),
        ("All restrictions shall lapse upon the death of the Participant but not upon disability.", []),
    ],
)  # fmt: skip
def test_early_vesting_on_no_further_condition(sentence, early):
    """All that is outstanding, upon an event alone; parts, consents and other conditions are asked for."""
    assert values(sentence, "accelerations") == early
    asked = "accelerations" in {one.term for one in read(sentence).missing}
    assert asked == (not early)


@pytest.mark.parametrize(
    ("sentence", "schedule"),
    [
        ("25% of the Shares subject to the Option shall vest on the one (1) year anniversary of the Vesting Commencement Date, and 1/48th of the Shares subject to the Option shall vest each month thereafter on the same day of the month as the Vesting Commencement Date (and if there is no corresponding day, on the last day of the month), subject to Participant continuing to be a Service Provider through each such date.", {"count": 48, "period_months": 1, "cliff": 12}),
        ("One-fourth (1/4th) of the shares vest one year after the Vesting Commencement Date; the balance of the shares vest in a series of thirty-six (36) successive equal monthly installments measured from the first anniversary of the Vesting Commencement Date.", {"count": 48, "period_months": 1, "cliff": 12}),
        ("The option becomes exercisable with respect to the first 25% of the shares when the Optionee completes 12 months of continuous service after the Vesting Commencement Date and with respect to an additional 1/48th of the shares when the Optionee completes each month of continuous service thereafter.", {"count": 48, "period_months": 1, "cliff": 12}),
        ("The Option shall become exercisable in four equal annual installments of 25% each, commencing one year after the Date of Grant.", {"count": 4, "period_months": 12, "cliff": 1}),
        ("The Option is exercisable in cumulative installments as follows: 50% on and after the first anniversary of the Grant Date; and the remaining 50% on and after the second anniversary of the Grant Date.", {"count": 2, "period_months": 12}),
        ("One-fourth of the units will vest on each anniversary of the Date of Grant until fully vested.", {"count": 4, "period_months": 12}),
        ("The Option vests in 5 equal annual installments, the first of which shall vest on the first anniversary of the Grant Date.", {"count": 5, "period_months": 12, "cliff": 1}),
    ],
)  # fmt: skip
def test_schedules_in_the_words_of_agreements(sentence, schedule):
    """The same schedule in each of its usual wordings."""
    assert installment_schedule(sentence) == {"kind": "installments", **schedule}


@pytest.mark.parametrize(
    "sentence",
    [
        "25% of each Initial Option shall vest on the first anniversary of the date of grant.",
        "One-third of the options granted under Section 4(a) shall vest on the first anniversary of the date of grant.",
        "10,000 shares of the option shall vest on the first anniversary of the grant date.",
        "The option shall vest on the first anniversary of the grant date, provided that earnings continue to grow.",
        "The Option shall become exercisable in four equal annual installments of 20% each, commencing one year after the Date of Grant.",
    ],
)
def test_a_part_or_a_goal_is_no_whole_schedule(sentence):
    """A quarter of an option never reads as all of it, and a goal never as service."""
    assert installment_schedule(sentence, "Initial") is None


DIRECTORS = """
EXAMPLE CORP. 2004 DIRECTOR OPTION PLAN

1. Effective Date. This Plan shall become effective on May 12, 2004.

2. Grants. (a) Each Outside Director first elected or appointed after the effective date shall automatically be
granted, on the date of such election or appointment, an option to purchase 15,000 shares.

(b) On the date of each annual meeting of stockholders, each Outside Director who continues in office after the
meeting shall be granted an option to purchase 5,000 shares, provided that he or she has served as a director for at
least six months.

3. Vesting. Each option shall become exercisable in three equal annual installments after the date of grant.
"""


def test_grants_with_their_conditions():
    """For whom a grant is made: those elected after a day, those who have served some months."""
    rules = read_plan("x.txt", DIRECTORS.encode()).draft["grant_rules"]
    assert [(rule["made"], rule["shares"]) for rule in rules] == [
        ("on_election", 15000),
        ("at_annual_meeting", 5000),
    ]
    assert rules[0]["elected_after"] == date(2004, 5, 12)
    assert rules[1]["months_since_election"] == 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" 5,000 shares", " 5,000 shares, or 7,000 shares in the case of the Chairman"),
        ("On the date of each annual", "On the first business day after each annual"),
        ("each Outside Director who", "each Outside Director, other than one elected at that meeting, who"),
        ("for at\nleast six months", "for a\ntime that the Board sets"),
    ],
)
def test_grants_with_conditions_that_no_term_holds_are_asked_for(before, after):
    """Two sizes, a later day, exceptions: the grant is missing, with its sentence."""
    assert before in DIRECTORS
    reading = read_plan("x.txt", DIRECTORS.replace(before, after).encode())
    assert [rule["made"] for rule in reading.draft["grant_rules"]] == ["on_election"]
    assert any(one.term == "grant_rules" and one.quotes for one in reading.missing)


def test_a_grant_after_a_day_without_a_date_asks_for_it():
    """The grant is likely, and from which day on is a question of its own."""
    undated = DIRECTORS.replace("on May 12, 2004", "when the stockholders approve it")
    reading = read_plan("x.txt", undated.encode())
    assert "grant_rules.initial.elected_after" in {one.term for one in reading.missing}


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("A total of 500,000 shares are reserved for issuance under the Plan, and no more than 50,000 shares may be granted to any one person.", [("pool.limit", 500000)]),
        ("The Common Stock that may be sold pursuant to Options shall not exceed in the aggregate five hundred thousand (500,000) shares.", [("pool.limit", 500000)]),
        ("The exercise price of each option shall be the closing price on the trading day immediately preceding the date of grant.", [("price", {"basis": "closing", "day": "day_before"})]),
        ("The option price per share shall be equal to 100% of the fair market value of a share on the date of grant.", [("price", {"basis": "fair_market_value"})]),
        ("The Option shall expire at 5:00 p.m. on the day before the tenth anniversary of the Grant Date.", [("cap.years", 10)]),
        ("Participation in the Plan shall be limited to employees who are officers of the Company.", [("eligibility.excludes_employees", False)]),
    ],
)  # fmt: skip
def test_terms_of_one_sentence(sentence, stated):
    """Pool, price, life and who is eligible, each as it is said."""
    assert [(found.term, found.value) for found in read(sentence).found] == stated


@pytest.mark.parametrize(
    "sentence",
    [
        "The maximum number of shares that may be issued under the Plan is 2,000,000, plus an annual increase on each January 1 equal to 4% of the outstanding shares.",
        "No participant may receive options for more than 100,000 shares in any year.",
        "Shares subject to options that expire shall not again be available for grant.",
        "The term of the Plan shall be ten years from the effective date.",
        "Each option shall expire ten years from the date of grant or, if earlier, five years after the effective date of the Plan.",
        "Options granted before 2001 expire five years after the date of grant and later options expire ten years after the date of grant.",
        "No incentive stock option granted to a ten percent stockholder shall be exercisable after the expiration of five years from the date of grant.",
        "The subsequent option shall become exercisable as to 100% of its shares on the first anniversary of its date of grant.",
        "The exercise price shall be the greater of the closing price on the date of grant and the par value.",
        "The exercise price shall be equal to the average of the closing prices for the ten trading days before the date of grant.",
        "The exercise price shall be 110% of the closing price on the date of grant.",
        "Directors who are not employees of the Company are not eligible to participate; only employees are eligible.",
        "Consultants who are not employees shall be eligible.",
        "In the event of a stock split, the Board may but need not adjust the outstanding options.",
        "No adjustment shall be made for any stock dividend or stock split on outstanding options.",
        "Each outside director shall be granted an option to purchase 1,000 shares for each year of service on the date of each annual meeting.",
        "Upon initial election, each outside director shall be granted an option to purchase 10,000 shares, pro-rated for the part of the year.",
        "At every third annual meeting each outside director shall be granted an option to purchase 9,000 shares.",
        "The Board may grant each outside director an option to purchase 5,000 shares at each annual meeting.",
        "Each outside director shall be granted on the date of each annual meeting an option to purchase 5,000 shares or, at his election, cash of $50,000.",
    ],
)  # fmt: skip
def test_what_the_terms_cannot_hold_is_not_read(sentence):
    """Limits of another matter, choices and conditions give no term at all."""
    assert read(sentence).found == ()


@pytest.mark.parametrize(
    "name", ["GRANDVIEW BANCORP", "FIRST PRAIRIE BANCSHARES, INC.", "EXAMPLE HOLDINGS, INC."]
)
def test_the_company_is_named(name):
    """With its whole name, whatever kind of company it is."""
    assert read_plan("x.txt", f"{name}\n2012 STOCK PLAN\n\n1. Purpose. None.\n".encode()).company == name
