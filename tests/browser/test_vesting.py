"""The vesting page in a real browser: a cold link, and sliders that move the numbers and the picture."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server


def number(page: Page, name: str) -> Locator:
    """The value of a figure by its name."""
    label = page.locator("dt").filter(has_text=re.compile(f"^{name}"))
    return page.locator("dl > div").filter(has=label).locator("dd").first


def handle(page: Page, key: str) -> Locator:
    """A slider's handle."""
    return page.locator(f".st-key-{key}_slider input[type=range]")


def expect_numbers(page: Page, exercisable: str, forfeited: str, last: str) -> None:
    expect(number(page, "Exercisable")).to_have_text(exercisable)
    expect(number(page, "Forfeited")).to_have_text(forfeited)
    expect(number(page, "Last day to exercise")).to_have_text(last)


def test_a_cold_link_and_both_sliders(server: Server, page: Page) -> None:
    """A link opens on a server nobody has used; each arrow key moves a day, the numbers, the picture and the link."""
    page.goto(f"{server.url}/vesting?granted=2003-11-13&leaves=2005-02-13")
    expect_numbers(page, "8,333", "11,667", "13 Feb 2008")
    picture = page.locator(".st-key-vesting_chart")
    expect(picture.get_by_text("Leaves 13 Feb 2005")).to_be_visible()
    expect(picture.get_by_text("8,333 exercisable")).to_be_visible()

    handle(page, "leaves").press("ArrowLeft")
    expect_numbers(page, "6,666", "13,334", "12 Feb 2008")
    expect(picture.get_by_text("Leaves 12 Feb 2005")).to_be_visible()
    expect(page.locator(".st-key-leaves")).to_contain_text("2005")
    assert "leaves=2005-02-12" in page.url
    handle(page, "leaves").press("ArrowRight")
    expect_numbers(page, "8,333", "11,667", "13 Feb 2008")

    handle(page, "granted").press("ArrowRight")
    expect_numbers(page, "6,666", "13,334", "13 Feb 2008")
    assert "granted=2003-11-14" in page.url
    page.reload()
    expect_numbers(page, "6,666", "13,334", "13 Feb 2008")


def test_steps_to_the_vests_and_still_serving(server: Server, page: Page) -> None:
    """Next vest lands on the vest; still serving forfeits nothing."""
    page.goto(f"{server.url}/vesting")
    expect(number(page, "Exercisable")).to_have_text("8,333")
    page.locator(".st-key-leaves_vest_after").get_by_role("button").click()
    expect_numbers(page, "10,000", "10,000", "13 May 2008")
    page.get_by_text("Still serving", exact=True).click()
    expect(number(page, "Unvested potential")).to_have_text("$60,000.00")
    expect(number(page, "Next vest")).to_have_text("13 Aug 2005")
    expect(page.get_by_test_id("stException")).to_have_count(0)
