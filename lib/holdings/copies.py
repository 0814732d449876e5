"""The same filing twice: as PDF and XML, read twice, or filed twice. It counts once, and the copy is kept.

Two readings of one document may differ in a cell that one of them misread; the better container counts then,
and the finding names the cells. Two documents of one kind that nearly agree contradict each other: both
count, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lib.filings.record import Container, Filing
from lib.holdings.identity import Identities
from lib.holdings.positions import CellChange, LedgerFinding
from lib.holdings.rows import differences, filled, signed
from lib.holdings.words import capital, cell_words, filing_words, listed, row_words

BETTER_CONTAINER: Final[Mapping[Container, int]] = {
    "submission": 0,
    "xml": 1,
    "dataset": 2,
    "html": 3,
    "pdf": 4,
    "text": 5,
}
"""Which reading counts: the header's facts first, then what needed the least interpretation."""
MOST_DIFFERENT: Final = 0.25
"""Share of cells by which two readings of one filing may differ; distinct trades of a day differ by a third."""


@dataclass(frozen=True, slots=True)
class Copies:
    """``counted`` are the filings that count, in order of id; ``of`` maps each copy to the one that counts."""

    counted: list[tuple[int, Filing]]
    of: dict[int, int]
    findings: list[LedgerFinding]


def without_copies(filings: Sequence[tuple[int, Filing]], known: Identities) -> Copies:
    """The filings without those that say the same as another, with a finding for each."""
    alike: dict[tuple[object, ...], list[tuple[int, Filing]]] = defaultdict(list)
    for filing_id, filing in filings:
        issuer = known.issuer(filing)
        key = (issuer, known.owner(filing, issuer), filing.document_type, filing.period_of_report)
        shape = (len(filing.non_derivative), len(filing.derivative))
        alike[*key, *shape].append((filing_id, filing))
    result = Copies([], {}, [])
    for group in alike.values():
        kept: list[tuple[int, Filing]] = []
        for one in sorted(group, key=_rank):
            for other in kept:
                if _compare(one, other, result):
                    break
            else:
                kept.append(one)
        result.counted.extend(kept)
    result.counted.sort(key=lambda pair: pair[0])
    result.findings.extend(_told_by_several(result.counted, known))
    return result


def _told_by_several(counted: Sequence[tuple[int, Filing]], known: Identities) -> Iterator[LedgerFinding]:
    """Filings of different owners with the same rows: a group of more than ten owners files in parts.

    EDGAR takes ten owners a filing. Both are counted, for two people may also trade alike by chance.
    """
    alike: dict[tuple[object, ...], list[tuple[int, Filing]]] = defaultdict(list)
    for filing_id, filing in counted:
        if any(row.row_type == "transaction" for _, row in filing.rows()):
            shape = (len(filing.non_derivative), len(filing.derivative))
            key = (
                known.issuer(filing),
                filing.document_type,
                filing.period_of_report,
                signed(filing),
                *shape,
            )
            alike[key].append((filing_id, filing))
    for group in alike.values():
        for (one_id, one), (other_id, other) in pairwise(group):
            rows = zip(one.rows(), other.rows(), strict=True)
            if not any(cell for (_, x), (_, y) in rows for cell in differences(x, y)):
                message = (
                    f"{capital(filing_words(one))} of {_owners(one)} and that of {_owners(other)} report the same rows. "
                    "If they are one group that files in parts, merge its owners by hand; now both count."
                )
                yield LedgerFinding(
                    "warning", (one_id, other_id), "reporting_owners", message, "owners.same-rows"
                )


def _owners(filing: Filing) -> str:
    first, *others = [one.name or "an owner without a name" for one in filing.reporting_owners] or ["nobody"]
    return f"{first} and {len(others)} more" if others else first


def _rank(one: tuple[int, Filing]) -> tuple[int, int, int]:
    filing_id, filing = one
    return BETTER_CONTAINER.get(filing.container, len(BETTER_CONTAINER)), len(filing.findings), filing_id


def _compare(one: tuple[int, Filing], other: tuple[int, Filing], result: Copies) -> bool:
    """Whether ``one`` is a copy of ``other``, which counts; the finding goes into the result either way."""
    (one_id, a), (other_id, b) = one, other
    cells = [
        (path, cell)
        for (path, x), (_, y) in zip(a.rows(), b.rows(), strict=True)
        for cell in differences(x, y)
    ]
    size = sum(max(filled(x), filled(y)) for (_, x), (_, y) in zip(a.rows(), b.rows(), strict=True))
    numbers = {f.submission.accession_number for f in (a, b)} - {None}
    same_number = len(numbers) == 1 and a.submission.accession_number == b.submission.accession_number
    if cells and not same_number and len(cells) > size * MOST_DIFFERENT:
        return False
    dates = {signed(f) for f in (a, b)} - {None}
    if cells and not same_number and (len(dates) > 1 or len(numbers) > 1 or a.container == b.container):
        if len(dates) < 2:
            result.findings.append(_contradiction(one, other_id, cells))
        return False
    result.of[one_id] = other_id
    result.findings.append(_copied(one, other, cells, len(numbers) > 1))
    return True


def _copied(
    one: tuple[int, Filing], other: tuple[int, Filing], cells: list[tuple[str, CellChange]], twice: bool
) -> LedgerFinding:
    (one_id, a), (other_id, b) = one, other
    ids = (one_id, other_id)
    if cells:
        message = (
            f"Two readings of {filing_words(a)} differ: {_cells(cells, a.container, b.container)}. "
            f"The {b.container} reading counts."
        )
        return LedgerFinding("warning", ids, cells[0][0], message, "copy.differs")
    if twice:
        message = f"{capital(filing_words(a))} was filed twice with the same content; it counts once."
        return LedgerFinding("warning", ids, "", message, "copy.filed-twice")
    message = (
        f"{capital(filing_words(a))} is in the library twice ({b.container}, {a.container}); it counts once."
    )
    return LedgerFinding("note", ids, "", message, "copy.same")


def _contradiction(
    one: tuple[int, Filing], other_id: int, cells: list[tuple[str, CellChange]]
) -> LedgerFinding:
    filing_id, filing = one
    message = (
        f"Two filings contradict each other about {filing_words(filing)}: {_cells(cells, 'one', 'the other')}. "
        "Neither is marked as an amendment, so both count."
    )
    return LedgerFinding("warning", (filing_id, other_id), cells[0][0], message, "filing.contradiction")


def _cells(cells: list[tuple[str, CellChange]], a: str, b: str) -> str:
    return listed(
        [
            f"{row_words(path)} has the {cell.field.replace('_', ' ')} {cell_words(cell.before)} in {a} "
            f"and {cell_words(cell.after)} in {b}"
            for path, cell in cells
        ]
    )
