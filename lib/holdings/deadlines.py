"""Was each report filed in time, by the rule in force on the day of its transaction?

A filing's signature date is only a bound: the filing was not filed before it. Exceptions exist that a filing
need not show (a deemed execution date, an event reportable on Form 5), so a miss that one of them could excuse
is “possibly late”. Nothing here says that a rule was broken; it says what the dates say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from lib.filings.checks import states_10b5_1
from lib.filings.corrections import FILED
from lib.filings.record import Filing, Row
from lib.holdings.rows import possible_day, signed
from lib.holdings.words import spoken_day

Status = Literal["late", "possibly late", "in time", "unknown"]

TWO_DAYS_FROM: Final = date(2002, 8, 29)
"""Transactions from this day are due on the second business day (Release 34-46421, 67 FR 56462)."""
GIFTS_FROM: Final = date(2023, 2, 27)
"""Dispositions by gift from this day are due on Form 4 in two business days (Release 33-11138)."""
FORM3_DAYS: Final = 10
FORM5_DAYS: Final = 45
DEEMED_DAYS: Final = 3
"""Business days after the trade that a deemed execution date may be, at most (Rule 16a-3(g)(2))."""
ON_FORM5: Final = frozenset("GWL")
"""Codes that may wait for Form 5 (Rule 16a-3(f)): gifts, inheritance, small acquisitions (Rule 16a-6)."""


CLOSED: Final = frozenset(
    {
        date(2018, 12, 5),  # mourning for President Bush
        date(2018, 12, 24),
        date(2019, 12, 24),
        date(2020, 12, 24),
        date(2025, 1, 9),  # mourning for President Carter
    }
)
"""Days closed by executive order that the SEC announced as holidays for filing. The list may lack others."""


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether one row, or a Form 3 or 5 as a whole (``path`` empty), was filed in time.

    ``due`` is the last day by the rule and ``latest`` the last day if an exception applies. ``filed`` is the
    filing date where known; ``signed`` the signature's day, before which it was not filed. ``days_late``
    counts calendar days after ``due``, at least. ``rule`` and ``message`` are sentences. ``dated_by`` is the path of
    the value that gives, or would give, the filing date.
    """

    path: str
    status: Status
    event: date | None
    due: date | None
    latest: date | None
    filed: date | None
    signed: date | None
    days_late: int
    rule: str
    message: str
    dated_by: str = FILED


def timeliness(
    filing: Filing, *, added: Collection[str] | None = None, closed: Collection[date] = ()
) -> list[Timeliness]:
    """The timeliness of every transaction of a Form 4, and of a Form 3 or 5 as a whole with its late rows.

    An amendment is held to the filing it amends: rows in ``added``, which the original lacked, to its own
    date. ``added`` is ``None`` where the original is not at hand: a row that it may have lacked is then not known
    to be in time. ``closed`` are further days on which the SEC took no filings, beyond holidays and ``CLOSED``.
    """
    shut = tuple(sorted(closed))
    found = _timeliness(filing, added, shut)
    if not (filing.document_type or "").endswith("/A"):
        return found
    own = added or ()
    found = [
        one if one.path in own else replace(one, dated_by="date_of_original_submission") for one in found
    ]
    if added is not None:
        return found
    as_new = _timeliness(filing, [one.path for one in found], shut)
    return [_of_unseen_original(one, new) for one, new in zip(found, as_new, strict=True)]


def _of_unseen_original(restated: Timeliness, as_new: Timeliness) -> Timeliness:
    """A row of an amendment, by whether it restates a row of an original that is not at hand or is new."""
    if not restated.path or restated.status != "in time" or as_new.status == "in time":
        return restated
    message = (
        f"{restated.message} That is the day of the original, which the library does not hold: "
        "whether it had this row, or the amendment adds it, is not known."
    )
    return replace(restated, status="unknown", message=message)


def _timeliness(filing: Filing, added: Collection[str] | None, shut: tuple[date, ...]) -> list[Timeliness]:
    form = (filing.document_type or "")[:1]
    if form == "3":
        return [_form3(filing, shut)]
    rows = [(path, row) for path, row in filing.rows() if row.row_type == "transaction"]
    if form == "5":
        return [
            _form5(filing, shut),
            *(late for path, row in filing.rows() if (late := _admitted(filing, path, row))),
        ]
    stated = any(states_10b5_1(text) for text in filing.footnotes.values())
    plan = True if stated else filing.aff10b5_one
    return [_form4(filing, path, row, plan=plan, added=added, closed=shut) for path, row in rows]


@dataclass(frozen=True, slots=True)
class LastDays:
    """The last day for a report by the rule, the last if an exception applies, and the rule.

    ``latest`` is ``None`` where it hangs on the end of a fiscal year that a form does not say.
    """

    due: date
    latest: date | None
    rule: str


def last_days(
    event: date,
    code: str | None,
    direction: str | None,
    *,
    plan: bool | None,
    on_form5: bool = False,
    deemed: date | None = None,
    closed: tuple[date, ...] = (),
) -> LastDays:
    """By when a Form 4 had to report a transaction of a day, by its code and its direction (A or D).

    ``plan`` says whether it was made under a Rule 10b5-1 plan, ``on_form5`` whether the form itself calls it one
    that could wait for Form 5, and ``deemed`` is the form's deemed execution date.
    """
    gift = code == "G" and direction == "D"
    if (on_form5 or code in ON_FORM5) and not (gift and event >= GIFTS_FROM):
        # The fiscal year ends on the day of the transaction at the earliest.
        due = next_business_day(event + timedelta(days=FORM5_DAYS), closed)
        rule = "The transaction could wait for Form 5, due 45 days after the fiscal year (Rule 16a-3(f))"
        return LastDays(due, None, rule)
    if event < TWO_DAYS_FROM:
        month_end = (event.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        due = next_business_day(month_end + timedelta(days=10), closed)
        return LastDays(due, due, "Before 29 Aug 2002 Form 4 was due on the 10th day after the month")
    rule = "Form 4 is due on the second business day after the trade (Section 16(a)(2)(C), Release 34-46421)"
    if gift:
        rule = "From 27 Feb 2023 a gift is due on Form 4 on the second business day (Release 33-11138)"
    bound = business_day_after(event, DEEMED_DAYS, closed)
    due = business_day_after(min(deemed, bound) if deemed and deemed > event else event, 2, closed)
    deferred = plan or (code in {"P", "S", "I"} and plan is None)
    latest = business_day_after(bound, 2, closed) if deferred else due
    return LastDays(due, max(due, latest), rule)


def business_day_after(day: date, count: int, closed: tuple[date, ...] = ()) -> date:
    """The business day that many after a day: not Saturday, Sunday or a federal holiday (Rule 0-3(a))."""
    return _business_day_after(day, count, closed)


def next_business_day(day: date, closed: tuple[date, ...] = ()) -> date:
    """The day itself if the SEC is open, else the next on which it is (Rule 0-3(a))."""
    return _business_day_after(day - timedelta(days=1), 1, closed)


@lru_cache(maxsize=16)
def _holidays(decade: int) -> frozenset[date]:
    """Federal holidays of ten years, as observed."""
    from pandas.tseries.holiday import USFederalHolidayCalendar  # slow to import, and seldom needed

    days = USFederalHolidayCalendar().holidays(f"{decade}-01-01", f"{decade + 9}-12-31")
    return frozenset(day.date() for day in days) | CLOSED


@lru_cache(maxsize=8192)
def _business_day_after(day: date, count: int, closed: tuple[date, ...]) -> date:
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _holidays(day.year // 10 * 10) and day not in closed:
            count -= 1
    return day


def _form3(filing: Filing, closed: tuple[date, ...]) -> Timeliness:
    event = possible_day(filing, filing.period_of_report)
    due = next_business_day(event + timedelta(days=FORM3_DAYS), closed) if event else None
    rule = "Form 3 is due 10 days after the event (Section 16(a)(2)(B)), at a first registration by its effectiveness"
    return _judged(filing, "", event, due, due, rule)


def _form5(filing: Filing, closed: tuple[date, ...]) -> Timeliness:
    event = possible_day(filing, filing.period_of_report)
    due = next_business_day(event + timedelta(days=FORM5_DAYS), closed) if event else None
    return _judged(
        filing, "", event, due, due, "Form 5 is due 45 days after the fiscal year (Rule 16a-3(f)(1))"
    )


def _admitted(filing: Filing, path: str, row: Row) -> Timeliness | None:
    """A row that Form 5 itself marks as late: form type 3 or 4, or timeliness L (Form 5, General Instruction 4)."""
    if row.transaction_form_type not in {"3", "4"} and row.transaction_timeliness != "L":
        return None
    form = row.transaction_form_type if row.transaction_form_type in {"3", "4"} else "4"
    message = f"Form 5 itself reports this row as one that was due on Form {form}."
    rule = "A late Form 3 or 4 report is marked on Form 5 (General Instruction 4(a))"
    filed = filing.submission.filed_as_of_date
    return Timeliness(path, "late", row.transaction_date, None, None, filed, signed(filing), 0, rule, message)


def _form4(
    filing: Filing,
    path: str,
    row: Row,
    *,
    plan: bool | None,
    added: Collection[str] | None,
    closed: tuple[date, ...],
) -> Timeliness:
    event = possible_day(filing, row.transaction_date)
    own_date = path in (added or ())
    if event is None:
        message = "The row has no day of transaction that can be true."
        return Timeliness(path, "unknown", None, None, None, *_dates(filing, own_date), 0, "", message)
    if row.transaction_timeliness == "L":
        message = "The form itself marks this row as late."
        return Timeliness(
            path, "late", event, None, None, *_dates(filing, own_date), 0, "Timeliness L", message
        )
    days = last_days(
        event,
        row.transaction_code,
        row.acquired_disposed_code,
        plan=plan,
        on_form5=row.transaction_form_type == "5",
        deemed=possible_day(filing, row.deemed_execution_date),
        closed=closed,
    )
    return _judged(filing, path, event, days.due, days.latest, days.rule, own_date=own_date)


def _dates(filing: Filing, own_date: bool) -> tuple[date | None, date | None]:
    """The filing date and the signature's day; for an amendment's restated rows, the original's."""
    if (filing.document_type or "").endswith("/A") and not own_date:
        return filing.date_of_original_submission, None
    return filing.submission.filed_as_of_date, signed(filing)


def _judged(
    filing: Filing,
    path: str,
    event: date | None,
    due: date | None,
    latest: date | None,
    rule: str,
    *,
    own_date: bool = False,
) -> Timeliness:
    """Hold the filing date, or its bound, to the last day; ``latest`` is ``None`` where no last day is known."""
    filed, was_signed = _dates(filing, own_date)
    if due is None or event is None:
        message = "The form gives no day to count from that can be true."
        return Timeliness(path, "unknown", event, due, latest, filed, was_signed, 0, rule, message)
    known = filed or was_signed
    if known is None:
        message = f"Due by {spoken_day(due)}; neither filing date nor signature is known."
        return Timeliness(path, "unknown", event, due, latest, None, None, 0, rule, message)
    late = max((known - due).days, 0)
    if known < event:
        status: Status = "unknown"
        message = (
            f"{_made(filed, known)}, before the day it reports, {spoken_day(event)}: one of them is wrong."
        )
    elif not late:
        status = "in time" if filed else "unknown"
        message = f"{_made(filed, known)}, due by {spoken_day(due)}." + (
            "" if filed else " The filing date is not known; it may be later than the signature."
        )
    elif latest is None:
        status, late = "unknown", 0
        message = f"{_made(filed, known)}; the end of the fiscal year, from which the last day counts, is not known."
    else:
        status = "late" if filed and known > latest else "possibly late"
        message = f"{_made(filed, known)}, {late:,} day{'' if late == 1 else 's'} after {spoken_day(due)}."
        if status == "possibly late":
            message += (
                " An exception may apply." if filed else " Signatures may be misdated, and exceptions exist."
            )
    return Timeliness(path, status, event, due, latest, filed, was_signed, late, rule, message)


def _made(filed: date | None, known: date) -> str:
    return f"{'Filed' if filed else 'Signed'} on {spoken_day(known)}"
