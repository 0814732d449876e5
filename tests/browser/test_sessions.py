"""Sessions: people beside each other, a server that goes down under a page, and state that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.store import open_store
from tests.browser.conftest import Server
from tests.builders import bertucci

CHO = Path(__file__).parents[2] / "sample_filings" / "cho-2023-07-11-form4.xml"
SHARES = "non_derivative[0].transaction_shares"
WATCH_RUNS = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  window.runs = { begun: false, changed: 0 };
  new MutationObserver(() => {
    window.runs.changed = Date.now();
    window.runs.begun ||= app.dataset.testScriptState === "running";
  }).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}"""
HAS_RUN_AGAIN = """() => window.runs.begun && Date.now() - window.runs.changed > 500 &&
  document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
"""


def filled(server: Server) -> int:
    """The id of a filing in the server's library."""
    store = open_store(str(server.store))
    store.add_document("bertucci.xml", b"1", bertucci()[1:], reader_version=1)
    (entry,) = store.library()
    store.close()
    return entry.id


def test_a_page_survives_its_server(server: Server, page: Page) -> None:
    """The server is killed and comes back: the open page shows the same view, and its next click counts."""
    number = filled(server)
    page.goto(f"{server.url}/filing?id={number}&cell={SHARES}")
    panel = page.locator(".st-key-cell_panel")
    expect(panel.get_by_text("1,700")).to_be_visible()
    expect(page.get_by_text("Whole document")).to_be_visible()
    expect(page.get_by_text("Every column of the form")).to_be_visible()
    app = page.get_by_test_id("stApp")
    page.evaluate(WATCH_RUNS)
    server.kill()
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(panel.get_by_text("1,700")).to_be_visible()
    page.wait_for_function(HAS_RUN_AGAIN)
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


def reading(page: Page, server: Server) -> None:
    """Press for the samples, and wait until some are read and some are not."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    # at each frame, for the words change faster than a locator looks
    page.wait_for_function(
        "() => /(?<!\\d)(?:[2-9]|1\\d) of 27 files/.test(document.querySelector('[data-testid=stProgress]')?.textContent)"
    )


def everything_is_there_after_loading_again(server: Server, page: Page) -> None:
    """The page works, what is in the library is whole, and the samples complete it."""
    page.goto(server.url)
    page.get_by_role("button", name="Load sample filings").click()
    expect(page.get_by_text("27 filings", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    store = open_store(str(server.store))
    assert all(store.filing(entry.id).reporting_owners for entry in store.library())
    store.close()


def test_a_page_closed_while_files_are_read(server: Server, browser: Browser, page: Page) -> None:
    """What was read before is kept whole, and a new visit goes on from there."""
    leaving = browser.new_context()
    reading(leaving.new_page(), server)
    leaving.close()
    store = open_store(str(server.store))
    assert len(store.library()) >= 1
    store.close()
    everything_is_there_after_loading_again(server, page)


def test_a_server_killed_while_files_are_read(server: Server, browser: Browser, page: Page) -> None:
    """The library opens again with what was read before, each filing whole."""
    before = browser.new_context()
    reading(before.new_page(), server)
    server.kill()
    before.close()
    store = open_store(str(server.store))
    assert len(store.library()) >= 1
    store.close()
    server.start()
    everything_is_there_after_loading_again(server, page)


def test_a_page_closed_in_the_middle_of_an_upload(
    server: Server, browser: Browser, page: Page, tmp_path: Path
) -> None:
    """Half a file is nothing: the library is as it was, and the next visit reads what it drops in."""
    filled(server)
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(60_000_000)
    leaving = browser.new_context()
    half = leaving.new_page()
    half.goto(server.url)
    expect(half.get_by_text("1 filing", exact=True)).to_be_visible()
    network = leaving.new_cdp_session(half)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    network.send("Network.emulateNetworkConditions", slow)
    half.locator("input[type=file]").set_input_files(large)
    expect(half.get_by_test_id("stFileUploaderFile").or_(half.get_by_text("large.zip")).first).to_be_visible()
    leaving.close()
    page.goto(server.url)
    expect(page.get_by_text("1 filing", exact=True)).to_be_visible()
    expect(page.get_by_text("large.zip")).to_have_count(0)
    page.locator("input[type=file]").set_input_files([CHO])
    expect(page.get_by_text("1 file read")).to_be_visible()
    expect(page.get_by_text("2 filings", exact=True)).to_be_visible()


@pytest.mark.parametrize(("megabytes", "said"), [(199, "large.zip:"), (215, "200.0MB or smaller")])
def test_a_file_about_as_large_as_can_be(
    server: Server, page: Page, tmp_path: Path, megabytes: int, said: str
) -> None:
    """A damaged archive of 199 MB is told with its reason, one of 215 MB is refused with the limit; the page goes on."""
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(megabytes * 1_000_000)
    page.goto(server.url)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text(said).first).to_be_visible(timeout=90_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)
