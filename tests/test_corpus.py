"""Accuracy over the shared corpus of real filings: what was reached stays reached.

The floors are the last reached shares of right cells and wholly right filings, in percent; they only go up.
The corpus is no part of the project; where it is absent these tests are skipped.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RENDERED = SHARED / "corpus" / "xml_rendered"

FLOORS = {
    "xml": (100.0, 100.0),
    "html": (100.0, 100.0),
    "pdf-edgar": (100.0, 100.0),
    "pdf-ir": (100.0, 100.0),
    "text-layout": (99.1, 99.98),
    "text-tabs": (81.2, 98.51),
    "text-plain": (72.3, 97.22),
    "ir_pdf": (100.0, 100.0),
    "seeds": (100.0, 100.0),
}
PLACES = {
    "ir_pdf": (SHARED / "corpus/ir_pdf/pdf", SHARED / "corpus/ir_pdf/truth"),
    "seeds": (SHARED / "seeds", SHARED / "seeds/expected"),
}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside this checkout")


@pytest.mark.parametrize("container", FLOORS)
def test_accuracy_does_not_fall(container: str, tmp_path: Path) -> None:
    """Wholly right filings and right cells are at or above what was reached."""
    documents, truth = PLACES.get(container, (RENDERED / container, RENDERED / "truth"))
    wanted = {path.stem for path in truth.glob("*.json")}
    files = sorted(str(path) for path in documents.iterdir() if path.stem in wanted)
    subprocess.run(
        [sys.executable, "-m", "lib", "read", *files, "--out", str(tmp_path)], cwd=ROOT, check=True
    )
    command = [sys.executable, str(SHARED / "tools/score.py"), str(truth), str(tmp_path)]
    command += [] if container == "xml" else ["--printed"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"wholly right \d+ \(([\d.]+)%\)  cells right \d+ wrong \d+ \(([\d.]+)%\)", said)
    assert found, said
    whole, cells = FLOORS[container]
    assert float(found[1]) >= whole, said
    assert float(found[2]) >= cells, said
