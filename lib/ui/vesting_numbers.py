"""The numbers of a grant on the day asked for, each with the clause it rests on, and the findings in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import Final

import streamlit as st

from lib.charts.look import day
from lib.charts.vesting_words import BINDINGS, ENDS
from lib.filings.words import days_as_read, dollars
from lib.plans.money import price_text
from lib.plans.result import Citation, Finding, GrantState, LastDay
from lib.plans.value import OptionValue, option_value
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import count, plain

_NAME: Final = (
    "font-weight:400;font-size:.875rem;margin:0;padding:0;display:flex;align-items:center;gap:.4rem"
)
_VALUE: Final = "font-size:1.6rem;line-height:1.35;font-weight:500;margin:0;padding:0;white-space:nowrap"
_BELOW: Final = "font-size:.875rem;opacity:.75;margin:0;padding:0"
_ABOUT: Final = (
    "font:inherit;font-size:.75rem;line-height:1;width:1.15rem;height:1.15rem;padding:0;border:1px solid;"
    "border-radius:50%;background:none;color:inherit;opacity:.7;cursor:pointer"
)
_OPENED: Final = "position-area:bottom span-right;position-try-fallbacks:flip-inline,flip-block;margin:.3rem 0;max-width:26rem;padding:1rem 1.25rem;border:1px solid;border-radius:.35rem;font:inherit;white-space:normal"
NAMES: Final = {
    "shares": "Shares granted",
    "price": "Exercise price",
    "installments": "Schedule",
    "unvested": "Unvested",
    "exercisable": "Exercisable",
    "exercised": "Exercised",
    "forfeited": "Forfeited",
    "lapsed": "Lapsed",
    "accelerated": "Accelerated",
    "last_exercise_day": "Last day to exercise",
}


@dataclass(frozen=True)
class Number:
    """A figure as it is shown: its name, value, a line below it, and the result's fields whose clauses it rests on."""

    name: str
    value: str
    below: str
    fields: tuple[str, ...]
    meaning: str


def show_numbers(found: Outcome) -> None:
    """The figures side by side, wrapping on a narrow screen; each explains itself with its clause."""
    listed = numbers(found.state, found.value, found.left, found.units, priced=found.priced)
    st.html(figures_html(listed, found.state.citations))


def figures_html(listed: Iterable[Number], citations: Iterable[Citation]) -> str:
    """The figures as one piece of HTML, which a slider's step replaces far faster than as many elements.

    What a figure means opens at its name.
    """
    cited = list(citations)
    shown = "".join(
        f'<div style="min-width:9.5rem"><dt style="{_NAME}">{escape(number.name)}'
        f'<button popovertarget="about-{place}" aria-label="About {escape(number.name)}" style="{_ABOUT}">?</button>'
        f'</dt><dd style="{_VALUE}">{escape(number.value)}</dd>'
        f'<dd style="{_BELOW}">{escape(number.below)}</dd>'
        f'<dd popover id="about-{place}" style="{_OPENED}">{_explained(number, cited)}</dd></div>'
        for place, number in enumerate(listed)
    )
    return f'<dl style="display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;margin:0;padding:0">{shown}</dl>'


def _explained(number: Number, citations: Sequence[Citation]) -> str:
    texts = "".join(
        f'<p style="margin:.5rem 0 0">{escape(text)}</p>' for text in explanation(number, citations)
    )
    return f"<strong>{escape(number.name)}</strong>{texts}"


def show_findings(findings: Iterable[Finding], more: Iterable[str]) -> None:
    """What an analyst should know beside the figures, the grave first."""
    for severity, icon in (("error", "error"), ("warning", "warning")):
        for finding in findings:
            if finding.severity == severity:
                show = st.error if severity == "error" else st.warning
                show(plain(days_as_read(finding.message)), icon=f":material/{icon}:")
    notes = [*more, *(days_as_read(one.message) for one in findings if one.severity == "note")]
    if notes:
        st.markdown(
            "\n".join(f"- {plain(note)}." if not note.endswith(".") else f"- {plain(note)}" for note in notes)
        )


def numbers(
    state: GrantState, value: OptionValue | None, left: date | None, units: bool, *, priced: bool = True
) -> Iterator[Number]:
    """The figures in the order of the questions a leaver asks; units have nothing to exercise.

    Grants that are not ``priced``, such as a director's automatic ones together, have no amounts of money.
    """
    held = state.holding
    yield (
        _delivered(state)
        if units
        else Number(
            "Exercisable",
            f"{held.exercisable:,}",
            f"{held.lapsed:,} lapsed" if held.lapsed else f"of {state.shares:,} shares",
            ("installments", "exercisable", "accelerated", "lapsed", "exercised"),
            "Shares that can be bought on this day.",
        )
    )
    if left is None:
        yield Number(
            "Unvested",
            f"{held.unvested:,}",
            f"{held.lapsed:,} lapsed" if held.lapsed else "forfeited on leaving",
            ("unvested", "installments"),
            "Shares still to vest; leaving on this day would forfeit them.",
        )
    else:
        yield Number(
            "Forfeited",
            f"{held.forfeited:,}",
            "unvested on leaving",
            ("forfeited",),
            "Shares that had not vested when service ended.",
        )
    if not units:
        yield _last_day(state.last_day)
    yield Number(
        "Next vest",
        day(state.next_vest.date) if state.next_vest else "None",
        count(state.next_vest.shares, "share") if state.next_vest else "nothing more vests",
        ("installments",),
        "The next installment that can still vest.",
    )
    if not units and priced:
        yield from _values(state, value)


def _delivered(state: GrantState) -> Number:
    return Number(
        "Delivered",
        f"{state.holding.exercised:,}",
        f"of {state.shares:,} shares",
        ("exercised", "accelerated"),
        "Shares delivered as the units vested.",
    )


def _last_day(last: LastDay | None) -> Number:
    if last is None:
        shown, below = "None", "nothing to exercise"
    elif last.at_once:
        shown, below = "None", "the option ends at once"
    else:
        shown, below = day(last.date), f"{last.weekday}, {ENDS[last.binding]}"
    meaning = "Inclusive, and no roll to a business day: notice has to be received by then."
    if last is not None and not last.at_once:
        meaning += f" Set by the {BINDINGS[last.binding][1]}."
    return Number("Last day to exercise", shown, below, ("last_exercise_day",), meaning)


def _values(state: GrantState, value: OptionValue | None) -> Iterator[Number]:
    held = state.holding
    at = "at each grant's price" if value else ""
    if state.price is not None:
        at = f"at ${price_text(state.price)} a share"
    texts = (
        (
            "Exercise cost",
            _cost(state, value),
            at or "no exercise price",
            "To buy every exercisable share.",
        ),
        (
            "Intrinsic value",
            None if value is None else value.intrinsic_value,
            "exercisable only",
            "Share price less exercise price, for exercisable shares; zero below the exercise price.",
        ),
        (
            "Unvested potential",
            None if value is None else value.unvested_potential,
            f"{held.unvested:,} unvested",
            "The same gain on shares that may still vest; it is not the holder's yet.",
        ),
    )
    for name, amount, below, meaning in texts:
        yield Number(name, "Not known" if amount is None else dollars(amount), below, ("price",), meaning)


def _cost(state: GrantState, value: OptionValue | None) -> Decimal | None:
    """What it costs to buy every exercisable share, which needs no price of a share on the market."""
    if value is not None:
        return value.exercise_cost
    known = option_value(state, Decimal(0))
    return None if known is None else known.exercise_cost


def number_help(number: Number, citations: Iterable[Citation]) -> str:
    """What a figure means, and the clauses it rests on, as Markdown."""
    return "\n\n".join(plain(text) for text in explanation(number, citations))


def explanation(number: Number, citations: Iterable[Citation]) -> list[str]:
    """What a figure means, and the clauses it rests on."""
    cited = [one for one in citations if one.value in number.fields]
    return [number.meaning, *dict.fromkeys(days_as_read(f"§ {one.clause}: {one.text}") for one in cited)]
