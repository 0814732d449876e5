"""The ledger: positions over time, and what filings leave unexplained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lib.filings.record import Filing, Issuer, Owner
from lib.holdings.ledger import Ledger, build_ledgers, unexplained_reports
from tests.builders import bertucci, filing, holding, transaction


def ledger_of(*filings: Filing, line: str = "Direct") -> Ledger:
    (found,) = [one for one in build_ledgers(enumerate(filings)) if one.position.line == line]
    return found


def test_bertucci_direct() -> None:
    """Between the filings of 2003 and 2007, 2,816,593 shares left the direct holding unreported."""
    first, second = ledger_of(*bertucci()).reports
    assert (first.date, first.closing) == (date(2003, 11, 24), 5103173)
    assert first.unexplained is None
    assert (second.opening, second.change, second.closing) == (2286580, -1700, 2284880)
    assert second.unexplained == -2816593


def test_bertucci_by_spouse() -> None:
    """A holding without a trade is a report too; its whole difference is unexplained."""
    first, second = ledger_of(*bertucci(), line="By Spouse").reports
    assert (first.closing, second.closing) == (5273927, 2445661)
    assert second.unexplained == -2828266


def test_largest_unexplained_amount_comes_first() -> None:
    """The list of breaks is ordered by what a person should look at."""
    found = unexplained_reports(build_ledgers(enumerate(bertucci())))
    assert [report.unexplained for _, report in found] == [-2828266, -2816593]


def test_filings_that_agree_leave_nothing_unexplained() -> None:
    """Opening ± transactions = closing."""
    first = filing("2020-01-02", transaction("2020-01-02", "P", "A", 100, 1100))
    second = filing("2020-02-03", transaction("2020-02-03", "S", "D", "0.5", "1099.5"))
    assert ledger_of(first, second).reports[1].unexplained == 0


def test_newest_row_first() -> None:
    """A filer who prints the newest row first still ends at the final balance."""
    rows = (
        transaction("2020-01-02", "S", "D", 300, 400),
        transaction("2020-01-02", "S", "D", 200, 700),
        transaction("2020-01-02", "S", "D", 100, 900),
    )
    (report,) = ledger_of(filing("2020-01-02", *rows)).reports
    assert (report.opening, report.closing) == (1000, 400)
    assert [m.balance for m in report.movements] == [900, 700, 400]


def test_final_balance_on_every_row() -> None:
    """Where every row prints the final balance, the opening is before all of them."""
    rows = [transaction("2020-01-02", "S", "D", n, 400) for n in (100, 200, 300)]
    (report,) = ledger_of(filing("2020-01-02", *rows)).reports
    assert (report.opening, report.closing) == (1000, 400)


def test_two_filings_of_one_day_meet() -> None:
    """Filings of one day are put in the order in which their balances meet."""
    start = filing("2020-01-01", holding(1000))
    later = filing("2020-01-02", transaction("2020-01-02", "S", "D", 300, 600))
    earlier = filing("2020-01-02", transaction("2020-01-02", "S", "D", 100, 900))
    reports = ledger_of(start, later, earlier).reports
    assert [report.closing for report in reports] == [1000, 900, 600]
    assert not any(report.unexplained for report in reports)


def test_an_amendment_supersedes() -> None:
    """A 4/A that restates a row replaces it."""
    wrong = filing("2020-01-02", transaction("2020-01-02", "S", "D", 100, 900))
    right = filing("2020-01-02", transaction("2020-01-02", "S", "D", 150, 850), document_type="4/A")
    (report,) = ledger_of(wrong, right).reports
    assert (report.form, report.closing) == ("4/A", 850)


def test_the_same_filing_in_two_containers_counts_once() -> None:
    """The PDF and the text of one filing say the same thing once."""
    one = bertucci()[0]
    assert len(ledger_of(one, replace(one, container="text")).reports) == 1


def test_a_cik_joins_printed_and_xml_filings() -> None:
    """A printed form carries no CIK; the name it shares with an XML filing does."""
    printed = filing("2020-01-02", holding(10))
    xml = filing(
        "2020-02-02",
        holding(10),
        issuer=Issuer("0001049502", "MKS Instruments, Inc"),
        reporting_owners=(Owner("0001101010", "Bertucci John R"),),
    )
    assert len(ledger_of(printed, xml).reports) == 2


def test_a_balance_that_is_not_stated_is_carried() -> None:
    """A transaction without a balance still counts towards the next report."""
    filings = (
        filing("2020-01-01", holding(1000)),
        filing("2020-01-02", transaction("2020-01-02", "G", "D", 100, None)),
        filing("2020-01-03", holding(900)),
    )
    reports = ledger_of(*filings).reports
    assert reports[1].closing is None
    assert reports[2].unexplained == 0


def test_option_grants_of_one_title_are_apart() -> None:
    """Grants that share a title differ by exercise price and expiration."""
    grants = [
        holding(1000, security_title="Option", conversion_or_exercise_price=Decimal(price))
        for price in (10, 20)
    ]
    found = build_ledgers([(1, filing("2020-01-01", derivative=tuple(grants)))])
    assert [one.position.exercise_price for one in found] == [10, 20]


steps = st.lists(st.tuples(st.sampled_from("AD"), st.decimals(0, 10**9, places=4)), min_size=1, max_size=12)


@given(start=st.decimals(0, 10**9, places=4), moves=steps, gap=st.decimals(-(10**6), 10**6, places=4))
def test_unexplained_is_exactly_what_was_left_out(
    start: Decimal, moves: list[tuple[str, Decimal]], gap: Decimal
) -> None:
    """However many filings, the unexplained amounts total what no filing reported."""
    day, held, filings = date(2020, 1, 1), start, [filing("2020-01-01", holding(start))]
    for n, (side, shares) in enumerate(moves):
        day += timedelta(days=1)
        held += (shares if side == "A" else -shares) + (gap if n == 0 else 0)
        filings.append(filing(str(day), transaction(str(day), "J", side, shares, held)))
    reports = ledger_of(*filings).reports
    assert sum((r.unexplained or Decimal(0) for r in reports), Decimal(0)) == gap
    for report in reports:
        assert report.opening is not None
        assert report.change is not None
        assert report.opening + report.change == report.closing
