"""Quality: what is noted of every filing, by rule and severity, each leading to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import streamlit as st

from lib.charts.holdings_words import short_owner
from lib.exports.csv import CellValue
from lib.filings.words import where_in_words
from lib.holdings.words import capital
from lib.ui.checks_results import SEVERITIES, Noted
from lib.ui.checks_table import Cell, download, link_to, picked_row
from lib.ui.finding_words import finding_words
from lib.ui.words import count, plain

CSV_HEADER: Final = (
    "severity",
    "rule",
    "issuer",
    "owner",
    "form",
    "period",
    "filing",
    "cell",
    "finding",
)


def quality_part(noted: Sequence[Noted]) -> None:
    """The findings of the chosen severities and rules, and the picked one with its place."""
    st.text(
        "Missing footnotes, impossible dates, absurd values, balances that do not step, and what was repaired or "
        "inferred in reading. An error leaves a value without meaning, a warning is most likely a mistake, a note "
        "may well be right."
    )
    if not noted:
        st.success("Nothing is noted of these filings.", icon=":material/check:")
        return
    severities = Counter(one.severity for one in noted)
    st.caption(", ".join(count(severities[one], one) for one in SEVERITIES))
    shown = _chosen(noted)
    if not shown:
        st.info("No finding is of this kind. Take a filter away.", icon=":material/filter_alt_off:")
        return
    one = picked_row(
        shown,
        _cells,
        name="quality",
        alt=f"{count(len(shown), 'finding')}, the gravest first: "
        + ", ".join(count(severities[severity], severity) for severity in SEVERITIES),
        hints={"Rule": "The short name of the check that found it"},
        widths={"Finding": "large"},
    )
    with st.container(border=True):
        st.subheader(
            plain(f"{capital(one.severity)}: {short_owner(one.who.owner)}, Form {one.form}"), anchor=False
        )
        finding_words(one.where, one.rule, one.message)
        link_to("Open the filing at this place" if one.where else "Open the filing", one.filing_id, one.where)
    download("quality", "findings", CSV_HEADER, lambda: _csv_rows(shown))


def _chosen(noted: Sequence[Noted]) -> list[Noted]:
    rules = Counter(one.rule for one in noted)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        severity: Any = st.pills(
            "Severity",
            SEVERITIES,
            selection_mode="multi",
            key="severity",
            bind="query-params",
            format_func=capital,
        )
        names = [name for name, _ in rules.most_common()]
        rule = st.multiselect("Rule", names, key="rules", bind="query-params", placeholder="All")
    return [
        one for one in noted if (not severity or one.severity in severity) and (not rule or one.rule in rule)
    ]


def _cells(one: Noted) -> dict[str, Cell]:
    return {
        "Severity": capital(one.severity),
        "Rule": one.rule,
        "Owner": short_owner(one.who.owner),
        "Form": one.form,
        "Period": one.period,
        "Place": where_in_words(one.where),
        "Finding": one.message,
    }


def _csv_rows(noted: Sequence[Noted]) -> Iterator[tuple[CellValue, ...]]:
    for one in noted:
        yield (
            one.severity,
            one.rule,
            one.who.issuer,
            one.who.owner,
            one.form,
            one.period,
            one.filing_id,
            one.where,
            one.message,
        )
