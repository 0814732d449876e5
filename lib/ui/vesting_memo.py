"""A scenario as a memo of a page or two: the answer, its figures with clauses, assumptions and open readings.

Plain HTML without scripts, pictures or links to elsewhere, to be printed or saved as a PDF from the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from lib.charts.look import day
from lib.filings.words import days_as_read
from lib.plans.clocks import clocks
from lib.ui.vesting_clauses import by_clause
from lib.ui.vesting_numbers import numbers
from lib.ui.vesting_outcome import Outcome, inputs_in_words
from lib.ui.vesting_pins import Pinned
from lib.ui.vesting_workbook import NOT_ADVICE

STYLE: Final = """
@page { margin: 13mm }
@media print { body { margin: 0; padding: 0; max-width: none } }
body { font: 10pt/1.35 Georgia, 'Times New Roman', serif; color: #1b1a17; max-width: 54em; margin: 2.5em auto; padding: 0 1.5em }
h1 { font-size: 1.55em; line-height: 1.25; margin: .2em 0 .4em } h2 { font-size: 1.1em; margin: 1.1em 0 .3em }
.kind { letter-spacing: .06em; color: #6b665c; margin: 0 }
table { border-collapse: collapse; width: 100%; font: 8.5pt/1.3 'Helvetica Neue', Arial, sans-serif; break-inside: avoid }
th, td { text-align: left; vertical-align: top; padding: .2em .8em .2em 0; border-bottom: 1px solid #e4dfd4 }
th { font-weight: 600 } td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
li { margin: .25em 0 } .small { color: #6b665c; font-size: .88em; overflow-wrap: anywhere }
"""


def memo(found: Outcome, pinned: Sequence[Pinned], link: str) -> bytes:
    """The memo as one HTML file."""
    parts = [
        f'<p class="kind">Vesting memo: {escape(found.terms.company)}, {escape(found.terms.title)}</p>',
        f"<h1>{escape(found.title)}</h1>",
        f"<p>As of {day(found.result.as_of)}, by the plan's rules in effect on that day.</p>",
        _figures(found),
        *_grants(found),
        *_pinned(pinned),
        "<h2>What the figures rest on</h2>",
        _table(
            ("Figures", "What the plan says", "Clause"),
            (
                (", ".join(names), text, clause)
                for (clause, text), names in by_clause(found.state.citations, found.units).items()
            ),
        ),
        *_to_know(found),
        "<h2>Assumptions</h2>",
        _table(("Input", "Taken as"), _assumptions(found)),
        *_open_readings(found),
        f'<p class="small">{escape(NOT_ADVICE)} No taxes, no fees, no transfer; shares in units after splits.</p>',
        f'<p class="small">This view: {escape(link)}</p>',
    ]
    title = escape(found.title)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )
    return page.encode()


def _figures(found: Outcome) -> str:
    listed = numbers(found.state, found.value, found.left, found.units, priced=found.priced)
    rows = "".join(
        f'<tr><td>{escape(one.name)}</td><td class="n">{escape(one.value)}</td><td>{escape(one.below)}</td></tr>'
        for one in listed
    )
    return f"<table>{rows}</table>"


def _grants(found: Outcome) -> Iterable[str]:
    if len(found.result.grants) < 2:
        return
    lives = {clock.id: clock.life_ends for clock in clocks(found.terms, found.scenario)}
    yield "<h2>Grants</h2>"
    yield _table(
        ("Grant", "Shares", "Exercisable", "Forfeited", "Last day", "Longest life"),
        (
            (
                f"{state.rule.replace('_', ' ')} of {day(state.date)}",
                f"{state.shares:,}",
                f"{state.holding.exercisable:,}",
                f"{state.holding.forfeited:,}",
                day(state.last_day.date) if state.last_day else "none",
                day(lives[state.id]) if state.id in lives else "",
            )
            for state in found.result.grants
        ),
        numbers={1, 2, 3},
    )


def _pinned(pinned: Sequence[Pinned]) -> Iterable[str]:
    if len(pinned) < 2:
        return
    yield "<h2>Scenarios side by side</h2>"
    told = [
        {n.name: n.value for n in numbers(p.found.state, p.found.value, p.found.left, p.found.units)}
        for p in pinned
    ]
    names = list(dict.fromkeys(name for figures in told for name in figures))
    yield _table(
        ("", *(f"{number}. {one.label}" for number, one in enumerate(pinned, start=1))),
        ((name, *(figures.get(name, "") for figures in told)) for name in names),
    )


def _to_know(found: Outcome) -> Iterable[str]:
    if found.result.findings:
        yield "<h2>What to know</h2><ul>"
        yield from (f"<li>{escape(days_as_read(one.message))}</li>" for one in found.result.findings)
        yield "</ul>"


def _assumptions(found: Outcome) -> Iterable[Sequence[str]]:
    price = None if found.share_price is None else str(found.share_price)
    for name, value in inputs_in_words(found.scenario, found.terms, price).items():
        if not name.startswith("Reading: "):
            yield name, value


def _open_readings(found: Outcome) -> Iterable[str]:
    """Every disputed text: what was chosen, by which clause, and what else it could mean."""
    readings = found.terms.readings
    if not readings:
        return
    yield "<h2>Open readings</h2><p>Where the text can be read in more than one way, this memo takes:</p>"
    rows = []
    for name, reading in readings.items():
        chosen = found.scenario.readings.get(name, reading.default)
        taken = next(option for option in reading.options if option.name == chosen)
        others = "; ".join(f"{one.text} (§ {one.clause})" for one in reading.options if one.name != chosen)
        rows.append((reading.question, f"{taken.text} (§ {taken.clause})", others))
    yield _table(("Question", "Taken", "Could also mean"), rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    right = set(numbers)
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="n">{escape(cell)}</td>' if column in right else f"<td>{escape(cell)}</td>"
            for column, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"
