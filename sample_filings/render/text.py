"""A record as a text dump of EDGAR's page: one character grid, columns held apart by spaces.

The geometry is that of a page turned to text with its layout kept: boxes side by side, headings from the top of
their cells, a row's short cells half-way down its tall ones.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sample_filings.render.form import (
    COMPANY_ACT,
    COPIES,
    CRIMINAL,
    EXCHANGE_ACT,
    EXIT_BOX,
    NONE_OWNED,
    NOTICE,
    OMB_NUMBERS,
    OMB_WARNING,
    PERIODS,
    REMINDER,
    TEN_B_FIVE,
    TITLES,
    Cell,
    Record,
    Table,
    edgar_date,
    form_number,
    roles,
    tables_of,
)

WIDTH = 212
GAP = 2

# characters a column, gap included
_WIDTHS = {
    11: (58, 18, 18, 10, 6, 16, 9, 16, 20, 16, 20),
    16: (17, 14, 18, 18, 9, 6, 14, 14, 14, 14, 15, 14, 13, 16, 12, 16),
    10: (58, 18, 18, 14, 16, 9, 16, 20, 16, 20),
    15: (17, 14, 18, 18, 14, 14, 14, 14, 14, 15, 14, 13, 16, 12, 16),
    4: (90, 40, 30, 40),
    8: (50, 16, 16, 30, 20, 16, 16, 30),
}


def render(record: Record) -> bytes:
    """The whole dump."""
    lines = [f"SEC Form {form_number(record)}", *_masthead(record), "", *_boxes(record), ""]
    for table in tables_of(record):
        lines += [*_table(table), ""]
    for owner in record["reporting_owners"][1:]:
        lines += [*_name_box(owner), ""]
    lines += _foot(record)
    lines += ["", NOTICE]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=True, break_on_hyphens=False)


def _beside(*blocks: tuple[int, Sequence[str]]) -> list[str]:
    """Blocks of lines side by side, each from its own column on."""
    height = max(len(lines) for _, lines in blocks)
    joined = []
    for number in range(height):
        line = ""
        for start, lines in blocks:
            if number < len(lines) and lines[number]:
                line = line.ljust(start) + lines[number]
        joined.append(line)
    return joined


def _masthead(record: Record) -> list[str]:
    """Form number and check boxes, title, OMB box."""
    form = form_number(record)
    left = [f"         FORM {form}"]
    if form != "3":
        boxes = [(record["not_subject_to_section16"], EXIT_BOX)]
        if record["aff10b5_one"] is not None:
            boxes.append((record["aff10b5_one"], TEN_B_FIVE))
        for ticked, words in boxes:
            wrapped = [f"     {line}" for line in _wrapped(words, 40)]
            if ticked:
                wrapped[len(wrapped) // 2] = "X" + wrapped[len(wrapped) // 2][1:]
            left += [*wrapped, ""]
    middle = [
        "UNITED STATES SECURITIES AND EXCHANGE COMMISSION",
        "Washington, D.C. 20549",
        "",
        TITLES[form],
        "",
        EXCHANGE_ACT,
        COMPANY_ACT,
    ]
    right = [
        "     OMB APPROVAL",
        f"OMB Number:          {OMB_NUMBERS[form]}",
        "Estimated average burden",
        "hours per response:        0.5",
    ]
    return _beside((0, left), (62, [line.center(90) for line in middle]), (180, right))


def _boxes(record: Record) -> list[str]:
    """Boxes 1 to 6, three blocks side by side."""
    owner, issuer = record["reporting_owners"][0], record["issuer"]
    form_3 = form_number(record) == "3"
    left = _name_box(owner)
    several = len(record["reporting_owners"]) > 1
    name = f" {issuer['name']} [ {issuer['symbol']} ]"
    date = " " + edgar_date(record["period_of_report"])
    original = " " + edgar_date(record["date_of_original_submission"])
    roles_box = _relationship(owner, 4 if form_3 else 5)
    filed = [
        "6. Individual or Joint/Group Filing (Check Applicable Line)",
        f" {' ' if several else 'X'}     Form filed by One Reporting Person",
        f" {'X' if several else ' '}     Form filed by More than One Reporting Person",
    ]
    if form_3:
        event = ["2. Date of Event", "Requiring Statement", "(Month/Day/Year)", date]
        title = ["3. Issuer Name and Ticker or Trading Symbol", name, ""]
        amendment = ["5. If Amendment, Date of Original", "Filed (Month/Day/Year)", original, ""]
        return _beside(
            (0, left), (71, event), (96, [*title, *roles_box]), (164, ["", "", "", *amendment, "", *filed])
        )
    middle = [
        "2. Issuer Name and Ticker or Trading Symbol",
        "",
        name,
        "",
        "",
        "3. " + PERIODS.get(form_number(record), "") + " (Month/Day/Year)",
        date,
        "",
        "4. If Amendment, Date of Original Filed (Month/Day/Year)",
        original,
    ]
    return _beside((0, left), (71, middle), (148, [*roles_box, "", *filed]))


def _name_box(owner: Record) -> list[str]:
    """Box 1: an owner's name and address."""
    return [
        "1. Name and Address of Reporting Person*",
        "",
        f" {owner['name']}",
        "",
        "",
        _three("(Last)", "(First)", "(Middle)"),
        "",
        *(f" {street}" for street in (owner["street1"], owner["street2"]) if street),
        "",
        "(Street)",
        _three(owner["city"], owner["state"], owner["zip_code"]),
        "",
        _three("(City)", "(State)", "(Zip)"),
    ]


def _three(*texts: str | None) -> str:
    return (" " + "".join((text or "").ljust(22) for text in texts)).rstrip()


def _relationship(owner: Record, number: int) -> list[str]:
    director, ten, officer, other = ("X" if role else " " for role in roles(owner))
    title = [f"       {line}" for line in _wrapped(owner["officer_title"] or "", 24)]
    return [
        f"{number}. Relationship of Reporting Person(s) to Issuer",
        "(Check all applicable)",
        f" {director}     Director                 {ten}     10% Owner",
        "       Officer (give title            Other (specify",
        f" {officer}     below)                   {other}     below)",
        *title,
    ]


def _table(table: Table) -> list[str]:
    """Title, heading and rows of a table."""
    widths = _WIDTHS[len(table.columns)]
    starts = [sum(widths[:column]) for column in range(len(widths) + 1)]
    lines = [line.center(WIDTH) for line in table.title]
    lines += _heading(table, starts)
    for row in table.rows:
        wrapped = [_wrapped(_shown(cell), width - GAP) for cell, width in zip(row, widths, strict=True)]
        tall = max(len(cell) for cell in wrapped) > 1
        middle = max(len(cell) for cell in wrapped) // 2
        blocks = []
        for column, (start, width, cell) in enumerate(zip(starts, widths, wrapped, strict=False)):
            left = column == 0 or table.columns[column] == "nature"
            shown = cell if left else [line.center(width - GAP).rstrip() for line in cell]
            blocks.append((start, _around(shown, middle)))
        drawn = _beside(*blocks)
        lines += ["", *drawn, ""] if tall else drawn
    return lines


def _around(lines: list[str], middle: int) -> list[str]:
    """A cell's lines with their centre at the middle line of the row, which an even number of lines leaves empty."""
    half = len(lines) // 2
    between = [] if len(lines) % 2 else [""]
    return [""] * (middle - half) + lines[:half] + between + lines[half:]


def _heading(table: Table, starts: list[int]) -> list[str]:
    """The heading: every cell from the top, lower cells below the tallest one that spans them."""
    upper = {}
    for heading in table.headings:
        width = starts[heading.column + heading.columns] - starts[heading.column] - GAP
        upper[heading] = _wrapped(heading.text, width)
    drop = max(
        (len(lines) for heading, lines in upper.items() if heading.row == 0 and heading.rows == 1), default=0
    )
    columns: dict[int, list[str]] = {}
    for heading, lines in upper.items():
        block = columns.setdefault(heading.column, [])
        if heading.row == 1:
            block += [""] * (drop + 1 - len(block))
        block += lines
    return _beside(*((starts[column], lines) for column, lines in sorted(columns.items())))


def _shown(cell: Cell) -> str:
    return cell.text + "".join(f"({mark})" for mark in cell.marks)


def _foot(record: Record) -> list[str]:
    """Footnotes, remarks, signatures and the printed reminders."""
    lines = ["Explanation of Responses:"]
    for mark, sentence in record["footnotes"].items():
        lines += _wrapped(f"{mark[1:]}. {sentence}", 200)
    if record["remarks"]:
        lines += ["Remarks:", *_wrapped(record["remarks"], 200)]
    if record["no_securities_owned"]:
        lines.append(NONE_OWNED)
    for signature in record["signatures"]:
        name = _wrapped(signature["name"], 42)
        date = [""] * ((len(name) - 1) // 2) + [edgar_date(signature["date"])]
        lines += ["", *_beside((124, name), (170, date))]
    lines += _beside((124, ["** Signature of Reporting Person"]), (170, ["Date"]))
    instruction = "5 (b)(v)" if form_number(record) == "3" else "4 (b)(v)"
    return [
        *lines,
        REMINDER,
        f"* If the form is filed by more than one reporting person, see Instruction {instruction}.",
        CRIMINAL,
        COPIES,
        OMB_WARNING,
    ]
