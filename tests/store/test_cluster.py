"""The same ingest on a Dask cluster: the same library, also where a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bulk_set import bulk_set
from lib.store import ingest as ingesting
from lib.store.late import LateStore
from tests.store.test_ingest import contents, run

distributed = pytest.importorskip("distributed", reason="Dask is not installed here")
pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore"),  # the cluster's own, on processes that are killed
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as started:
        yield started


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bulk")
    bulk_set(root / "sample_filings", out, 300)
    return out


@pytest.mark.parametrize("killing", [False, True])
def test_a_cluster_comes_to_the_same_library(
    cluster: distributed.LocalCluster,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    killing: bool,
) -> None:
    """Work is known by its content, so what a dead worker had begun when the first was kept is done by another."""
    plain, place = str(tmp_path / "plain.sqlite"), str(tmp_path / "cluster.sqlite")
    assert run([str(folder)], plain)[0] == 0
    put, alive = LateStore.put, [next(iter(cluster.workers.values())).pid] if killing else []

    def put_while_one_dies(store: LateStore, *batch: Any) -> set[str]:
        if alive:
            os.kill(alive.pop(), signal.SIGKILL)
        return put(store, *batch)

    monkeypatch.setattr(LateStore, "put", put_while_one_dies)
    monkeypatch.setattr(ingesting, "BATCH_DOCUMENTS", 20)
    monkeypatch.setattr(ingesting, "SECONDS_UNKEPT", (0.0, 0.0))
    status, said, _ = run([str(folder)], place, scheduler=cluster.scheduler_address)
    assert status == 0
    assert "300 read" in said
    assert not alive
    assert contents(place) == contents(plain)
