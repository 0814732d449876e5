"""Hyphens that a converter dropped where a line ended in them, put back.

The same word with its hyphen elsewhere in the document, a word of the trade such as "attorney-in-fact", or a capital
inside a word of a title says where one stood; each is told in a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.filings.form import Text
from lib.filings.meaning import WORDS
from lib.filings.printed import Printed
from lib.filings.record import Finding

_KNOWN: Final = (
    "10b5-1",
    "attorney-in-fact",
    "Attorney-in-fact",
    "Attorney-in-Fact",
    "Attorney-In-Fact",
    "one-for-one",
)
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_INNER_CAPITAL: Final = re.compile(r"(?<=[A-Za-z][a-z])(?=[A-Z][a-z]|\d{3})")
_MARKS_AFTER: Final = re.compile(r"(?:\(\d{1,2}\) ?)+$")
_NAMES: Final = re.compile(r"Mc|Mac|Van|Von|Fitz|Des|De[A-Z]")
_OFTEN: Final = 4
_PREFIX: Final = 6
_LONE: Final = re.compile(r"(?<=[Aa]ttorney )(?=in-[Ff]act\b)")


def put_back_hyphens(printed: Printed, lines: Sequence[str]) -> None:
    """Mend every text of the form in which a word lost its hyphen."""
    known = _without_hyphens(lines)
    last = _only_at_line_ends(lines)

    def mended(text: Text, where: str, title: bool = False) -> Text:
        whole = _mended(text.text, known, last if title else frozenset())
        if whole == text.text:
            return text
        printed.findings.append(
            Finding("note", where, f"“{whole[:80]}” had lost a hyphen at the end of a line.", "text.hyphen")
        )
        return replace(text, text=whole)

    for n, note in printed.footnotes.items():
        printed.footnotes[n] = mended(note, f"footnotes.F{n}")
    printed.remarks = mended(printed.remarks, "remarks")
    printed.signatures = [
        (mended(who, f"signatures[{n}].name"), when) for n, (who, when) in enumerate(printed.signatures)
    ]
    for n, owner in enumerate(printed.owners):
        where = f"reporting_owners[{n}]"
        owner.city = mended(owner.city, f"{where}.city")
        owner.officer_title = mended(owner.officer_title, f"{where}.officer_title", True)
        owner.other_text = mended(owner.other_text, f"{where}.other_text", True)
    counts = {"non_derivative": 0, "derivative": 0}
    for table, cells in printed.rows:
        for column in cells.keys() & WORDS:
            cells[column] = mended(cells[column], f"{table}[{counts[table]}].{column}", True)
        counts[table] += 1


def _only_at_line_ends(lines: Sequence[str]) -> frozenset[str]:
    """The words that stand nowhere but at the ends of lines."""
    ends: set[str] = set()
    inner: set[str] = set()
    for line in lines:
        words = _WORD.findall(_MARKS_AFTER.sub("", line))
        ends.update(words[-1:])
        inner.update(words[:-1])
    return frozenset(ends - inner)


def _without_hyphens(lines: Sequence[str]) -> dict[str, str]:
    """Words with hyphens by each way they look when one is dropped at a line's end."""
    damaged = _only_at_line_ends(lines)
    counts = Counter(word for line in lines for word in _WORD.findall(line))
    said = {word for word in counts if "-" in word}
    alone = Counter(word.lower() for word in counts)
    known: dict[str, str] = {}
    for word in [*_KNOWN, *sorted(said)]:
        first = word.partition("-")[0]
        for found in re.finditer("-", word):
            short = word[: found.start()] + word[found.end() :]
            # A capital after its first letter, as in T-Mobile, tells a word without its hyphen from any other.
            name = word[found.end() :][:1].isupper() and counts[word] > counts[short]
            # Some dumps join the lines that a hyphen parted. Two words that stand by themselves too, said once
            # without a hyphen and otherwise with it, had one; a prefix such as "non" may do without, and a first
            # word that is longer than any prefix is enough.
            parts = all(
                alone[part.lower()] for part in word.split("-") if part == first or len(first) < _PREFIX
            )
            often = counts[short] == 1 and counts[word] >= _OFTEN and parts
            if word in _KNOWN or short in damaged or name or often:
                known.setdefault(short, word)
    return known


def _mended(text: str, known: dict[str, str], last: frozenset[str]) -> str:
    def word(found: re.Match[str]) -> str:
        said = known.get(found[0], found[0])
        return _INNER_CAPITAL.sub("-", said) if found[0] in last and not _NAMES.match(said) else said

    return _LONE.sub("-", _WORD.sub(word, text))
