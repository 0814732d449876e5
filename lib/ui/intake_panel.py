"""Dropping filings in: the drop zone, the samples, progress file by file, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from time import monotonic
from typing import Final

import pandas as pd
import streamlit as st

from lib.filings.errors import UnreadableFiling
from lib.filings.readers.kind import kind_of
from lib.store import Store
from lib.store.intake import Intake, take_in
from lib.store.refusals import dismiss
from lib.ui.navigation import ROOT
from lib.ui.words import count, owner_names, plain

SAMPLES: Final = ROOT / "sample_filings"
SAMPLE_ENDINGS: Final = frozenset({".xml", ".html", ".htm", ".pdf", ".txt"})
MEGABYTE: Final = 1_000_000
LARGEST_MEGABYTES: Final = 25
LARGEST_ARCHIVE_MEGABYTES: Final = 200
MOST_REASONS_IN_FULL: Final = 8
SECONDS_BETWEEN_WORDS: Final = 0.1

Dropped = tuple[str, bytes | UnreadableFiling]
"""A file's name with its bytes, or with the reason why it is not read."""

_RESULTS: Final = "intake_results"
_ROUND: Final = "intake_round"


def intake_panel(store: Store) -> frozenset[str]:
    """Take in what is dropped or the samples, then show what became of each file; the names of those told to have failed."""
    turn = st.session_state.get(_ROUND, 0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        dropped = st.file_uploader(
            "Drop in Forms 3, 4 and 5: XML, EDGAR page, full submission, PDF or text, or many of them in a ZIP",
            accept_multiple_files=True,
            # The uploader's own refusal would be lost with its key, so the smaller limit is ours to check.
            max_upload_size=LARGEST_ARCHIVE_MEGABYTES,
            key=f"drop_{turn}",
            help=f"A ZIP may have {LARGEST_ARCHIVE_MEGABYTES} MB, a document by itself {LARGEST_MEGABYTES} MB.",
        )
        samples_wanted = st.button(
            "Load sample filings", key="load_samples", type="primary" if store.is_empty() else "secondary"
        )
    files = [(file.name, within_limit(file.name, file.getvalue())) for file in dropped]
    if samples_wanted:
        files += sample_files(SAMPLES)
    if files:
        st.session_state[_RESULTS] = _with_progress(store, files)
        # A new key empties the drop zone, so that the next run does not take the same files in again.
        st.session_state[_ROUND] = turn + 1
        st.rerun()
    results = st.session_state.get(_RESULTS)
    return _show_results(store, results) if results else frozenset()


def samples_button(store: Store) -> None:
    """One click from an empty page to the samples, for pages that live on what the library holds."""
    if st.button("Load sample filings", key="load_samples_here", type="primary"):
        st.session_state[_RESULTS] = _with_progress(store, sample_files(SAMPLES))
        st.rerun()


def within_limit(name: str, data: bytes) -> bytes | UnreadableFiling:
    """The file's bytes, or why it is too large: a ZIP may be as large as the drop zone takes, a document not."""
    if len(data) <= LARGEST_MEGABYTES * MEGABYTE or kind_of(data) == "archive":
        return data
    return UnreadableFiling(
        name,
        f"has {ceil(len(data) / MEGABYTE):,} MB, and a single document is read up to {LARGEST_MEGABYTES} MB",
        "Save only the form's own pages, or drop in its XML or EDGAR page; many filings go in a ZIP",
    )


def sample_files(folder: Path) -> list[Dropped]:
    """The filings in the folder with their names, without plans and notes; empty where there is none."""
    found = sorted(path for path in folder.glob("*-form*") if path.suffix in SAMPLE_ENDINGS)
    return [(path.name, path.read_bytes()) for path in found]


def _with_progress(store: Store, files: Sequence[Dropped]) -> list[Intake]:
    bar = st.progress(0.0)
    begun = 0
    results: list[Intake] = []

    def announced() -> Iterator[Dropped]:
        nonlocal begun
        for name, data in files:
            begun += 1
            bar.progress((begun - 1) / len(files), text=progress_words(begun - 1, len(files), results, name))
            yield name, data

    said = monotonic()
    for result in take_in(store, announced()):
        results.append(result)
        if monotonic() - said >= SECONDS_BETWEEN_WORDS:
            said = monotonic()
            words = progress_words(begun - 1, len(files), results, result.name)
            bar.progress((begun - 1) / len(files), text=words)
    return results


def progress_words(done: int, dropped: int, results: Sequence[Intake], name: str) -> str:
    """How far the intake is: ``11 of 40 files done, 340 filings so far, now 2007.zip/form4.xml``.

    Filings are counted besides files, for a ZIP is one file and may hold thousands.
    """
    filings = sum(len(result.entries) for result in results)
    parts = [f"{done:,} of {count(dropped, 'file')} done"] if dropped > 1 else []
    parts += [f"{count(filings, 'filing')} so far"] if filings else []
    return ", ".join([*parts, f"now {plain(name)}"])


def _show_results(store: Store, results: Sequence[Intake]) -> frozenset[str]:
    """What became of the files, each failure once; the names of those that failed."""
    failed = [result for result in results if result.reason]
    new = sum(result.new for result in results)
    known = len(results) - len(failed) - new
    names = frozenset(result.name for result in failed)
    if failed:
        reasons = [plain(result.reason or "") for result in failed[:MOST_REASONS_IN_FULL]]
        more = len(failed) - len(reasons)
        told = ["Nothing could be read. The library is as it was."] if len(failed) == len(results) else []
        told += reasons + ([f"And {more:,} more, in the list below."] if more else [])
        st.error("\n\n".join(told), icon=":material/error:")
    if st.button("Dismiss", key="clear_results", icon=":material/close:", type="tertiary"):
        del st.session_state[_RESULTS]
        dismiss(store, names)
        st.rerun()
    if new or known or len(failed) > MOST_REASONS_IN_FULL:
        parts = [f"{count(new, 'file')} read"] if new else []
        parts += [f"{known:,} already there"] if known else []
        parts += [f"{len(failed):,} could not be read"] if failed else []
        _list_results(results, ", ".join(parts))
    return names


def _list_results(results: Sequence[Intake], title: str) -> None:
    listed = st.expander(title, key="intake_expander", on_change="rerun")
    if not listed.open:
        return
    with listed:
        frame = pd.DataFrame([{"File": r.name, "Result": in_words(r)} for r in results])
        st.dataframe(frame, hide_index=True, alt="What became of each file")


def in_words(result: Intake) -> str:
    """What became of one file, in a sentence."""
    if result.reason:
        return result.reason
    found = "; ".join(
        f"Form {entry.form or 'unknown'}, {owner_names(entry.owners)}, {count(entry.row_count, 'row')}"
        for entry in result.entries
    )
    return f"Read: {found}" if result.new else f"Already in the library: {found}"
