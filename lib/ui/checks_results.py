"""Everything that the checks find in a library, computed together, and narrowed to issuers and owners.

Filings of one insider may spell the names differently; the ledger has settled who is who, so its names are
those that filters and tables show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from lib.filings.checks import checked
from lib.filings.corrections import CORRECTED
from lib.filings.record import Filing, Finding, Severity
from lib.holdings.amendments import is_amendment
from lib.holdings.deadlines import Status, Timeliness, timeliness
from lib.holdings.ledger import Book, Position
from lib.holdings.positions import LedgerFinding
from lib.holdings.reconcile import Break
from lib.holdings.short_swing import ShortSwing, short_swing
from lib.holdings.together import Together, together
from lib.ui.words import count, issuer_name, owner_names

STATUSES: Final[tuple[Status, ...]] = ("late", "possibly late", "unknown", "in time")
"""In the order in which a person looks at them."""
TOLD: Final[tuple[tuple[Status, str], ...]] = (
    ("late", "reported late"),
    ("possibly late", "possibly"),
    ("unknown", "unknown"),
)
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


class Who(NamedTuple):
    """The issuer with its ticker, and the reporting owners, as filters show them."""

    issuer: str
    owner: str


class Timed(NamedTuple):
    """What the dates of one row say, and of which filing."""

    who: Who
    filing_id: int
    form: str
    timeliness: Timeliness


class Noted(NamedTuple):
    """A finding of one filing, or of what filings say together."""

    who: Who
    filing_id: int
    form: str
    period: date | None
    severity: Severity
    rule: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What the four checks find. ``who`` says of whom each filing is, ``forms`` which form it is on."""

    breaks: tuple[Break, ...] = ()
    timed: tuple[Timed, ...] = ()
    swings: tuple[ShortSwing, ...] = ()
    noted: tuple[Noted, ...] = ()
    who: Mapping[int, Who] = field(default_factory=dict)
    forms: Mapping[int, str] = field(default_factory=dict)


def check_all(filings: Sequence[tuple[int, Filing]], found: Together | None = None) -> Checks:
    """Every check over the filings, which are given with their ids; ``found`` is what they say together."""
    found = found or together(filings)
    book = found.book
    who = _who(book, filings)
    originals = {filing_id for filing_id, filing in filings if not is_amendment(filing)}
    added = {one.filing_id: one.added for one in book.amendments if one.original in originals}
    timed = [
        Timed(who[filing_id], filing_id, filing.document_type or "?", one)
        for filing_id, filing in filings
        if filing_id not in book.copies
        for one in timeliness(filing, added=added.get(filing_id))
    ]
    timed.sort(key=_by_status)
    return Checks(
        found.breaks,
        tuple(timed),
        tuple(short_swing(book.ledgers)),
        tuple(_noted(book, filings, who)),
        who,
        {filing_id: filing.document_type or "?" for filing_id, filing in filings},
    )


def all_of(parts: Iterable[Checks]) -> Checks:
    """What several issuers' checks find, as if computed together."""
    found = list(parts)
    return Checks(
        tuple(sorted((x for one in found for x in one.breaks), key=lambda x: -abs(x.amount))),
        tuple(sorted((x for one in found for x in one.timed), key=_by_status)),
        tuple(sorted((x for one in found for x in one.swings), key=lambda x: -x.profit)),
        tuple(sorted((x for one in found for x in one.noted), key=_by_severity)),
        {number: who for one in found for number, who in one.who.items()},
        {number: form for one in found for number, form in one.forms.items()},
    )


def narrowed(checks: Checks, owners: Collection[str]) -> Checks:
    """What concerns these owners; all where none is named."""
    if not owners:
        return checks
    return Checks(
        tuple(one for one in checks.breaks if one.position.owner in owners),
        tuple(one for one in checks.timed if one.who.owner in owners),
        tuple(one for one in checks.swings if one.position.owner in owners),
        tuple(one for one in checks.noted if one.who.owner in owners),
        {filing_id: one for filing_id, one in checks.who.items() if one.owner in owners},
        checks.forms,
    )


def who_of(position: Position) -> Who:
    """The names of a position as filters show them."""
    return Who(issuer_name(position.issuer, position.symbol), position.owner)


def headline(checks: Checks) -> str:
    """The counts in a sentence."""
    timed = Counter(one.timeliness.status for one in checks.timed)
    swings = sum(1 for one in checks.swings if one.best)
    parts = [
        f"{count(len(checks.breaks), 'change')} that no filing explains"
        if checks.breaks
        else "every change explained",
        ", ".join(
            f"{timed[status]:,} {words}" for status, words in TOLD if timed[status] or status == "late"
        ),
        f"{count(swings, 'owner')} with short-swing matches" if swings else "no short-swing match",
        count(len(checks.noted), "finding") if checks.noted else "no findings",
    ]
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _who(book: Book, filings: Sequence[tuple[int, Filing]]) -> dict[int, Who]:
    """Of whom each filing is, by the ledger's names; by its own where it has no row."""
    found = {
        filing_id: Who(
            issuer_name(filing.issuer.name, filing.issuer.symbol),
            owner_names(tuple(owner.name or "Unnamed owner" for owner in filing.reporting_owners)),
        )
        for filing_id, filing in filings
    }
    for ledger in book.ledgers:
        who = who_of(ledger.position)
        for report in ledger.reports:
            found |= dict.fromkeys((movement.filing_id for movement in report.movements), who)
        found |= dict.fromkeys((aside.filing_id for aside in ledger.aside), who)
    return found


def _noted(book: Book, filings: Sequence[tuple[int, Filing]], who: Mapping[int, Who]) -> list[Noted]:
    """What is noted of each filing and of the filings together, the gravest first."""
    by_id = dict(filings)
    found = [
        Noted(who[number], number, filing.document_type or "?", filing.period_of_report, *_told(one))
        for number, filing in filings
        for one in checked(filing).findings
        if one.rule != CORRECTED
    ]
    for joint in book.findings:
        number = joint.filing_ids[0]
        filing = by_id[number]
        found.append(
            Noted(who[number], number, filing.document_type or "?", filing.period_of_report, *_told(joint))
        )
    found.sort(key=_by_severity)
    return found


def _told(finding: Finding | LedgerFinding) -> tuple[Severity, str, str, str]:
    return finding.severity, finding.rule, finding.where, finding.message


def _by_status(one: Timed) -> tuple[int, int]:
    return STATUSES.index(one.timeliness.status), -one.timeliness.days_late


def _by_severity(one: Noted) -> tuple[int, str, int, str]:
    return SEVERITIES.index(one.severity), one.rule, one.filing_id, one.where
