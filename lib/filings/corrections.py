"""What a person changed in a record: a log that only grows, and what the record is under it.

What was read is never written over. A line of the log corrects a value, accepts or ignores a finding, or
undoes an earlier line; the record that people work with is the one that was read with the lines that stand
applied. Lines name values by their path and findings by path and rule, so that a document which a newer
reader reads again keeps them, and those that the new reading makes moot can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, cast

from lib.filings.checks import check, checked
from lib.filings.codes import DIRECTIONS, OWNERSHIP, TRANSACTION_CODES
from lib.filings.json import plain
from lib.filings.lookalikes import as_meant
from lib.filings.record import DATE_FIELDS, DECIMAL_FIELDS, CellValue, Filing, Finding
from lib.filings.words import day

Action = Literal["correct", "accept", "ignore", "undo"]
Written = str | bool | None
"""A value as the log keeps it: as JSON carries it, decimals and dates as strings."""

FILED: Final = "submission.filed_as_of_date"
"""The filing date. No form carries it: a submission's header or a data set gives it, or a person, who can also correct it."""
CORRECTED: Final = "corrected"
"""The rule of the finding that marks a corrected value."""
_PATH = re.compile(
    r"(?:(?P<part>issuer|submission|reporting_owners|non_derivative|derivative|signatures)(?:\[(?P<n>[0-9]{1,4})\])?\.)?"
    r"(?P<name>[a-z0-9_]+)"
)
_SEVERAL = frozenset({"reporting_owners", "non_derivative", "derivative", "signatures"})
_DATES = DATE_FIELDS | {"period_of_report", "date_of_original_submission", "filed_as_of_date", "date"}
_FORMS = frozenset({"3", "3/A", "4", "4/A", "5", "5/A"})
_LETTERS: Final = {
    "transaction_code": frozenset(TRANSACTION_CODES) - {"K", "V"},
    "acquired_disposed_code": frozenset(DIRECTIONS),
    "direct_or_indirect": frozenset(OWNERSHIP),
    "transaction_form_type": frozenset("345"),
    "transaction_timeliness": frozenset("EL"),
    "document_type": _FORMS,
    "row_type": frozenset({"transaction", "holding"}),
}
_YES_OR_NO: Final = frozenset(
    {"aff10b5_one", "equity_swap_involved", "no_securities_owned", "not_subject_to_section16"}
)
_MAY_BE_UNKNOWN: Final = frozenset({"aff10b5_one", "equity_swap_involved"})
_AMOUNT = re.compile(r"\$?(?:\d[\d,]{0,30}(?:\.\d{0,12})?|\.\d{1,12})")
_WORDS: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the log.

    ``number`` orders the log. ``where`` is the path of a value or finding; ``rule`` is the finding's.
    ``was`` is the value as read when the line was written, ``value`` what it was corrected to. ``undoes`` is
    the number of the line that an ``undo`` takes back. ``at`` is in UTC.
    """

    number: int
    action: Action
    where: str
    by: str
    at: datetime
    reason: str = ""
    rule: str | None = None
    was: Written = None
    value: Written = None
    undoes: int | None = None


def standing(log: Iterable[Correction]) -> list[Correction]:
    """The lines that count: not undone, and for one value or finding only the last."""
    log = list(log)
    taken_back = undone(log)
    last: dict[tuple[str, str | None], Correction] = {}
    for line in log:
        if line.action != "undo" and line.number not in taken_back:
            last[line.where, line.rule if line.action != "correct" else None] = line
    return sorted(last.values(), key=lambda line: line.number)


def undone(log: Iterable[Correction]) -> set[int]:
    """The numbers of the lines that a later line takes back."""
    return {line.undoes for line in log if line.action == "undo" and line.undoes is not None}


def value_before(log: Iterable[Correction], line: Correction) -> Written:
    """The value that stood before a correction: an earlier one's that counted then, else the one read."""
    for one in standing(one for one in log if one.number < line.number):
        if (one.action, one.where) == ("correct", line.where) and line.was in (one.was, one.value):
            return one.value
    return line.was


def corrected(filing: Filing, log: Iterable[Correction]) -> Filing:
    """The record with the lines that stand applied; ``filing`` is as it was read.

    The checks look at the corrected values. A corrected value carries a note in place of its findings, an
    accepted or ignored finding is gone. A line whose place the record lacks, or has another value than the one
    that was corrected, changes nothing (see ``moot``): a newer reading may have put another row there.
    """
    lines = standing(log)
    if not lines:
        return filing
    changes = [line for line in lines if line.action == "correct" and _applies(filing, line)]
    of_checks = set(check(filing))
    notes = [_note(line) for line in changes]
    places = {line.where for line in changes}
    kept = [f for f in filing.findings if f not in of_checks and f.where not in places]
    for line in changes:
        filing = with_value(filing, line.where, parsed(line.where, line.value))
    found = checked(replace(filing, findings=(*notes, *kept))).findings
    settled = {(line.where, line.rule) for line in lines if line.action != "correct"}
    return replace(filing, findings=tuple(f for f in found if (f.where, f.rule) not in settled))


def moot(filing: Filing, log: Iterable[Correction]) -> list[tuple[Correction, str]]:
    """Lines that stand but that ``filing``, as it is read now, leaves without effect or without ground.

    Each with a sentence: the place is gone, the reading now gives the value itself, it gives another value
    than the one that was corrected, or the finding is no longer made.
    """
    told: list[tuple[Correction, str]] = []
    findings = {(finding.where, finding.rule) for finding in filing.findings}
    for line in standing(log):
        if line.action != "correct":
            if (line.where, line.rule) not in findings:
                told.append((line, "The reading no longer makes this finding."))
            continue
        if not _fits(filing, line):
            told.append((line, "The reading no longer has this place, so the correction is not applied."))
            continue
        now = plain(value_at(filing, line.where))
        if now == line.value:
            told.append((line, "The reading now gives this value by itself."))
        elif now != line.was:
            said = f"The reading now gives {shown(now)}, not {shown(line.was)}, so the correction is not applied."
            told.append((line, said))
    return told


def value_at(filing: Filing, path: str) -> CellValue:
    """The value at a path such as ``non_derivative[0].transaction_shares`` or ``issuer.name``.

    Raises ``KeyError`` where the record has no such value.
    """
    holder, _, _, name = _place(filing, path)
    value: CellValue = getattr(holder, name)
    return value


def with_value(filing: Filing, path: str, value: CellValue) -> Filing:
    """The record with another value at a path. Raises ``KeyError`` where it has no such value."""
    holder, part, number, name = _place(filing, path)
    changed: Any = replace(holder, **{name: value})
    if not part:
        return cast(Filing, changed)
    if number is not None:
        changed = tuple(changed if n == number else one for n, one in enumerate(getattr(filing, part)))
    whole: dict[str, Any] = {part: changed}
    return replace(filing, **whole)


def parsed(path: str, written: Written) -> CellValue:
    """What a person wrote for the value at ``path``, as the record holds it; empty text is ``None``.

    Raises ``ValueError`` with a sentence where it cannot stand there.
    """
    name = path.rpartition(".")[2]
    if written is None or isinstance(written, bool):
        return written
    text = " ".join(written.split())
    if not text:
        if name in {"document_type", "row_type"} or (is_yes_or_no(name) and name not in _MAY_BE_UNKNOWN):
            raise ValueError("This cannot be left empty.")
        return None
    if name in DECIMAL_FIELDS:
        return _number(text)
    if name in _DATES:
        return _day(text)
    if is_yes_or_no(name):
        if text.casefold() not in _WORDS:
            raise ValueError(f"{text} is neither yes nor no.")
        return _WORDS[text.casefold()]
    if name in _LETTERS and text not in _LETTERS[name]:
        known = ", ".join(sorted(_LETTERS[name]))
        raise ValueError(f"{text} cannot stand here; it can be one of {known}.")
    return text


def proposal(path: str, text: str) -> str:
    """What to offer a person for the value at ``path`` where ``text`` stands: what it likely means, else as it is."""

    def holds(way: str) -> object | None:
        try:
            return parsed(path, way)
        except ValueError:
            return None

    name = path.rpartition(".")[2]
    of_words = not (is_yes_or_no(name) or name in DECIMAL_FIELDS | _DATES | _LETTERS.keys())
    return text if of_words else as_meant(text, holds) or text


def strange_characters(path: str, text: str) -> frozenset[int]:
    """Which characters of ``text`` stand in the place of those that are likely meant there, counted from 0."""
    meant = proposal(path, text)
    if len(meant) != len(text):
        return frozenset()
    return frozenset(n for n, (was, is_) in enumerate(zip(text, meant, strict=True)) if was != is_)


def is_yes_or_no(name: str) -> bool:
    """Whether the field of this name holds yes or no."""
    return name.startswith("is_") or name in _YES_OR_NO


def choices(name: str) -> tuple[str, ...]:
    """What can stand in the field of this name, where that is a short list; else nothing."""
    return ("yes", "no") if is_yes_or_no(name) else tuple(sorted(_LETTERS.get(name, ())))


def _number(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(
            f"{text[:60]} is not an amount; write it as 1,700 or 12.50. Amounts are not negative."
        )
    return Decimal(text.removeprefix("$").replace(",", ""))


def _day(text: str) -> date:
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    iso = f"{american[3]}-{american[1]:0>2}-{american[2]:0>2}" if american else text
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso):
            raise ValueError
        return date.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{text} is not a date; write it as 2003-11-24 or 11/24/2003.") from None


def _place(filing: Filing, path: str) -> tuple[Any, str | None, int | None, str]:
    """The object that holds the value, the part and number it has in the filing, and the field's name."""
    found = _PATH.fullmatch(path)
    if not found or (found["n"] is not None) != (found["part"] in _SEVERAL):
        raise KeyError(path)
    part: str | None = found["part"]
    number = None if found["n"] is None else int(found["n"])
    name: str = found["name"]
    holder: Any = getattr(filing, part) if part else filing
    if number is not None:
        if number >= len(holder):
            raise KeyError(path)
        holder = holder[number]
    known = {one.name for one in fields(holder)} - {
        "footnotes",
        "container",
        "submission",
        "sources",
        "findings",
    }
    if name not in known or isinstance(getattr(holder, name), tuple) or name == "issuer":
        raise KeyError(path)
    if part == "submission" and path != FILED:  # what EDGAR numbered tells one filing from another
        raise KeyError(path)
    return holder, part, number, name


def _fits(filing: Filing, line: Correction) -> bool:
    try:
        _place(filing, line.where)
        parsed(line.where, line.value)
    except (KeyError, ValueError):
        return False
    return True


def _applies(filing: Filing, line: Correction) -> bool:
    """Whether the value that was corrected, or the one that it was corrected to, still stands at the place."""
    return _fits(filing, line) and plain(value_at(filing, line.where)) in (line.was, line.value)


def _note(line: Correction) -> Finding:
    reason = f": {line.reason}" if line.reason else ""
    message = f"Corrected from {shown(line.was)} to {shown(line.value)} by {line.by}{reason}"
    return Finding("note", line.where, message, CORRECTED)


def value_in_words(name: str, value: Written) -> str:
    """A value of the field of this name as people read it: a day as ``24 Nov 2003``, an amount in groups."""
    try:
        known = parsed(name, value)
    except ValueError:
        return shown(value)
    if isinstance(known, date):
        return day(known)
    return f"{known:,f}" if isinstance(known, Decimal) else shown(value)


def shown(value: Written) -> str:
    """A value of the log as files for machines have it."""
    if value is None:
        return "empty"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
