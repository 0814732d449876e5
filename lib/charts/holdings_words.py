"""The holdings chart in words: its title, its text for those who do not see it, its names and hovers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from lib.charts.look import amount, day, signed
from lib.charts.measures import Measure, largest
from lib.filings.codes import TRANSACTION_CODES
from lib.holdings.ledger import Ledger, Movement, Position, Report, unexplained_reports
from lib.holdings.words import row_words

MOST_LINES_IN_ALT = 20


def line_names(positions: Sequence[Position]) -> list[str]:
    """Short names that tell the positions apart: the ownership line, and what else differs among them."""
    several_owners = len({p.owner for p in positions}) > 1
    several_securities = len({(p.security, p.exercise_price, p.expiration) for p in positions}) > 1
    several_lines = len({p.line for p in positions}) > 1
    names = []
    for p in positions:
        parts = [short_owner(p.owner)] if several_owners else []
        if several_securities:
            terms = f" at {amount(p.exercise_price)}" if p.exercise_price is not None else ""
            parts.append(f"{p.security}{terms}")
        if several_lines or not parts:
            parts.append(p.line)
        names.append(" · ".join(parts))
    return names


def short_owner(owner: str) -> str:
    """Joint owners as the first and how many more: ``Beck Peter and 4 others``."""
    first, *others = owner.split("; ")
    if not others:
        return first
    return f"{first} and {len(others)} other{'s' if len(others) > 1 else ''}"


def holdings_title(ledgers: Sequence[Ledger]) -> str:
    """The takeaway: the largest unexplained change, else where the one line went, else what is shown."""
    breaks = unexplained_reports(ledgers)
    if breaks:
        return _break_in_words(ledgers, *breaks[0])
    if len(ledgers) == 1:
        stated = [(r.date, r.closing) for r in ledgers[0].reports if r.closing is not None]
        if len(stated) > 1:
            (first_day, first), (last_day, last) = stated[0], stated[-1]
            return (
                f"{holding_of(ledgers[0].position)} went from {amount(first)} to {amount(last)} shares, "
                f"{day(first_day)} to {day(last_day)}, every change reported"
            )
    reports = sum(len(one.reports) for one in ledgers)
    return f"{_count(len(ledgers), 'position')}, {_count(reports, 'report')}, nothing unexplained"


def measured_title(ledgers: Sequence[Ledger], measure: Measure) -> str:
    """The takeaway in what is measured, where there is one line; else that of the shares."""
    if len(ledgers) == 1 and measure.unit != "shares":
        (one,) = ledgers
        stated = [(r.date, r.closing) for r in one.reports if r.closing is not None]
        holding = holding_of(one.position)
        if stated and measure.unit == "percent" and largest(one):
            (last_day, last), most = stated[-1], largest(one)
            return f"{holding} stood at {last / most:.0%} of its largest, {amount(most)} shares, on {day(last_day)}".replace(
                "%", " %"
            )
        scale = measure.scale(one)
        worth = [(at, value) for at, level in stated if (value := scale(at, level)) is not None]
        if worth and measure.unit == "value":
            before = f", ${worth[0][1]:,.0f} on {day(worth[0][0])}" if len(worth) > 1 else ""
            return f"{holding} was worth ${worth[-1][1]:,.0f} on {day(worth[-1][0])}{before}"
    return holdings_title(ledgers)


def holdings_alt(ledgers: Sequence[Ledger]) -> str:
    """The chart in sentences: the takeaway, then where each line starts and ends."""
    sentences = [f"{holdings_title(ledgers)}."]
    for one, name in zip(ledgers, line_names([one.position for one in ledgers]), strict=True):
        stated = [(r.date, r.closing) for r in one.reports if r.closing is not None]
        if stated:
            (first_day, first), (last_day, last) = stated[0], stated[-1]
            start = "" if len(stated) == 1 else f"{amount(first)} on {day(first_day)}, "
            sentences.append(f"{name}: {start}{amount(last)} on {day(last_day)}.")
    return " ".join(sentences[: 1 + MOST_LINES_IN_ALT])


def movement_in_words(
    name: str, report: Report, movement: Movement, level: Decimal, worth: float | None = None
) -> str:
    """A mark's hover: line, day, what happened, and the form. Escaped, for Plotly reads tags.

    ``worth`` is what is held at the close of the day, where it is drawn.
    """
    held = f"{amount(level)} shares held" + (f" (${worth:,.0f} at the close)" if worth is not None else "")
    if movement.change:
        what = "acquired" if movement.change > 0 else "disposed of"
        price = _price_in_words(movement)
        meaning = TRANSACTION_CODES.get(movement.code or "", "")
        code = f"<br>{escape(f'{movement.code}: {meaning}')}" if meaning else ""
        text = f"{amount(abs(movement.change))} shares {what}{price}, {held} after{code}"
    else:
        text = f"{held}, no transaction reported"
    when = day(movement.date or report.date)
    row = f", {row_words(movement.path)}" if "[" in movement.path else ""
    return f"<b>{escape(name)}</b>, {when}<br>{text}<br>Form {escape(report.form or 'unknown')}{row}"


def _price_in_words(movement: Movement) -> str:
    """`` at $17.56 ($140,480 in all)``; a weighted average with the range that its footnote gives."""
    if not movement.price:
        return ""
    span = movement.price_range
    price = f" at ${amount(movement.price)}"
    if span:
        price += f" on average, from ${amount(span.low)} to ${amount(span.high)} by footnote {escape(span.footnote)}"
    return f"{price} (${movement.price * abs(movement.change or Decimal(0)):,.0f} in all)"


def _break_in_words(ledgers: Sequence[Ledger], position: Position, report: Report) -> str:
    lost = report.unexplained or Decimal(0)
    before = (report.opening or Decimal(0)) - lost
    owner = f"{short_owner(position.owner)}: " if len({one.position.owner for one in ledgers}) > 1 else ""
    start = f"{owner}{holding_of(position)}"
    if not lost:
        return f"{start}: {signed(report.inside)} shares unexplained among the rows of one filing"
    if before <= 0:
        return f"{start}: {signed(lost)} shares unexplained"
    verb = "fell" if lost < 0 else "rose"
    if lost > before or abs(lost) * 200 < before:
        moved = f"{verb} from {amount(before)} to {amount(before + lost)}"
    else:
        moved = f"{verb} {abs(lost) / before:.0%}".replace("%", " %")
    return f"{start} {moved} between two filings; {amount(abs(lost))} shares unexplained"


def holding_of(position: Position) -> str:
    """An ownership line as the subject of a sentence."""
    if position.direct:
        return "Direct holding"
    line = position.line
    return f"Holding {line[0].lower()}{line[1:]}" if line.lower().startswith("by ") else f"Holding ({line})"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
