"""Transaction codes and roles, in words.

Codes are those of the EDGAR Ownership XML Technical Specification v3, section 3.6.9. K and V are not among
them: EDGAR prints K for an equity swap and V for a transaction reported voluntarily early.
"""

from __future__ import annotations

from typing import Final

TRANSACTION_CODES: Final[dict[str, str]] = {
    "P": "Open-market or private purchase",
    "S": "Open-market or private sale",
    "A": "Grant, award or other acquisition from the issuer (Rule 16b-3(d))",
    "D": "Disposition to the issuer (Rule 16b-3(e))",
    "F": "Exercise price or tax paid by delivering or withholding securities (Rule 16b-3)",
    "I": "Discretionary transaction (Rule 16b-3(f))",
    "M": "Exercise or conversion of a derivative security exempted under Rule 16b-3",
    "C": "Conversion of a derivative security",
    "E": "Expiration of a short derivative position",
    "H": "Expiration or cancellation of a long derivative position with value received",
    "O": "Exercise of an out-of-the-money derivative security",
    "X": "Exercise of an in-the-money or at-the-money derivative security",
    "G": "Bona fide gift",
    "L": "Small acquisition (Rule 16a-6)",
    "W": "Acquisition or disposition by will or the laws of descent and distribution",
    "Z": "Deposit into or withdrawal from a voting trust",
    "J": "Other acquisition or disposition, described in a footnote",
    "U": "Disposition in a tender of shares in a change-of-control transaction",
}

FORM_NAMES: Final[dict[str, str]] = {
    "3": "Initial statement of beneficial ownership",
    "4": "Statement of changes in beneficial ownership",
    "5": "Annual statement of changes in beneficial ownership",
}

OWNERSHIP: Final[dict[str, str]] = {"D": "Direct", "I": "Indirect"}

DIRECTIONS: Final[dict[str, str]] = {"A": "Acquired", "D": "Disposed of"}
