"""The agreement forms attached to a plan, and where they differ from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lib.plans.reader.early import accelerations
from lib.plans.reader.found import Conflict, Found
from lib.plans.reader.granting import Granting, installment_schedule, meeting_schedule
from lib.plans.reader.leaving import windows
from lib.plans.reader.outline import Part, Sentence
from lib.plans.reader.stated import exercise
from lib.plans.reader.words import SHARES, whole_number

_INHERITS = re.compile(
    r"\b(?:sections?|paragraphs?) (\d{1,2}) (?:to|through|-) (\d{1,2})\b[^.]{0,60}\bsame\b", re.IGNORECASE
)
_FINAL = (
    r"\b(?:not be exercisable after|cannot be exercised|not be exercised after|expire upon)\b|\bexpires? on\b"
)


@dataclass
class Form:
    """An agreement form with the kind of grant it is for and what it says."""

    part: Part
    name: str
    shares: int | None = None
    found: dict[str, Found] = field(default_factory=dict)
    windows: list[Found] = field(default_factory=list)


def forms_of(parts: list[Part], listed: list[Granting]) -> list[Form]:
    """The forms, each named after the grant rule it fits by its number of shares; the rest by their order."""
    forms: list[Form] = []
    for part in parts:
        text = " ".join(part.text().lower().split())
        size = re.search(rf"\b{SHARES} shares\b", text)
        shares = whole_number(size["shares"]) if size else None
        fits = [granting for granting in listed if granting.shares == shares]
        form = Form(part, fits[0].name.capitalize() if len(fits) == 1 else f"Form {len(forms) + 1}", shares)
        _inherit(form, forms, text)
        _read(form)
        forms.append(form)
    return forms


def _inherit(form: Form, before: list[Form], text: str) -> None:
    """Sections that a form takes over from the one before it."""
    taken = _INHERITS.search(text)
    if taken and before:
        for block in before[-1].part.blocks:
            section = re.match(r"\d+", block.clause)
            if section and int(taken[1]) <= int(section[0]) <= int(taken[2]):
                form.part.blocks.append(block)


def _read(form: Form) -> None:
    for sentence in form.part.sentences():
        for name, says in _SAYS.items():
            if name not in form.found and says(sentence):
                form.found[name] = Found(f"{form.name}.{name}", True, sentence.clause, sentence.text)
    form.windows = windows(form.part)
    listed = list(exercise(form.part))
    if listed:
        form.found["exercise"] = listed[0]
    for sentence in form.part.sentences():
        if re.search(r"\bexercisable\b|\bvests?\b", sentence.text) and "schedule" not in form.found:
            value = meeting_schedule(_whole(sentence.text)) or installment_schedule(sentence.text)
            if value is not None:
                form.found["schedule"] = Found(f"{form.name}.schedule", value, sentence.clause, sentence.text)


def _whole(text: str) -> str:
    """A sentence on when an option first becomes exercisable speaks of all of it."""
    return (
        text + " in full"
        if re.search(r"\bnot be exercisable until\b|\bnothing is exercisable until\b", text.lower())
        else text
    )


def _final(sentence: Sentence) -> bool:
    return (
        "final exercise date" in sentence.text.lower()
        and re.search(_FINAL, sentence.text.lower()) is not None
        and len(sentence.text) < 260
        and "<<" not in sentence.text
    )


def _breach(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    return (
        re.search(r"\bnon-?compet|\bconfidential", text) is not None
        and re.search(r"\b(?:violat|breach|break)\w*", text) is not None
        and re.search(r"\bnotice\b", text) is not None
        and re.search(r"\b(?:terminate|end|lapse|forfeit)s?\b", text) is not None
    )


def _service(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    return (
        re.search(r"\bemployee\b", text) is not None
        and re.search(r"\bdirector\b", text) is not None
        and re.search(r"\bconsultant\b|\badvis[eo]r\b", text) is not None
        and "exercise" in text
    )


def _death(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    return (
        re.search(r"\bdies\b|\bdeath\b", text) is not None
        and re.search(
            r"\bonly\b[^.]{0,60}?\bexercisable\b|\bexercisable only\b|\bonly as far as\b|\bonly to the extent\b",
            text,
        )
        is not None
    )


_SAYS = {"final_exercise_date": _final, "breach": _breach, "service": _service, "death": _death}


def cited(forms: list[Form], name: str) -> str | None:
    """The clauses of the forms on a matter, as they are cited; null when none speaks of it."""
    clauses = [f"{form.name} {form.found[name].clause}" for form in forms if name in form.found]
    return ", ".join(clauses) or None


@dataclass(frozen=True)
class _Difference:
    """What a form says otherwise than the plan.

    ``matter`` is the same in every form that differs alike; ``told`` is the sentence up to the places in the forms.
    """

    ours: Found
    theirs: Found
    matter: Any
    told: str
    superseded: Found | None = None


def conflicts(
    forms: list[Form],
    listed: list[Granting],
    found: dict[str, Found],
    newest: list[Found],
    early: list[Found],
    sooner: list[Found],
) -> Iterator[Conflict]:
    """Where forms say something else than the plan as amended.

    ``newest`` are the windows as amended, ``early`` what vests early by the plan as first written, ``sooner`` what
    does by its amendments. What several forms say alike is one conflict, with the place in each.
    """
    alike: dict[tuple[str, str, str, str], list[tuple[str, _Difference]]] = {}
    for form in forms:
        for topic, one in (
            ("schedule", _schedule(form, listed)),
            ("death_acceleration", _death_shares(form, early, sooner)),
            ("service", _roles(form, found.get("service"), newest)),
            ("exercise", _exercise(form, found.get("exercise"))),
            ("windows", _length(form, newest)),
        ):
            if one is not None:
                key = topic, one.ours.clause, one.ours.quote, repr(one.matter)
                alike.setdefault(key, []).append((form.name, one))
    for (topic, *_), several in alike.items():
        _, first = several[0]
        places = [f"{form_name} {one.theirs.clause}" for form_name, one in several]
        said = " and ".join(filter(None, (", ".join(places[:-1]), places[-1])))
        own, *also = (replace(one.theirs, term=f"{form_name}.{topic}") for form_name, one in several)
        yield Conflict(topic, f"{first.told} {said}.", first.ours, own, tuple(also), first.superseded)


def _schedule(form: Form, listed: list[Granting]) -> _Difference | None:
    granting = next((g for g in listed if g.name.capitalize() == form.name), None)
    ours, theirs = granting.schedule if granting else None, form.found.get("schedule")
    if ours is None or theirs is None or ours.value == theirs.value:
        return None
    return _Difference(ours, theirs, theirs.value, f"Plan {ours.clause} gives another schedule than")


def _death_shares(form: Form, early: list[Found], sooner: list[Found]) -> _Difference | None:
    """An amendment's shares upon death stand in place of those that the same clause gave, and beside all others."""
    written, amended = ([one for one in some if "death" in one.value["upon"]] for some in (early, sooner))
    theirs = form.found.get("death")
    if not (written or amended) or theirs is None or accelerations(form.part):
        return None
    ours = (written + amended)[-1]
    before = next((one for one in written if one.clause == ours.clause), None) if amended else None
    told = (
        f"Plan {ours.clause} adds shares upon {' or '.join(ours.value['upon'])};"
        " only what was exercisable then counts under"
    )
    return _Difference(ours, theirs, theirs.value, told, _superseded(before, ours))


def _roles(form: Form, written: Found | None, newest: list[Found]) -> _Difference | None:
    """Service as the plan counts it now: an amendment of the clause stands in place of what was ``written``."""
    theirs = form.found.get("service")
    if written is None or theirs is None:
        return None
    ours = next((one for one in newest if one.clause == written.clause), written)
    before = _superseded(written, ours)
    told = f"Plan {ours.clause}{', as amended,' if before else ''} counts service as a director; any role counts under"
    return _Difference(ours, theirs, theirs.value, told, before)


def _superseded(written: Found | None, ours: Found) -> Found | None:
    """The text that was written first, where an amendment now says it in other words."""
    return written if written is not None and written.quote != ours.quote else None


def _exercise(form: Form, ours: Found | None) -> _Difference | None:
    theirs = form.found.get("exercise")
    if ours is None or theirs is None or _mechanics(theirs.quote) == _mechanics(ours.quote):
        return None
    told = (
        f"Upon exercise what Plan {ours.clause} asks for is required,"
        " and so are the other things asked for in"
    )
    return _Difference(ours, theirs, sorted(_mechanics(theirs.quote)), told)


def _length(form: Form, newest: list[Found]) -> _Difference | None:
    ours = next((f for f in newest if not f.value.get("reasons")), None)
    theirs = next((f for f in form.windows if not f.value.get("reasons")), None)
    if ours is None or theirs is None or _span(ours) == _span(theirs):
        return None
    told = f"Plan {ours.clause} gives another time to exercise after service than"
    return _Difference(ours, theirs, _span(theirs), told)


def _span(found: Found) -> tuple[Any, Any]:
    return found.value.get("months"), found.value.get("days")


def _mechanics(text: str) -> frozenset[str]:
    """What has to be handed over, in general words."""
    lowered = text.lower()
    signs = {
        "signed": r"\bsigned\b",
        "agreement": r"\bagreement\b",
        "cash": r"\bcash\b",
        "broker": r"\bbroker\b",
        "whole": r"\bfractional\b",
    }
    return frozenset(name for name, pattern in signs.items() if re.search(pattern, lowered))
