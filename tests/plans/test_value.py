"""Values: intrinsic, exercise cost, and Black–Scholes–Merton with its assumptions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lib.plans.price import exercise_price
from lib.plans.value import Assumptions, call_value, model_value, option_value
from tests.plans.director import TERMS, leaves, one


@pytest.mark.parametrize(
    ("given_values", "value"),
    [
        # Hull, Options, Futures, and Other Derivatives: the worked call of the Black–Scholes–Merton chapter.
        ((42, 40, 0.5, 0.20, 0.10, 0.0), 4.759422),
        # Its index option with a dividend yield, chapter on stock indices.
        ((930, 900, 2 / 12, 0.20, 0.08, 0.03), 51.832956),
        # At the money, no interest: S(2N(σ√T/2) − 1).
        ((100, 100, 1, 0.20, 0.0, 0.0), 7.965567),
    ],
)  # fmt: skip
def test_published_examples(given_values, value):
    """The formula gives the published figures."""
    assert call_value(*given_values) == pytest.approx(value, abs=5e-6)


@given(
    st.floats(0.01, 1000), st.floats(0.01, 1000), st.floats(0, 10), st.floats(0.01, 3), st.floats(0, 0.2), st.floats(0, 0.2)
)  # fmt: skip
def test_a_call_is_worth_between_its_bounds(share, strike, years, volatility, interest, dividends):
    """Never below the discounted gain, never above the discounted share."""
    value = call_value(share, strike, years, volatility, interest, dividends)
    forward, discounted = share * exp(-dividends * years), strike * exp(-interest * years)
    slack = 1e-9 * (share + strike)
    assert max(0.0, forward - discounted) - slack <= value <= forward + slack


def test_it_runs_to_the_actual_last_day():
    """Leaving cuts the option's life to the window, and its value with it."""
    assumed = Assumptions(share_price=Decimal("24"), volatility=Decimal("0.5"))
    serving, left = one("2005-03-15"), one("2005-03-15", leaves("2005-03-15"))
    long = model_value(serving, date(2005, 3, 15), assumed)
    short = model_value(left, date(2005, 3, 15), assumed)
    assert (long.last_day, short.last_day) == (date(2013, 11, 13), date(2008, 3, 15))
    assert long.a_share > short.a_share > 0
    assert short.exercisable == pytest.approx(short.a_share * 8333, abs=Decimal(42))
    assert short.assumptions == assumed
    assert "2008-03-15" in short.caveats[0]
    assert model_value(left, date(2008, 3, 16), assumed) is None


def test_on_the_last_day_it_is_the_intrinsic_value():
    """With no time left the model and the exact figure agree."""
    state = one("2008-03-15", leaves("2005-03-15"))
    value = model_value(state, date(2008, 3, 15), Assumptions(share_price=Decimal(30), volatility=Decimal(1)))
    assert value.exercisable == option_value(state, Decimal(30)).intrinsic_value == Decimal("49998.00")


@pytest.mark.parametrize(
    "wrong", [{"share_price": 0}, {"volatility": 0}, {"share_price": "NaN"}, {"interest_rate": 5}]
)
def test_impossible_assumptions_are_refused(wrong):
    """The message names the assumption."""
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        Assumptions.model_validate({"share_price": 1, "volatility": 1, **wrong})


def test_a_day_without_trading_takes_the_preceding_price():
    """The director plan's rule (A38)."""
    prices = {date(2004, 5, 13): Decimal("21.00"), date(2004, 5, 14): Decimal("22.00")}
    assert TERMS.price is not None
    assert exercise_price(TERMS.price, date(2004, 5, 16), prices) == Decimal("22.00")
    assert exercise_price(TERMS.price, date(2004, 5, 13), prices) == Decimal("21.00")
    assert exercise_price(TERMS.price, date(2004, 5, 12), prices) is None
    discount = TERMS.price.model_copy(update={"percent": 85, "without_a_price": None})
    assert exercise_price(discount, date(2004, 5, 13), prices) == Decimal("17.85")
    assert exercise_price(discount, date(2004, 5, 16), prices) is None
