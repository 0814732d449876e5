"""What the whole record tells about single readings of a scan: marks without a note, quotes without a partner.

A mark can only be that of a note the form has, a number that stands twice is read twice, and a defined term has
quotes on both sides. Each repair is a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from lib.filings.readers.scan_vocabulary import ALIKE, COMMON, STROKES, TICKER
from lib.filings.readers.text_head import STATES
from lib.filings.readers.text_words import TRADE_WORDS
from lib.filings.record import TABLES, Filing, Finding, Issuer, Row

_SHARES = (
    "transaction_shares",
    "underlying_security_shares",
    "shares_owned_following",
)
_TEXTS = ("security_title", "underlying_security_title", "nature_of_ownership")
_WORD = re.compile(r"[A-Za-z]+")
_CLASS = re.compile(r"\b(Class [A-F])(?=(?:common|ordinary|preferred|stock|shares)\b|[A-Z][a-z]{3,}\b)")
_WITHIN = re.compile(r"^\(|(?<=[a-z])\)(?=[a-z])")
_FIGURES = str.maketrans("OIlSZ", "01152")
_COMMON = TRADE_WORDS | COMMON
_SHORTEST = 3
_SELDOM = 6
_SHAPES = {
    ("m", "n"),
    ("n", "m"),
    ("n", "r"),
    ("r", "n"),
    ("y", "v"),
    ("v", "y"),
    ("i", "l"),
    ("l", "i"),
    ("n", "t"),
    ("m", "r"),
}
_POINT_IN_LIST = re.compile(r"[.:] (?=\((?:ii|iii|iv|v|vi)\))|(?<=\d)\. (?=[a-z])")
_MILLIONS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|(?<=\$)\d{1,3}\.000(?!\d)|(?<=\()\d{1,3}\.000(?= shares)"
)
_OF_SHARES = re.compile(
    r"(?<![\d.,$])[1-9]\d{0,2}\.\d{3}(?= (?:shares?|units?|stock|common|earn|options?|warrants?|rsus?|psus?)\b)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\((i{1,3})\)")
_TORN = re.compile(r"\b(?=([a-z]{1,14}) ([a-z]{1,14})\b)")
_SHORT = frozenset("a an am as at be by do ex go he if in is it me my no of on or so to up us we".split())  # noqa: SIM905
_SHORTEST_CUT = 5
_LONG = 7
"""Letters of a word that cannot well be another one."""
_TERM = r"[A-Z][^\"()]{1,40}"
_OPENED = re.compile(rf"(\((?:the |each,? an? |an? |collectively, the )?\"{_TERM})\)")
_CLOSED = re.compile(rf"(\((?:the )?)({_TERM}\")(?=\))")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z]) (?='s\b)")
_NUMERAL = re.compile(r"(?<=\s)\((i{1,3}|iv|vi{0,3}|ix|x|[a-d]) (?=[a-z])")
_POINT = re.compile(r"(?<=[A-Za-z]{3})\. (?=[A-Za-z])")
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Corp|Jr|Sr|Esq|Cos|Bros|Mrs|Messrs|Dept|INC|LTD|CORP)$")
_O_FOR_Q = re.compile(r"(?<=[A-Z]C)O(?=U[IA][A-Z])|(?<=\b[ES])O(?=U[IA][A-Z])")
_AFTER_RANK = re.compile(
    r"(?<=\b(?:Deputy|Senior))[.,] (?=[A-Z])|(?<=\b(?:Assistant|Associate))[.,] (?=[A-Z])"
)
"""A sign after the first word of an office of several words."""
_BEFORE_FORM = re.compile(r"(?<=[a-z]),(?=(?:LLC|LP|L\.P|Inc|Ltd|Corp)\b)")
_BEFORE_BRACKET = re.compile(r"(?<=\b(?:LLC|Inc|Ltd))(?=\()|(?<=\bLP)(?=\()|(?<=\b(?:Inc|Ltd)\.)(?=\()")
_BY_AFTER_COLON = re.compile(r"(?<=[A-Za-z.]): (?=By:)")
_WITH_TICKER = re.compile(rf"(.+?) \[ ?({TICKER}) ?([{re.escape(STROKES)}]?)")
_DOUBT = "Recognition read “{}”; taken for “{}”."


def mended(filing: Filing) -> Filing:
    """The record with what it tells about itself put right, each with a finding."""
    findings: list[Finding] = []
    count = len(filing.footnotes)
    thousands = {
        value * 1000
        for _, row in filing.rows()
        for name in _SHARES
        if (value := getattr(row, name)) is not None and value % 1
    }
    said = {getattr(row, name) for _, row in filing.rows() for name in _SHARES}
    tables: dict[str, tuple[Row, ...]] = {
        table: tuple(
            _row(row, f"{table}[{n}]", count, thousands & said, findings)
            for n, row in enumerate(getattr(filing, table))
        )
        for table in TABLES
    }
    texts = [*filing.footnotes.values(), filing.remarks or ""]
    times = Counter(word for text in texts for word in _WORD.findall(text))
    notes = {
        key: _told(
            text,
            in_pairs(with_letters(made_one(_CLASS.sub(r"\1 ", text), times), times)),
            f"footnotes.{key}",
            findings,
        )
        for key, text in filing.footnotes.items()
    }
    signatures = tuple(
        replace(one, name=_told(one.name, with_commas(one.name), f"signatures[{n}].name", findings))
        if one.name
        else one
        for n, one in enumerate(filing.signatures)
    )
    owners = tuple(
        replace(one, state=_told(one.state, place_code(one.state), f"reporting_owners[{n}].state", findings))
        if one.state
        else one
        for n, one in enumerate(filing.reporting_owners)
    )
    issuer = _issuer(filing.issuer, findings)
    remarks = filing.remarks
    changed: dict[str, Any] = {
        **_words(tables, findings),
        "remarks": remarks and _told(remarks, in_pairs(remarks), "remarks", findings),
        "issuer": issuer,
        "reporting_owners": owners,
        "footnotes": notes,
        "signatures": signatures,
    }
    return replace(filing, **changed, findings=(*filing.findings, *findings))


def _issuer(issuer: Issuer, findings: list[Finding]) -> Issuer:
    """The issuer with the Q of its name, and with its ticker where the bracket after it was read as a stroke."""
    if not issuer.name:
        return issuer
    found = None if issuer.symbol else _WITH_TICKER.fullmatch(issuer.name)
    if found:
        message = _DOUBT.format(issuer.name, found[2])
        if not found[3] and found[2][-1] in STROKES:
            message += f" Its last letter, {found[2][-1]}, may be the bracket."
        findings.append(Finding("warning", "issuer.symbol", message, "scan.signs"))
        issuer = replace(issuer, symbol=found[2])
    read: str = issuer.name or ""
    return replace(issuer, name=_told(read, with_q(found[1] if found else read), "issuer.name", findings))


def place_code(state: str) -> str:
    """A state's code; EDGAR's codes for foreign places have a figure where a letter was read that none has."""
    return state if state in STATES else state[:1] + state[1:].translate(_FIGURES)


def _words(tables: dict[str, tuple[Row, ...]], findings: list[Finding]) -> dict[str, tuple[Row, ...]]:
    """The tables with words of titles and natures whole: the trade's, and those that other rows say."""
    texts = [getattr(row, name) or "" for rows in tables.values() for row in rows for name in _TEXTS]
    times = Counter(word for text in texts for word in _WORD.findall(_CLASS.sub(r"\1 ", text)))
    made: dict[str, tuple[Row, ...]] = {}
    for table, rows in tables.items():
        changed: list[Row] = []
        for n, row in enumerate(rows):
            whole: dict[str, Any] = {
                name: _told(text, whole_words(text, times), f"{table}[{n}].{name}", findings)
                for name in _TEXTS
                if (text := getattr(row, name))
            }
            changed.append(replace(row, **whole))
        made[table] = tuple(changed)
    return made


def whole_words(text: str, times: Mapping[str, int]) -> str:
    """A cell's words without spaces and brackets within them or left of a mark, and with the letters the trade's have.

    ``times`` says how often the tables say each word.
    """
    words: list[str] = []
    for word in _CLASS.sub(r"\1 ", text.removesuffix("()")).split():
        before = words[-1] if words else ""
        bare = _WITHIN.sub("", word)
        if (
            before.isalpha()
            and _known(before + word, times)
            and not (_known(before, times) and _known(word, times))
        ):
            words[-1] = before + word
        elif bare != word and _known(bare, times) and not _known(word, times):
            words.append(word[: len(word) - len(word.lstrip("("))] + bare)
        else:
            words.append(_like(word, times))
    return " ".join(words)


def _known(word: str, times: Mapping[str, int]) -> bool:
    word = word.strip(",.;:()")
    return word in TRADE_WORDS or times.get(word, 0) > 1


def _like(word: str, times: Mapping[str, int]) -> str:
    """A long word, or where none knows it the one word of the trade that differs from it in a letter.

    Of two like letters side by side recognition may see one, in shorter words too.
    """
    if len(word) < _SHORTEST_CUT or not word.isalpha() or _known(word, times):
        return word
    alike = [
        other
        for other in TRADE_WORDS
        if (
            len(word) >= _LONG
            and len(other) == len(word)
            and sum(a != b for a, b in zip(other, word, strict=True)) == 1
        )
        or (
            len(other) == len(word) + 1
            and any(a == b and other[:n] + other[n + 1 :] == word for n, (a, b) in enumerate(pairwise(other)))
        )
    ]
    return alike[0] if len(alike) == 1 else word


def in_pairs(text: str) -> str:
    """A note whose defined terms have quotes on both sides, its numerals both brackets, and its thousands commas."""
    if text.count('"') % 2:
        text = _CLOSED.sub(r'\1"\2', _OPENED.sub(r'\1")', text)) if _unpaired(text) else text
    text = _OF_SHARES.sub(lambda found: found[0].replace(".", ","), _items(text).replace(' ")', '")'))
    text = _POSSESSIVE.sub("", _BEFORE_BRACKET.sub(" ", text))
    text = _POINT_IN_LIST.sub(lambda found: "; " if found[0][0] == ":" else ", ", text)
    return _NUMERAL.sub(r"(\1) ", _MILLIONS.sub(lambda found: found[0].replace(".", ","), text))


def _items(text: str) -> str:
    """A note whose list goes on from (ii) to (iii): of three like strokes recognition may see two."""
    found = list(_ROMAN.finditer(text))
    if [item[1] for item in found] != ["i", "ii", "ii"]:
        return text
    return f"{text[: found[2].start()]}(iii){text[found[2].end() :]}"


def made_one(text: str, times: Mapping[str, int]) -> str:
    """A note whose words have no space within: two parts, one of them no word, that make a word of most notes."""
    for found in reversed(list(_TORN.finditer(text))):
        strange = any(
            part not in _COMMON | ALIKE | _SHORT and times.get(part, 0) < 2 for part in (found[1], found[2])
        )
        if strange and found[1] + found[2] in _COMMON:
            text = text[: found.end(1)] + text[found.start(2) :]
    return text


def with_letters(text: str, times: Mapping[str, int]) -> str:
    """A note whose words have the letter that recognition lost in them or took for one of its shape.

    ``times`` says how often the notes say each word; only a word they say more often, or one that most notes are
    made of, is put for another.
    """
    return _WORD.sub(lambda found: _lettered(found[0], times), text)


def _lettered(word: str, times: Mapping[str, int]) -> str:
    if (
        len(word) < _SHORTEST
        or word in _COMMON | ALIKE
        or times.get(word, 0) > _SELDOM
        or not word[1:].islower()
    ):
        return word
    said = {other for other, count in times.items() if count > 2 * times.get(word, 0)} | _COMMON
    whole = {
        other for other in said if other[:1] == word[:1] and other[1:].islower() and _is_cut_of(word, other)
    }
    return whole.pop() if len(whole) == 1 else word


def _is_cut_of(word: str, other: str) -> bool:
    """Whether a word is another one without a letter in its middle, or with one of another's shape, as m is of rn."""
    if len(other) == len(word) + 1:
        return word in {other[:n] + other[n + 1 :] for n in range(1, len(other) - 1)} | {
            other[: place.start()] + "m" + other[place.end() :] for place in re.finditer("rn", other)
        }
    different = [(a, b) for a, b in zip(word, other, strict=False) if a != b]
    return len(word) == len(other) and len(different) == 1 and different[0] in _SHAPES


def _unpaired(text: str) -> bool:
    """Whether the missing quote is that of one term alone."""
    return len(_OPENED.findall(text)) + len([m for m in _CLOSED.finditer(text) if '"' not in m[1]]) == 1


def with_commas(name: str) -> str:
    """A signature without full stops: between a name and what its owner signs as stands a comma.

    Between a firm and who signs for it stands a semicolon, which may look like a colon.
    """
    name = _AFTER_RANK.sub(" ", _BEFORE_FORM.sub(", ", _BY_AFTER_COLON.sub("; ", name)))
    parts = _POINT.split(name)
    whole = parts[0]
    for part in parts[1:]:
        whole += (". " if _ABBREVIATED.search(whole) else ", ") + part
    return whole


def with_q(text: str) -> str:
    """A text whose words in capitals have the Q that was read as an O, where English has no O before U."""
    return _O_FOR_Q.sub("Q", text)


def _told(text: str, whole: str, where: str, findings: list[Finding]) -> str:
    if whole != text:
        message = "Signs that recognition mistook or lost between words were put right."
        findings.append(Finding("warning", where, message, "scan.signs"))
    return whole


def _row(row: Row, where: str, count: int, thousands: set[Any], findings: list[Finding]) -> Row:
    """The row with marks that have notes, and with the commas that another reading of a number has."""
    marks: dict[str, tuple[str, ...]] = {}
    for name, found in row.footnotes.items():
        kept = tuple(dict.fromkeys(part for mark in found for part in _parted(mark, count)))
        marks[name] = kept
        if kept != found:
            message = _DOUBT.format(", ".join(found), ", ".join(kept) or "no mark")
            findings.append(Finding("warning", f"{where}.{name}", message, "scan.mark"))
    values: dict[str, Decimal] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in _SHARES and value is not None and value * 1000 in thousands:
            values[field.name] = Decimal(int(value * 1000))
            message = _DOUBT.format(value, values[field.name]) + " So another cell says it."
            findings.append(Finding("warning", f"{where}.{field.name}", message, "scan.thousands"))
    changed: dict[str, Any] = {**values, "footnotes": {name: kept for name, kept in marks.items() if kept}}
    return replace(row, **changed)


def _parted(mark: str, count: int) -> list[str]:
    """A mark, or where there is no such note the two marks that it was read from; none where they have none either."""
    number = mark.removeprefix("F")
    if not number.isdigit() or int(number) <= count or not count:
        return [mark]
    parts = [f"F{digit}" for digit in number if 0 < int(digit) <= count]
    return parts if len(parts) == len(number) == 2 and int(number[0]) < int(number[1]) else []
