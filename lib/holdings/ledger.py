"""Many filings as positions over time: what each was, what explains its change, and what does not.

A position is issuer × owner × security × direct or indirect × nature of ownership; a derivative position
also has its exercise price and expiration, for option grants share a title. Each filing that mentions a
position is one report of it. Between reports, the balance before must equal the balance after, less what
was reported: where it does not, the report says by how much. Nothing is guessed silently, every amount is
exact, no row is lost, and the order in which filings are given never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lib.filings.record import Filing
from lib.holdings.amendments import Statement, amend, is_amendment
from lib.holdings.chaining import Dated, chained
from lib.holdings.copies import without_copies
from lib.holdings.cycles import few_collections
from lib.holdings.identity import NOTHING_BY_HAND, ByHand, Identities, identify
from lib.holdings.legs import legs
from lib.holdings.lots import Chain, assign, by_hand_placed, chains
from lib.holdings.positions import (
    ZERO,
    Book,
    FiledRow,
    Ledger,
    LedgerFinding,
    Movement,
    Position,
    Report,
    SetAside,
)
from lib.holdings.price_ranges import price_range
from lib.holdings.rows import change, filed_or_signed, filed_rows, possible_day, unit_of
from lib.holdings.splits import Split, ratio_between
from lib.holdings.words import capital, row_words

__all__ = [
    "Book",
    "Ledger",
    "Movement",
    "Position",
    "Report",
    "build_book",
    "build_ledgers",
    "unexplained_reports",
]

Key = tuple[object, ...]
CENT: Final = Decimal("0.01")
MOST_DIGITS: Final = 12
"""Prices of more digits before the point are misread, and are not rounded."""
UNNAMED_SECURITY: Final = "Unnamed security"


def build_ledgers(filings: Iterable[tuple[int, Filing]]) -> list[Ledger]:
    """What charts draw: the book's ledgers that count shares and have a report, by issuer, owner, security, line."""
    return [one for one in build_book(filings).ledgers if one.reports and one.position.unit == "shares"]


def build_book(
    filings: Iterable[tuple[int, Filing]], *, by_hand: ByHand = NOTHING_BY_HAND, splits: Sequence[Split] = ()
) -> Book:
    """Everything that the filings, given with their ids, together say.

    ``by_hand`` holds the analyst's decisions about who and what is the same; ``splits`` those to reckon with.
    Faults of filings become findings; none raises.
    """
    with few_collections():
        return _book(sorted(filings, key=lambda pair: pair[0]), by_hand, splits)


def _book(given: Sequence[tuple[int, Filing]], by_hand: ByHand, splits: Sequence[Split]) -> Book:
    known = identify(given, by_hand)
    copies = without_copies(given, known)
    amended = amend(copies.counted, known)
    findings = [*known.findings, *copies.findings, *amended.findings]
    reports: dict[Key, list[tuple[Statement, list[FiledRow]]]] = defaultdict(list)
    aside: dict[Key, list[SetAside]] = defaultdict(list)
    first: dict[Key, FiledRow] = {}
    for statement in amended.statements:
        for key, rows in _by_position(statement, known, splits, findings, aside, first).items():
            reports[key].append((statement, rows))
    for filing_id, filing in copies.counted:
        findings += legs(filing_id, filing)
    _keep_copies(given, copies.of, known, splits, aside, first)
    nothing = _nothing_owned(copies.counted, known)
    ledgers: list[Ledger] = []
    for key in dict.fromkeys([*reports, *aside]):
        start = nothing.get((str(key[0]), str(key[1])))
        ledgers += _ledgers(key, reports.get(key, []), aside.get(key, []), first[key], start, by_hand, splits)
    ledgers.sort(key=lambda one: _sort_key(one.position))
    findings.sort(key=lambda one: (one.filing_ids, one.where, one.rule))
    owners = {key: tuple(sorted(names)) for key, names in known.printed.items()}
    return Book(tuple(ledgers), tuple(findings), tuple(amended.amendments), copies.of, owners)


def unexplained_reports(ledgers: Iterable[Ledger]) -> list[tuple[Position, Report]]:
    """Every report with a change that no filing explains, before it or among its rows, the largest first."""
    found = [
        (one.position, report)
        for one in ledgers
        for report in one.reports
        if report.unexplained or report.inside
    ]
    return sorted(
        found, key=lambda pair: max(abs(pair[1].unexplained or ZERO), abs(pair[1].inside)), reverse=True
    )


def _by_position(
    statement: Statement,
    known: Identities,
    splits: Sequence[Split],
    findings: list[LedgerFinding],
    aside: dict[Key, list[SetAside]],
    first: dict[Key, FiledRow],
) -> dict[Key, list[FiledRow]]:
    """A statement's rows by position; undated and superseded ones are set aside."""
    found: dict[Key, list[FiledRow]] = defaultdict(list)
    for one in statement.rows:
        key = _key(one, known, splits)
        first.setdefault(key, one)
        findings += _row_findings(one)
        if statement.day or one.day:
            found[key].append(one)
        else:
            aside[key].append(SetAside(one.filing_id, one.path, one.row, "undated"))
            message = (
                "Neither the filing nor the row has a day that can be true; the row cannot be put in order."
            )
            findings.append(LedgerFinding("error", (one.filing_id,), one.path, message, "row.undated"))
    for was in statement.restated:
        old = statement.rows[0]._replace(filing_id=was.filing_id, path=was.path, row=was.row)
        key = _key(old, known, splits)
        first.setdefault(key, old)
        aside[key].append(was)
    return found


def _keep_copies(
    given: Sequence[tuple[int, Filing]],
    copies: dict[int, int],
    known: Identities,
    splits: Sequence[Split],
    aside: dict[Key, list[SetAside]],
    first: dict[Key, FiledRow],
) -> None:
    """The rows of filings that count as another, set aside with the filing that counts."""
    for filing_id, filing in given:
        if filing_id in copies:
            issuer = known.issuer(filing)
            for one in filed_rows(filing_id, filing, issuer, known.owner(filing, issuer)):
                key = _key(one, known, splits)
                first.setdefault(key, one)
                aside[key].append(SetAside(filing_id, one.path, one.row, "copy", copies[filing_id], one.path))


def _key(one: FiledRow, known: Identities, splits: Sequence[Split]) -> Key:
    row, derivative, direct = one.row, one.derivative, _is_direct(one)
    security = known.security(row.security_title, one.issuer)
    return (
        one.issuer,
        one.owner,
        security,
        derivative,
        direct,
        "" if direct else known.nature(row.nature_of_ownership, one.issuer),
        _latest_price(one, security, splits) if derivative else None,
        row.expiration_date if derivative else None,
        unit_of(row),
    )


def _latest_price(one: FiledRow, security: str, splits: Sequence[Split]) -> Decimal | None:
    """The exercise price in the latest shares, to the cent where a split may have changed it: it tells grants apart."""
    price = one.row.conversion_or_exercise_price
    mine = [split for split in splits if split.issuer == one.issuer and split.security in {None, security}]
    if price is None or not mine:
        return price
    ratio = ratio_between(mine, one.day or one.filing.period_of_report, date.max)
    latest = price * ratio.denominator / ratio.numerator
    return latest.quantize(CENT, ROUND_HALF_UP) if latest.adjusted() < MOST_DIGITS else latest


def _is_direct(one: FiledRow) -> bool:
    """Direct where the row says D, or says nothing and names no nature (which an indirect holding must)."""
    row = one.row
    return row.direct_or_indirect == "D" or (row.direct_or_indirect != "I" and not row.nature_of_ownership)


def _row_findings(one: FiledRow) -> list[LedgerFinding]:
    row, found = one.row, []
    if row.direct_or_indirect not in {"D", "I"}:
        counted = "direct" if _is_direct(one) else "indirect, for it names a nature of ownership"
        message = f"{capital(row_words(one.path))} does not say D or I; it is counted as {counted}."
        found.append(("note", "direct_or_indirect", message, "row.ownership"))
    if row.transaction_date and one.day is None:
        message = (
            f"{capital(row_words(one.path))} gives the day {row.transaction_date.isoformat()}, which cannot be "
            "true; the row stands at the filing's period."
        )
        found.append(("error", "transaction_date", message, "row.impossible-day"))
    if row.row_type == "transaction" and change(row, unit_of(row)) is None:
        message = (
            f"{capital(row_words(one.path))} does not say how much was acquired or disposed of; "
            "its effect is unknown."
        )
        found.append(("warning", "transaction_shares", message, "row.no-amount"))
    return [
        LedgerFinding(severity, (one.filing_id,), f"{one.path}.{name}", message, rule)  # type: ignore[arg-type]
        for severity, name, message, rule in found
    ]


def _ledgers(
    key: Key,
    reports: list[tuple[Statement, list[FiledRow]]],
    aside: list[SetAside],
    first: FiledRow,
    start: Dated | None,
    by_hand: ByHand,
    splits: Sequence[Split],
) -> list[Ledger]:
    """The position's ledger, or one for each of its lots; what was set aside stands with the first.

    ``start`` is the owner's Form 3 that reports nothing owned: before any other report the position was zero.
    """
    drawn = _in_order([(_when(statement), chains(rows)) for statement, rows in reports])
    numbers = assign([found for _, found in drawn])
    by_lot: dict[int, list[Dated]] = defaultdict(list)
    for (when, found), lots in zip(drawn, numbers, strict=True):
        for chain, lot in by_hand_placed(found, lots, by_hand):
            by_lot[lot].append(Dated(_report(chain, when[0]), when[1:]))
    position = _position(drawn[0][1][0].rows[0] if drawn else first, key)
    out = []
    for lot in sorted(by_lot) or [0]:
        here = replace(position, lot=lot) if lot else position
        if start and by_lot[lot] and start.report.date < min(one.report.date for one in by_lot[lot]):
            by_lot[lot].append(start)
        out.append(Ledger(here, chained(by_lot[lot], [one for one in splits if one.applies_to(here)])))
    rows = [one.row for _, group in reports for one in group] + [one.row for one in aside]
    titles = tuple(sorted({row.security_title for row in rows if row.security_title}))
    natures = tuple(sorted({row.nature_of_ownership for row in rows if row.nature_of_ownership}))
    kept = tuple(sorted(aside, key=lambda one: (one.filing_id, one.path)))
    out = [replace(one, titles=titles, natures=natures) for one in out]
    return [replace(out[0], aside=kept), *out[1:]]


def _nothing_owned(filings: Iterable[tuple[int, Filing]], known: Identities) -> dict[tuple[str, str], Dated]:
    """For each issuer and owner the first Form 3 that says that no securities are owned, as a report of zero."""
    found: dict[tuple[str, str], Dated] = {}
    for filing_id, filing in sorted(filings, key=lambda pair: pair[1].period_of_report or date.max):
        day = possible_day(filing, filing.period_of_report)
        if filing.no_securities_owned and day and not any(filing.rows()):
            issuer = known.issuer(filing)
            said = Movement("no_securities_owned", None, None, ZERO, None, ZERO, filing_id, ZERO)
            report = Report(filing_id, filing.document_type, day, None, None, ZERO, None, (said,))
            made = filed_or_signed(filing) or day
            found.setdefault((issuer, known.owner(filing, issuer)), Dated(report, ("3", made, "")))
    return found


When = tuple[date, str, date, str]


def _when(statement: Statement) -> When:
    """What puts a statement in order: its day, its form's number, its filing or signature, its accession."""
    filing = statement.filing
    form = (filing.document_type or "")[:1]
    return statement.day or date.max, form, statement.made, filing.submission.accession_number or ""


def _in_order(drawn: list[tuple[When, list[Chain]]]) -> list[tuple[When, list[Chain]]]:
    """In order of time; where two are of one time, of what they say, never of how they were loaded."""
    if len({when for when, _ in drawn}) < len(drawn):
        drawn = sorted(drawn, key=lambda one: str([chain.settled for chain in one[1]]))
    return sorted(drawn, key=lambda one: one[0])


def _report(chain: Chain, day_of_filing: date) -> Report:
    rows, steps, settled = chain.rows, chain.steps, chain.settled
    movements = []
    for n, held, unexplained in zip(settled.order, settled.balances, settled.unexplained, strict=True):
        one, (_, moved, stated) = rows[n], steps[n]
        row = one.row
        movements.append(
            Movement(
                one.path,
                one.day,
                row.transaction_code,
                moved,
                row.transaction_price_per_share,
                held,
                one.filing_id,
                stated,
                unexplained,
                price_range(one.filing, row),
            )
        )
    if len(rows) == 1:
        last, day = rows[0], rows[0].day or day_of_filing
    else:
        last = max(rows, key=lambda one: is_amendment(one.filing))
        day = max((one.day for one in rows if one.day), default=day_of_filing)
    return Report(
        last.filing_id,
        last.filing.document_type,
        day,
        settled.opening,
        settled.change,
        settled.closing,
        None,
        tuple(movements),
        ZERO if settled.closes else sum(settled.unexplained, ZERO),
        settled.shape,
    )


def _position(one: FiledRow, key: Key) -> Position:
    filing, row = one.filing, one.row
    derivative, direct = one.derivative, _is_direct(one)
    return Position(
        issuer=filing.issuer.name or filing.issuer.symbol or "Unnamed issuer",
        symbol=filing.issuer.symbol,
        owner="; ".join(owner.name or "Unnamed owner" for owner in filing.reporting_owners)
        or "Unnamed owner",
        security=row.security_title or UNNAMED_SECURITY,
        derivative=derivative,
        direct=direct,
        nature=None if direct else row.nature_of_ownership,
        exercise_price=row.conversion_or_exercise_price if derivative else None,
        expiration=row.expiration_date if derivative else None,
        unit=unit_of(row),
        issuer_key=str(key[0]),
        owner_key=str(key[1]),
        security_key=str(key[2]),
        nature_key=str(key[5]),
    )


def _sort_key(position: Position) -> tuple[object, ...]:
    return (
        position.issuer.casefold(),
        position.owner.casefold(),
        position.owner_key,
        position.derivative,
        position.security.casefold(),
        not position.direct,
        (position.nature or "").casefold(),
        position.expiration or date.max,
        position.exercise_price or ZERO,
        position.exercise_price is None,
        position.unit,
        position.lot,
    )
