"""The labels in the heads of the two tables as dumps show them, and the columns they stand over."""

from __future__ import annotations

from typing import Final

from lib.filings.form import Table

_CHANGES_I: Final = (
    ("security_title", "1."),
    ("transaction_date", "2."),
    ("deemed_execution_date", "2A."),
    ("transaction_code", "3."),
    ("v", "V"),
    ("transaction_amount", "4."),
    ("acquired_disposed_code", "(A)"),
    ("transaction_price_per_share", "Price"),
    ("owned_following", "5."),
    ("direct_or_indirect", "6."),
    ("nature_of_ownership", "7."),
)
_CHANGES_II: Final = (
    ("security_title", "1."),
    ("conversion_or_exercise_price", "2."),
    ("transaction_date", "3."),
    ("deemed_execution_date", "3A."),
    ("transaction_code", "4."),
    ("v", "V"),
    ("acquired", "5."),
    ("disposed", "(D)"),
    ("exercise_date", "6."),
    ("expiration_date", "Expiration"),
    ("underlying_security_title", "7."),
    ("underlying_amount", "Amount"),
    ("transaction_price_per_share", "8."),
    ("owned_following", "9."),
    ("direct_or_indirect", "10."),
    ("nature_of_ownership", "11."),
)
_INITIAL_I: Final = (
    ("security_title", "1."),
    ("owned_following", "2."),
    ("direct_or_indirect", "3."),
    ("nature_of_ownership", "4."),
)
_INITIAL_II: Final = (
    ("security_title", "1."),
    ("exercise_date", "2."),
    ("expiration_date", "Expiration"),
    ("underlying_security_title", "3."),
    ("underlying_amount", "Amount"),
    ("conversion_or_exercise_price", "4."),
    ("direct_or_indirect", "5."),
    ("nature_of_ownership", "6."),
)
LABELS: Final = {
    ("non_derivative", False): _CHANGES_I,
    ("derivative", False): _CHANGES_II,
    ("non_derivative", True): _INITIAL_I,
    ("derivative", True): _INITIAL_II,
}
HEAD_WORDS: Final = frozenset(
    """1. 2. 2A. 3. 3A. 4. 5. 6. 7. 8. 9. 10. 11. Title of Security (Instr. 3) 4) 5) 8) 3 3, 4 and or Derivative
    Conversion Exercise Price Transaction Date Deemed Execution Date, if any (Month/Day/Year) Code V Securities
    Acquired (A) Disposed Of (D) of Amount Beneficially Owned Following Reported Transaction(s) Ownership Form:
    Direct Indirect (I) Nature Beneficial Number Exercisable Expiration Underlying Shares derivative at end End
    Issuer's Fiscal Year (e.g., puts, calls, warrants, options, convertible securities)""".split()  # noqa: SIM905 - reads as the labels do
)
"""By table and whether it is Form 3's: each column and the label at whose place it starts."""

LOWER_LABELS: Final = {
    "non_derivative": {
        "code": "transaction_code",
        "v": "v",
        "amount": "transaction_amount",
        "(a)or(d)": "acquired_disposed_code",
        "price": "transaction_price_per_share",
    },
    "derivative": {
        "code": "transaction_code",
        "v": "v",
        "(a)": "acquired",
        "(d)": "disposed",
        "dateexercisable": "exercise_date",
        "expirationdate": "expiration_date",
        "title": "underlying_security_title",
        "amountornumberofshares": "underlying_amount",
    },
}
"""The labels of the lower head whole, without spaces and capitals."""


def table_columns(table: Table, form: str) -> tuple[str, ...]:
    """The names of a table's columns, left to right."""
    return tuple(name for name, _ in LABELS[table, form == "3"])


def numbered_labels(table: Table, form: str) -> dict[str, str]:
    """The columns by the number of their label, such as ``2A``."""
    labels = LABELS[table, form == "3"]
    return {label[:-1]: name for name, label in labels if label[0].isdigit()}
