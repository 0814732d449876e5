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
from pydantic import ValidationError

from lib.plans.errors import first_problem
from lib.plans.schedule_terms import AtMeeting, Conditions, Installments, MeetingOrMonths
from lib.plans.terms import PlanTerms, Reading
from lib.ui.day_slider import day_field
from lib.ui.filed_grant import FiledGrant
from lib.ui.plan_shelf import plan_title
from lib.ui.vesting_events import HELP as EVENTS_HELP
from lib.ui.vesting_events import event_lines
from lib.ui.vesting_outcome import event_in_words
from lib.ui.vesting_scenario import FIRST_GRANT, Course, Setup, arising, scenario_data
from lib.ui.words import count, plain

PRICE: Final = r"^\s*([0-9]{1,9}(\.[0-9]{1,6})?)?\s*$"
FIELD_WIDTH, PRICE_WIDTH, PLAN_WIDTH = 165, 104, 390
SHARES_WIDTH, MEETINGS_WIDTH = 170, 280
EXAMPLE_SHARES: Final = 1000
EXAMPLE_MEETINGS: Final = ["2004-05-13", "2005-05-11"]
MOST_SHARES: Final = 10**9
WHOLE: Final = "Whole director"
PLANS_SCHEDULE, FOOTNOTES, TYPED = "The plan's", "The filing's", "Typed"


def setup_inputs(shelf: Mapping[str, PlanTerms], filed: FiledGrant | None) -> Setup:
    """Draw the inputs and hand back what they say; ``filed`` is the row of a filing that the page was opened on."""
    problems: list[str] = []
    with st.container(horizontal=True, gap="xsmall"):
        plan, terms = _plan(shelf, problems)
        chosen = _grant_choice(terms, filed)
        whole = chosen == WHOLE
        rule = terms.grant_rules[0].name if whole else chosen
        shares = None if whole else _shares(terms, rule)
        price = None
        if not whole:
            price = _dollars(
                "Exercise price", "strike", "24.00", "What the holder pays for a share.", problems
            )
        market = "What a share is worth, for the values below."
        share_price = _dollars("Share price", "market", "30.00", market, problems)
        meetings = _meetings(problems) if whole or _needs_meetings(terms, rule) else ()
    with st.container(horizontal=True, gap="xsmall"):
        ids = _arising(plan, terms, meetings) if whole else []
        listed, continues, employed = _events(ids, whole, problems)
        readings = _readings(terms)
        prices = _prices(ids, problems) if whole else ()
        own, final = ({}, None) if whole else _own_terms(filed, problems)
        as_of = _as_of()
    _say_what_is_set(terms, listed, readings)
    return Setup(
        plan=plan,
        terms=terms,
        rule=rule,
        shares=shares,
        price=price,
        share_price=share_price,
        meetings=meetings,
        as_of=as_of,
        final_exercise_date=final,
        events=tuple(listed),
        readings=readings,
        continues=continues,
        own=own,
        whole=whole,
        employed=employed,
        prices=prices,
        problems=tuple(problems),
    )


def _say_what_is_set(terms: PlanTerms, events: list[dict[str, Any]], readings: Mapping[str, str]) -> None:
    """The events and the readings other than the default, so that nothing that counts is hidden in a menu."""
    defaults: dict[str, str] = {name: reading.default for name, reading in terms.readings.items()}
    told = [event_in_words(event) for event in events]
    told += [
        f"{name.replace('_', ' ')}: {choice.replace('_', ' ')}"
        for name, choice in readings.items()
        if choice != defaults[name]
    ]
    if told:
        st.caption(plain(f"With {'; '.join(told)}."))


def _plan(shelf: Mapping[str, PlanTerms], problems: list[str]) -> tuple[str, PlanTerms]:
    titles = {name: plan_title(name, terms) for name, terms in shelf.items()}
    wanted = st.query_params.get("plan")
    if wanted and "plan" not in st.session_state and wanted not in titles.values():
        problems.append(f"The link names the plan {wanted[:120]!r}, which this library does not have.")
    plan = st.selectbox(
        "Plan",
        list(shelf),
        format_func=titles.__getitem__,
        key="plan",
        bind="query-params",
        width=PLAN_WIDTH,
        help="The plan whose terms the page runs. Read or save your own on the Plans page.",
    )
    return plan, shelf[plan]


def _grant_choice(terms: PlanTerms, filed: FiledGrant | None) -> str:
    """The rule that the grant follows, or all automatic grants of a director together."""
    rules = [rule.name for rule in terms.grant_rules]
    automatic = any(rule.made != "by_the_board" for rule in terms.grant_rules)
    options = [*rules, WHOLE] if automatic and filed is None else rules
    explained = [f"{rule.name}: {rule.text} ({rule.clause})" for rule in terms.grant_rules]
    return str(
        st.radio(
            "Grant",
            options,
            index=options.index(rules[0]),
            horizontal=True,
            format_func=lambda name: name.replace("_", " ")[:1].upper() + name.replace("_", " ")[1:],
            key="grant",
            bind="query-params",
            help=plain(" ".join(explained)),
        )
    )


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


def _dollars(
    label: str, key: str, usual: str, help: str, problems: list[str], width: int = PRICE_WIDTH
) -> Decimal | None:
    """A price as it is typed, never a float; null where it is blank."""
    text = st.text_input(
        label,
        value=usual,
        max_chars=16,
        icon=":material/attach_money:",
        key=key,
        bind="query-params",
        width=width,
        help=help,
    )
    typed = (text or "").strip()
    if not fullmatch(PRICE, typed):
        problems.append(
            f"{label}: {typed[:20]!r} is not a price such as 24.00; mend it, or clear it where it is not known."
        )
        return None
    return Decimal(typed) if typed else None


def _needs_meetings(terms: PlanTerms, rule: str) -> bool:
    found = terms.rule(rule)
    schedule = found.schedule if found is not None else None
    if isinstance(schedule, Conditions):
        return any(isinstance(condition.when, AtMeeting) for condition in schedule.conditions)
    return isinstance(schedule, MeetingOrMonths)


def _meetings(problems: list[str]) -> tuple[date, ...]:
    typed = st.multiselect(
        "Annual meetings",
        EXAMPLE_MEETINGS,
        default=EXAMPLE_MEETINGS,
        accept_new_options=True,
        max_selections=60,
        placeholder="Type a day, 2005-05-11",
        key="meetings",
        bind="query-params",
        width=MEETINGS_WIDTH,
        help="Days on which annual meetings were or will be held, each as 2005-05-11. An annual grant vests the day"
        " before the first one after it; none: by its longest time.",
    )
    days = []
    for text in typed:
        try:
            days.append(date.fromisoformat(str(text).strip()))
        except ValueError:
            problems.append(
                f"Annual meetings: {str(text)[:20]!r} is not a day written as YYYY-MM-DD, such as 2005-05-11."
            )
    return tuple(sorted(set(days)))


def _arising(plan: str, terms: PlanTerms, meetings: tuple[date, ...]) -> list[str]:
    """The ids of the automatic grants, which exercises are of and prices belong to."""
    elected = st.session_state.get("granted", FIRST_GRANT)
    bare = Setup(plan, terms, "", None, None, None, meetings, None, None, (), {}, {}, whole=True)
    return [grant.id for grant in arising(terms, scenario_data(bare, Course(elected, elected, None)))]


def _prices(grants: list[str], problems: list[str]) -> tuple[Decimal | None, ...]:
    """The exercise price of each automatic grant, where it is known."""
    with st.popover(
        "Exercise prices", icon=":material/attach_money:", help="What each grant's holder pays a share."
    ):
        if not grants:
            st.caption("No grant arises from these dates.")
        return tuple(
            _dollars(
                grant.replace("_", " "), f"strike{number}", "", "Blank: not known.", problems, PLAN_WIDTH // 2
            )
            for number, grant in enumerate(grants, start=1)
        )


def _events(
    grants: list[str], whole: bool, problems: list[str]
) -> tuple[list[dict[str, Any]], Mapping[str, Any], tuple[tuple[str, str | None], ...]]:
    """The events that are set, how service went on in another role, and when the director was an employee."""
    with st.popover("Events", icon=":material/event_note:", help=EVENTS_HELP):
        st.caption("Exercises, acquisition, splits, breach, disability")
        listed, unfinished = event_lines(grants)
        problems += unfinished
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            continues = _other_role(problems)
        employed = _employed(problems) if whole else ()
    return listed, continues, employed


def _other_role(problems: list[str]) -> dict[str, Any]:
    role = st.text_input(
        "After leaving, goes on as",
        placeholder="consultant",
        max_chars=60,
        key="role",
        bind="query-params",
        width=FIELD_WIDTH,
        help="A role that followed service as a director; whether it keeps the option alive is a reading.",
    )
    until = day_field(
        "Until", "role_until", help="The last day in that role; blank: it goes on.", width=FIELD_WIDTH
    )
    if not (role or "").strip():
        if until:
            problems.append("Events, until: name the role that went on until then.")
        return {}
    return {"continues_as": role.strip()} | ({"until": until.isoformat()} if until else {})


def _employed(problems: list[str]) -> tuple[tuple[str, str | None], ...]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        help = "Employees get no automatic grants where the plan leaves them out. Days inclusive; blank: it goes on."
        first = day_field("Employee from", "employed_from", width=FIELD_WIDTH)
        last = day_field("Employee until", "employed_until", help=help, width=FIELD_WIDTH)
    if first is None:
        if last:
            problems.append("Events, employee until: give the first day as an employee too.")
        return ()
    return ((first.isoformat(), last.isoformat() if last else None),)


def _as_of() -> date | None:
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    ):
        help = "The day whose end is shown, by the rules in force then; blank: after the last event."
        st.markdown("As of", help=help, width="content")
        return day_field("As of", "asof", width=FIELD_WIDTH, collapsed=True)


def _own_terms(filed: FiledGrant | None, problems: list[str]) -> tuple[Mapping[str, Any], date | None]:
    """What the grant has of its own: its schedule, where that is not the plan's, and its Final Exercise Date."""
    with st.popover("This grant's own terms", icon=":material/edit_document:"):
        known = filed is not None and bool(filed.own)
        source = st.radio(
            "Schedule",
            [FOOTNOTES, PLANS_SCHEDULE, TYPED] if known else [PLANS_SCHEDULE, TYPED],
            key="schedule",
            bind="query-params",
            horizontal=True,
        )
        own: Mapping[str, Any] = filed.own if filed is not None and source == FOOTNOTES else {}
        if source == TYPED:
            own = _typed_schedule(problems)
        final = day_field(
            "Final Exercise Date", "final", help="Where the option agreement names one.", width=FIELD_WIDTH
        )
    return own, final


def _typed_schedule(problems: list[str]) -> dict[str, Any]:
    """Equal installments as they are typed."""
    numbers = []
    with st.container(horizontal=True, gap="small"):
        for label, key, usual, least in (
            ("Installments", "typed_count", 16, 1),
            ("Months apart", "typed_months", 3, 1),
            ("Together at first", "typed_cliff", 0, 0),
        ):
            help = "How many of the first installments vest together, a cliff." if not least else None
            numbers.append(
                st.number_input(
                    label,
                    min_value=least,
                    max_value=1200,
                    value=usual,
                    step=1,
                    key=key,
                    bind="query-params",
                    width=SHARES_WIDTH - 10,
                    help=help,
                )
            )
    number, months, cliff = numbers
    try:
        schedule = Installments(
            count=number, period_months=months, cliff=cliff, clause="Typed", text="Typed by the analyst."
        )
    except ValidationError as error:
        problems.append(f"Typed schedule: {first_problem(error)}")
        return {}
    return {"schedule": schedule.model_dump(mode="json")}


def _readings(terms: PlanTerms) -> dict[str, str]:
    """One choice for every disputed text, with its question and the clauses behind each answer."""
    if not terms.readings:
        return {}
    place = st.popover(count(len(terms.readings), "disputed reading"), icon=":material/balance:")
    chosen: dict[str, str] = {}
    with place:
        st.caption("Where the text can be read in more than one way; each answer with the clause behind it")
        for name, reading in terms.readings.items():
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
