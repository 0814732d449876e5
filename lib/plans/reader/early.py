"""What a plan says vests early: upon death, disability or retirement, at an acquisition, or after one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.leaving import granted_from, without_reserve
from lib.plans.reader.outline import Part, Sentence
from lib.plans.reader.words import LENGTH, length, reasons

_ADDED = re.compile(
    r"\badditional (?:portion|part|installments?|shares)\b[^.]{0,80}?\b(?:would have (?:become )?|(?:was|were) due to become |would become )(?:vested|exercisable)?[^.]{0,40}?\b(?:on|by|at|through) the (?:next|following) anniversary",
    re.IGNORECASE,
)
_SUDDENLY = r"(?:immediately |automatically |fully |100% |also |then |at once |thereupon )*"
_IN_FULL = re.compile(
    rf"\b(?:becomes?|be)\b {_SUDDENLY}(?:vested|exercisable)(?:,? and {_SUDDENLY}(?:vested|exercisable))?\b"
    rf"|\b(?:shall|will|to)? ?{_SUDDENLY}(?:vest|lapse|accelerate)s?\b"
)
_WHOLE = re.compile(
    r"\bin full\b|\bfully\b|\b100%|\bentire\b|\ball\b[^.;]{0,60}?\b(?:options?|awards?|units?|rsus?|shares|restrictions?)\b|\bany (?:unvested|restrict\w+)\b"
    r"|\b(?:unvested|outstanding) [^.;]{0,40}?\b(?:shall|will) \w* ?(?:vest|become)"
)
_PARTLY = re.compile(
    r"\bpro[- ]?rat|\bone-half\b|\ba portion\b|\b(?:[1-9]\d?)(?:\.\d+)?%|\bpercent of\b|\bhalf of\b|\badditional\b|\bwould have vested\b|\btarget\b|\bperformance\b"
)
_CHANGE = r"\b(?:acquisition|(?:change (?:in|of)|corporate) (?:control|transaction))\b"
_SECOND_TRIGGER = re.compile(
    rf"\b(?:within|during)(?: the| a)? {LENGTH}(?:[- ]period)?(?: period)? (?:immediately )?(?:after|following|of|beginning (?:on|with)) (?:the (?:date|effective date|occurrence|consummation) of )?(?:an?|the|such) {_CHANGE[2:]}"
)
_CONDITIONAL = r"\bmay\b|\bdiscretion\b|elects not|not assumed|\bunless\b|\bif\b|\bprovided\b|opinion|prior to the consummation|dissolution|\bterminat|\bassum\w+|\bsubstitut\w+|\bconsent|\bcommittee\b|\bnot\b"
_DOUBTFUL = r"\bmay\b(?! (?:be exercised|exercise|thereafter))|\bdiscretion\b|\bunless\b|\bprovided\b|\bother than\b|\bexcept\b|\bto the extent\b|\bprior to\b|\bwould have\b|\bconsent|\bapprov|\bdetermin|\bcommittee\b|\bnot\b(?! (?:then|yet|otherwise|previously|already))"
_EARLY = re.compile(
    r"\baccelerat\w+|\b(?:become|becomes|be) (?:\w+ )?(?:immediately|automatically|fully) (?:\w+ )?(?:vested|exercisable)\b|\bvest(?:ed|s)? in full\b|\bexercisable in full\b"
    r"|\bcontinue to vest\b|\bvest (?:immediately|at once)\b|\brestrictions? (?:shall|will) (?:\w+ )?lapse\b|\bunvested [^.;]{1,40} (?:shall|will) (?:\w+ )?vest\b",
    re.IGNORECASE,
)


def accelerations(part: Part) -> list[Found]:
    """What vests early upon leaving for some reasons, and at an acquisition."""
    listed: list[Found] = []
    before = ""
    for sentence in part.sentences():
        text = sentence.text.lower()
        added = _ADDED.search(sentence.text)
        if added:
            context = before + " " + text if "death" not in text else text
            upon = [reason for reason in reasons(context) if reason in {"death", "disability"}]
            if upon:
                clause = sentence.clause_at(added.start())
                value = {"upon": upon, "reach": "next_anniversary", **granted_from(sentence)}
                listed.append(Found("accelerations", value, clause, sentence.text))
        else:
            listed += [
                Found("accelerations", value, sentence.clause_at(place), sentence.text, sure)
                for value, place, sure in _upon(part, sentence)
            ]
        before = text
    return _agreeing(listed)


def unread_accelerations(part: Part, read: list[str]) -> list[str]:
    """Sentences that make something vest early or in full and are in none of those read."""
    return [
        sentence.text
        for sentence in part.sentences()
        if _EARLY.search(sentence.text)
        and not re.search(r"\b(?:on|at) (?:the|their|its) (?:date of grant|grant date)\b", sentence.text)
        and not any(sentence.text in quote for quote in read)
    ]


def _agreeing(listed: list[Found]) -> list[Found]:
    """Each thing said once."""
    kept: list[Found] = []
    for found in listed:
        if not any(found.value == other.value for other in kept):
            kept.append(found)
    return kept


def _upon(part: Part, sentence: Sentence) -> Iterator[tuple[dict[str, Any], int, float]]:
    """What a sentence makes of all that is outstanding, at an acquisition, after one, or upon leaving."""
    text = without_reserve(sentence.whole)
    vests = _IN_FULL.search(text)
    if not vests or not _WHOLE.search(text) or _PARTLY.search(text):
        return
    if _SECOND_TRIGGER.search(text):
        value = _second(text)
    elif re.search(_CHANGE, text) or not re.search(r"\b(?:death|dies?|disab\w+|retire\w*)\b", text):
        value = _acquired(part, sentence)
    else:
        value = _leaving(text)
    if value is not None:
        yield (
            value,
            0,
            SURE
            if text == sentence.whole and re.search(r"\bin full\b|\bfully\b|\b100%|\ball\b", text)
            else LIKELY,
        )


def _second(text: str) -> dict[str, Any] | None:
    """The end of service soon after an acquisition, for the reasons that the sentence names."""
    second = _SECOND_TRIGGER.search(text)
    within = length(second) if second else None
    upon = [reason for reason in reasons(text) if reason in {"without_cause", "good_reason"}]
    if within is None or "months" not in within or not upon:
        return None
    if re.search(
        r"\bmay\b|\bdiscretion\b|\bunless\b|\bprovided\b|\bbefore\b|\bprior to\b|\bnot assumed\b", text
    ):
        return None
    if set(reasons(text)) - {"without_cause", "good_reason", "voluntary"}:
        return None
    return {"upon": upon, "reach": "full", "within_months_of_acquisition": within["months"]}


def _leaving(text: str) -> dict[str, Any] | None:
    """Death, disability or retirement, where the sentence sets no condition."""
    said = re.split(r"\bvest|\blapse|\bexercisable", text)[0] if not text.startswith("all ") else text
    upon = [reason for reason in reasons(said) if reason in {"death", "disability", "retirement"}]
    upon = upon or [r for r in reasons(text) if r in {"death", "disability", "retirement"}]
    if not upon or re.search(_DOUBTFUL, text) or set(reasons(text)) - {*upon, "voluntary"}:
        return None
    if re.search(
        r"\bcontinue to vest\b|\banniversar(?:y|ies) of\b|\bif (?:the|he|she) [^,]*\b(?:served|age)\b|\bcertif",
        text,
    ):
        return None
    return {"upon": upon, "reach": "full"}


def _acquired(part: Part, sentence: Sentence) -> dict[str, Any] | None:
    """All that is outstanding, at an acquisition and on no further condition."""
    text = without_reserve(sentence.text.lower())
    outstanding = re.search(
        r"\b(?:options?|awards?|units?|rsus?)\b[^.]{0,60}\b(?:outstanding|unvested)\b|\b(?:outstanding|unvested) (?:[\w-]+ ){0,3}?(?:options?|awards?|units?|rsus?)\b|\ball (?:[\w-]+ ){0,2}restrictions\b",
        text,
    )
    plain = re.sub(r"\bwhether or not\b|\bnot (?:then|yet|otherwise|previously)\b", "", text)
    if not outstanding or re.search(_CONDITIONAL, plain) or set(reasons(text)) - {"voluntary"}:
        return None
    section = re.split(r"\(", sentence.clause)[0]
    around = " ".join(block.text for block in part.under(sentence.clause) + part.under(section)).lower()
    named = re.search(_CHANGE, f"{text} {sentence.heading.lower()}")
    defined = re.search(r"\"acquisition\"|“acquisition”|\bchange (?:in|of) control\b", around)
    dated = re.search(r"effective date|such (?:date|event|transaction)", text)
    return {"upon": ["acquisition"], "reach": "full"} if named or (defined and dated) else None
