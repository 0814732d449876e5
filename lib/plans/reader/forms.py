"""The agreement forms attached to a plan, and where they differ from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    """What one form says otherwise than the plan; ``says`` tells it of the places of one or several forms."""

    topic: str
    ours: Found
    form: str
    theirs: Found
    matter: Any
    says: Callable[[str, bool], str]
    superseded: Found | None = None


def conflicts(
    forms: list[Form],
    listed: list[Granting],
    found: dict[str, Found],
    newest: list[Found],
    early: list[Found],
) -> Iterator[Conflict]:
    """Where forms say something else than the plan as amended: ``newest`` windows, ``early`` vesting.

    What several forms say alike is one conflict, with the place in each.
    """
    alike: dict[tuple[Any, ...], list[_Difference]] = {}
    for form in forms:
        for one in (
            *_schedules(form, listed),
            *_death_shares(form, early),
            *_roles(form, found.get("service"), newest),
            *_exercises(form, found.get("exercise")),
            *_lengths(form, newest),
        ):
            key = one.topic, one.ours.clause, one.ours.quote, repr(one.matter)
            alike.setdefault(key, []).append(one)
    for first, *rest in alike.values():
        places = [f"{one.form} {one.theirs.clause}" for one in (first, *rest)]
        said = " and ".join(filter(None, (", ".join(places[:-1]), places[-1])))
        own, *also = (replace(one.theirs, term=f"{one.form}.{first.topic}") for one in (first, *rest))
        yield Conflict(
            first.topic, first.says(said, bool(rest)), first.ours, own, tuple(also), first.superseded
        )


def _schedules(form: Form, listed: list[Granting]) -> Iterator[_Difference]:
    granting = next((g for g in listed if g.name.capitalize() == form.name), None)
    ours, theirs = granting.schedule if granting else None, form.found.get("schedule")
    if ours is not None and theirs is not None and ours.value != theirs.value:
        clause = ours.clause
        yield _Difference(
            "schedule",
            ours,
            form.name,
            theirs,
            theirs.value,
            lambda places, _: f"Plan {clause} gives another schedule than {places}.",
        )


def _death_shares(form: Form, early: list[Found]) -> Iterator[_Difference]:
    upon_death = [one for one in early if "death" in one.value["upon"]]
    theirs = form.found.get("death")
    if not upon_death or theirs is None or accelerations(form.part):
        return
    ours = upon_death[-1]
    upon = " or ".join(ours.value["upon"])
    yield _Difference(
        "death_acceleration",
        ours,
        form.name,
        theirs,
        theirs.value,
        lambda places, several: (
            f"Plan {ours.clause} adds shares upon {upon}; {places} {'give' if several else 'gives'}"
            " only what was exercisable then."
        ),
        _superseded(upon_death[0], ours),
    )


def _roles(form: Form, written: Found | None, newest: list[Found]) -> Iterator[_Difference]:
    """Service as the plan counts it now: an amendment of the clause stands in place of what was ``written``."""
    theirs = form.found.get("service")
    if written is None or theirs is None:
        return
    ours = next((one for one in newest if one.clause == written.clause), written)
    amended = ours.quote != written.quote
    told = f"Plan {ours.clause}{', as amended,' if amended else ''} counts service as a director"
    yield _Difference(
        "service",
        ours,
        form.name,
        theirs,
        theirs.value,
        lambda places, several: f"{told}; {places} {'count' if several else 'counts'} any role.",
        _superseded(written, ours),
    )


def _superseded(written: Found, ours: Found) -> Found | None:
    """The text that was written first, where an amendment now says it in other words."""
    return written if written.quote != ours.quote else None


def _exercises(form: Form, ours: Found | None) -> Iterator[_Difference]:
    theirs = form.found.get("exercise")
    if ours is None or theirs is None or _mechanics(theirs.quote) == _mechanics(ours.quote):
        return
    clause = ours.clause
    yield _Difference(
        "exercise",
        ours,
        form.name,
        theirs,
        sorted(_mechanics(theirs.quote)),
        lambda places, several: (
            f"Plan {clause} asks for other things upon exercise than {places};"
            f" {'all' if several else 'both'} are required."
        ),
    )


def _lengths(form: Form, newest: list[Found]) -> Iterator[_Difference]:
    general = next((f for f in newest if not f.value.get("reasons")), None)
    theirs = next((f for f in form.windows if not f.value.get("reasons")), None)
    if general is not None and theirs is not None and _span(general) != _span(theirs):
        clause = general.clause
        yield _Difference(
            "windows",
            general,
            form.name,
            theirs,
            _span(theirs),
            lambda places, _: f"Plan {clause} gives another time to exercise after service than {places}.",
        )


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
