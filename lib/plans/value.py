"""What a grant is worth on paper at a share price: exact, then rounded to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lib.plans.money import to_cents
from lib.plans.result import GrantState


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
