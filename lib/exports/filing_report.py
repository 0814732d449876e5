"""One filing as a report: its facts, both tables as printed, footnotes, corrections, and what to know of the reading."""

from __future__ import annotations

from collections.abc import Sequence

from lib.exports.report import Report, ReportColumn, ReportList, ReportTable, without_empty_columns
from lib.filings.codes import FORM_NAMES, TRANSACTION_CODES
from lib.filings.corrections import Correction, standing, value_in_words
from lib.filings.form_tables import TABLE_TITLES, columns_of, printed_rows
from lib.filings.record import TABLES, Filing, Owner
from lib.filings.words import day, where_in_words


def filing_report(name: str, filing: Filing, log: Sequence[Correction]) -> Report:
    """What the filing says, with the corrections that stand; ``name`` is its document's."""
    form = filing.document_type or "?"
    ticker = f" ({filing.issuer.symbol})" if filing.issuer.symbol else ""
    amended = ", amended" if form.endswith("/A") else ""
    return Report(
        title=f"Form {form}: {filing.issuer.name or 'issuer not stated'}{ticker}",
        subtitle=f"{FORM_NAMES.get(form[:1], 'Ownership statement')}{amended}",
        facts=tuple(_facts(filing)),
        parts=(*_tables(filing), *_lists(filing, log)),
        source=f"Read by Stakeline from {name}.",
    )


def _facts(filing: Filing) -> list[tuple[str, str]]:
    owners = [("Owner", _owner(owner)) for owner in filing.reporting_owners]
    filed, original = filing.submission.filed_as_of_date, filing.date_of_original_submission
    return [
        *owners,
        ("Period", day(filing.period_of_report) if filing.period_of_report else "not stated"),
        *([("Filed", day(filed))] if filed else []),
        *(
            ("Signed", ", ".join(filter(None, (one.name, day(one.date) if one.date else None))))
            for one in filing.signatures
            if one.name or one.date
        ),
        ("10b5-1 plan", {True: "yes", False: "no", None: "not asked"}[filing.aff10b5_one]),
        *([("Amends the filing of", day(original))] if original else []),
    ]


def _owner(owner: Owner) -> str:
    roles = [
        "director" if owner.is_director else None,
        "10 % owner" if owner.is_ten_percent_owner else None,
        owner.officer_title or "officer" if owner.is_officer or owner.officer_title else None,
        owner.other_text or "other" if owner.is_other else None,
    ]
    return ", ".join(filter(None, (owner.name or "not stated", *roles)))


def _tables(filing: Filing) -> list[ReportTable | ReportList]:
    found: list[ReportTable | ReportList] = []
    for table in TABLES:
        if rows := printed_rows(filing, table):
            columns = [ReportColumn(one.head, one.printed, one.number) for one in columns_of(filing, table)]
            texts = [[row[column.head] for column in columns] for row in rows]
            used, kept = without_empty_columns(columns, texts)
            found.append(ReportTable(TABLE_TITLES[table], used, kept))
    if not found:
        said = (
            "No securities are beneficially owned." if filing.no_securities_owned else "Nothing is reported."
        )
        found.append(ReportList("Tables I and II", (("", said),)))
    return found


def _lists(filing: Filing, log: Sequence[Correction]) -> list[ReportList]:
    codes = dict.fromkeys(row.transaction_code for _, row in filing.rows() if row.transaction_code)
    lists = (
        ("Codes", [(code, TRANSACTION_CODES.get(code, "Not a letter of the form")) for code in codes]),
        ("Footnotes", [(f"({mark.removeprefix('F')})", text) for mark, text in filing.footnotes.items()]),
        ("Remarks", [("", filing.remarks)] if filing.remarks else []),
        ("What was corrected after reading", [("", _change(line)) for line in standing(log)]),
        (
            "What to know about the reading",
            [("", f"{where_in_words(one.where)}: {one.message}") for one in filing.findings],
        ),
    )
    return [ReportList(title, tuple(items)) for title, items in lists if items]


def _change(line: Correction) -> str:
    name = line.where.rpartition(".")[2]
    done = {"accept": "finding accepted", "ignore": "finding ignored"}
    what = done.get(line.action, f"{value_in_words(name, line.was)} → {value_in_words(name, line.value)}")
    reason = f" ({line.reason})" if line.reason else ""
    return f"{where_in_words(line.where)}: {what}{reason}, {line.by}, {day(line.at.date())}"
