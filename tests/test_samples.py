"""The sample filings: the script in their folder makes exactly the committed files, and the README tells of each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_filings"
FACTS = sorted((SAMPLES / "facts").glob("*.json"))
NOTICE = "not the filed document"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script has drawn every sample."""
    out = tmp_path_factory.mktemp("samples")
    pytest.importorskip("reportlab", reason="the samples are drawn with reportlab, from requirements-dev.txt")
    subprocess.run([sys.executable, "-m", "sample_filings.render", "--out", str(out)], cwd=ROOT, check=True)
    return out


def committed() -> list[Path]:
    """The renderings in the folder: every file but the README and the plan."""
    return sorted(
        path
        for path in SAMPLES.iterdir()
        if path.is_file() and path.suffix != ".md" and path.name != "director-plan.txt"
    )


def test_the_script_makes_the_committed_files_and_no_others(drawn: Path) -> None:
    """Drawing again gives the same set of files."""
    assert [path.name for path in sorted(drawn.iterdir())] == [path.name for path in committed()]


@pytest.mark.parametrize("path", committed(), ids=lambda path: path.name)
def test_drawing_again_gives_the_same_bytes(drawn: Path, path: Path) -> None:
    """Every rendering is reproduced byte for byte, PDFs too."""
    assert (drawn / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_every_record_has_one_rendering(path: Path) -> None:
    """Each record in facts/ is drawn into exactly one container."""
    assert len([rendering for rendering in committed() if rendering.stem == path.stem]) == 1


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_names_say_what_is_inside(path: Path) -> None:
    """A file is named for the insider, the period and the form of its record."""
    record = json.loads(path.read_text("utf-8"))
    insider, rest = path.stem.split("-", 1)
    form = record["document_type"].replace("/", "").lower()
    assert insider in record["reporting_owners"][0]["name"].lower()
    assert rest == f"{record['period_of_report']}-form{form}"


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_marks_and_footnotes_match(path: Path) -> None:
    """Every footnote is referred to by some row, and every mark has its footnote."""
    record = json.loads(path.read_text("utf-8"))
    rows = record["non_derivative"] + record["derivative"]
    marks = {mark for row in rows for marks in row["footnotes"].values() for mark in marks}
    assert marks == set(record["footnotes"])


@pytest.mark.parametrize(
    "path", [path for path in committed() if path.suffix != ".pdf"], ids=lambda path: path.name
)
def test_every_rendering_says_that_it_is_one(path: Path) -> None:
    """Text, HTML and XML carry the notice after the form."""
    assert NOTICE in path.read_text("utf-8")[-200:]


@pytest.mark.parametrize(
    "path", [path for path in committed() if path.suffix == ".pdf"], ids=lambda path: path.name
)
def test_every_pdf_says_that_it_is_a_rendering(path: Path) -> None:
    """The notice is the last line of a PDF's last page."""
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(path) as pdf:
        assert pdf.pages[-1].extract_text().rstrip().endswith(f"{NOTICE}.")


def test_the_readme_lists_every_file() -> None:
    """No sample comes without the source of its facts."""
    readme = (SAMPLES / "README.md").read_text("utf-8")
    listed = [*committed(), SAMPLES / "director-plan.txt"]
    assert [path.name for path in listed if f"| `{path.name}` |" not in readme] == []


FIGURES = (
    "750,000 shares; 20,000 shares; 12,000 shares; at least six months; 12 equal quarterly; 13 months; one year; "
    "three years; 10 years; December 31, 1997; January 9, 1998; May 17, 2000; April 16, 2003; March 4, 2004; "
    "May 13, 2004; December 16, 2004"
)


@pytest.mark.parametrize("figure", FIGURES.split("; "))
def test_the_plan_states_its_figures(figure: str) -> None:
    """The description of the plan keeps every number and date of the plan."""
    assert figure in " ".join((SAMPLES / "director-plan.txt").read_text("utf-8").split())
