"""The market page: what it narrows to, and where a picked row leads."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.store import Store, open_store
from lib.store.choose import Choice, page
from lib.store.market import Window, clusters
from lib.store.sectors import sectors_kept
from lib.ui.library_table import CODES
from lib.ui.market_tables import _of_issuer
from tests.builders import filing, transaction
from tests.store.test_market import ACME, ZETA, bought


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two buy within days of each other, one of whom reports it for another period; a third is given shares."""
    place = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("STAKELINE_STORE", place)
    opened = open_store(place)
    found = {
        "ann.xml": bought("2024-03-01", "Ann One", "100"),
        "bob.xml": bought("2024-03-02", "Bob Two", "50", document_type="5"),
        "given.xml": filing(
            "2024-03-01", transaction("2024-03-01", "A", "A", 5, 5), owner="Cy Three", issuer=ACME
        ),
        "before.xml": bought("2023-03-01", "Ann One", "9"),
    }
    for name, one in found.items():
        opened.add_document(name, name.encode(), [one], reader_version=1)
    yield opened
    opened.close()


@pytest.fixture
def market(root: Path, store: Store) -> AppTest:
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    return at.switch_page("pages/market.py").run()


def test_a_cluster_leads_to_its_filings(store: Store) -> None:
    """By the days of the trades and their code, not by what period a form reports."""
    (one,) = clusters(store, Window(date(2024, 1, 1), date(2024, 12, 31)), days=7, owners=2)
    query = _of_issuer(one, one.first, one.last, "P")
    choice = Choice(
        words=query["find"],
        traded_first=date.fromisoformat(query["traded_from"]),
        traded_last=date.fromisoformat(query["traded_to"]),
        codes=(CODES[query["code"]],),
    )
    assert {entry.document for entry in page(store, choice, 0, 9)} == {"ann.xml", "bob.xml"}


def test_the_library_opens_on_what_the_link_says(root: Path, store: Store) -> None:
    """The filters are in the link, and only what they leave is counted."""
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30)
    for name, value in {
        "find": "Acme Inc",
        "code": "P: Open-market or private purchase",
        "traded_from": "2024-03-01",
        "traded_to": "2024-03-02",
    }.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    assert any(caption.value.startswith("2 of 4 filings") for caption in at.caption)


def test_the_market_opens_on_what_there_is(root: Path, store: Store) -> None:
    """Purchases first; where there are none the sales; unless the link says another part."""
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    at.switch_page("pages/market.py").run()
    assert at.session_state["market_part"] == "Bought"
    store.delete([entry.sha256 for entry in store.library()])
    sold = filing("2024-03-01", transaction("2024-03-01", "S", "D", 5, 5), issuer=ACME)
    store.add_document("sold.xml", b"sold", [sold], reader_version=1)
    at = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    at.switch_page("pages/market.py").run()
    assert at.session_state["market_part"] == "Sold"
    assert len(at.dataframe[0].value) == 1
    at.query_params["market_part"] = "New insiders"
    at.run()
    assert not at.exception
    assert at.session_state["market_part"] == "New insiders"


def test_any_code_can_be_looked_at(market: AppTest) -> None:
    """Awards and gifts have a part of their own."""
    market.query_params["market_part"] = "Other codes"
    market.run()
    assert not market.exception
    assert market.selectbox(key="market_code").value.startswith("A: Grant")


def test_a_list_of_sectors_is_taken_and_narrows(market: AppTest, store: Store) -> None:
    """Dropped in once, it is chosen from, shown as a column, and taken away again."""
    market.file_uploader[0].upload("sectors.csv", b"ticker,sector\nACM,Steel\n", "text/csv").run()
    assert not market.exception
    assert sectors_kept(store) == {"Steel": 1}
    assert [one.value for one in market.toast] == ["1 issuer in 1 sector taken from sectors\\.csv\\."]
    market.selectbox(key="market_sector").set_value("Steel").run()
    assert list(market.dataframe[0].value["Sector"]) == ["Steel"]
    market.button(key="remove_sectors").click().run()
    assert sectors_kept(store) == {}


def test_a_list_that_cannot_be_read_is_said(market: AppTest, store: Store) -> None:
    """In a sentence, and nothing is kept."""
    market.file_uploader[0].upload("sectors.csv", b"a,b\n", "text/csv").run()
    assert "must name its columns" in market.error[0].value
    assert sectors_kept(store) == {}


def test_what_comes_in_is_seen_at_the_next_run(market: AppTest, store: Store) -> None:
    """Answers are kept only for as long as the library is what it was; the window is not moved by it."""

    def issuers() -> set[str]:
        return {str(name) for table in market.dataframe for name in table.value.get("Issuer", ())}

    market.run()
    before = issuers()
    store.add_document("new.xml", b"new", [bought("2024-03-02", "Dee Four", "70", issuer=ZETA)], 1)
    market.run()
    assert not market.exception
    assert len(issuers() - before) == 1
