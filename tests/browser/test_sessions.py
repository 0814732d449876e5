"""Sessions: people beside each other, a server that goes down under a page, and state that comes back."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from lib.store import open_store
from tests.browser.conftest import Server
from tests.builders import bertucci

SHARES = "non_derivative[0].transaction_shares"


def filled(server: Server) -> int:
    """The id of a filing in the server's library."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    store.close()
    return entry.id


def test_a_page_survives_its_server(server: Server, page: Page) -> None:
    """The server is killed and comes back: the open page shows the same view, loads again, and goes on working."""
    number = filled(server)
    page.goto(f"{server.url}/filing?id={number}&cell={SHARES}")
    panel = page.locator(".st-key-cell_panel")
    expect(panel.get_by_text("1,700")).to_be_visible()
    expect(page.get_by_text("Whole document")).to_be_visible()
    expect(page.get_by_text("Every column of the form")).to_be_visible()
    app = page.get_by_test_id("stApp")
    server.kill()
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(panel.get_by_text("1,700")).to_be_visible()
    page.reload()
    panel.get_by_role("button", name="Next").click()
    expect(panel.get_by_text("Table I, row 1, acquired or disposed")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_filters_survive_another_page(server: Server, page: Page) -> None:
    """Going elsewhere and back brings the same list."""
    filled(server)
    page.goto(f"{server.url}/?find=bertucci")
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()
    page.get_by_role("link", name="Glossary").first.click()
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_role("link", name="Filings").first.click()
    expect(page.get_by_placeholder("Issuer, owner, file")).to_have_value("bertucci")


def test_two_people_do_not_see_each_others_unfinished_work(server: Server, browser: Browser) -> None:
    """A half-written correction is nobody else's; a saved one is everybody's."""
    number = filled(server)
    address = f"{server.url}/filing?id={number}&cell={SHARES}"
    ada, bob = browser.new_context().new_page(), browser.new_context().new_page()
    for one in (ada, bob):
        one.goto(address)
        expect(one.locator(".st-key-cell_panel").get_by_text("1,700")).to_be_visible()
    ada.get_by_role("button", name="Correct").click()
    ada.get_by_role("textbox", name="Value").fill("1,900")
    ada.get_by_role("textbox", name="Reason").fill("smudged")
    ada.get_by_role("textbox", name="Your name").fill("Ada")
    bob.reload()
    bob.get_by_role("button", name="Correct").click()
    expect(bob.get_by_role("textbox", name="Value")).to_have_value("1700")
    expect(bob.get_by_role("textbox", name="Your name")).to_have_value("Analyst")
    ada.get_by_role("button", name="Save correction").click()
    expect(ada.locator(".st-key-cell_panel").get_by_text("by Ada: smudged")).to_be_visible()
    bob.reload()
    expect(bob.locator(".st-key-cell_panel").get_by_text("by Ada: smudged")).to_be_visible()
    for one in (ada, bob):
        one.context.close()
