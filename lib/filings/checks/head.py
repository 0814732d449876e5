"""Checks on the head of the form: amendment, roles of the owners, and whether it reports anything."""

from __future__ import annotations

import re
from functools import lru_cache

from lib.filings.checks.words import day, plural
from lib.filings.record import Filing, Finding, Owner


def amendment(filing: Filing) -> list[Finding]:
    """An amendment names the day its original was filed, and that day is before its signature.

    Source: EDGAR Ownership XML Technical Specification v3, ``dateOfOriginalSubmission`` (amendments only).
    """
    where, rule = "date_of_original_submission", "amendment.original"
    original = filing.date_of_original_submission
    is_amendment = (filing.document_type or "").endswith("/A")
    if original is None:
        if not is_amendment:
            return []
        message = (
            f"A Form {filing.document_type} amends an earlier filing, but does not say when that was filed."
        )
        return [Finding("warning", where, message, rule)]
    if not is_amendment:
        message = (
            f"The date of an original filing, {day(original)}, stands on a form that is not an amendment."
        )
        return [Finding("warning", where, message, rule)]
    signed = [s.date for s in filing.signatures if s.date]
    if signed and original > max(signed):
        message = f"The original was filed on {day(original)}, after this amendment was signed on {day(max(signed))}."
        return [Finding("warning", where, message, rule)]
    return []


def roles(filing: Filing) -> list[Finding]:
    """Every owner has a role; an officer has a title and an “other” says what.

    Source: EDGAR Ownership XML Technical Specification v3, ``reportingOwnerRelationship``; Form 4, box 5.
    Printed forms show the roles of the first owner only, so only that one is held to having a role there.
    """
    found = []
    for n, owner in enumerate(filing.reporting_owners):
        where = f"reporting_owners[{n}]"
        name = owner.name or f"Owner {n + 1}"
        if not _has_role(owner) and (n == 0 or filing.container in {"xml", "submission"}):
            message = f"{name} is marked neither director, officer, 10% owner nor other."
            found.append(Finding("warning", where, message, "owner.no-role"))
        if owner.is_officer and not owner.officer_title:
            message = f"{name} is an officer, but no title is given."
            found.append(Finding("warning", f"{where}.officer_title", message, "owner.no-title"))
        if owner.is_other and not owner.other_text:
            message = f"{name} is marked “other”, but the form does not say what."
            found.append(Finding("warning", f"{where}.other_text", message, "owner.no-other-text"))
    return found


def nothing_reported(filing: Filing) -> list[Finding]:
    """A form without rows says why: a Form 3 by ``noSecuritiesOwned``, a Form 4 or 5 by the exit box.

    Source: EDGAR Ownership XML Technical Specification v3, ``noSecuritiesOwned`` (Form 3) and
    ``notSubjectToSection16``; Form 3, General Instruction 5 ("No securities are beneficially owned").
    """
    rows = len(filing.rows())
    where, rule = "no_securities_owned", "form.nothing-reported"
    form = (filing.document_type or "")[:1]
    if filing.no_securities_owned and rows:
        message = (
            f"The form says that no securities are beneficially owned, yet it reports {plural(rows, 'row')}."
        )
        return [Finding("error", where, message, rule)]
    if filing.no_securities_owned and form in {"4", "5"}:
        message = f"“No securities are beneficially owned” belongs to Form 3, not to Form {form}."
        return [Finding("warning", where, message, rule)]
    if rows or filing.no_securities_owned:
        return []
    if form == "3":
        message = "The form lists no securities, but does not say that none are beneficially owned."
        return [Finding("warning", where, message, rule)]
    if form in {"4", "5"} and not filing.not_subject_to_section16:
        message = f"This Form {form} reports no transaction and no holding."
        return [Finding("note", "non_derivative", message, rule)]
    return []


def _has_role(owner: Owner) -> bool:
    return owner.is_director or owner.is_officer or owner.is_ten_percent_owner or owner.is_other


def labels_as_values(filing: Filing) -> list[Finding]:
    """A name or title that holds words of the form itself was not read: the text's lines or columns are lost.

    The labels are those of boxes 1 to 6 of Forms 3, 4 and 5.
    """
    named = [
        ("issuer.name", filing.issuer.name),
        ("issuer.symbol", filing.issuer.symbol),
        *[(f"reporting_owners[{n}].name", owner.name) for n, owner in enumerate(filing.reporting_owners)],
    ]
    titles = [(where, row.security_title) for where, row in filing.rows() if row.security_title]
    named += [(f"{where}.security_title", title) for where, title in titles if _holds_label(title)]
    message = "This holds words of the form itself, so the value was not told from its label. Read it in the source."
    return [
        Finding("error", where, message, "value.label")
        for where, text in named
        if text and _holds_label(text)
    ]


_LABEL = re.compile(
    r"\((?:Last|First|Middle|Street|City|State|Zip)\)|Relationship of Reporting|Name and Address of|"
    r"Ticker or Trading|Date of Earliest|Individual or Joint|Check all applicable",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _holds_label(text: str) -> bool:
    """Kept for names and titles that a market's filings repeat."""
    return _LABEL.search(text) is not None
