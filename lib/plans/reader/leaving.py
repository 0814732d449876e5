"""What a plan says about leaving: windows by reason, acceleration upon death, disability or an acquisition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.outline import Part, Sentence, dates_in
from lib.plans.reader.words import LENGTH, length, reasons
from lib.plans.term import Reason

_ENDS = (
    r"\bterminat\w+ of (?:(?:an?|the|such|his|her) )?(?:[\w'’-]+ ){0,3}?(?:service|employment)|\bservice\b.{0,40}?\b(?:ends|terminat\w+|is terminated)\b|\bemployment\b.{0,30}?\bterminat\w+"
    r"|\bdies (?:while|during)\b|\bterminat\w+ (?:for|without) cause\b|\bceases? to (?:be|serve)\b|\bremoved from the board\b|\bstops being\b|\bceased to be\b|\btermination of service\b"
)
_EXERCISABLE = r"\bexercis(?:e|ed|able)\b|\bright to exercise\b"
_PERIOD = (
    rf"(?:\b(?:within|during|for|until)(?: the| a| an)?(?: period of| expiration of| earlier of)?|\bprior to the expiration of|\bshall terminate|\bends)(?: the)? {LENGTH}(?:[- ]period)?"
    rf"(?P<after>[^.;]{{0,160}}?\b(?:after|following|from)\b[^.;]{{0,120}})?"
)
_ENDED = (
    _ENDS
    + r"|\b(?:such|of) (?:termination|cessation)\b|\bfrom then\b|\bend of service\b|\bservice ends\b|\b(?:following|after) [^.]{0,30}\bdeath\b"
)
_AT_ONCE = r"\b(?:shall|will) (?:\w+ ){0,3}?(?:immediately )?(?:terminate|lapse|expire|be forfeited)\b[^.;]{0,60}?\bimmediately\b|\bimmediately (?:terminate|lapse|expire|be forfeited|cease)"
_EXCEPT = re.compile(
    r"\b(?:(?:for any reason,?|any reason) (?:other than|except(?: for)?)|(?:other than|except) (?:upon|for|as (?:a|the) result of|by reason of|due to|because of|on account of))"
    r" (?P<others>[^,;.]*(?:, [^,;.]*?){0,3}?)(?=,? (?:the|his|her|such) (?:\w+ )?(?:options?|rights?|participant|optionee|director)\b(?!['’])|, all\b|, any\b|[;.])",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\b(?:unless|except|other than)\b")
_TURN = re.compile(r"\b(?:unless|except|provided|other than|but)\b")
_SPECIAL = r"\b(?:extension|incentive stock option|disqualif|16\(b\)|prevented by)\b"


def windows(part: Part) -> list[Found]:
    """The windows of a plan or amendment: for any reason first, then for reasons that differ from it."""
    listed = [found for sentence in part.sentences() for found in _window(sentence)]
    general = [found for found in listed if not found.value.get("reasons")]
    lengths = {_span(found) for found in general}
    if len(lengths) > 1:
        return []
    kept = general[:1]
    for found in listed:
        named = found.value.get("reasons")
        known = any(named == other.value.get("reasons") for other in kept)
        if named and not known and not (kept and _span(found) == _span(kept[0])):
            kept.append(found)
    return kept


def unread_windows(part: Part) -> list[str]:
    """Sentences on leaving for a reason, with a length of time, that gave no window."""
    read = {found.quote for sentence in part.sentences() for found in _window(sentence)}
    return [
        sentence.text
        for sentence in part.sentences()
        if sentence.text not in read
        and _reasons_of(sentence.text)
        and re.search(r"\b(?:options?|exercis\w+)\b", sentence.text.lower())
        and re.search(rf"\b{LENGTH}\b", sentence.text.lower())
        and not re.search(r"\bincentive stock option\b|\bdisqualif", sentence.text.lower())
    ]


_EARLY = re.compile(
    r"\baccelerat\w+|\b(?:become|becomes|be) (?:\w+ )?(?:immediately|automatically|fully) (?:\w+ )?(?:vested|exercisable)\b|\bvest(?:ed|s)? in full\b|\bexercisable in full\b",
    re.IGNORECASE,
)


def unread_accelerations(part: Part, read: list[str]) -> list[str]:
    """Sentences that make something vest early or in full and are in none of those read."""
    return [
        sentence.text
        for sentence in part.sentences()
        if _EARLY.search(sentence.text) and not any(sentence.text in quote for quote in read)
    ]


def _span(found: Found) -> tuple[Any, ...]:
    return tuple(found.value.get(name) for name in ("months", "days", "at_once"))


def _window(sentence: Sentence) -> Iterator[Found]:
    text = sentence.text.lower()
    if (
        not re.search(_ENDS, text)
        or not re.search(_EXERCISABLE + r"|\boptions?\b", text)
        or re.search(_SPECIAL, text + " " + sentence.heading.lower())
    ):
        return
    if re.search(r"\b(?:committee|board|administrator) may\b", text):
        return
    excepted = _EXCEPT.search(sentence.text)
    others = _reasons_of(excepted[0]) if excepted else ()
    granted = _granted_from(sentence)
    at_once = re.search(_AT_ONCE, text)
    if at_once and reasons(text) == ("cause",) and re.search(r"\boptions?\b", text):
        yield Found("windows", {"at_once": True, "reasons": ["cause"]}, sentence.clause, sentence.text)
        return
    begins = 0
    for found in re.finditer(_PERIOD, text):
        measured = length(found)
        found["after"] or ""
        item = sentence.clause_at(found.start())
        before = text[max(begins, _item_start(sentence, found.start())) : found.start()]
        begins = found.end("unit")
        follows = text[found.start() : found.end() + 90]
        if measured is None or re.search(
            r"\bgrant\b|change (?:in|of) control", follows[: len(found[0]) + 30]
        ):
            continue
        if not re.search(_ENDED, f"{before} {follows}"):
            continue
        clause = before + _TURN.split(found[0])[0]
        named: tuple[Reason, ...] = () if excepted else _reasons_of(clause)
        if not excepted and named and _NEGATES.search(clause) and not re.search(r"\bin which case\b", clause):
            continue
        value: dict[str, Any] = {**measured, **granted}
        if named:
            value["reasons"] = list(named)
        elif others:
            value["other_than"] = list(others)
        yield Found(
            "windows",
            value,
            item if named else sentence.clause,
            sentence.text,
            LIKELY if "longer period" in text else SURE,
        )


def _item_start(sentence: Sentence, place: int) -> int:
    return max((start for start, _ in sentence.items if start <= place), default=0)


def _reasons_of(text: str) -> tuple[Reason, ...]:
    """The reasons for which service ends in a clause; a definition of disability is none."""
    return tuple(reason for reason in reasons(text) if reason != "without_cause")


def _granted_from(sentence: Sentence) -> dict[str, date]:
    found = re.search(r"\bgranted\b.{0,30}?\bon or after\b", sentence.text)
    dates = dates_in(sentence.text[found.end() : found.end() + 25]) if found else []
    return {"granted_from": dates[0]} if dates else {}


def uncovered(listed: list[Found]) -> list[Reason]:
    """The reasons for leaving for which no window was found."""
    general = next((found for found in listed if not found.value.get("reasons")), None)
    left = set(get_args(Reason)) if general is None else set(general.value.get("other_than", ()))
    for found in listed:
        left -= set(found.value.get("reasons", ()))
    return [reason for reason in get_args(Reason) if reason in left]


_ADDED = re.compile(
    r"\badditional (?:portion|part|installments?|shares)\b[^.]{0,80}?\b(?:would have (?:become )?|(?:was|were) due to become |would become )(?:vested|exercisable)?[^.]{0,40}?\b(?:on|by|at|through) the (?:next|following) anniversary",
    re.IGNORECASE,
)
_IN_FULL = r"\b(?:become|becomes|be)\b (?:immediately |automatically |fully )*(?:vested|exercisable)(?: and (?:vested|exercisable))?(?: in full|\b)"


def accelerations(part: Part) -> list[Found]:
    """What vests early upon death or disability, and at an acquisition."""
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
                value = {"upon": upon, "reach": "next_anniversary", **_granted_from(sentence)}
                listed.append(Found("accelerations", value, clause, sentence.text))
        elif (upon_change := _acquired(part, sentence)) is not None:
            listed.append(Found("accelerations", upon_change, sentence.clause, sentence.text))
        before = text
    return listed


_SECOND_TRIGGER = re.compile(
    rf"\bwithin {LENGTH} (?:after|following|of) (?:an?|the|such) (?:change (?:in|of) control|acquisition|corporate transaction)\b"
)
_CONDITIONAL = r"\bmay\b|\bdiscretion\b|elects not|not assumed|\bunless\b|\bif\b|\bprovided\b|opinion|prior to the consummation|dissolution|\bterminat"


def _acquired(part: Part, sentence: Sentence) -> dict[str, Any] | None:
    """What a sentence makes of all outstanding options at an acquisition, or at the second trigger after one."""
    text = sentence.text.lower()
    outstanding = re.search(
        r"\boptions?\b[^.]{0,60}\boutstanding\b|\boutstanding (?:options?|awards?)\b", text
    )
    in_full = re.search(_IN_FULL, text) and re.search(r"\bin full\b|\bfully\b", text)
    if not outstanding or not in_full:
        return None
    second = _SECOND_TRIGGER.search(text)
    if second:
        within = length(second)
        upon = [reason for reason in reasons(text) if reason in {"without_cause", "good_reason"}]
        doubtful = re.search(r"\bmay\b|\bdiscretion\b|\bunless\b|\bprovided\b", text)
        if doubtful or not upon or within is None or "months" not in within:
            return None
        return {"upon": upon, "reach": "full", "within_months_of_acquisition": within["months"]}
    if re.search(_CONDITIONAL, text):
        return None
    section = re.split(r"\(", sentence.clause)[0]
    around = " ".join(block.text for block in part.under(sentence.clause) + part.under(section)).lower()
    named = re.search(
        r"\bacquisition\b|\bchange (?:in|of) control\b|\bcorporate transaction\b",
        f"{text} {sentence.heading.lower()}",
    )
    defined = re.search(r"\"acquisition\"|“acquisition”|\bchange (?:in|of) control\b", around)
    dated = re.search(r"effective date|such (?:date|event|transaction)", text)
    return {"upon": ["acquisition"], "reach": "full"} if named or (defined and dated) else None
