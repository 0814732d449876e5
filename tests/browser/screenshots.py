"""Pictures of every page, for the README and for looking at: ``make screenshots``.

Starts the app on a store of its own, loads the samples, and writes ``docs/screenshots/PAGE-LOOK.png`` for a
desk in light and dark and for a phone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import Server, launch

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "screenshots"
PAGES = {
    "filings": ("/", "27 filings", "[data-testid=stDataFrame] canvas"),
    "filing": (
        "/filing?id=20&cell=derivative[0].transaction_shares",
        "Table II",
        "[data-testid=stImage] img",
    ),
    "holdings": ("/holdings", "unexplained", ".js-plotly-plot .main-svg"),
    "market": ("/market?market_part=Sold", "Most sold", "[data-testid=stDataFrame] canvas"),
    "compare": ("/compare?one=1&other=2&everything=true", "differ", "[data-testid=stDataFrame] canvas"),
    "checks": ("/checks", "no filing explains", "[data-testid=stDataFrame] canvas"),
    "plans": ("/plans?terms=mks-1997-director", "12 equal installments", "[data-testid=stTabs]"),
    "vesting": ("/vesting", "Forfeited", ".js-plotly-plot .main-svg"),
}
LOOKS = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
}


def settled(page: Page, text: str) -> None:
    """Wait until the page shows ``text`` and Streamlit has stopped running."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=20_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=20_000)
    page.wait_for_function("document.fonts.ready.then(() => true)")


def take(browser: Browser, url: str) -> None:
    """Every page in every look."""
    loader = browser.new_page()
    loader.goto(url)
    loader.get_by_role("button", name="Load sample filings").click()
    settled(loader, "27 files read")
    loader.close()
    for look, options in LOOKS.items():
        context = browser.new_context(**options)
        for name, (path, text, drawn) in PAGES.items():
            page = context.new_page()
            page.goto(url + path)
            settled(page, text)
            expect(page.locator(drawn).first).to_be_visible(timeout=20_000)
            page.screenshot(path=OUT / f"{name}-{look}.png")
            page.close()
        context.close()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(ROOT, Path(folder))
        try:
            browser = launch(playwright)
            take(browser, server.url)
            browser.close()
        finally:
            server.stop()
    print(f"{len(PAGES) * len(LOOKS)} pictures in {OUT.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
