"""The same ingest on a Dask cluster: the same library, also where a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.bulk_set import bulk_set
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
    cluster: distributed.LocalCluster, folder: Path, tmp_path: Path, killing: bool
) -> None:
    """Work is known by its content, so what a dead worker had begun is done by another."""
    plain, place = str(tmp_path / "plain.sqlite"), str(tmp_path / "cluster.sqlite")
    assert run([str(folder)], plain)[0] == 0
    if killing:
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    status, said, _ = run([str(folder)], place, scheduler=cluster.scheduler_address)
    assert status == 0
    assert "300 read" in said
    assert contents(place) == contents(plain)
