"""Explanations, remarks and signatures whose lines a converter moved about.

What the converter took for a table it set down in place; other lines it set at the end of the page, so a
note may stand far from its heading and a signature's name far from its date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.filings.form import EXPLANATION, NOTHING_OWNED, Text
from lib.filings.printed import Printed
from lib.filings.readers.text_lines import Word, pieced, text_of
from lib.filings.readers.text_tail import REMARKS, REMINDER, SIGNATURE, dated, is_date
from lib.filings.record import Finding

_NOTE: Final = re.compile(r"(\d{1,2})\.")
_OTHER_PARTS: Final = re.compile(
    r"OMB |Estimated average|hours per response|SEC Form|FORM \d|UNITED STATES|COMMISSION|Washington, D\.C|"
    r"Check this box|STATEMENT OF|Filed pursuant|or Section 30|Number\.$|OMB$|.{0,2}$|currently valid"
)
_SCRAP: Final = re.compile(r"\S{0,30}\t ?(?:\(\d{0,2}\)?)?")


def read_loose(lines: Sequence[tuple[int, str]], printed: Printed) -> None:
    """Notes, remarks, signatures and the ticks in the margin, from the lines outside tables."""
    words = [pieced(line, number) for number, line in lines]
    texts = [" ".join(w.text for w in line) for line in words]
    _switches(texts, printed)
    end = next((n for n, text in enumerate(texts) if SIGNATURE.search(text)), len(texts))
    signed: list[list[Word]] = []
    notes: dict[int, list[Word]] = {}
    remarks: list[Word] | None = None
    strays: list[list[Word]] = []
    current: list[Word] | None = None
    for n, (line, text) in enumerate(zip(words, texts, strict=True)):
        found = _NOTE.fullmatch(line[0].text) if line else None
        if NOTHING_OWNED.search(text) and not found:
            printed.no_securities_owned = True
        elif EXPLANATION.match(text):
            current = []
        elif REMARKS.match(text):
            remarks = current = list(line[1:])
        elif found and len(line) > 1 and int(found[1]) not in notes:
            current = notes[int(found[1])] = list(line[1:])
            if n > end:
                # Below the form every note that was moved there stands whole on its line.
                current = None
        elif any(is_date(w) for w in line[-1:]) and _near(texts, n, end):
            signed.append(line)
            current = None
        elif not line or _OTHER_PARTS.match(text) or REMINDER.search(text) or SIGNATURE.search(text):
            current = current if not line else None if not _OTHER_PARTS.fullmatch(text) else current
        elif current is not None and (current or remarks is current):
            current.extend(line)
        elif current is None and (n > end or signed) and not _SCRAP.fullmatch(lines[n][1]):
            strays.append(line)
    printed.footnotes.update({n: text_of(notes[n]) for n in sorted(notes)})
    if remarks:
        printed.remarks = text_of(remarks)
    _signatures(signed, strays, printed)


def _near(texts: Sequence[str], n: int, end: int) -> bool:
    """Whether a line with a date at its end is a signature's: only such lines and scraps follow it up to the label."""
    return n < end and all(len(t) < 3 or re.search(r"\d/\d{4}$", t) or len(t) < 60 for t in texts[n:end])


def _switches(texts: Sequence[str], printed: Printed) -> None:
    text = "\n".join(texts[:60])
    if "10b5-" in text or "indicate that a" in text:
        printed.aff10b5_one = False
    at = text.find("indicate that a")
    for n, line in enumerate(texts[:60]):
        if line.startswith("X "):
            before = "\n".join(texts[:n])
            if at >= 0 and len(before) > at:
                printed.aff10b5_one = True
            elif "Check this box if no longer" in before or "no longer" in line or "Section 16" in line:
                printed.section16_ticked = True


def _signatures(signed: Sequence[Sequence[Word]], strays: Sequence[Sequence[Word]], printed: Printed) -> None:
    """Dates with their names; names that stand elsewhere go, in order, to the dates that lack one."""
    pairs = [dated(line) for line in signed]
    lacking = [n for n, (who, _) in enumerate(pairs) if len(who.text) < 3]
    names = _names(strays, len(lacking))
    for n, (who, when) in enumerate(pairs):
        where = f"signatures[{n}].name"
        if n in lacking and names:
            who = names.pop(0)
            printed.findings.append(
                Finding("note", where, f"“{who.text}” stood apart from its date.", "text.moved_name")
            )
        elif n in lacking:
            who = Text("")
            printed.findings.append(
                Finding("warning", where, "The signature's name is lost.", "text.unsettled")
            )
        printed.signatures.append((who, when))


def _names(strays: Sequence[Sequence[Word]], count: int) -> list[Text]:
    """The stray lines as so many names; none if they do not part so."""
    if not strays or not count:
        return []
    if count == 1:
        return [text_of([w for line in strays for w in line])]
    if len(strays) == count:
        return [text_of(line) for line in strays]
    groups: list[list[Word]] = []
    for line in strays:
        if not groups or line[0].text.startswith("/s/"):
            groups.append([])
        groups[-1] += line
    return [text_of(group) for group in groups] if len(groups) == count else []
