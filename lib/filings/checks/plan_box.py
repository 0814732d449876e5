"""The Rule 10b5-1(c) box against what the footnotes and remarks say, negations understood.

Filers write “made pursuant to a Rule 10b5-1 trading plan” and also “not made pursuant to”, “other than
pursuant to”, “outside of”. A word of negation counts only where it reaches the rule: where nothing but
words that link it to the plan stand between. “Does not represent a discretionary trade and was made
pursuant to a Rule 10b5-1 plan” is therefore a plan trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lib.filings.record import Filing, Finding

_RULE: Final = r"10b-?\s?5\s?[-‐‑–—]?\s?[1lI](?!\d)"
"""Rule 10b5-1 as filers type it, also with an l for the 1 and with other dashes."""

_NEGATIONS: Final = frozenset(
    {"not", "never", "neither", "nor", "none", "no", "without", "outside", "instead"}
)
_LINKING: Final = (
    # verbs of trading and of having a plan
    "been being be was were is are did done do does had has have having made make effected effectuated executed "
    "conducted entered established adopted sold sell purchased bought buy acquired acquire disposed exercised "
    "carried transacted traded completed reported placed initiated intended implemented engaged relied occurred "
    "subject covered governed satisfy comply meet qualify "
    # prepositions, articles and whose plan it is
    "into of out on in by to under with for as part pursuant accordance connection reliance compliance through "
    "via than a an any the this that these those such his her its their each all either existing effective "
    "written prearranged pre-arranged previously prior issuer's company's person's reporting person persons or "
    "and herein form 4 5 "
    # the plan, the rule and the trade
    "contract instruction instructions plan plans trading sales selling purchase arrangement arrangements program "
    "affirmative defense defence conditions requirements provisions rule rules sec exchange act section "
    "securities sale purchases transaction transactions trade trades shares share"
)
_LINKS: Final = frozenset(_LINKING.split())
"""Words that may stand between a negation and the rule it denies."""

_WORD: Final = re.compile(r"[\w'-]+|;")
_NEGATED_AFTER: Final = re.compile(
    rf"{_RULE}(?:\([^)]*\))*\s*(?:\w+\s+){{0,3}}?(?:was|were|is|are|does|do|did|has|had)\s*(?:not|n['’]t)\s+"
    r"(?:(?:been|being)\s+)?(?:used|involved|relied|apply|applicable|in\s+(?:effect|place|use)|adopted|the\s+basis)",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(
    r"\b(?:pursuant\s+to|under|accordance\s+with|compliance\s+with|complies|comply|part\s+of|reliance\s+on|through|by\s+means\s+of|"
    r"via|by|in|intended\s+to|satisf\w+|subject\s+to|required)\b",
    re.IGNORECASE,
)
_TRADE: Final = re.compile(
    r"\b(?:s[oa]ld|sales?|sells?|selling|purchase[sd]?|bought|transactions?|trades?d?|effected|executed|made|dispos\w+|"
    r"acqui\w+|exercise[sd]?|gift\w*|transfer\w*|reported|withh\w+|open[- ]market)\b",
    re.IGNORECASE,
)
_FUTURE: Final = re.compile(
    r"\b(?:may(?!\s+\d)|might|will|would|could|intends?|expects?|anticipates?|future)\b", re.IGNORECASE
)
_MERELY: Final = re.compile(
    rf"\W*(?:SEC\s+)?(?:Rule\s+)?{_RULE}(?:\([^)]*\))*"
    r"(?:\W+(?:trading|selling|plans?|sales?|trades?|transactions?|purchases?)\b)*\W*",
    re.IGNORECASE,
)
"""A sentence of nothing but the rule and its plan or trade: “Rule 10b5-1 sale.”"""

_MENTION: Final = re.compile(_RULE, re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(])|;\s")


def states_10b5_1(text: str) -> bool | None:
    """Does the text say that a trade was made under a Rule 10b5-1 plan?

    ``True`` where a sentence says so, ``False`` where one denies it and none says so, ``None`` where the
    text is silent or only speaks of a plan (its adoption, trades to come).
    """
    stated = {said for said, _ in _statements(text)}
    return True if True in stated else False if stated else None


def plan_box(filing: Filing) -> list[Finding]:
    """The box for Rule 10b5-1(c) agrees with the footnotes and remarks.

    Source: Form 4 and Form 5, Rule 10b5-1(c) Transaction Indication (Form 4, General Instruction 10;
    Release 33-11138, on forms from 2023-04-01). Where the form has no such box, a note quotes the sentence.
    """
    texts = [*filing.footnotes.items(), *([("remarks", filing.remarks)] if filing.remarks else [])]
    said = [(where, *statement) for where, text in texts for statement in _statements(text)]
    plans = [(where, sentence) for where, stated, sentence in said if stated]
    denials = [(where, sentence) for where, stated, sentence in said if not stated]
    if filing.aff10b5_one is not True and plans:
        where, sentence = plans[0]
        if filing.aff10b5_one is None:
            message = f"The form does not ask about Rule 10b5-1, but {_place(where)} says: “{sentence}”"
            return [Finding("note", "aff10b5_one", message, "plan-box.told")]
        message = f"The Rule 10b5-1 box is not ticked, but {_place(where)} says: “{sentence}”"
        return [Finding("warning", "aff10b5_one", message, "plan-box.unticked")]
    if filing.aff10b5_one and denials and not plans:
        where, sentence = denials[0]
        message = f"The Rule 10b5-1 box is ticked, but {_place(where)} says: “{sentence}”"
        return [Finding("warning", "aff10b5_one", message, "plan-box.denied")]
    return []


def _statements(text: str) -> Sequence[tuple[bool, str]]:
    """Each sentence that says a trade was, or was not, made under a Rule 10b5-1 plan."""
    return [*_said(text)] if "10b" in text or "10B" in text else ()


def _said(text: str) -> Iterator[tuple[bool, str]]:
    for sentence in map(str.strip, _SENTENCE.split(text)):
        end = 0
        for mention in _MENTION.finditer(sentence):
            before, end = sentence[end : mention.start()], mention.end()
            if _denied(before) or _NEGATED_AFTER.match(sentence, mention.start()):
                yield False, sentence
            elif _MERELY.fullmatch(sentence) or (
                _LINKED.search(before) and _TRADE.search(sentence) and not _FUTURE.search(before)
            ):
                yield True, sentence


def _denied(before: str) -> bool:
    """Does a negation reach the end of the text through linking words only?"""
    later = ""
    for word in reversed(_WORD.findall(before.lower().replace("’", "'"))):
        if word in _NEGATIONS or word.endswith("n't"):
            return True
        if later == "than" and word in {"other", "otherwise", "rather"}:
            return True
        if word not in _LINKS:
            return False
        later = word
    return False


def _place(where: str) -> str:
    return "the remark" if where == "remarks" else f"footnote {where}"
