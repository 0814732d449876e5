"""What may explain a break, cause by cause. Each is a small function from a break to candidates.

The weights say how exactly a candidate fits: an amount met to the share by another filing, position or
footnote stands above a likely story, and a missing filing, which explains anything, below what is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final

from lib.holdings.breaks import Break, Cause, Known
from lib.holdings.positions import Movement
from lib.holdings.splits import ratio_words, simple_ratio
from lib.holdings.words import capital, cell_words, figure, row_words, spoken_day

MOST_NUMBERS: Final = 10
"""Numbers of a footnote that are tried together; beyond, sums say nothing."""
SMALL: Final = Decimal("0.05")
"""A plan adds little at a time: at most this part of what is held."""
LONG_GAP: Final = 10
"""Days between two reports after which a filing may well be missing: two business days are the rule."""
CELLS: Final = (
    "shares_owned_following",
    "transaction_shares",
    "acquired_disposed_code",
    "value_owned_following",
)
TRANSFERS: Final = frozenset("JGWZMCXDAU")
"""Codes whose other side may be in another position; a market trade has none."""
_PLAN: Final = re.compile(
    r"stock purchase plan|\bESPP\b|401\s?\(k\)|savings plan|dividend reinvestment|\bDRIP\b|dividend equivalent|16b-3\(c\)|16a-11",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\d$.,/])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d/%]|,\d)")
_QUOTE: Final = 160


def causes_of(one: Break, known: Known) -> list[Cause]:
    """Every candidate for a break, the likeliest first."""
    found = [cause for look in LOOKS for cause in look(one, known)]
    return sorted(found, key=lambda cause: (-cause.weight, cause.kind, cause.sentence))


def split(one: Break, known: Known) -> Iterator[Cause]:
    """What is held changed by a ratio that companies use, alone or with other positions (Rule 16a-9(a))."""
    now = one.held + one.amount
    ratio = simple_ratio(one.held, now)
    for given in known.splits:
        product = one.held * given.ratio.numerator / given.ratio.denominator
        fits = given.applies_to(one.position) and abs(product - now) < 1
        if fits and given.source == "footnote" and one.since <= given.day <= one.until:
            sentence = f"A footnote speaks of a {ratio_words(given.ratio)} split: “{_cut(given.evidence)}”"
            yield Cause("split", 97, sentence, given.filing_ids[0], ratio=given.ratio)
        elif fits and given.source == "ratio" and len(given.filing_ids) and given.day <= one.until:
            alone = given.evidence.startswith("1 of")
            sentence = (
                f"A {ratio_words(given.ratio)} split between {spoken_day(one.since)} and {spoken_day(one.until)} "
                f"leads from {figure(one.held)} to {figure(now)}. {given.evidence}"
            )
            if given.since is None or given.since > one.since or given.day > one.since:
                yield Cause("split", 62 if alone else 95, sentence, ratio=given.ratio)
                ratio = None
    if ratio is not None and ratio not in {
        given.ratio for given in known.splits if given.applies_to(one.position)
    }:
        sentence = (
            f"{figure(now)} is {_fraction(ratio)} times {figure(one.held)}: a {ratio_words(ratio)} split is possible, "
            "though other positions do not show it."
        )
        yield Cause("split", 50, sentence, ratio=ratio)


def move(one: Break, known: Known) -> Iterator[Cause]:
    """The opposite amount appeared in another holding of the same owner (Rule 16a-13, a change of form)."""
    here = one.position
    group = (here.issuer_key, here.owner_key)
    for position, movement, report in known.movements.get((*group, -one.amount), ()):
        day = movement.date or report.date
        if position != here and movement.code in TRANSFERS and one.since <= day <= one.until:
            sentence = (
                f"The {_amount(one)} match {row_words(movement.path)} of the filing for {spoken_day(day)}: "
                f"{_signed(-one.amount)} with code {movement.code} in {position.security}, {position.line}. "
                "Its other side is not reported here."
            )
            yield Cause("move", 92, sentence, movement.filing_id, movement.path, position=position)
    others = [
        other
        for other in known.breaks.get(group, ())
        if other.position != here
        and other.position.security_key == here.security_key
        and other.position.unit == here.unit
        and (other.amount > 0) != (one.amount > 0)
        and other.since < one.until
        and one.since < other.until
    ]
    for other in others:
        exact = other.amount == -one.amount
        most = "all" if exact else figure(min(abs(one.amount), abs(other.amount)))
        sentence = (
            f"{other.position.line} changed by {_signed(other.amount)} unexplained over the same time: "
            f"{most} of it may have moved between {here.line} and {other.position.line.rstrip('.')}."
        )
        yield Cause(
            "move", 90 if exact else 45, sentence, other.report.filing_id, other.path, position=other.position
        )
    if one.amount > 0:
        yield from _whole(one, known)
    if len(others) > 1 and sum((other.amount for other in others), Decimal(0)) == -one.amount:
        names = ", ".join(other.position.line for other in others)
        yield Cause(
            "move", 88, f"The unexplained changes of {names} together are exactly {_signed(-one.amount)}."
        )


def _whole(one: Break, known: Known) -> Iterator[Cause]:
    """Another holding of the owner was exactly as large before: all of it may have moved here."""
    here = one.position
    for ledger in known.of_owner[here.issuer_key, here.owner_key]:
        at = ledger.position
        if at == here or (at.security_key, at.unit, at.derivative) != (
            here.security_key,
            here.unit,
            here.derivative,
        ):
            continue
        last = [report for report in ledger.reports if report.date <= one.since][-1:]
        if last and last[0].closing == one.amount:
            sentence = (
                f"{at.line} held exactly {figure(one.amount)} on {spoken_day(last[0].date)}: all of it may have moved "
                f"to {here.line.rstrip('.')}."
            )
            yield Cause("move", 72, sentence, last[0].filing_id, last[0].movements[-1].path, position=at)


def amendment(one: Break, known: Known) -> Iterator[Cause]:
    """A filing nearby was amended by this amount, or amends one that is not here."""
    reports = [report for report in (one.before, one.report) if report]
    ids = {row.filing_id for report in reports for row in report.movements}
    for aside in known.ledgers[one.position].aside:
        if aside.why != "superseded" or aside.by not in ids:
            continue
        for cell in aside.changes:
            if cell.field not in CELLS:
                continue
            x, y = cell.before, cell.after
            exact = isinstance(x, Decimal) and isinstance(y, Decimal) and abs(y - x) == abs(one.amount)
            sentence = (
                f"An amendment changed the {cell.field.replace('_', ' ')} of {row_words(aside.path)} from "
                f"{cell_words(x)} to {cell_words(y)}; the other filing may count on the old figure."
            )
            yield Cause("amendment", 88 if exact else 55, sentence, aside.by, aside.by_path)
    for filing_id in sorted(ids):
        done = known.amendments.get(filing_id)
        if done and done.original is None:
            sentence = "One of the two filings is an amendment whose original is missing, with the rows it left alone."
            yield Cause("amendment", 65, sentence, filing_id)


def footnote(one: Break, known: Known) -> Iterator[Cause]:
    """A footnote of the later filing names the amount, or speaks of a plan whose purchases need no report.

    Purchases under tax-conditioned plans are exempt by Rule 16b-3(c) and not reported (Rule 16a-3(f)(1)(i)(B)),
    nor are reinvested dividends (Rule 16a-11); they only enter the balance.
    """
    filing = known.filings.get(one.report.filing_id)
    if filing is None:
        return
    rows = dict(filing.rows())
    marks = {
        mark
        for movement in one.report.movements
        if movement.filing_id == one.report.filing_id and movement.path in rows
        for found in rows[movement.path].footnotes.values()
        for mark in found
    }
    for mark in sorted(marks):
        text = filing.footnotes.get(mark, "")
        plan = _PLAN.search(text)
        parts = _parts(text, abs(one.amount))
        if parts:
            total = " + ".join(figure(part) for part in parts)
            sentence = f"Footnote {mark} gives {total} shares, exactly the amount: “{_cut(text)}”"
            yield Cause("plan purchase" if plan else "footnote", 96, sentence, one.report.filing_id, one.path)
        elif plan:
            sentence = f"Footnote {mark} speaks of a plan, which may be part of the amount: “{_cut(text)}”"
            yield Cause("plan purchase", 58, sentence, one.report.filing_id, one.path)


def plan_purchase(one: Break, known: Known) -> Iterator[Cause]:
    """A small increase, as of plans and reinvested dividends, which need no report (Rules 16b-3(c), 16a-11)."""
    if one.amount <= 0 or one.position.derivative:
        return
    words = f"{one.position.line} {one.position.security}"
    if _PLAN.search(words) or "401" in words:
        sentence = f"The holding is in a plan, whose purchases need no report; {_amount(one)} may be such."
        yield Cause("plan purchase", 80, sentence)
    elif one.amount <= one.held * SMALL:
        part = one.amount % 1 != 0
        sentence = (
            f"{_amount(one)} {'with a part of a share ' if part else ''}on {figure(one.held)} may be purchases under a "
            "plan or reinvested dividends, which need no report."
        )
        yield Cause("plan purchase", 66 if part else 40, sentence)


def misread(one: Break, known: Known) -> Iterator[Cause]:
    """A cell of one of the rows is doubtful, or the amount is what a slip in one cell would make."""
    reports = [report for report in (one.before, one.report) if report]
    rows = {(row.filing_id, row.path) for report in reports for row in report.movements}
    for filing_id in sorted({filing_id for filing_id, _ in rows}):
        filing = known.filings.get(filing_id)
        for finding in filing.findings if filing else ():
            path, _, cell = finding.where.rpartition(".")
            if (filing_id, path) in rows and cell in CELLS and finding.severity != "note":
                sentence = f"{capital(row_words(path))} may be misread: {finding.message}"
                yield Cause("misread cell", 70, sentence, filing_id, finding.where)
    for movement in one.report.movements:
        yield from _slips(one, movement)


def _slips(one: Break, row: Movement) -> Iterator[Cause]:
    change, at = row.change, f"{row.path}.shares_owned_following"
    if change and one.amount == -2 * change:
        sentence = (
            f"The amount is twice the {figure(abs(change))} of {row_words(row.path)}: acquired and disposed of may be "
            "exchanged there."
        )
        yield Cause("misread cell", 84, sentence, row.filing_id, f"{row.path}.acquired_disposed_code")
    if change and one.amount == -change and row.stated:
        sentence = (
            f"{capital(row_words(row.path))} may give the balance before its transaction of "
            f"{figure(abs(change))}, not after it."
        )
        yield Cause("misread cell", 82, sentence, row.filing_id, at)
    if row.stated is not None and _digits_apart(row.stated - one.amount, row.stated):
        sentence = (
            f"The balance of {row_words(row.path)} reads {figure(row.stated)} where {figure(row.stated - one.amount)} "
            "would fit: one digit, or two exchanged, may be misread."
        )
        yield Cause("misread cell", 74, sentence, row.filing_id, at)


def missing_filing(one: Break, known: Known) -> Iterator[Cause]:
    """Trades in between were reported in a filing that is not in the library."""
    if one.before is None:
        return
    days = (one.until - one.since).days
    span = f"{days:,} day{'' if days == 1 else 's'}"
    sentence = (
        f"A filing between {spoken_day(one.since)} and {spoken_day(one.until)} ({span}) may be missing: it would report "
        f"{_amount(one)} {'acquired' if one.amount > 0 else 'disposed of'} on balance."
    )
    yield Cause("missing filing", 60 if days > LONG_GAP else 35, sentence, one.report.filing_id)


LOOKS: Final[tuple[Callable[[Break, Known], Iterator[Cause]], ...]] = (
    split,
    move,
    amendment,
    footnote,
    plan_purchase,
    misread,
    missing_filing,
)


def _parts(text: str, wanted: Decimal) -> tuple[Decimal, ...]:
    """The numbers of a text, one or up to four together, that make the amount; none where none do."""
    numbers = [Decimal(found.replace(",", "")) for found in _NUMBER.findall(text)]
    numbers = [number for number in dict.fromkeys(numbers) if 0 < number <= wanted][:MOST_NUMBERS]
    for count in range(1, 5):
        for some in combinations(numbers, count):
            if sum(some) == wanted:
                return some
    return ()


def _digits_apart(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts are written alike but for one digit, one digit more, or two neighbours exchanged."""
    x, y = (f"{abs(value):f}" for value in (a, b))
    if a < 0 or b < 0 or x == y or min(len(x), len(y)) < 3:
        return False
    if len(x) == len(y):
        apart = [n for n in range(len(x)) if x[n] != y[n]]
        exchanged = (
            len(apart) == 2
            and apart[1] == apart[0] + 1
            and x[apart[0]] == y[apart[1]]
            and x[apart[1]] == y[apart[0]]
        )
        return len(apart) == 1 or exchanged
    short, long = sorted((x, y), key=len)
    return len(long) == len(short) + 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _fraction(ratio: Fraction) -> str:
    return str(ratio.numerator) if ratio.denominator == 1 else f"{ratio.numerator}/{ratio.denominator}"


def _amount(one: Break) -> str:
    return f"{'$' if one.position.unit == 'dollars' else ''}{figure(abs(one.amount))}" + (
        " shares" if one.position.unit == "shares" else ""
    )


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−'}{figure(abs(value))}"


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1]}…"
