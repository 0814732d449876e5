"""What the words and letters of Section 16 filings mean, in plain words, each with where it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.filings.codes import DIRECTIONS, FORM_NAMES, OWNERSHIP, TRANSACTION_CODES

EDGAR: Final = "EDGAR Ownership XML Technical Specification v3, section 3.6.9"
FORM: Final = "Form 4, General Instructions"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its kind (form, transaction code, column or term), its meaning and its source."""

    term: str
    kind: str
    meaning: str
    source: str


_DUE: Final = {
    "3": "due 10 days after somebody becomes an insider",
    "4": "due before the end of the second business day after a trade since 29 August 2002; before, by the "
    "10th day after the month's end",
    "5": "due 45 days after the fiscal year's end, for what no Form 4 had to report or did not",
}
_COLUMNS: Final = (
    Entry(
        "V",
        "column",
        "Reported voluntarily early: a transaction that only a Form 5 had to report, on a Form 4. It has "
        "nothing to do with voting or with 10b5-1 plans.",
        FORM,
    ),
    Entry("/K", "column", "Beside a code: an equity swap or something like it.", EDGAR),
    Entry("E, L", "column", "Beside a code on a Form 5: reported early, or late.", EDGAR),
    *(
        Entry(
            f"{letter} (column 4, 5)",
            "column",
            f"{word}: which way the securities went.",
            "Forms 4 and 5, Table I",
        )
        for letter, word in DIRECTIONS.items()
    ),
    *(
        Entry(f"{letter} (column 6, 10)", "column", f"{word} ownership.", "Forms 3, 4 and 5")
        for letter, word in OWNERSHIP.items()
    ),
)
_TERMS: Final = (
    Entry(
        "10b5-1 plan",
        "term",
        "A written plan, made while knowing nothing that the market does not, by which later trades run. The "
        "form has had a box for it since April 2023; an older form did not ask, which is not a no.",
        "Rule 10b5-1(c)",
    ),
    Entry(
        "Amendment",
        "term",
        "A filing marked /A that restates rows of an earlier one. What it does not restate stays in force.",
        FORM,
    ),
    Entry(
        "Derivative security",
        "term",
        "A right whose value comes from shares: options, warrants, units, convertibles. Table II lists them.",
        "Rule 16a-1(c)",
    ),
    Entry(
        "Beneficial owner",
        "term",
        "Who profits from a holding, directly or through a spouse, a trust, a fund or a company.",
        "Rule 16a-1(a)",
    ),
    Entry(
        "Insider",
        "term",
        "A director, an officer, or an owner of more than 10 % of a class of the company's equity.",
        "Securities Exchange Act of 1934, section 16(a)",
    ),
    Entry(
        "Short swing",
        "term",
        "A purchase and a sale, in either order, within less than six months; the company can claim the "
        "profit. What Stakeline shows is a screen, never a liability.",
        "Securities Exchange Act of 1934, section 16(b)",
    ),
    Entry(
        "Weighted average price",
        "term",
        "One row for a day's market trades the same way within a dollar; a footnote gives the range.",
        "SEC staff letter to Skadden, Arps, 25 June 2008",
    ),
    Entry(
        "Unexplained",
        "term",
        "The part of a change between two reports that no filing in the library reports: a filing may be "
        "missing, shares may have split or moved, or a cell may be misread.",
        "Stakeline's ledger",
    ),
    Entry(
        "Finding",
        "term",
        "What a reader repaired, inferred or left open in a filing, or what is against the form's rules.",
        "Stakeline's readers and checks",
    ),
)

ENTRIES: Final[tuple[Entry, ...]] = (
    *(
        Entry(f"Form {form}", "form", f"{name}: {_DUE[form]}.", "Rule 16a-3")
        for form, name in FORM_NAMES.items()
    ),
    *(Entry(code, "transaction code", f"{meaning}.", EDGAR) for code, meaning in TRANSACTION_CODES.items()),
    *_COLUMNS,
    *_TERMS,
)


def search(words: str) -> list[Entry]:
    """The entries in which every word occurs; one or two letters alone are looked up as a term."""
    wanted = words.split()
    if len(wanted) == 1 and len(wanted[0]) <= 2:
        exact = [entry for entry in ENTRIES if wanted[0] in entry.term.replace(",", " ").split()]
        if exact:
            return exact
    text = {entry: f"{entry.term} {entry.kind} {entry.meaning}".casefold() for entry in ENTRIES}
    return [entry for entry in ENTRIES if all(word.casefold() in text[entry] for word in wanted)]
