"""From a plan's document to a memo-ready answer: read, simulated, compared, shared and exported, in a real browser."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_vesting import expect_numbers, handle, number


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def card(page: Page, place: int, name: str) -> Locator:
    """A figure of a pinned scenario."""
    label = page.get_by_test_id("stMetricLabel").filter(has_text=name)
    metric = page.locator(f".st-key-scenario_{place}").get_by_test_id("stMetric").filter(has=label)
    return metric.get_by_test_id("stMetricValue")


def shared_link(page: Page) -> str:
    """The link that the page hands out."""
    page.get_by_role("button", name="Copy link").click()
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    expect(code).to_contain_text("/vesting?")
    return code.locator("code").inner_text().strip()


def open_sample_plan(server: Server, page: Page) -> None:
    """Read the sample plan, save it, and open it in the simulator."""
    page.goto(f"{server.url}/plans")
    button(page, "Start from the sample plan").click()
    expect(page.get_by_text("12 equal installments, 3 months apart")).to_be_visible()
    expect(page.get_by_text("No option can be exercised more than 10 years")).to_be_visible()
    button(page, "Save").click()
    button(page, "Save in the library").click()
    # by its address: while the page is drawn anew, the link of before may still stand beside it
    link = page.get_by_test_id("stPageLink").filter(has_text="Simulate")
    link.locator("a[href*='plan=']:visible").click()
    expect(page.get_by_role("heading", name="Vesting", exact=True)).to_be_visible()
    expect(page.locator(".st-key-plan input")).to_have_value(
        "1997 DIRECTOR STOCK OPTION PLAN (1997-director-stock-option-plan.yaml)"
    )


def test_from_the_sample_plan_to_a_shared_comparison(
    server: Server, page: Page, browser: Browser, tmp_path: Path
) -> None:
    """The sample is read and saved; leaving moves across a vest and an anniversary; two readings stand side by side."""
    open_sample_plan(server, page)
    page.locator(".st-key-leaves_vest_before").get_by_role("button").click()
    expect_numbers(page, "8,333", "11,667", "13 Feb 2008")
    handle(page, "leaves").press("ArrowLeft")
    expect_numbers(page, "6,666", "13,334", "12 Feb 2008")

    page.locator(".st-key-reason input").click()
    page.get_by_role("option", name="Dies").click()
    expect_numbers(page, "13,333", "6,667", "12 Feb 2008")
    page.locator(".st-key-leaves_vest_before").get_by_role("button").click()
    expect_numbers(page, "13,333", "6,667", "13 Nov 2005")
    handle(page, "leaves").press("ArrowLeft")
    expect_numbers(page, "6,666", "13,334", "12 Nov 2005")
    handle(page, "leaves").press("ArrowRight")
    expect_numbers(page, "13,333", "6,667", "13 Nov 2005")

    button(page, "Pin this scenario").click()
    expect(page.get_by_text("Pinned; see Compare.")).to_be_visible()
    page.get_by_role("button", name="disputed readings").click()
    page.locator(".st-key-reading_death_acceleration").get_by_text("Installment", exact=True).click()
    expect(number(page, "Exercisable")).to_have_text("8,333")
    page.keyboard.press("Escape")
    button(page, "Pin this scenario").click()
    page.locator(".st-key-tab").get_by_text("Compare").click()
    expect(card(page, 0, "Exercisable")).to_have_text("13,333")
    expect(card(page, 1, "Exercisable")).to_have_text("8,333")
    expect(page.locator(".st-key-scenario_1").get_by_text("−5,000 shares")).to_be_visible()

    link = shared_link(page)
    page.keyboard.press("Escape")
    button(page, "Export").click()
    with page.expect_download() as download:
        button(page, "Excel").click()
    file = tmp_path / "vesting.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    figures = {row[0].value: row[1].value for row in book["Figures"].iter_rows()}
    assert figures["Exercisable"] == 8333
    inputs = {row[0].value: row[1].value for row in book["Inputs"].iter_rows()}
    assert inputs["Service"] == "Dies 13 Nov 2004"
    assert inputs["Reading: death acceleration"] == "installment"
    assert inputs["Link"] == link
    pinned = {row[0].value: (row[1].value, row[2].value) for row in book["Scenarios"].iter_rows()}
    assert pinned["Exercisable"] == (13333, 8333)

    other = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    other.goto(link)
    expect(number(other, "Exercisable").first).to_have_text("8,333")
    expect(card(other, 0, "Exercisable")).to_have_text("13,333")
    expect(card(other, 1, "Exercisable")).to_have_text("8,333")
    other.locator(".st-key-scenario_0").get_by_role("button", name="Clauses").click()
    other.get_by_test_id("stPopoverBody").get_by_text("§ 5(e)(ii)", exact=False).first.click()
    followed = other.locator(".st-key-followed")
    expect(followed.get_by_text("what would have vested by the next anniversary").first).to_be_visible()
    other.context.close()


def test_a_term_is_edited_and_the_edit_undone(server: Server, page: Page) -> None:
    """A dialog with the term's fields; what contradicts itself is said in it; undo takes an edit back."""
    page.goto(f"{server.url}/plans?terms=mks-1997-director")
    page.locator(".st-key-term_windows_1").get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    months = dialog.locator(".st-key-edit_windows_1_months input")
    months.fill("24")
    months.press("Tab")
    dialog.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("24 months after any end of service")).to_be_visible()
    button(page, "Undo").click()
    expect(page.get_by_text("36 months after any end of service")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
