"""Reports of one position in order of time, each held to what the reports before it led to.

Filings of one day are put in the order that leaves the fewest openings unexplained, for a day's filings are
often numbered against their sequence; otherwise the order is that of days, forms and signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final, NamedTuple

from lib.holdings.positions import ZERO, Report, SplitStep
from lib.holdings.splits import Split, ratio_between

MOST_TO_PERMUTE: Final = 6
"""Filings of one day up to which every order is tried; beyond, each is followed by one that meets it."""


UNCHANGED: Final = Fraction(1)


class Dated(NamedTuple):
    """A report with what puts it in order within a day: its form's number, filing or signature, accession."""

    report: Report
    within_day: tuple[str, date, str]


def chained(reports: Sequence[Dated], splits: Sequence[Split] = ()) -> tuple[Report, ...]:
    """The reports in order, each with its unexplained amount; splits between two reports are reckoned in."""
    ordered = sorted(reports, key=_order)
    expected: Decimal | None = None
    before: date | None = None
    out: list[Report] = []
    for day, group in groupby(ordered, key=lambda one: one.report.date):
        same_day = [one.report for one in group]
        ratio = ratio_between(splits, before, day) if splits else UNCHANGED
        if len(same_day) > 1:
            same_day = _arranged(same_day, expected if ratio == 1 else None)
        for report in same_day:
            out.append(_held_to(report, expected, ratio))
            expected = _left_at(report, expected if ratio == 1 else _times(expected, ratio))
            ratio = UNCHANGED
        before = day
    return tuple(out)


def _order(one: Dated) -> tuple[object, ...]:
    report = one.report
    closing = report.closing if report.closing is not None else Decimal(-1)
    return report.date, one.within_day, closing, report.change or ZERO, len(report.movements)


def _held_to(report: Report, expected: Decimal | None, ratio: Fraction) -> Report:
    """The report with what its opening leaves unexplained, less than a share of rounding after a split."""
    if report.opening is None or expected is None:
        return report
    split, missing = None, report.opening - expected
    if ratio != 1:
        missing = report.opening - (_times(expected, ratio) or ZERO)
        rounding = missing if abs(missing) < 1 else ZERO
        split, missing = SplitStep(ratio, rounding), missing - rounding
    return report._replace(unexplained=missing, split=split)


def _left_at(report: Report, expected: Decimal | None) -> Decimal | None:
    """What the report leads to: what it states, else what was held before and its change."""
    if report.closing is not None:
        return report.closing
    return None if expected is None or report.change is None else expected + report.change


def _times(held: Decimal | None, ratio: Fraction) -> Decimal | None:
    return None if held is None else held * ratio.numerator / ratio.denominator


def _arranged(reports: list[Report], expected: Decimal | None) -> list[Report]:
    if len(reports) > MOST_TO_PERMUTE:
        return _greedy(reports, expected)
    best: tuple[int, list[Report]] = (len(reports) + 1, reports)

    def search(done: list[Report], left: list[Report], held: Decimal | None, breaks: int) -> None:
        nonlocal best
        if breaks >= best[0]:
            return
        if not left:
            best = breaks, done
            return
        for n, report in enumerate(left):
            broken = held is not None and report.opening is not None and report.opening != held
            search([*done, report], left[:n] + left[n + 1 :], _left_at(report, held), breaks + broken)

    search([], reports, expected, 0)
    return best[1]


def _greedy(reports: list[Report], expected: Decimal | None) -> list[Report]:
    waiting, done = list(reports), []
    if expected is None:
        closings = {report.closing for report in reports}
        starts = [report for report in reports if report.opening not in closings]
        waiting.sort(key=lambda report: report not in starts)
    while waiting:
        report = next(
            (one for one in waiting if one.opening is not None and one.opening == expected), waiting[0]
        )
        waiting.remove(report)
        done.append(report)
        expected = _left_at(report, expected)
    return done
