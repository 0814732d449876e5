"""The director plan as a document: in our words, and as it was filed where the shared documents are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.plans.reader import PlanReading, read_plan

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "sample_filings/director-plan.txt"
SEED = SHARED / "seeds/mks_1997_director_stock_option_plan.txt"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared documents are not beside this checkout"
)
both = pytest.mark.parametrize(
    "path", [SAMPLE, pytest.param(SEED, marks=needs_shared)], ids=["sample", "filed"]
)


def read(path: Path) -> PlanReading:
    return read_plan(path.name, path.read_bytes())
