"""What people do, in a real browser on a freshly started server."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Locator, Page, expect

from lib.store import open_store
from lib.store.intake import take_in
from tests.browser.conftest import Server, click_in_grid
from tests.builders import bertucci

CHO = "cho-2023-07-11-form4.xml"
FIRST_ROW = 52
TICK_BOX = 16
OPEN_BUTTON = 65


def heading(page: Page, text: str) -> Locator:
    return page.get_by_role("heading", name=text)


@pytest.mark.parametrize(("path", "title"), [("holdings", "Holdings"), ("filing", "Filing"), ("", "Filings")])
def test_cold_deep_link(server: Server, page: Page, path: str, title: str) -> None:
    """The first request to a server may be for any page; it comes with the whole shell."""
    page.goto(f"{server.url}/{path}")
    expect(heading(page, title).first).to_be_visible()
    expect(page.get_by_role("link", name="Holdings").first).to_be_visible()
    expect(page.get_by_test_id("stHeaderLogo").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_samples_to_a_value_in_its_source(server: Server, page: Page, root: Path) -> None:
    """Load the samples, open the first filing, pick a value: its place is marked, and the link keeps it."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    library = page.locator("[class*=st-key-library_]")
    expect(library).to_be_visible()
    search = page.get_by_placeholder("Issuer, owner, file")
    search.fill("cho")
    search.press("Enter")
    expect(page.get_by_text("1 of 27 filings")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    opening = page.get_by_role("button", name="Open filing")
    click_in_grid(page, library, TICK_BOX, FIRST_ROW, opening)
    opening.click()
    expect(heading(page, "Form 4")).to_be_visible()
    table = page.locator("[class*=st-key-table_][class*=non_derivative]")
    click_in_grid(page, table, 60, FIRST_ROW, page.locator("mark"))
    expect(page.locator("mark")).to_have_text("<value>Class A Common Stock</value>")
    assert "cell=non_derivative" in page.url
    page.reload()
    expect(page.locator("mark")).to_have_text("<value>Class A Common Stock</value>")


def test_a_newcomer_sees_a_value_in_its_source_after_three_clicks(server: Server, page: Page) -> None:
    """Load the samples, open the first filing, pick its first value: three clicks, and its place is marked."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    library = page.locator("[class*=st-key-library_]")
    expect(library).to_be_visible()
    first = page.get_by_role("button", name="First value")
    click_in_grid(page, library, OPEN_BUTTON, FIRST_ROW, first)
    first.click()
    expect(page.locator("mark")).to_be_visible()


def test_a_newcomer_has_a_vesting_answer_after_two_clicks(server: Server, page: Page) -> None:
    """Load the samples, go to Vesting: what can be exercised, what is lost, and until when stand there."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    expect(page.locator("[class*=st-key-library_]")).to_be_visible()
    page.get_by_role("link", name="Vesting").first.click()
    expect(page.get_by_role("heading", name="Leaving on")).to_be_visible()
    expect(page.locator("dt").filter(has_text="Forfeited")).to_be_visible()


def test_cold_link_to_a_cell(server: Server, page: Page, root: Path) -> None:
    """A link to a value opens its filing with the value's place marked, also on a cold server."""
    store = open_store(str(server.store))
    data = (root / "sample_filings" / CHO).read_bytes()
    (taken,) = take_in(store, [(CHO, data)])
    store.close()
    page.goto(
        f"{server.url}/filing?id={taken.entries[0].id}&cell=non_derivative[1].transaction_price_per_share"
    )
    expect(page.locator("mark")).to_have_text("<value>4.95</value>")
    expect(page.get_by_text("Table I, row 2, transaction price per share", exact=True)).to_be_visible()


def test_holdings_of_insiders(server: Server, page: Page) -> None:
    """The chart names the ownership lines and what no filing explains; the filters are in the link."""
    store = open_store(str(server.store))
    for n, one in enumerate(bertucci()):
        store.add_document(f"{n}.xml", b"%d" % n, [one], reader_version=1)
    store.close()
    page.goto(f"{server.url}/holdings")
    expect(heading(page, "2,828,266 shares unexplained")).to_be_visible()
    chart = page.locator(".js-plotly-plot")
    expect(chart.get_by_text("By Spouse")).to_be_visible()
    expect(chart.get_by_text("−2,828,266 unexplained")).to_be_visible()
    expect(chart.get_by_text("−2,816,593")).to_be_visible()
    page.get_by_label("Ownership").click()
    page.get_by_role("option", name="Direct").click()
    page.keyboard.press("Escape")
    expect(heading(page, "2,816,593 shares unexplained")).to_be_visible()
    assert "lines=Direct" in page.url
    page.reload()
    expect(heading(page, "2,816,593 shares unexplained")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert b"-2816593" in Path(download.value.path()).read_bytes()


def test_a_bad_file_among_good_ones(server: Server, page: Page, root: Path) -> None:
    """Good files are read; the bad one keeps its reason; dropping again says what is there already."""
    good = {"name": CHO, "mimeType": "text/xml", "buffer": (root / "sample_filings" / CHO).read_bytes()}
    bad = {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 not a filing"}
    page.goto(server.url)
    page.locator("input[type=file]").set_input_files([bad, good])
    expect(page.get_by_text("holiday.jpg:")).to_be_visible()
    expect(page.get_by_text("1 file read, 1 could not be read")).to_be_visible()
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(1)
    page.locator("input[type=file]").set_input_files([good])
    expect(page.get_by_text("1 already there")).to_be_visible()
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()


def test_a_large_file_beside_a_good_one(server: Server, page: Page, root: Path, tmp_path: Path) -> None:
    """30 MB that are no filing are refused by name, with their size; the good file is read."""
    large = tmp_path / "noise.pdf"
    large.write_bytes(Random(30).randbytes(30_000_000))
    page.goto(server.url)
    page.locator("input[type=file]").set_input_files([large, root / "sample_filings" / CHO])
    expect(page.get_by_text("noise.pdf: has 30 MB")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("1 file read, 1 could not be read")).to_be_visible()
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()


def test_deleting_and_undoing(server: Server, page: Page) -> None:
    """A deleted filing comes back with one click."""
    store = open_store(str(server.store))
    store.add_document("one.xml", b"1", bertucci()[:1], reader_version=1)
    store.close()
    page.goto(server.url)
    deleting = page.get_by_role("button", name="Delete")
    click_in_grid(page, page.locator("[class*=st-key-library_]"), TICK_BOX, FIRST_ROW, deleting)
    deleting.click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()
