"""What a grant is worth: on paper at a share price, exactly, and as an option that can wait until its last day.

Prices in and out are decimals. Intrinsic figures are exact and rounded to the cent once; the Black–Scholes–Merton
formula is transcendental, so it runs in binary numbers, and its results are rounded to the cent as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lib.plans.money import to_cents
from lib.plans.result import GrantState

DAYS_A_YEAR = 365
STANDARD_NORMAL = NormalDist()


@dataclass(frozen=True)
class OptionValue:
    """Dollars: to pay for all exercisable shares, their gain now, and what unvested shares would gain."""

    exercise_cost: Decimal
    intrinsic_value: Decimal
    unvested_potential: Decimal


def option_value(grant: GrantState, share_price: Decimal) -> OptionValue | None:
    """Values at a share price in the units of the grant's state; null when the grant has no price.

    Only exercisable shares have intrinsic value; below the exercise price it is zero.
    """
    if grant.price is None:
        return None
    gain = max(Fraction(0), Fraction(share_price) - grant.price)
    return OptionValue(
        exercise_cost=to_cents(grant.holding.exercisable * grant.price),
        intrinsic_value=to_cents(grant.holding.exercisable * gain),
        unvested_potential=to_cents(grant.holding.unvested * gain),
    )


def total_value(grants: Sequence[GrantState], share_price: Decimal) -> OptionValue | None:
    """The values of several grants added up; null when one that still holds shares has no price."""
    values = []
    for grant in grants:
        if grant.holding.exercisable or grant.holding.unvested:
            value = option_value(grant, share_price)
            if value is None:
                return None
            values.append(value)
    return OptionValue(
        exercise_cost=sum((one.exercise_cost for one in values), start=Decimal(0)),
        intrinsic_value=sum((one.intrinsic_value for one in values), start=Decimal(0)),
        unvested_potential=sum((one.unvested_potential for one in values), start=Decimal(0)),
    )


class Assumptions(BaseModel):
    """What the Black–Scholes–Merton formula takes besides the grant: all of it the analyst's choice.

    ``share_price`` is in dollars of the valuation day; ``volatility``, ``interest_rate`` and ``dividend_yield`` are
    annual fractions (0.35 is 35 %), the latter two compounded continuously.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    share_price: Annotated[Decimal, Field(gt=0, le=10**9)]
    volatility: Annotated[Decimal, Field(gt=0, le=10)]
    interest_rate: Annotated[Decimal, Field(ge=-1, le=1)] = Decimal("0.04")
    dividend_yield: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)

    @model_validator(mode="after")
    def _are_numbers(self) -> Self:
        for name, value in self:
            if not value.is_finite():
                raise ValueError(f"{name} is not a number")
        return self


@dataclass(frozen=True)
class ModelValue:
    """A Black–Scholes–Merton value: dollars a share and for all exercisable shares, and what went into it."""

    a_share: Decimal
    exercisable: Decimal
    valued_on: date
    last_day: date
    years: Decimal
    exercise_price: Decimal
    assumptions: Assumptions

    @property
    def caveats(self) -> tuple[str, ...]:
        """What the formula takes for granted, for the reader of the figure."""
        return (
            f"A European call held to its actual last day, {self.last_day}; a real holder may exercise earlier.",
            "Volatility, interest and dividend yield stay as assumed; a year has 365 days.",
            "No discount for not being transferable, for forfeiture or for windows in which trading is closed.",
        )


def model_value(grant: GrantState, valued_on: date, assumptions: Assumptions) -> ModelValue | None:
    """The value of the exercisable shares on a day by Black–Scholes–Merton (Merton, 1973, with a dividend yield).

    It runs to the grant's actual last day. Null when the grant has no price or no last day, or the day is past it.
    """
    if grant.price is None or grant.last_day is None or valued_on > grant.last_day.date:
        return None
    days = (grant.last_day.date - valued_on).days
    a_share = call_value(
        float(assumptions.share_price),
        float(grant.price),
        days / DAYS_A_YEAR,
        float(assumptions.volatility),
        float(assumptions.interest_rate),
        float(assumptions.dividend_yield),
    )
    value = Fraction(a_share)
    return ModelValue(
        a_share=to_cents(value),
        exercisable=to_cents(value * grant.holding.exercisable),
        valued_on=valued_on,
        last_day=grant.last_day.date,
        years=to_cents(Fraction(days, DAYS_A_YEAR)),
        exercise_price=to_cents(grant.price),
        assumptions=assumptions,
    )


def call_value(
    share: float, strike: float, years: float, volatility: float, interest: float, dividends: float
) -> float:
    """A European call on a share that pays a continuous dividend yield; with no time left, what it gains now."""
    if years <= 0:
        return max(0.0, share - strike)
    forward, discounted = share * exp(-dividends * years), strike * exp(-interest * years)
    if strike == 0:
        return forward
    spread = volatility * sqrt(years)
    above = (log(forward / discounted) + spread * spread / 2) / spread
    below = above - spread
    return forward * STANDARD_NORMAL.cdf(above) - discounted * STANDARD_NORMAL.cdf(below)
