"""The filing record: what one Form 3, 4 or 5 says, and where it says it.

The record is the EDGAR ownership XML schema in Python: its element names in snake_case, whatever the
filing came in. Records are immutable; readers build them once and everything downstream only reads them.
Shares and prices are ``Decimal`` and dates ``date``, exactly as the filing gives them; what the filing does
not say is ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Literal, Self

Container = Literal["xml", "html", "pdf", "text", "submission", "scan", "dataset"]
Severity = Literal["note", "warning", "error"]
PathParts = Mapping[str, tuple[str, Mapping[str, str]]]
CellValue = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Source:
    """The place of a value in its document. Only what its container has is set.

    ``page`` counts from 1 and ``box`` is (left, top, right, bottom) in points from the page's upper left
    corner; ``line`` counts from 1 and ``start``/``end`` are columns of that line, from 0, end exclusive;
    ``path`` is an element path such as ``/ownershipDocument/periodOfReport/value``.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    path: str | None = None

    def in_words(self) -> str:
        """The place for a person: the page, or the line and columns, or the element."""
        if self.page is not None:
            return f"page {self.page}"
        if self.start is not None and self.end is not None:
            first = self.start + 1
            return f"line {self.line}, " + (
                f"column {first}" if self.end == first else f"columns {first} to {self.end}"
            )
        last = (self.path or "").removesuffix("/value").rpartition("/")[2]
        return f"in {last}" if last else f"line {self.line}"


class ElementPaths(Mapping[str, Source]):
    """Places that are element paths, put together only when somebody asks for them.

    ``parts`` maps the start of a place (``issuer.``, ``derivative[0].``) to the path of its element and, by
    field, the rest of the path; it may be given as what tells it.
    """

    def __init__(self, parts: PathParts | Callable[[], PathParts]) -> None:
        self._said = parts

    @cached_property
    def parts(self) -> PathParts:
        """What the places are put together from."""
        return self._said() if callable(self._said) else self._said

    def __getitem__(self, where: str) -> Source:
        part, dot, field = where.rpartition(".")
        path, rest = self.parts[part + dot]
        return Source(path=path + rest[field])

    def __iter__(self) -> Iterator[str]:
        return (part + field for part, (_, fields) in self.parts.items() for field in fields)

    def __len__(self) -> int:
        return sum(len(fields) for _, fields in self.parts.values())

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about a value: repaired, inferred, unsettled or against a rule.

    ``where`` is the path of the value in the record, such as ``non_derivative[2].direct_or_indirect``;
    ``rule`` is a short stable name of what allowed the repair or was broken.
    """

    severity: Severity
    where: str
    message: str
    rule: str


class _Found:
    """What a reader can make of the values it found, at a tenth of what the constructor costs.

    A frozen class sets each of its fields by a call, and readers make rows by the hundred thousand. Without
    slots a record keeps only what was found, and the class says what stands for the rest.
    """

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The record with these values by field, which it takes for its own: nobody else may change them.

        A field without a plain default must be among them.
        """
        made = object.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made


@dataclass(frozen=True)
class Issuer(_Found):
    """Box 2 (Form 3: box 3): the company whose securities are reported."""

    cik: str | None = None
    name: str | None = None
    symbol: str | None = None


@dataclass(frozen=True)
class Owner(_Found):
    """A reporting person: boxes 1 and 5 (Form 3: boxes 1 and 4)."""

    cik: str | None = None
    name: str | None = None
    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    is_director: bool = False
    is_officer: bool = False
    is_ten_percent_owner: bool = False
    is_other: bool = False
    officer_title: str | None = None
    other_text: str | None = None


@dataclass(frozen=True)
class Signature(_Found):
    """A signature as typed, and its date, which is not the filing date."""

    name: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a full submission's header or a data set adds: facts of the filing that its form does not carry."""

    accession_number: str | None = None
    filed_as_of_date: date | None = None
    acceptance_datetime: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row with its footnote marks and its place."""

    value: CellValue
    footnotes: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Row(_Found):
    """A line of Table I or Table II, a transaction or a holding.

    The columns each field is printed in are in appendix C of the EDGAR Ownership XML Technical
    Specification. ``footnotes`` maps a field's name to the marks printed on it, such as ``("F1",)``.
    """

    row_type: Literal["transaction", "holding"] = "holding"
    security_title: str | None = None
    conversion_or_exercise_price: Decimal | None = None
    transaction_date: date | None = None
    deemed_execution_date: date | None = None
    transaction_form_type: str | None = None
    transaction_code: str | None = None
    equity_swap_involved: bool | None = None
    transaction_timeliness: str | None = None
    transaction_shares: Decimal | None = None
    transaction_total_value: Decimal | None = None
    transaction_price_per_share: Decimal | None = None
    acquired_disposed_code: str | None = None
    exercise_date: date | None = None
    expiration_date: date | None = None
    underlying_security_title: str | None = None
    underlying_security_shares: Decimal | None = None
    underlying_security_value: Decimal | None = None
    shares_owned_following: Decimal | None = None
    value_owned_following: Decimal | None = None
    direct_or_indirect: str | None = None
    nature_of_ownership: str | None = None
    footnotes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


ROW_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Row) if f.name not in {"row_type", "footnotes"})
DECIMAL_FIELDS = frozenset(
    {
        "conversion_or_exercise_price",
        "transaction_shares",
        "transaction_total_value",
        "transaction_price_per_share",
        "underlying_security_shares",
        "underlying_security_value",
        "shares_owned_following",
        "value_owned_following",
    }
)
DATE_FIELDS = frozenset({"transaction_date", "deemed_execution_date", "exercise_date", "expiration_date"})
TABLES: tuple[Literal["non_derivative", "derivative"], ...] = ("non_derivative", "derivative")


@dataclass(frozen=True)
class Filing(_Found):
    """One ownership filing.

    ``document_type`` is 3, 4 or 5, with ``/A`` for an amendment. ``period_of_report`` is Form 3's date of
    event, Form 4's earliest transaction, Form 5's fiscal year end. ``aff10b5_one`` is the Rule 10b5-1(c)
    box: ``None`` where the form has no such box (before April 2023), which is not "no". ``footnotes`` maps
    ids (``F1`` …) to texts in printed order. ``sources`` maps a path of the record, such as
    ``non_derivative[0].transaction_shares`` or ``issuer.name``, to its place in the document.
    """

    container: Container
    document_type: str | None = None
    schema_version: str | None = None
    period_of_report: date | None = None
    date_of_original_submission: date | None = None
    no_securities_owned: bool = False
    not_subject_to_section16: bool = False
    aff10b5_one: bool | None = None
    issuer: Issuer = Issuer()
    reporting_owners: tuple[Owner, ...] = ()
    non_derivative: tuple[Row, ...] = ()
    derivative: tuple[Row, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    remarks: str | None = None
    signatures: tuple[Signature, ...] = ()
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    submission: Submission = Submission()

    def rows(self) -> tuple[tuple[str, Row], ...]:
        """Every row of both tables with its path, in printed order, Table I first."""
        return self._numbered

    @cached_property
    def _numbered(self) -> tuple[tuple[str, Row], ...]:
        """Kept, for two dozen checks ask it of every filing."""
        one, two = self.non_derivative, self.derivative
        return (
            *zip(_places("non_derivative", len(one)), one, strict=True),
            *zip(_places("derivative", len(two)), two, strict=True),
        )

    def cell(self, row_path: str, name: str) -> Cell:
        """The cell ``name`` of the row at ``row_path`` (``non_derivative[0]``).

        Raises ``KeyError`` where the filing has no such row or a row no such field.
        """
        if name not in ROW_FIELDS:
            raise KeyError(name)
        row = dict(self.rows())[row_path]
        return Cell(getattr(row, name), row.footnotes.get(name, ()), self.sources.get(f"{row_path}.{name}"))


@lru_cache(maxsize=256)
def _places(table: str, count: int) -> tuple[str, ...]:
    """The paths of a table's rows; asked for so often that they are kept."""
    return tuple(f"{table}[{n}]" for n in range(count))
