"""The filing page in a real browser: step through values, correct one, take it along, undo."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect

from lib.filings.words import where_in_words
from lib.store import open_store
from lib.ui.cell_panel import cells_in_order
from tests.browser.conftest import Server
from tests.builders import bertucci

SHARES = "non_derivative[0].transaction_shares"


def test_correct_take_along_and_undo(server: Server, page: Page) -> None:
    """A corrected value is in table, log, export and holdings; undo gives back what was read."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    page.goto(f"{server.url}/filing?id={entry.id}&cell={SHARES}")
    panel = page.locator(".st-key-cell_panel")
    expect(panel.get_by_text("1,700")).to_be_visible()
    panel.get_by_role("button", name="Correct").click()
    page.get_by_role("textbox", name="Value").fill("1,900")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text("A correction needs a reason")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("smudged in the original")
    page.get_by_role("textbox", name="Your name").fill("Ada")
    page.get_by_role("button", name="Save correction").click()
    expect(panel.get_by_text("1,900", exact=True)).to_be_visible()
    expect(panel.get_by_text("Corrected from 1700 to 1900 by Ada: smudged in the original")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "form4-mksi-bertucci-john-r-2007-11-08.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert 1900 in [cell.value for cell in list(book["Table I"].rows)[1]]
    assert "Ada" in [cell.value for cell in list(book["Corrections"].rows)[1]]
    page.keyboard.press("Escape")

    page.reload()
    panel.get_by_role("button", name="Undo").click()
    expect(panel.get_by_text("1,700")).to_be_visible()
    assert [line.action for line in store.log(entry.id)] == ["correct", "undo"]
    store.close()


def test_stepping_by_keyboard(server: Server, page: Page) -> None:
    """N and P go through the values in printed order, and the link follows."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    store.close()
    page.goto(f"{server.url}/filing?id={entry.id}")
    panel = page.locator(".st-key-cell_panel")
    expect(panel.get_by_role("button", name="First value")).to_be_visible()
    expect(panel.get_by_text("next value")).to_be_visible()
    page.wait_for_function("Boolean(window.stakelineStepKeys?.send)")
    page.keyboard.press("n")
    expect(panel.get_by_text("Table I, row 1, security title")).to_be_visible()
    page.keyboard.press("n")
    expect(panel.get_by_text("Table I, row 1, transaction date")).to_be_visible()
    page.keyboard.press("p")
    expect(panel.get_by_text("Table I, row 1, security title")).to_be_visible()
    assert (
        "cell=non_derivative%5B0%5D.security_title" in page.url
        or "cell=non_derivative[0].security_title" in page.url
    )


def test_fast_presses_each_count(server: Server, page: Page) -> None:
    """Whoever presses N faster than the page is drawn is as far on as they pressed; a field takes the letter."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    cells = cells_in_order(store.filing(entry.id))
    store.close()
    page.goto(f"{server.url}/filing?id={entry.id}")
    panel = page.locator(".st-key-cell_panel")
    expect(panel.get_by_text("next value")).to_be_visible()
    page.wait_for_function("Boolean(window.stakelineStepKeys?.send)")
    for _ in range(9):
        page.keyboard.press("n")
    expect(panel.get_by_text(where_in_words(cells[8]))).to_be_visible()
    for _ in range(3):
        page.keyboard.press("p")
    expect(panel.get_by_text(where_in_words(cells[5]))).to_be_visible()
    panel.get_by_role("button", name="Correct").click()
    page.get_by_role("textbox", name="Reason").press_sequentially("none")
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("none")
    expect(panel.get_by_text(where_in_words(cells[5]))).to_be_visible()


def test_on_a_phone_values_come_first(server: Server, browser: Browser) -> None:
    """The values stand above the source, and a link leads from each to the other."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    store.close()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server.url}/filing?id={entry.id}&cell={SHARES}")
    values, source = page.locator(".st-key-cell_panel"), page.get_by_role("heading", name="Source")
    expect(values).to_be_in_viewport()
    expect(page.get_by_text("Whole document")).to_be_attached()
    expect(source).not_to_be_in_viewport()
    page.get_by_role("link", name="See its place in the source").click()
    expect(source).to_be_in_viewport()
    page.get_by_role("link", name="Back to the values").click()
    expect(values.get_by_text("1,700")).to_be_in_viewport()
    context.close()
