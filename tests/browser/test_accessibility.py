"""Every page in light and dark: no serious accessibility violation (axe-core), nothing failing in the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, expect

from lib.store import open_store
from lib.store.intake import take_in
from lib.ui.intake_panel import SAMPLES, sample_files
from tests.browser.conftest import Server

PAGES = {
    "filings": "/",
    "filing": "/filing?id=20&cell=derivative[0].transaction_shares",
    "compare": "/compare?one=1&other=2&everything=true",
    "holdings": "/holdings",
    "market": "/market?market_from=2000-01-01",
    "checks": "/checks",
    "plans": "/plans",
    "vesting": "/vesting",
    "glossary": "/glossary",
}
OF_STREAMLIT = frozenset({"_stcore/health", "_stcore/host-config"})
"""What Streamlit's own client asks for beside a deep link first, and finds at the root then."""


def is_of_streamlit(rule: str, node: dict[str, Any]) -> bool:
    """Whether Streamlit's own date field breaks the rule: it says of its group that a date is required."""
    return rule == "aria-allowed-attr" and 'aria-required="true"' in node["html"]


@pytest.fixture(scope="module")
def samples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the samples in its library."""
    server = Server(root, tmp_path_factory.mktemp("accessibility"))
    store = open_store(str(server.store))
    list(take_in(store, sample_files(SAMPLES)))
    store.close()
    yield server
    server.stop()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_everybody(samples: Server, browser: Browser, name: str, look: str) -> None:
    """Names, roles, contrast and order hold, and the browser has nothing to complain of."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme=look)
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(path in message.location["url"] for path in OF_STREAMLIT):
            complaints.append(f"{message.text} {message.location['url']}")

    page.on("console", listen)
    page.goto(samples.url + PAGES[name])
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{one['id']}: {one['help']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
        if one["impact"] in {"serious", "critical"} and not is_of_streamlit(one["id"], node)
    ]
    context.close()
    assert serious == []
    assert complaints == []
