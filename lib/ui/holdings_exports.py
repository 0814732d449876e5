"""Downloads of the holdings page: the picture, and the report fit to send, each made when it is clicked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import streamlit as st

from lib.exports.holdings_report import holdings_report
from lib.exports.ledger import Cause
from lib.exports.report import Report, report_html
from lib.holdings.ledger import Ledger
from lib.holdings.splits import Split
from lib.ui.holdings_view import View, alt_of, picture, title_of
from lib.ui.navigation import is_dark


def exports(ledgers: Sequence[Ledger], view: View, splits: Sequence[Split], cause: Cause) -> None:
    """A menu of what can be taken along."""
    menu = st.popover("Export", icon=":material/download:", key="export_holdings", on_change="rerun")
    if not menu.open:
        return
    dark = is_dark()

    def report() -> Report:
        return holdings_report(title_of(ledgers, view), alt_of(ledgers, view), ledgers, cause)

    def as_pdf() -> bytes:
        from lib.exports.report_pdf import report_pdf

        return report_pdf(report())

    stem = file_stem(ledgers)
    kinds: tuple[tuple[str, str, str, str, Callable[[], bytes]], ...] = (
        (
            "Report as PDF",
            "Positions, changes by year, and what no filing explains, fit to print or send",
            f"{stem}.pdf",
            "application/pdf",
            as_pdf,
        ),
        (
            "Report as HTML",
            "The same as a page for the browser",
            f"{stem}.html",
            "text/html",
            lambda: report_html(report()),
        ),
        (
            "Picture",
            "A page that opens without a network and saves itself as SVG or PNG",
            f"{stem}-picture.html",
            "text/html",
            lambda: picture(ledgers, view, splits, dark=dark),
        ),
    )
    with menu:
        for label, help_, name, mime, data in kinds:
            st.download_button(
                label,
                data=data,
                file_name=name,
                mime=mime,
                help=help_,
                on_click="ignore",
                width="stretch",
                key=f"holdings_{label}",
            )


def file_stem(ledgers: Sequence[Ledger]) -> str:
    """A file name that says what is inside: ``holdings-mksi-bertucci-john-r-2007-11-08``."""
    owners = {one.position.owner for one in ledgers}
    owner = next(iter(owners)) if len(owners) == 1 else f"{len(owners)} owners"
    first = ledgers[0].position
    last = max(report.date for one in ledgers for report in one.reports)
    words = f"holdings {first.symbol or first.issuer} {owner} {last}"
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:100]
