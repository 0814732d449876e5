"""Who may import whom, as the architecture says: data flows from filings to holdings to charts to pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted([*ROOT.glob("lib/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])

ALLOWED = {
    "lib.filings": set(),
    "lib.plans": set(),
    "lib.holdings": {"lib.filings"},
    "lib.store": {"lib.filings"},
    "lib.library": {"lib.filings", "lib.holdings", "lib.store"},
    "lib.exports": {"lib.filings", "lib.holdings", "lib.plans", "lib.store", "lib.library"},
    "lib.charts": {"lib.filings", "lib.holdings", "lib.plans"},
    "lib.ui": {
        "lib.filings",
        "lib.holdings",
        "lib.plans",
        "lib.store",
        "lib.charts",
        "lib.exports",
        "lib.library",
    },
    "lib.__main__": {
        "lib.filings",
        "lib.holdings",
        "lib.plans",
        "lib.store",
        "lib.charts",
        "lib.exports",
        "lib.library",
    },
    "pages": {
        "lib.ui",
        "lib.filings",
        "lib.holdings",
        "lib.plans",
        "lib.store",
        "lib.charts",
        "lib.exports",
        "lib.library",
    },
    "app": {
        "lib.ui",
        "lib.filings",
        "lib.holdings",
        "lib.plans",
        "lib.store",
        "lib.charts",
        "lib.exports",
        "lib.library",
    },
}


def package(module: str) -> str:
    """``lib.filings`` of ``lib.filings.readers.xml``; ``pages`` of any page."""
    return ".".join(module.split(".")[: 2 if module.startswith("lib.") else 1])


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_follow_the_architecture(path: Path) -> None:
    """A module imports its own package and those it may build on, never a page."""
    here = package(named(path))
    for module in imported(path):
        there = package(module)
        if there in ALLOWED and there != here and here != "lib":
            assert there in ALLOWED[here], f"{named(path)} imports {module}"


@pytest.mark.parametrize("path", [p for p in MODULES if "lib" in p.parts], ids=named)
def test_streamlit_stays_in_ui(path: Path) -> None:
    """The core runs without Streamlit: only lib.ui imports it."""
    if package(named(path)) != "lib.ui":
        assert not any(module.split(".")[0] == "streamlit" for module in imported(path))
