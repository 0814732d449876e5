"""The two legs of an exercise or conversion: what Table II gives up is what Table I receives.

Form 4, General Instruction 4(c)(iii): the exercise or conversion of a derivative is reported in Table II as a
disposition of the derivative and in Table I as an acquisition of the stock. Units that vest from Table I
itself have one leg, so a missing one is only a note.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Final

from lib.filings.record import Filing
from lib.holdings.positions import ZERO, LedgerFinding
from lib.holdings.words import figure, row_words, spoken_day

TWO_LEGGED: Final = frozenset("MCXO")


def legs(filing_id: int, filing: Filing) -> list[LedgerFinding]:
    """For each day and code with two legs in a filing, whether they carry the same number of shares."""
    received: dict[tuple[date | None, str], Decimal] = defaultdict(Decimal)
    given: dict[tuple[date | None, str], Decimal] = defaultdict(Decimal)
    first: dict[tuple[date | None, str], str] = {}
    unknown: set[tuple[date | None, str]] = set()
    for path, row in filing.rows():
        code = row.transaction_code
        if code not in TWO_LEGGED:
            continue
        at = (row.transaction_date, code)
        derivative = path.startswith("derivative")
        shares = row.underlying_security_shares if derivative else row.transaction_shares
        if derivative == (row.acquired_disposed_code == "D") and row.acquired_disposed_code in {"A", "D"}:
            first.setdefault(at, path)
            (given if derivative else received)[at] += shares or ZERO
            if shares is None:
                unknown.add(at)
    found = []
    for at in received:
        if at in given and at not in unknown and received[at] != given[at]:
            day, code = at
            message = (
                f"With code {code} on {spoken_day(day)}, Table I acquires {figure(received[at])} shares and Table II "
                f"gives up derivatives of {figure(given[at])}, starting at {row_words(first[at])}."
            )
            found.append(LedgerFinding("note", (filing_id,), first[at], message, "legs.differ"))
    return found
