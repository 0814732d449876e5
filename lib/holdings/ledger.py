"""Many filings as positions over time, and what the filings leave unexplained between them.

A position is issuer × owner × security × direct or indirect × nature of ownership; a derivative position
also has its exercise price and expiration, for option grants share a title. Each filing that mentions a
position is one report of it. Between reports, the balance before must equal the balance after, less what
was reported: where it does not, the report says by how much. Nothing is guessed, every amount is exact.

What this floor leaves simple: joint owners are one owner; a filing's rows enter only with a balance in
shares; an amendment supersedes the report of the same form and period; a filing that the library holds in
two containers counts once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from lib.filings.record import Filing, Issuer, Owner, Row

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Position:
    """What is held, by whom and how. The names are as the first filing that mentions it prints them."""

    issuer: str
    symbol: str | None
    owner: str
    security: str
    derivative: bool
    direct: bool
    nature: str | None
    exercise_price: Decimal | None = None
    expiration: date | None = None

    @property
    def line(self) -> str:
        """The ownership line in words: ``Direct``, ``By Spouse``, ``Indirect``."""
        return "Direct" if self.direct else self.nature or "Indirect"


@dataclass(frozen=True, slots=True)
class Movement:
    """One printed row of a report: a transaction, or a holding that only states a balance.

    ``change`` is signed, in shares, zero for a holding and ``None`` where the row gives no share count;
    ``balance`` is what was held after it by arithmetic from the report's opening, ``None`` where that is
    unknown. ``path`` is the row's path in the filing.
    """

    path: str
    date: date | None
    code: str | None
    change: Decimal | None
    price: Decimal | None
    balance: Decimal | None


@dataclass(frozen=True, slots=True)
class Report:
    """What one filing says of one position, in shares.

    ``opening`` is what must have been held before its transactions, ``closing`` what it says is held after
    them. ``unexplained`` is the opening less what the reports before it led to: zero where they agree,
    ``None`` where nothing can be said, as for the first report. ``date`` is the last transaction's, for a
    holding the filing's period.
    """

    filing_id: int
    form: str | None
    date: date
    opening: Decimal | None
    change: Decimal | None
    closing: Decimal | None
    unexplained: Decimal | None
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One position with its reports in order of time."""

    position: Position
    reports: tuple[Report, ...]


def build_ledgers(filings: Iterable[tuple[int, Filing]]) -> list[Ledger]:
    """A ledger for every position in the filings, given with their ids; by issuer, owner, security, line."""
    dated = [(i, f) for i, f in filings if f.period_of_report or any(r.transaction_date for _, r in f.rows())]
    distinct = _without_copies(dated)
    ciks = _known_ciks(f for _, f in distinct)
    positions: dict[tuple[object, ...], Position] = {}
    reports: dict[tuple[object, ...], list[tuple[Filing, Report]]] = defaultdict(list)
    for filing_id, filing in distinct:
        rows_by_key: dict[tuple[object, ...], list[tuple[str, Row]]] = defaultdict(list)
        for path, row in filing.rows():
            if _counts_shares(row):
                derivative = path.startswith("derivative")
                key = _key(filing, row, derivative, ciks)
                positions.setdefault(key, _position(filing, row, derivative))
                rows_by_key[key].append((path, row))
        for key, rows in rows_by_key.items():
            reports[key].append((filing, _report(filing_id, filing, rows)))
    ledgers = [Ledger(positions[key], _chain(_superseded(found))) for key, found in reports.items()]
    return sorted(ledgers, key=lambda ledger: _sort_key(ledger.position))


def unexplained_reports(ledgers: Iterable[Ledger]) -> list[tuple[Position, Report]]:
    """Every report whose opening the reports before it do not lead to, the largest amount first."""
    found = [(one.position, report) for one in ledgers for report in one.reports if report.unexplained]
    return sorted(found, key=lambda pair: abs(pair[1].unexplained or ZERO), reverse=True)


def _counts_shares(row: Row) -> bool:
    return row.security_title is not None and row.value_owned_following is None


def _fold(text: str | None) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", (text or "").casefold()).split())


def _known_ciks(filings: Iterable[Filing]) -> dict[str, str]:
    """Folded names to CIKs, so that a printed form without CIKs meets the XML of the same people."""
    known: dict[str, str] = {}
    for filing in filings:
        named: list[Issuer | Owner] = [filing.issuer, *filing.reporting_owners]
        for one in named:
            if one.cik and one.name:
                known.setdefault(_fold(one.name), one.cik)
    return known


def _identity(cik: str | None, name: str | None, ciks: dict[str, str]) -> str:
    return cik or ciks.get(_fold(name)) or _fold(name)


def _key(filing: Filing, row: Row, derivative: bool, ciks: dict[str, str]) -> tuple[object, ...]:
    owners = sorted(_identity(owner.cik, owner.name, ciks) for owner in filing.reporting_owners)
    direct = row.direct_or_indirect != "I"
    terms = (row.conversion_or_exercise_price, row.expiration_date) if derivative else (None, None)
    return (
        _identity(filing.issuer.cik, filing.issuer.name, ciks),
        tuple(owners),
        _fold(row.security_title),
        derivative,
        direct,
        "" if direct else _fold(row.nature_of_ownership),
        *terms,
    )


def _position(filing: Filing, row: Row, derivative: bool) -> Position:
    direct = row.direct_or_indirect != "I"
    return Position(
        issuer=filing.issuer.name or filing.issuer.symbol or "Unnamed issuer",
        symbol=filing.issuer.symbol,
        owner="; ".join(owner.name or "Unnamed owner" for owner in filing.reporting_owners)
        or "Unnamed owner",
        security=row.security_title or "",
        derivative=derivative,
        direct=direct,
        nature=None if direct else row.nature_of_ownership,
        exercise_price=row.conversion_or_exercise_price if derivative else None,
        expiration=row.expiration_date if derivative else None,
    )


def _sort_key(position: Position) -> tuple[object, ...]:
    return (
        position.issuer.casefold(),
        position.owner.casefold(),
        position.derivative,
        position.security.casefold(),
        not position.direct,
        (position.nature or "").casefold(),
        position.expiration or date.max,
        position.exercise_price or ZERO,
    )


def _report(filing_id: int, filing: Filing, rows: Sequence[tuple[str, Row]]) -> Report:
    changes = [_change(row) for _, row in rows]
    order, closing = _order_and_closing([row for _, row in rows], changes)
    known = [change for change in changes if change is not None]
    change = sum(known, ZERO) if len(known) == len(changes) else None
    opening = None if closing is None or change is None else closing - change
    balance, movements = opening, []
    for n in order:
        path, row = rows[n]
        step = changes[n]
        balance = None if balance is None or step is None else balance + step
        price = row.transaction_price_per_share
        movements.append(Movement(path, row.transaction_date, row.transaction_code, step, price, balance))
    days = [row.transaction_date for _, row in rows if row.transaction_date]
    day = max(days) if days else filing.period_of_report or _last_day(filing)
    return Report(filing_id, filing.document_type, day, opening, change, closing, None, tuple(movements))


def _change(row: Row) -> Decimal | None:
    if row.row_type == "holding":
        return ZERO
    if row.transaction_shares is None or row.acquired_disposed_code not in {"A", "D"}:
        return None
    return row.transaction_shares if row.acquired_disposed_code == "A" else -row.transaction_shares


def _order_and_closing(
    rows: Sequence[Row], changes: Sequence[Decimal | None]
) -> tuple[list[int], Decimal | None]:
    """The order in which a filing's rows of one position happened, and the balance after the last.

    Filers print running balances oldest first, newest first, or the final balance on every row. Rows step
    in printed order by date; where only the reverse makes the running balances meet, they step in reverse.
    """
    printed = sorted(range(len(rows)), key=lambda n: rows[n].transaction_date or date.min)
    if not _meet(rows, changes, printed):
        reverse = list(reversed(range(len(rows))))
        if _meet(rows, changes, reverse):
            printed = reverse
    stated = [rows[n].shares_owned_following for n in printed]
    return printed, next((balance for balance in reversed(stated) if balance is not None), None)


def _meet(rows: Sequence[Row], changes: Sequence[Decimal | None], order: Sequence[int]) -> bool:
    """Whether each row's balance is the one before plus its change."""
    for before, after in pairwise(order):
        was, held, change = (
            rows[before].shares_owned_following,
            rows[after].shares_owned_following,
            changes[after],
        )
        if was is None or held is None or change is None or was + change != held:
            return False
    return True


def _last_day(filing: Filing) -> date:
    return max(row.transaction_date for _, row in filing.rows() if row.transaction_date)


def _superseded(found: Iterable[tuple[Filing, Report]]) -> list[Report]:
    """The reports without those that an amendment of the same form and period restates."""
    kept: dict[tuple[object, ...], Report] = {}
    out: list[Report] = []
    pairs = sorted(
        found, key=lambda p: (p[1].date, (p[0].document_type or "").endswith("/A"), p[1].filing_id)
    )
    for filing, report in pairs:
        form = (filing.document_type or "").removesuffix("/A")
        base = (form, filing.period_of_report)
        if form != filing.document_type and base in kept:
            out.remove(kept[base])
        kept[base] = report
        out.append(report)
    return out


def _chain(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports in order with their unexplained amounts; of one day's, the one that meets comes first."""
    expected: Decimal | None = None
    chained: list[Report] = []
    for _, same_day in groupby(sorted(reports, key=lambda r: (r.date, r.filing_id)), key=lambda r: r.date):
        waiting = list(same_day)
        while waiting:
            report = next((r for r in waiting if r.opening == expected), waiting[0])
            waiting.remove(report)
            known = report.opening is not None and expected is not None
            unexplained = report.opening - expected if known else None  # type: ignore[operator]
            chained.append(replace(report, unexplained=unexplained))
            if report.closing is not None:
                expected = report.closing
            elif expected is not None and report.change is not None:
                expected += report.change
            else:
                expected = None
    return tuple(chained)


def _without_copies(filings: Iterable[tuple[int, Filing]]) -> list[tuple[int, Filing]]:
    """The filings without those that say the same as one before, as a PDF and the XML of one filing do."""
    seen: set[object] = set()
    distinct = []
    for filing_id, filing in sorted(filings, key=lambda pair: pair[0]):
        said = (
            filing.document_type,
            filing.period_of_report,
            _fold(filing.issuer.name),
            tuple(_fold(owner.name) for owner in filing.reporting_owners),
            tuple(_said(row) for _, row in filing.rows()),
        )
        if said not in seen:
            seen.add(said)
            distinct.append((filing_id, filing))
    return distinct


def _said(row: Row) -> tuple[object, ...]:
    return (
        _fold(row.security_title),
        row.transaction_date,
        row.transaction_code,
        row.transaction_shares,
        row.transaction_price_per_share,
        row.acquired_disposed_code,
        row.shares_owned_following,
        row.direct_or_indirect,
        _fold(row.nature_of_ownership),
        row.conversion_or_exercise_price,
        row.expiration_date,
    )
