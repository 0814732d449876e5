"""Letters of running text that recognition mistook, put right by what can stand there in English.

A full stop before a small letter is a comma, the year of a date follows one, and a word that is none becomes the
one word of the trade or of the page that differs in a letter of the same shape. Each repair lowers how sure the
word is, so that its value gets a finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from lib.filings.readers.scan_vocabulary import STROKES, TICKER
from lib.filings.readers.scan_words import DISAGREE
from lib.filings.readers.sheet import Word

Sure = tuple[Word, float]

CERTAIN = 0.95
"""Words surer than this are the page's vocabulary."""
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_ABBREVIATED = frozenset(
    """inc ltd corp co no nos st ave rd blvd dr mr mrs ms jr sr vs etc instr approx al dept ste bldg rev rel art
    sec para ext est max min avg pp""".split()  # noqa: SIM905 - reads as a sentence
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()  # noqa: SIM905
)
_AFTER_COMMA = re.compile(
    r"(?:LLC|L\.?L\.?C|Inc|INC|Ltd|LTD|L\.?P|Corp|CORP|N\.?A|Jr|Sr|Chief|Attorne[yv]|Managing|President|Vice|Senior"
    r"|Secretary|Trustee|Treasurer|Director|General|Authorized|By(?=:)|Bv(?=:)|Member|Head|Partner|Executive|Manager|Counsel)(?![a-z])"
)
_NEVER_SHORT = frozenset(
    {"LLC", "GmbH", "LP", "Holdings", "Partners", "Fund", "Group", "Trust", "Management"}
)
_TRADE = frozenset(
    """by attorney attorney-in-fact only any may company every party property security day days year years
    directly indirectly equity policy they beneficially currently quarterly yearly monthly family company's
    pay pays money approximately respectively previously solely newly formerly authority early""".split()  # noqa: SIM905
)
_SAME_SHAPE = (
    ("v", "y"),
    ("y", "v"),
    ("l", "i"),
    ("i", "l"),
    ("rm", "rn"),
    ("m", "rn"),
    ("D", "p"),
    ("c", "e"),
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*\.\d{3}")
_MILLIONS = re.compile(r"^(\(?\d{1,3}(?:,\d{3})+)\.000(?!\d)")
_OF_SHARES = re.compile(
    r"(?:shares?|common|units?|restricted|warrants?|rsus?|psus?|options?|class|earn|performance|deferred)\b",
    re.IGNORECASE,
)
_DAY_AND_POINT = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\.")
_BEFORE_SIGNING = frozenset({"By:", "by:", "Bv:", "bv:", "BY:", "Name:", "Signature:"})
_LONE_LETTERS = [[letter] for letter in "cosvwxz"]
"""Nothing beside them tells that they are small; a tick and a code are capitals."""
_RULE = re.compile(r"\d{2}[a-z]-$")
_PART = 6
_SIGNED = re.compile(r"[lI1|]s/|/s[lI1|]|/S/|/5/")
_IN_CARE_OF = frozenset({"CO", "C0", "CIO", "C/0", "C10", "ClO"})


def vocabulary(pieces: Sequence[Sequence[Sure]]) -> frozenset[str]:
    """The words of a page that were read with certainty, in small letters."""
    return frozenset(
        found.lower()
        for piece in pieces
        for word, sure in piece
        if sure >= CERTAIN
        for found in _LETTERS.findall(word.text)
    )


def in_english(
    piece: Sequence[Sure], known: Collection[str], after: Sequence[Sequence[Sure]] = ()
) -> list[Sure]:
    """The words of a piece of a line as they can stand in English.

    ``known`` is the page's vocabulary, ``after`` the pieces that come next, one of which the text may go on in.
    """
    piece = _made_one(piece, known)
    texts = [word.text for word, _ in piece]
    texts += [below[0][0].text for below in after if piece and below and _is_below(piece[0][0], below[0][0])][
        :1
    ]
    for n, text in reversed(list(enumerate(texts[: len(piece)]))):
        texts[n] = _word(text, n, texts, known)
    texts = texts[: len(piece)]
    if texts in _LONE_LETTERS:
        texts = [texts[0].upper()]
    if "[" in texts and len(texts) > 2 and re.fullmatch(TICKER, texts[-2]) and texts[-1] in {*STROKES}:
        texts[-1] = "]"
    return [
        (word, sure) if text == word.text else (replace(word, text=text), min(sure, DISAGREE))
        for (word, sure), text in zip(piece, texts, strict=True)
    ]


def _made_one(piece: Sequence[Sure], known: Collection[str]) -> list[Sure]:
    """The words with two that are one put together: the page knows the whole and not its parts, or a rule's number."""
    words: list[Sure] = []
    for word, sure in piece:
        before = words[-1][0].text if words else ""
        whole = before + word.text
        parts = {before.lower(), _stem(word.text)}
        torn = _stem(whole) in known and before.isalpha() and not parts & {*known} and len(before) < _PART
        if torn or (_RULE.search(before) and word.text[:1].isdigit()):
            one, least = words.pop()
            words.append((replace(one, text=whole, x1=word.x1), min(least, sure, DISAGREE)))
        else:
            words.append((word, sure))
    return words


def _stem(text: str) -> str:
    return text.strip(".,;:()\"'").lower()


def _is_below(one: Word, other: Word) -> bool:
    """Whether a line begins right under another one."""
    return abs(one.x0 - other.x0) < one.size and 0 < other.top - one.top < 2 * one.size


def _word(text: str, n: int, texts: Sequence[str], known: Collection[str]) -> str:
    after = texts[n + 1] if n + 1 < len(texts) else ""
    if n == 0 and text in _IN_CARE_OF and after[:1].isalpha():
        return "C/O"
    if _SIGNED.fullmatch(text):
        return "/s/"
    if _DAY_AND_POINT.fullmatch(text):
        return text[:-1]
    if text == "0." and n and texts[n - 1] == "P.":
        return "O."
    if _THOUSANDS.fullmatch(text) and _OF_SHARES.match(after):
        return text.replace(".", ",")
    text = _MILLIONS.sub(r"\1,000", text)
    if text.endswith(".."):
        return text[:-1] + ","
    if text.endswith(":") and _SIGNED.fullmatch(after.replace("/s/", "ls/")) and text not in _BEFORE_SIGNING:
        return text[:-1] + ";"
    if text.endswith(".") and after and _is_comma(text, after, texts[n - 1] if n else ""):
        text = text[:-1] + ","
    return _LETTERS.sub(lambda found: _known(found[0], known), text)


def _is_comma(text: str, after: str, before: str) -> bool:
    """Whether the point at the end of a word is a comma: no sentence ends there."""
    word = text[:-1].strip("\"'()“”")
    if re.fullmatch(r"\d{1,2}", word) and (not before or before.lower().strip(".,") in _MONTHS):
        return bool(re.match(r"(?:19|20)\d\d", after))
    if len(word) < 2 or word.lower() in _ABBREVIATED or "." in word:
        return False
    if word in _NEVER_SHORT and (after[:1].isalpha() or after[:1] == "("):
        return after[:1].islower() or after[:1] == "(" or bool(_AFTER_COMMA.match(after))
    return after[:1].islower() or bool(_AFTER_COMMA.match(after) and not word.isdigit())


def _alike(word: str) -> set[str]:
    """The words that one letter of the same shape makes of a word."""
    return {
        word[: place.start()] + other + word[place.end() :]
        for one, other in _SAME_SHAPE
        for place in re.finditer(one, word)
    }


def _known(word: str, known: Collection[str]) -> str:
    """A word, or where it is none the only one of the trade or the page that has letters of the same shapes."""
    if word.lower() in _TRADE or word.isupper():
        return word
    certain = word.lower() in known
    alike = _alike(word)
    found = {
        whole
        for whole in alike
        if whole.lower() in _TRADE or (not certain and len(word) > 2 and whole.lower() in known)
    }
    if not found and len(word) > 5:
        found = {whole for once in alike for whole in _alike(once) if whole.lower() in _TRADE}
    # Of two like letters side by side recognition may see one.
    doubled = {word[:n] + letter + word[n:] for n, letter in enumerate(word) if len(word) > 4}
    found |= {whole for whole in doubled if not certain and whole.lower() in known}
    return found.pop() if len(found) == 1 else word
