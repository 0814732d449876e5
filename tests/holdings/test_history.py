"""A random true history of positions, told in filings: withheld, amended, renamed, shuffled. The ledger recovers it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.filings.record import Filing, Owner, Row, Signature
from lib.holdings.ledger import build_book
from lib.holdings.positions import Book
from lib.holdings.splits import Split, proposed_splits
from tests.builders import filing, holding, transaction

SPELLINGS = (
    ("BERTUCCI JOHN R", "John R. Bertucci"),
    ("Tocci Joseph M", "TOCCI, JOSEPH M."),
    ("Smith Donald", "Donald SMITH"),
)
TITLES = ("Common", "Common Stock", "COMMON STOCK", "Common Stock, par value $.01")
LINES: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    ("D", (None,)),
    ("I", ("By Spouse", "by wife", "By spouse.")),
    ("I", ("By LogiQ, Inc", "By LogiQ, Inc.")),
)
ISSUER = "mks instruments"
FIRST = date(2010, 1, 4)


@dataclass
class History:
    """What truly happened: filings in order, what each line was left at, and what a withheld filing hid."""

    filings: list[Filing] = field(default_factory=list)
    withheld: set[int] = field(default_factory=set)
    held: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    told: dict[tuple[int, int], list[tuple[int, Decimal]]] = field(default_factory=dict)
    rows: int = 0

    def library(self) -> list[tuple[int, Filing]]:
        """The filings that the library holds."""
        return [(n, one) for n, one in enumerate(self.filings) if n not in self.withheld]

    def expected_breaks(self) -> dict[tuple[int, int], list[Decimal]]:
        """For each line, the changes hidden between two filings that the library holds, where not zero."""
        found = {}
        for at, told in self.told.items():
            hidden, seen, amounts = Decimal(0), False, []
            for n, change in told:
                if n in self.withheld:
                    hidden += change if seen else Decimal(0)
                    continue
                if seen and hidden:
                    amounts.append(hidden)
                hidden, seen = Decimal(0), True
            found[at] = amounts
        return found


def tell(chance: random.Random, filings: int) -> History:
    """Filings of one to three lines with one to four trades each, printed in any way and under any spelling."""
    true = History()
    for n in range(filings):
        person = chance.randrange(len(SPELLINGS))
        day = FIRST + timedelta(days=7 * n)
        rows: list[Row] = []
        for line in chance.sample(range(len(LINES)), chance.randint(1, len(LINES))):
            before = true.held.setdefault((person, line), Decimal(chance.randint(10_000, 99_000)))
            mine = trades(chance, day, before, line)
            after = mine[-1].shares_owned_following
            assert after is not None
            true.held[person, line] = after
            true.told.setdefault((person, line), []).append((n, after - before))
            rows += printed(chance, mine)
        name = chance.choice(SPELLINGS[person])
        signature = Signature(name, day + timedelta(days=4))
        true.filings.append(filing(str(day), *rows, owner=name, signatures=(signature,)))
        true.rows += len(rows)
    return true


def trades(chance: random.Random, day: date, held: Decimal, line: int) -> list[Row]:
    """Trades of consecutive days with their balances, or a holding."""
    direct, natures = LINES[line]
    words = {
        "direct_or_indirect": direct,
        "nature_of_ownership": chance.choice(natures),
        "security_title": chance.choice(TITLES),
    }
    if chance.random() < 0.2:
        return [holding(str(held), **words)]
    rows = []
    for n in range(chance.randint(1, 4)):
        shares = Decimal(chance.randint(1, 9_999)) / 4
        side = "D" if shares < held and chance.random() < 0.5 else "A"
        held += shares if side == "A" else -shares
        rows.append(
            transaction(
                str(day + timedelta(days=n)), "SP"[side == "A"], side, str(shares), str(held), **words
            )
        )
    return rows


def printed(chance: random.Random, rows: list[Row]) -> list[Row]:
    """As filers print them: oldest first, newest first, or the last balance on every row."""
    way = chance.choice(("oldest", "newest", "final"))
    if way == "final":
        return [replace(row, shares_owned_following=rows[-1].shares_owned_following) for row in rows]
    return rows[::-1] if way == "newest" else rows


def lines_of(book: Book) -> dict[tuple[int, int], list[Decimal]]:
    """For each line, the unexplained amounts in order, zero left out."""
    found = {}
    for ledger in book.ledgers:
        at = ledger.position
        person = next(n for n, names in enumerate(SPELLINGS) if at.owner in names)
        line = next(n for n, (_, natures) in enumerate(LINES) if at.nature in natures)
        found[person, line] = [report.unexplained for report in ledger.reports if report.unexplained]
    return found


def counted(book: Book) -> int:
    live = sum(len(report.movements) for one in book.ledgers for report in one.reports)
    return live + sum(len(one.aside) for one in book.ledgers)


chances = st.integers(0, 2**32).map(random.Random)
"""Seeds rather than drawn choices: histories are then as varied as the generator makes them."""
histories = st.builds(tell, chances, st.integers(1, 14))


@settings(deadline=None, max_examples=150)
@given(histories)
def test_a_whole_history_is_recovered(true: History) -> None:
    """With every filing there, however printed and spelled: true balances, no break, no row lost."""
    book = build_book(true.library())
    assert counted(book) == true.rows
    assert len(book.ledgers) == len(true.held)
    assert not any(lines_of(book).values())
    assert all(report.inside == 0 for one in book.ledgers for report in one.reports)
    closings = sorted(one.reports[-1].closing or Decimal(0) for one in book.ledgers)
    assert closings == sorted(true.held.values())
    assert book.findings == ()


@settings(deadline=None, max_examples=150)
@given(histories, chances)
def test_breaks_are_exactly_where_a_filing_was_withheld(true: History, chance: random.Random) -> None:
    """Each line breaks by what the withheld filings between two held ones reported, and nowhere else."""
    true.withheld = {n for n in range(len(true.filings)) if chance.random() < 0.3}
    book = build_book(true.library())
    expected = true.expected_breaks()
    for at, amounts in lines_of(book).items():
        assert amounts == expected[at]


@settings(deadline=None, max_examples=100)
@given(histories, chances)
def test_amended_filings_leave_the_truth(true: History, chance: random.Random) -> None:
    """Some filings are filed wrong and amended row by row: the ledger is as if they had been right."""
    right = build_book(true.library())
    filings = []
    for n, one in true.library():
        if chance.random() < 0.5:
            filings.append((n, one))
            continue
        at = chance.randrange(len(one.non_derivative))
        row = one.non_derivative[at]
        slip = (
            replace(row, transaction_price_per_share=Decimal("99.99"))
            if row.transaction_code
            else replace(row, shares_owned_following=(row.shares_owned_following or Decimal(0)) + 1000)
        )
        wrong = (*one.non_derivative[:at], slip, *one.non_derivative[at + 1 :])
        filings.append((n, replace(one, non_derivative=wrong)))
        later = Signature("x", date(2012, 1, 1))
        original = one.signatures[0].date
        amended = replace(
            one,
            document_type="4/A",
            non_derivative=(row,),
            signatures=(later,),
            date_of_original_submission=original,
        )
        filings.append((n + 1000, amended))
    book = build_book(filings)
    assert counted(book) == true.rows + sum(1 for n, _ in filings if n >= 1000)
    assert lines_of(book) == lines_of(right)
    prices = [m.price for one in book.ledgers for r in one.reports for m in r.movements if m.price]
    assert Decimal("99.99") not in prices


@settings(deadline=None, max_examples=100)
@given(histories, chances)
def test_loading_order_never_matters(true: History, chance: random.Random) -> None:
    """The same filings in any order, their ids with them, are the same book."""
    true.withheld = {n for n in range(len(true.filings)) if chance.random() < 0.3}
    library = true.library()
    shuffled = list(library)
    chance.shuffle(shuffled)
    assert build_book(shuffled) == build_book(library)


@settings(deadline=None, max_examples=100)
@given(histories, chances)
def test_ids_never_matter(true: History, chance: random.Random) -> None:
    """Numbered in another order, the filings lead to the same amounts."""
    ids = list(range(len(true.filings)))
    chance.shuffle(ids)
    renumbered = build_book(list(zip(ids, true.filings, strict=True)))
    assert amounts_of(renumbered) == amounts_of(build_book(true.library()))


def amounts_of(book: Book) -> list[object]:
    return [
        (one.position, [(r.date, r.opening, r.closing, r.unexplained) for r in one.reports])
        for one in book.ledgers
    ]


@settings(deadline=None, max_examples=60)
@given(histories, st.sampled_from([Fraction(2), Fraction(3, 2), Fraction(1, 4)]))
def test_splits_are_found(true: History, ratio: Fraction) -> None:
    """Every line is held before and after a split that no filing tells: it is found, and explains everything."""
    day = FIRST + timedelta(days=7 * len(true.filings) + 7)
    filings = true.library()
    for n, ((person, line), held) in enumerate(true.held.items()):
        direct, natures = LINES[line]
        owner = Owner(name=SPELLINGS[person][0])
        for k, (when, shares) in enumerate(
            ((day, held), (day + timedelta(days=9), held * ratio.numerator / ratio.denominator))
        ):
            row = holding(str(shares), direct_or_indirect=direct, nature_of_ownership=natures[0])
            one = replace(filing(str(when), row), reporting_owners=(owner,), document_type="5" if k else "4")
            filings.append((2000 + 2 * n + k, one))
    (found, *_) = proposed_splits(build_book(filings))
    assert found.ratio == ratio
    assert found.since is not None
    assert day < found.since <= found.day <= day + timedelta(days=9)
    reckoned = build_book(filings, splits=[Split(ISSUER, found.day, ratio)])
    assert not any(lines_of(reckoned).values())
