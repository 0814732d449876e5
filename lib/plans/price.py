"""The exercise price that a plan's price rule gives on a grant date, from the market's prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lib.plans.days import ONE_DAY
from lib.plans.money import to_cents
from lib.plans.terms import PriceRule

LONGEST_SEARCH = 31
"""Days to look for a price around a day without trading; markets do not close for longer."""


def exercise_price(rule: PriceRule, granted: date, prices: Mapping[date, Decimal]) -> Decimal | None:
    """Dollars a share, to the cent: the rule's percentage of the price of its day (A38).

    ``prices`` are of the rule's basis, by day. Null when the day has none and the rule names no other day, or none
    is near.
    """
    day = granted if rule.day == "grant" else granted - ONE_DAY
    steps = LONGEST_SEARCH if rule.without_a_price else 1
    step = ONE_DAY if rule.without_a_price == "following_day" else -ONE_DAY
    for number in range(steps):
        price = prices.get(day + number * step)
        if price is not None:
            return to_cents(Fraction(price) * rule.percent / 100)
    return None
