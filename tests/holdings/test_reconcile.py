"""Breaks and their causes, ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lib.filings.record import Filing, Finding
from lib.holdings.ledger import build_book
from lib.holdings.reconcile import Break, Cause, reconcile
from tests.builders import bertucci, filing, holding, transaction

TRUST = {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"}


def breaks_of(*filings: Filing) -> list[Break]:
    return reconcile(build_book(enumerate(filings)), enumerate(filings))


def first_cause(*filings: Filing) -> Cause:
    return breaks_of(*filings)[0].causes[0]


def test_a_missing_filing() -> None:
    """Four years between two reports: a filing may be missing, and the sentence says from when to when."""
    spouse, direct = breaks_of(*bertucci())
    assert (spouse.amount, direct.amount) == (-2828266, -2816593)
    assert (direct.since, direct.until, direct.held) == (date(2003, 11, 24), date(2007, 11, 8), 5103173)
    assert direct.causes[0].kind == "missing filing"
    assert "between 24 Nov 2003 and 8 Nov 2007 (1,445 days)" in direct.causes[0].sentence
    assert "2,816,593 shares disposed of" in direct.causes[0].sentence


def test_a_move_that_no_filing_reports() -> None:
    """What left the direct holding arrived in the trust."""
    start = filing("2020-01-02", holding(1000), holding(50, **TRUST))
    end = filing("2020-03-02", holding(700), holding(350, **TRUST))
    for one in breaks_of(start, end):
        assert (one.causes[0].kind, one.causes[0].weight) == ("move", 90)
    assert "all of it may have moved between Direct and By Trust" in first_cause(start, end).sentence


def test_a_move_of_which_one_side_is_reported() -> None:
    """A gift to the trust is reported; the trust's receipt is not."""
    start = filing("2020-01-02", holding(1000), holding(50, **TRUST))
    gift = filing("2020-02-02", transaction("2020-02-02", "G", "D", 300, 700))
    end = filing("2020-03-02", holding(350, **TRUST))
    found = first_cause(start, gift, end)
    assert (found.kind, found.filing_id, found.path) == ("move", 1, "non_derivative[0]")


def test_the_whole_of_another_holding() -> None:
    """The trust received exactly what was held directly, while new shares hide its leaving."""
    start = filing("2020-01-02", holding(38090), transaction("2020-01-02", "S", "D", 5, 0, **TRUST))
    end = filing("2020-03-02", transaction("2020-03-02", "S", "D", 38090, 0, **TRUST), holding(39446))
    (largest, *_) = breaks_of(start, end)
    assert largest.causes[0].sentence.startswith("Direct held exactly 38,090 on 2 Jan 2020")


def test_a_footnote_that_names_the_amount() -> None:
    """The sum of two purchases under a plan is the break."""
    start = filing("2020-01-02", holding(100000))
    row = transaction("2020-03-02", "S", "D", 84, 108000, footnotes={"shares_owned_following": ("F1",)})
    text = {
        "F1": "Includes 3,142 shares bought in 2019 and 4,942 in 2020 under the Employee Stock Purchase Plan."
    }
    found = first_cause(start, filing("2020-03-02", row, footnotes=text))
    assert (found.kind, found.weight) == ("plan purchase", 96)
    assert "3,142 + 4,942" in found.sentence


def test_reinvested_dividends() -> None:
    """A small increase with a part of a share stands above a missing filing."""
    start, end = filing("2020-01-02", holding("4373575.788")), filing("2020-03-02", holding("4373577.551"))
    assert first_cause(start, end).kind == "plan purchase"


def test_slips_in_a_cell() -> None:
    """A exchanged for D, a balance of before the trade, and two digits exchanged are recognised."""
    start = filing("2020-01-02", holding(1000))
    exchanged = filing("2020-03-02", transaction("2020-03-02", "P", "A", 70, 930))
    assert first_cause(start, exchanged).path == "non_derivative[0].acquired_disposed_code"
    before = filing("2020-03-02", transaction("2020-03-02", "S", "D", 70, 1000))
    assert "balance before its transaction" in first_cause(start, before).sentence
    digits = filing("2020-03-02", transaction("2020-03-02", "S", "D", 70, 390))
    assert "two exchanged" in first_cause(filing("2020-01-02", holding(1000)), digits).sentence


def test_a_reader_that_doubts() -> None:
    """A finding on the balance's cell is a cause, with the cell."""
    doubt = Finding(
        "warning", "non_derivative[0].shares_owned_following", "The number was cut in two.", "text.cut"
    )
    start, end = filing("2020-01-02", holding(1000)), filing("2020-01-05", holding(471))
    found = first_cause(start, replace(end, findings=(doubt,)))
    assert (found.kind, found.path) == ("misread cell", doubt.where)
    assert "The number was cut in two." in found.sentence


def test_an_amendment_that_changed_the_amount() -> None:
    """A later filing went on from the figure that the amendment replaced."""
    first = filing("2020-01-02", transaction("2020-01-02", "S", "D", 100, 900))
    restated = filing("2020-01-02", transaction("2020-01-02", "S", "D", 150, 850), document_type="4/A")
    later = filing("2020-02-02", transaction("2020-02-02", "S", "D", 10, 890))
    found = next(one for one in breaks_of(first, restated, later)[0].causes if one.kind == "amendment")
    assert "from 900 to 850" in found.sentence or "from 100 to 150" in found.sentence
    assert found.weight == 88


def test_a_break_within_one_filing() -> None:
    """It has no report before, and the row where it shows."""
    rows = (transaction("2020-01-02", "S", "D", 100, 900), transaction("2020-01-03", "S", "D", 100, 850))
    (one,) = breaks_of(filing("2020-01-02", *rows))
    assert (one.before, one.path, one.amount, one.held) == (None, "non_derivative[1]", Decimal(50), 900)


def test_largest_first_and_causes_ranked() -> None:
    """A person looks at the largest break and its likeliest cause first."""
    start = filing("2020-01-02", holding(1000), holding(50, **TRUST))
    end = filing("2020-03-02", holding(100), holding(51, **TRUST))
    found = breaks_of(start, end)
    assert [one.amount for one in found] == [-900, 1]
    for one in found:
        assert [cause.weight for cause in one.causes] == sorted((c.weight for c in one.causes), reverse=True)
