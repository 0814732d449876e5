"""Checks on a row's letters: code, acquired or disposed, direct or indirect, and what underlies it."""

from __future__ import annotations

from typing import Final

from lib.filings.checks.words import field_name, row_name
from lib.filings.codes import TRANSACTION_CODES
from lib.filings.record import Filing, Finding

_CODING: Final = (
    "transaction_date",
    "deemed_execution_date",
    "transaction_code",
    "transaction_timeliness",
    "transaction_shares",
    "transaction_total_value",
    "transaction_price_per_share",
    "acquired_disposed_code",
)
"""What only a transaction has; the form type is apart, for late holdings carry it."""


def codes(filing: Filing) -> list[Finding]:
    """A transaction has a code, and it is one of the SEC's.

    Source: EDGAR Ownership XML Technical Specification v3, section 3.6.9; Form 4, General Instruction 8.
    """
    found = []
    for where, row in filing.rows():
        code, place = row.transaction_code, f"{where}.transaction_code"
        if row.row_type == "transaction" and code is None:
            message = f"{row_name(where)} is a transaction without a code."
            found.append(Finding("error", place, message, "code.missing"))
        elif code is not None and code not in TRANSACTION_CODES:
            message = f"{row_name(where)} has the code “{code[:20]}”, which is none of the SEC's."
            found.append(Finding("error", place, message, "code.unknown"))
    return found


def directions(filing: Filing) -> list[Finding]:
    """A transaction says whether it acquires (A) or disposes (D).

    Source: EDGAR Ownership XML Technical Specification v3, ``transactionAcquiredDisposedCode``.
    """
    return [
        Finding(
            "error",
            f"{where}.acquired_disposed_code",
            f"{row_name(where)} is neither marked acquired (A) nor disposed of (D)."
            if row.acquired_disposed_code is None
            else f"{row_name(where)} is marked “{row.acquired_disposed_code[:20]}”, neither acquired (A) nor "
            "disposed of (D).",
            "code.direction",
        )
        for where, row in filing.rows()
        if row.row_type == "transaction" and row.acquired_disposed_code not in {"A", "D"}
    ]


def coded_holdings(filing: Filing) -> list[Finding]:
    """A holding has no coding, except the form type 3 of a holding that an earlier Form 3 left out.

    Source: EDGAR Ownership XML Technical Specification v3, ``transactionCoding`` of holdings (form type 3
    on Form 4 or 5, which EDGAR derives ``form3HoldingsReported`` from); Rule 16a-3(f).
    """
    found = []
    for where, row in filing.rows():
        if row.row_type != "holding":
            continue
        given = [name for name in _CODING if getattr(row, name) is not None]
        if given:
            fields = ", ".join(field_name(name) for name in given)
            message = f"{row_name(where)} is a holding, but has what only a transaction has: {fields}."
            found.append(Finding("warning", where, message, "holding.coded"))
        late = row.transaction_form_type
        if late is not None and (late != "3" or (filing.document_type or "").startswith("3")):
            message = f"{row_name(where)} is a holding with form type {late}; only 3, on a Form 4 or 5, means something."
            found.append(Finding("warning", f"{where}.transaction_form_type", message, "holding.form-type"))
    return found


def ownership(filing: Filing) -> list[Finding]:
    """Direct ownership has no nature, indirect ownership has one, and every row is one of them.

    Source: EDGAR Ownership XML Technical Specification v3, ``ownershipNature``; Form 4, Table I, columns 6, 7.
    """
    found = []
    for where, row in filing.rows():
        nature = f"{where}.nature_of_ownership"
        told = row.nature_of_ownership or row.footnotes.get("nature_of_ownership")
        match row.direct_or_indirect:
            case "D" if row.nature_of_ownership:
                message = (
                    f"{row_name(where)} is owned directly (D), yet gives a nature of indirect ownership: "
                    f"“{row.nature_of_ownership[:80]}”."
                )
                found.append(Finding("warning", nature, message, "ownership.direct-with-nature"))
            case "I" if not told:
                message = f"{row_name(where)} is owned indirectly (I), but does not say how."
                found.append(Finding("warning", nature, message, "ownership.indirect-without-nature"))
            case "D" | "I":
                pass
            case other:
                message = f"{row_name(where)} is neither direct (D) nor indirect (I)" + (
                    f", but “{other[:20]}”." if other else "."
                )
                found.append(Finding("error", f"{where}.direct_or_indirect", message, "ownership.missing"))
    return found


def underlying(filing: Filing) -> list[Finding]:
    """A derivative names the security it is for.

    Source: EDGAR Ownership XML Technical Specification v3, ``underlyingSecurityTitle``; Form 4, Table II,
    column 7.
    """
    return [
        Finding(
            "warning",
            f"derivative[{n}].underlying_security_title",
            f"{row_name(f'derivative[{n}]')} does not name the security underlying the derivative.",
            "derivative.no-underlying",
        )
        for n, row in enumerate(filing.derivative)
        if not (row.underlying_security_title or row.footnotes.get("underlying_security_title"))
    ]
