"""Numbers, lengths and reasons as plan documents write them."""

from __future__ import annotations

import re

from lib.plans.term import Reason
from lib.plans.vesting_words import ORDINALS, TENS, UNITS, cardinal

_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|one hundred (?:and )?(?:eighty|twenty)|{'|'.join(UNITS[1:])})"
NUMBER = rf"(?:{_WORD}(?:\s*\(\d{{1,3}}\))?|\d{{1,3}})"
LENGTH = rf"(?P<number>{NUMBER})[- ](?P<unit>day|week|month|year)s?"
ORDINAL_WORD = rf"(?:{'|'.join(ORDINALS[1:])}|\d{{1,2}}th)"
SHARES = r"(?P<shares>\d{1,3}(?:,\d{3})+|\d{3,})"

REASON_WORDS: tuple[tuple[str, tuple[Reason, ...]], ...] = (
    (r"\bdeath\b|\bdies\b|\byou die\b|\bdeceased\b", ("death",)),
    (r"\bdisab(?:ility|led)\b", ("disability",)),
    (r"\bretire(?:ment|s)?\b", ("retirement",)),
    (r"\bwithout cause\b|\bother than for cause\b|\binvoluntar", ("without_cause",)),
    (r"\bgood reason\b", ("good_reason",)),
    (
        r"(?<!other than )\b(?:for|by reason of|due to) [\"“]?cause\b|\bremov\w+ (?:from the board )?for [\"“]?cause\b|(?:than|except|or|,) [\"“]?cause\b",
        ("cause",),
    ),
    (
        r"\bresign(?:s|ed|ation)?\b(?! (?:\w+ ){0,4}?for good reason)|\bvoluntar(?:y|ily) (?:terminat|leav|ceas|quit|depart)\w+",
        ("voluntary",),
    ),
    (r"\b(?:not|fails? to be) (?:re-?elected|re-?nominated)\b", ("not_reelected",)),
)


_SAID_BEFORE = re.compile(
    rf"\b(?:(?:{'|'.join((*UNITS[1:], *TENS))}|hundred|thousand|million|and)[ -])+\(?(\d{{1,3}}(?:,\d{{3}})+|\d{{3,}})\)?(?= )",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """The text with large numbers in digits alone where words say them first."""
    return _SAID_BEFORE.sub(r"\1", text)


def number(text: str) -> int | None:
    """A number in words, digits or both; null where the two differ."""
    found = re.fullmatch(r"(.*?)\s*\((\d+)\)", text.strip())
    words, digits = (found[1], int(found[2])) if found else (text.strip(), None)
    if words.startswith("one hundred"):
        value = 100 + cardinal(words.split()[-1])
    else:
        value = cardinal(words)
    return value if digits is None or digits == value else None


def length(found: re.Match[str]) -> dict[str, int] | None:
    """Months or days of a match of LENGTH; null where words and digits differ."""
    value = number(found["number"])
    if value is None:
        return None
    unit = found["unit"]
    if unit in {"day", "week"}:
        return {"days": value * (7 if unit == "week" else 1)}
    return {"months": value * (12 if unit == "year" else 1)}


def reasons(text: str) -> tuple[Reason, ...]:
    """The reasons for leaving that a text names."""
    text = text.lower()
    listed: list[Reason] = []
    for pattern, names in REASON_WORDS:
        if re.search(pattern, text):
            listed += [name for name in names if name not in listed]
    return tuple(listed)


def whole_number(text: str) -> int:
    """A number of shares with or without its commas."""
    return int(text.replace(",", ""))
