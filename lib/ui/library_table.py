"""The library as a table: search, filters, and what can be done with the rows a person picks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from lib.filings.codes import TRANSACTION_CODES
from lib.filings.words import day
from lib.store import Entry, Store
from lib.store.choose import Choice, Offered, offered, page, page_and_count
from lib.store.choose import count as how_many
from lib.ui.filing_exports import exports
from lib.ui.library import answers
from lib.ui.navigation import COMPARE, FILING
from lib.ui.words import DAY_FORMAT, SOURCE_KINDS, code_words, count, issuer_name, owner_names, plain

_DELETED: Final = "just_deleted"
_PAGE: Final = "page"
_SHOWN: Final = "library_shown"
ON_A_PAGE: Final = 200
"""Filings that are sent to the browser at once."""
MOST_PAGES: Final = 1_000_000
FIRST_DAY, LAST_DAY = date(1934, 6, 6), date(2099, 12, 31)
"""From the day of the Securities Exchange Act; without bounds, a date field takes only ten years."""
CODES: Final = {code_words(letter): letter for letter in TRANSACTION_CODES}
FINDINGS: Final = {"With findings": True, "Without findings": False}


def library_table(store: Store) -> None:
    """Filters, the table and its actions; says so where there is nothing, or nothing that matches."""
    _offer_undo(store)
    if store.is_empty():
        with st.container(border=True):
            st.subheader("Nothing here yet", anchor=False)
            st.text(
                "Drop in filings above, or load the sample filings to look around: "
                "they are real Forms 3 and 4, redrawn in every format that can be read."
            )
        return
    ask = answers()
    choice = _filters(ask(offered))
    everything = ask(how_many, Choice())
    number = _page_number()
    shown, found = _found(store, choice, everything, number)
    if not shown and number > 1:
        number = 1
        shown, found = _found(store, choice, everything, number)
    st.caption(plain(_said(everything, found, choice)))
    if not found:
        st.info("No filing matches. Take away a filter or search for less.", icon=":material/filter_alt_off:")
        return
    actions = st.container(horizontal=True, vertical_alignment="center")
    pages = -(-found // ON_A_PAGE)
    picked = _table(shown)
    if pages > 1:
        st.pagination(pages, key=_PAGE, bind="query-params")
    st.session_state[_SHOWN] = [entry.id for entry in shown]
    _actions(actions, store, picked)


def _said(everything: int, found: int, choice: Choice) -> str:
    """How many filings are listed, by which of the filters that are folded away, and what to do with them."""
    if found == everything:
        said = count(everything, "filing")
    else:
        said = f"{found:,} of {count(everything, 'filing')}"
    days = [f"{word} {day(value)}" for word, value in (("from", choice.first), ("to", choice.last)) if value]
    days += [
        f"traded {word} {day(value)}"
        for word, value in (("from", choice.traded_first), ("to", choice.traded_last))
        if value
    ]
    traded = [f"with a trade of code {code}" for code in choice.codes]
    found_ones = {True: ["with findings"], False: ["without findings"], None: []}[choice.with_findings]
    kinds = [SOURCE_KINDS[one] for one in choice.containers]
    folded = [*choice.owners, *(f"Form {form}" for form in choice.forms), *kinds, *days, *traded, *found_ones]
    return f"{said}: {', '.join(folded)}" if folded else said


def _filters(offers: Offered) -> Choice:
    """The filters, in the link; lists of names only where they are short enough to choose from."""
    issuers = {issuer_name(*one): one for one in offers.issuers}
    kinds = {SOURCE_KINDS[one]: one for one in offers.containers}
    issuer: list[str] = []
    owner: list[str] = []
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Search", key="find", type="search", placeholder="Issuer, owner, file", bind="query-params"
        )
        if issuers:
            issuer = st.multiselect(
                "Issuer", sorted(issuers), key="issuers", bind="query-params", placeholder="All"
            )
        with st.popover("More", icon=":material/tune:", key="more_filters"):
            if offers.owners:
                owner = st.multiselect(
                    "Owner", offers.owners, key="owners", bind="query-params", placeholder="All"
                )
            form = st.multiselect("Form", offers.forms, key="forms", bind="query-params", placeholder="All")
            first = day_field("Period from", "from")
            last = day_field("Period to", "to")
            traded_first = day_field("Traded from", "traded_from")
            traded_last = day_field("Traded to", "traded_to")
            code = st.selectbox(
                "With a trade of code",
                list(CODES),
                index=None,
                key="code",
                bind="query-params",
                placeholder="Any",
            )
            found = st.selectbox(
                "Findings", list(FINDINGS), index=None, key="findings", bind="query-params", placeholder="All"
            )
            kind = st.multiselect(
                "Source", sorted(kinds), key="kinds", bind="query-params", placeholder="All"
            )
    return Choice(
        words=words or "",
        issuers=tuple(issuers[one] for one in issuer),
        owners=tuple(owner),
        forms=tuple(form),
        containers=tuple(kinds[one] for one in kind),
        first=first,
        last=last,
        traded_first=traded_first,
        traded_last=traded_last,
        codes=(CODES[code],) if code else (),
        with_findings=FINDINGS[found] if found else None,
    )


def day_field(label: str, key: str, value: date | None = None) -> date | None:
    """A field for a day, empty unless ``value`` is given, in the link under ``key``."""
    return st.date_input(
        label,
        value=value,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
    )


def _found(store: Store, choice: Choice, everything: int, number: int) -> tuple[list[Entry], int]:
    """A page of the filings that are wanted, and how many there are."""
    place = ((number - 1) * ON_A_PAGE, ON_A_PAGE)
    if choice == Choice():
        return page(store, choice, *place), everything
    return page_and_count(store, choice, *place)


def _page_number() -> int:
    """The page that was chosen or that the link names; the first where that is none."""
    written = str(st.session_state.get(_PAGE) or st.query_params.get(_PAGE, ""))
    return int(written) if written.isdecimal() and 1 <= int(written) <= MOST_PAGES else 1


def open_clicked_filing() -> None:
    """Go to the filing whose button was clicked, before anything of this page is drawn again."""
    shown: Sequence[int] = st.session_state.get(_SHOWN, ())
    if click := st.session_state.get(_opened(shown)):
        st.switch_page(FILING, query_params={"id": str(shown[click["row"]])})


def _rows_key(ids: Sequence[int]) -> str:
    return hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:12]


def _opened(ids: Sequence[int]) -> str:
    """The key of the click on a row's button. A click is a position: it counts for the rows it was made among."""
    return f"open_row_{_rows_key(ids)}"


def _table(shown: Sequence[Entry]) -> list[Entry]:
    frame = pd.DataFrame(
        [
            {
                "": "Open",
                "Form": entry.form or "?",
                "Issuer": entry.issuer or "",
                "Ticker": entry.symbol or "",
                "Owner": owner_names(entry.owners),
                "Period": entry.period,
                "Rows": entry.row_count,
                "Findings": entry.finding_count or None,
                "Source": SOURCE_KINDS[entry.container],
                "Added": entry.added,
                "File": entry.document,
            }
            for entry in shown
        ]
    )
    frame["Findings"] = frame["Findings"].astype("Int64")
    # A selection is positions: with other rows it must start afresh.
    ids = [entry.id for entry in shown]
    event: Any = st.dataframe(
        frame,
        key=f"library_{_rows_key(ids)}",
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="",
        height=min(38 + 35 * len(shown), 640),
        column_config={
            "": st.column_config.ButtonColumn(key=_opened(ids), type="tertiary", width=64),
            "Form": st.column_config.TextColumn(width=64),
            "Issuer": st.column_config.TextColumn(width=184),
            "Ticker": st.column_config.TextColumn(width=72),
            "Owner": st.column_config.TextColumn(width=176),
            "Period": st.column_config.DateColumn(format=DAY_FORMAT, width=104),
            "Rows": st.column_config.NumberColumn(width=64),
            "Findings": st.column_config.NumberColumn(
                width=84, help="Values that were repaired, inferred or left open when the filing was read"
            ),
            "Source": st.column_config.TextColumn(width=100),
            "Added": st.column_config.DatetimeColumn(format=DAY_FORMAT, help="In UTC", width=104),
        },
        alt="The filings in the library, one a row",
    )
    return [shown[n] for n in event.selection.rows if n < len(shown)]


def _actions(place: Any, store: Store, picked: Sequence[Entry]) -> None:
    with place:
        if st.button("Open filing", key="open_filing", type="primary", disabled=len(picked) != 1):
            st.switch_page(FILING, query_params={"id": str(picked[0].id)})
        if st.button("Compare", key="compare_filings", disabled=len(picked) != 2):
            st.switch_page(COMPARE, query_params={"one": str(picked[0].id), "other": str(picked[1].id)})
        exports(store, picked, "export_picked")
        if st.button("Delete", key="delete_filings", icon=":material/delete:", disabled=not picked):
            gone = sorted({entry.sha256 for entry in picked})
            store.delete(gone)
            st.session_state[_DELETED] = gone
            st.rerun()
        if not picked:
            st.caption("Tick a row to open, export or delete it, two to compare them.")


def _offer_undo(store: Store) -> None:
    gone = st.session_state.get(_DELETED)
    if not gone:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{count(len(gone), 'document')} deleted.")
        if st.button("Undo", key="undo_delete", icon=":material/undo:"):
            store.restore(gone)
            del st.session_state[_DELETED]
            st.rerun()
