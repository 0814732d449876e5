"""Owners and issuers across filings, and what the analyst decides by hand."""

from __future__ import annotations

from lib.filings.record import Filing, Issuer, Owner
from lib.holdings.identity import Apart, ByHand, RowPlaced, Same
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book
from tests.builders import filing, holding

MKS = Issuer("0001049502", "MKS Instruments, Inc")


def book_of(*filings: Filing, by_hand: ByHand | None = None) -> Book:
    return build_book(enumerate(filings), by_hand=by_hand or ByHand())


def owned_by(*names: str) -> list[Filing]:
    """One holding of a thousand shares by each name, month after month."""
    return [filing(f"2020-{n:02}-01", holding(1000), owner=name) for n, name in enumerate(names, 1)]


def test_spellings_are_one_position_without_a_finding() -> None:
    """A rule needs no warning: the same words in another order."""
    book = book_of(*owned_by("BERTUCCI JOHN R", "John R. Bertucci"))
    assert [len(one.reports) for one in book.ledgers] == [2]
    assert book.findings == ()


def test_a_guess_is_told() -> None:
    """A missing initial joins two names, once, with a finding that names both."""
    book = book_of(*owned_by("BERTUCCI JOHN R", "Bertucci John"))
    assert [len(one.reports) for one in book.ledgers] == [2]
    (found,) = book.findings
    assert found.rule == "owner.guess"
    assert found.filing_ids == (0, 1)
    assert "“BERTUCCI JOHN R”" in found.message
    assert "“Bertucci John”" in found.message


def test_no_guess_between_two_that_fit() -> None:
    """“John Smith” may be either of two: he stays on his own."""
    book = book_of(*owned_by("Smith John A", "Smith John B", "Smith John"))
    assert len(book.ledgers) == 3


def test_two_ciks_are_two_people() -> None:
    """Father and son of one name stay apart, and a print of that name says that it may be either."""
    same = [
        filing("2020-01-01", holding(10), reporting_owners=(Owner(f"000000000{n}", "Smith John"),))
        for n in (1, 2)
    ]
    book = book_of(*same, filing("2020-02-01", holding(10), owner="Smith John"))
    assert len(book.ledgers) == 3
    assert [found.rule for found in book.findings] == ["owner.ambiguous"]


def test_an_issuer_by_ticker_is_a_guess() -> None:
    """Another name with the ticker of a known company is taken for it, with a finding."""
    known = filing("2020-01-01", holding(10), issuer=Issuer("0000000001", "New Name Inc", "NYSE: ABC"))
    old = filing("2020-02-01", holding(10), issuer=Issuer(None, "Old Name Corp", "ABC"))
    book = book_of(known, old)
    assert [len(one.reports) for one in book.ledgers] == [2]
    assert [found.rule for found in book.findings] == ["issuer.by-ticker"]


def test_owners_of_one_filing_are_one_position() -> None:
    """A joint filing reports one holding, whatever the order of its owners."""
    names = ["Beck Peter", "Equatorial Trust", "Beck Kerryn"]
    first = filing("2020-01-01", holding(10), reporting_owners=tuple(Owner(name=name) for name in names))
    second = filing("2020-02-01", holding(10), reporting_owners=tuple(Owner(name=n) for n in reversed(names)))
    (one,) = book_of(first, second).ledgers
    assert [report.unexplained for report in one.reports] == [None, 0]


def test_merged_and_kept_apart_by_hand() -> None:
    """A decision stands above every rule and guess."""
    pair = owned_by("BERTUCCI JOHN R", "Bertucci John")
    apart = ByHand(apart=(Apart("owner", ("BERTUCCI JOHN R", "Bertucci John")),))
    assert len(book_of(*pair, by_hand=apart).ledgers) == 2
    strangers = owned_by("Tocci Joseph", "Smith Donald")
    same = ByHand(same=(Same("owner", ("Tocci Joseph", "SMITH DONALD")),))
    assert len(book_of(*strangers, by_hand=same).ledgers) == 1


def test_titles_and_natures_by_hand() -> None:
    """Securities and natures are merged and split by their printed words, for one issuer or all."""
    rows = [holding(1, security_title="Common"), holding(2, security_title="Class A Common")]
    filings = [filing(f"2020-0{n}-01", row) for n, row in enumerate(rows, 1)]
    assert len(book_of(*filings).ledgers) == 2
    assert (
        len(book_of(*filings, by_hand=ByHand((Same("security", ("Common", "Class A Common")),))).ledgers) == 1
    )
    trusts = [
        filing("2020-01-01", holding(1, direct_or_indirect="I", nature_of_ownership=nature))
        for nature in ("By wife", "By Spouse")
    ]
    split = ByHand(apart=(Apart("nature", ("By wife", "By Spouse"), "mks instruments"),))
    assert len(book_of(*trusts).ledgers) == 1
    assert len(book_of(*trusts, by_hand=split).ledgers) == 2


def test_a_row_placed_by_hand() -> None:
    """One row of one filing is put into another lot, and the rest stay."""
    filings = [filing("2020-01-01", holding(100)), filing("2020-02-01", holding(7))]
    book = book_of(*filings, by_hand=ByHand(rows=(RowPlaced(1, "non_derivative[0]", 2),)))
    assert [(one.position.lot, one.reports[0].closing) for one in book.ledgers] == [(0, 100), (2, 7)]


def test_originals_are_kept() -> None:
    """The ledger says under which words its rows were printed."""
    rows = [holding(1, security_title=title) for title in ("Common", "Common Stock, par value $.01")]
    (one,) = book_of(*(filing(f"2020-0{n}-01", row) for n, row in enumerate(rows, 1))).ledgers
    assert one.titles == ("Common", "Common Stock, par value $.01")
    assert one.position.security == "Common"


def test_a_cik_joins_prints_of_the_issuer() -> None:
    """Position keys are the CIKs where any filing gives them."""
    printed = filing("2020-01-01", holding(10))
    xml = filing(
        "2020-02-01", holding(10), issuer=MKS, reporting_owners=(Owner("0001101010", "Bertucci John R"),)
    )
    (one,) = book_of(printed, xml).ledgers
    assert (one.position.issuer_key, one.position.owner_key) == ("0001049502", "0001101010")
