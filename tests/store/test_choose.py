"""Choosing filings: what a person types or picks, answered by the database, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from lib.filings.record import Finding, Submission
from lib.store import Store
from lib.store.choose import Choice, chosen_ids, count, offered, page, page_and_count
from lib.store.related import perhaps_related, related, relation
from tests.builders import bertucci, filing, transaction


@pytest.fixture
def filled(store: Store) -> Store:
    """Two Bertucci filings, an amendment of the second, and a filing of somebody else with a finding."""
    first, second = bertucci()
    other = filing("2020-05-31", transaction("2020-05-31", "P", "A", 5, 5), owner="Zeta Ann")
    doubtful = replace(other, container="text", findings=(Finding("warning", "remarks", "x", "y"),))
    for name, one in (
        ("2003.xml", first),
        ("2007.xml", second),
        ("2007-amended.xml", replace(second, document_type="4/A")),
        ("zeta.txt", doubtful),
    ):
        store.add_document(name, name.encode(), [one], reader_version=1)
    return store


@pytest.mark.parametrize(
    ("choice", "files"),
    [
        (Choice(), {"2003.xml", "2007.xml", "2007-amended.xml", "zeta.txt"}),
        (Choice(words="bertucci mks"), {"2003.xml", "2007.xml", "2007-amended.xml"}),
        (Choice(words="Form 4/a"), {"2007-amended.xml"}),
        (Choice(words="2020-05"), {"zeta.txt"}),
        (Choice(words="2003"), {"2003.xml"}),
        (Choice(words="bertucci zeta"), set()),
        (Choice(words="100%"), set()),
        (Choice(issuer="mksi", owner="ann zeta"), {"zeta.txt"}),
        (Choice(issuers=(("MKS INSTRUMENTS INC", "MKSI"),), owners=("Zeta Ann",)), {"zeta.txt"}),
        (Choice(forms=("4",), owner="bertucci"), {"2003.xml", "2007.xml"}),
        (Choice(forms=("4",), with_amendments=True, first=date(2007, 1, 1), last=date(2007, 12, 31)),
         {"2007.xml", "2007-amended.xml"}),
        (Choice(containers=("text",)), {"zeta.txt"}),
        (Choice(with_findings=True), {"zeta.txt"}),
        (Choice(with_findings=False, words="2003.xml"), {"2003.xml"}),
    ],
)  # fmt: skip
def test_a_choice_is_what_it_says(filled: Store, choice: Choice, files: set[str]) -> None:
    """Words, names, forms, periods, findings and kinds, alone and together."""
    assert {entry.document for entry in page(filled, choice, 0, 100)} == files
    assert count(filled, choice) == len(files)
    for offset in (0, 1):
        shown, found = page_and_count(filled, choice, offset, 1)
        assert (shown, found) == (page(filled, choice, offset, 1), len(files) if shown else 0)
    assert sorted(number for ids in chosen_ids(filled, choice) for number in ids) == sorted(
        entry.id for entry in page(filled, choice, 0, 100)
    )


def test_pages_follow_each_other(filled: Store) -> None:
    """The last added first, nothing twice, nothing left out."""
    pages = [page(filled, Choice(), offset, 3) for offset in (0, 3)]
    assert [entry.document for part in pages for entry in part] == [
        "zeta.txt", "2007-amended.xml", "2007.xml", "2003.xml"
    ]  # fmt: skip


def test_what_is_deleted_is_not_chosen(filled: Store) -> None:
    """Also not offered."""
    (zeta,) = page(filled, Choice(owner="zeta"), 0, 9)
    filled.delete([zeta.sha256])
    assert page(filled, Choice(owner="zeta"), 0, 9) == []
    assert offered(filled).owners == ("BERTUCCI JOHN R",)
    assert offered(filled).containers == ("xml",)


def test_an_amendment_is_related_to_its_original(filled: Store) -> None:
    """Of the same issuer, owner and period; a filing of another owner is not."""
    (amended,) = page(filled, Choice(forms=("4/A",)), 0, 9)
    (original,) = related(amended, perhaps_related(filled, amended))
    assert original.document == "2007.xml"
    assert relation(amended, original) == "original, "
    assert relation(original, amended) == "amendment, "


def test_a_data_sets_filing_is_related_to_the_document_of_its_number(store: Store) -> None:
    """Also where the two say different things; any other number tells nothing."""
    number = Submission("0000950170-24-110527")
    one = replace(bertucci()[0], submission=number)
    other = replace(one, container="dataset", period_of_report=None, reporting_owners=())
    stray = replace(other, submission=Submission("document-1"))
    for name, said in {"a.txt": one, "set.tsv": other, "b.tsv": stray, "c.tsv": stray}.items():
        store.add_document(name, name.encode(), [said], reader_version=1)
    a, b, c = (page(store, Choice(words=name), 0, 1)[0] for name in ("a.txt", "set.tsv", "c.tsv"))
    assert related(a, perhaps_related(store, a)) == [b]
    assert related(b, perhaps_related(store, b)) == [a]
    assert relation(a, b) == "same submission, "
    assert related(c, perhaps_related(store, c)) == []


def test_listing_walks_over_no_record(filled: Store) -> None:
    """A page of a large library is answered from an index, for the table's rows are large."""
    query = "EXPLAIN QUERY PLAN SELECT id FROM filings WHERE lower(issuer) LIKE '%x%' AND form = '4' ORDER BY id + 0 DESC"
    with filled.connect() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(query)))
    assert "COVERING INDEX" in plan


def test_filings_are_chosen_by_a_trades_day_and_code(filled: Store) -> None:
    """The day of the trade, whatever period the form reports."""
    late = filing(
        "2019-12-31", transaction("2020-05-31", "S", "D", 5, 5), owner="Late Lee", document_type="5"
    )
    filled.add_document("late.xml", b"late", [late], reader_version=1)
    day = date(2020, 5, 31)

    def names(choice: Choice) -> set[str]:
        return {entry.document for entry in page(filled, choice, 0, 9)}

    assert names(Choice(traded_first=day, traded_last=day)) == {"zeta.txt", "late.xml"}
    assert names(Choice(traded_first=day, codes=("S",))) == {"late.xml"}
    assert names(Choice(codes=("P",))) == {"zeta.txt"}
