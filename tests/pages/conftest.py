"""What the tests of pages share: a store that the app opens, filled, and the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.store import Store, open_store
from lib.store.intake import take_in
from tests.builders import bertucci


@pytest.fixture
def file_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The store that the app under test opens."""
    place = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("STAKELINE_STORE", place)
    opened = open_store(place)
    yield opened
    opened.close()


@pytest.fixture
def filled(file_store: Store, root: Path) -> Store:
    """A store with the Bertucci filings and one of XML."""
    for n, one in enumerate(bertucci()):
        file_store.add_document(f"bertucci-{n}.xml", b"<bertucci n='%d'/>" % n, [one], reader_version=1)
    xml = root / "sample_filings" / "cho-2023-07-11-form4.xml"
    list(take_in(file_store, [(xml.name, xml.read_bytes())]))
    return file_store


@pytest.fixture
def app(root: Path, file_store: Store) -> AppTest:
    """The app at its first page."""
    return AppTest.from_file(str(root / "app.py"), default_timeout=30)
