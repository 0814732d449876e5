"""How long the holdings page takes on a store of 100,000 rows over 2,000 owners, against the chart alone.

Both pages have the same chart of the same insiders and are driven in one run in the same Chromium, in turns:
an insider is added to the choice, until the chart shows the name. Then what the page costs cold, and each
question that it asks of the store.

    python benchmarks/bench_holdings.py
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from bench_ledger import OWNERS, ROWS, filings_of  # noqa: E402 - the path comes first
from bench_vesting_step import ARGUMENTS, CHROMIUM, served  # noqa: E402

from lib.filings.listing import ReadDocument, listed  # noqa: E402
from lib.filings.readers import READER_VERSION  # noqa: E402
from lib.filings.record import Filing  # noqa: E402
from lib.holdings.together import together  # noqa: E402
from lib.store import Store, open_store  # noqa: E402
from lib.store.bulk import put  # noqa: E402
from lib.store.issuers import held_of, insiders_named, issuers, records, revision  # noqa: E402

TARGET = 1.5
STEPS, WARM_UP = 8, 2
ISSUER = "Issuer 7 Inc (I7)"
DOCUMENT = b"x" * 4_000
FLOOR = """
import os

import streamlit as st

from lib.charts.holdings import holdings_figure
from lib.store import open_store
from lib.store.issuers import held_of, issuers, records
from lib.holdings.together import drawn, together


@st.cache_resource
def ledgers():
    store = open_store(os.environ["STAKELINE_STORE"])
    held = held_of(store, [one for one in issuers(store) if one.name == "Issuer 7 Inc"])
    return drawn(together(list(records(store, [number for number, *_ in held]))).book.ledgers)


everything = ledgers()
owners = list(dict.fromkeys(one.position.owner for one in everything))
chosen = st.multiselect("Owner", owners, default=owners[:1], key="insiders")
shown = [one for one in everything if one.position.owner in chosen]
st.plotly_chart(holdings_figure(shown), key="holdings_chart", theme=None, config={"displaylogo": False})
"""
SHOWS = """window.shows = (name) => {
  const chart = document.querySelector(".st-key-holdings_chart .js-plotly-plot");
  return Boolean(chart) && (chart._fullData || []).some((trace) => (trace.name || "").includes(name));
}"""
UNTIL_SHOWN = """(name) => new Promise((done) => {
  let pressed = null;
  addEventListener("keydown", (event) => { if (event.key === "Enter") pressed = performance.now(); }, { capture: true });
  const look = () => {
    if (pressed !== null && shows(name)) done(performance.now() - pressed);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def main() -> int:
    """Print what everything takes; 1 where the ratio misses its target."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = open_store(f"{folder}/store.sqlite")
        filled(store, filings_of(ROWS, OWNERS))
        ask(store)
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        with served(script, folder) as floor_url, served(ROOT / "app.py", folder) as page_url:
            cold = time.perf_counter()
            floor = opened(browser.new_page(), floor_url)
            print(f"chart alone, cold: {time.perf_counter() - cold:.2f} s until it is drawn")
            cold = time.perf_counter()
            page = opened(browser.new_page(), f"{page_url}/holdings?company={ISSUER.replace(' ', '+')}")
            print(f"page, cold: {time.perf_counter() - cold:.2f} s until its chart is drawn")
            floor_times, page_times = measured(floor, page)
        browser.close()
        store.close()
    ratio = median(page_times) / median(floor_times)
    print(f"chart alone     median {median(floor_times):6.0f} ms of {len(floor_times)} choices")
    print(f"holdings page   median {median(page_times):6.0f} ms of {len(page_times)} choices")
    print(f"ratio           {ratio:.2f}  (target at most {TARGET})")
    return 0 if ratio <= TARGET else 1


def filled(store: Store, filings: list[tuple[int, Filing]]) -> None:
    """Put the filings in, a document each, some hundred at once: what is measured is asking, not adding."""
    for start in range(0, len(filings), 500):
        batch = []
        for n, one in filings[start : start + 500]:
            data = DOCUMENT + str(n).encode()
            batch.append(ReadDocument(f"{n}.xml", data, hashlib.sha256(data).hexdigest(), [listed(one)]))
        put(store, batch, READER_VERSION)


def ask(store: Store) -> None:
    """Each question of the page, in milliseconds."""
    listed = issuers(store)
    one = [issuer for issuer in listed if issuer.name == "Issuer 7 Inc"]
    held = held_of(store, one)
    read = list(records(store, [number for number, *_ in held]))
    print(
        f"store: {sum(issuer.filings for issuer in listed):,} filings, {len(listed)} issuers, {len(held)} of one"
    )
    for name, question in (
        ("the revision", lambda: revision(store)),
        ("all issuers", lambda: issuers(store)),
        ("filings of one issuer", lambda: held_of(store, one)),
        ("insiders by name", lambda: insiders_named(store, "adams maria")),
        ("records of one issuer", lambda: list(records(store, [number for number, *_ in held]))),
        ("book and breaks of one issuer", lambda: together(read)),
    ):
        print(f"  {name:32} {milliseconds(question):7.1f} ms")


def milliseconds(question: Callable[[], object]) -> float:
    """The median of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def measured(floor: Page, page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds of each choice, floor and page in turns, without the first ones."""
    times: tuple[list[float], list[float]] = ([], [])
    for n in range(STEPS + WARM_UP):
        for which, one in enumerate((floor, page)):
            taken = choose_another(one, n)
            if n >= WARM_UP:
                times[which].append(taken)
    return times


def choose_another(one: Page, n: int) -> float:
    """Add one insider to the one that is shown, until the chart shows both; then take it away again."""
    one.bring_to_front()
    box = one.get_by_label("Owner", exact=True)
    box.click()
    option = one.get_by_role("option").nth(n % 5 + 1)
    name = option.inner_text()
    box.fill(name)
    one.evaluate(SHOWS)
    one.evaluate(f"(name) => {{ window.shown = ({UNTIL_SHOWN})(name); }}", name)
    one.keyboard.press("Enter")
    taken = float(one.evaluate("window.shown"))
    one.keyboard.press("Backspace")
    one.wait_for_function("(name) => !shows(name)", arg=name, timeout=20_000)
    one.keyboard.press("Escape")
    settled(one)
    return taken


def settled(page: Page) -> None:
    """Wait until the script has run and the chart is there."""
    page.wait_for_timeout(250)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def opened(page: Page, url: str) -> Page:
    """The page once its chart is drawn."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(url)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    settled(page)
    return page


if __name__ == "__main__":
    raise SystemExit(main())
