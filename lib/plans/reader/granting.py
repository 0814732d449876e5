"""What a plan grants by itself, to whom and when, and how each kind of grant vests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lib.plans.reader.found import Found
from lib.plans.reader.outline import Part, Sentence
from lib.plans.reader.words import NUMBER, SHARES, number, whole_number
from lib.plans.vesting_core import core
from lib.plans.vesting_shapes import shaped
from lib.plans.vesting_steps import NotASchedule, to_schedule
from lib.plans.vesting_words import marked

_ELECTED = r"\b(?:on|upon|as of|at)\b[^.]{0,30}?\b(?:(?:his|her|their|that person's|such [\w-]+'s|the)\b[^.]{0,20}?)?\b(?:initial |first )?(?:election|appointment)\b"
_MEETING = r"\b(?:each|every)(?: such)?(?: regular)? annual (?:stockholders'? |shareholders'? )?meeting\b"
_GRANTS = r"\boptions?\b"
_AUTOMATIC = r"\bautomatic|\bshall (?:be granted|receive)\b|\breceive options\b|\bgoes to\b|\bbrings\b"


@dataclass
class Granting:
    """A kind of grant: how it is made, of what size, and how it vests, each with its evidence."""

    name: str
    made: str
    shares: int
    found: Found
    title: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    schedule: Found | None = None


def grants(plan: Part, named: dict[str, date]) -> tuple[list[Granting], list[str]]:
    """The automatic grants, with the sentences on grants that are made but not understood."""
    listed: list[Granting] = []
    unread: list[str] = []
    context = " ".join(block.text for block in plan.blocks[:40]).lower()
    for sentence in plan.sentences():
        text = sentence.text.lower()
        size = re.search(rf"(?:\boptions? (?:to purchase|on|for|covering)|\bpurchase) {SHARES} shares", text)
        if not size or not re.search(_GRANTS, text):
            continue
        if not (re.search(_AUTOMATIC, text) or re.search(r"automatic", context)):
            continue
        made = _occasion(text)
        if made is None:
            unread.append(sentence.text)
            continue
        title = re.search(r"\b(?:an|a)(?:n additional| further)? ((?:[A-Z]\w+ )+)Option\b", sentence.text)
        more = _conditions(sentence, made, named)
        if more is None:
            unread.append(sentence.text)
            continue
        found = Found("grant_rules", whole_number(size["shares"]), sentence.clause, sentence.text)
        listed.append(
            Granting(
                "initial" if made == "on_election" else "annual",
                made,
                whole_number(size["shares"]),
                found,
                title[1].strip() if title else "",
                more,
            )
        )
    if len({granting.made for granting in listed}) < len(listed):
        unread += [granting.found.quote for granting in listed]
        return [], unread
    return listed, unread


def _occasion(text: str) -> str | None:
    """When a grant is made: on election, at every annual meeting, or in a way that is not known."""
    meeting, elected = re.search(_MEETING, text), re.search(_ELECTED, text)
    if meeting and not re.search(r"\banniversary\b", text):
        return "at_annual_meeting"
    if elected and not re.search(r"\banniversary\b", text):
        return "on_election"
    return None


def _conditions(sentence: Sentence, made: str, named: dict[str, date]) -> dict[str, Any] | None:
    """From when the grant is made, and how long before one must have been elected; null where that is not clear."""
    text = sentence.text.lower()
    if made == "on_election":
        if re.search(r"\bother than\b|\bexcept\b|\bexcluding\b|pro-?rat|\bmultipl", text):
            return None
        after = re.search(r"\b(?:after|since) the ([a-z][a-z ]{2,38} date)\b", text)
        if after:
            return {"elected_after": named[after[1]]} if after[1] in named else None
        return {}
    more: dict[str, Any] = {}
    waits = re.search(rf"\belected\b[^.]{{0,70}}?\bat least ({NUMBER}) months (?:prior to|before)", text)
    if waits:
        months = number(waits[1])
        if months is None:
            return None
        more["months_since_election"] = months
    elif re.search(
        r"\bat least\b|\bfor (?:more than|a period)\b|\bother than\b|\bexcept\b|\bprovided\b|\bexcluding\b|pro-?rat|\bmultipl",
        text,
    ):
        return None
    restated = named.get("restatement date")
    if restated is not None:
        more["held_from"] = restated
    return more


_REFERENCE = r"\boptions? (?:that (?:is|are|was|were) )?(?:granted )?(?:pursuant to|under|in accordance with) (?:paragraph|section|clause|subsection)?\s*(?P<item>(?:\d+)?(?:\([a-z]+\))+)(?: of this section \d+| above| hereof)?"


def schedules(plan: Part, listed: list[Granting]) -> None:
    """Give each kind of grant the schedule of the sentence that refers to it."""
    for sentences in _runs(plan):
        text = " ".join(sentence.text for sentence in sentences)
        for granting in listed:
            if granting.schedule is None and _refers(text, granting, listed):
                granting.schedule = _schedule(text, sentences[0], granting)


def _runs(plan: Part) -> Iterator[list[Sentence]]:
    """Sentences that speak of vesting, each with the next where that goes on."""
    listed = list(plan.sentences())
    for number_, sentence in enumerate(listed):
        if re.search(
            r"\b(?:become|becomes|be|vest)\b[^.]{0,60}?\b(?:exercisable|vested)\b|\bvests?\b",
            sentence.text,
            re.IGNORECASE,
        ):
            following = listed[number_ + 1 : number_ + 2]
            if (
                following
                and following[0].clause == sentence.clause
                and re.match(r"If no (?:such )?meeting", following[0].text)
            ):
                yield [sentence, following[0]]
            else:
                yield [sentence]


def _refers(text: str, granting: Granting, listed: list[Granting]) -> bool:
    found = re.search(_REFERENCE, text.lower())
    if found:
        return granting.found.clause.endswith(found["item"]) or found["item"].endswith(granting.found.clause)
    if granting.title and re.search(rf"\b{re.escape(granting.title)} Options?\b", text):
        return not any(
            other.title
            and other is not granting
            and re.search(rf"\b{re.escape(other.title)} Options?\b", text)
            for other in listed
        )
    return False


def _schedule(text: str, sentence: Sentence, granting: Granting) -> Found | None:
    meeting = meeting_schedule(text)
    if meeting is not None:
        return Found(f"grant_rules.{granting.name}.schedule", meeting, sentence.clause, text)
    value = installment_schedule(text, granting.title)
    if value is not None:
        return Found(f"grant_rules.{granting.name}.schedule", value, sentence.clause, text)
    return None


def meeting_schedule(text: str) -> dict[str, Any] | None:
    """All at once before the next annual meeting, or after some months; null where the text says something else."""
    lowered = text.lower()
    day = re.search(
        r"\bday (?:immediately )?(?:prior to|before|preceding) the (?:date of the )?(?:first|next) annual meeting\b",
        lowered,
    )
    on = re.search(r"\b(?:on|at|upon) the (?:date of the )?(?:first|next) annual meeting\b", lowered)
    if not (day or on):
        return None
    months = {
        number(found[1])
        for found in re.finditer(
            rf"\b({NUMBER})[- ](?:months?)\b(?:[^.]{{0,20}}anniversary| (?:after|following))", lowered
        )
    }
    whole = re.search(r"\b(?:fully|in full|all at once|all of it)\b", lowered)
    if not whole or len(months) != 1 or None in months:
        return None
    return {"kind": "meeting_or_months", "days_before": 1 if day else 0, "months": months.pop()}


def installment_schedule(text: str, title: str = "") -> dict[str, Any] | None:
    """A schedule in a sentence that time alone decides, as data; null where it is not understood."""
    words = _from_subject(text.lower(), title.lower())
    words = re.sub(r"\bprovided,? *that the [^.;]*(?:continuous|continued) service[^.;]*", "", words).strip(
        " .,"
    )
    sentence = marked(words)
    reduced, _ = core(sentence.text)
    try:
        schedule = to_schedule(shaped(reduced, sentence), "x", "x")
    except NotASchedule:
        return None
    data: dict[str, Any] = schedule.model_dump(mode="json", exclude={"clause", "text"}, exclude_defaults=True)
    return {"kind": schedule.kind, **data}


def _from_subject(text: str, title: str) -> str:
    """The sentence from the option it speaks of on, whatever leads up to it."""
    referred = re.search(_REFERENCE, text)
    if referred:
        return "the option" + text[referred.end() :]
    named = re.search(rf"\b{re.escape(title)} options?\b", text) if title else None
    if named:
        return "the option" + text[named.end() :]
    own = re.search(
        r"^.*\b(?:this|the|each|an|every|any|such) option(?= (?:shall|will|becomes?|vests?|is)\b)", text
    )
    return "the option" + text[own.end() :] if own else text
