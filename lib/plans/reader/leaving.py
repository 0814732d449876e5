"""What a plan says about the time to exercise after service ends: windows by reason, of sentences and of lists.

Every length of time in a sentence has to be accounted for; a reason that a sentence names and that is not read is
left out of the window for all other reasons, so that it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.outline import Part, Sentence, dates_in
from lib.plans.reader.words import LENGTH, length, reasons
from lib.plans.term import Reason

_SERVING = r"(?:service|services|employment|directorship|tenure|board membership|membership on the board|status(?: as an? [\\w-]+)?)"
_ENDS = (
    rf"\b(?:terminat\w+|cessation|end) of (?:(?:an?|the|such|his|her|your|their) )?(?:[\w'’-]+ ){{0,4}}?{_SERVING}"
    rf"|\b{_SERVING}\b.{{0,40}}?\b(?:ends|ended|ceases|terminat\w+|is terminated)\b"
    r"|\bdies\b|\bdie (?:while|during|before)\b|\bterminat\w+ (?:for|without) cause\b|\bceas(?:es?|ed|ing) to (?:be|serve|hold)\b"
    r"|\b(?:is|are|was) (?:removed|dismissed|discharged)\b|\bstop(?:s|ped) being\b|\bleav(?:es|ing) the board\b|\bretires?\b|\bretirement\b|\bcessation\b|\bresigns\b|\bnot re-?elected\b|\bdies in office\b|\b(?:in the event of|upon|in case of|following) (?:the |an? |such |his |her |your )?(?:[\w'’-]+ ){0,3}death\b"
    r"|\b(?:you are|participant is|optionee is|employee is) terminated\b|\btermination date\b|\bbecomes? disabled\b|\bno longer (?:employed|serv\w+|an? (?:[\w-]+ )?(?:director|employee)|in service)\b|\btermination (?:by|without|for)\b"
)
_EXERCISABLE = r"\bexercis(?:e|ed|able)\b|\bright to exercise\b"
_FOLLOWS = r"(?:after|following|from|thereafter|if|in the (?:case|event)|of (?:the date of )?(?:such|the|his|her|that) (?:date|termination|cessation|death|disability))"
_PERIOD = re.compile(
    rf"(?:(?P<lead>\b(?:the period (?:is|shall be|will be)|within|during|for|until|up to|not later than|no later than)(?: the| a| an)?(?: earlier of)?(?: \(?[ia1]\)?)?(?: period of| expiration of| end of)?(?: up to)?"
    rf"|\bprior to the expiration of|\b(?:shall|will) (?:terminate|expire|lapse)(?: on the date)?|\bends|\bon the (?:date|day)(?: that is| which is)?|\bthe (?:next|following)|\bexpiration of|\bor)(?: the)? )?"
    rf"{LENGTH}(?:[- ]period)?\b(?P<after>[^.;]{{0,60}}?\b{_FOLLOWS}\b[^.;]{{0,160}})?"
)
_ENDED = (
    _ENDS
    + r"|\b(?:such|of|the|your) (?:termination|cessation)\b|\bretire(?:s|ment)?\b|\bfrom then\b|\bend of service\b|\bservice ends\b|\b(?:following|after|from|of) [^.]{0,30}\bdeath\b|\bsuch date\b"
)
_GONE = r"(?:terminates?|lapses?|expires?|ends?|forfeits?|be (?:immediately )?(?:forfeited|cancel\w+|terminated)|(?:is|are) (?:immediately )?(?:forfeited|cancel\w+)|ceases? to be exercisable|be void)"
_SOON = r"(?:immediately|at once|forthwith|automatically|as of the (?:date|time) of (?:such )?(?:termination|removal)|(?:on|upon) the date of (?:such )?(?:termination|removal|cessation))"
_AT_ONCE = re.compile(
    rf"\b{_GONE}\b[^.;]{{0,60}}?\b{_SOON}|\b{_SOON} {_GONE}\b|^{_SOON}\b|\bmay (?:no longer|not) be exercised\b(?! (?:more|after|later))|\bforfeits? (?:all|any) (?:(?:of|his|her|or|their|such|outstanding) ){{0,4}}options\b"
)
_EXCEPT = re.compile(
    r"\b(?:(?:for any reason,?|any reason|for a reason|for reasons) (?:other than|except(?: for)?)|(?:other than|otherwise than|except) (?:upon|for|by|as (?:a|the) result of|by reason of|due to|because of|on account of))"
    r" (?P<others>[^,;.]*(?:, [^,;.]*?){0,3}?)(?=,? (?:the|his|her|such|your|this) (?:\w+ )?(?:options?|rights?|participant|optionee|director)\b(?!['’])|, all\b|, any\b|[;.)]|$)",
    re.IGNORECASE,
)
_ANY_OTHER = r"\bany other (?:reason|termination|cessation|case|circumstances?)\b|\bother reasons?\b|\botherwise (?:ceases|terminates|leaves|ends)\b|\ball other cases\b|\bany reason (?:other than|except)(?: for)? (?:those|as|the reasons)\b"
_NEGATES = re.compile(r"\b(?:unless|except|other(?:wise)? than|not (?:by|upon|for|due))\b")
_TURN = re.compile(r"\b(?:unless|except|provided|other(?:wise)? than|but|(?:or|and),? if)\b")
_HARMLESS_TURN = re.compile(
    r"\bin no event\b|\bexpir\w+|\bterm\b|\bno options?\b|\bnot\b.{0,40}\b(?:after|beyond|later)\b|\bno later\b|\bextent\b|\bwithin (?:such|the) (?:period|time)\b|\bonly\b.{0,30}\bvested\b|\botherwise\b"
)
_SPECIAL = r"\b(?:extension|incentive stock option|disqualif|16\(b\)|prevented by|repurchase|first refusal|leaves? of absence|(?:sick|military) leave|compet\w+|solicit\w*)\b"
_LEFT_TO_OTHERS = r"\b(?:committee|board|administrator|company)(?: of directors)? (?:may|shall (?:decide|determine|fix)|(?:in|at) its)\b"
_OTHERWISE = re.compile(
    r"\b(?:unless|except(?: as)?|to the extent)\b[^,.;:]{0,90}?\b(?:otherwise|agreement says|agreement provides)\b[^,.;:]*"
)
_UNVESTED = r"\bunvested\b|\bnot (?:then |yet |otherwise )?(?:vested|exercisable)\b|\bto the extent not\b|\bunexercisable\b"
_CAUSE_UNKNOWN = (
    r"\b(?:by reason of|due to|because of|as (?:a|the) result of|on account of|in connection with)\b"
)
_LATER_DEATH = re.compile(
    r"\bdi(?:es?|ed) (?:during|within) [^;]{0,170}?(?=,? then\b|, (?:the|his|such|this|your|all)\b)"
)
"""Death within the time after service ended for another reason, to which the window of death is extended."""
_OF_SOME_HOLDERS = (
    r"\b(?:granted to|held by) (?:[\w-]+ )?(?:employees|directors|consultants|officers|advisors)\b"
)
_SERVED = r"\b(?:at least|more than|less than|completed|served (?:for|as)|years? of service|change (?:in|of) control)\b"


def windows(part: Part) -> list[Found]:
    """The windows of a plan or amendment: for any reason first, then for reasons that differ from it."""
    sentences = list(part.sentences())
    read = [(sentence, list(_window(sentence))) for sentence in sentences]
    listed = [found for _, some in read for found in some]
    general = [found for found in listed if not found.value.get("reasons")]
    if len({_span(found) for found in general}) > 1:
        return []
    doubtful = _contradicted(listed)
    kept = [_without(found, part, read, doubtful) for found in general[:1]]
    for found in listed:
        named = [reason for reason in found.value.get("reasons", ()) if reason not in doubtful]
        known = {reason for other in kept for reason in other.value.get("reasons", ())}
        own = [reason for reason in named if reason not in known]
        general_too = kept and not kept[0].value.get("reasons") and _span(found) == _span(kept[0])
        if own and not (general_too and not set(own) & set(kept[0].value.get("other_than", ()))):
            kept.append(replace(found, value={**found.value, "reasons": own}))
    return kept


def _contradicted(listed: list[Found]) -> set[Reason]:
    """Reasons to which two sentences give different windows."""
    spans: dict[Reason, set[Any]] = {}
    for found in listed:
        for reason in found.value.get("reasons", ()):
            spans.setdefault(reason, set()).add(_span(found))
    return {reason for reason, some in spans.items() if len(some) > 1}


def _without(
    general: Found, part: Part, read: list[tuple[Sentence, list[Found]]], doubtful: set[Reason]
) -> Found:
    """The window for any reason without those that it, its list or a sentence not read speaks of otherwise."""
    others = set(general.value.get("other_than", ())) | doubtful
    if re.search(_ANY_OTHER, general.quote.lower()):
        section = re.sub(r"(?:\([^()]+\))+$", "", general.clause)
        elsewhere = re.search(r"\bthose\b", general.quote) or not section
        beside = part.text() if elsewhere else " ".join(block.text for block in part.under(section))
        others |= set(_reasons_of(" ".join(beside.split()))) or {"cause"}
    named = {reason for _, some in read for found in some for reason in found.value.get("reasons", ())}
    for sentence, some in read:
        if not some and _speaks_of_leaving(sentence):
            others |= set(_reasons_of(without_reserve(sentence.whole))) - named
    if not others:
        return general
    return replace(
        general, value={**general.value, "other_than": [r for r in get_args(Reason) if r in others]}
    )


def _speaks_of_leaving(sentence: Sentence) -> bool:
    """Whether a sentence says what becomes of an option upon leaving, and not what vests or what a word means."""
    text = sentence.whole
    return (
        re.search(_ENDS, text) is not None
        and re.search(r"\boptions?\b|\bawards?\b", text) is not None
        and re.search(
            rf"\b(?:may|can) (?:be )?exercise|exercisable (?:for|until|within)|\b{_GONE}\b|{_LEFT_TO_OTHERS}",
            text,
        )
        is not None
        and not re.search(_SPECIAL + "|" + _UNVESTED, text)
        and not re.search(r"[\"”] (?:means|shall mean)\b|\bwould have\b", text)
    )


def unread_windows(part: Part) -> list[str]:
    """Sentences on leaving for a reason, with a length of time, that gave no window."""
    read = {found.quote for sentence in part.sentences() for found in _window(sentence)}
    return [
        sentence.text
        for sentence in part.sentences()
        if sentence.text not in read
        and _reasons_of(sentence.text)
        and re.search(r"\b(?:options?|exercis\w+)\b", sentence.whole)
        and (
            re.search(rf"\b{LENGTH}\b", sentence.text.lower())
            or re.search(_LEFT_TO_OTHERS, sentence.text.lower())
        )
        and not re.search(
            r"\bincentive stock option\b|\bdisqualif|\bchange (?:in|of) control\b|\bvests?\b",
            sentence.text.lower(),
        )
    ]


def silent_lengths(part: Part) -> list[str]:
    """Sentences on leaving in general, with a length of time, that gave no window."""
    return [
        sentence.text
        for sentence in part.sentences()
        if re.search(_ENDS, sentence.whole)
        and re.search(_EXERCISABLE, sentence.whole)
        and re.search(rf"\b{LENGTH}\b", sentence.text.lower())
        and not re.search(_SPECIAL, sentence.whole)
        and not list(_window(sentence))
    ]


def _span(found: Found) -> tuple[Any, ...]:
    return tuple(found.value.get(name) for name in ("months", "days", "at_once", "until_expiry"))


def without_reserve(text: str) -> str:
    """The text without its reserve that an agreement or a committee may say otherwise."""
    return _OTHERWISE.sub("", text)


def _window(sentence: Sentence) -> Iterator[Found]:
    """The windows of a sentence; none unless each of its lengths of time is understood."""
    text = sentence.text.lower()
    around = without_reserve(sentence.whole)
    if (
        not re.search(_ENDS, around)
        or not re.search(
            _EXERCISABLE + r"|\boptions?\b|\bthe period (?:is|shall be|will be)\b",
            f"{around} {sentence.heading.lower()}",
        )
        or re.search(_SPECIAL, f"{around} {sentence.heading.lower()}")
        or re.search(_LEFT_TO_OTHERS, around)
    ):
        return
    listed: list[Found] = []
    sure = LIKELY if "longer period" in text or _OTHERWISE.search(sentence.whole) else SURE
    values = [*_lengths_of(sentence), *_others_of(sentence)]
    left = set(_reasons_of(around)) - {reason for value, _ in values for reason in value.get("reasons", ())}
    for value, place in values:
        if not value.get("reasons"):
            if not _turns_are_read(text[place:]):
                continue
            others = left | set(value.get("other_than", ()))
            value = {
                **value,
                **({"other_than": [r for r in get_args(Reason) if r in others]} if others else {}),
            }
        named = value.get("reasons")
        clause = sentence.clause_at(place) if named else sentence.clause
        listed.append(Found("windows", {**value, **granted_from(sentence)}, clause, sentence.text, sure))
    yield from listed


def _turns_are_read(text: str) -> bool:
    """Whether what a sentence turns to after a general window is a reason for leaving, or sets no other time."""
    turns = re.split(r"\b(?:unless|except|provided(?=,? (?:however|that|further)))\b", without_reserve(text))[
        1:
    ]
    return all(_reasons_of(turn) or _HARMLESS_TURN.search(turn) for turn in turns)


def _lengths_of(sentence: Sentence) -> Iterator[tuple[dict[str, Any], int]]:
    """Windows of so many days or months, each with its place; nothing at all where a length is not understood."""
    text = _LATER_DEATH.sub(lambda found: "dies".ljust(len(found[0])), sentence.text.lower())
    found_all = [found for found in re.finditer(rf"\b{LENGTH}\b", text) if not _is_no_window(text, found)]
    values: list[tuple[dict[str, Any], int]] = []
    begins = 0
    for number_, at in enumerate(found_all):
        ends = found_all[number_ + 1].start() if number_ + 1 < len(found_all) else len(text)
        found = next(
            (one for one in _PERIOD.finditer(text, begins) if one.start("number") == at.start("number")), None
        )
        if found is None or not (found["lead"] or found["after"]):
            return
        said = found[0][: max(0, ends - found.start())]
        item = _item_start(sentence, found.start())
        if re.search(r"\b(?:earlie(?:r|st)|first) (?:of|to occur of)[: ]*$", text[:item]):
            item = 0
        before = text[max(begins, item) : found.start()]
        begins = found.end("unit")
        value = _window_of(sentence, before, said, found)
        if value is None:
            return
        values.append((value, found.start()))
    yield from values


def _is_no_window(text: str, found: re.Match[str]) -> bool:
    """Whether a length is the option's own life, or that of another matter."""
    before, after = text[max(0, found.start() - 110) : found.start()], text[found.end() : found.end() + 60]
    return (
        re.match(
            r"[- ]?(?:period )?(?:after|from|following|of) (?:the |its )?(?:date of )?(?:the )?grant", after
        )
        is not None
        or re.search(
            r"\b(?:dies?|died|death|disab\w+)\b(?:(?!exercis)[^,;]){0,80}\bwithin (?:the |a )?(?:period of )?$",
            before,
        )
        is not None
        or re.match(r"[^,;]{0,30}\bchange (?:in|of) control", after) is not None
        or re.match(r"s?[- ]term\b", after) is not None
        or re.search(r"\bgranted (?:within|at least|less than) $", before) is not None
    )


def _window_of(sentence: Sentence, before: str, said: str, found: re.Match[str]) -> dict[str, Any] | None:
    """The window of one length in its part of the sentence."""
    measured = length(found)
    lead = without_reserve(sentence.lead.lower())
    follows = (
        said + found.string[found.start() + len(said) : found.end() + 90]
        if len(said) == len(found[0])
        else said
    )
    if measured is None or not re.search(_ENDED, f"{lead} {before} {follows}"):
        return None
    if re.search(_SERVED, before[-60:] + _TURN.split(said)[0]):
        return None
    part = without_reserve(f"{before}{said}")
    excepted = _EXCEPT.search(part) or _EXCEPT.search(f"{lead} {part}")
    if excepted and not re.search(_ANY_OTHER, part):
        others = _reasons_of(excepted[0])
        if not others:
            return None
        return {**measured, "other_than": list(others)}
    clause = without_reserve(before) + _TURN.split(said)[0]
    if re.search(_ANY_OTHER, part):
        return dict(measured)
    named = _reasons_of(clause) or (_reasons_of(lead) if lead else ())
    if named and _NEGATES.search(clause) and not re.search(r"\bin which case\b", clause):
        return None
    if not named and re.search(f"{_CAUSE_UNKNOWN}|{_OF_SOME_HOLDERS}", clause):
        return None
    return {**measured, **({"reasons": list(named)} if named else {})}


def _others_of(sentence: Sentence) -> Iterator[tuple[dict[str, Any], int]]:
    """Reasons for which the right ends at once, or lasts as long as the option itself."""
    text = sentence.text.lower()
    for part in re.finditer(r"(?:[^;.]|\.(?=\d))+", text):
        whole = without_reserve(f"{sentence.lead.lower()} {part[0]}")
        named = _reasons_of(without_reserve(part[0])) or _reasons_of(without_reserve(sentence.lead.lower()))
        if not named or not re.search(_ENDS, whole):
            continue
        in_case = re.search(r"\bunless\b(?P<why>[^,;]*), in which (?:case|event)(?P<then>.*)", part[0])
        if in_case and (why := _reasons_of(in_case["why"])) and _AT_ONCE.search(in_case["then"].strip()):
            yield {"at_once": True, "reasons": list(why)}, part.start()
            continue
        if re.search(rf"\b{LENGTH}\b", part[0]):
            continue
        if _NEGATES.search(without_reserve(re.sub(r"\bother than for cause\b", "", part[0]))) or re.search(
            r"\bmay\b(?! (?:no longer|not|be exercised|exercise))|\bany reason\b", whole
        ):
            continue
        lasts = re.search(
            r"\buntil (?:(?:it|they|the (?:stock )?options?|such options?) (?:expires?|terminates?)|(?:the|its|their) (?:expiration|end of (?:its|the) (?:stated )?term|expiry)|the end of)|\bfor the (?:remainder|balance) of\b|\b(?:full|remaining|original|stated) term\b",
            part[0],
        )
        if lasts and re.search(_EXERCISABLE, whole):
            yield {"until_expiry": True, "reasons": list(named)}, part.start()
        elif _AT_ONCE.search(part[0].strip()) and not re.search(
            _UNVESTED,
            re.sub(
                r"\bwhether or not (?:\w+ )?(?:vested|exercisable)|\bvested (?:or|and) unvested|\bvested,? or not",
                "",
                whole,
            ),
        ):
            yield {"at_once": True, "reasons": list(named)}, part.start()


def _item_start(sentence: Sentence, place: int) -> int:
    return max((start for start, _ in sentence.items if start <= place), default=0)


def _reasons_of(text: str) -> tuple[Reason, ...]:
    """The reasons for which service ends in a clause; termination other than for cause is none by itself."""
    plainly = re.search(r"\bwithout cause\b|\binvoluntar", text.lower())
    return tuple(reason for reason in reasons(text) if plainly or reason != "without_cause")


def granted_from(sentence: Sentence) -> dict[str, date]:
    """From which grants on a sentence counts, where it names a day."""
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
