"""The pages, listed once, and what lets a link open any of them on a server that has just started.

Streamlit serves a file in ``pages/`` on its own, without ``app.py``, until some session has called
``st.navigation``. So every page first calls ``start_page``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st

from lib.ui.sign_in import require_sign_in

ROOT: Final = Path(__file__).parent.parent.parent
STARTED: Final = "started_by_app"

FILINGS: Final = "pages/filings.py"
FILING: Final = "pages/filing.py"
COMPARE: Final = "pages/compare.py"
HOLDINGS: Final = "pages/holdings.py"
MARKET: Final = "pages/market.py"
CHECKS: Final = "pages/checks.py"
PLANS: Final = "pages/plans.py"
VESTING: Final = "pages/vesting.py"
GLOSSARY: Final = "pages/glossary.py"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as the menu shows it; a hidden one is reached by links."""

    path: str
    title: str
    help: str
    default: bool = False
    visibility: Literal["visible", "hidden"] = "visible"


_PAGES: Final = (
    _Page(FILINGS, "Filings", "Drop in filings and find them again.", default=True),
    _Page(FILING, "Filing", "One filing beside its source.", visibility="hidden"),
    _Page(COMPARE, "Compare", "Two filings cell by cell.", visibility="hidden"),
    _Page(HOLDINGS, "Holdings", "What insiders held over time, and what no filing explains."),
    _Page(MARKET, "Market", "What the insiders of everything in the library did."),
    _Page(CHECKS, "Checks", "What does not add up, was late, was matched, or should be looked at."),
    _Page(PLANS, "Plans", "What a plan says, each term with its sentence; edit, save and exchange it."),
    _Page(VESTING, "Vesting", "What is vested, forfeited and exercisable on any day."),
    _Page(GLOSSARY, "Glossary", "What the codes, forms and terms mean."),
)


def page_list() -> list[Any]:
    """Every page that is there, in the menu's order."""
    return [
        st.Page(page.path, title=page.title, help=page.help, default=page.default, visibility=page.visibility)
        for page in _PAGES
        if (ROOT / page.path).exists()
    ]


def mark_started() -> None:
    """Tell the pages of this session that ``app.py`` runs them."""
    st.session_state[STARTED] = True


def start_page() -> None:
    """First call of every page: hands a page that was opened on a cold server over to ``app.py``.

    Where sign-in is on, nobody gets past it who has not signed in.
    """
    if STARTED not in st.session_state:
        st.navigation(page_list(), position="top")
        st.rerun()
    require_sign_in()


def set_logo() -> None:
    """The name in the header, in the ink of the appearance."""
    shade = "dark" if is_dark() else "light"
    st.logo(str(ROOT / "static" / f"logo-{shade}.svg"), size="large")


def is_dark() -> bool:
    """Whether the person sees the dark appearance."""
    return st.context.theme.type == "dark"
