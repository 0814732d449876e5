"""Records of any content: every row counts or is set aside once, and nothing raises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.filings.record import Filing, Issuer, Owner, Row, Signature, Submission
from lib.holdings.deadlines import timeliness
from lib.holdings.ledger import build_book
from lib.holdings.reconcile import reconcile
from lib.holdings.short_swing import short_swing
from lib.holdings.splits import adjusted, proposed_splits, stated_splits

DAYS = (
    None,
    date.min,
    date(203, 1, 2),
    date(2002, 8, 28),
    date(2020, 1, 2),
    date(2020, 2, 29),
    date(2020, 3, 2),
    date.max,
)
AMOUNTS = st.sampled_from(
    (None, *map(Decimal, ("0", "0.0001", "50", "100", "150", "200", "300", "-5", "1E+30")))
)
MARKS = ("F1", "F2", "F9")

rows = st.builds(
    Row,
    row_type=st.sampled_from(("transaction", "holding")),
    security_title=st.sampled_from((None, "", "Common", "Common Stock", "Option", "()", "par value")),
    conversion_or_exercise_price=AMOUNTS,
    transaction_date=st.sampled_from(DAYS),
    deemed_execution_date=st.sampled_from(DAYS),
    transaction_form_type=st.sampled_from((None, "3", "4", "5")),
    transaction_code=st.sampled_from((None, "P", "S", "M", "G", "J", "?")),
    transaction_timeliness=st.sampled_from((None, "L", "E")),
    transaction_shares=AMOUNTS,
    transaction_total_value=AMOUNTS,
    transaction_price_per_share=AMOUNTS,
    acquired_disposed_code=st.sampled_from((None, "A", "D", "X")),
    expiration_date=st.sampled_from(DAYS),
    underlying_security_shares=AMOUNTS,
    shares_owned_following=AMOUNTS,
    value_owned_following=AMOUNTS,
    direct_or_indirect=st.sampled_from((None, "D", "I", "?")),
    nature_of_ownership=st.sampled_from((None, "", "By Trust", "See footnote", "by wife")),
    footnotes=st.dictionaries(
        st.sampled_from(("nature_of_ownership", "transaction_price_per_share", "security_title")),
        st.sampled_from(MARKS).map(lambda mark: (mark,)),
        max_size=2,
    ),
)
filings = st.builds(
    Filing,
    container=st.sampled_from(("xml", "pdf", "text")),
    document_type=st.sampled_from((None, "", "3", "4", "5", "4/A", "5/A", "/A")),
    period_of_report=st.sampled_from(DAYS),
    date_of_original_submission=st.sampled_from(DAYS),
    issuer=st.sampled_from(
        (Issuer(), Issuer(None, "A Corp", "A"), Issuer("1", "A Corp"), Issuer(None, "B", "none"))
    ),
    reporting_owners=st.lists(
        st.sampled_from(
            (Owner(), Owner(None, "Smith John"), Owner("7", "John Smith"), Owner(None, "Smith John A"))
        ),
        max_size=2,
    ).map(tuple),
    non_derivative=st.lists(rows, max_size=4).map(tuple),
    derivative=st.lists(rows, max_size=3).map(tuple),
    footnotes=st.just(
        {
            "F1": "A 2-for-1 stock split on May 40, 2020.",
            "F2": "Weighted average, from $1 to $2. 50 + 100 under the ESPP.",
        }
    ),
    signatures=st.sampled_from(((), (Signature(None, date(2020, 1, 3)),), (Signature("x", date.min),))),
    submission=st.sampled_from((Submission(), Submission("1", date(2020, 1, 6)), Submission("2", date.max))),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(filings, max_size=5))
def test_any_records(given_filings: list[Filing]) -> None:
    """Ledger, breaks, splits, deadlines and short swing take whatever readers give."""
    library = list(enumerate(given_filings))
    book = build_book(library)
    moved = [(m.filing_id, m.path) for one in book.ledgers for r in one.reports for m in r.movements]
    aside = [(one.filing_id, one.path) for ledger in book.ledgers for one in ledger.aside]
    assert sorted(moved + aside) == sorted((n, path) for n, one in library for path, _ in one.rows())
    assert build_book(library[::-1]) == book
    for report in (report for one in book.ledgers for report in one.reports):
        if (
            None not in (report.opening, report.change, report.closing)
            and report.closing
            and abs(report.closing) < 10**9
        ):
            assert report.opening is not None
            assert report.change is not None
            if abs(report.change) < 10**9 and abs(report.opening) < 10**9:
                assert report.opening + report.change + report.inside == report.closing
    for one in reconcile(book, library):
        assert one.amount
        assert all(cause.sentence for cause in one.causes)
    splits = [*proposed_splits(book), *stated_splits(library, [one.position for one in book.ledgers])]
    build_book(library, splits=splits)
    for ledger in book.ledgers:
        adjusted(ledger, splits)
    short_swing(book.ledgers)
    for _, filing in library:
        timeliness(filing)
