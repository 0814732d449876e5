"""A server of its own for each module of journeys, and a browser; the server's output is shown on failure."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
EXPECT_MILLISECONDS = 30_000
"""How long a page may take on a busy machine; what is there sooner is not waited for."""
GRID_CLICKS = 4


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser journey; one worker runs them all, so that two browsers never compete."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Show what the server said where a journey failed."""
    report = yield
    log = getattr(item.module, "server_log", None)
    if report.failed and log and log.exists():
        report.sections.append(("server output", log.read_text()[-5000:]))
    return report


class Server:
    """The app on a free port with a store of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.store = folder / "store.sqlite"
        self.log = folder / "server.log"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
        self._command = [*command, f"--server.port={port}", "--server.fileWatcherType=none"]
        self._root = root
        self._output = self.log.open("w")
        self.start()

    def start(self) -> None:
        """Start it under its address, and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            cwd=self._root,
            env=os.environ | {"STAKELINE_STORE": str(self.store)},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """End the server as a machine that goes down does."""
        self._process.kill()
        self._process.wait(timeout=10)

    def stop(self) -> None:
        """End the server and wait for it."""
        self._process.terminate()
        self._process.wait(timeout=10)
        self._output.close()


@pytest.fixture
def server(root: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A freshly started server: no session has been there before."""
    started = Server(root, tmp_path)
    request.module.server_log = started.log
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    expect.set_options(timeout=EXPECT_MILLISECONDS)
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium. Fails the test with what to do where there is none."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.fail(f"The journeys need one of {', '.join(BROWSERS)} on the path; `make test` installs it.")
    return playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of an analyst's size, as a new visitor."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    opened = context.new_page()
    yield opened
    context.close()


def click_in_grid(page: Page, grid: Locator, across: int, down: int, brings: Locator) -> None:
    """Click in a data frame, in pixels from its corner, until what the click brings can be used.

    A grid is one canvas, so a click that comes while it is drawn anew hits nothing.
    """
    canvas = grid.get_by_test_id("data-grid-canvas")
    expect(canvas).to_be_visible()
    for _ in range(GRID_CLICKS - 1):
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        canvas.click(position={"x": across, "y": down}, force=True)
        try:
            expect(brings).to_be_enabled(timeout=EXPECT_MILLISECONDS / GRID_CLICKS)
            return
        except AssertionError:
            continue
    expect(brings).to_be_enabled()
