"""What a plan grants by itself, to whom and when, and how each kind of grant vests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.outline import Part, Sentence
from lib.plans.reader.words import NUMBER, SHARES, in_digits, number, whole_number
from lib.plans.schedule_terms import Conditions
from lib.plans.vesting_core import core
from lib.plans.vesting_shapes import shaped
from lib.plans.vesting_steps import NotASchedule, to_schedule
from lib.plans.vesting_words import UNITS, marked

_ELECTED = re.compile(
    r"\b(?:on|upon|as of|at)\b[^.]{0,30}?\b(?:(?:his|her|their|that person's|a person's|such [\w-]+'s|the|such)\b[^.]{0,20}?)?\b(?:initial |first )?(?:election|appointment)\b"
    r"|\b(?:first|initially|newly)(?: is)? (?:becomes?|becoming|elected|appointed|joins)\b[^.]{0,120}?\b(?:on|upon|as of) (?:the (?:date|day) (?:of such|on which|he|she|that|such|of his|of her)|such (?:date|election|appointment|event))"
    r"|\b(?:on|upon|as of) (?:the (?:date|day) (?:on which |when |that )?|when )?(?:he or she|such person|such director|the director|that person|[\w-]+ director|a person)?,? ?first (?:becomes|becoming|joins|is elected|is appointed)\b"
    r"|\bthe date on which (?:such|that) (?:person|individual) first becomes an?\b"
)
_MEETING = re.compile(
    r"\b(?:each|every)(?: such)?(?: regular)? annual (?:general )?(?:stockholders'? |shareholders'? )?meeting\b"
)
_LATER = re.compile(
    r"\banniversary\b|\b(?:business|trading|calendar) day\b|\bdays? (?:immediately )?(?:after|following)\b|\bmonths? (?:after|following)\b|\bquarter\b"
)
_OPTION_OF = re.compile(
    rf"\boptions?\b(?: \([^)]*\))? (?:to (?:purchase|acquire|buy)|on|for|covering|exercisable for|with respect to)(?: an aggregate of| up to)? {SHARES} shares|\b(?:purchase|acquire) {SHARES.replace('shares', 'bought')} shares"
)
_MADE = re.compile(
    r"\bautomatic|\b(?:shall|will)(?: also| then| thereupon| be entitled to)? (?:be (?:automatically )?granted|receive)\b|\b(?:shall|will), [^.]{0,80}, (?:automatically )?(?:be granted|receive)\b|\breceives? (?:options|an option)\b|\bgoes to\b|\bbrings\b|\bis (?:automatically )?granted\b"
)
_RECEIVES = re.compile(r"\bdirectors?\b|\bperson\b|\bindividual\b|\bparticipants?\b")
_EXCEPTIONS = re.compile(
    r"\bother than\b|\bexcept\b|\bexcluding\b|pro-?rat|\bmultipl|\bin the case of\b|\bchair(?:man|person)?\b|\bunless\b|\bfor each\b|\bcash\b|\bin lieu of\b|\belects\b"
)
_NAMED = re.compile(
    r"\((?:each,? |such option,? )?(?:the |an? )?[\"“]([A-Z][\w-]*(?: [A-Z][\w-]*)*?) (?:Stock )?(?:Option|Grant|Award)s?[\"”]\)"
)
_WHILE_SERVING = re.compile(
    r",? ?\(?\b(?:provided|so long as|as long as|if)\b(?:,? that)?,? (?:the |such |he or she |your |you )?[^.;]{0,60}?\b(?:then serving|serves|continu\w+|remains?|still)\b[^.;]*"
)
_OF_THIS_NAME = r"(?:stock )?(?:options?|grants?|awards?)"


@dataclass
class Granting:
    """A kind of grant: how it is made, of what size, and how it vests, each with its evidence."""

    name: str
    made: str
    shares: int | None
    found: Found
    title: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    schedule: Found | None = None
    undated: bool = False
    """Whether it is for directors elected after a day that the text does not date."""
    open_day: tuple[str, ...] = ()
    """What to quote where the first vesting day is left open."""


def grants(plan: Part, named: dict[str, date]) -> tuple[list[Granting], list[str]]:
    """The automatic grants, with the sentences on grants that are made but not understood."""
    listed: list[Granting] = []
    unread: list[str] = []
    context = " ".join(block.text for block in plan.blocks[:40]).lower()
    for sentence in plan.sentences():
        text = in_digits(sentence.text.lower())
        size = _OPTION_OF.search(text)
        if (
            not size
            or not re.search(r"\boptions?\b|\b(?:initial|annual|first|subsequent) (?:grant|award)\b", text)
            or not _RECEIVES.search(text)
        ):
            continue
        if not (_MADE.search(text) or re.search(r"automatic", context)):
            continue
        granting = _granting(sentence, size["shares"] or size["bought"], named)
        if granting is None:
            unread.append(sentence.text)
        else:
            listed.append(granting)
    if len({granting.made for granting in listed}) < len(listed):
        unread += [granting.found.quote for granting in listed]
        return [], unread
    return listed, unread


def _granting(sentence: Sentence, size: str, named: dict[str, date]) -> Granting | None:
    """The grant that a sentence makes; null where its occasion, its one size or its conditions are not clear."""
    made = _occasion(sentence.text.lower())
    sizes = {
        found["shares"]
        for found in re.finditer(rf"\b{SHARES}(?= shares\b)", in_digits(sentence.text.lower()))
    }
    if made is None or len(sizes) != 1:
        return None
    more = _conditions(sentence, made, named)
    if more is None:
        return None
    name = "initial" if made == "on_election" else "annual"
    undated = more.pop("undated", False)
    found = Found(
        "grant_rules", whole_number(size), sentence.clause, sentence.text, LIKELY if undated else SURE
    )
    return Granting(name, made, whole_number(size), found, _title(sentence, name), more, undated=undated)


def _title(sentence: Sentence, name: str) -> str:
    """What the plan calls a kind of grant, such as Initial in "Initial Option"."""
    found = re.search(r"\b(?:an|a)(?:n additional| further)? ((?:[A-Z]\w+ )+)Option\b", sentence.text)
    found = found or _NAMED.search(sentence.text)
    found = found or re.fullmatch(
        r"((?:[A-Z][\w-]* )*?[A-Z][\w-]*) (?:Stock )?(?:[Oo]ptions?|[Gg]rants?|[Aa]wards?)",
        sentence.heading.rpartition(" / ")[2],
    )
    return found[1].strip() if found else name.capitalize()


def _occasion(text: str) -> str | None:
    """When a grant is made: on election, at every annual meeting, or in a way that is not known."""
    if _LATER.search(text):
        return None
    meeting, elected = _MEETING.search(text), _ELECTED.search(text)
    if meeting:
        return "at_annual_meeting"
    return "on_election" if elected else None


def _conditions(sentence: Sentence, made: str, named: dict[str, date]) -> dict[str, Any] | None:
    """From when the grant is made, and how long before one must have been elected; null where that is not clear."""
    text = sentence.text.lower()
    if _EXCEPTIONS.search(re.sub(r"\bany reason (?:other than|except)", "", text)):
        return None
    if made == "on_election":
        after = re.search(r"\b(?:after|since) the ([a-z][a-z ]{2,38} date)\b", text)
        adopted = re.search(
            r"\bafter (?:the|this) plan (?:takes effect|becomes effective|is adopted)\b", text
        )
        later = re.search(r"\blater of\b.*\beffective date\b", text)
        name = after[1] if after else "effective date" if adopted or later else None
        if name is None:
            return None if re.search(r"\bprovided\b|\bif\b", text) else {}
        return {"elected_after": named[name]} if name in named else {"undated": True}
    more: dict[str, Any] = {}
    waits = re.search(
        rf"\belected\b[^.]{{0,70}}?\bat least ({NUMBER}) months (?:prior to|before)", text
    ) or re.search(
        rf"\b(?:served|been|serving|a member)\b[^.,]{{0,60}}?\bfor (?:at least|a period of at least|not less than) (?:the (?:preceding|prior|previous|last) )?({NUMBER}) months\b",
        text,
    )
    if waits:
        months = number(waits[1])
        if months is None:
            return None
        more["months_since_election"] = months
    elif re.search(r"\bat least\b|\bfor (?:more than|a period)\b|\bprovided\b|\bif\b", text):
        return None
    restated = named.get("restatement date")
    if restated is not None:
        more["held_from"] = restated
    return more


_REFERENCE = r"\boptions? (?:that (?:is|are|was|were) )?(?:granted )?(?:pursuant to|under|in accordance with) (?:paragraph|section|clause|subsection)?\s*(?P<item>\d+(?:\.\d+)*(?:\([a-z]+\))*|(?:\([a-z]+\))+)(?: of this section \d+| above| hereof)?"
_EACH_OPTION = re.compile(
    r"^(?:subject to [^,]{1,60}, )?(?:each|every|all|an|the) options?(?: granted)?(?: (?:under|pursuant to) (?:the|this) plan| hereunder)?,? (?:shall|will|becomes?|vests?|is|are)\b"
)


def schedules(plan: Part, listed: list[Granting]) -> None:
    """Give each kind of grant the schedule of the sentence that refers to it, else that of every option."""
    runs = list(_runs(plan))
    for refers, sure in ((_refers, SURE), (_of_every, LIKELY)):
        for sentences in runs:
            text = " ".join(sentence.text for sentence in sentences)
            for granting in listed:
                if granting.schedule is None and refers(text, sentences[0], granting, listed):
                    granting.schedule = _schedule(text, sentences[0], granting, sure)


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


def _refers(text: str, sentence: Sentence, granting: Granting, listed: list[Granting]) -> bool:
    """Whether a sentence on vesting speaks of one kind of grant."""
    found = re.search(_REFERENCE, text.lower())
    if found:
        item, clause = found["item"], granting.found.clause
        return item == clause or (item.startswith("(") and clause.endswith(item))
    named = [
        other
        for other in listed
        if other.title and re.search(rf"\b{re.escape(other.title)} {_OF_THIS_NAME}\b", text, re.IGNORECASE)
    ]
    if named:
        return named == [granting]
    return (
        sentence.clause == granting.found.clause
        and re.match(r"(?:each |any )?(?:such|the) option\b", text, re.IGNORECASE) is not None
    )


def _of_every(text: str, sentence: Sentence, granting: Granting, listed: list[Granting]) -> bool:
    """Whether a sentence on vesting speaks of every option of the plan."""
    return _EACH_OPTION.match(text.lower()) is not None and not re.search(_REFERENCE, text.lower())


def _schedule(text: str, sentence: Sentence, granting: Granting, sure: float) -> Found | None:
    meeting = meeting_schedule(text)
    if meeting is not None:
        return Found(f"grant_rules.{granting.name}.schedule", meeting, sentence.clause, text, sure)
    value = installment_schedule(text, granting.title)
    if value is None:
        sure = LIKELY
        value = installment_schedule(_EQUAL_UNSAID.sub(r"in equal \1 installments", text), granting.title)
    if value is not None:
        return Found(f"grant_rules.{granting.name}.schedule", value, sentence.clause, text, sure)
    return None


_EQUAL_UNSAID = re.compile(r"\bin (annual|quarterly|monthly) installments\b")


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
    words = _said_the_usual_way(_WHILE_SERVING.sub(_service_left_out, words).strip(" .,"))
    sentence = marked(words)
    reduced, _ = core(sentence.text)
    try:
        schedule = to_schedule(shaped(reduced, sentence), "x", "x")
    except NotASchedule:
        return None
    data: dict[str, Any] = schedule.model_dump(mode="json", exclude={"clause", "text"}, exclude_defaults=True)
    if isinstance(schedule, Conditions):
        for step, condition in zip(data["conditions"], schedule.conditions, strict=True):
            step["when"] = {"type": condition.when.type, **step.get("when", {})}
    return {"kind": schedule.kind, **data}


_PORTION = re.compile(
    r"%|\bper ?cent|\d ?/ ?\d|\b(?:one|two|three|a)[- ](?:half|third|quarter|fourth|fifth|sixth|twelfth)|\bhalf\b|\b\d[\d,]* shares|\bvest|\bexercisable"
)


def _service_left_out(found: re.Match[str]) -> str:
    """Nothing for a condition of service, which every schedule has; any other condition as it stands."""
    of_service = re.search(
        r"\b(?:directors?|trustees?|optionee|optionholder|participant|employees?|holder|grantee|recipient|executive|he or she|you|service|employ\w+|in office|board)\b",
        found[0],
    )
    of_more = re.search(
        r"%|\$|\b(?:vest\w*|exercisable|except|unless|accelerat\w+|price|revenue|earnings|performance|attend\w*|percent)\b",
        found[0],
    )
    return "" if of_service and not of_more else found[0]


def _from_subject(text: str, title: str) -> str:
    """The sentence from the option it speaks of on, whatever leads up to it; what parts the option stays."""
    titled = (
        rf"\b{re.escape(title)} {_OF_THIS_NAME}(?: granted(?: hereunder| under (?:the|this) plan)?)?(?!\w)"
    )
    found = re.search(_REFERENCE, text) or (re.search(titled, text) if title else None)
    found = found or re.search(
        r"\b(?:this|the|each|an|every|any|such) option(?= (?:shall|will|becomes?|vests?|is)\b)", text
    )
    if found is None:
        return text
    before = text[: found.start()]
    if title:
        text = text[: found.end()] + re.sub(
            rf"\b(?:the |an? |each |such ){titled[2:]}", "the option", text[found.end() :]
        )
    return f"{before if _PORTION.search(before) else ''}the option{text[found.end() :]}"


_SAME_SAID = (
    (
        re.compile(
            r"\b(?:the first )?(?=\d+(?:\.\d+)?%)(.{3,40}?) when (?:you|the \w+) completes? (\w+ \(\d+\)|\d+|\w+) months? of continuous service after (?=the )"
        ),
        r"\1 \2 months after ",
    ),
    (
        re.compile(
            r"\bwhen (?:you|the \w+) completes? each (?:additional |full |subsequent )?(month|quarter|year) of continuous service thereafter"
        ),
        r"each \1 thereafter",
    ),
    (re.compile(r"\bin (?:cumulative )?installments as follows:"), "as follows:"),
    (re.compile(r"\bin cumulative (?=annual|quarterly|monthly)"), "in "),
    (re.compile(r"\bin (?:cumulative|equal|equal cumulative) installments of (?=\d+(?:\.\d+)?%)"), "as to "),
    (re.compile(r"\bon and after\b"), "on"),
    (re.compile(r"\bthe other half\b"), "the remaining 50%"),
    (re.compile(r"\bone hundred per ?cent(?: \(100%\))?"), "100%"),
    (re.compile(r",? until (?:fully vested|100% vested|vested in full|(?:it|they) (?:is|are) fully vested)\b"), ""),
    (re.compile(r"\bon each anniversary of(?= (?:the|its|such) (?:grant|award|date|vesting))"), "each year after"),
    (
        re.compile(
            r",? (?:the first of which|with the first(?: such)?(?: installment| tranche)?)(?: shall| will| to)? (?:vest(?:ing|s)?|becom(?:e|ing) (?:vested|exercisable)|occur(?:ring)?)(?: and becom(?:e|ing) exercisable)?(?= on)"
        ),
        ", beginning",
    ),
    (re.compile(r"\bimmediately (?:vested and )?exercisable(?: in full)?(?= (?:on|upon|as of)\b)"), "fully exercisable"),
)  # fmt: skip


def _said_the_usual_way(text: str) -> str:
    """Wordings of plans that mean what the grammar of vesting sentences knows in another one."""
    for pattern, word in _SAME_SAID:
        text = pattern.sub(word, text)
    each = re.search(
        r"\b(\w+)(?: \((\d+)\))? ((?:equal )?(?:annual|quarterly|monthly) installments) of (\d{1,2}(?:\.\d+)?)% each",
        text,
    )
    if each:
        count = number(each[2] or each[1]) if (each[2] or each[1]).isdigit() or each[1] in UNITS else None
        if count and Fraction(each[4]) * count == 100:
            equal = each[3] if each[3].startswith("equal") else f"equal {each[3]}"
            text = text.replace(each[0], f"{count} {equal}")
    return text
