"""The inputs of the vesting page that stay while its sliders move: plan, grant, prices, events and readings.

Every input is bound to the URL, so that the link restores the view.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from re import fullmatch
from typing import Any, Final

import streamlit as st

from lib.plans.terms import PlanTerms, Reading, load_terms, shipped_plans
from lib.ui.day_slider import day_field
from lib.ui.vesting_scenario import GRANT, Setup
from lib.ui.words import count, plain

PRICE: Final = r"^\s*([0-9]{1,9}(\.[0-9]{1,6})?)?\s*$"
RATIO: Final = r"^\s*([1-9][0-9]{0,4}:[1-9][0-9]{0,4})?\s*$"
FIELD_WIDTH, PRICE_WIDTH, PLAN_WIDTH = 165, 104, 406
SHARES_WIDTH: Final = 150
EXAMPLE_SHARES: Final = 1000
MOST_EXERCISES: Final = 12
MOST_SHARES: Final = 10**9
FACTS: Final = (
    ("acquired", "acquisition", "Acquisition", "The effective date of an acquisition of the company."),
    ("breached", "breach", "Breach", "The day a non-competition or confidentiality duty was broken."),
    ("noticed", "breach_notice", "Breach notice", "The day the company gave written notice of a breach."),
    ("disabled", "disability", "Disability began", "Where it differs from the day service ended."),
)


def setup_inputs() -> Setup:
    """Draw the inputs and hand back what they say."""
    with st.container(horizontal=True, gap="xsmall"):
        plan, terms = _plan()
        rule = st.segmented_control(
            "Grant",
            [rule.name for rule in terms.grant_rules],
            default=terms.grant_rules[0].name,
            required=True,
            format_func=lambda name: name.replace("_", " ").capitalize(),
            key="grant",
            bind="query-params",
            help=plain(" ".join(f"{rule.name}: {rule.text} ({rule.clause})" for rule in terms.grant_rules)),
        )
        shares = _shares(terms, str(rule))
        price = _dollars("Exercise price", "strike", "24.00", "What the holder pays for a share.")
        share_price = _dollars(
            "Share price", "market", "30.00", "What a share is worth, for the values below."
        )
        meeting = _day(
            "Next annual meeting",
            "meeting",
            "An annual grant vests the day before the first meeting after it; blank: none is held in time.",
        )
        as_of = _day(
            "As of",
            "asof",
            "The day whose end is shown, by the rules in force then; blank: after the last event.",
        )
    events, readings = st.columns(2)
    with events:
        final, listed, continues = _events()
    with readings:
        chosen = _readings(terms)
    return Setup(
        plan=plan,
        terms=terms,
        rule=str(rule),
        shares=shares,
        price=price,
        share_price=share_price,
        meeting=meeting,
        as_of=as_of,
        final_exercise_date=final,
        events=listed,
        readings=chosen,
        continues=continues,
    )


def _plan() -> tuple[str, PlanTerms]:
    names = shipped_plans()
    titles = {name: load_terms(name) for name in names}
    plan = st.selectbox(
        "Plan",
        names,
        format_func=lambda name: titles[name].title,
        key="plan",
        bind="query-params",
        width=PLAN_WIDTH,
        help="The plan whose terms the page runs; its full text is in the filing it came from.",
    )
    return plan, titles[plan]


def _shares(terms: PlanTerms, rule: str) -> int | None:
    found = terms.rule(rule)
    usual = EXAMPLE_SHARES if found is None or found.shares is None else found.shares
    shares: int | None = st.number_input(
        "Shares",
        min_value=1,
        max_value=MOST_SHARES,
        value=None,
        step=1,
        placeholder=f"{usual:,}",
        key="shares",
        bind="query-params",
        width=SHARES_WIDTH,
        help="Blank: the number that the plan grants, or an example where each grant has its own.",
    )
    return EXAMPLE_SHARES if shares is None and found is not None and found.shares is None else shares


def _dollars(label: str, key: str, usual: str, help: str) -> Decimal | None:
    """A price as it is typed, never a float; null where it is blank or no price."""
    text = st.text_input(
        label,
        value=usual,
        max_chars=16,
        icon=":material/attach_money:",
        validate=(PRICE, "A price such as 24.00."),
        key=key,
        bind="query-params",
        width=PRICE_WIDTH,
        help=help,
    )
    typed = (text or "").strip()
    return Decimal(typed) if typed and fullmatch(PRICE, typed) else None


def _day(label: str, key: str, help: str | None = None) -> date | None:
    return day_field(label, key, help=help, width=FIELD_WIDTH)


def _events() -> tuple[date | None, tuple[Mapping[str, Any], ...], Mapping[str, Any]]:
    """The Final Exercise Date, the events that are set, and how service went on in another role."""
    place = st.expander("Other events: exercises, acquisition, breach, split", icon=":material/event_note:")
    with place:
        listed = _exercises()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for key, kind, label, help in FACTS:
                day = _day(label, key, help)
                listed += [{"type": kind, "date": day.isoformat()}] if day else []
            listed += _split()
            final = _day("Final Exercise Date", "final", "Where the option agreement names one.")
            continues = _other_role()
    return final, tuple(listed), continues


def _exercises() -> list[dict[str, Any]]:
    """Exercises, a line each; filling the last line opens the next, clearing a line's date takes it away."""
    listed: list[dict[str, Any]] = []
    for number in range(1, MOST_EXERCISES + 1):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            day = _day(f"Exercise {number}", f"exercise{number}")
            shares = st.number_input(
                "Shares exercised",
                min_value=1,
                max_value=MOST_SHARES,
                value=None,
                step=1,
                key=f"exercise{number}_shares",
                bind="query-params",
                width=FIELD_WIDTH,
            )
        if day and shares:
            listed.append({"type": "exercise", "date": day.isoformat(), "grant": GRANT, "shares": shares})
        elif day is None and shares is None:
            break
    return listed


def _split() -> list[dict[str, Any]]:
    day = _day("Split on", "split_on")
    ratio = st.text_input(
        "Split, new:old",
        placeholder="3:2",
        max_chars=11,
        validate=(RATIO, "Whole numbers such as 3:2."),
        key="split",
        bind="query-params",
        width=FIELD_WIDTH,
        help="3:2 turns two shares into three.",
    )
    typed = (ratio or "").strip()
    return [{"type": "split", "date": day.isoformat(), "ratio": typed}] if day and typed else []


def _other_role() -> dict[str, Any]:
    role = st.text_input(
        "Goes on as",
        placeholder="consultant",
        max_chars=60,
        key="role",
        bind="query-params",
        width=FIELD_WIDTH,
        help="A role that followed service as a director; whether it keeps the option alive is a reading.",
    )
    until = _day("Until", "role_until", "The last day in that role; blank: it goes on.")
    if not (role or "").strip():
        return {}
    return {"continues_as": role.strip()} | ({"until": until.isoformat()} if until else {})


def _readings(terms: PlanTerms) -> dict[str, str]:
    """One choice for every disputed text, with its question and the clauses behind each answer."""
    if not terms.readings:
        return {}
    place = st.expander(
        f"{count(len(terms.readings), 'disputed reading')} of the plan", icon=":material/balance:"
    )
    chosen: dict[str, str] = {}
    with place:
        columns = st.columns(2, gap="medium")
        for number, (name, reading) in enumerate(terms.readings.items()):
            with columns[number % 2]:
                chosen[name] = _reading(name, reading)
    return chosen


def _reading(name: str, reading: Reading) -> str:
    choices = {option.name: option for option in reading.options}
    return st.radio(
        plain(reading.question),
        list(choices),
        index=reading.names.index(reading.default),
        format_func=lambda choice: choice.replace("_", " ").capitalize(),
        captions=[plain(f"{option.text} ({option.clause})") for option in reading.options],
        key=f"reading_{name}",
        bind="query-params",
    )
