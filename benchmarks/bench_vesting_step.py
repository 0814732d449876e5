"""How long one slider step takes on the vesting page, against a page that holds only the slider and its chart.

Both are driven in one run in the same Chromium, in turns: an arrow key on the slider, until the words and the
picture show the new day. The times are taken inside the browser, from the key to the frame that shows it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lib.charts.look import day  # noqa: E402 - the path comes first

STEPS, TURNS, WARM_UP = 6, 4, 3
TARGET = 1.5
FIRST = date(2005, 3, 15)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
FLOOR = """
from datetime import date, timedelta

import streamlit as st

from lib.charts.look import day
from lib.charts.vesting import Mark, vesting_figure
from lib.plans.result import Holding, Step
from lib.plans.timeline import Leaving

left = st.slider("Day", date(2003, 1, 1), date(2008, 12, 31), date(2005, 3, 15), key="leaves_slider")
first = date(2003, 11, 13)
story = [
    Step(first + timedelta(days=91 * n), Holding(20000 - 1666 * n, 1666 * n, 0, 0, 0), ("vest",)) for n in range(6)
]
story += [
    Step(left, Holding(0, 8330, 0, 11670, 0), ("voluntary",)),
    Step(left + timedelta(days=1096), Holding(0, 0, 0, 11670, 8330), ("lapse",)),
]
shown = (first, left + timedelta(days=1160))
marks = [Mark(left, f"Leaves {day(left)}"), Mark(left + timedelta(days=1095), "Last day", "dash")]
costs = [Leaving(first + timedelta(days=91 * n), 20000 - 1666 * n, 1666 * n) for n in range(13)]
st.plotly_chart(vesting_figure(story, costs, left, shown, marks), key="chart", theme=None, config={"displayModeBar": False})
"""
UNTIL_SHOWN = """(said) => new Promise((done) => {
  let pressed = null;
  addEventListener("keydown", () => { pressed = performance.now(); }, { once: true, capture: true });
  const look = () => {
    const shown = said.every(([place, text]) =>
      [...document.querySelectorAll(place)].some((one) => one.textContent.includes(text)));
    if (pressed !== null && shown) done(performance.now() - pressed);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def main() -> int:
    """Print both medians and their ratio; 1 where the ratio misses its target."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        with served(script, folder) as floor_url, served(ROOT / "app.py", folder) as page_url:
            floor, page = (
                opened(browser.new_page(), floor_url),
                opened(browser.new_page(), f"{page_url}/vesting"),
            )
            floor_times, page_times = measured(floor, page)
        browser.close()
    ratio = median(page_times) / median(floor_times)
    print(f"slider and chart alone   median {median(floor_times):6.0f} ms of {len(floor_times)} steps")
    print(f"vesting page             median {median(page_times):6.0f} ms of {len(page_times)} steps")
    print(f"ratio                    {ratio:.2f}  (target at most {TARGET})")
    return 0 if ratio <= TARGET else 1


def measured(floor: Page, page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds of each step, floor and page in turns, without the first steps."""
    times: tuple[list[float], list[float]] = ([], [])
    at = FIRST
    for turn in range(TURNS):
        days = [at + timedelta(days=n + 1) for n in range(STEPS + (WARM_UP if turn == 0 else 0))]
        for which, one in enumerate((floor, page)):
            one.bring_to_front()
            slider = one.locator(".st-key-leaves_slider input[type=range]")
            slider.focus()
            taken = [step(one, to, whole=which == 1) for to in days]
            times[which].extend(taken[-STEPS:])
        at = days[-1]
    return times


def step(one: Page, to: date, *, whole: bool) -> float:
    """One arrow key, until the new day is shown everywhere."""
    said = [[".st-key-vesting_chart, .st-key-chart", f"Leaves {day(to)}"]]
    if whole:
        said += [["h3", f"Leaving on {day(to)} keeps"], ["li", f"Leaving on {day(to)} forfeits"]]
    one.evaluate(f"(said) => {{ window.shown = ({UNTIL_SHOWN})(said); }}", said)
    one.keyboard.press("ArrowRight")
    return float(one.evaluate("window.shown"))


def opened(page: Page, url: str) -> Page:
    """The page once its chart is drawn."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(url)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    return page


@contextmanager
def served(script: Path, folder: str) -> Iterator[str]:
    """A Streamlit server on a free port, with a store of its own, as the files beside the script configure it.

    A bare page has none, so that it runs as Streamlit comes.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    server = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.fileWatcherType=none"],
        cwd=script.parent,
        env=os.environ | {"STAKELINE_STORE": f"{folder}/store.sqlite", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        while True:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError(f"The server of {script.name} did not start.") from None
                time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    raise SystemExit(main())
