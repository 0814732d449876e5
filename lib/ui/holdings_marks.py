"""Clicking a mark of the holdings chart opens its filing at its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lib.ui.navigation import FILING


def open_picked_mark(event: Any, cell: str = "shares_owned_following") -> None:
    """Go to the filing of the mark that was clicked, at this cell of its row; stay where none was."""
    if query := place_of_mark(event.selection.points, cell):
        st.switch_page(FILING, query_params=query)


def place_of_mark(
    points: Sequence[Mapping[str, Any]], cell: str = "shares_owned_following"
) -> dict[str, str] | None:
    """The link to the row of the first picked mark; None where no mark with a place is picked."""
    for point in points:
        match point.get("customdata"):
            case [int(filing_id), str(path)] | {"0": int(filing_id), "1": str(path)}:
                return {"id": str(filing_id), "cell": f"{path}.{cell}"}
    return None
