"""Dropping files in: what becomes of each, and what could not be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.filings.errors import UnreadableFiling
from lib.store import Store
from lib.store.intake import take_in
from lib.ui import intake_panel
from lib.ui.intake_panel import LARGEST_MEGABYTES, MEGABYTE, within_limit


def test_good_and_bad_files_together(app: AppTest, root: Path, file_store: Store) -> None:
    """The bad file is named with its reason, the good one is in the library."""
    good = root / "sample_filings" / "cho-2023-07-11-form4.xml"
    at = app.run()
    at.file_uploader[0].upload("holiday.jpg", b"\xff\xd8 not a filing").upload(good.name, good.read_bytes())
    at.run()
    assert not at.exception
    assert any("holiday" in error.value for error in at.error)
    assert [entry.document for entry in file_store.library()] == [good.name]


def test_the_same_file_again_is_said_to_be_there(app: AppTest, root: Path, filled: Store) -> None:
    """Dropping a known document adds nothing and says so."""
    good = root / "sample_filings" / "cho-2023-07-11-form4.xml"
    at = app.run()
    at.file_uploader[0].upload("copy.xml", good.read_bytes()).run()
    assert not at.exception
    assert "1 already there" in [one.label for one in at.expander]
    assert len(filled.library()) == 3


def test_files_that_failed_are_told_until_dismissed(app: AppTest, file_store: Store) -> None:
    """Whoever comes back sees which file failed and why; dismissing ends it."""
    list(take_in(file_store, [("holiday.jpg", b"\xff\xd8 not a filing")]))
    at = app.run()
    assert "1 file could not be read" in [one.label for one in at.expander]
    at.session_state["unread"] = True
    at.run()
    (row,) = at.dataframe[0].value.to_dict("records")
    assert row["File"] == "holiday.jpg"
    assert row["Why"].startswith("holiday.jpg:")
    at.button(key="dismiss_unread").click().run()
    assert not at.exception
    assert [one.label for one in at.expander] == []


def test_a_failure_is_told_once(app: AppTest, root: Path, file_store: Store) -> None:
    """While its reason stands there it is in no other list; dismissed, it is gone from all of them."""
    list(take_in(file_store, [("old.jpg", b"\xff\xd8 not a filing")]))
    at = app.run()
    at.file_uploader[0].upload("holiday.jpg", b"\xff\xd8 not a filing either").run()
    assert len(at.error) == 1
    assert "Nothing could be read" in at.error[0].value
    assert "holiday\\.jpg" in at.error[0].value
    assert [one.label for one in at.expander] == ["1 earlier file could not be read"]
    at.button(key="clear_results").click().run()
    assert [one.label for one in at.expander] == ["1 file could not be read"]
    at.session_state["unread"] = True
    at.run().button(key="dismiss_unread").click().run()
    at.file_uploader[0].upload("holiday.jpg", b"\xff\xd8 not a filing either").run()
    assert [one.label for one in at.expander] == []
    at.button(key="clear_results").click().run()
    assert not at.exception
    assert [one.label for one in at.expander] == []


def test_a_document_that_is_too_large_is_named(app: AppTest, root: Path, file_store: Store) -> None:
    """It keeps its place in the list with its size and what to do; the file beside it is read."""
    good = root / "sample_filings" / "cho-2023-07-11-form4.xml"
    at = app.run()
    at.file_uploader[0].upload("whole-year.pdf", b"%PDF-1.4" + bytes(25_000_000))
    at.file_uploader[0].upload(good.name, good.read_bytes())
    at.run()
    assert not at.exception
    assert any("26 MB" in error.value and "whole\\-year" in error.value for error in at.error)
    assert [entry.document for entry in file_store.library()] == [good.name]


def test_an_archive_may_be_larger_than_a_document() -> None:
    """The limit of a single document does not hold for a ZIP."""
    size = LARGEST_MEGABYTES * MEGABYTE
    archive, document = b"PK\x03\x04" + bytes(size), b"x" * size
    assert within_limit("a.zip", archive) is archive
    assert within_limit("a.txt", document) is document
    refused = within_limit("a.txt", document + b"x")
    assert isinstance(refused, UnreadableFiling)
    assert str(refused).startswith("a.txt: has 26 MB")


def test_an_archive_tells_its_filings_as_they_come(
    app: AppTest, root: Path, file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ZIP is one file with many filings: each that is read moves the words."""
    told: list[str] = []
    monkeypatch.setattr(intake_panel, "SECONDS_BETWEEN_WORDS", 0.0)
    words = intake_panel.progress_words

    def listened(*said: Any) -> str:
        told.append(words(*said))
        return told[-1]

    monkeypatch.setattr(intake_panel, "progress_words", listened)
    sample = (root / "sample_filings" / "cho-2023-07-11-form4.xml").read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in range(3):
            archive.writestr(f"2023/{n}.xml", sample + b"\n" * n)
    at = app.run()
    at.file_uploader[0].upload("year.zip", packed.getvalue()).run()
    assert not at.exception
    assert told[0] == "now year\\.zip"
    assert told[-1] == "3 filings so far, now year\\.zip\\/2023\\/2\\.xml"
    assert words(26, 27, [], "a.xml") == "26 of 27 files done, now a\\.xml"
    assert len(told) == 4
