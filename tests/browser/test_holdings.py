"""The holdings page in a browser: values from dropped prices, a picture that needs no network, names by hand."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pdfplumber
from playwright.sync_api import Browser, Page, Request, expect

from lib.store import open_store
from tests.browser.conftest import Server
from tests.builders import bertucci, filing, holding

PRICES = "date,close\n2003-11-24,20.50\n2005-01-03,25\n2007-11-08,18.00\n"


def fill(server: Server) -> None:
    store = open_store(str(server.store))
    trust = {"direct_or_indirect": "I"}
    trusts = [
        filing("2008-01-01", holding(70, nature_of_ownership="By Trust", **trust), owner="Adams A"),
        filing("2009-01-01", holding(70, nature_of_ownership="By Adams Family", **trust), owner="Adams A"),
    ]
    for n, one in enumerate([*bertucci(), *trusts]):
        store.add_document(f"{n}.xml", b"%d" % n, [one], reader_version=1)
    store.close()


def test_values_from_dropped_prices_and_a_picture_without_a_network(
    server: Server, page: Page, browser: Browser, tmp_path: Path
) -> None:
    """Closes are dropped in once, the link restores the value, and the downloaded picture opens offline."""
    fill(server)
    page.goto(f"{server.url}/holdings?insiders=BERTUCCI+JOHN+R&lines=Direct")
    page.get_by_role("button", name="Closing prices").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "mksi.csv", "mimeType": "text/csv", "buffer": PRICES.encode()}
    )
    expect(page.get_by_text("mksi.csv: 3 closes, 24 Nov 2003 to 8 Nov 2007.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("radiogroup", name="Measure").get_by_text("Value", exact=True).click()
    worth = page.get_by_role("heading", name="Direct holding was worth $41,127,840 on 8 Nov 2007")
    expect(worth).to_be_visible()
    assert "measure=Value" in page.url
    page.reload()
    expect(worth).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as report:
        page.get_by_role("button", name="Report as PDF").click()
    assert report.value.suggested_filename == "holdings-mksi-bertucci-john-r-2007-11-08.pdf"
    with pdfplumber.open(report.value.path()) as document:
        assert "2,816,593" in (document.pages[0].extract_text() or "")
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture").click()
    asked: list[str] = []
    context = browser.new_context(offline=True, accept_downloads=True)
    offline = context.new_page()
    offline.on("request", lambda request: note(asked, request))
    saved = tmp_path / "holdings.html"
    download.value.save_as(saved)
    offline.goto(saved.as_uri())
    expect(offline.get_by_role("heading", name="Direct holding was worth $41,127,840")).to_be_visible()
    expect(offline.locator(".points path.point")).to_have_count(2)
    with offline.expect_download() as picture:
        offline.get_by_role("button", name="Save as SVG").click()
    assert b"<svg" in Path(picture.value.path()).read_bytes()
    assert asked == []
    context.close()


def note(asked: list[str], request: Request) -> None:
    """Keep what a page asks of a network."""
    if not request.url.startswith(("file:", "data:", "blob:")):
        asked.append(request.url)


def test_names_joined_by_hand_and_the_workbook(server: Server, page: Page) -> None:
    """Two names of one trust become one line until it is undone; the workbook has a sheet for each table."""
    fill(server)
    page.goto(f"{server.url}/holdings?insiders=Adams+A&names=true")
    chart = page.locator(".st-key-holdings_chart")
    expect(chart.get_by_text("By Adams Family")).to_be_visible()
    page.get_by_role("radiogroup", name="Names of").get_by_text("Natures of ownership", exact=True).click()
    box = page.get_by_label("Natures of ownership in these filings")
    for name in ("By Trust", "By Adams Family"):
        box.click()
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Count as one").click()
    expect(page.get_by_text("“By Adams Family”, “By Trust” count as one.")).to_be_visible()
    expect(chart.get_by_text("By Adams Family")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with page.expect_download() as download:
        page.locator(".st-key-workbook_ledger button").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames == ["Ledger", "Rows", "Totals"]
    assert {row[3].value for row in book["Ledger"].iter_rows(min_row=2)} == {"By Trust"}
    page.get_by_role("button", name="Undo").click()
    expect(chart.get_by_text("By Adams Family")).to_be_visible()
