"""From a check or a mark to the filing behind it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from lib.store import open_store
from tests.browser.conftest import Server, click_in_grid
from tests.builders import bertucci


def test_from_a_cold_link_to_the_filing_behind_a_break(server: Server, page: Page) -> None:
    """Samples in one click, Bertucci's change in words, its filing with the cell marked, the CSV."""
    page.goto(f"{server.url}/checks?people=BERTUCCI+JOHN+R")
    expect(page.get_by_role("heading", name="Nothing to check yet")).to_be_visible()
    page.get_by_role("button", name="Load sample filings").click()
    expect(page.get_by_role("heading", name="changes that no filing explains")).to_be_visible()
    page.goto(f"{server.url}/checks?people=BERTUCCI+JOHN+R")
    expect(page.get_by_role("heading", name="2 changes that no filing explains")).to_be_visible()
    change = page.get_by_role("heading", name="−2,816,593 shares unexplained")
    click_in_grid(page, page.locator("[class*=st-key-breaks_]"), 16, 85, change)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert b"-2816593" in Path(download.value.path()).read_bytes()
    page.get_by_role("link", name="Form 4 of 8 Nov 2007").click()
    expect(page.get_by_role("heading", name="Form 4, ").first).to_be_visible()
    expect(page.locator("mark").first).to_contain_text("2,284,880")
    assert "cell=non_derivative" in page.url


def test_a_link_opens_a_part(server: Server, page: Page) -> None:
    """The part and its filters are in the link, also on a server that has just started."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    expect(page.get_by_text("27 files read")).to_be_visible()
    page.goto(f"{server.url}/checks?part=Deadlines&timeliness=In+time")
    expect(page.get_by_role("tab", name="Deadlines")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="In time: GRIFFIN MICHAEL D")).to_be_visible()
    page.get_by_role("tab", name="Short swing").click()
    expect(page.get_by_text("A screen, not a liability")).to_be_visible()
    assert "part=Short" in page.url


def test_a_click_on_a_mark_opens_its_filing(server: Server, page: Page) -> None:
    """The chart opens on one insider, and each of its marks leads to its row."""
    store = open_store(str(server.store))
    for n, one in enumerate(bertucci()):
        store.add_document(f"{n}.xml", b"%d" % n, [one], reader_version=1)
    store.close()
    page.goto(f"{server.url}/holdings?lines=Direct")
    marks = page.locator("[class*=st-key-holdings_chart] .points path.point")
    expect(marks).to_have_count(2)
    page.get_by_text("By month and price").click()
    expect(page.locator("[class*=st-key-months_chart] .bars path")).not_to_have_count(0)
    place = marks.last.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    expect(page.locator(".hoverlayer .hovertext").first).to_be_visible()
    page.mouse.click(x, y)
    expect(page.get_by_role("heading", name="Form 4, ").first).to_be_visible()
    assert "id=2" in page.url
    assert "cell=non_derivative" in page.url


def test_a_filing_date_is_entered_where_the_document_has_none(server: Server, page: Page) -> None:
    """From what is unknown to late, for the checks and for the market, and back by an undo."""
    page.goto(f"{server.url}/checks")
    page.get_by_role("button", name="Load sample filings").click()
    page.get_by_role("tab", name="Deadlines").click()
    expect(page.get_by_text("0 late, 0 possibly late, 36 unknown, 3 in time")).to_be_visible()
    page.get_by_role("button", name="Enter filing date").click()
    page.get_by_role("textbox", name="Value").fill("1/14/2025")
    page.get_by_role("textbox", name="Reason").fill("EDGAR's index")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text("Noted in the log")).to_be_visible()
    expect(page.get_by_text("2 late, 0 possibly late, 34 unknown, 3 in time")).to_be_visible()
    expect(page.get_by_text("Filed on 14 Jan 2025, 4 days after 10 Jan 2025.")).to_be_visible()
    expect(page.get_by_text("Corrected from empty to 14 Jan 2025 by Analyst: EDGAR's index")).to_be_visible()

    page.get_by_test_id("stTopNavLink").filter(has_text="Market").click()
    page.get_by_role("tab", name="Filed late").click()
    expect(page.get_by_role("region", name="1 row, the first: Beck Peter")).to_be_visible()
    page.get_by_role("link", name="Enter filing dates").click()
    expect(page.get_by_role("button", name="Enter filing date")).to_be_visible()
    states = page.locator(".st-key-timeliness")
    states.get_by_text("Late", exact=True).click()
    states.get_by_text("Unknown", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("0 late, 0 possibly late, 36 unknown, 3 in time")).to_be_visible()
