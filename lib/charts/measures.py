"""What the holdings chart's vertical axis counts: shares, their value at the day's close, or a part of the largest.

Levels stay exact until they become a place on the axis; a value is a count times the last close at or before
the day, as long as a close holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from lib.charts.ticks import longest_label
from lib.holdings.positions import ZERO, Ledger, Report
from lib.holdings.prices import PriceSeries

Unit = Literal["shares", "value", "percent"]
Scale = Callable[[date, Decimal], float | None]
"""From a day and a count to a place on the axis; ``None`` where the count has none, for the day has no close."""
Levels = list[tuple[date | None, Decimal | None]]
Points = list[tuple[date | None, float | None]]
MOST_CLOSES: Final = 750
"""Closes of a line that are drawn: more than a screen has room for would only cost time."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Shares, a value (which needs the closes), or per cent of the largest that a line ever held."""

    unit: Unit = "shares"
    prices: PriceSeries | None = None

    def scale(self, ledger: Ledger) -> Scale:
        """How a line's counts become places on the axis."""
        return self.scale_from(largest(ledger))

    def scale_from(self, most: Decimal) -> Scale:
        """The same for counts of which ``most`` is the largest."""
        if self.unit == "percent":
            return lambda _, count: float(count * 100 / most) if most else 0.0
        if self.unit == "value" and self.prices:
            closes = self.prices
            return lambda day, count: (
                None if (close := closes.close_on(day)) is None else float(count * close)
            )
        return lambda _, count: float(count)

    def points(self, levels: Levels, scale: Scale) -> Points:
        """Levels as points of the axis; a value moves with every close while the count stays, and ends with it."""
        if self.unit != "value" or not self.prices:
            return [
                (day, None if day is None or count is None else scale(day, count)) for day, count in levels
            ]
        found: Points = []
        for (day, count), (then, _) in pairwise([*levels, (None, None)]):
            if day is None or count is None:
                found.append((None, None))
                continue
            found.append((day, scale(day, count)))
            if then is not None:
                between = self.prices.between(day, then, MOST_CLOSES)
                moved: Points = [(at, float(count * close)) for at, close in between if day < at < then]
                lapsed: Points = [(at, None) for at in self.prices.lapses(day, then)]
                found += sorted(moved + lapsed, key=lambda point: str(point[0]))
        return found

    @property
    def axis(self) -> dict[str, str]:
        """How the axis writes its numbers."""
        if self.unit == "percent":
            return {"ticksuffix": " %", "tickformat": ",.0f"}
        return {"tickformat": "$,.3~s" if self.unit == "value" else ","}

    def longest(self, bottom: float, top: float, most: int) -> str:
        """The longest label of an axis between these places with at most ``most`` ticks."""
        if self.unit == "percent":
            return "100 %"
        return "$999.9M" if self.unit == "value" else longest_label(bottom, top, most)

    @property
    def words(self) -> str:
        """What is measured, in a sentence's words."""
        return {
            "shares": "shares",
            "value": "value at the close of the day",
            "percent": "per cent of the largest holding of each line",
        }[self.unit]


SHARES: Final = Measure()


def largest(ledger: Ledger) -> Decimal:
    """The most that a line is known to have held, between the rows of a filing too."""
    return max((level for report in ledger.reports for level in _known(report)), default=ZERO)


def _known(report: Report) -> Iterator[Decimal]:
    """Every level that a report states or its rows lead from."""
    yield from (level for level in (report.opening, report.closing) if level is not None)
    for movement in report.movements:
        if movement.balance is not None:
            yield movement.balance
            if movement.unexplained:
                yield movement.balance - (movement.change or ZERO)


def largest_of(ledgers: Sequence[Ledger]) -> list[Decimal]:
    """The largest levels of lines that held anything."""
    return [most for one in ledgers if (most := largest(one)) > 0]
