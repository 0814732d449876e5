"""A day as a slider for moving and a field for the exact date, kept in step; the field's day is in the URL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from re import fullmatch
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.plans.days import EARLIEST, LATEST, ONE_DAY
from lib.ui.notices import notice

FORMAT: Final = "D MMM YYYY"
FIELD_WIDTH: Final = 148

Neighbour = Callable[[date, int], date | None]
"""The nearest day of note before (-1) or after (+1) a day; null where there is none."""


def day_slider(
    label: str,
    key: str,
    default: date,
    *,
    around: date | None = None,
    years: int,
    heading: DeltaGenerator,
) -> date:
    """A slider, and at the end of the row ``heading`` an exact field, bound to the URL as ``key``.

    The slider spans at least ``years`` whole years around ``around``, else around the day, and keeps its span until
    the day leaves it.
    """
    with heading:
        day = day_field(label, key, default, collapsed=True, width=FIELD_WIDTH) or default
    slider = f"{key}_slider"
    first, last = _span(span_key(key), day, around or day, years)
    if st.session_state.get(slider) != day:
        st.session_state[slider] = day
    st.slider(
        label,
        min_value=first,
        max_value=last,
        value=day,  # what a browser shows that draws the slider only after it was set
        step=ONE_DAY,
        format=FORMAT,
        key=slider,
        on_change=_follow,
        args=(key, slider),
        label_visibility="collapsed",
    )
    return day


def day_field(
    label: str,
    key: str,
    default: date | None = None,
    *,
    width: int,
    help: str | None = None,
    collapsed: bool = False,
) -> date | None:
    """A field for an exact day, bound to the URL as ``key``; with a ``default`` it is never blank."""
    day: date | None = st.date_input(
        label,
        value=default,
        min_value=EARLIEST,
        max_value=LATEST,
        format="YYYY-MM-DD",
        key=key,
        bind="query-params",
        required=default is not None,
        label_visibility="collapsed" if collapsed else "visible",
        width=width,
        help=help,
    )
    return day


def day_steps(key: str, vest: Neighbour) -> None:
    """Buttons that move the day of a slider by one, and to the vest before and after."""
    for name, icon, hint, move in (
        ("vest_before", "skip_previous", "Previous vest", lambda at: vest(at, -1)),
        ("day_before", "chevron_left", "−1 day", lambda at: at - ONE_DAY),
        ("day_after", "chevron_right", "+1 day", lambda at: at + ONE_DAY),
        ("vest_after", "skip_next", "Next vest", lambda at: vest(at, 1)),
    ):
        st.button(
            hint,
            icon=f":material/{icon}:",
            icon_position="right" if name.endswith("after") else "left",
            key=f"{key}_{name}",
            type="tertiary",
            on_click=_move,
            args=(key, move),
        )


def _span(key: str, day: date, around: date, years: int) -> tuple[date, date]:
    """The slider's ends. A changed end would reset the slider in the person's hand, so they are kept."""
    kept: Any = st.session_state.get(key) or _linked_span(key)
    if kept and kept[0] <= min(day, around) and max(day, around) <= kept[1]:
        first, last = st.session_state[key] = kept
        return first, last
    start = min(day, around).year
    end = max(start + years - 1, day.year, around.year)
    span = _years(start, end)
    st.session_state[key] = span
    return span


def span_key(key: str) -> str:
    """What the span of a slider is kept under, in the session and in a link."""
    return f"{key}_span"


def span_in_link(key: str) -> str | None:
    """The span that the slider of a day has now, as its link has it: ``2003-2008``."""
    kept: Any = st.session_state.get(span_key(key))
    return f"{kept[0].year}-{kept[1].year}" if kept else None


def _linked_span(key: str) -> tuple[date, date] | None:
    """The span that the link gives, where it is one: a link is somebody else's text."""
    said = fullmatch(r"([0-9]{4})-([0-9]{4})", st.query_params.get(key, ""))
    if not said or not EARLIEST.year <= int(said[1]) <= int(said[2]) <= LATEST.year:
        return None
    return _years(int(said[1]), int(said[2]))


def _years(first: int, last: int) -> tuple[date, date]:
    return max(date(first, 1, 1), EARLIEST), min(date(last, 12, 31), LATEST)


def _follow(key: str, slider: str) -> None:
    """The field takes the slider's day."""
    st.session_state[key] = st.session_state[slider]


def _move(key: str, move: Callable[[date], date | None]) -> None:
    """Step the day, where there is a day to step to."""
    there = move(st.session_state[key])
    if there is None:
        notice("There is no vest in that direction.", ":material/event_busy:")
    elif EARLIEST <= there <= LATEST:
        st.session_state[key] = there
