"""What the exercisable shares are worth as options that can wait until their last day, with every assumption."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

import streamlit as st
from pydantic import ValidationError

from lib.charts.look import day
from lib.filings.words import days_as_read, dollars
from lib.plans.value import Assumptions, model_value
from lib.ui.vesting_outcome import Outcome
from lib.ui.words import plain

FIELDS: Final = (
    ("Volatility, % a year", "volatility", "35"),
    ("Interest, % a year", "interest", "4"),
    ("Dividend yield, % a year", "dividends", "0"),
)


def model_value_panel(found: Outcome) -> None:
    """The Black–Scholes–Merton value of what can be exercised, to its actual last day."""
    typed: dict[str, str] = {}
    with st.container(horizontal=True, gap="small"):
        for label, key, usual in FIELDS:
            text = st.text_input(label, value=usual, max_chars=10, key=key, bind="query-params", width=170)
            typed[key] = (text or "").strip()
    assumed = _assumptions(found, typed)
    if isinstance(assumed, str):
        st.error(plain(assumed), icon=":material/error:")
        return
    worth = model_value(found.state, found.result.as_of, assumed)
    if worth is None:
        st.info("There is nothing to value: no exercise price, or no day on which it can be exercised.")
        return
    with st.container(horizontal=True, gap="small"):
        st.metric("Exercisable shares", dollars(worth.exercisable), width=220)
        st.metric("A share", dollars(worth.a_share), width=160)
        st.metric("Years to the last day", str(worth.years), width=180)
    st.markdown(
        "\n".join(
            f"- {plain(days_as_read(line))}"
            for line in (
                f"Black–Scholes–Merton on {day(worth.valued_on)} at an exercise price of {dollars(worth.exercise_price)}"
                f" and a share price of {dollars(assumed.share_price)}.",
                *worth.caveats,
            )
        )
    )


def _assumptions(found: Outcome, typed: dict[str, str]) -> Assumptions | str:
    """What was typed, or the sentence that says what of it cannot be used."""
    if not found.share_price:
        return "Share price: give a price above zero to value the option."
    rates = {}
    for label, key, _ in FIELDS:
        try:
            rates[key] = Decimal(typed[key]) / 100
        except InvalidOperation:
            return f"{label.partition(',')[0]}: {typed[key][:20]!r} is not a number such as 35."
    try:
        return Assumptions(
            share_price=found.share_price,
            volatility=rates["volatility"],
            interest_rate=rates["interest"],
            dividend_yield=rates["dividends"],
        )
    except ValidationError as error:
        problem = error.errors()[0]
        place = str(problem["loc"][0] if problem["loc"] else "value").replace("_", " ").capitalize()
        return f"{place}: {problem['msg']}."
