"""Choosing whose filings the checks page looks at, in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from lib.library.issuers import IssuerHeld
from lib.ui.checks_results import Checks, narrowed
from lib.ui.issuer_choice import found_issuers
from lib.ui.library import checks_of, the_store
from lib.ui.words import count, plain

MOST_TOGETHER: Final = 3_000
"""Filings that are checked without a choice; of more, the issuer with the most filings comes first."""


def chosen(held: Sequence[IssuerHeld]) -> Checks:
    """What the checks find of the issuers and owners that are chosen; of all where none is."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        listed, found = found_issuers(the_store(), held, "companies")
        labels = {one.label: one for one in sorted(listed, key=lambda one: one.label)}
        names = st.multiselect(
            "Issuer", list(labels), key="companies", bind="query-params", placeholder="All"
        )
        issuers = [labels[name] for name in names if name in labels] or at_first(held)
        checks = checks_of(issuers)
        people = sorted({one.owner for one in checks.who.values()})
        owners = st.multiselect("Owner", people, key="people", bind="query-params", placeholder="All")
    if len(issuers) < len(held) and not names:
        st.caption(
            plain(
                f"The library holds {count(sum(one.filings for one in held), 'filing')} of "
                f"{count(len(held), 'issuer')}: this is {issuers[0].label}. Choose others above."
            )
        )
    searched = {name for one in issuers for name in found.get(one.label, ())} & set(people)
    return narrowed(checks, owners or searched)


def at_first(held: Sequence[IssuerHeld]) -> list[IssuerHeld]:
    """All issuers, or, where that is too much for one look, the one with the most filings."""
    return list(held) if sum(one.filings for one in held) <= MOST_TOGETHER else list(held[:1])
