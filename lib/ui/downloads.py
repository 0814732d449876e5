"""Buttons that write tables for spreadsheets when they are clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from lib.exports.csv import Table, csv_bytes
from lib.exports.workbook import Sheet, workbook

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_and_workbook(name: str, file_name: str, sheets: Callable[[], Mapping[str, Table]]) -> None:
    """A button for the first table as CSV and one for all as a workbook, each written when it is clicked."""

    def as_csv() -> bytes:
        return csv_bytes(*next(iter(sheets().values())))

    def as_workbook() -> bytes:
        return workbook(Sheet(name, *table) for name, table in sheets().items())

    for label, data, ending, mime in (
        ("Download CSV", as_csv, "csv", "text/csv"),
        ("Excel", as_workbook, "xlsx", WORKBOOK),
    ):
        st.download_button(
            label,
            data=data,
            file_name=f"{file_name}.{ending}",
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"download_{name}" if ending == "csv" else f"workbook_{name}",
        )
