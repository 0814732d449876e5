"""A filing's facts and tables for reading, where picking a cell marks its place in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from re import fullmatch
from time import monotonic
from typing import Any, Final

import pandas as pd
import streamlit as st

from lib.filings.codes import DIRECTIONS, FORM_NAMES, OWNERSHIP, TRANSACTION_CODES
from lib.filings.corrections import CORRECTED, FILED
from lib.filings.form_tables import (
    TABLE_TITLES,
    columns_of,
    doubts,
    place_at,
    printed_rows,
    stands_in,
)
from lib.filings.lookalikes import unread_text
from lib.filings.record import Filing, Finding, Row
from lib.filings.words import where_in_words
from lib.ui.definitions import definitions, facts
from lib.ui.finding_words import finding_words
from lib.ui.simulator_links import simulator_links
from lib.ui.words import count, day_or_empty, issuer_name, owner_names, plain, roles, trading_plan

CELL: Final = "cell"
"""The query parameter that names the picked value by its path in the record."""

LETTERS: Final = (
    ("Code: what kind of transaction", "transaction_code", TRANSACTION_CODES),
    ("A/D: which way it went", "acquired_disposed_code", DIRECTIONS),
    ("D/I: how it is held", "direct_or_indirect", OWNERSHIP),
)
CHANGED: Final = "✎"
"""Marks a corrected value in the tables."""
DOUBTED: Final = "⚠"
"""Marks a value with a warning or an error; what the document has where nothing could be read stands beside it."""
_MARKING: Final = "cell_marking"
LINK_FOLLOWS: Final = 2.0
"""Seconds within which the browser's link has followed what was drawn."""


@dataclass
class _Marking:
    """What is marked in which filing, when it was drawn, and how often each table has forgotten its picked cell.

    One object, changed in place: a further press may end the run wherever it asks for the session's state, so that a
    change of several entries there could be left half done.
    """

    path: str | None = None
    filing: str | None = None
    drawn_at: float | None = 0.0
    turns: Counter[str] = field(default_factory=Counter)


def title(filing: Filing) -> None:
    """The form, whose it is, and of when, as the page's title."""
    insiders = owner_names(tuple(owner.name or "Unnamed" for owner in filing.reporting_owners[:1]))
    more = len(filing.reporting_owners) - 1
    insiders += f" and {count(more, 'other')}" if more > 0 else ""
    st.title(
        plain(
            ", ".join(
                filter(
                    None,
                    (f"Form {filing.document_type or '?'}", insiders, day_or_empty(filing.period_of_report)),
                )
            )
        ),
        anchor=False,
        width="stretch",
    )


def header(filing: Filing) -> None:
    """What the filing is, in facts."""
    form = filing.document_type or "?"
    kind = FORM_NAMES.get(form[:1], "Ownership statement") + (", amended" if form.endswith("/A") else "")
    st.text(f"{kind}: {issuer_name(filing.issuer.name, filing.issuer.symbol)}")
    signed = ", ".join(sorted({day_or_empty(s.date) for s in filing.signatures if s.date}))
    original = day_or_empty(filing.date_of_original_submission)
    told = {
        "Owner": owner_names(tuple(owner.name or "Unnamed" for owner in filing.reporting_owners)),
        "Role": "; ".join(dict.fromkeys(roles(owner) for owner in filing.reporting_owners)) or "Not stated",
        "Period": day_or_empty(filing.period_of_report) or "Not stated",
        "Filed": day_or_empty(filing.submission.filed_as_of_date) or "Not in the document",
        "Signed": signed or "Not stated",
        "10b5-1 plan": trading_plan(filing),
        "Amends": f"filing of {original}" if original else ("Not stated" if form.endswith("/A") else ""),
    }
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        facts((name, value) for name, value in told.items() if value)
        if filing.submission.filed_as_of_date is None:
            st.button(
                "Enter the filing date",
                key="enter_filed",
                icon=":material/event:",
                type="tertiary",
                on_click=mark,
                args=(FILED,),
                help="The form itself does not carry it; the checks of deadlines need it",
            )


def tables(filing: Filing, filing_id: int) -> None:
    """Both tables as printed, the codes in words, footnotes, remarks and the other facts."""
    whole = st.session_state.get("whole_form", False)
    for table, title in TABLE_TITLES.items():
        st.subheader(title, anchor=False)
        if rows := printed_rows(filing, table):
            _table(filing, filing_id, table, rows, whole)
        else:
            empty = "No securities are owned" if filing.no_securities_owned else "Nothing is reported here"
            st.caption(f"{empty}.")
    st.toggle("Every column of the form", key="whole_form", help="Also columns in which no row says anything")
    simulator_links(filing, filing_id)
    _codes(filing)
    _footnotes(filing)
    more = st.expander("Other facts and their places", key="other_facts", on_change="rerun")
    if more.open:
        with more:
            _facts(filing, filing_id)


def picked_cell(filing: Filing) -> str | None:
    """The path of the value whose place is marked, ``non_derivative[0].transaction_shares``.

    None where the link names no value of this filing: a link is somebody else's text.
    """
    path = _just_marked() or st.query_params.get(CELL)
    found = path if path and in_record(filing, path) else None
    if found and st.query_params.get(CELL) != found:
        st.query_params[CELL] = found
    marking = _marking()
    marking.path = found
    if marking.drawn_at is None:
        marking.drawn_at = monotonic()
    return found


def _just_marked() -> str | None:
    """What is not drawn yet, or was a moment ago: a run that a further press brought may come with an older link."""
    marking = _marking()
    late = marking.drawn_at is not None and monotonic() - marking.drawn_at >= LINK_FOLLOWS
    return None if late or marking.filing != st.query_params.get("id") else marking.path


def marked() -> str | None:
    """The path that was marked last. A press that follows at once brings the link of before it."""
    return _marking().path


def _marking() -> _Marking:
    kept: _Marking = st.session_state.setdefault(_MARKING, _Marking())
    return kept


def in_record(filing: Filing, path: str) -> bool:
    """Whether the filing has a value, a row or a part at ``path``, or notes a place or a finding for it."""
    if path in filing.sources or any(path == finding.where for finding in filing.findings):
        return True
    parts = fullmatch(r"([a-z_]+)(?:\[([0-9]{1,9})\])?(?:\.([a-z0-9_]+))?", path)
    if not parts or parts[1] not in {known.name for known in fields(filing)}:
        return False
    part: Any = getattr(filing, parts[1])
    if parts[2] is not None:
        if not isinstance(part, tuple) or int(parts[2]) >= len(part):
            return False
        part = part[int(parts[2])]
    return parts[3] is None or (is_dataclass(part) and parts[3] in {known.name for known in fields(part)})


def _table(filing: Filing, filing_id: int, table: str, rows: Sequence[dict[str, str]], whole: bool) -> None:
    doubted = doubts(filing)
    all_columns = columns_of(filing, table)
    places = [
        {column.head: place_at(filing, table, n, column, doubted) for column in all_columns}
        for n in range(len(rows))
    ]
    records: tuple[Row, ...] = getattr(filing, table)
    columns = [
        one
        for one in all_columns
        if whole
        or any(
            row[one.head] or (stands_in(records[n], one) and places[n][one.head] in doubted)
            for n, row in enumerate(rows)
        )
    ]
    heads = [column.head for column in columns]
    config = {
        column.head: st.column_config.TextColumn(
            help=column.printed, alignment="right" if column.number else "left"
        )
        for column in columns
    }
    paths = [
        {
            column.head: places[n][column.head]
            for column in columns
            if not whole or row[column.head] or stands_in(records[n], column)
        }
        for n, row in enumerate(rows)
    ]
    shown = [
        {head: _with_marks(filing, row[head], paths[n].get(head), doubted) for head in heads}
        for n, row in enumerate(rows)
    ]
    frame = pd.DataFrame(shown, columns=heads, dtype="str")
    _selectable(frame, paths, f"{filing_id}_{table}", config, f"{TABLE_TITLES[table]}, as printed")


def _with_marks(filing: Filing, text: str, path: str | None, doubted: Mapping[str, Sequence[Finding]]) -> str:
    """A cell with the marks of what was corrected and of what is doubtful, which also a blank one bears."""
    found = doubted.get(path, ()) if path else ()
    if any(finding.rule == CORRECTED for finding in found):
        return f"{text} {CHANGED}".strip()
    if path is None or all(finding.severity == "note" for finding in found):
        return text
    return f"{DOUBTED} {text or unread_text(filing, path) or ''}".strip()


def _facts(filing: Filing, filing_id: int) -> None:
    owners = [
        (
            f"reporting_owners[{n}].{name}",
            where_in_words(f"reporting_owners[{n}].{name}"),
            getattr(owner, name),
        )
        for n, owner in enumerate(filing.reporting_owners)
        for name in ("name", "cik", "street1", "street2", "city", "state", "zip_code", "officer_title")
    ]
    signatures = [
        (f"signatures[{n}].{name}", f"Signature {name}", getattr(signature, name))
        for n, signature in enumerate(filing.signatures)
        for name in ("name", "date")
    ]
    facts = [
        ("document_type", "Form", filing.document_type),
        ("period_of_report", "Period", filing.period_of_report),
        (FILED, "Filing date", filing.submission.filed_as_of_date),
        ("date_of_original_submission", "Date of the filing it amends", filing.date_of_original_submission),
        ("issuer.name", "Issuer", filing.issuer.name),
        ("issuer.symbol", "Ticker", filing.issuer.symbol),
        ("issuer.cik", "Issuer CIK", filing.issuer.cik),
        *owners,
        *signatures,
    ]
    doubted = doubts(filing)
    stated = [
        (path, name, _with_marks(filing, "" if value is None else str(value), path, doubted))
        for path, name, value in facts
        if value is not None or path in doubted
    ]
    frame = pd.DataFrame({"Fact": [f[1] for f in stated], "Value": [f[2] for f in stated]}, dtype="str")
    paths = [{"Fact": path, "Value": path} for path, _, _ in stated]
    _selectable(frame, paths, f"{filing_id}_facts", {}, "Facts of the filing")


def _selectable(
    frame: pd.DataFrame, paths: Sequence[dict[str, str]], name: str, config: Any, alt: str
) -> None:
    """A table in which one cell can be picked; picking in one table clears the others."""
    turn = _marking().turns[name]
    # A selection is positions, so that a table with other columns must start afresh.
    key = f"table_{name}_{turn}_{len(frame.columns)}"
    cell = st.query_params.get(CELL)
    chosen = next(((n, head) for n, heads in enumerate(paths) for head in heads if heads[head] == cell), None)
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select=lambda: _pick(key, name, paths, chosen),
        selection_mode="single-cell",
        selection_default={"selection": {"cells": [chosen]}} if chosen else None,
        column_config=config,
        placeholder="",
        height="auto" if len(frame) <= 10 else 460,
        alt=alt,
    )


def _pick(key: str, name: str, paths: Sequence[dict[str, str]], given: tuple[int, str] | None) -> None:
    """Mark what is picked now, unless it is what the table was ``given``: the browser tells of that too."""
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        st.query_params.pop(CELL, None)
        return
    row, head = cells[0]
    if (row, head) == given:
        return
    if path := paths[row].get(head):
        mark(path, but=name)


def mark(path: str, but: str | None = None) -> None:
    """Mark the place of the value at ``path``; tables other than ``but`` forget their picked cell.

    All at once or not at all, where a further press ends the run; the link follows in the run that draws the page.
    """
    filing = st.query_params.get("id")
    marking = _marking()
    marking.path, marking.filing, marking.drawn_at = path, filing, None
    marking.turns.update(
        name for table in (*TABLE_TITLES, "facts") if (name := f"{filing or ''}_{table}") != but
    )


def _codes(filing: Filing) -> None:
    """Each letter that the tables print, by the column it stands in: D means three things on one form."""
    rows = [row for _, row in filing.rows()]
    for title, name, meanings in LETTERS:
        letters = dict.fromkeys(letter for row in rows if (letter := getattr(row, name)))
        if letters:
            definitions(
                ((letter, meanings.get(letter, "Not a letter of the form"), "") for letter in letters),
                title=title,
            )


def _footnotes(filing: Filing) -> None:
    if filing.footnotes:
        definitions(
            ((f"({mark.removeprefix('F')})", text, "") for mark, text in filing.footnotes.items()),
            title="Footnotes",
        )
    if filing.remarks:
        st.markdown("**Remarks**")
        st.text(filing.remarks)


def findings(filing: Filing) -> None:
    """What was repaired, inferred or left open, each leading to its cell."""
    told = [finding for finding in filing.findings if finding.rule != CORRECTED]
    if not told:
        return
    with st.expander(count(len(told), "finding"), expanded=len(told) <= 3, key="findings"):
        st.caption("Press one to see its place, and to accept, correct or ignore it there.")
        for n, finding in enumerate(told):
            with st.container(horizontal=True, vertical_alignment="center"):
                icon = {"note": "info", "warning": "warning", "error": "error"}[finding.severity]
                st.button(
                    f":material/{icon}: {plain(where_in_words(finding.where))}",
                    key=f"finding_{n}",
                    on_click=mark,
                    args=(finding.where,),
                    help="Show its place in the source",
                )
                finding_words(finding.where, finding.rule, finding.message)
