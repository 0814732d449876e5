"""The form as filers typed it before ownership XML: plain ASCII, its tables drawn with bars.

Electronic Forms 3, 4 and 5 of 1996 to 2003 are text documents of full submissions. Boxes are numbered
labels with their answers below; a table's cells stand between ``|``, go on over several lines, and end at a
ruled line. Such a form gives a month or a written date where the later form has a day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from lib.filings.errors import NotAFiling
from lib.filings.form import Table, Text, city_state_zip, marked
from lib.filings.printed import Printed, PrintedOwner, assemble
from lib.filings.record import Filing, Finding, Source
from lib.filings.values import month_day_year

_BOX: Final = re.compile(
    r"\s*\d{1,2}\.\s*(Name and Address|Issuer Name|I\.?R\.?S|Statement for|Date of Event|If Amendment|Relationship|Individual)",
    re.IGNORECASE,
)
_TABLE: Final = re.compile(r"\s*TABLE\s+(I{1,2})\s*[-–—]", re.IGNORECASE)
_FORM: Final = re.compile(r"^\s*FORM\s+([345])\b", re.IGNORECASE | re.MULTILINE)
_RULED: Final = re.compile(r"[\s|]*[-_=](?:[\s|]*[-_=]){9,}[\s|]*")
_TICK: Final = re.compile(r"[(\[]\s*([Xx]?)\s*[)\]]\s*(Director|10%\s*Owner|Officer|Other)")
_NOTE: Final = re.compile(r"\s*\(?(\d{1,2})[.)]\s+(.*)")
_WRITTEN: Final = re.compile(r"([A-Z][a-z]+)\.?\s+(\d{1,2}),?\s*(\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})/(\d{2}|\d{4})")
_MONTHS: Final = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_ROLES: Final = {
    "director": "is_director",
    "10%owner": "is_ten_percent_owner",
    "officer": "is_officer",
    "other": "is_other",
}
_COLUMNS_I: Final = (
    "security_title",
    "transaction_date",
    "transaction_code",
    "v",
    "transaction_amount",
    "acquired_disposed_code",
    "transaction_price_per_share",
    "owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)
_COLUMNS_II: Final = (
    "security_title",
    "conversion_or_exercise_price",
    "transaction_date",
    "transaction_code",
    "v",
    "transaction_amount",
    "acquired_disposed_code",
    "exercise_date",
    "expiration_date",
    "underlying_security_title",
    "underlying_amount",
    "transaction_price_per_share",
    "owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)

Line = tuple[int, str]


def is_ascii_form(text: str) -> bool:
    """Whether a text is a form with tables drawn in bars."""
    return bool(
        _FORM.search(text) and re.search(r"Name and Address of Reporting Person", text, re.IGNORECASE)
    ) and any(line.count("|") >= 6 for line in text.splitlines())


def read_ascii_form(name: str, text: str, first_line: int = 1) -> Filing:
    """The filing in such a text, which starts at ``first_line`` of its document. Raises ``UnreadableFiling``."""
    found = _FORM.search(text)
    if not found or not is_ascii_form(text):
        raise NotAFiling(name, "is a text, but not that of a Form 3, 4 or 5", "Drop in the form itself")
    printed = Printed("text", form=found[1])
    lines = list(enumerate(text.splitlines(), first_line))
    for label, answer in _boxes(lines):
        _box(label.lower(), answer, printed)
    for table, rows in _tables(lines):
        _rows(table, rows, printed)
    _foot(lines, printed)
    return assemble(name, printed)


def _place(line: Line) -> Source:
    number, text = line
    return Source(line=number, start=len(text) - len(text.lstrip()), end=len(text.rstrip()))


def _text(line: Line) -> Text:
    return Text(line[1].strip(), source=_place(line))


def _boxes(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Each numbered label with the filled lines below it, up to the next label or the first table."""
    label, answer = "", list[Line]()
    for line in lines:
        found = _BOX.match(line[1])
        ends = found or _TABLE.match(line[1]) or line[1].strip() == "<TABLE>"
        if ends and label:
            yield label, answer
            label = ""
        if found:
            label, answer = found[1], [(line[0], line[1][found.end() :])] if "elationship" in found[1] else []
        elif label and line[1].strip():
            answer.append(line)


def _box(label: str, answer: list[Line], printed: Printed) -> None:
    if not answer:
        return
    if label.startswith("name"):
        printed.owners.append(_owner(answer))
    elif label.startswith("issuer"):
        printed.issuer_name = _text(answer[0])
        if len(answer) > 1:
            printed.issuer_symbol = _text(answer[-1])
    elif label.startswith(("statement", "date of event")):
        _period(answer[0], printed)
    elif label.startswith("relationship") and printed.owners:
        for line in answer:
            for tick, role in _TICK.findall(line[1]):
                if tick:
                    printed.owners[0].roles[_ROLES[re.sub(r"\s", "", role).lower()]] = Text(
                        "X", source=_place(line)
                    )


def _owner(answer: list[Line]) -> PrintedOwner:
    owner = PrintedOwner(name=_text(answer[0]))
    at = next((n for n, line in enumerate(answer) if n and all(city_state_zip(line[1].strip())[1:])), None)
    owner.streets = [_text(line) for line in answer[1:at]]
    if at is not None:
        city, state, zip_code = city_state_zip(answer[at][1].strip())
        place = _place(answer[at])
        owner.city, owner.state = Text(city or "", source=place), Text(state or "", source=place)
        owner.zip_code = Text(zip_code or "", source=place)
    return owner


def _period(line: Line, printed: Printed) -> None:
    """The day that stands there, or the last day of the month that stands there, with a finding."""
    said = line[1].strip()
    found = written_date(said)
    month = _MONTH.fullmatch(said)
    if not found and month and 1 <= int(month[1]) <= 12:
        year = (
            int(month[2]) if len(month[2]) == 4 else 1900 + int(month[2]) + (100 if int(month[2]) < 80 else 0)
        )
        found = date(year, int(month[1]), calendar.monthrange(year, int(month[1]))[1])
        message = f"The form gives the month “{said}”; its last day stands for it."
        printed.findings.append(Finding("note", "period_of_report", message, "ascii.month"))
    printed.period = Text(found.strftime("%m/%d/%Y") if found else said, source=_place(line))


def written_date(text: str) -> date | None:
    """A day as ``02/29/2000`` or ``February 29, 2000``."""
    found = _WRITTEN.search(text)
    if found and found[1].lower() in _MONTHS:
        try:
            return date(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
        except ValueError:
            return None
    return month_day_year(text)


def _tables(lines: list[Line]) -> Iterator[tuple[Table, list[list[Line]]]]:
    """Each table with its rows, each the lines between two ruled ones; the head's rows are passed over."""
    table: Table | None = None
    rows: list[list[Line]] = [[]]
    for line in lines:
        found = _TABLE.match(line[1])
        if found or re.match(r"\s*(?:</TABLE>|Explanation of Responses)", line[1], re.IGNORECASE):
            if table:
                yield table, rows
            table = ("derivative" if len(found[1]) == 2 else "non_derivative") if found else None
            rows = [[]]
        elif _RULED.fullmatch(line[1]):
            rows.append([])
        elif "|" in line[1] and "<S>" not in line[1]:
            rows[-1].append(line)
    if table:
        yield table, rows


def _rows(table: Table, rows: list[list[Line]], printed: Printed) -> None:
    names = _COLUMNS_II if table == "derivative" else _COLUMNS_I
    for row in rows:
        cells = _cells(row, len(names))
        head = cells and re.match(r"1\.\s*Title", cells[0].text)
        if cells and not head and any(cell.text for cell in cells):
            printed.rows.append((table, dict(zip(names, cells, strict=True))))


def _cells(row: list[Line], count: int) -> list[Text]:
    """The cells of a row: what stands above each other between the same bars. Empty if it has other columns.

    A piece that fills its cell to the bar goes on in the next line without a space.
    """
    pieces: list[list[tuple[Line, int, str]]] = [[] for _ in range(count)]
    for line in row:
        parts = line[1].rstrip().rstrip("|").split("|")
        if len(parts) != count:
            return []
        at = 0
        for cell, part in zip(pieces, parts, strict=True):
            if part.strip():
                cell.append((line, at, part))
            at += len(part) + 1
    return [_joined(cell) for cell in pieces]


def _joined(pieces: list[tuple[Line, int, str]]) -> Text:
    if not pieces:
        return Text("")
    words = ""
    for _, _, part in pieces:
        words += part if not words or not words[-1].isspace() else " " + part.strip()
    (number, _), at, part = pieces[0]
    start = at + len(part) - len(part.lstrip())
    cell = marked(words.strip(), Source(line=number, start=start, end=at + len(part.rstrip())))
    return Text("", cell.marks, cell.source) if cell.text in {"-", "--"} else cell


def _foot(lines: list[Line], printed: Printed) -> None:
    """Footnotes below "Explanation of Responses", then the signature and its date."""
    part, number, signer = "", 0, Text("")
    notes: dict[int, list[Line]] = {}
    for line in lines:
        said = line[1].strip()
        lower = said.lower()
        if lower.startswith("explanation of responses"):
            part = "notes"
        elif "signature of reporting person" in lower:
            part = "signature"
        elif part == "signature" and lower == "date":
            part = "date"
        elif part == "notes" and (found := _NOTE.match(line[1])):
            number = int(found[1])
            notes[number] = [(line[0], found[2])]
        elif part == "notes" and said and number:
            notes[number].append(line)
        elif part == "signature" and said and not said.startswith("<"):
            signer = Text(" ".join(said.split()), source=_place(line))
        elif part == "date" and said:
            day = written_date(said)
            printed.signatures.append(
                (signer, Text(day.strftime("%m/%d/%Y") if day else said, source=_place(line)))
            )
            break
    for key, kept in notes.items():
        printed.footnotes[key] = Text(" ".join(text.strip() for _, text in kept), source=_place(kept[0]))
    if signer.text and not printed.signatures:
        printed.signatures.append((signer, Text("")))
