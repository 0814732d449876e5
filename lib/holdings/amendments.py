"""Amendments put over the filings they amend: a row that a 4/A restates stands in place of the original's.

Form 4, General Instruction 9 and EDGAR's ``dateOfOriginalSubmission`` say which filing is amended; filers
restate all rows or only those that change. A row of the original that nothing restates stays in force, so
that an amendment of holdings never removes a trade, and what is superseded is kept with what changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from lib.filings.record import Filing, Row
from lib.holdings.identity import Identities
from lib.holdings.positions import Amendment, FiledRow, LedgerFinding, SetAside
from lib.holdings.rows import (
    balance,
    change,
    filed_or_signed,
    filed_rows,
    possible_day,
    printed_changes,
    signed,
    unit_of,
)
from lib.holdings.words import filing_words, row_words, spoken_day

WEIGHTS: Final = {
    "security_title": 2,
    "transaction_date": 2,
    "transaction_code": 2,
    "transaction_shares": 3,
    "transaction_price_per_share": 1,
    "acquired_disposed_code": 1,
    "direct_or_indirect": 1,
    "nature_of_ownership": 1,
    "shares_owned_following": 2,
    "value_owned_following": 2,
    "conversion_or_exercise_price": 2,
    "expiration_date": 2,
}
"""How much each cell says about whether one row restates another; a correction changes one or two."""
LEAST_ALIKE: Final = 0.5
SIGNED_BEFORE_FILED: Final = timedelta(days=5)
"""Days that may pass from a signature to the filing date that the amendment names."""


@dataclass(slots=True)
class Statement:
    """A filing as it stands: its rows with those that amendments restate replaced and those added put last.

    ``day`` is the one that holdings are reported for; ``made`` the filing or signature date.
    """

    filing_id: int
    filing: Filing
    rows: list[FiledRow]
    day: date | None
    made: date
    restated: list[SetAside] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Amended:
    """The statements that count, what each amendment did, and what a person should know."""

    statements: list[Statement]
    amendments: list[Amendment]
    findings: list[LedgerFinding]


def is_amendment(filing: Filing) -> bool:
    """Whether the form is a 3/A, 4/A or 5/A."""
    return (filing.document_type or "").endswith("/A")


def amend(filings: Sequence[tuple[int, Filing]], known: Identities) -> Amended:
    """Every filing as it stands after its amendments, applied in the order in which they were made."""
    statements: list[Statement] = []
    by_owner: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    done = Amended(statements, [], [])
    for filing_id, filing in sorted(filings, key=_order):
        issuer = known.issuer(filing)
        owner = known.owner(filing, issuer)
        rows = filed_rows(filing_id, filing, issuer, owner)
        form = (filing.document_type or "").removesuffix("/A")
        keys = [(issuer, form, one) for one in owner.split(" + ")]
        original = (
            _original(filing, rows, [by_owner[key] for key in keys], known) if is_amendment(filing) else None
        )
        if original:
            done.amendments.append(_apply(filing_id, rows, original, known, done.findings))
            continue
        if is_amendment(filing):
            done.amendments.append(Amendment(filing_id, None, added=tuple(row.path for row in rows)))
            done.findings.append(_orphan(filing_id, filing))
        statement = Statement(
            filing_id, filing, rows, _day_of(rows, filing), filed_or_signed(filing) or date.max
        )
        statements.append(statement)
        for key in keys:
            by_owner[key].append(statement)
    return done


def _order(one: tuple[int, Filing]) -> tuple[bool, date, str]:
    """Originals first; amendments by the day they were made, then by what they say."""
    _, filing = one
    if not is_amendment(filing):
        return False, date.min, ""
    return True, filed_or_signed(filing) or date.max, _content(filing)


def _content(filing: Filing) -> str:
    return repr((filing.submission.accession_number, filing.non_derivative, filing.derivative))


def _day_of(rows: Sequence[FiledRow], filing: Filing) -> date | None:
    """The day a holding is reported for: the period, else the last possible transaction, else signature."""
    last = max((one.day for one in rows if one.day), default=None)
    return possible_day(filing, filing.period_of_report) or last or filed_or_signed(filing)


def _original(
    filing: Filing, rows: list[FiledRow], same_owner: list[list[Statement]], known: Identities
) -> Statement | None:
    """The statement that the amendment amends: of the day it names, else of its period with rows alike."""
    near = {id(one): one for statements in same_owner for one in statements}
    rated = []
    for one in near.values():
        named = _is_named(filing, one.filing)
        if named or filing.period_of_report == one.filing.period_of_report:
            alike = len(_pairs(one.rows, rows, known))
            same_period = filing.period_of_report == one.filing.period_of_report
            rated.append(((named, same_period, alike, _content(one.filing)), one))
    return max(rated, key=lambda pair: pair[0])[1] if rated else None


def _is_named(amendment: Filing, original: Filing) -> bool:
    """Whether the amendment's “date of original” is the filing date, or as near after the signature as can be."""
    day, was_signed = amendment.date_of_original_submission, signed(original)
    if day is None:
        return False
    if original.submission.filed_as_of_date:
        return day == original.submission.filed_as_of_date
    return was_signed is not None and was_signed <= day <= was_signed + SIGNED_BEFORE_FILED


def _apply(
    filing_id: int,
    rows: list[FiledRow],
    original: Statement,
    known: Identities,
    findings: list[LedgerFinding],
) -> Amendment:
    """Put the amendment's rows into the statement; what they replace is kept in it."""
    pairs = _pairs(original.rows, rows, known)
    restated, standing = [], []
    for n, old in enumerate(original.rows):
        if n not in pairs:
            standing.append(old.path)
            continue
        new = rows[pairs[n]]
        restated.append(
            SetAside(
                old.filing_id,
                old.path,
                old.row,
                "superseded",
                filing_id,
                new.path,
                printed_changes(old.row, new.row),
            )
        )
        original.rows[n] = new
    taken = set(pairs.values())
    added = [row for n, row in enumerate(rows) if n not in taken]
    original.rows += added
    original.restated += restated
    if restated and standing:
        names = ", ".join(row_words(path) for path in standing)
        message = (
            f"This amendment restates {len(restated)} of {len(restated) + len(standing)} rows of "
            f"{filing_words(original.filing)}; {names} there still {'counts' if len(standing) == 1 else 'count'}."
        )
        findings.append(LedgerFinding("note", (filing_id, original.filing_id), "", message, "amendment.part"))
    return Amendment(
        filing_id, original.filing_id, tuple(restated), tuple(row.path for row in added), tuple(standing)
    )


def _orphan(filing_id: int, filing: Filing) -> LedgerFinding:
    named = filing.date_of_original_submission
    message = (
        f"The library does not hold the filing that this amendment amends"
        f"{f', filed on {spoken_day(named)}' if named else ''}. Its rows count on their own, and what it leaves "
        "unchanged is missing."
    )
    return LedgerFinding(
        "warning", (filing_id,), "date_of_original_submission", message, "amendment.no-original"
    )


def _pairs(old: Sequence[FiledRow], new: Sequence[FiledRow], known: Identities) -> dict[int, int]:
    """Which row of ``new`` restates which of ``old``, the most alike first, each once."""
    rated = []
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            score = _alike(before, after, known)
            if score >= LEAST_ALIKE:
                rated.append((-score, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(rated):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _alike(old: FiledRow, new: FiledRow, known: Identities) -> float:
    """How much of what the two rows say agrees, from 0 to 1; 0 where one cannot restate the other.

    A trade that agrees in no amount, price or opening, or that goes on from the balance the old one left, is
    another trade of the day, not a correction.
    """
    a, b = old.row, new.row
    if old.derivative != new.derivative or a.row_type != b.row_type:
        return 0.0
    issuer = old.issuer
    agreed = said = 0
    for name, weight in WEIGHTS.items():
        x, y = getattr(a, name), getattr(b, name)
        if x is None and y is None:
            continue
        if name == "security_title":
            x, y = known.security(x, issuer), known.security(y, issuer)
        elif name == "nature_of_ownership":
            x, y = known.nature(x, issuer), known.nature(y, issuer)
        said += weight
        agreed += weight if x == y else 0
    if a.row_type == "transaction" and not _same_trade(a, b):
        return 0.0
    return agreed / said if said else 0.0


def _same_trade(a: Row, b: Row) -> bool:
    """Whether both may be one trade: alike in an amount, in the day's price, or in what was held before it."""
    unit = unit_of(a)
    held, then, moved, first = balance(a, unit), balance(b, unit), change(b, unit), change(a, unit)
    other_amount = a.transaction_shares != b.transaction_shares
    if held is not None and then is not None and moved is not None and first is not None:
        if other_amount and then - moved == held:
            return False
        if then - moved == held - first:
            return True
    amounts = [
        (a.transaction_shares, b.transaction_shares),
        (a.transaction_total_value, b.transaction_total_value),
        (held, then),
    ]
    if a.transaction_date == b.transaction_date:
        amounts.append((a.transaction_price_per_share, b.transaction_price_per_share))
    return any(x is not None and x == y for x, y in amounts)
