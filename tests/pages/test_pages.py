"""Every page through AppTest: it runs, says what it should, and never raises."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.filings.corrections import FILED, Correction
from lib.filings.record import Finding
from lib.store import Store
from lib.store.intake import take_in
from lib.ui import library_table
from tests.builders import bertucci

PAGES = ("pages/filings.py", "pages/filing.py", "pages/holdings.py", "pages/market.py", "pages/glossary.py")


def texts(at: AppTest) -> str:
    """Everything the page says."""
    elements = [*at.title, *at.subheader, *at.text, *at.caption, *at.info, *at.error, *at.markdown, *at.html]
    return "\n".join(str(one.value) for one in elements if not str(one.value).startswith("<style>"))


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_on_an_empty_library(app: AppTest, page: str) -> None:
    """A first visit meets words, not errors."""
    at = app.run()
    at.switch_page(page).run()
    assert not at.exception
    assert at.title


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_on_a_filled_library(app: AppTest, filled: Store, page: str) -> None:
    """And so does every later one."""
    at = app.run()
    at.switch_page(page).run()
    assert not at.exception


def test_empty_library_says_what_to_do(app: AppTest) -> None:
    """Nothing yet is a state with words."""
    at = app.run()
    assert "Nothing here yet" in texts(at)


def test_samples_load_in_one_click(app: AppTest, file_store: Store) -> None:
    """The samples are there without any file at hand."""
    at = app.run()
    at.button(key="load_samples").click().run()
    assert not at.exception
    assert len(file_store.library()) > 5


def test_empty_holdings_load_the_samples_in_one_click(app: AppTest, file_store: Store) -> None:
    """A first visit to the holdings is one click from a picture."""
    at = app.run()
    at.switch_page("pages/holdings.py").run()
    at.button(key="load_samples_here").click().run()
    assert not at.exception
    assert len(file_store.library()) == 27
    assert at.get("plotly_chart")


def test_filters_narrow_the_library(app: AppTest, filled: Store) -> None:
    """Search and filters work together; where nothing matches, the page says so."""
    at = app.run()
    at.text_input(key="find").set_value("bertucci").run()
    assert len(at.dataframe[-1].value) == 2
    at.text_input(key="find").set_value("bertucci cho").run()
    assert not at.exception
    assert "No filing matches" in texts(at)


def test_the_page_of_the_list_is_in_the_link(
    app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link opens the list at its page; one that names no page of it, at the first or last."""
    monkeypatch.setattr(library_table, "ON_A_PAGE", 2)
    for written, rows in (("2", 1), ("1", 2), ("99", 2), ("x", 2), ("-1", 2)):
        at = AppTest.from_file(app._script_path, default_timeout=30)
        at.query_params["page"] = written
        at.run()
        assert not at.exception
        assert len(at.dataframe[-1].value) == rows


def test_the_tour_knows_what_is_loaded(app: AppTest, file_store: Store) -> None:
    """It speaks of loading only as long as nothing is there."""
    at = app.run()
    assert "Load the sample filings, or drop in some" in texts(at)
    at.button(key="load_samples").click().run()
    assert "Press Open beside a filing" in texts(at)
    assert "Load the sample filings, or drop in some" not in texts(at)


def test_filing_shows_facts_and_tables(app: AppTest, filled: Store) -> None:
    """A link to a filing shows it as on the form."""
    cho = next(e for e in filled.library() if e.document.startswith("cho"))
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(cho.id)
    at.query_params["cell"] = "non_derivative[1].transaction_price_per_share"
    at.run()
    assert not at.exception
    table = at.dataframe[0].value
    assert table["3 Code"][1].startswith("S")
    assert table["4 Price"][1].startswith("$4.95")
    assert "Open-market or private sale" in texts(at)
    assert r"Table I\, row 2\, transaction price per share" in texts(at)
    assert any("4.95" in html.value and "<mark" in html.value for html in at.html)


def test_link_to_a_filing_that_is_gone(app: AppTest, filled: Store) -> None:
    """A stale link says so."""
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = "999"
    at.run()
    assert not at.exception
    assert "no such filing" in texts(at)


def test_holdings_state_the_takeaway(app: AppTest, filled: Store) -> None:
    """The title says what happened, the chart and the ledger show it."""
    at = app.run()
    at.switch_page("pages/holdings.py").run()
    at.selectbox(key="company").select("MKS INSTRUMENTS INC (MKSI)").run()
    assert not at.exception
    assert "2\\,828\\,266 shares unexplained" in texts(at)
    assert "hv" in at.get("plotly_chart")[0].proto.spec
    unexplained = list(at.dataframe[0].value["Unexplained"])
    assert Decimal(-2816593) in unexplained


def test_holdings_filters_may_leave_nothing(app: AppTest, filled: Store) -> None:
    """Ownership lines narrow the chart."""
    at = app.run()
    at.switch_page("pages/holdings.py").run()
    at.selectbox(key="company").select("MKS INSTRUMENTS INC (MKSI)").run()
    at.multiselect(key="lines").select("Direct").run()
    assert not at.exception
    assert set(at.dataframe[0].value["Closing"]) == {5103173, 2284880}


def test_a_finding_leads_to_its_cell(app: AppTest, file_store: Store) -> None:
    """Each finding names its cell and marks it."""
    finding = Finding("warning", "non_derivative[0].transaction_code", "Read as S, with <b>doubt</b>", "code")
    file_store.add_document("a.xml", b"<a/>", [replace(bertucci()[0], findings=(finding,))], reader_version=1)
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(file_store.library()[0].id)
    at.run()
    assert "with <b>doubt</b>" in texts(at)
    at.button(key="finding_0").click().run()
    assert not at.exception
    assert at.query_params["cell"] == "non_derivative[0].transaction_code"


def test_a_value_that_could_not_be_read_can_be_picked_and_corrected(
    app: AppTest, file_store: Store, root: Path
) -> None:
    """Its column is shown with what the document says, and the correction opens with what it likely means."""
    name = "frank-2024-06-12-form4.txt"
    list(take_in(file_store, [(name, (root / "sample_filings" / name).read_bytes())]))
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(file_store.library()[0].id)
    at.run()
    assert list(at.dataframe[0].value["2 Date"]) == ["⚠ 06/12/2O24"]
    at.button(key="finding_0").click().run()
    assert not at.exception
    assert "the letter O in place of the digit 0" in texts(at)
    assert "06/12/2024" in [one.value for one in at.text_input]


@pytest.mark.parametrize("name", ["smith-2003-11-04-form4.pdf", "griffin-2022-06-23-form4.txt"])
def test_printed_sources_are_shown(app: AppTest, file_store: Store, root: Path, name: str) -> None:
    """A PDF is a picture with the place enlarged, a text has its line marked."""
    list(take_in(file_store, [(name, (root / "sample_filings" / name).read_bytes())]))
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(file_store.library()[0].id)
    at.query_params["cell"] = "non_derivative[0].shares_owned_following"
    at.run()
    assert not at.exception
    if name.endswith("pdf"):
        assert len(at.get("image")) == 2
    else:
        assert any("<mark" in html.value for html in at.html)


@pytest.mark.parametrize("wrong", ["", "x", "-1", "9" * 40])
def test_wrong_links_say_so(app: AppTest, filled: Store, wrong: str) -> None:
    """Whatever stands in a link, the page answers in words."""
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = wrong
    at.run()
    assert not at.exception
    assert "no such filing" in texts(at)


@pytest.mark.parametrize(
    "cell",
    [
        "a[b",
        "[",
        "non_derivative[",
        "non_derivative[99].transaction_code",
        "non_derivative[0].[x](http://a.b)",
        "![x](http://a.b/c.png)",
        "issuer.name.upper",
        "__class__.__name__",
    ],
)
def test_a_link_to_no_value_marks_nothing(app: AppTest, filled: Store, cell: str) -> None:
    """A link is somebody else's text: it picks a value of the record or none, and is never repeated."""
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(filled.library()[0].id)
    at.query_params["cell"] = cell
    at.run()
    assert not at.exception
    assert "Pick a value in the tables" in texts(at)
    assert cell not in texts(at)


def test_text_of_a_record_in_a_place_is_shown_as_it_is(app: AppTest, file_store: Store) -> None:
    """A footnote's id comes from the document; in the words about its place it stays text."""
    where = "footnotes.![x](http://a.b)"
    finding = Finding("note", where, "No value is marked with it.", "footnote.unused")
    file_store.add_document("a.xml", b"<a/>", [replace(bertucci()[0], findings=(finding,))], reader_version=1)
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(file_store.library()[0].id)
    at.query_params["cell"] = where
    at.run()
    assert not at.exception
    assert r"Footnote \!\[x\]\(http" in texts(at)


def test_a_first_start_asks_nothing(root: Path) -> None:
    """On a new account Streamlit would wait at a prompt; every setting of ours is one that it knows."""
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text())
    for section in ("server", "client", "browser"):
        for name in settings[section]:
            st.get_option(f"{section}.{name}")
    assert settings["server"]["showEmailPrompt"] is False


@pytest.mark.parametrize("page", [page for page in PAGES if page != "pages/glossary.py"])
def test_a_store_that_cannot_be_is_said(app: AppTest, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    """A database of another kind is a sentence on every page."""
    monkeypatch.setenv("STAKELINE_STORE", "mysql://ada:secret@db/stakeline")
    at = app.run()
    at.switch_page(page).run()
    assert not at.exception
    assert "SQLite file" in at.error[0].value
    assert "secret" not in texts(at)


def test_two_filings_are_compared(app: AppTest, file_store: Store) -> None:
    """The same filing with one other cell: the page says which, and the filing's page links to it."""
    one = bertucci()[1]
    row = replace(one.non_derivative[0], transaction_code="P")
    file_store.add_document("a.xml", b"a", [one], reader_version=1)
    file_store.add_document(
        "b.xml", b"b", [replace(one, non_derivative=(row, *one.non_derivative[1:]))], reader_version=1
    )
    ids = {entry.document: str(entry.id) for entry in file_store.library()}
    at = app.run()
    at.switch_page("pages/compare.py")
    at.query_params["one"], at.query_params["other"] = ids["a.xml"], ids["b.xml"]
    at.run()
    assert not at.exception
    assert "1 value of" in texts(at)
    assert list(at.dataframe[0].value["Where"]) == ["Table I, row 1, transaction code"]
    at.switch_page("pages/filing.py")
    at.query_params["id"] = ids["a.xml"]
    at.run()
    assert not at.exception
    assert any("b\\.xml" in link.proto.label for link in at.get("page_link"))


def test_comparing_needs_two_filings(app: AppTest, filled: Store) -> None:
    """A link without them says what to do."""
    at = app.run()
    at.switch_page("pages/compare.py").run()
    assert not at.exception
    assert "Tick two filings" in texts(at)


def test_the_log_says_what_stood_before_each_change(app: AppTest, file_store: Store) -> None:
    """A value corrected twice is two changes, and the second is told from what the first made of it."""
    file_store.add_document("a.xml", b"<a/>", [bertucci()[0]], reader_version=1)
    number = file_store.library()[0].id
    for value in ("2024-08-20", "2024-08-29"):
        line = Correction(0, "correct", FILED, "Ada", datetime(2026, 1, 2), "EDGAR", value=value)
        file_store.write_log(number, [line])
    at = app.run()
    at.switch_page("pages/filing.py")
    at.query_params["id"] = str(number)
    at.run()
    assert not at.exception
    assert "2 changes" in [one.label for one in at.expander]
    said = [one.value for one in at.text if "Ada" in one.value and "→" in one.value]
    assert ["20 Aug 2024 → 29 Aug 2024" in one for one in said] == [True, False]
    assert "empty → 20 Aug 2024" in said[1]
    assert "changed again" in texts(at)
