"""What a printed reader found on the form, before it is a record; and the step from one to the other.

Each container's reader fills a ``Printed``; ``assemble`` turns it into a ``Filing`` with findings and the
place of every value. Nothing here knows where the words came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from lib.filings.errors import UnreadableFiling
from lib.filings.form import (
    NOTHING_OWNED_SENTENCE,
    UNKNOWN_CHARACTER,
    Table,
    Text,
    row_of,
    unknown_character,
)
from lib.filings.record import Container, Filing, Finding, Issuer, Owner, Row, Signature, Source
from lib.filings.values import folded, month_day_year

NOTHING = Text("")


@dataclass
class PrintedOwner:
    """Box 1 of one reporting person. ``cik`` comes from a link."""

    name: Text = NOTHING
    streets: list[Text] = field(default_factory=list)
    city: Text = NOTHING
    state: Text = NOTHING
    zip_code: Text = NOTHING
    cik: str | None = None
    roles: dict[str, Text] = field(default_factory=dict)
    """``is_director`` … that are ticked, with the place of the tick."""
    officer_title: Text = NOTHING
    other_text: Text = NOTHING


@dataclass
class Printed:
    """A form as printed. ``form`` is the number in its head; box facts are as they stand on paper."""

    container: Container
    form: str = ""
    period: Text = NOTHING
    original_filed: Text = NOTHING
    section16_ticked: bool = False
    aff10b5_one: bool | None = None
    issuer_name: Text = NOTHING
    issuer_symbol: Text = NOTHING
    issuer_cik: str | None = None
    owners: list[PrintedOwner] = field(default_factory=list)
    rows: list[tuple[Table, dict[str, Text]]] = field(default_factory=list)
    footnotes: dict[int, Text] = field(default_factory=dict)
    remarks: Text = NOTHING
    no_securities_owned: bool = False
    signatures: list[tuple[Text, Text]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Repairs that the container's reader made, with paths of the finished record."""


def assemble(name: str, printed: Printed) -> Filing:
    """The record of a printed form. Raises ``UnreadableFiling`` if it is no Form 3, 4 or 5."""
    found_nothing = not (printed.owners or printed.rows or printed.issuer_name.text or printed.period.text)
    if printed.form not in {"3", "4", "5"} or found_nothing:
        raise UnreadableFiling(
            name,
            "does not look like a Form 3, 4 or 5",
            "Drop in the form as EDGAR shows it, its XML, a PDF or a text of it",
        )
    _take_out_nothing_owned(printed)
    sources: dict[str, Source] = {}
    findings = list(printed.findings)

    def text(where: str, found: Text) -> str | None:
        if found.source and found.text.strip():
            sources[where] = found.source
        if UNKNOWN_CHARACTER in found.text:
            findings.append(unknown_character(where, found.text))
        return folded(found.text)

    def day(where: str, found: Text) -> date | None:
        words = text(where, found)
        value = month_day_year(words) if words else None
        if words and value is None:
            findings.append(
                Finding("warning", where, f"“{words[:80]}” is not a date; left empty.", "form.date")
            )
        return value

    tables = _tables(printed, findings, sources)
    original = day("date_of_original_submission", printed.original_filed)
    filing = Filing(
        container=printed.container,
        document_type=printed.form + ("/A" if original or folded(printed.original_filed.text) else ""),
        period_of_report=day("period_of_report", printed.period),
        date_of_original_submission=original,
        no_securities_owned=printed.no_securities_owned,
        not_subject_to_section16=printed.section16_ticked,
        aff10b5_one=printed.aff10b5_one,
        issuer=Issuer(
            printed.issuer_cik,
            text("issuer.name", printed.issuer_name),
            text("issuer.symbol", printed.issuer_symbol),
        ),
        reporting_owners=tuple(
            _owner(o, f"reporting_owners[{n}]", text) for n, o in enumerate(printed.owners)
        ),
        non_derivative=tuple(tables["non_derivative"]),
        derivative=tuple(tables["derivative"]),
        footnotes={f"F{n}": text(f"footnotes.F{n}", note) or "" for n, note in printed.footnotes.items()},
        remarks=text("remarks", printed.remarks),
        signatures=tuple(
            Signature(text(f"signatures[{n}].name", who), day(f"signatures[{n}].date", when))
            for n, (who, when) in enumerate(printed.signatures)
        ),
        sources=sources,
    )
    return replace(filing, findings=(*findings, *_missing(filing)))


def _tables(printed: Printed, findings: list[Finding], sources: dict[str, Source]) -> dict[Table, list[Row]]:
    """The rows of both tables; what is found on the way and where their values stand is added to the two others."""
    tables: dict[Table, list[Row]] = {"non_derivative": [], "derivative": []}
    for table, cells in printed.rows:
        where = f"{table}[{len(tables[table])}]"
        row, row_findings, row_sources = row_of(cells, table, printed.form, where)
        tables[table].append(row)
        findings += row_findings
        sources |= row_sources
    return tables


def _take_out_nothing_owned(printed: Printed) -> None:
    """The form's own sentence may stand among the remarks; it is a fact of the form and no remark."""
    found = NOTHING_OWNED_SENTENCE.search(printed.remarks.text)
    if found:
        printed.no_securities_owned = True
        printed.remarks = replace(printed.remarks, text=NOTHING_OWNED_SENTENCE.sub("", printed.remarks.text))


def _owner(printed: PrintedOwner, where: str, text: Callable[[str, Text], str | None]) -> Owner:
    """The owner's record; ``text`` folds a text and notes its place."""
    streets = [street for street in printed.streets if folded(street.text)]
    first = streets[0] if streets else NOTHING
    rest = streets[1:]
    second = Text(" ".join(s.text for s in rest), source=rest[0].source) if rest else NOTHING
    for role, tick in printed.roles.items():
        text(f"{where}.{role}", tick)
    return Owner(
        cik=printed.cik,
        name=text(f"{where}.name", printed.name),
        street1=text(f"{where}.street1", first),
        street2=text(f"{where}.street2", second),
        city=text(f"{where}.city", printed.city),
        state=text(f"{where}.state", printed.state),
        zip_code=text(f"{where}.zip_code", printed.zip_code),
        is_director="is_director" in printed.roles,
        is_officer="is_officer" in printed.roles,
        is_ten_percent_owner="is_ten_percent_owner" in printed.roles,
        is_other="is_other" in printed.roles,
        officer_title=text(f"{where}.officer_title", printed.officer_title),
        other_text=text(f"{where}.other_text", printed.other_text),
    )


def _missing(filing: Filing) -> list[Finding]:
    """A finding for each fact that every form has and this reading lacks."""
    lacking = {
        "period_of_report": (filing.period_of_report, "The date in the head of the form was not found."),
        "issuer.name": (filing.issuer.name, "The issuer's name was not found."),
        "reporting_owners": (filing.reporting_owners, "No reporting person was found."),
        "signatures": (filing.signatures, "No signature was found."),
    }
    return [
        Finding("warning", where, message, "form.missing")
        for where, (value, message) in lacking.items()
        if not value
    ]
