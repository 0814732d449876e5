"""The shapes that vesting sentences come in: a clause after the other is recognised, or the sentence is not.

Each clause is a pattern over reduced text (``vesting_core``) with a function that says its steps. A sentence is
read only when clauses cover all of it; a word that no clause knows leaves it unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lib.plans.days import LAST_DAY
from lib.plans.vesting_grammar import (
    AFTER,
    AMOUNT,
    ANCHOR,
    AND,
    EQUAL,
    LENGTH,
    LIST,
    MEETING,
    ONE_WHEN,
    ORDINAL,
    ORDINALS_LIST,
    OTHER,
    OVER,
    PERIOD,
    PERIODS,
    THEREAFTER,
    D,
    F,
    M,
    N,
)
from lib.plans.vesting_steps import (
    Anchor,
    Calendar,
    Fixed,
    Meeting,
    NotASchedule,
    Offset,
    Plan,
    Repeat,
    Step,
    Time,
    before_by,
)
from lib.plans.vesting_words import Marked, ordinal


@dataclass
class Reading:
    """What has been read of a sentence so far."""

    marked: Marked
    steps: list[Step] = field(default_factory=list)
    anchors: set[Anchor] = field(default_factory=set)
    either: bool = False
    default_period: int | None = None
    notes: list[str] = field(default_factory=list)


def shaped(text: str, marked: Marked) -> Plan:
    """The steps of a reduced sentence. Raises NotASchedule where a part of it is not recognised."""
    reading = Reading(marked)
    place = 0
    while place < len(text):
        separator = re.compile(AND).match(text, place)
        if separator and place:
            place = separator.end()
            continue
        for pattern, says in CLAUSES:
            found = pattern.match(text, place)
            if found and found.end() > place and _ends_well(text, found.end()):
                says(reading, found)
                place = found.end()
                break
        else:
            raise NotASchedule(f"not understood at {_plain_words(text[place:])!r}")
        while place < len(text) and text[place] == " ":
            place += 1
    if not reading.steps:
        raise NotASchedule("says nothing about when")
    if len(reading.anchors) > 1:
        raise NotASchedule("counts from more than one day")
    anchor = next(iter(reading.anchors), None)
    return Plan(tuple(reading.steps), anchor, reading.either, tuple(reading.notes))


def _plain_words(text: str) -> str:
    """A few words of reduced text for a person, signs left out."""
    return " ".join(re.sub(r"\{\w+\}|@\w?|\b[SVR]\b", "…", text).split())[:60]


def _ends_well(text: str, place: int) -> bool:
    """A clause ends at the end or before a separator, never within a phrase."""
    rest = text[place:].lstrip()
    return not rest or re.match(AND, rest) is not None


def _amount(reading: Reading, written: str | None) -> Fraction | int | None:
    """A part, a number of shares, or null for the rest; all of it where no amount is written."""
    if written is None or written in {"S", "in full", "fully", ""}:
        return Fraction(1)
    if written == "R":
        return None
    if written.startswith("{n"):
        return reading.marked.number(written)
    return reading.marked.part(written.split()[0])


def _length(written: str) -> int:
    """Months of a length such as ``36 months`` or ``3-year``."""
    number, unit = re.split(r"[- ]", written, maxsplit=1)
    return int(number) * {"month": 1, "quarter": 3, "year": 12}[unit.rstrip("s")]


def _anchor(reading: Reading, written: str | None) -> None:
    """Take note of the day from which time counts."""
    if written is None:
        return
    written = written.removeprefix("@")
    if written == "g":
        reading.anchors.add("grant")
    elif written == "s":
        reading.anchors.add("vesting start")
    else:
        reading.anchors.add(reading.marked.date(written))


def _time(reading: Reading, written: str) -> Time:
    """One point in time."""
    found = re.fullmatch(rf"{D}", written)
    if found:
        return Fixed(reading.marked.date(written))
    anchored = re.search(rf"(?:{ANCHOR}|{D})$", written)
    if anchored:
        _anchor(reading, anchored[0])
    if re.fullmatch(ANCHOR, written):
        return Offset(0)
    length = re.search(LENGTH, written)
    if length:
        return Offset(_length(length[0]))
    number = ordinal(re.search(ORDINAL, written)[0])  # type: ignore[index]
    return Offset(12 * (number or 0))


def _times(reading: Reading, written: str) -> list[Time]:
    return [_time(reading, found[0]) for found in re.finditer(ONE_WHEN, written)]


def _at(reading: Reading, found: re.Match[str]) -> None:
    """An amount at one time, or the same amount at each of several."""
    times = _times(reading, found["when"])
    amount = _amount(reading, found["amount"])
    if len(times) > 1 and found["equal"] and amount == 1:
        written = re.search(r"\d+", found["equal"])
        if written and int(written[0]) != len(times):
            raise NotASchedule("the installments and the days differ in number")
        amount = Fraction(1, len(times))
    if len(times) > 1 and (amount == 1 or amount is None):
        raise NotASchedule("one amount falls on several days")
    reading.steps += [Step(amount, time) for time in times]


def _anniversaries(reading: Reading, found: re.Match[str]) -> None:
    """The same amount on each of several anniversaries, annual or of shorter periods."""
    _anchor(reading, found["anchor"])
    months = PERIODS[found["period"]] if found["period"] else 12
    reading.default_period = months
    numbers = _numbers(found["ordinals"], found["count"])
    amount = _amount(reading, found["amount"])
    if amount == 1 and len(numbers) > 1:
        if not (found["equal"] or found["count_first"]):
            raise NotASchedule("the parts of the anniversaries are not said")
        if found["count_first"] and int(found["count_first"]) != len(numbers):
            raise NotASchedule("the installments and the anniversaries differ in number")
        amount = Fraction(1, len(numbers))
    reading.steps += [Step(amount, Offset(months * number)) for number in numbers]


def _numbers(ordinals: str | None, count: str | None) -> list[int]:
    """``first, second and third`` or ``first through third`` or ``the first 3`` as numbers."""
    if ordinals is None:
        return list(range(1, int(count or 0) + 1))
    listed = [ordinal(word) or 0 for word in re.findall(ORDINAL, ordinals)]
    if "through" in ordinals and len(listed) == 2:
        return list(range(listed[0], listed[1] + 1))
    if "through" in ordinals:
        raise NotASchedule("a range of anniversaries among others")
    return listed


def _installments(reading: Reading, found: re.Match[str]) -> None:
    """So many equal installments at an interval: from a date, an anniversary, an anchor, or the step before."""
    months = PERIODS[found["period"]]
    over = re.search(
        LENGTH, found["over"] or found["over_mid"] or found["over_next"] or found["over_first"] or ""
    )
    count = int(found["count"]) if found["count"] else _count_over(over, months)
    amount = _amount(reading, found["amount"])
    if amount is not None and not isinstance(amount, int) and amount * (count or 0) == 1:
        amount = Fraction(1)
    if count is None or (found["count"] and over and _length(over[0]) != int(found["count"]) * months):
        raise NotASchedule("the number of installments is not clear")
    if isinstance(amount, int):
        raise NotASchedule("shares in installments")
    each = None if amount is None else amount / count
    if amount == 1 and reading.steps:
        each = (1 - _done(reading)) / count
    if found["until"]:
        first = before_by(reading.marked.date(found["until"]), months, count)
        reading.steps += [Step(each, Fixed(first))]
    elif found["begins"]:
        reading.steps += [Step(each, _time(reading, found["begins"]))]
    else:
        if found["since"] and [step.time for step in reading.steps[-1:]] != [_time(reading, found["since"])]:
            raise NotASchedule("installments count from a day of their own")
        _anchor(reading, found["anchor"])
        reading.steps.append(Step(each, Repeat(months, count)))
        return
    if each is None:
        raise NotASchedule("the rest begins on a day of its own")
    if count > 1:
        reading.steps.append(Step(each, Repeat(months, count - 1)))


def _count_over(over: re.Match[str] | None, months: int) -> int | None:
    if over is None or _length(over[0]) % months:
        return None
    return _length(over[0]) // months


def _periodic(reading: Reading, found: re.Match[str]) -> None:
    """An amount every period: after the step before it, or from the anchor."""
    written = found["period"] or found["every"] or found["each"]
    months = PERIODS[written] if written in PERIODS else _every(written)
    named = found["day"] or found["day_too"]
    number = LAST_DAY if named == "last" else ordinal(named) if named else None
    over = re.search(LENGTH, found["over"] or found["over_late"] or "")
    times = _count_over(over, months) if over else None
    if over and times is None:
        raise NotASchedule("the time is no whole number of installments")
    amount = _amount(reading, found["amount"])
    if amount == 1 and times is None:
        raise NotASchedule("the installments are not said")
    if amount == 1 and reading.steps:
        amount = None
    if not reading.steps:
        _first_of_many(reading, found, number, months, amount, times)
        return
    if found["anchor"]:
        raise NotASchedule("installments count from a day of their own")
    if amount is not None and not isinstance(amount, int) and amount == 1 - _done(reading) and times:
        amount = None
    reading.steps.append(Step(amount, Repeat(months, times, number)))


def _first_of_many(
    reading: Reading,
    found: re.Match[str],
    number: int | None,
    months: int,
    amount: Fraction | int | None,
    times: int | None,
) -> None:
    """Installments that nothing comes before: from the anchor, or beginning on a date."""
    if number is not None or found["later"]:
        raise NotASchedule("the first installment has no day")
    if amount == 1 and times:
        amount = Fraction(1, times)
    if amount is None or isinstance(amount, int) or 1 % amount:
        raise NotASchedule("the installments do not come out whole")
    if found["begins"]:
        reading.steps.append(Step(amount, _time(reading, found["begins"])))
        if amount < 1:
            reading.steps.append(Step(amount, Repeat(months)))
        return
    _anchor(reading, found["anchor"])
    reading.steps.append(Step(amount, Repeat(months, times)))


def _done(reading: Reading) -> Fraction:
    if any(not isinstance(step.amount, Fraction) or isinstance(step.time, Repeat) for step in reading.steps):
        raise NotASchedule("what is left is not known")
    return sum((Fraction(step.amount or 0) for step in reading.steps), start=Fraction(0))


def _every(written: str) -> int:
    found = re.fullmatch(r"(\d{1,2}) months?|(\d{1,2}) years?", written)
    if found is None:
        raise NotASchedule(f"no period: {written}")
    return int(found[1]) if found[1] else 12 * int(found[2])


def _calendar(reading: Reading, found: re.Match[str]) -> None:
    days = tuple(reading.marked.day(mark) for mark in re.findall(M, found["days"]))
    reading.steps.append(Step(_amount(reading, found["amount"]), Calendar(days)))


def _afterwards(reading: Reading, found: re.Match[str]) -> None:
    """The same amount on each anniversary that follows."""
    months = PERIODS[found["period"]] if found["period"] else reading.default_period or 12
    reading.steps.append(Step(_amount(reading, found["amount"]), Repeat(months)))


def _earliest(reading: Reading, found: re.Match[str]) -> None:
    """All at the earlier of some points in time, one of which may be the next annual meeting."""
    if reading.steps:
        raise NotASchedule("an earlier of several times after other steps")
    if _amount(reading, found["amount"]) != 1:
        raise NotASchedule("a part at the earlier of several times")
    reading.either = True
    for item in re.finditer(rf"(?P<meeting>{MEETING})|{ONE_WHEN}|{OTHER}", found["choices"]):
        if item["meeting"]:
            before = item["before"]
            reading.steps.append(Step(Fraction(1), Meeting(1 if before else 0)))
            if item["after"]:
                _anchor(reading, item["after"])
        elif not re.fullmatch(OTHER, item[0]):
            reading.steps.append(Step(Fraction(1), _time(reading, item[0])))
    if re.search(OTHER, found["choices"]):
        reading.notes.append("Death, disability or a change of control may let it vest earlier.")
    if not reading.steps or not any(not isinstance(step.time, Meeting) for step in reading.steps):
        raise NotASchedule("the earlier of what cannot be dated")


def _already(reading: Reading, found: re.Match[str]) -> None:
    """A number of shares that had vested when the note was written, on days it does not name."""
    if reading.steps:
        raise NotASchedule("shares that have vested come after others")
    reading.steps.append(Step(_amount(reading, found["amount"]), Offset(0)))
    reading.notes.append(
        "Shares that had vested before this filing stand at the start; their days are not said."
    )


def _nothing(reading: Reading, found: re.Match[str]) -> None:
    """Words that lead up to the clauses."""


_LEAD = r"(?:(?:S )?(?:(?:that|which) )?V )?(?:(?:as follows|according to the following schedule):? )?"
_AMOUNT = rf"(?:(?P<amount>{AMOUNT}) )?(?:V )?(?P<full>(?:in full|fully) )?"
_BEGINS = rf"(?:,? (?:beginning|commencing|starting|with the first (?:installment|tranche)? ?(?:vesting|V))(?: on| with)? (?P<begins>{ONE_WHEN}))"
CLAUSES: tuple[tuple[re.Pattern[str], Callable[[Reading, re.Match[str]], None]], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (
            rf"{_LEAD}{_AMOUNT}(?:on |upon )?(?:the )?(?:earlier|earliest|first)(?: to occur)? of:? (?P<choices>(?:(?:{MEETING.replace('P<before>', ':').replace('P<after>', ':')}|{ONE_WHEN}|{OTHER})(?:, or |; or | or |, and | and |, |; |$)?)+)",
            _earliest,
        ),
        (
            rf"{_LEAD}(?:over (?P<over_first>{LENGTH}) )?(?:(?P<amount>{AMOUNT}) )?(?:V )?(?:(?P<over_next>{OVER}) )?in (?:a series of )?(?:(?P<count>\d{{1,3}}) )?{EQUAL}(?P<period>{PERIOD}) {EQUAL}(?:vesting )?(?:installments|tranches|increments|parts)(?:,? (?P<over_mid>{OVER}))?"
            rf"(?:{_BEGINS}|,? ending(?: on)? (?P<until>{D})|,? (?:following|after|from|measured from|on each anniversary of) (?:(?P<anchor>{ANCHOR})|(?P<since>{ONE_WHEN})))?(?: ?,?thereafter)?(?:,? (?P<over>{OVER}))?{THEREAFTER}",
            _installments,
        ),
        (
            rf"{_LEAD}(?:(?P<amount>{AMOUNT}) )?(?:V )?(?:in (?:(?P<count_first>\d+) )?(?P<equal>equal )?(?:annual )?(?:installments|tranches|parts) )?(?:annually )?on (?:each of )?the (?:first (?P<count>\d+)|(?P<ordinals>{ORDINALS_LIST}))(?: (?P<period>{PERIOD}))? anniversar(?:ies|y) (?:dates? )?{AFTER} (?P<anchor>{ANCHOR})",
            _anniversaries,
        ),
        (
            rf"{_LEAD}(?:(?P<amount>{AMOUNT}) )?(?:V )?(?:on )?each (?:(?:subsequent|succeeding) )?(?:(?P<period>{PERIOD}) )?anniversary(?: date)?(?: thereof| thereafter)(?P<nothing>)",
            _afterwards,
        ),
        (
            rf"{_LEAD}(?:(?P<amount>{AMOUNT}) )?(?:V )?on each (?:of )?(?P<days>{M}(?:(?:, and |, or |, | and | or ){M})*) thereafter",
            _calendar,
        ),
        (
            rf"{_LEAD}(?:(?P<amount>{AMOUNT}) )?(?:V )?(?:equally |ratably |pro rata |in equal (?:installments|amounts) )?(?:on (?:the )?(?P<day>{ORDINAL}|last) (?:day )?of )?"
            rf"(?:(?:on an? )?(?P<period>{PERIOD})(?: basis)?(?: on (?:the )?(?P<day_too>{ORDINAL}) day of each month)?|(?:each|every|per|a) (?P<each>month|quarter|year)|(?:each|every) (?P<every>\d{{1,2}} months?))(?: each (?:month|quarter|year))?"
            rf"(?P<later> ?,?thereafter)?(?:,? (?P<over>{OVER}))?(?: (?:thereafter|(?:from|following|after|measured from) (?P<anchor>{ANCHOR})))?(?:{_BEGINS})?(?:,? (?P<over_late>{OVER}))?{THEREAFTER}",
            _periodic,
        ),
        (
            rf"{_LEAD}(?P<amount>{F}) (?:V )?after (?P<when>{LENGTH}(?:(?:, and |, | and ){LENGTH})*)",
            lambda reading, found: reading.steps.extend(
                Step(_amount(reading, found["amount"]), Offset(_length(length)))
                for length in re.findall(LENGTH, found["when"])
            ),
        ),
        (
            rf"{_LEAD}(?:{OVER} )?(?:with )?(?:in )?{_AMOUNT}(?:(?:in )?(?P<equal>(?:\d+ )?(?:approximately |substantially )?equal )(?:annual |quarterly )?)?(?:(?:installments|tranches|increments) )?(?:after a {LENGTH} period )?(?:on |upon )?(?:each of )?(?P<when>{LIST})",
            _at,
        ),
        (rf"(?P<amount>{N}) already(?=,? and R V)", _already),
        (
            rf"(?:S )?V(?: as follows)?(?: {OVER})?:?(?= [{{RS,])|(?:S )V {OVER}(?=,)|S (?:that|which)(?= V)|S(?=, {{[fn])",
            _nothing,
        ),
    )
)


def is_dated(anchor: Anchor | None) -> bool:
    """Whether the day from which time counts is a date of the calendar."""
    return isinstance(anchor, date)
