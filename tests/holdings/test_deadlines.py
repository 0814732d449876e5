"""Deadlines: the rule in force on the day, business days, bounds and exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lib.filings.corrections import FILED
from lib.filings.record import Filing, Signature, Submission
from lib.holdings.deadlines import Timeliness, business_day_after, next_business_day, timeliness
from tests.builders import filing, holding, transaction


def judged(
    event: str, *, filed: str | None = None, signed: str | None = None, code: str = "S", **fields: object
) -> Timeliness:
    """The one row of a Form 4 with this trade."""
    row = transaction(event, code, "A" if code in "PA" else "D", 1, 1, **fields)  # type: ignore[arg-type]
    (found,) = timeliness(made(filing(event, row, aff10b5_one=False), filed, signed))
    return found


def made(one: Filing, filed: str | None = None, signed: str | None = None) -> Filing:
    signatures = (Signature("x", date.fromisoformat(signed)),) if signed else ()
    submission = Submission("1", date.fromisoformat(filed)) if filed else Submission()
    return replace(one, signatures=signatures, submission=submission)


@pytest.mark.parametrize(
    ("event", "due"),
    [
        ("2002-08-28", "2002-09-10"),  # the 10th day after the month
        ("2001-10-15", "2001-11-13"),  # the 10th is a Saturday, Veterans Day kept on Monday
        ("2002-08-29", "2002-09-03"),  # two business days, over Labor Day
        ("2003-11-24", "2003-11-26"),
        ("2007-11-08", "2007-11-13"),  # Veterans Day, a Sunday, is kept on Monday
        ("2023-07-03", "2023-07-06"),
        ("2024-06-17", "2024-06-20"),  # Juneteenth
        ("2020-06-18", "2020-06-22"),  # which was none yet
    ],
)
def test_due_by_the_rule_of_the_day(event: str, due: str) -> None:
    """Two business days from 2002-08-29; before, the 10th day after the month's end."""
    found = judged(event, filed=due)
    assert (found.due, found.status, found.days_late) == (date.fromisoformat(due), "in time", 0)


def test_late_by_the_filing_date() -> None:
    """A filing date after the last day is late, counted in days."""
    found = judged("2023-07-03", filed="2023-07-10")
    assert (found.status, found.days_late) == ("late", 4)
    assert "Filed on 10 Jul 2023, 4 days after 6 Jul 2023." in found.message


def test_a_signature_is_a_bound() -> None:
    """Signed after the last day: possibly late. Signed before: nothing is known of the filing date."""
    assert judged("2023-07-03", signed="2023-07-10").status == "possibly late"
    assert judged("2023-07-03", signed="2023-07-05").status == "unknown"
    assert judged("2023-07-03").status == "unknown"


def test_a_plan_trade_may_be_deemed_executed_later() -> None:
    """With a Rule 10b5-1 plan up to three business days more are possible, beyond them none."""
    row = transaction("2023-07-03", "S", "D", 1, 1)
    plan = filing("2023-07-03", row, aff10b5_one=True)
    assert [timeliness(made(plan, filed=day))[0].status for day in ("2023-07-11", "2023-07-12")] == [
        "possibly late",
        "late",
    ]
    silent = replace(plan, aff10b5_one=None)
    assert timeliness(made(silent, filed="2023-07-11"))[0].status == "possibly late"


def test_a_deemed_execution_date_counts() -> None:
    """The date on the form moves the last day, by three business days at most."""
    assert (
        judged("2023-07-03", filed="2023-07-07", deemed_execution_date=date(2023, 7, 5)).status == "in time"
    )
    assert judged("2023-07-03", filed="2023-07-31", deemed_execution_date=date(2023, 7, 28)).due == date(
        2023, 7, 11
    )


@pytest.mark.parametrize(
    ("event", "filed", "status"),
    [
        ("2023-02-24", "2023-03-20", "in time"),  # could wait for Form 5
        ("2023-02-24", "2024-02-01", "unknown"),  # the fiscal year's end is not known
        ("2023-02-27", "2023-03-01", "in time"),
        ("2023-02-27", "2023-03-20", "late"),
    ],
)
def test_gifts(event: str, filed: str, status: str) -> None:
    """Gifts wait for Form 5 until 2023-02-26 and are due in two business days from 2023-02-27."""
    found = judged(event, filed=filed, code="G")
    assert (found.status, found.days_late > 0) == (status, status == "late")


def test_column_v_is_early() -> None:
    """A transaction of form type 5 on a Form 4 is reported before it must be."""
    assert judged("2023-07-03", filed="2023-08-10", transaction_form_type="5").status == "in time"


def test_form_3() -> None:
    """Ten days after the event, or the next business day."""
    form = filing("2021-08-25", holding(1), document_type="3")
    assert timeliness(made(form, filed="2021-09-07"))[0].due == date(2021, 9, 7)  # Saturday, then Labor Day
    assert timeliness(made(form, filed="2021-09-08"))[0].status == "late"


def test_form_5_and_what_it_admits() -> None:
    """45 days after the fiscal year; rows of form type 3 or 4, or marked L, are late by the form itself."""
    rows = (
        transaction("2022-06-01", "S", "D", 1, 1, transaction_form_type="4"),
        transaction("2022-06-01", "G", "D", 1, 1, transaction_form_type="5"),
        holding(1, transaction_form_type="3"),
    )
    form = made(filing("2022-12-31", *rows, document_type="5"), filed="2023-02-14")
    assert [(one.path, one.status) for one in timeliness(form)] == [
        ("", "in time"),
        ("non_derivative[0]", "late"),
        ("non_derivative[2]", "late"),
    ]


def test_an_amendment_is_held_to_its_original() -> None:
    """Restated rows count by the original's date, rows that the amendment adds by its own."""
    rows = (transaction("2023-07-03", "S", "D", 1, 1), transaction("2023-07-03", "S", "D", 2, 1))
    form = filing("2023-07-03", *rows, document_type="4/A", date_of_original_submission=date(2023, 7, 5))
    found = timeliness(made(form, filed="2023-09-01"), added=("non_derivative[1]",))
    assert [one.status for one in found] == ["in time", "late"]


@pytest.mark.parametrize(
    ("original", "filed", "status"),
    [
        ("2023-07-06", "2023-09-01", "unknown"),  # in time if the original had the row
        ("2023-07-06", "2023-07-06", "in time"),  # whichever filing was the first with it
        ("2023-07-07", "2023-09-01", "late"),  # by the original already
        (None, "2023-09-01", "unknown"),
    ],
)
def test_an_amendment_whose_original_is_not_at_hand(original: str | None, filed: str, status: str) -> None:
    """It is late only by the original's date; whether the original had a row is said not to be known."""
    named = date.fromisoformat(original) if original else None
    row = transaction("2023-07-03", "A", "A", 1, 1)
    form = filing("2023-07-03", row, document_type="4/A", date_of_original_submission=named)
    (found,) = timeliness(made(form, filed=filed))
    assert (found.status, found.filed) == (status, named)
    assert ("whether it had this row" in found.message) == (status == "unknown" and named is not None)


def test_filed_before_the_trade() -> None:
    """Dates that contradict each other settle nothing."""
    found = judged("2023-07-03", filed="2023-06-30")
    assert found.status == "unknown"
    assert "one of them is wrong" in found.message


def test_days_closed_by_order() -> None:
    """Days of mourning and closed Christmas Eves are no business days; others can be given by hand."""
    assert business_day_after(date(2025, 1, 7), 2) == date(2025, 1, 10)
    assert business_day_after(date(2020, 12, 23), 1) == date(2020, 12, 28)
    assert business_day_after(date(2018, 12, 3), 2) == date(2018, 12, 6)
    assert business_day_after(date(2023, 5, 1), 2, (date(2023, 5, 3),)) == date(2023, 5, 4)
    assert next_business_day(date(2023, 7, 4)) == date(2023, 7, 5)
    assert next_business_day(date(2023, 7, 5)) == date(2023, 7, 5)


def test_a_row_says_which_date_it_is_held_to() -> None:
    """An amendment's rows stand or fall with the original's date, but those that it adds with its own."""
    rows = [transaction("2023-07-03", "S", "D", 1, n) for n in (9, 8)]
    amendment = made(filing("2023-07-03", *rows, document_type="4/A"), filed="2023-07-20")
    told = timeliness(amendment, added={"non_derivative[1]"})
    assert [one.dated_by for one in told] == ["date_of_original_submission", FILED]
    assert [one.filed for one in told] == [None, date(2023, 7, 20)]
    assert judged("2023-07-03").dated_by == FILED
