"""Downloads of filings in the formats people use, made only when somebody asks for one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Final

import streamlit as st

from lib.exports.data_set import archive
from lib.exports.file_names import filing_stem
from lib.exports.filing_report import filing_report
from lib.exports.filings import filings_workbook
from lib.exports.report import Report, report_html
from lib.filings.json import to_json
from lib.filings.record import Filing
from lib.filings.write_xml import UnwritableFiling, write_xml
from lib.store import Entry, Store
from lib.ui.words import plain

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A format: its button, what it is, the ending and media type of its file, and what makes it."""

    label: str
    help: str
    ending: str
    mime: str
    make: Callable[[Store, Sequence[Entry], bool], bytes]


def exports(store: Store, entries: Sequence[Entry], key: str) -> None:
    """A menu of downloads of these filings, with or without what people corrected."""
    menu = st.popover(
        "Export", icon=":material/download:", disabled=not entries, key=f"{key}_menu", on_change="rerun"
    )
    if not menu.open:
        return
    with menu:
        changed = any(entry.revision for entry in entries)
        include = st.toggle(
            "With corrections",
            value=True,
            key=f"{key}_corrected",
            disabled=not changed,
        )
        st.caption("Off: every value as it was read" if changed else "Nobody has corrected anything here")
        as_read = "-as-read" if changed and not include else ""
        for kind in KINDS if len(entries) == 1 else SEVERAL:
            st.download_button(
                kind.label,
                data=partial(kind.make, store, entries, include),
                file_name=f"{file_stem(entries)}{as_read}{kind.ending}",
                mime=kind.mime,
                help=kind.help,
                on_click="ignore",
                width="stretch",
                key=f"{key}_{kind.ending}",
            )
        if len(entries) == 1:
            _xml_button(store, entries[0], include, as_read)


def file_stem(entries: Sequence[Entry]) -> str:
    """A file name that says what is inside: ``form4-mksi-bertucci-john-r-2007-11-08``, ``27-filings``."""
    if len(entries) != 1:
        return f"{len(entries)}-filings"
    entry = entries[0]
    owner = entry.owners[0] if entry.owners else ""
    return filing_stem(entry.form, entry.symbol or entry.issuer, owner, entry.period)


def _filings(store: Store, entries: Sequence[Entry], corrected: bool) -> list[tuple[Entry, Filing]]:
    """The filings in the order of the list."""
    found = dict(store.filings((entry.id for entry in entries), as_read=not corrected))
    return [(entry, found[entry.id]) for entry in entries if entry.id in found]


def _workbook(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    found = _filings(store, entries, corrected)
    return filings_workbook(
        [
            (entry.document, one, store.log(entry.id) if corrected and entry.revision else ())
            for entry, one in found
        ]
    )


def _csv(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    return archive((one for _, one in _filings(store, entries, corrected)), "csv")


def _parquet(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    return archive((one for _, one in _filings(store, entries, corrected)), "parquet")


def _json(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    records = [to_json(one) for _, one in _filings(store, entries, corrected)]
    if len(records) == 1:
        return json.dumps(records[0], ensure_ascii=False, indent=1).encode()
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _report(store: Store, entry: Entry, corrected: bool) -> Report:
    ((_, filing),) = _filings(store, [entry], corrected)
    return filing_report(entry.document, filing, store.log(entry.id) if corrected else ())


def _html(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    return report_html(_report(store, entries[0], corrected))


def _pdf(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    from lib.exports.report_pdf import report_pdf

    return report_pdf(_report(store, entries[0], corrected))


def _pdfs(store: Store, entries: Sequence[Entry], corrected: bool) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        for entry in entries:
            files.writestr(f"{file_stem([entry])}-{entry.id}.pdf", _pdf(store, [entry], corrected))
    return out.getvalue()


def _xml_button(store: Store, entry: Entry, corrected: bool, as_read: str) -> None:
    """The filing as ownership XML, or why there is none."""
    ((_, filing),) = _filings(store, [entry], corrected)
    try:
        data = write_xml(filing)
    except UnwritableFiling as error:
        st.caption(plain(f"Ownership XML cannot hold this filing: {error}"))
        return
    st.download_button(
        "Ownership XML",
        data=data,
        file_name=f"{file_stem([entry])}{as_read}.xml",
        mime="application/xml",
        help="The record as EDGAR's schema writes it",
        on_click="ignore",
        width="stretch",
        key=f"export_xml_{entry.id}",
    )


_SHARED: Final = (
    _Kind("Excel", "A sheet a table, with the place of every value", ".xlsx", _XLSX, _workbook),
    _Kind("CSV", "The SEC data sets' eight tables, in a ZIP", "-csv.zip", _ZIP, _csv),
    _Kind("Parquet", "The same tables with exact decimals, in a ZIP", "-parquet.zip", _ZIP, _parquet),
)
KINDS: Final = (
    *_SHARED,
    _Kind("JSON", "The whole record, findings included", ".json", "application/json", _json),
    _Kind("Report as PDF", "Fit to print or send", ".pdf", "application/pdf", _pdf),
    _Kind("Report as HTML", "The same as a page for the browser", ".html", "text/html", _html),
)
SEVERAL: Final = (
    *_SHARED,
    _Kind("JSON lines", "A record a line, findings included", ".jsonl", "application/json", _json),
    _Kind("Reports", "A PDF a filing, in a ZIP", "-reports.zip", _ZIP, _pdfs),
)
