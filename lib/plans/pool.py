"""The plan's shares: how many may still be granted, are under option, and were issued (rules 5, 6; A36, A37).

Unvested shares return when service ends, vested ones the day after the last day to exercise, exercised ones never.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from lib.plans.facts import Facts
from lib.plans.option import Option
from lib.plans.result import PoolState


def pool_on(facts: Facts, options: Sequence[Option], day: date) -> PoolState:
    """The pool at the end of ``day`` in that day's units, for options granted by then.

    After a split a fraction of an issued share counts as a whole one, so that rounding never refills the pool.
    ``available`` is negative where a split before the plan's figures were restated makes grants outgrow the limit.
    """
    granted = [option for option in options if option.grant.date <= day]
    limit = floor(facts.terms.pool.limit * facts.plan_factor(day))
    outstanding = 0
    used = Fraction(0)
    for option in granted:
        holding = option.holding(day)
        outstanding += holding.unvested + holding.exercisable
        used += option.used(day)
    issued = min(ceil(used), max(floor(used), limit - outstanding))
    return PoolState(limit, limit - outstanding - issued, outstanding, issued)
