"""Prices without rounding error: exact fractions inside, decimals where a person reads them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

CENT = Decimal("0.01")
LONGEST_PRICE = Decimal("0.000001")  # a price that no decimal can hold exactly is rounded here, half up


def to_cents(amount: Fraction) -> Decimal:
    """The nearest cent, halves up, computed in whole numbers."""
    with localcontext() as context:
        context.prec = 60
        return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(
            CENT, rounding=ROUND_HALF_UP
        )


def price_text(price: Fraction) -> str:
    """A price in dollars with at least two decimals: exact where a decimal can be, else to six decimals."""
    with localcontext() as context:
        context.prec = 60
        value = Decimal(price.numerator) / Decimal(price.denominator)
        if Fraction(value) != price:
            value = value.quantize(LONGEST_PRICE, rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"
