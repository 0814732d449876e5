"""Checks that footnote marks and footnotes meet."""

from __future__ import annotations

from lib.filings.checks.words import field_name, row_name
from lib.filings.record import Filing, Finding


def footnotes(filing: Filing) -> list[Finding]:
    """Every mark has its footnote, and every footnote is marked somewhere.

    Source: EDGAR Ownership XML Technical Specification v3, ``footnotes`` and ``footnoteId``. The XML may
    also mark a footnote on an issuer's or owner's box, which the record does not keep, so an unused
    footnote is a note only.
    """
    used = {mark for _, row in filing.rows() for marks in row.footnotes.values() for mark in marks}
    found = _missing(filing) if used - filing.footnotes.keys() else []
    for key, text in filing.footnotes.items():
        if not text:
            message = f"Footnote {key} is empty."
            found.append(Finding("warning", f"footnotes.{key}", message, "footnote.empty"))
        elif key not in used:
            message = f"Footnote {key} is marked on no row: “{text[:80]}”."
            found.append(Finding("note", f"footnotes.{key}", message, "footnote.unused"))
    return found


def _missing(filing: Filing) -> list[Finding]:
    return [
        Finding(
            "error",
            f"{where}.{name}",
            f"{row_name(where)} marks footnote {mark or 'without a number'} on its {field_name(name)}, "
            "but there is no such footnote.",
            "footnote.missing",
        )
        for where, row in filing.rows()
        for name, marks in row.footnotes.items()
        for mark in marks
        if mark not in filing.footnotes
    ]
