"""Stock splits and stock dividends: given by the analyst, stated in a footnote, or proposed from ratios.

A split multiplies every position of the security by one ratio and divides prices by it; Rule 16a-9(a) exempts
it from reporting, so filings show it only as a jump. Nothing here is applied by itself: the analyst passes to
the ledger the splits to reckon with. Holdings and prices can be seen as filed or in the latest shares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from lib.filings.record import Filing
from lib.holdings.naming import company_key
from lib.holdings.positions import Book, Ledger, Movement, Position, Report
from lib.holdings.price_ranges import PriceRange

LEAST_HELD: Final = 100
"""Shares below which a simple ratio between two balances is no evidence of a split."""
_WHOLE: Final = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 25, 30, 35, 40, 50, 60, 75, 80, 100)
_PARTS: Final = ((3, 2), (4, 3), (5, 2), (5, 3), (5, 4), (6, 5), (7, 5), (11, 10), (21, 20))
RATIOS: Final = tuple(
    dict.fromkeys(
        ratio
        for new, old in (*((n, 1) for n in _WHOLE), *_PARTS)
        for ratio in (Fraction(new, old), Fraction(old, new))
    )
)
"""Ratios that companies use: shares after for each share before."""

_NUMBERS: Final = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
} | {"fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_COUNT: Final = r"(\d+|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_SPLIT: Final = re.compile(
    rf"\b{_COUNT}\s?-?\s?(?:for|to|:)\s?-?\s?{_COUNT}\)?,?\s+((?:[a-z]+\s+){{0,3}}?)(?:stock\s+|share\s+)?(?:split|consolidation)",
    re.IGNORECASE,
)
_DIVIDEND: Final = re.compile(r"\b(\d+(?:\.\d+)?)\s?%\s+(?:stock|share)\s+dividend", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")
_DAY: Final = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{1,2}),?\s+(\d{4})"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A split of an issuer's stock.

    ``issuer`` is a position's ``issuer_key``; ``day`` is the first day on which balances count new shares;
    ``ratio`` is new shares for each old one (two for one is 2, a one-for-six reverse split 1/6).
    ``security`` limits it to one ``security_key``. ``since`` is the day after which a proposed one must have
    happened, where ``day`` is only the latest it can be. ``evidence`` is a sentence with its filings.
    """

    issuer: str
    day: date
    ratio: Fraction
    security: str | None = None
    source: Literal["analyst", "footnote", "ratio"] = "analyst"
    since: date | None = None
    evidence: str = ""
    filing_ids: tuple[int, ...] = ()

    def applies_to(self, position: Position) -> bool:
        """Whether the split changes this position's share count."""
        same_security = self.security is None or self.security == position.security_key
        return same_security and self.issuer == position.issuer_key and position.unit == "shares"


def ratio_between(splits: Iterable[Split], after: date | None, until: date) -> Fraction:
    """The product of the splits after one day, up to and with another; 1 where there is no day to start from."""
    product = Fraction(1)
    for one in splits:
        if after is not None and after < one.day <= until:
            product *= one.ratio
    return product


def simple_ratio(before: Decimal, after: Decimal) -> Fraction | None:
    """The ratio that companies use that leads from one balance to the other to within a share, if any does."""
    if min(before, after) < LEAST_HELD:
        return None
    for ratio in RATIOS:
        if abs(before * ratio.numerator / ratio.denominator - after) < 1:
            return ratio
    return None


def stated_splits(filings: Iterable[tuple[int, Filing]], issuers: Iterable[Position] = ()) -> list[Split]:
    """The splits that footnotes and remarks speak of, each once, with the sentence.

    ``issuers`` are positions of the book, for their keys. A sentence without a day is taken at the filing's
    period, the latest it can be.
    """
    keys = {company_key(one.issuer): one.issuer_key for one in issuers}
    found: dict[tuple[str, date, Fraction], Split] = {}
    for filing_id, filing in filings:
        issuer = (
            keys.get(company_key(filing.issuer.name)) or filing.issuer.cik or company_key(filing.issuer.name)
        )
        for text in (*filing.footnotes.values(), filing.remarks or ""):
            for sentence in _SENTENCE.split(text) if "split" in text or "dividend" in text else ():
                ratio = _stated_ratio(sentence)
                day = _stated_day(sentence) or filing.period_of_report
                if ratio is None or day is None:
                    continue
                was = found.get((issuer, day, ratio))
                ids = tuple(sorted({filing_id, *(was.filing_ids if was else ())}))
                found[issuer, day, ratio] = Split(
                    issuer, day, ratio, source="footnote", evidence=sentence.strip(), filing_ids=ids
                )
    return sorted(found.values(), key=lambda one: (one.issuer, one.day, one.ratio))


def _stated_ratio(sentence: str) -> Fraction | None:
    """New shares for each old one, as a sentence says it; a reverse split is never above one."""
    match = _SPLIT.search(sentence)
    if match:
        new, old = (_NUMBERS.get(word.casefold()) or int(word) for word in match.groups()[:2])
        if not new or not old or new == old:
            return None
        ratio = Fraction(new, old)
        reverse = "reverse" in match[0].casefold() or "reverse" in sentence[: match.start()].casefold()
        return min(ratio, 1 / ratio) if reverse else ratio
    dividend = _DIVIDEND.search(sentence)
    return 1 + Fraction(dividend[1]) / 100 if dividend and Fraction(dividend[1]) else None


def _stated_day(sentence: str) -> date | None:
    match = _DAY.search(sentence)
    try:
        return datetime.strptime(" ".join(match.groups()), "%B %d %Y").date() if match else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Jump:
    """A step from one report to the next, with the ratio that explains it; 1 where it needs none."""

    ratio: Fraction
    after: date
    until: date
    filing_id: int


def proposed_splits(book: Book) -> list[Split]:
    """Splits that would explain unexplained steps: one ratio across positions of an issuer at one time.

    Positions that step over the same days without a break speak against; a proposal needs more for than
    against. ``evidence`` says how many of how many. The most supported comes first.
    """
    by_issuer: dict[str, list[_Jump]] = defaultdict(list)
    for one in book.ledgers:
        if one.position.unit == "shares":
            by_issuer[one.position.issuer_key] += _jumps(one)
    found: list[tuple[int, Split]] = []
    for issuer, jumps in by_issuer.items():
        for ratio in {jump.ratio for jump in jumps if jump.ratio != 1}:
            found += _clusters(issuer, ratio, jumps)
    return [
        one
        for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].issuer, pair[1].day, pair[1].ratio))
    ]


def _jumps(one: Ledger) -> list[_Jump]:
    found = []
    for before, report in pairwise(one.reports):
        if report.opening is None or report.unexplained is None:
            continue
        held = report.opening - report.unexplained
        ratio = simple_ratio(held, report.opening) if report.unexplained else Fraction(1)
        if ratio is not None and held >= LEAST_HELD:
            found.append(_Jump(ratio, before.date, report.date, report.filing_id))
    return found


def _clusters(issuer: str, ratio: Fraction, jumps: Sequence[_Jump]) -> list[tuple[int, Split]]:
    """Jumps of one ratio grouped by days in common, each group a proposal."""
    found = []
    waiting = sorted(
        (jump for jump in jumps if jump.ratio == ratio), key=lambda jump: (jump.until, jump.after)
    )
    while waiting:
        group, rest = [waiting[0]], []
        after, until = waiting[0].after, waiting[0].until
        for jump in waiting[1:]:
            if max(after, jump.after) < min(until, jump.until):
                group.append(jump)
                after, until = max(after, jump.after), min(until, jump.until)
            else:
                rest.append(jump)
        waiting = rest
        against = sum(1 for jump in jumps if jump.ratio == 1 and jump.after <= after and jump.until >= until)
        if len(group) > against:
            evidence = (
                f"{len(group)} of {len(group) + against} positions reported over these days have "
                f"{ratio_words(ratio)} as many shares after as before."
            )
            ids = tuple(sorted({jump.filing_id for jump in group}))
            found.append(
                (
                    len(group),
                    Split(issuer, until, ratio, None, "ratio", after + timedelta(days=1), evidence, ids),
                )
            )
    return found


def ratio_words(ratio: Fraction) -> str:
    """A ratio as announcements say it: ``3-for-2``, ``1-for-6``."""
    return f"{ratio.numerator}-for-{ratio.denominator}"


def adjusted(ledger: Ledger, splits: Sequence[Split]) -> Ledger:
    """The ledger in the latest shares: counts of reports before a split multiplied, prices divided by it.

    The position keeps the exercise price that its first report has.
    Exact to 28 digits, for a count times 1/3 has no last digit. Titles, dates and codes stay as they are.
    """
    mine = [one for one in splits if one.applies_to(ledger.position)]
    return replace(
        ledger, reports=tuple(_adjusted(report, _later(mine, report.date)) for report in ledger.reports)
    )


def _later(splits: Sequence[Split], day: date) -> Fraction:
    return ratio_between(splits, day, date.max)


def _adjusted(report: Report, ratio: Fraction) -> Report:
    if ratio == 1:
        return report
    return report._replace(
        opening=_times(report.opening, ratio),
        change=_times(report.change, ratio),
        closing=_times(report.closing, ratio),
        unexplained=_times(report.unexplained, ratio),
        inside=_times(report.inside, ratio) or Decimal(0),
        movements=tuple(_adjusted_row(one, ratio) for one in report.movements),
    )


def _adjusted_row(one: Movement, ratio: Fraction) -> Movement:
    span = one.price_range
    if span:
        low, high = _times(span.low, 1 / ratio), _times(span.high, 1 / ratio)
        span = PriceRange(low or Decimal(0), high or Decimal(0), span.footnote)
    return one._replace(
        change=_times(one.change, ratio),
        price=_times(one.price, 1 / ratio),
        balance=_times(one.balance, ratio),
        stated=_times(one.stated, ratio),
        unexplained=_times(one.unexplained, ratio) or Decimal(0),
        price_range=span,
    )


def _times(value: Decimal | None, ratio: Fraction) -> Decimal | None:
    return None if value is None else value * ratio.numerator / ratio.denominator
