"""Splits on the holdings page: those that footnotes state or ratios propose, each with a switch to adjust for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.charts.look import day
from lib.holdings.ledger import Ledger
from lib.holdings.splits import Split, ratio_words
from lib.ui.words import count


def splits_of(splits: Sequence[Split], ledgers: Sequence[Ledger]) -> list[Split]:
    """The splits that change one of the ledgers' counts."""
    return [one for one in splits if any(one.applies_to(ledger.position) for ledger in ledgers)]


def chosen_splits(splits: Sequence[Split]) -> list[Split]:
    """The splits that the person adjusts for; none where there is nothing to choose."""
    if not splits:
        return []
    by_label = {split_label(one): one for one in splits}
    chosen: Any = st.pills(
        "Adjust for splits",
        list(by_label),
        selection_mode="multi",
        key="adjust",
        bind="query-params",
        help="Counts before a split are multiplied and prices divided, so that all are in the latest shares.",
    )
    with st.expander(f"{count(len(splits), 'candidate split')} and what speaks for them", key="why_splits"):
        for label, one in by_label.items():
            source = "a footnote says so" if one.source == "footnote" else "proposed from ratios"
            st.caption(f"{label}, {source}")
            st.text(one.evidence)
    return [by_label[label] for label in chosen or [] if label in by_label]


def split_label(one: Split) -> str:
    """A split as the switch names it: ``10-for-1 by 17 Aug 2006``."""
    when = f"between {day(one.since)} and {day(one.day)}" if one.since else f"on {day(one.day)}"
    return f"{ratio_words(one.ratio)} {when}"
