"""A vesting sentence in fewer words: numbers, dates, shares of the whole and periods each become one mark.

``1/4th of the RSUs will vest on March 1, 2024`` becomes ``{f0} vest on {d0}``: the shapes of sentences can then be
told apart by what they say and not by who is talking. Nothing that could matter is dropped: words that are not
known stay, and a sentence with such a word fits no shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "twelfth": 12,
    "sixteenth": 16, "twentieth": 20, "twenty-fourth": 24, "thirty-sixth": 36, "forty-eighth": 48, "sixtieth": 60,
}  # fmt: skip

_MONTH = "|".join(MONTHS)
_TENS = "|".join(TENS)
_UNITS = "|".join(UNITS[1:])
_CARDINAL = rf"(?:(?:{_TENS})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{_UNITS})"
_COUNTING = r"installments?|tranches?|anniversar|months?\b|years?\b|days?\b|quarters?\b|equal|substantially|successive|quarterly|monthly|annual|consecutive"


_YEARS_OF_A_DAY = re.compile(
    rf"\b((?:{_MONTH}) \d{{1,2}})(?:st|nd|rd|th)?,? (20\d\d)((?:,? (?:and )?20\d\d\b(?! ?%| (?:\w+ ){{0,3}}(?:shares?|units?|rsus?|options?|warrants?)\b))+)"
)
"""A day of several years, said once: ``March 15, 2024, 2025 and 2026``."""


@dataclass
class Marked:
    """A sentence with its marks, and what each stands for."""

    text: str
    dates: list[date] = field(default_factory=list)
    parts: list[Fraction] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    days: list[tuple[int, int]] = field(default_factory=list)

    def date(self, mark: str) -> date:
        """The date that a mark such as ``{d0}`` stands for."""
        return self.dates[int(mark.strip("{}")[1:])]

    def part(self, mark: str) -> Fraction:
        """The share of the whole that a mark such as ``{f0}`` stands for."""
        return self.parts[int(mark.strip("{}")[1:])]

    def number(self, mark: str) -> int:
        """The number of shares that a mark such as ``{n0}`` stands for."""
        return self.shares[int(mark.strip("{}")[1:])]

    def day(self, mark: str) -> tuple[int, int]:
        """The month and day that a mark such as ``{m0}`` stands for."""
        return self.days[int(mark.strip("{}")[1:])]


def marked(sentence: str) -> Marked:
    """The sentence in lower case with its marks set; braces of its own would look like marks and go."""
    sentence = sentence.replace("{", " ").replace("}", " ")
    text = " ".join(sentence.lower().replace("’", "'").replace("“", '"').replace("”", '"').split())
    text = re.sub(rf"\b({_CARDINAL})\s*\((\d+)\)", _same_number, text)
    text = re.sub(r"\((?:the )?\"[^\")]{1,60}\"\)", "", text)
    text = _YEARS_OF_A_DAY.sub(_each_year, text)
    found = Marked(text)
    found.text = re.sub(
        rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", lambda m: _date(found, m), found.text
    )
    found.text = re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", lambda m: _date(found, m), found.text)
    found.text = re.sub(
        rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?,? ?\d)", lambda m: _day(found, m), found.text
    )
    found.text = re.sub(
        rf"\b({_CARDINAL}) ?per ?cent(?: \(\d+(?:\.\d+)?%\))?",
        lambda m: _part(found, Fraction(cardinal(m[1]), 100)),
        found.text,
    )
    found.text = re.sub(
        r"\b(\d{1,2}) ?(?:-| and )?([12])/([236]) ?(?:%|percent\b)(?: \(\d+(?:\.\d+)?%\))?",
        lambda m: _part(found, (int(m[1]) + Fraction(int(m[2]), int(m[3]))) / 100),
        found.text,
    )
    found.text = re.sub(
        r"\b(\d{1,3}(?:\.\d{1,6})?) ?(?:%|percent\b)(?: \(\d+(?:\.\d+)?%\))?",
        lambda m: _part(found, Fraction(m[1]) / 100),
        found.text,
    )
    found.text = re.sub(
        rf"\b(one|two|three|a)[- ]({'|'.join(PARTS)})s? \((\d{{1,3}})/(\d{{1,3}})(?:ths?|rds?|nds?)?\)",
        lambda m: _said_twice(found, m),
        found.text,
    )
    found.text = re.sub(
        r"\b(\d{1,3}) ?/ ?(\d{1,3})(?:ths?|rds?|nds?|st)?\b",
        lambda m: _part(found, Fraction(int(m[1]), int(m[2]))) if 0 < int(m[1]) <= int(m[2]) else m[0],
        found.text,
    )
    found.text = re.sub(
        rf"\b(one|two|three|a)[- ]({'|'.join(PARTS)})s?\b(?! anniversar)",
        lambda m: _word_part(found, m),
        found.text,
    )
    found.text = re.sub(
        r"(?:^|(?<=and )|(?<=, ))half(?= (?:of|on|vests?)\b)",
        lambda m: _part(found, Fraction(1, 2)),
        found.text,
    )
    found.text = re.sub(
        rf"\b{_CARDINAL}\b(?=[- ](?:\w+[- ])?(?:{_COUNTING}))", lambda m: str(cardinal(m[0])), found.text
    )
    found.text = re.sub(
        r"\b(\d{1,3}(?:,\d{3})+|\d+)\b(?! ?(?:st|nd|rd|th)\b)", lambda m: _shares(found, m), found.text
    )
    found.text = " ".join(found.text.split())
    return found


def cardinal(words: str) -> int:
    """The number that a word such as ``thirty-six`` names; digits are taken as they are."""
    if words.isdigit():
        return int(words)
    if words in UNITS:
        return UNITS.index(words)
    tens, _, unit = words.replace(" ", "-").partition("-")
    return TENS[tens] + (UNITS.index(unit) if unit else 0)


def ordinal(word: str) -> int | None:
    """The number of ``first`` or ``1st``; null for any other word."""
    if word in ORDINALS:
        return ORDINALS.index(word)
    found = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    return int(found[1]) if found else None


def _each_year(found: re.Match[str]) -> str:
    """The day written out for each of its years."""
    rest = re.sub(r"20\d\d", lambda year: f"{found[1]}, {year[0]}", found[3])
    return f"{found[1]}, {found[2]}{rest}"


def _same_number(found: re.Match[str]) -> str:
    """``twelve (12)`` is twelve; ``twelve (13)`` stays, and fits nothing."""
    return found[2] if cardinal(found[1]) == int(found[2]) else found[0]


def _date(marked: Marked, found: re.Match[str]) -> str:
    first, day, year = found.groups()
    month = MONTHS.index(first) + 1 if first in MONTHS else int(first)
    try:
        when = date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return found[0]
    marked.dates.append(when)
    return f"{{d{len(marked.dates) - 1}}}"


def _day(marked: Marked, found: re.Match[str]) -> str:
    marked.days.append((MONTHS.index(found[1]) + 1, int(found[2])))
    return f"{{m{len(marked.days) - 1}}}"


def _part(marked: Marked, part: Fraction) -> str:
    marked.parts.append(part)
    return f"{{f{len(marked.parts) - 1}}}"


def _word_part(marked: Marked, found: re.Match[str]) -> str:
    top = 1 if found[1] == "a" else UNITS.index(found[1])
    part = Fraction(top, PARTS[found[2]])
    return _part(marked, part) if part < 1 else found[0]


def _said_twice(marked: Marked, found: re.Match[str]) -> str:
    """``one quarter (1/4)`` is one quarter; ``one quarter (1/3)`` stays, and fits nothing."""
    top = 1 if found[1] == "a" else UNITS.index(found[1])
    part = Fraction(top, PARTS[found[2]])
    same = int(found[4]) and part == Fraction(int(found[3]), int(found[4]))
    return _part(marked, part) if same and part < 1 else found[0]


def _shares(marked: Marked, found: re.Match[str]) -> str:
    """A number of shares; small counts stay in the text, where shapes read them as counts."""
    before = found.string[: found.start()]
    number = int(found[0].replace(",", ""))
    if before.endswith(("{d", "{f", "{n", "{m")) or number < 100:
        return found[0]
    marked.shares.append(number)
    return f"{{n{len(marked.shares) - 1}}}"
