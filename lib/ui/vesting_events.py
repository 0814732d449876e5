"""The events of the vesting page: a line each, filled in one after the other, all of them in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from re import fullmatch
from typing import Any, Final

import streamlit as st

from lib.ui.day_slider import day_field
from lib.ui.vesting_scenario import GRANT

MOST_EVENTS: Final = 24
KIND_WIDTH, DAY_WIDTH, DETAIL_WIDTH = 190, 165, 150


@dataclass(frozen=True)
class _Kind:
    """A kind of event: its name in a scenario, and what it needs besides its day."""

    type: str
    detail: str = ""
    field: str = ""
    pattern: str = ""
    example: str = ""


_SHARES: Final = r"[1-9][0-9]{0,2}(,?[0-9]{3}){0,4}|[1-9][0-9]{0,14}"
_KINDS: Final = {
    "Exercise": _Kind("exercise", "Shares exercised", "shares", _SHARES, "3,000"),
    "Acquisition": _Kind("acquisition"),
    "Split": _Kind("split", "New:old shares", "ratio", r"[1-9][0-9]{0,8}:[1-9][0-9]{0,8}", "3:2"),
    "Stock dividend": _Kind("stock_dividend", "Percent", "percent", r"[0-9]{1,6}(\.[0-9]{1,9})?", "5"),
    "Breach of a duty": _Kind("breach"),
    "Breach notice": _Kind("breach_notice"),
    "Disability began": _Kind("disability"),
    "Death after leaving": _Kind("death"),
    "Condition met": _Kind("vesting_event", "Name of the condition", "event", r".{1,200}", "ipo"),
}
HELP: Final = (
    "An acquisition counts on its effective date. A breach ends the option on the company's written notice, or by a"
    " reading on the breach. Disability that began before service ended by it may measure what vests. A split of 3:2"
    " turns two shares into three."
)


def event_lines(grants: Sequence[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Draw a line for each event and an empty one; the events, and a sentence for each line that is not whole.

    ``grants`` are the ids that an exercise can be of; with one there is nothing to choose.
    """
    listed: list[dict[str, Any]] = []
    problems: list[str] = []
    filled = [number for number in range(1, MOST_EVENTS + 1) if _is_filled(number)]
    for number in range(1, min(max(filled, default=0) + 1, MOST_EVENTS) + 1):
        event, problem = _line(number, grants)
        listed += [event] if event else []
        problems += [problem] if problem else []
    return listed, problems


def _is_filled(number: int) -> bool:
    key = f"event{number}"
    return bool(st.session_state.get(key) or (key not in st.session_state and st.query_params.get(key)))


def _line(number: int, grants: Sequence[str]) -> tuple[dict[str, Any] | None, str | None]:
    key = f"event{number}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            f"Event {number}",
            list(_KINDS),
            index=None,
            placeholder="Add an event",
            key=key,
            bind="query-params",
            width=KIND_WIDTH,
            label_visibility="collapsed",
        )
        if name is None:
            return None, None
        kind = _KINDS[name]
        day = day_field(f"Day of event {number}", f"{key}_on", width=DAY_WIDTH, collapsed=True)
        typed = _detail(number, kind) if kind.detail else ""
        grant = grants[0] if grants else GRANT
        if kind.type == "exercise" and len(grants) > 1:
            grant = st.selectbox(
                f"Grant of event {number}",
                list(grants),
                key=f"{key}_grant",
                bind="query-params",
                width=KIND_WIDTH,
                label_visibility="collapsed",
            )
    place = f"Event {number}, {name.lower()}"
    if day is None:
        return None, f"{place}: give its day."
    event: dict[str, Any] = {"type": kind.type, "date": day.isoformat()}
    if kind.detail:
        if not fullmatch(kind.pattern, typed):
            asked = kind.detail[0].lower() + kind.detail[1:]
            return None, f"{place}: give the {asked}, such as {kind.example}."
        event[kind.field] = int(typed.replace(",", "")) if kind.field == "shares" else typed
    if kind.type == "exercise":
        event["grant"] = grant
    return event, None


def _detail(number: int, kind: _Kind) -> str:
    text = st.text_input(
        f"{kind.detail} of event {number}",
        placeholder=f"{kind.detail}, {kind.example}",
        max_chars=60,
        key=f"event{number}_of",
        bind="query-params",
        width=DETAIL_WIDTH,
        label_visibility="collapsed",
    )
    return (text or "").strip()
