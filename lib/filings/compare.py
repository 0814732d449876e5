"""Two records cell by cell: the same filing in two containers, or an amendment beside its original.

Rows are paired in their order, so that the cells they share agree most; a row without a counterpart is a
difference of its own. Nothing here says which of the two is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from lib.filings.json import plain
from lib.filings.record import ROW_FIELDS, TABLES, CellValue, Filing, Row

HEAD_FIELDS = (
    "document_type",
    "period_of_report",
    "date_of_original_submission",
    "no_securities_owned",
    "not_subject_to_section16",
    "aff10b5_one",
    "remarks",
)
LEAST_ALIKE = 0.34
"""Share of their cells in which two rows must agree to be taken for the same row."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A value in both records, as JSON carries it, with its path in each; no path where a record lacks its row.

    ``name`` is the field's. ``same`` is true where both say the same: numbers by value, words with their
    white space folded.
    """

    name: str
    where: str | None
    other_where: str | None
    value: str | bool | None
    other_value: str | bool | None
    same: bool


def compare(one: Filing, other: Filing) -> list[Pair]:
    """Every value that either record has, head first, then owners, rows, footnotes and signatures."""
    pairs = [*_object(HEAD_FIELDS, one, other, "", "")]
    pairs += _object(_names(one.issuer), one.issuer, other.issuer, "issuer.", "issuer.")
    for part in ("reporting_owners", "signatures"):
        mine, theirs = getattr(one, part), getattr(other, part)
        for n in range(max(len(mine), len(theirs))):
            a, b = (mine[n] if n < len(mine) else None), (theirs[n] if n < len(theirs) else None)
            pairs += _object(_names(a or b), a, b, f"{part}[{n}].", f"{part}[{n}].")
    for table in TABLES:
        mine, theirs = getattr(one, table), getattr(other, table)
        for i, j in paired(mine, theirs):
            a, b = (mine[i] if i is not None else None), (theirs[j] if j is not None else None)
            pairs += _object(("row_type", *ROW_FIELDS), a, b, f"{table}[{i}].", f"{table}[{j}].")
            pairs += _marks(a, b, f"{table}[{i}].", f"{table}[{j}].")
    return [*pairs, *_footnotes(one, other)]


def paired(mine: Sequence[Row], theirs: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """The rows of two tables in their order, those that agree most beside each other."""
    best: list[list[float]] = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    for i in range(len(mine) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            alike = _alike(mine[i], theirs[j])
            both = best[i + 1][j + 1] + alike if alike >= LEAST_ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(mine) or j < len(theirs):
        alike = _alike(mine[i], theirs[j]) if i < len(mine) and j < len(theirs) else 0.0
        if alike >= LEAST_ALIKE and best[i][j] == best[i + 1][j + 1] + alike:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif j == len(theirs) or (i < len(mine) and best[i][j] == best[i + 1][j]):
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return found


def _alike(one: Row, other: Row) -> float:
    filled = [
        name
        for name in ("row_type", *ROW_FIELDS)
        if not (_is_empty(name, getattr(one, name)) and _is_empty(name, getattr(other, name)))
    ]
    return sum(_same(getattr(one, name), getattr(other, name)) for name in filled) / max(1, len(filled))


def _object(names: Sequence[str], one: object, other: object, at: str, other_at: str) -> Iterator[Pair]:
    for name in names:
        value = getattr(one, name) if one is not None else None
        other_value = getattr(other, name) if other is not None else None
        if _is_empty(name, value) and _is_empty(name, other_value):
            continue
        yield Pair(
            name,
            f"{at}{name}" if one is not None else None,
            f"{other_at}{name}" if other is not None else None,
            plain(value),
            plain(other_value),
            one is not None and other is not None and _same(value, other_value, name),
        )


def _marks(one: Row | None, other: Row | None, at: str, other_at: str) -> Iterator[Pair]:
    marks, other_marks = (one.footnotes if one else {}), (other.footnotes if other else {})
    for name in sorted(set(marks) | set(other_marks)):
        value, other_value = ", ".join(marks.get(name, ())), ", ".join(other_marks.get(name, ()))
        yield Pair(
            f"{name} footnotes",
            f"{at}{name}" if one else None,
            f"{other_at}{name}" if other else None,
            value or None,
            other_value or None,
            value == other_value,
        )


def _footnotes(one: Filing, other: Filing) -> Iterator[Pair]:
    for mark in dict.fromkeys([*one.footnotes, *other.footnotes]):
        value, other_value = one.footnotes.get(mark), other.footnotes.get(mark)
        where = f"footnotes.{mark}"
        yield Pair(
            f"footnote {mark.removeprefix('F')}",
            where if value is not None else None,
            where if other_value is not None else None,
            value,
            other_value,
            _same(value, other_value),
        )


def _names(part: object) -> tuple[str, ...]:
    return tuple(one.name for one in fields(part))  # type: ignore[arg-type]


def _is_empty(name: str, value: CellValue) -> bool:
    """Whether a value says nothing: a box that is not ticked does, but a no to a question that was asked."""
    return value is None or (value is False and name != "aff10b5_one")


def _same(one: CellValue, other: CellValue, name: str = "") -> bool:
    if name == "aff10b5_one":
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    if isinstance(one, bool | None) and isinstance(other, bool | None):
        return bool(one) == bool(other)
    return one == other
