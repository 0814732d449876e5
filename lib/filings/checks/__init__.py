"""Checks on one filing: what a person should look at before trusting it.

Each check is a small pure function from a filing to findings and never changes anything; its docstring
cites what it holds the filing to. An ``error`` is what EDGAR would refuse or what leaves a value without
meaning, a ``warning`` is most likely a mistake of the filer or of the reading, a ``note`` is unusual and
may well be right. What several filings say together is checked by the ledger, not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lib.filings.checks.amounts import (
    absurd_amounts,
    empty_prices_and_dates,
    free_trades,
    missing_amounts,
    shares_and_value,
)
from lib.filings.checks.balances import balances
from lib.filings.checks.coding import coded_holdings, codes, directions, ownership, underlying
from lib.filings.checks.days import (
    days_after_signature,
    days_of_derivatives,
    days_outside_period,
    period_of_form4,
    signature_before_period,
)
from lib.filings.checks.footnotes import footnotes
from lib.filings.checks.head import amendment, labels_as_values, nothing_reported, roles
from lib.filings.checks.limits import decimals, sizes
from lib.filings.checks.plan_box import plan_box, states_10b5_1
from lib.filings.record import Filing, Finding

__all__ = ["CHECKS", "check", "checked", "states_10b5_1"]

CHECKS: Final[tuple[Callable[[Filing], list[Finding]], ...]] = (
    amendment,
    roles,
    nothing_reported,
    labels_as_values,
    period_of_form4,
    signature_before_period,
    days_after_signature,
    days_outside_period,
    days_of_derivatives,
    codes,
    directions,
    coded_holdings,
    ownership,
    underlying,
    empty_prices_and_dates,
    missing_amounts,
    shares_and_value,
    free_trades,
    absurd_amounts,
    balances,
    footnotes,
    plan_box,
    sizes,
    decimals,
)

OF_EMPTY: Final = "empty."
"""What the rules of checks on empty values start with."""


def check(filing: Filing) -> tuple[Finding, ...]:
    """What every check finds in the filing, head first, then rows, then the whole."""
    return tuple(finding for one in CHECKS for finding in one(filing))


def checked(filing: Filing) -> Filing:
    """The filing with the checks' findings after its own; checking twice adds nothing.

    That a value is empty is not told again where the reader says what stands there and cannot be read.
    """
    unread = {finding.where for finding in filing.findings if finding.severity != "note"}
    new = [
        finding
        for finding in check(filing)
        if finding not in filing.findings
        and not (finding.rule.startswith(OF_EMPTY) and finding.where in unread)
    ]
    return replace(filing, findings=(*filing.findings, *new)) if new else filing
