"""Vesting sentences of footnotes: read into the right schedule, or said not to be understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.plans.footnotes import NotUnderstood, Vesting, read_vesting
from lib.plans.schedule import vests

GRANTED = date(2020, 1, 31)
SERVICE = ", subject to the Reporting Person's continued service through each such date"


def course(vesting, shares=4800):
    """Days and totals of a schedule for a grant at the end of January 2020."""
    start = vesting.counts_from if isinstance(vesting.counts_from, date) else GRANTED
    listed = vests(vesting.schedule, date(1990, 1, 1), shares, (), "anchor", start)
    return [(vest.date.isoformat(), int(vest.cumulative)) for vest in listed]


@pytest.mark.parametrize(
    ("text", "count", "first", "last"),
    [
        ("25% of the shares vest on the first anniversary of the vesting commencement date and the balance vests equally every month thereafter over the following 36 months" + SERVICE, 37, ("2021-01-31", 1200), ("2024-01-31", 4800)),
        ("Vesting commencement date is March 31, 2025. 25% of the shares vest on the first annual anniversary of the vesting commencement date and the balance vests equally on the last day of every month thereafter over the following 36 months.", 37, ("2026-03-31", 1200), ("2029-03-31", 4800)),
        ("1/48 of the shares vest monthly.", 48, ("2020-02-29", 100), ("2024-01-31", 4800)),
        ("1/48th of the shares subject to the option vest monthly from the vesting commencement date of March 1, 2021.", 48, ("2021-04-01", 100), ("2025-03-01", 4800)),
        ("Vests 5% quarterly from the vesting commencement date of May 15, 2022.", 20, ("2022-08-15", 240), ("2027-05-15", 4800)),
        ("The RSUs vest in three equal annual installments beginning on January 31, 2024" + SERVICE, 3, ("2024-01-31", 1600), ("2026-01-31", 4800)),
        ("The RSUs vest in three (3) equal annual installments beginning on the first anniversary of the grant date.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("The option vests in twelve equal quarterly installments following the date of grant.", 12, ("2020-04-30", 400), ("2023-01-31", 4800)),
        ("One-third of the units vest on each of the first three anniversaries of the grant date.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("33 1/3% vests on each of the first, second and third anniversaries of the grant date.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("The shares vest as to 25% on each of the first through fourth anniversaries of July 1, 2019.", 4, ("2020-07-01", 1200), ("2023-07-01", 4800)),
        ("These units, granted on June 3, 2019, vested in four equal annual installments ending on June 5, 2023.", 4, ("2020-06-05", 1200), ("2023-06-05", 4800)),
        ("The stock option was granted on August 3, 2018, and had a vesting commencement date of May 25, 2018. 1/4 of the shares vest on the one year anniversary of the vesting commencement date, and 1/48 of the shares vest on a monthly basis each month thereafter.", 37, ("2019-05-25", 1200), ("2022-05-25", 4800)),
        ("1/48th of the award vested on July 25, 2017 and an additional 1/48th vests monthly on the 25th day of each month thereafter.", 48, ("2017-07-25", 100), ("2021-06-25", 4800)),
        ("1/16 of the RSUs will vest on August 22, 2022 and 1/16 will vest on each March 1st, May 22nd, August 22nd or November 22nd thereafter.", 16, ("2022-08-22", 300), ("2026-05-22", 4800)),
        ("25% of the shares vested on June 1, 2021, and the remainder vest in 12 equal quarterly installments thereafter.", 13, ("2021-06-01", 1200), ("2024-06-01", 4800)),
        ("The RSUs vest 50% on the second anniversary of the grant date and 25% on each of the third and fourth anniversaries of the grant date.", 3, ("2022-01-31", 2400), ("2024-01-31", 4800)),
        ("The units vest as follows: (i) 1,600 on 1/1/2024; (ii) 1,600 on 1/1/2025; and (iii) 1,600 on 1/1/2026.", 3, ("2024-01-01", 1600), ("2026-01-01", 4800)),
        ("10% of the units vest on each of the first four quarterly anniversaries of January 1, 2022 and 5% on each quarterly anniversary thereafter.", 16, ("2022-04-01", 480), ("2026-01-01", 4800)),
        ("The option vests over a three year period with 25% on date of grant and an additional 25% after 12 months, 24 months and 36 months.", 4, ("2020-01-31", 1200), ("2023-01-31", 4800)),
        ("Options vest in equal annual installments over three years from the date of grant.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("The RSUs vest in equal installments on March 1, 2023, March 1, 2024 and March 1, 2025.", 3, ("2023-03-01", 1600), ("2025-03-01", 4800)),
        ("The RSUs vest in one-third installments on each of February 24, 2024, February 24, 2026, and February 24, 2028.", 3, ("2024-02-24", 1600), ("2028-02-24", 4800)),
        ("1/12th of the awards vest and convert into common stock in twelve substantially equal quarterly tranches, beginning on April 30, 2018. If the quarterly vesting date falls on a non-business date, the next business date shall apply.", 12, ("2018-04-30", 400), ("2021-01-30", 4800)),
        ("The option becomes exercisable after a three year period on 2/28/26.", 1, ("2026-02-28", 4800), ("2026-02-28", 4800)),
        ("The restricted stock vests on the third anniversary of the grant date.", 1, ("2023-01-31", 4800), ("2023-01-31", 4800)),
        ("100% of the RSUs will vest on the earlier of (i) May 26, 2024 or (ii) the day prior to the date of the next annual stockholders meeting following May 26, 2023.", 1, ("2024-05-26", 4800), ("2024-05-26", 4800)),
        ("The RSUs will vest in full on the earlier of the one-year anniversary of the grant date or the next Annual Meeting of Stockholders.", 1, ("1991-01-01", 4800), ("1991-01-01", 4800)),
        ("Thirty percent of the market share units vest on each of the first, second and third anniversaries of the grant date and ten percent on the fourth anniversary of the grant date.", 4, ("2021-01-31", 1440), ("2024-01-31", 4800)),
        ("The options are immediately exercisable and vest in 24 equal monthly installments beginning on June 6, 2021.", 24, ("2021-06-06", 200), ("2023-05-06", 4800)),
        ("Agreement with J. Finch, whereby he was granted a restricted stock award of 4,800 shares of Common Stock that vests on January 5, 2029, pursuant to the Harbour Stock Award Plan.", 1, ("2029-01-05", 4800), ("2029-01-05", 4800)),
        ("2,000 of the shares subject to the option are vested, and the remaining shares vest on July 1, 2023, subject to continued service.", 2, ("2020-01-31", 2000), ("2023-07-01", 4800)),
        ("2,000 of the units have vested and the remainder will vest on July 1, 2023.", 2, ("2020-01-31", 2000), ("2023-07-01", 4800)),
        ("The units vest 100% on the earliest of (i) the first anniversary date of the award, 06/05/2023, subject to the holder's continued service as a director, (ii) the holder's death, or (iii) the holder's disability.", 1, ("2023-06-05", 4800), ("2023-06-05", 4800)),
        ("The RSUs vest on June 1, 2023. Although the award vested on June 1, 2023, the shares were not released to the holder until June 9, 2023.", 1, ("2023-06-01", 4800), ("2023-06-01", 4800)),
        ("The RSUs vest in three equal annual installments on each of March 15, 2024, 2025 and 2026.", 3, ("2024-03-15", 1600), ("2026-03-15", 4800)),
        ("1,000 shares vest on March 15, 2024, 2050 shares vest on March 15, 2025 and 1750 shares vest on March 15, 2026.", 3, ("2024-03-15", 1000), ("2026-03-15", 4800)),
        ("One-third of the RSUs vests on each of March 15, 2024, 2025, and 2026.", 3, ("2024-03-15", 1600), ("2026-03-15", 4800)),
        ("The option vests over four years, with 1/4 vesting on the first anniversary of May 1, 2023 and the remainder vesting in equal monthly installments thereafter over 36 months.", 37, ("2024-05-01", 1200), ("2027-05-01", 4800)),
        ("The units vest one-third per year on each of the first three anniversaries of the grant date.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("The RSUs vest ratably in three annual installments beginning on the first anniversary of the grant date.", 3, ("2021-01-31", 1600), ("2023-01-31", 4800)),
        ("The RSUs vest annually in three substantially equal installments beginning on March 1, 2024.", 3, ("2024-03-01", 1600), ("2026-03-01", 4800)),
        ("The RSUs vest over a three-year period in equal annual installments beginning on March 1, 2024.", 3, ("2024-03-01", 1600), ("2026-03-01", 4800)),
        ("The option vests in 48 equal monthly installments measured from January 1, 2024.", 48, ("2024-02-01", 100), ("2028-01-01", 4800)),
        ("The shares vest in equal monthly installments over 48 months following January 15, 2024.", 48, ("2024-02-15", 100), ("2028-01-15", 4800)),
        ("The option vests quarterly in equal amounts over three years from March 1, 2024.", 12, ("2024-06-01", 400), ("2027-03-01", 4800)),
        ("Half of the RSUs vest on March 1, 2024 and half on March 1, 2025.", 2, ("2024-03-01", 2400), ("2025-03-01", 4800)),
        ("Of the RSUs, 1,600 vest on March 1, 2024, 1,600 vest on March 1, 2025 and 1,600 vest on March 1, 2026.", 3, ("2024-03-01", 1600), ("2026-03-01", 4800)),
        ("Options exercisable in three equal annual installments beginning on March 1, 2024.", 3, ("2024-03-01", 1600), ("2026-03-01", 4800)),
        ("The award vests in full on the first anniversary of the grant date or, if earlier, on December 1, 2020.", 1, ("2020-12-01", 4800), ("2020-12-01", 4800)),
    ],
)  # fmt: skip
def test_sentences_become_schedules(text, count, first, last):
    """The number of vests, the first and the last, each with the total by then."""
    vesting = read_vesting(text)
    assert isinstance(vesting, Vesting), vesting
    listed = course(vesting)
    assert (len(listed), listed[0], listed[-1]) == (count, first, last)
    assert vesting.evidence.split()[0] in text


@pytest.mark.parametrize(
    "text",
    [
        "The shares subject to the option are fully vested and exercisable.",
        "Stock options are fully vested.",
        "The RSUs reported vested immediately on the date of grant.",
        "The stock option is immediately exercisable.",
    ],
)
def test_fully_vested(text):
    """Everything has vested already."""
    vesting = read_vesting(text)
    assert isinstance(vesting, Vesting)
    assert vesting.vested


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2,000 of the units have vested and the rest vests on July 1, 2023.", "their days are not said"),
        ("The market share units vest on July 1, 2023.", "depends on the share's price"),
        (
            "The option is immediately exercisable and vests on July 1, 2023.",
            "can be exercised before it vests",
        ),
        ("The units vest on the earlier of July 1, 2023 or the holder's death.", "may let it vest earlier"),
    ],
)
def test_what_the_schedule_does_not_say_is_noted(text, said):
    """Days that are not named, a price, an early exercise or a death are no part of the schedule, and a note says so."""
    vesting = read_vesting(text)
    assert isinstance(vesting, Vesting), vesting
    assert any(said in note for note in vesting.notes)


def test_the_earlier_of_a_meeting():
    """A day before the meeting that follows, where it comes first."""
    text = "The RSUs vest on the earlier of (i) May 26, 2024 or (ii) the day prior to the date of the next annual meeting of stockholders following May 26, 2023."
    vesting = read_vesting(text)
    meetings = (date(2023, 5, 26), date(2024, 5, 20))
    assert [v.date for v in vests(vesting.schedule, date(2023, 5, 26), 100, meetings, "anchor")] == [
        date(2024, 5, 19)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The PSUs vest on March 1, 2026 if the performance goals are achieved.",
        "The option vests in four equal annual installments, and only if the closing price is above $20.",
        "The shares vest over four years.",
        "The RSUs vest ratably over three years.",
        "The RSUs vest 100% in the first quarter of 2026.",
        "1,182 of the shares vest, and the remaining shares vest on July 22, 2023.",
        "1,182 of the shares are vested, and the remaining shares vest in 12 equal monthly installments.",
        "1,182 of the shares are vested, and 700 of the shares vest on July 22, 2023.",
        "The market share units vest on March 1, 2025 with a payout of up to 200%.",
        "The option vests in 36 equal monthly installments from January 1, 2024.",
        "The units vest on June 1, 2024 or the date of the 2024 annual meeting.",
        "Half of the units vest on March 1, 2024.",
        "30% vests on March 1, 2024 and 30% on March 1, 2025.",
        "2,000 RSUs vest in four equal annual installments beginning on May 1, 2024 and 3,000 RSUs vest in eight equal quarterly installments beginning on May 1, 2024.",
        "The option vests in four equal annual installments on each of the first three anniversaries of the grant date.",
        "The RSUs vest in twelve (13) equal monthly installments from the grant date.",
        "The RSUs vest in 12 equal quarterly installments over four years from the grant date.",
        "The RSUs vest on the later of May 1, 2024 and the closing of the merger.",
        "Each unit vests into up to 200% of one share on May 1, 2024.",
        "The shares vest in equal installments beginning on May 1, 2024.",
        "1/36th of the award vests on the 15th of each month following the grant date.",
        "The award vests in the manner set forth in the agreement.",
        "25% vests on each anniversary.",
    ],
)
def test_what_is_not_understood_is_said_so(text):
    """A wrong schedule would be worse than none."""
    assert isinstance(read_vesting(text), NotUnderstood)


@pytest.mark.parametrize(
    "text",
    [
        "Shares withheld for payment of taxes upon vesting of awards.",
        "Each restricted stock unit represents a contingent right to receive one share of common stock upon vesting.",
        "The sales were made in connection with the vesting of restricted stock units.",
        "Held by a trust.",
        "",
    ],
)
def test_notes_on_other_matters_name_no_vesting(text):
    """What happened upon a vesting is no schedule."""
    assert read_vesting(text) is None


def test_business_days_are_noted():
    """A roll to the next business day is said, not computed."""
    text = "The RSUs vest in two equal annual installments beginning on May 1, 2024. If the vesting date falls on a non-business date, the next business date shall apply."
    assert any("moves to the next one" in note for note in read_vesting(text).notes)


WORDS = [
    "the",
    "rsus",
    "vest",
    "vests",
    "on",
    "in",
    "25%",
    "1/48th",
    "equal",
    "annual",
    "installments",
    "monthly",
    "thereafter",
    "and",
    "grant",
    "date",
    "anniversary",
    "of",
    "first",
    "{d0}",
    "@g",
    "S",
    "V",
    "R",
    "March",
    "1,",
    "2024",
    "(",
    ")",
    ";",
    "three",
    "over",
    "years",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_words_give_a_reading_or_a_reason(text):
    """Nothing makes the reader fail, and what it reads adds up to the whole."""
    found = read_vesting(text)
    if isinstance(found, Vesting):
        listed = course(found)
        assert not listed or listed[-1][1] == 4800


def test_braces_in_a_note_are_no_marks():
    """Words that look like the reader's own marks for dates are words."""
    assert not isinstance(read_vesting("The option vests {d0} and {f1}."), Vesting)
