"""Choosing what the holdings page shows of an issuer: security, owners, ownership lines and dates, in the URL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from lib.filings.words import day
from lib.holdings.ledger import Ledger, Position

_AFRESH: Final = "holdings_afresh"


def choose(ledgers: Sequence[Ledger], searched: frozenset[str] = frozenset()) -> list[Ledger]:
    """The ledgers of an issuer that the filters leave, their reports within the dates.

    ``searched`` are insiders that were found by name: they are shown first.
    """
    security = st.selectbox(
        "Security", _securities(ledgers), key="security", bind="query-params", on_change=start_afresh
    )
    here = [one for one in ledgers if security_name(one.position) == security]
    owner = _owners(here, searched)
    here = [one for one in here if not owner or one.position.owner in owner]
    line = _several("Ownership", "lines", [one.position.line for one in here])
    here = [one for one in here if not line or one.position.line in line]
    since, until = _dates(here)
    return within(here, since, until)


def choose_again(ledgers: Iterable[Ledger], shown: Iterable[Ledger]) -> list[Ledger]:
    """The same choice out of ledgers that reckon with splits, which may number lots otherwise."""
    positions = {replace(one.position, lot=0) for one in shown}
    same = [one for one in ledgers if replace(one.position, lot=0) in positions]
    return within(same, st.session_state.get("since"), st.session_state.get("until"))


def security_name(position: Position) -> str:
    """A security as the filter lists it; derivatives say so."""
    return f"{position.security} (derivative)" if position.derivative else position.security


def within(ledgers: Iterable[Ledger], since: date | None, until: date | None) -> list[Ledger]:
    """The ledgers with their reports from ``since`` to ``until``, both included; without the empty ones."""
    cut = [
        replace(
            one,
            reports=tuple(
                report
                for report in one.reports
                if (since is None or report.date >= since) and (until is None or report.date <= until)
            ),
        )
        for one in ledgers
    ]
    return [one for one in cut if one.reports]


def _securities(ledgers: Sequence[Ledger]) -> list[str]:
    """The securities' names, common before derivative, the most reported first."""
    names = {security_name(one.position): one.position.derivative for one in ledgers}
    reports = {
        name: _reports(one for one in ledgers if security_name(one.position) == name) for name in names
    }
    return sorted(names, key=lambda name: (names[name], -reports[name], name))


def _reports(ledgers: Iterable[Ledger]) -> int:
    return sum(len(one.reports) for one in ledgers)


def start_afresh() -> None:
    """Let the next run choose the insiders to show anew."""
    st.session_state[_AFRESH] = True


def _owners(ledgers: Sequence[Ledger], searched: frozenset[str]) -> list[str]:
    """The owners to show; none is all.

    At first those searched for, else the one with the most reports, for many at once tell little.
    """
    by_owner = Counter[str]()
    for one in ledgers:
        by_owner[one.position.owner] += len(one.reports)
    most = sorted(by_owner, key=lambda name: (-by_owner[name], name))[:1] if len(by_owner) > 1 else []
    most = [name for name in by_owner if searched & set(name.split("; "))] or most
    if st.session_state.pop(_AFRESH, False):
        # Another issuer or security has other owners. A default beside a value that is set would be two.
        st.session_state["insiders"] = most
        most = []
    return st.multiselect(
        "Owner", list(by_owner), default=most or None, key="insiders", bind="query-params", placeholder="All"
    )


def _several(label: str, key: str, values: Iterable[str]) -> list[str]:
    options = list(dict.fromkeys(values))
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="All")


def _dates(ledgers: Iterable[Ledger]) -> tuple[date | None, date | None]:
    days = [report.date for one in ledgers for report in one.reports]
    if not days:
        return None, None
    said = " ".join(_in_link())
    with st.popover(
        f"{said[0].upper()}{said[1:]}" if said else "Dates", icon=":material/date_range:", key="dates"
    ):
        return _day("From", "since", days), _day("To", "until", days)


def _in_link() -> Iterator[str]:
    """The days that the link names, which are those of the fields, in words."""
    for word, key in (("from", "since"), ("to", "until")):
        with suppress(ValueError):
            yield f"{word} {day(date.fromisoformat(st.query_params.get(key, '')))}"


def _day(label: str, key: str, days: Sequence[date]) -> date | None:
    return st.date_input(
        label,
        value=None,
        min_value=min(days),
        max_value=max(days),
        format="YYYY-MM-DD",
        key=key,
        bind="query-params",
    )
