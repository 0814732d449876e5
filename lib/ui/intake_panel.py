"""Dropping filings in: the drop zone, the samples, progress file by file, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from lib.store import Store
from lib.store.intake import Intake, take_in
from lib.ui.navigation import ROOT
from lib.ui.words import count, owner_names, plain

SAMPLES: Final = ROOT / "sample_filings"
SAMPLE_ENDINGS: Final = frozenset({".xml", ".html", ".htm", ".pdf", ".txt"})
LARGEST_MEGABYTES: Final = 25
MOST_REASONS_IN_FULL: Final = 8

_RESULTS: Final = "intake_results"
_ROUND: Final = "intake_round"


def intake_panel(store: Store) -> None:
    """Take in what is dropped or the samples, then show what became of each file."""
    turn = st.session_state.get(_ROUND, 0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        dropped = st.file_uploader(
            "Drop in Forms 3, 4 and 5: XML, EDGAR page, full submission, PDF, text, or a ZIP of these, "
            f"up to {LARGEST_MEGABYTES} MB each",
            accept_multiple_files=True,
            max_upload_size=LARGEST_MEGABYTES,
            key=f"drop_{turn}",
        )
        samples_wanted = st.button("Load sample filings", key="load_samples", type="primary")
    files = [(file.name, file.getvalue()) for file in dropped]
    if samples_wanted:
        files = sample_files(SAMPLES)
    if files:
        st.session_state[_RESULTS] = _with_progress(store, files)
        # A new key empties the drop zone, so that the next run does not take the same files in again.
        st.session_state[_ROUND] = turn + 1
        st.rerun()
    if results := st.session_state.get(_RESULTS):
        _show_results(results)


def samples_button(store: Store) -> None:
    """One click from an empty page to the samples, for pages that live on what the library holds."""
    if st.button("Load sample filings", key="load_samples_here", type="primary"):
        st.session_state[_RESULTS] = _with_progress(store, sample_files(SAMPLES))
        st.rerun()


def sample_files(folder: Path) -> list[tuple[str, bytes]]:
    """The filings in the folder with their names, without plans and notes; empty where there is none."""
    found = sorted(path for path in folder.glob("*-form*") if path.suffix in SAMPLE_ENDINGS)
    return [(path.name, path.read_bytes()) for path in found]


def _with_progress(store: Store, files: Sequence[tuple[str, bytes]]) -> list[Intake]:
    bar = st.progress(0.0)

    def announced() -> Iterator[tuple[str, bytes]]:
        for n, (name, data) in enumerate(files):
            bar.progress(n / len(files), text=f"{n + 1:,} of {len(files):,}, {plain(name)}")
            yield name, data

    return list(take_in(store, announced()))


def _show_results(results: Sequence[Intake]) -> None:
    failed = [result for result in results if result.reason]
    new = sum(result.new for result in results)
    known = len(results) - len(failed) - new
    parts = [f"{count(new, 'file')} read"] if new else []
    parts += [f"{known:,} already there"] if known else []
    parts += [f"{len(failed):,} could not be read"] if failed else []
    if len(failed) == len(results):
        st.error("Nothing could be read. The library is as it was.", icon=":material/error:")
    if failed:
        reasons = [plain(result.reason or "") for result in failed[:MOST_REASONS_IN_FULL]]
        more = len(failed) - len(reasons)
        st.error("\n\n".join(reasons + ([f"And {more:,} more, in the list below."] if more else [])))
    with st.expander(", ".join(parts), key="intake_expander"):
        frame = pd.DataFrame([{"File": r.name, "Result": in_words(r)} for r in results])
        st.dataframe(frame, hide_index=True, alt="What became of each file")
        if st.button("Clear this list", key="clear_results"):
            del st.session_state[_RESULTS]
            st.rerun()


def in_words(result: Intake) -> str:
    """What became of one file, in a sentence."""
    if result.reason:
        return result.reason
    found = "; ".join(
        f"Form {entry.form or 'unknown'}, {owner_names(entry.owners)}, {count(entry.row_count, 'row')}"
        for entry in result.entries
    )
    return f"Read: {found}" if result.new else f"Already in the library: {found}"
