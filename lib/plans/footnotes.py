"""Vesting sentences in the footnotes of ownership filings: to the engine's own schedule, or to "not understood".

A footnote is read only when every word that bears on vesting is accounted for. Performance, prices, mergers and
anything else that time alone does not decide make it not understood, with the reason; so does a second schedule in
the same note. A wrong schedule would be worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lib.plans.schedule_terms import AnySchedule, Conditions, MeetingOrMonths
from lib.plans.vesting_core import BUSINESS_DAY, core
from lib.plans.vesting_shapes import is_dated, shaped
from lib.plans.vesting_steps import Anchor, NotASchedule, to_schedule
from lib.plans.vesting_words import Marked, marked

LONGEST_FOOTNOTE = 20_000
CLAUSE = "Footnote"


@dataclass(frozen=True)
class Vesting:
    """What a footnote says about vesting.

    ``counts_from`` is the day from which the schedule's time counts: a date, or grant or vesting start where the
    note does not date them; null where the schedule is all dates. ``vested`` says that everything has vested
    already. ``granted`` is a grant date the note names.
    """

    schedule: AnySchedule
    evidence: str
    counts_from: Anchor | None
    vested: bool
    granted: date | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class NotUnderstood:
    """A footnote that names vesting in a way that is not read, with the sentence and the reason."""

    evidence: str
    reason: str


_NAMES = re.compile(
    r"\b(?:vests?|vested|exercisable|vesting (?:schedule|commencement|in|over|on|as follows)|vesting (?=every|each|monthly|quarterly|annually))\b",
    re.IGNORECASE,
)
_ABBREVIATED = r"(?<!\bInc\.)(?<!\bCorp\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bCo\.)(?<!\bLtd\.)(?<!\bU\.S\.)(?<!\bL\.P\.)(?<!\bi\.e\.)(?<!\be\.g\.)"
_SENTENCES = re.compile(rf"(?<=[.;]){_ABBREVIATED}\s+(?=[A-Z\"“0-9]|\((?!i{{1,3}}\)|iv\)|v\)|[a-h]\)|\d\)))")
_NO_SCHEDULE = re.compile(
    r"\b(?:upon|following|at|after|until|on|of|for|in connection with|in respect of|resulting from|from|subject to)(?: the)?(?: \w+){0,2}? vesting\b(?! (?:commencement|schedule|start|date))"
    r"|\b(?:vested|unvested) (?:but|shares|units|portion|rsus|ltip|number|options|class)|\bwhen (?:and if )?vested\b|\bif (?:and when )?vested\b",
    re.IGNORECASE,
)
_NEUTRAL = (
    re.compile(r"^vesting (?:of .{1,60})?(?:is|will be|shall be|remains) (?:also )?(?:subject to|conditioned (?:up)?on|contingent (?:up)?on) .{0,80}?continu\w+ .{1,120}$", re.IGNORECASE),
    re.compile(r"^(?:on|upon|following) (?:each|such|the)(?: applicable)? vesting(?: date)?, (?:for each .{1,40}, )?the .{1,40} will receive one share\b.*$", re.IGNORECASE),
    re.compile(r"^(?:each|one|the) (?:vested )?(?:\S+ ){0,6}?(?:unit|rsu|gsu|dsu|share)s?\b.{0,60}?(?:represents?|converts?|entitles?|is the economic equivalent|will be settled|settles?|has the economic)\b.*$", re.IGNORECASE),
    re.compile(r"^(?:the .{1,80}(?:had|has) a |the )?vesting (?:commencement|start) date (?:of|is|was) .{1,40}$", re.IGNORECASE),
    re.compile(r"^although .{1,60} vested on .{1,40}, .{1,60} (?:was|were) not (?:released|delivered|settled|issued)\b[^%]*$", re.IGNORECASE),
    re.compile(r"^(?:vested|the vested) (?:shares|units|rsus) (?:will|shall) be (?:delivered|settled|issued)\b[^%]*$", re.IGNORECASE),
)  # fmt: skip
_BEYOND_TIME = re.compile(
    r"\b(?:performance(?!-based compensation)|achiev\w+|attain\w+|market (?:share|stock|condition)s?(?! units?\b)|shareholder return|stockholder return"
    r"|closing price|(?:stock|share) price|price (?:target|hurdle)|hurdles?|milestones?|liquidity|public offering|ipo|business combination"
    r"|mergers?|earn-?out|only if|no (?:more|less) than|payout|certif\w+|later of|later to occur|clinical|fda|regulatory approval|repurchase"
    r"|early exercise|early-exercise|sole discretion|unless the (?:committee|board)|determined by|may vest|did not vest|will not vest|none of)\b",
    re.IGNORECASE,
)
_BEYOND_RATIO = re.compile(r"\bup to \d+(?:\.\d+)?%|\btarget (?:number|level|award|shares)", re.IGNORECASE)
_DISPOSED = re.compile(r"none of the award is eligible for immediate sale", re.IGNORECASE)
_DATED = (
    (
        "vesting start",
        re.compile(r"vesting (?:commencement|start) date(?: is| was| of|,| \()? (?:of )?(\{d\d+\})"),
    ),
    (
        "grant",
        re.compile(r"(?:grant(?:ed)?|award(?:ed)?)(?: (?:date of|on|to \S+ \S+(?: \S+)? on))? (\{d\d+\})"),
    ),
)
_ALREADY = re.compile(
    r"^(?:S )?(?:reported )?(?P<verb>V|(?:is|are|was|were) (?:immediately|currently|fully) (?:exercisable|vested))"
    r"(?P<how>(?:,? (?:and|immediately|in full|fully|currently|exercisable|V|as of|upon|on|at|@g|grant|issuance|the date (?:hereof|of this (?:report|filing)|of grant)))*)$"
)
_ALREADY_SAID = re.compile(
    r"\b(?:is|are|was|were|became|have|has)(?: been| become)? (?:currently |immediately |fully |100% |already )*(?:vested|exercisable)\b|immediately|fully vested"
    r"|^nothing (?:is left|remains) to vest"
)


def read_vesting(footnote: str) -> Vesting | NotUnderstood | None:
    """What a footnote says about when its award vests; null when it names no vesting of its own."""
    listed = [
        " ".join(part.split()) for part in _SENTENCES.split(" ".join(footnote[:LONGEST_FOOTNOTE].split()))
    ]
    telling = list(_telling(listed))
    if not telling:
        return None
    evidence = " ".join(telling)
    beyond = _beyond(footnote)
    if beyond is not None:
        return NotUnderstood(evidence, beyond)
    rolls = any(_rolls(sentence) for sentence in listed)
    try:
        return _read(telling, " ".join(listed), evidence, rolls)
    except NotASchedule as error:
        return NotUnderstood(evidence, str(error))


def grant_fields(vesting: Vesting) -> dict[str, Any]:
    """What a scenario's grant takes from a footnote: its schedule, vesting start, or that it has vested."""
    if vesting.vested:
        return {"vested": True}
    fields: dict[str, Any] = {"schedule": vesting.schedule}
    if isinstance(vesting.counts_from, date) and not isinstance(vesting.schedule, MeetingOrMonths):
        fields["vesting_start"] = vesting.counts_from
    return fields


def _telling(listed: list[str]) -> Iterator[str]:
    """The sentences that say when something vests: not definitions, nor what happened upon a vesting."""
    for sentence in listed:
        plain = sentence.strip(" .;")
        if _rolls(plain) or any(pattern.match(plain) for pattern in _NEUTRAL):
            continue
        if _NAMES.search(_NO_SCHEDULE.sub("", plain)):
            yield plain


def _rolls(sentence: str) -> bool:
    """Whether a sentence only moves days without business."""
    return (
        re.match(r"(?:if|unless) (?:the|that|any|such)\b.*\bbusiness (?:date|day)", sentence, re.IGNORECASE)
        is not None
    )


def _beyond(footnote: str) -> str | None:
    """Why time alone does not decide, if it does not."""
    text = BUSINESS_DAY.sub("", _DISPOSED.sub("", footnote.lower()))
    found = _BEYOND_TIME.search(text) or _BEYOND_RATIO.search(text)
    return f"it depends on more than time: {found[0]!r}" if found else None


def _read(telling: list[str], whole: str, evidence: str, rolls: bool) -> Vesting:
    sentence = marked(". ".join(part.rstrip(".;: ") for part in telling))
    reduced, notes = core(sentence.text)
    if rolls:
        notes.append(
            "A vest that falls on a day without business moves to the next one; the dates here do not."
        )
    context = marked(whole)
    granted = _named(context, "grant")
    done = _ALREADY.match(reduced)
    if done and _ALREADY_SAID.search(sentence.text):
        when = (
            "on the grant date"
            if "@g" in done["how"] or "immediately" in done["how"]
            else "before this filing"
        )
        at_once = Conditions.model_validate(
            {
                "clause": CLAUSE,
                "text": evidence[:2000],
                "conditions": [{"id": "start", "when": {"type": "start"}, "portion": "1/1"}],
            }
        )
        return Vesting(at_once, evidence, None, True, granted, (*notes, f"Everything vested {when}."))
    plan = shaped(reduced, sentence)
    schedule = to_schedule(plan, CLAUSE, evidence)
    notes += plan.notes
    anchor = plan.anchor
    if anchor in {"grant", "vesting start"}:
        anchor = _named(context, str(anchor)) or anchor
    elif anchor is None and _counts(schedule):
        anchor = "grant"
        notes.append(
            "The sentence names no day to count from; time counts from the grant or the vesting start."
        )
    if isinstance(anchor, date) and not is_dated(plan.anchor):
        notes.append(f"Time counts from {anchor}, which the note gives elsewhere.")
    return Vesting(schedule, evidence, anchor, False, granted, tuple(dict.fromkeys(notes)))


def _counts(schedule: AnySchedule) -> bool:
    """Whether a schedule counts time from a start that is no date."""
    return not isinstance(schedule, Conditions) or any(c.when.type == "start" for c in schedule.first)


def _named(context: Marked, what: str) -> date | None:
    """The one date that the note gives for grant or vesting start."""
    pattern = dict(_DATED)[what]
    found = {context.date(match[1]) for match in pattern.finditer(context.text)}
    return found.pop() if len(found) == 1 else None
