"""Checks on days: the period, the signature, the transactions and the life of derivatives."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from lib.filings.checks.words import day, plural, row_name
from lib.filings.record import Filing, Finding, Row, Severity

FAR_AFTER: Final = timedelta(days=365)
"""A Form 4 is due two business days after a trade; a row this long after its period is a slip of a year."""


def period_of_form4(filing: Filing) -> list[Finding]:
    """A Form 4's period is the date of its earliest transaction.

    Source: EDGAR Ownership XML Technical Specification v3, ``periodOfReport``; Form 4, box 3 ("Date of
    Earliest Transaction"). Transactions that are reported voluntarily early (form type 5) may be left out of
    the count, as filers do.
    """
    period = filing.period_of_report
    if period is None or not _is_form(filing, "4"):
        return []
    dated = [(row.transaction_date, row) for _, row in _transactions(filing) if row.transaction_date]
    days = [one for one, _ in dated]
    if not days or period == min(days):
        return []
    if period == min((one for one, row in dated if row.transaction_form_type != "5"), default=None):
        return []
    message = (
        f"The earliest transaction is of {day(min(days))}, but the form gives {day(period)} as its date: "
        f"{plural(abs((min(days) - period).days), 'day')} {'later' if period > min(days) else 'earlier'}."
    )
    return [Finding("warning", "period_of_report", message, "period.not-earliest")]


def signature_before_period(filing: Filing) -> list[Finding]:
    """A signature is not before the event, the earliest trade or the fiscal year's end it reports on.

    Source: Form 3, box 2; Form 4, box 3; Form 5, box 3; Rules 16a-3(a), (f) and (g): a statement follows
    what it reports. A Form 5 may be filed early when its year is not over, hence only a note there.
    """
    period = filing.period_of_report
    severity: Severity = "note" if _is_form(filing, "5") else "warning"
    return [
        Finding(
            severity,
            f"signatures[{n}].date",
            f"Signed on {day(signature.date)}, before the form's own date, {day(period)}.",
            "signature.before-period",
        )
        for n, signature in enumerate(filing.signatures)
        if period and signature.date and signature.date < period
    ]


def days_after_signature(filing: Filing) -> list[Finding]:
    """No transaction is of a day after the last signature.

    Source: Section 16(a)(2)(C) of the Exchange Act and Rule 16a-3: the forms report what has happened.
    """
    signed = max((s.date for s in filing.signatures if s.date), default=None)
    return [
        Finding(
            "warning",
            f"{where}.transaction_date",
            f"{row_name(where)} is of {day(row.transaction_date)}, after the form was signed on {day(signed)}.",
            "date.after-signature",
        )
        for where, row in _transactions(filing)
        if signed and row.transaction_date and row.transaction_date > signed
    ]


def days_outside_period(filing: Filing) -> list[Finding]:
    """Rows are of the time the form is for: Form 3 has none, Form 4's follow its period, Form 5's are of its year.

    Source: Form 3 (a statement of holdings); Form 4, box 3; Rule 16a-3(f) with Form 5, General Instruction
    4: transactions of the fiscal year, and earlier ones that should have been reported (form type 3 or 4).
    Where all of a Form 4 is after its period, ``period_of_form4`` says so once.
    """
    period = filing.period_of_report
    form = (filing.document_type or "")[:1]
    transactions = _transactions(filing)
    days = [row.transaction_date for _, row in transactions if row.transaction_date]
    starts_in_period = period is not None and min(days, default=period) <= period
    found = []
    for where, row in transactions:
        dated = row.transaction_date
        if form == "3":
            message = f"{row_name(where)} is a transaction; a Form 3 states holdings only."
            found.append(Finding("error", where, message, "form3.transaction"))
        elif dated is None or period is None:
            continue
        elif form == "4" and starts_in_period and dated - period > FAR_AFTER:
            message = (
                f"{row_name(where)} is of {day(dated)}, {plural((dated - period).days, 'day')} after the "
                f"form's earliest transaction, {day(period)}; one of the years may be wrong."
            )
            found.append(Finding("warning", f"{where}.transaction_date", message, "date.far-after-period"))
        elif form == "5" and not _in_fiscal_year(dated, period, row):
            message = (
                f"{row_name(where)} is of {day(dated)}, outside the fiscal year that ended on {day(period)}."
            )
            found.append(Finding("note", f"{where}.transaction_date", message, "date.outside-fiscal-year"))
    return found


def days_of_derivatives(filing: Filing) -> list[Finding]:
    """A derivative becomes exercisable before it expires, and is not traded after it expired.

    Source: EDGAR Ownership XML Technical Specification v3, ``exerciseDate`` and ``expirationDate``; Form 4,
    Table II, columns 3 and 6.
    """
    found = []
    for where, row in filing.rows():
        expires = row.expiration_date
        if expires is None:
            continue
        if row.exercise_date and row.exercise_date > expires:
            message = f"{row_name(where)} is exercisable from {day(row.exercise_date)}, but expires before, on {day(expires)}."
            found.append(
                Finding("warning", f"{where}.expiration_date", message, "date.expires-unexercisable")
            )
        if row.transaction_date and expires < row.transaction_date:
            message = f"{row_name(where)} is of {day(row.transaction_date)}, after the security expired on {day(expires)}."
            found.append(Finding("warning", f"{where}.expiration_date", message, "date.already-expired"))
    return found


def _in_fiscal_year(dated: date, period: date, row: Row) -> bool:
    """Of the year to ``period``, or before it and marked as late. Fiscal years run up to 53 weeks."""
    late = row.transaction_form_type in {"3", "4"} or row.transaction_timeliness == "L"
    return dated <= period and (late or period - dated <= timedelta(days=371))


def _is_form(filing: Filing, form: str) -> bool:
    return (filing.document_type or "").startswith(form)


def _transactions(filing: Filing) -> list[tuple[str, Row]]:
    return [one for one in filing.rows() if one[1].row_type == "transaction"]
