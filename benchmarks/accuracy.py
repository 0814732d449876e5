"""The accuracy table of the README: every container of a corpus with truth, read and scored.

    python benchmarks/accuracy.py SHARED

``SHARED`` holds ``corpus/`` and ``tools/score.py`` as the README tells. Prints a Markdown table.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTAINERS = {
    "Ownership XML": "xml",
    "EDGAR page (HTML)": "html",
    "PDF, EDGAR's layout": "pdf-edgar",
    "PDF, printed by an investor-relations site": "pdf-ir",
    "PDF, real investor-relations filings": "ir_pdf",
    "Text with columns kept": "text-layout",
    "Text with broken tables": "text-tabs",
    "Text with columns lost": "text-plain",
}
SCORE = re.compile(
    r"filings (\d+) .*wholly right (\d+) \(([\d.]+)%\)  cells right (\d+) wrong (\d+) \(([\d.]+)%\)"
    r"  wrong values without a finding (\d+)"
)


def folders(shared: Path, container: str) -> tuple[Path, Path]:
    """The documents of a container, and their truth."""
    if container == "ir_pdf":
        return shared / "corpus/ir_pdf/pdf", shared / "corpus/ir_pdf/truth"
    rendered = shared / "corpus/xml_rendered"
    return rendered / container, rendered / "truth"


def score(shared: Path, documents: list[Path], truth: Path, printed: bool) -> re.Match[str]:
    """Read the documents and score them against the truth. Raises ``ValueError`` if the scorer says nothing."""
    with tempfile.TemporaryDirectory() as out:
        names = [str(path) for path in documents]
        subprocess.run([sys.executable, "-m", "lib", "read", *names, "--out", out], cwd=ROOT, check=False)
        command = [sys.executable, str(shared / "tools/score.py"), str(truth), out]
        said = subprocess.run(
            [*command, *(["--printed"] if printed else [])], capture_output=True, text=True, check=True
        ).stdout
    found = SCORE.search(said)
    if not found:
        raise ValueError(said)
    return found


def submissions(shared: Path) -> re.Match[str]:
    """Full submissions against the records of the XML inside them."""
    documents = sorted((shared / "corpus/submissions").glob("*.txt"))
    with tempfile.TemporaryDirectory() as truth:
        for path in documents:
            text = path.read_text("latin-1")
            xml = text[text.index("<XML>") + 5 : text.index("</XML>")].strip()
            source = Path(truth) / f"{path.stem}.xml"
            source.write_text(xml, "latin-1")
            line = subprocess.run(
                [sys.executable, "-m", "lib", "read", str(source)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            (Path(truth) / f"{path.stem}.json").write_text(json.dumps(json.loads(line)))
            source.unlink()
        return score(shared, documents, Path(truth), printed=False)


def main() -> None:
    shared = Path(sys.argv[1]).resolve()
    print("| container | filings | wholly right | cells right | wrong values without a finding |")
    print("|---|--:|--:|--:|--:|")
    for title, container in CONTAINERS.items():
        documents, truth = folders(shared, container)
        wanted = {path.stem for path in truth.glob("*.json")}
        found = score(
            shared, sorted(p for p in documents.iterdir() if p.stem in wanted), truth, container != "xml"
        )
        print(f"| {title} | {found[1]} | {found[3]} % | {found[6]} % | {found[7]} |")
    found = submissions(shared)
    print(f"| Full submission | {found[1]} | {found[3]} % | {found[6]} % | {found[7]} |")


if __name__ == "__main__":
    main()
