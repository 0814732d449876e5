"""What the pages take with the samples loaded, against bare Streamlit pages, driven in turns in one browser.

First page, going from page to page, opening a filing; the server's memory; the most that an interaction sends.
Going to a page is timed inside the browser, from the click to the frame in which everything is drawn: beside a
page that holds a title only, and beside one that holds a title and one plain chart or table, for no page with
a chart can be drawn sooner than Streamlit draws a chart. The first visit, which loads the code of charts and
tables, is told apart.

    python benchmarks/bench_pages.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from bench_vesting_step import ARGUMENTS, CHROMIUM, served  # noqa: E402 - the path comes first

from lib.store import open_store  # noqa: E402
from lib.store.intake import take_in  # noqa: E402
from lib.ui.intake_panel import SAMPLES, sample_files  # noqa: E402

TIMES = 7
EMPTY = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

def one():
    st.title("One")

def two():
    st.title("Two")

def table():
    st.title("Table")
    st.dataframe(pd.DataFrame({name: ["a word", "another"] * 14 for name in "abcdefghij"}), hide_index=True)

def chart():
    st.title("Chart")
    st.plotly_chart(go.Figure(go.Scatter(x=list(range(20)), y=list(range(20)))), theme=None)

st.set_page_config(layout="wide")
pages = [st.Page(page, title=page.__name__.capitalize()) for page in (one, two, table, chart)]
st.navigation(pages, position="top").run()
"""
BARE = {
    "Holdings": "Chart",
    "Market": "Table",
    "Checks": "Table",
    "Plans": "Two",
    "Vesting": "Chart",
    "Filings": "Table",
}
"""Each page with the bare page that holds its heaviest part."""
UNTIL_DRAWN = """([link, heading]) => new Promise((done) => {
  let begun = null;
  addEventListener("click", () => { begun ??= performance.now(); }, { once: true, capture: true });
  if (link) [...document.querySelectorAll("a")].find((one) => one.textContent.trim() === link).click();
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const there = [...document.querySelectorAll("h1")].some((one) => one.textContent.trim().startsWith(heading));
    const drawn = !document.querySelector("[data-testid=stSkeleton]") &&
      [...document.querySelectorAll("[data-testid=stDataFrame]")].every((one) => one.querySelector("canvas")) &&
      [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every((one) => one.querySelector(".main-svg"));
    if (begun !== null && there && drawn && app.dataset.testScriptState === "notRunning")
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
"""Milliseconds from a click, on a link of the menu or elsewhere, to the frame in which the page it leads to is drawn."""


def main() -> None:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = open_store(f"{folder}/store.sqlite")
        list(take_in(store, sample_files(SAMPLES)))
        store.close()
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        with served(script, folder) as empty, served(ROOT / "app.py", folder) as app:
            first = turns(lambda: load(browser, empty, "One"), lambda: load(browser, app, "Filings"))
            said("first page", first, 1.5)
            floor, page = opened(browser, empty, "One"), opened(browser, app, "Filings")
            sent = listen(page)
            for name, bare in BARE.items():
                first_visit = there_and_back(page, name, "Glossary")
                there_and_back(floor, bare, "One")
                rounds = [
                    (
                        there_and_back(floor, "Two", "One"),
                        there_and_back(floor, bare, "One"),
                        there_and_back(page, name, "Glossary"),
                    )
                    for _ in range(TIMES)
                ]
                empty_times, bare_times, times = (list(one) for one in zip(*rounds, strict=True))
                said(f"to {name}", (empty_times, times), 1.5)
                if bare != "Two":
                    said(f"  beside a bare {bare.lower()}", (bare_times, times), 1.5)
                print(f"  first visit {first_visit:.0f} ms", flush=True)
            opening = turns(
                lambda: there_and_back(floor, "Two", "One"), lambda: open_filing(page), times=TIMES
            )
            said("opening a filing", opening, 2.0)
            print(f"most sent at once after the first picture: {max(sent) / 1024:.0f} KiB (at most 250)")
            print(f"memory of the server: {memory(app):.0f} MiB (at most 350)")
        browser.close()


def said(what: str, times: tuple[list[float], list[float]], most: float) -> None:
    floor, mine = median(times[0]), median(times[1])
    print(
        f"{what:24} {mine:6.0f} ms, floor {floor:6.0f} ms, ratio {mine / floor:.2f} (at most {most})",
        flush=True,
    )


def turns(
    floor: Callable[[], float], mine: Callable[[], float], times: int = TIMES
) -> tuple[list[float], list[float]]:
    floor(), mine()
    pairs = [(floor(), mine()) for _ in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def load(browser: Browser, url: str, heading: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(url)
    arrived(page, heading)
    taken = time.perf_counter() - begun
    context.close()
    return taken * 1000


def opened(browser: Browser, url: str, heading: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(url)
    arrived(page, heading)
    return page


def arrived(page: Page, heading: str) -> None:
    page.get_by_role("heading", name=heading, exact=True).first.wait_for(timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)


def there_and_back(page: Page, name: str, back: str) -> float:
    page.bring_to_front()
    page.evaluate(UNTIL_DRAWN, [back, back])
    page.wait_for_timeout(200)
    return float(page.evaluate(UNTIL_DRAWN, [name, name]))


def open_filing(page: Page) -> float:
    page.bring_to_front()
    page.evaluate(UNTIL_DRAWN, ["Filings", "Filings"])
    grid = page.locator("[class*=st-key-library_]").get_by_test_id("data-grid-canvas")
    grid.wait_for()
    page.wait_for_timeout(500)
    place = grid.bounding_box()
    assert place is not None
    page.evaluate(f"(said) => {{ window.opened = ({UNTIL_DRAWN})(said); }}", ["", "Form "])
    page.mouse.click(place["x"] + 80, place["y"] + 52)
    return float(page.evaluate("window.opened"))


def listen(page: Page) -> list[int]:
    """Bytes of every message that the server sends from now on."""
    sizes = [0]
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sizes.append(len(data))))
    page.reload()
    arrived(page, "Filings")
    sizes[:] = [0]
    return sizes


def memory(url: str) -> float:
    """Resident MiB of the server that listens at ``url``."""
    port = url.rpartition(":")[2]
    for process in Path("/proc").iterdir():
        try:
            line = (process / "cmdline").read_text()
            if f"--server.port={port}" in line:
                status = (process / "status").read_text().splitlines()
                return int(next(one for one in status if one.startswith("VmRSS")).split()[1]) / 1024
        except (OSError, StopIteration):
            continue
    raise RuntimeError("The server is not there.")


if __name__ == "__main__":
    main()
