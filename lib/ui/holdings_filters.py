"""Choosing what the holdings page shows: issuer, owners, securities, ownership lines and dates, in the URL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from lib.holdings.ledger import Ledger, Position
from lib.ui.words import issuer_name

_AFRESH: Final = "holdings_afresh"


def choose(ledgers: Sequence[Ledger]) -> list[Ledger]:
    """The ledgers that the filters leave, their reports within the dates."""
    by_issuer = _grouped(ledgers)
    # The issuer with the most reports first: the first look should have something to see.
    issuers = sorted(by_issuer, key=lambda name: (-_reports(by_issuer[name]), name))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        issuer = st.selectbox("Issuer", issuers, key="company", bind="query-params", on_change=_start_afresh)
        here = by_issuer.get(issuer or "", [])
        security = st.selectbox(
            "Security", _securities(here), key="security", bind="query-params", on_change=_start_afresh
        )
        here = [one for one in here if security_name(one.position) == security]
        owner = _owners(here)
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


def _grouped(ledgers: Iterable[Ledger]) -> dict[str, list[Ledger]]:
    groups: dict[str, list[Ledger]] = {}
    for one in ledgers:
        groups.setdefault(issuer_name(one.position.issuer, one.position.symbol), []).append(one)
    return groups


def _reports(ledgers: Iterable[Ledger]) -> int:
    return sum(len(one.reports) for one in ledgers)


def _start_afresh() -> None:
    st.session_state[_AFRESH] = True


def _owners(ledgers: Sequence[Ledger]) -> list[str]:
    """The owners to show: at first the one with the most reports, for many at once tell little; none is all."""
    by_owner = Counter[str]()
    for one in ledgers:
        by_owner[one.position.owner] += len(one.reports)
    most = sorted(by_owner, key=lambda name: (-by_owner[name], name))[:1] if len(by_owner) > 1 else []
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
    return _day("From", "since", days), _day("To", "until", days)


def _day(label: str, key: str, days: Sequence[date]) -> date | None:
    return st.date_input(
        label,
        value=None,
        min_value=min(days),
        max_value=max(days),
        format="YYYY-MM-DD",
        key=key,
        bind="query-params",
        width=140,
    )
