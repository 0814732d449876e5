"""The market's views: exact sums, each trade once, groups of buyers, first statements, and late trades."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lib.filings.record import Filing, Issuer, Submission
from lib.holdings.deadlines import timeliness
from lib.store import Store
from lib.store.market import (
    Window,
    clusters,
    filed_after,
    most_traded,
    new_insiders,
    span,
)
from lib.ui.market_tables import late
from tests.builders import filing, holding, transaction

ACME, ZETA = Issuer("0000000001", "Acme Inc", "ACM"), Issuer("0000000002", "Zeta Corp", "ZTA")
ALL = Window(date(2000, 1, 1), date(2030, 1, 1))


def bought(day: str, owner: str, shares: str, price: str = "10.00", **more: object) -> Filing:
    row = transaction(day, "P", "A", shares, 5, transaction_price_per_share=Decimal(price))
    return filing(day, row, owner=owner, **({"issuer": ACME} | more))


@pytest.fixture
def market(store: Store) -> Store:
    """Three people buy Acme, one of them in a filing that is there twice; somebody sells Zeta late."""
    sold = filing(
        "2024-01-02",
        transaction("2024-01-02", "S", "D", "7.5", 0),
        owner="Cy Three",
        issuer=ZETA,
        aff10b5_one=True,
        submission=Submission("3", date(2024, 1, 9)),
    )
    one = bought("2024-03-01", "Ann One", "100.1234", "0.333")
    found = {
        "one.xml": one,
        "one.txt": replace(one, container="text"),
        "two.xml": bought("2024-03-05", "Bob Two", "50"),
        "three.xml": bought("2024-06-05", "Cy Three", "1"),
        "sold.xml": sold,
        "new.xml": filing("2024-02-01", holding(1), owner="Dee Four", issuer=ZETA, document_type="3"),
    }
    for name, one in found.items():
        store.add_document(name, name.encode(), [one], reader_version=1)
    return store


def test_most_bought_is_exact_and_counts_a_trade_once(market: Store) -> None:
    """100.1234 × 0.333 is 33.34 to the cent; the same filing in two containers is one trade."""
    (acme,) = most_traded(market, ALL, "P")
    assert (acme.symbol, acme.owners, acme.trades, acme.last) == ("ACM", 3, 3, date(2024, 6, 5))
    assert acme.shares == Decimal("151.1234")
    assert acme.value == Decimal("33.34") + Decimal("500.00") + Decimal("10.00")


def test_a_window_narrows(market: Store) -> None:
    """By days, by issuer's name, by the 10b5-1 box."""
    assert [one.symbol for one in most_traded(market, ALL, "S")] == ["ZTA"]
    assert most_traded(market, replace(ALL, first=date(2024, 2, 1)), "S") == []
    assert most_traded(market, replace(ALL, plan=False), "S") == []
    assert [one.symbol for one in most_traded(market, replace(ALL, plan=True), "S")] == ["ZTA"]
    assert most_traded(market, replace(ALL, issuer="zeta"), "P") == []


def test_people_who_buy_within_days_are_a_group(market: Store) -> None:
    """Four days apart is within a week; three months are not."""
    (one,) = clusters(market, ALL, days=7, owners=2)
    assert (one.owners, one.first, one.last) == (("Ann One", "Bob Two"), date(2024, 3, 1), date(2024, 3, 5))
    assert clusters(market, ALL, days=3, owners=2) == []
    assert [len(one.owners) for one in clusters(market, ALL, days=100, owners=3)] == [3]


def test_new_insiders_are_those_of_form_3(market: Store) -> None:
    """With their issuer and day."""
    (one,) = new_insiders(market, ALL)
    assert (one.owner, one.symbol, one.day) == ("Dee Four", "ZTA", date(2024, 2, 1))


def test_late_is_after_the_second_business_day(market: Store) -> None:
    """Traded on a Tuesday, due on the Thursday."""
    (one,) = late(filed_after(market, ALL))
    assert (one.due, one.filed.filed, one.filed.place) == (
        date(2024, 1, 4),
        date(2024, 1, 9),
        "non_derivative[0]",
    )


def test_what_may_wait_for_form_5_is_not_late(store: Store) -> None:
    """A gift is late from 27 Feb 2023, as the checks have it; and what an exception could excuse is possibly late."""
    made = [
        ("2022-11-17", "G", "D", False, "2023-01-27"),
        ("2023-02-27", "G", "D", False, "2023-03-20"),
        ("2023-06-01", "S", "D", True, "2023-06-06"),
        ("2023-06-01", "S", "D", True, "2023-06-30"),
        ("2002-08-01", "P", "A", None, "2002-09-10"),
    ]
    forms = [
        filing(
            day,
            transaction(day, code, side, 9, 5),
            aff10b5_one=plan,
            submission=Submission(f"{n}", date.fromisoformat(filed)),
        )
        for n, (day, code, side, plan, filed) in enumerate(made)
    ]
    for n, form in enumerate(forms):
        store.add_document(f"{n}.xml", b"%d" % n, [form], reader_version=1)
    listed = {(one.filed.filing_id, one.status, one.due) for one in late(filed_after(store, ALL))}
    known = [(entry.id, store.filing(entry.id)) for entry in store.library()]
    judged = {(number, one.status, one.due) for number, form in known for one in timeliness(form)}
    assert listed == {one for one in judged if one[1] in {"late", "possibly late"}}
    assert sorted(status for _, status, _ in listed) == ["late", "late", "possibly late"]


def test_spelling_makes_no_second_trade(market: Store) -> None:
    """The same sale as XML and as PDF, with names spelled another way."""
    other = filing(
        "2024-01-02",
        transaction("2024-01-02", "S", "D", "7.5", 0),
        owner="THREE, CY",
        issuer=Issuer(None, "ZETA CORP.", None),
        container="pdf",
    )
    market.add_document("sold.pdf", b"sold.pdf", [other], reader_version=1)
    (zeta,) = most_traded(market, ALL, "S")
    assert (zeta.trades, zeta.owners) == (1, 1)


def test_amendments_and_annual_forms_are_not_late(market: Store) -> None:
    """A 4/A restates what was in time, and a Form 5 has its own deadline; neither is traded twice."""
    before = most_traded(market, ALL, "P")
    for form in ("4/A", "5"):
        row = transaction("2024-03-01", "P", "A", "9", 5)
        late_one = filing(
            "2024-03-01",
            row,
            owner="Ann One",
            issuer=ACME,
            document_type=form,
            submission=Submission(form, date(2024, 9, 9)),
        )
        market.add_document(form, form.encode(), [late_one], reader_version=1)
    assert len(late(filed_after(market, ALL))) == 1
    assert most_traded(market, ALL, "P")[0].trades == before[0].trades + 1


def test_absurd_amounts_do_not_bring_a_market_down(market: Store) -> None:
    """What no company has is left out of the sums."""
    for n in range(20):
        one = bought("2024-03-01", f"Owner {n}", "90000000000000", "1.00")
        market.add_document(f"{n}", b"absurd%d" % n, [one], reader_version=1)
    (acme,) = most_traded(market, ALL, "P")
    assert acme.shares == Decimal("151.1234")


def test_what_is_deleted_is_not_traded(market: Store) -> None:
    """Nor what came with it."""
    market.delete([entry.sha256 for entry in market.library()])
    assert most_traded(market, ALL, "P") == []
    assert new_insiders(market, ALL) == []
    assert clusters(market, ALL, 7, 2) == []
    assert span(market) is None


def test_days_of_the_library(market: Store) -> None:
    """From the first trade to the last."""
    assert span(market) == (date(2024, 1, 2), date(2024, 6, 5), 5)
