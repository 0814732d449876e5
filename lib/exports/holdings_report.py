"""What insiders held as a report: each line's latest position, its changes by year, and what no filing explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lib.exports.ledger import Cause, codes_of
from lib.exports.report import Report, ReportColumn, ReportTable, Steps
from lib.filings.words import amount, day, signed
from lib.holdings.ledger import Ledger

MOST_LINES_DRAWN: Final = 6
"""More lines than this cannot be told apart in one picture; the tables have all of them."""


def holdings_report(title: str, alt: str, ledgers: Sequence[Ledger], cause: Cause) -> Report:
    """The report of these ledgers, which all count shares of one issuer.

    ``title`` is the takeaway and ``alt`` the picture in sentences; ``cause`` says what most likely explains a
    report's unexplained amount.
    """
    first = ledgers[0].position
    reports = [report for one in ledgers for report in one.reports]
    days = [report.date for report in reports]
    filings = {movement.filing_id for report in reports for movement in report.movements}
    ticker = f" ({first.symbol})" if first.symbol else ""
    facts = (
        ("Issuer", f"{first.issuer}{ticker}"),
        ("Securities", "; ".join(dict.fromkeys(one.position.security for one in ledgers))),
        ("Owners", "; ".join(dict.fromkeys(one.position.owner for one in ledgers))),
        (
            "Made from",
            f"{len(filings):,} filing{'' if len(filings) == 1 else 's'}, {day(min(days))} to {day(max(days))}",
        ),
    )
    drawn = tuple(steps for one in ledgers if (steps := _steps(one)).levels)
    can_be_drawn = len(drawn) <= MOST_LINES_DRAWN and len(set(days)) > 1
    return Report(
        title=f"Holdings: {first.issuer}{ticker}",
        subtitle=title,
        facts=facts,
        parts=(_latest(ledgers), *_by_year(ledgers), *_breaks(ledgers, cause)),
        source="Made by Stakeline from Forms 3, 4 and 5; positions are as of each one's last report.",
        lines=drawn if can_be_drawn else (),
        alt=alt,
    )


def _steps(one: Ledger) -> Steps:
    """What was held before and after each report's transactions, where the filings say it."""
    levels: list[tuple[date, Decimal]] = []
    breaks: set[int] = set()
    for report in one.reports:
        for level, unexplained in ((report.opening, report.unexplained), (report.closing, report.inside)):
            if unexplained:
                breaks.add(len(levels))
            if level is not None:
                levels.append((report.date, level))
    return Steps(_name(one), tuple(levels), frozenset(breaks))


def _name(one: Ledger) -> str:
    return f"{one.position.owner}, {one.position.line}"


def _of(one: Ledger) -> tuple[str, str, str]:
    """Who holds what how; a derivative with its terms, which tell grants of one title apart."""
    at = one.position
    terms = f" at {amount(at.exercise_price)}" if at.exercise_price is not None else ""
    until = f", to {day(at.expiration)}" if at.expiration else ""
    return at.owner, f"{at.security}{terms}{until}", at.line


_OF: Final = (ReportColumn("Owner"), ReportColumn("Security"), ReportColumn("Ownership"))


def _latest(ledgers: Sequence[Ledger]) -> ReportTable:
    columns = (*_OF, ReportColumn("Held", number=True), ReportColumn("As of"), ReportColumn("Form"))
    rows = []
    for one in ledgers:
        stated = [report for report in one.reports if report.closing is not None]
        last = stated[-1] if stated else one.reports[-1]
        held = "not stated" if last.closing is None else amount(last.closing)
        rows.append((*_of(one), held, day(last.date), last.form or "?"))
    return ReportTable("Latest position of each line", columns, tuple(rows))


def _by_year(ledgers: Sequence[Ledger]) -> list[ReportTable]:
    rows = []
    for one in ledgers:
        changes: dict[int, Decimal] = defaultdict(Decimal)
        codes: dict[int, dict[str, None]] = defaultdict(dict)
        missing: dict[int, Decimal] = defaultdict(Decimal)
        closing: dict[int, Decimal] = {}
        for report in one.reports:
            year = report.date.year
            changes[year] += report.change or 0
            missing[year] += report.missing
            codes[year].update(dict.fromkeys(codes_of(report).split()))
            if report.closing is not None:
                closing[year] = report.closing
        rows += [
            (
                *_of(one),
                str(year),
                " ".join(codes[year]),
                signed(changes[year]) if codes[year] else "",
                signed(missing[year]) if missing[year] else "",
                amount(closing[year]) if year in closing else "",
            )
            for year in sorted(changes)
        ]
    columns = (
        *_OF,
        ReportColumn("Year"),
        ReportColumn("Codes", "Transaction codes reported"),
        ReportColumn("Reported change", number=True),
        ReportColumn("Unexplained", "Changes that no filing in the library reports", number=True),
        ReportColumn("Held at the last report", number=True),
    )
    return [ReportTable("Changes by year", columns, tuple(rows))] if rows else []


def _breaks(ledgers: Sequence[Ledger], cause: Cause) -> list[ReportTable]:
    found = []
    for one in ledgers:
        for before, report in pairwise((None, *one.reports)):
            if report and report.missing:
                found.append((one, before.date if before else None, report))
    found.sort(key=lambda known: -abs(known[2].missing))
    columns = (
        *_OF,
        ReportColumn("Unexplained", number=True),
        ReportColumn("After"),
        ReportColumn("By"),
        ReportColumn("Most likely"),
    )
    rows = tuple(
        (
            *_of(one),
            signed(report.missing),
            day(since) if since else "",
            day(report.date),
            cause(one.position, report),
        )
        for one, since, report in found
    )
    note = "What may explain a change is a candidate, not a finding of fact."
    return [ReportTable("Changes that no filing explains", columns, rows, note)] if rows else []
