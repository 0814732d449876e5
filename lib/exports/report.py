"""A report fit to print and send: what it says, whatever it is written as, and its writing as a page of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

FOOT: Final = "What the filed documents say is what counts."


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a table: its head, the head at length, and whether it holds numbers."""

    head: str
    at_length: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows under a title; each row has a text for each column. ``note`` stands below, smaller."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportList:
    """Paragraphs under a title, each after its mark, such as a footnote's number; the mark may be empty."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A line of the picture: its name and its levels, each from a day on until the next.

    ``breaks`` are the places of levels before which something changed that no filing explains.
    """

    name: str
    levels: tuple[tuple[date, Decimal], ...]
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says, as plain words: whatever writes it escapes them.

    ``facts`` are pairs of name and value, ``lines`` the picture's, where it has one, and ``source`` is what
    it was made from.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[ReportTable | ReportList, ...]
    source: str
    lines: tuple[Steps, ...] = ()
    alt: str = ""


def report_html(report: Report) -> bytes:
    """The report as a page of HTML that needs nothing else and prints well."""
    from jinja2 import Environment, PackageLoader

    from lib.exports.steps_drawing import steps_svg

    environment = Environment(
        loader=PackageLoader("lib.exports"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    picture = steps_svg(report.lines) if report.lines else ""
    page = environment.get_template("report.html").render(report=report, picture=picture, foot=FOOT)
    return page.encode()


def without_empty_columns(
    columns: Sequence[ReportColumn], rows: Sequence[Sequence[str]]
) -> tuple[tuple[ReportColumn, ...], tuple[tuple[str, ...], ...]]:
    """The columns in which some row says something, and the rows with these only."""
    used = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    return tuple(columns[n] for n in used), tuple(tuple(row[n] for n in used) for row in rows)
