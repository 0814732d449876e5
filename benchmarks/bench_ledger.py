"""How fast the ledger is: 100,000 rows over 2,000 owners, in seconds and as a ratio to a floor of the same run.

The floor reads every field of every row once. Half of the owners have a CIK in their filings, every tenth
report is withheld, every fiftieth amended, so that breaks, guesses and amendments are paid for too.

    python benchmarks/bench_ledger.py
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lib.filings.record import ROW_FIELDS, Filing, Issuer, Owner, Row, Signature  # noqa: E402 - the path comes first
from lib.holdings.ledger import build_book  # noqa: E402
from lib.holdings.reconcile import reconcile  # noqa: E402
from lib.holdings.short_swing import short_swing  # noqa: E402

ROWS, OWNERS, OWNERS_OF_ISSUER, ROWS_OF_FILING = 100_000, 2_000, 20, 4
ROUNDS = 3
LINES = (("D", None), ("I", "By Spouse"), ("I", "By Trust."), ("I", "by LogiQ, Inc"))
FAMILY = (
    "Adams",
    "Baker",
    "Clarke",
    "Dumont",
    "Eriksen",
    "Fontaine",
    "Guthrie",
    "Hollander",
    "Ibsen",
    "Jansen",
)
GIVEN = ("Robert", "Maria", "Edward", "Susan", "Michael", "Ingrid", "Arjun", "Peter", "Laura", "Donald")


def filings_of(rows: int, owners: int) -> list[tuple[int, Filing]]:
    """Form 4s of four rows each, one a line of ownership, some amended by a 4/A of one row, as they were filed."""
    chance = random.Random(20031124)
    held: dict[tuple[int, int], int] = {}
    found: list[tuple[int, Filing]] = []
    for n in range(rows * 50 // (50 * ROWS_OF_FILING + 1)):
        person = n % owners
        day = date(2004, 1, 5) + timedelta(days=(n // owners) * 30 + person % 7)
        lines = []
        for line, (direct, nature) in enumerate(LINES):
            change = chance.randrange(1, 900)
            balance = held.get((person, line), 1_000_000) - change
            held[person, line] = balance - (chance.randrange(1, 500) if chance.random() < 0.1 else 0)
            lines.append(sale(day, change, balance, direct, nature))
        found.append((len(found), filing(person, day, tuple(lines), "4")))
        if n % 50 == 49:
            price = replace(lines[0], transaction_price_per_share=Decimal("10.26"))
            found.append((len(found), filing(person, day, (price,), "4/A")))
    return found


def sale(day: date, shares: int | Decimal, balance: int, direct: str, nature: str | None) -> Row:
    """A sale of common stock at 10.25."""
    return Row(
        "transaction",
        security_title="Common Stock, par value $.01",
        transaction_date=day,
        transaction_code="S",
        transaction_shares=Decimal(shares),
        transaction_price_per_share=Decimal("10.25"),
        acquired_disposed_code="D",
        shares_owned_following=Decimal(balance),
        direct_or_indirect=direct,
        nature_of_ownership=nature,
        footnotes={"transaction_price_per_share": ("F1",)},
    )


def filing(person: int, day: date, rows: tuple[Row, ...], form: str) -> Filing:
    """A Form 4 of one of the owners."""
    issuer = person // OWNERS_OF_ISSUER
    name = f"{FAMILY[person % 10]} {GIVEN[person // 10 % 10]} {chr(65 + person // 100 % 26)}"
    return Filing(
        "xml",
        form,
        period_of_report=day,
        issuer=Issuer(f"{issuer:010d}", f"Issuer {issuer} Inc", f"I{issuer}"),
        reporting_owners=(Owner(f"{900_000 + person:010d}" if person % 2 else None, name),),
        non_derivative=rows,
        footnotes={
            "F1": "Weighted average price of multiple trades at prices ranging from $10.00 to $10.50."
        },
        signatures=(Signature(name, day + timedelta(days=1)),),
    )


def read_once(filings: list[tuple[int, Filing]]) -> int:
    """The floor: every field of every row, once."""
    return sum(
        1
        for _, one in filings
        for _, row in one.rows()
        for name in ROW_FIELDS
        if getattr(row, name) is not None
    )


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The median wall time of some rounds and its processor time, which other programs do not disturb."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - start, time.process_time() - used))
    return median(wall for wall, _ in times), median(used for _, used in times)


def main() -> None:
    filings = filings_of(ROWS, OWNERS)
    _, floor = seconds(lambda: read_once(filings))
    ours, used = seconds(lambda: build_book(filings))
    book = build_book(filings)
    counted = sum(len(report.movements) for one in book.ledgers for report in one.reports)
    aside = sum(len(one.aside) for one in book.ledgers)
    rows = sum(1 for _, one in filings for _ in one.rows())
    print(
        f"Ledger: {rows:,} rows, {OWNERS:,} owners, {len(book.ledgers):,} positions ({counted:,} rows counted, {aside:,} "
        f"set aside): {ours:.2f} s, {used:.2f} s of processor, {used / floor:.1f} x reading every field once ({floor:.2f} s)"
    )
    breaks = reconcile(book, filings)
    print(
        f"Reconcile: {len(breaks):,} breaks with causes in {seconds(lambda: reconcile(book, filings), 1)[0]:.2f} s"
    )
    print(f"Short swing: {seconds(lambda: short_swing(book.ledgers), 1)[0]:.2f} s")


if __name__ == "__main__":
    main()
