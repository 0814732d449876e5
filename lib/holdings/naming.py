"""Printed names brought to one form, so that “Common” meets “Common Stock, par value $.01”.

Each function is a rule about words and nothing else: it is right without knowing the filing. What may only be
likely, such as a missing middle initial, is a guess and lives in ``identity``. Originals are kept elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SAME_WORD: Final = {
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "limited": "ltd",
    "trustees": "trustee",
    "stk": "stock",
    "shs": "share",
    "com": "common",
    "cmn": "common",
    "cl": "class",
    "ser": "series",
    "pfd": "preferred",
    "conv": "convertible",
}
_DESIGNATORS: Final = {"inc", "corp", "co", "ltd", "plc", "llc", "lp", "the", "new", "and"}
_ENTITY_WORDS: Final = (_DESIGNATORS - {"the", "new", "and"}) | {
    "trust",
    "fund",
    "funds",
    "partners",
    "partner",
    "holdings",
    "holding",
    "group",
    "gmbh",
    "ag",
    "bv",
    "nv",
    "sa",
    "sarl",
    "foundation",
    "capital",
    "management",
    "bank",
    "estate",
    "lllp",
    "llp",
    "advisors",
    "ventures",
    "investments",
    "investment",
    "enterprises",
    "associates",
    "endowment",
    "society",
}
_HONOURS: Final = {"dr", "mr", "mrs", "ms", "md", "phd", "esq", "cpa"}
_GENERATIONS: Final = {"jr", "sr", "ii", "iii", "iv"}
_PAR_VALUE: Final = re.compile(
    r"[,;(]?\s*(?:with(?:out)?\s+(?:a\s+)?|no\s+)?(?:\$?\s*[\d.]+\s*)?par(?:\s+value)?(?:\s+(?:of\s+)?\$?\s*\d*\.?\d+)?"
    r"(?:\s+per\s+share)?\s*\)?",
    re.IGNORECASE,
)
_DEFINED: Final = re.compile(r"\(\s*(?:the\s+)?[\"“”'‘’][^)]*\)")
_RIGHT_TO_BUY: Final = re.compile(
    r"\(?\b(?:right to (?:buy|purchase)|rights? to acquire)\b[^)]*\)?", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"\(\s*([a-z]{2,6})\s*\)", re.IGNORECASE)
_SINGULAR: Final = re.compile(r"\b(share|unit|right|option|warrant|stock|note|interest|debenture|bond)s\b")
_POSSESSOR: Final = re.compile(
    r"^(?:held\s+|owned\s+)?(?:indirectly\s+)?(?:by|through|via|in)?\s*:?\s*(?:the\s+|an?\s+|his\s+|her\s+)?"
)
_VAGUE_NATURE: Final = re.compile(
    r"(?:see )?(?:foot ?)?(?:note|remark|explanation|response)s?(?: [\dF, and]+)?"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as its words in any order, without honours; ``generation`` is ``jr``, ``iii`` or empty."""

    words: tuple[str, ...]
    generation: str


@lru_cache(maxsize=65536)
def folded(text: str | None) -> str:
    """Text in lower case without accents and punctuation, single spaces; ``L.P.`` is ``lp``."""
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’`]", "", plain.replace("&", " and "))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain).split())


@lru_cache(maxsize=65536)
def company_key(name: str | None) -> str:
    """A company's name without its legal form: ``MKS INSTRUMENTS INC`` and ``MKS Instruments, Inc.`` are one.

    EDGAR's tags for a state or an older filer of the name (``/DE/``, ``/NEW/``) go too. Where nothing would
    be left, everything stays.
    """
    words = _words(re.sub(r"/\s*\w{2,3}\s*/?\s*$", "", name or ""))
    kept = [word for word in words if word not in _DESIGNATORS]
    return " ".join(kept or words)


@lru_cache(maxsize=65536)
def is_entity(name: str | None) -> bool:
    """Whether the words are those of a company, fund or trust rather than of a person."""
    words = _words(name)
    return any(word in _ENTITY_WORDS or word.isdigit() for word in words)


@lru_cache(maxsize=65536)
def person_name(name: str | None) -> PersonName:
    """The words of a person's name, sorted: EDGAR prints the family name first, filers often last."""
    words = [word for word in folded(name).split() if word not in _HONOURS]
    generations = [word for word in words if word in _GENERATIONS]
    kept = [word for word in words if word not in _GENERATIONS]
    return PersonName(tuple(sorted(kept)), generations[0] if generations else "")


@lru_cache(maxsize=65536)
def owner_words(name: str | None) -> str:
    """An owner's name as a key: an entity's words in order, a person's sorted and with the generation."""
    if is_entity(name):
        return company_key(name)
    person = person_name(name)
    return " ".join([*person.words, person.generation]).strip()


@lru_cache(maxsize=65536)
def security_words(title: str | None) -> str:
    """A security's title as a key: ``Common``, ``COMMON STOCK``, ``Common Stock, par value $.01`` are one.

    Par values, definitions in quotes, abbreviations in brackets and “(right to buy)” go; plurals become
    singular; a class stands first.
    """
    text = _RIGHT_TO_BUY.sub(" ", _DEFINED.sub(" ", title or ""))
    text = _ACRONYM.sub(
        lambda match: " " if _abbreviates(match[1], text[: match.start()]) else match[0], text
    )
    text = _PAR_VALUE.sub(" ", text) if re.search(r"\bpar\b", text, re.IGNORECASE) else text
    key = _SINGULAR.sub(r"\1", " ".join(_words(text)))
    key = re.sub(r"^(?:share of )", "", key)
    key = re.sub(r"^common (?:stock )?(class|series) (\w+)$", r"\1 \2 common stock", key)
    key = re.sub(r"\bcommon(?: stock| share)?$", "common stock", key)
    return key or " ".join(_words(title))


@lru_cache(maxsize=65536)
def nature_words(nature: str | None) -> str:
    """A nature of ownership as a key: ``By Spouse``, ``by wife``, ``Spouse`` and ``By spouse.`` are one.

    What only points to a footnote (``See footnote 1``) gives the empty key: it says nothing itself.
    """
    key = " ".join(_words(nature))
    if _VAGUE_NATURE.fullmatch(key):
        return ""
    key = _POSSESSOR.sub("", key)
    key = re.sub(r"\b(?:wife|husband)(s?)\b", r"spouse\1", key)
    return re.sub(r"^401 ?k(?: plan| account)?$", "401k", key)


def _words(text: str | None) -> list[str]:
    return [_SAME_WORD.get(word, word) for word in folded(text).split()]


def _abbreviates(short: str, before: str) -> bool:
    """Whether ``RSUs`` takes its letters, in order, from the first letters of the words before it."""
    letters = iter(word[0] for word in folded(before).split())
    return all(letter in letters for letter in short.casefold().removesuffix("s"))
