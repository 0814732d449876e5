"""Bulk reading into a real PostgreSQL server: two runs at once, runs that are killed, and a server that goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from random import Random
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, text

from benchmarks.bulk_data_set import bulk_data_set
from benchmarks.bulk_set import bulk_set
from lib.filings import children
from lib.store import bulk, open_store
from lib.store import ingest as ingesting
from tests.store.test_ingest import contents, run

pgserver = pytest.importorskip("pgserver", reason="no PostgreSQL server from the package index here")
pytestmark = pytest.mark.xdist_group("postgres")

COUNT = 600
FIVE_SECONDS = 6
"""Pauses, each twice the one before from a tenth of a second: together over six seconds."""


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bulk")
    bulk_set(root / "sample_filings", out, COUNT)
    return out


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    place = str(tmp_path_factory.mktemp("whole") / "store.sqlite")
    assert run([str(folder)], place)[0] == 0
    return contents(place)


def test_two_runs_at_once_come_to_the_same_library(
    folder: Path, url: str, undisturbed: list[tuple[object, ...]]
) -> None:
    """Overlapping sets in opposite orders, nothing twice, and each document is new to one of them."""
    open_store(url).close()
    files = [str(path) for path in sorted(folder.rglob("*.xml"))]
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run, part, url) for part in (files[:400], list(reversed(files[200:])))]
        assert [one.result()[0] for one in runs] == [0, 0]
    assert contents(url) == undisturbed


def test_an_archive_whose_files_are_all_there_is_not_unpacked(
    root: Path, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until one of its documents is deleted."""
    bulk_data_set(root / "sample_filings", tmp_path / "set.zip", 40)
    assert "40 read" in run([str(tmp_path / "set.zip")], url)[1]
    with monkeypatch.context() as patched:
        patched.setattr(children.subprocess, "Popen", lambda *_, **__: pytest.fail("a child was started"))
        assert "0 read, 40 already there" in run([str(tmp_path / "set.zip")], url)[1]
    store = open_store(url)
    store.delete([store.library()[0].sha256])
    store.close()
    assert "1 read, 39 already there" in run([str(tmp_path / "set.zip")], url)[1]


def test_killed_at_any_moment_the_next_run_completes(
    root: Path, folder: Path, url: str, undisturbed: list[tuple[object, ...]]
) -> None:
    """Whatever a kill leaves, every filing is whole or absent."""
    rng = Random(11)
    open_store(url).close()
    line = [sys.executable, "-m", "lib", "ingest", str(folder), "--store", url]
    for _ in range(3):
        process = subprocess.Popen(line, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=rng.uniform(0.5, 3.0))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        assert set(contents(url)) <= set(undisturbed)
    assert run([str(folder)], url)[0] == 0
    assert contents(url) == undisturbed


def test_a_server_that_is_gone_for_five_seconds_is_waited_for(
    folder: Path,
    url: str,
    server: pgserver.PostgresServer,
    undisturbed: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is stopped without warning in the middle of a transaction; the run goes on when it is there again."""
    pauses: list[float] = []
    writing, stopped, waited = Event(), Event(), Event()
    calls = count()
    insert_noted = bulk.insert_noted

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == FIVE_SECONDS:
            waited.set()
        time.sleep(seconds)

    def interrupted(connection: Connection, *rows: Any) -> None:
        if next(calls) == 5:
            writing.set()
            assert stopped.wait(60)
        insert_noted(connection, *rows)

    monkeypatch.setattr(ingesting, "BATCH_DOCUMENTS", 20)
    monkeypatch.setattr(ingesting, "MOST_TOGETHER", 1)
    monkeypatch.setattr(ingesting, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pause))
    monkeypatch.setattr(bulk, "insert_noted", interrupted)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, [str(folder)], url)
        assert writing.wait(60)
        pgserver.pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=server.pgdata, user=server.system_user)
        stopped.set()
        assert waited.wait(60)
        server.ensure_postgres_running()
        status, _, errors = running.result()
    assert (status, errors) == (0, "")
    assert contents(url) == undisturbed


def test_a_server_whose_tables_lack_a_column_is_not_waited_for(folder: Path, url: str) -> None:
    """The run ends at once with what the server says."""
    store = open_store(url)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE filings RENAME COLUMN accession TO another"))
    store.close()
    begun = time.monotonic()
    status, _, errors = run([str(min(folder.rglob("*.xml")))], url)
    assert (status, time.monotonic() - begun < ingesting.PATIENCE_SECONDS / 2) == (1, True)
    assert "refuses what it is asked" in errors
    assert "accession" in errors
