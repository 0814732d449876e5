"""Random filing records: any that a reader could give and ownership XML could hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lib.filings.codes import TRANSACTION_CODES
from lib.filings.record import DATE_FIELDS, DECIMAL_FIELDS, Filing, Issuer, Owner, Row, Signature
from lib.filings.values import folded

WORDS = (
    st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=60)
    .map(folded)
    .filter(lambda text: text is None or text)
)
"""Folded text of any script, with markup and entities among it, or None."""

DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))
NUMBERS = st.decimals(0, 10**13, places=4).map(abs) | st.integers(0, 10**13).map(Decimal)
CIKS = st.none() | st.from_regex(r"[0-9]{10}", fullmatch=True)

HOLDING = ("shares_owned_following", "security_title", "direct_or_indirect", "nature_of_ownership")
TRANSACTION = (
    *HOLDING,
    "transaction_date",
    "deemed_execution_date",
    "transaction_form_type",
    "transaction_code",
    "equity_swap_involved",
    "transaction_timeliness",
    "transaction_shares",
    "transaction_price_per_share",
    "acquired_disposed_code",
)
DERIVATIVE = (
    "conversion_or_exercise_price",
    "exercise_date",
    "expiration_date",
    "underlying_security_title",
    "underlying_security_shares",
)
VALUE_INSTEAD = {
    "shares_owned_following": "value_owned_following",
    "underlying_security_shares": "underlying_security_value",
    "transaction_shares": "transaction_total_value",
}
LETTERS = {
    "transaction_form_type": "345",
    "transaction_code": "".join(TRANSACTION_CODES),
    "transaction_timeliness": "EL",
    "acquired_disposed_code": "AD",
    "direct_or_indirect": "DI",
}
UNMARKED = {"transaction_form_type", "equity_swap_involved"}


def _value(field: str) -> st.SearchStrategy[Any]:
    if field in DECIMAL_FIELDS:
        return NUMBERS
    if field in DATE_FIELDS:
        return DAYS
    if field == "equity_swap_involved":
        return st.booleans()
    return st.sampled_from(LETTERS[field]) if field in LETTERS else WORDS


@st.composite
def rows(draw: st.DrawFn, derivative: bool, ids: tuple[str, ...]) -> Row:
    """A transaction or holding of either table, any cell empty, marked with some of the footnotes."""
    row_type = draw(st.sampled_from(("transaction", "holding")))
    fields = (TRANSACTION if row_type == "transaction" else HOLDING) + (DERIVATIVE if derivative else ())
    values: dict[str, Any] = {}
    marks: dict[str, tuple[str, ...]] = {}
    for field in fields:
        instead = VALUE_INSTEAD.get(field)
        if instead in {"transaction_total_value"} and not derivative:
            instead = None
        name = instead if instead and draw(st.booleans()) else field
        values[name] = draw(st.none() | _value(name))
        if ids and name not in UNMARKED and draw(st.integers(0, 4)) == 0:
            marks[name] = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2)))
    return Row(row_type, footnotes=marks, **values)


OWNERS = st.builds(
    Owner,
    cik=CIKS,
    **dict.fromkeys(("name", "street1", "street2", "city", "state", "zip_code"), WORDS),
    **{name: st.booleans() for name in ("is_director", "is_officer", "is_ten_percent_owner", "is_other")},
    officer_title=WORDS,
    other_text=WORDS,
)


@st.composite
def filings(draw: st.DrawFn) -> Filing:
    """A whole filing of any form, in the record's own terms."""
    document_type = draw(st.sampled_from(("3", "3/A", "4", "4/A", "5", "5/A")))
    notes = draw(st.lists(WORDS.filter(bool), max_size=4))
    footnotes = {f"F{n}": note for n, note in enumerate(notes, 1)}
    ids = tuple(footnotes)
    form3 = document_type.startswith("3")
    return Filing(
        container="xml",
        document_type=document_type,
        schema_version=draw(st.sampled_from(("X0306", "X0508", "X0609"))),
        period_of_report=draw(st.none() | DAYS),
        date_of_original_submission=draw(st.none() | DAYS) if document_type.endswith("/A") else None,
        no_securities_owned=form3 and draw(st.booleans()),
        not_subject_to_section16=not form3 and draw(st.booleans()),
        aff10b5_one=draw(st.sampled_from((None, True, False))),
        issuer=Issuer(draw(CIKS), draw(WORDS), draw(WORDS)),
        reporting_owners=tuple(draw(st.lists(OWNERS, max_size=3))),
        non_derivative=tuple(draw(st.lists(rows(derivative=False, ids=ids), max_size=4))),
        derivative=tuple(draw(st.lists(rows(derivative=True, ids=ids), max_size=4))),
        footnotes=footnotes,
        remarks=draw(WORDS),
        signatures=tuple(
            Signature(name, day)
            for name, day in draw(st.lists(st.tuples(WORDS, st.none() | DAYS), max_size=3))
        ),
    )
