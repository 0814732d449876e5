"""The nouns of the ledger: positions, their reports and movements, what was set aside, what a person should know.

Everything is frozen and exact: shares and dollars are ``Decimal`` as filed, and nothing that a filing says is
thrown away. Each row of each filing is a ``Movement`` of a report or a row set aside, never neither or both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from lib.filings.record import CellValue, Filing, Row, Severity
from lib.holdings.price_ranges import PriceRange

ZERO = Decimal(0)

Unit = Literal["shares", "dollars"]
Shape = Literal["one row", "row by row", "final on every row", "in blocks", "not stated", "broken"]
"""How a filing prints its balances: stepping row by row, the last one on every row, or the last of each group."""
Why = Literal["superseded", "copy", "undated"]


class FiledRow(NamedTuple):
    """A row where it stands: its filing with its id, its path there (``non_derivative[0]``), and who it is of.

    ``day`` is the transaction's where it can be true; ``issuer`` and ``owner`` are the keys of the filing's.
    """

    filing_id: int
    filing: Filing
    path: str
    row: Row
    day: date | None
    issuer: str
    owner: str

    @property
    def derivative(self) -> bool:
        """Whether the row stands in Table II."""
        return self.path.startswith("derivative")


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """Something that a person should know about what the filings together say.

    ``where`` is a path in the record of the first filing named, empty where the whole filing is meant;
    ``rule`` is a short stable name. ``message`` is a sentence.
    """

    severity: Severity
    filing_ids: tuple[int, ...]
    where: str
    message: str
    rule: str


@dataclass(frozen=True, slots=True)
class Position:
    """What is held, by whom and how. The names are as the first filing that mentions it prints them.

    ``lot`` tells apart holdings of the same words, such as two trusts that are both “By trust”, or grants
    of one title; zero where there is only one. ``unit`` is dollars where the form reports value.
    """

    issuer: str
    symbol: str | None
    owner: str
    security: str
    derivative: bool
    direct: bool
    nature: str | None
    exercise_price: Decimal | None = None
    expiration: date | None = None
    lot: int = 0
    unit: Unit = "shares"
    issuer_key: str = ""
    owner_key: str = ""
    security_key: str = ""
    nature_key: str = ""

    @property
    def line(self) -> str:
        """The ownership line in words: ``Direct``, ``By Spouse``, ``Indirect``, ``By Trust (2)``."""
        words = "Direct" if self.direct else self.nature or "Indirect"
        return f"{words} ({self.lot})" if self.lot else words


class Movement(NamedTuple):
    """One printed row of a report: a transaction, or a holding that only states a balance.

    ``change`` is signed, in the position's unit, zero for a holding and ``None`` where the row gives no
    amount; ``balance`` is what was held after it by arithmetic from the report's opening, ``None`` where
    that is unknown. ``unexplained`` is how much the printed balance departs from the row before; the next
    rows go on from what is printed. ``path`` is the row's path in the filing ``filing_id``. ``date`` is
    ``None`` for a holding and for a day that cannot be true.
    """

    path: str
    date: date | None
    code: str | None
    change: Decimal | None
    price: Decimal | None
    balance: Decimal | None
    filing_id: int = 0
    stated: Decimal | None = None
    unexplained: Decimal = ZERO
    price_range: PriceRange | None = None


@dataclass(frozen=True, slots=True)
class SplitStep:
    """A split between a report and the one before.

    ``ratio`` is shares after for each share before; ``rounding`` is the part of a share, less than one, by
    which the opening differs from the exact product, for fractions of a share are paid in cash or rounded.
    """

    ratio: Fraction
    rounding: Decimal


class Report(NamedTuple):
    """What one filing says of one position, in the position's unit.

    ``opening`` is what must have been held before its transactions, ``closing`` what is held after them.
    ``unexplained`` is the opening less what the reports before it led to: zero where they agree, ``None``
    where nothing can be said, as for the first report. ``inside`` is what the filing's own rows leave
    unexplained, so that opening + change + inside = closing. ``date`` is the last transaction's, for a
    holding the filing's period. Where an amendment restates some of the rows, ``filing_id`` and ``form``
    are the amendment's and each movement names its own filing.
    """

    filing_id: int
    form: str | None
    date: date
    opening: Decimal | None
    change: Decimal | None
    closing: Decimal | None
    unexplained: Decimal | None
    movements: tuple[Movement, ...]
    inside: Decimal = ZERO
    shape: Shape = "one row"
    split: SplitStep | None = None

    @property
    def missing(self) -> Decimal:
        """Everything that no filing explains up to this report's closing: before the filing, and inside it."""
        return (self.unexplained or ZERO) + self.inside


@dataclass(frozen=True, slots=True)
class CellChange:
    """What an amendment, or another reading of the same filing, makes of one cell of a row."""

    field: str
    before: CellValue
    after: CellValue


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that does not count, kept with the reason and what counts instead.

    ``by`` is the filing that restates it and ``by_path`` the row there; ``changes`` is what differs.
    """

    filing_id: int
    path: str
    row: Row
    why: Why
    by: int | None = None
    by_path: str | None = None
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """One position with its reports in order of time, the rows set aside, and the words as printed."""

    position: Position
    reports: tuple[Report, ...]
    aside: tuple[SetAside, ...] = ()
    titles: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a 3/A, 4/A or 5/A does to the filing it amends.

    ``original`` is ``None`` where the library does not hold it. ``restated`` pairs each row of the original
    with the row that replaces it; ``added`` are rows the original lacks; ``standing`` are rows of the
    original that the amendment leaves alone.
    """

    filing_id: int
    original: int | None
    restated: tuple[SetAside, ...] = ()
    added: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the filings together say.

    ``copies`` maps a filing that is another reading of the same document to the one that counts; ``owners``
    are the names of each owner, by key, as the filings print them.
    """

    ledgers: tuple[Ledger, ...]
    findings: tuple[LedgerFinding, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    copies: Mapping[int, int] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
