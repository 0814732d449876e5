"""From an option row of a filing to the simulator: what is taken over, what was read, and what is said instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.filings.record import Filing, Issuer, Owner, Row
from lib.plans.terms import load_terms, shipped_plans
from lib.store import Store, open_store
from lib.ui.filed_banner import likely_plan
from lib.ui.filed_grant import filed_grant
from lib.ui.simulator_links import read_as
from tests.pages.figures import figures

MONTHLY = (
    "The option vests as to 25% of the shares on the first anniversary of March 1, 2021 and 1/48th of the shares"
    " each month thereafter."
)
ISSUER = "Rocket Example Corp"


def option(**more: Any) -> Row:
    """An option on 4,800 shares granted on 2021-03-01."""
    values: dict[str, Any] = {
        "security_title": "Stock Option (Right to Buy)",
        "conversion_or_exercise_price": Decimal("3.25"),
        "transaction_date": date(2021, 3, 1),
        "transaction_code": "A",
        "acquired_disposed_code": "A",
        "transaction_shares": Decimal(4800),
        "expiration_date": date(2031, 2, 28),
        "underlying_security_title": "Common Stock",
        "underlying_security_shares": Decimal(4800),
        "footnotes": {"exercise_date": ("F1",)},
    }
    return Row("transaction", **values | more)


def filing(*rows: Row, note: str = MONTHLY, issuer: str = ISSUER) -> Filing:
    return Filing(
        container="xml",
        document_type="4",
        period_of_report=date(2021, 3, 1),
        issuer=Issuer(name=issuer, symbol="REX"),
        reporting_owners=(Owner(name="DOE JANE"),),
        derivative=rows,
        footnotes={"F1": note},
    )


def sale(**more: Any) -> Row:
    """A sale of the underlying shares on 2022-04-15 at $41.50."""
    values: dict[str, Any] = {
        "security_title": "Common Stock",
        "transaction_date": date(2022, 4, 15),
        "transaction_code": "S",
        "transaction_shares": Decimal(100),
        "transaction_price_per_share": Decimal("41.50"),
    }
    return Row("transaction", **values | more)


def later(*sales: Row) -> Filing:
    """A filing of a year after the grant, with what was sold on its day."""
    return replace(filing(option()), period_of_report=date(2022, 4, 15), non_derivative=sales)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An understood option, one that is not, a row without a date, and an option a year on without and with a sale."""
    place = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("STAKELINE_STORE", place)
    store = open_store(place)
    store.add_document("a.xml", b"a", [filing(option())], 1)
    store.add_document("b.xml", b"b", [filing(option(), note="Vests if the stock price reaches $50.")], 1)
    store.add_document(
        "c.xml", b"c", [filing(option(transaction_date=None, transaction_code=None, footnotes={}))], 1
    )
    store.add_document("d.xml", b"d", [later()], 1)
    store.add_document("e.xml", b"e", [later(sale())], 1)
    yield store
    store.close()


def opened(root: Path, page: str, **query: str) -> AppTest:
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(f"pages/{page}.py").run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(one.value for kind in (at.markdown, at.caption, at.warning) for one in kind).replace(
        "\\", ""
    )


def test_a_row_fills_the_simulator(root: Path, library: Store) -> None:
    """Date, shares, price, expiration and the schedule of its footnote; the sentence stands as evidence."""
    at = opened(root, "vesting", filing="1", row="0")
    assert at.date_input(key="granted").value == date(2021, 3, 1)
    assert at.number_input(key="shares").value == 4800
    assert at.text_input(key="strike").value == "3.25"
    assert at.date_input(key="final").value == date(2031, 2, 28)
    assert "25% of the shares on the first anniversary" in said(at)
    told = figures(at)
    assert told["Exercisable"] == "0"
    assert told["Unvested"] == "4,800"
    assert at.selectbox(key="plan").value == "typical-four-year-monthly"
    at.date_input(key="leaves").set_value(date(2022, 9, 1)).run()
    assert figures(at)["Exercisable"] == "1,800"


def test_a_row_opens_on_what_the_filing_says_alone(root: Path, library: Store) -> None:
    """Nobody is taken to have left, the day is the filing's period, and no value rests on an invented price."""
    at = opened(root, "vesting", filing="4", row="0")
    assert at.radio(key="service").value == "Still serving"
    assert at.date_input(key="leaves").value == date(2022, 4, 15)
    told = figures(at)
    assert "Forfeited" not in told
    assert told["Exercisable"] == "1,300"
    assert at.text_input(key="market").value == ""
    assert told["Intrinsic value"] == "Not known"
    assert "still serving on 15 Apr 2022, the filing's period" in said(at)
    assert "type a share price" in said(at)
    assert "comes from the plan chosen below" in said(at)


def test_the_share_price_is_the_filings_own(root: Path, library: Store) -> None:
    """A sale of the underlying shares on the filing's day says what a share was worth, and is named."""
    at = opened(root, "vesting", filing="5", row="0")
    assert at.text_input(key="market").value == "41.50"
    assert figures(at)["Intrinsic value"] == "$49,725.00"
    assert "the filing's transaction S of 15 Apr 2022" in said(at)


@pytest.mark.parametrize(
    "more",
    [
        {"transaction_code": "M"},
        {"transaction_date": date(2022, 4, 14)},
        {"security_title": "Class B Common Stock"},
        {"transaction_price_per_share": None},
    ],
)
def test_other_prices_are_no_market_price(more: dict[str, Any]) -> None:
    """An exercise, another day, another class of shares, no price."""
    assert filed_grant(later(sale(**more)), 0).market is None


def test_prices_that_differ_are_no_market_price() -> None:
    """Two sales on a day at two prices name none."""
    other = sale(transaction_price_per_share=Decimal("42.00"))
    assert filed_grant(later(sale(), other), 0).market is None


def test_a_row_that_is_not_understood_says_so(root: Path, library: Store) -> None:
    """The reason, and the plan's schedule in its place; a typed one can be chosen."""
    at = opened(root, "vesting", filing="2", row="0")
    assert "No schedule was read: it depends on more than time" in said(at)
    assert figures(at)
    at = opened(root, "vesting", filing="2", row="0", schedule="Typed", typed_count="4", typed_months="12")
    at.date_input(key="leaves").set_value(date(2022, 3, 1)).run()
    assert figures(at)["Exercisable"] == "1,200"


def test_what_is_inferred_is_said(root: Path, library: Store) -> None:
    """A row without a grant date is taken as ten years before it expires, and says so."""
    at = opened(root, "vesting", filing="3", row="0")
    assert at.date_input(key="granted").value == date(2021, 2, 28)
    assert "ten years before it expires" in said(at)


@pytest.mark.parametrize(("number", "row"), [("99", "0"), ("1", "7"), ("1", "-1"), ("x", "0"), ("1", "")])
def test_a_row_that_is_not_there_is_said(root: Path, library: Store, number: str, row: str) -> None:
    """A link to nothing shows the example and says so."""
    at = opened(root, "vesting", filing=number, row=row)
    assert "does not have" in said(at)
    assert at.date_input(key="granted").value == date(2003, 11, 13)


def test_a_link_with_inputs_keeps_them(root: Path, library: Store) -> None:
    """A shared link's own days win over the row's."""
    at = opened(root, "vesting", filing="1", row="0", granted="2021-04-01", leaves="2022-05-01")
    assert at.date_input(key="granted").value == date(2021, 4, 1)
    assert at.date_input(key="leaves").value == date(2022, 5, 1)
    assert at.number_input(key="shares").value == 4800
    assert at.text_input(key="strike").value == "3.25"
    assert at.text_input(key="market").value == ""
    at = opened(root, "vesting", filing="1", row="0", service="Leaves", market="7.00")
    assert at.radio(key="service").value == "Leaves"
    assert at.text_input(key="market").value == "7.00"


def test_another_row_brings_its_own_inputs(root: Path, library: Store) -> None:
    """A row opened after another in the same window leaves nothing of the first behind."""
    at = opened(root, "vesting", filing="1", row="0")
    at.date_input(key="granted").set_value(date(2021, 5, 5)).run()
    at.query_params.clear()
    at.query_params["filing"] = "3"
    at.query_params["row"] = "0"
    at.switch_page("pages/vesting.py").run()
    assert at.date_input(key="granted").value == date(2021, 2, 28)
    assert at.date_input(key="leaves").value == date(2021, 3, 1)


def test_the_filing_offers_its_option_rows(root: Path, library: Store) -> None:
    """Each row with the sentence and what it was read as."""
    told = said(opened(root, "filing", id="1"))
    assert "25% of the shares on the first anniversary" in told
    assert "Read as" in told
    assert "Choose one in the simulator" in said(opened(root, "filing", id="2"))


def test_what_a_row_says_of_its_schedule() -> None:
    """Vested, dated in column 6, two schedules, or nothing."""
    assert (
        read_as(filed_grant(filing(option(), note="The option is fully vested."), 0))
        == "Read as vested in full."
    )
    dated = option(footnotes={}, exercise_date=date(2022, 3, 1))
    assert "1 Mar 2022" in read_as(filed_grant(filing(dated), 0))
    assert "do not say when it vests" in read_as(filed_grant(filing(option(footnotes={})), 0))


def test_a_row_of_an_exercise_counts_what_is_left() -> None:
    """Exercised and left together, and it is said that the grant may have been larger."""
    row = option(
        transaction_code="M",
        acquired_disposed_code="D",
        underlying_security_shares=Decimal(800),
        shares_owned_following=Decimal(4000),
    )
    found = filed_grant(filing(row), 0)
    assert found.shares == 4800
    assert any("may have been larger" in note for note in found.notes)


@pytest.mark.parametrize(
    ("issuer", "title", "price", "plan"),
    [
        ("MKS INSTRUMENTS INC", "Stock Option", "24", "mks-1997-director"),
        (ISSUER, "Stock Option", "24", "typical-four-year-monthly"),
        (ISSUER, "Restricted Stock Units", None, "typical-rsu-double-trigger"),
    ],
)
def test_the_plan_that_a_row_opens_with(issuer: str, title: str, price: str | None, plan: str) -> None:
    """The issuer's own plan where it is known, else a usual one for options or units."""
    row = option(security_title=title, conversion_or_exercise_price=None if price is None else Decimal(price))
    shelf = {name: load_terms(name) for name in shipped_plans()}
    assert likely_plan(filed_grant(filing(row, issuer=issuer), 0), shelf) == plan
