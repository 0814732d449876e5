"""Choosing whose filings the checks page looks at, in the URL."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lib.ui.checks_results import Checks, narrowed


def chosen(checks: Checks) -> Checks:
    """What concerns the issuers and owners that are chosen; all of it where none is."""
    people = set(checks.who.values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        issuers = _several("Issuer", "companies", {one.issuer for one in people})
        here = {one.owner for one in people if not issuers or one.issuer in issuers}
        owners = _several("Owner", "people", here)
    return narrowed(checks, issuers, owners)


def _several(label: str, key: str, values: Iterable[str]) -> list[str]:
    return st.multiselect(label, sorted(values), key=key, bind="query-params", placeholder="All")
