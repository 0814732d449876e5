"""Choosing filings: what a person types or picks, answered by the database, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from lib.filings.record import Finding
from lib.store import Store
from lib.store.choose import Choice, chosen_ids, count, offered, page
from lib.store.related import related, relation, same_period
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
    (original,) = related(amended, same_period(filled, amended))
    assert original.document == "2007.xml"
    assert relation(amended, original) == "original, "
    assert relation(original, amended) == "amendment, "


def test_listing_walks_over_no_record(filled: Store) -> None:
    """A page of a large library is answered from an index, for the table's rows are large."""
    query = "EXPLAIN QUERY PLAN SELECT id FROM filings WHERE lower(issuer) LIKE '%x%' AND form = '4' ORDER BY id + 0 DESC"
    with filled.connect() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(query)))
    assert "COVERING INDEX" in plan
