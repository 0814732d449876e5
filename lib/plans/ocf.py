"""Open Cap Format in: vesting terms, exercise windows and a grant's transactions as the engine's own schedule.

The format (opencaptablecoalition.github.io, VestingTerms and its conditions) describes a graph of conditions, which
is what ``Conditions`` runs. What it says and the engine does not do is listed, never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from lib.plans.errors import TermsError, first_problem
from lib.plans.schedule import vests
from lib.plans.schedule_terms import WHEN_TYPES, Conditions
from lib.plans.term import Reason
from lib.plans.vest import Vest

CLAUSE = "Open Cap Format vesting terms"
START_DAY = "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH"
REASONS: dict[str, tuple[Reason, ...]] = {
    "VOLUNTARY_OTHER": ("voluntary",),
    "VOLUNTARY_GOOD_CAUSE": ("good_reason",),
    "VOLUNTARY_RETIREMENT": ("retirement",),
    "INVOLUNTARY_OTHER": ("removal", "not_reelected", "without_cause"),
    "INVOLUNTARY_DEATH": ("death",),
    "INVOLUNTARY_DISABILITY": ("disability",),
    "INVOLUNTARY_WITH_CAUSE": ("cause",),
}
"""The format's reasons for which service ends, and ours."""


@dataclass(frozen=True)
class Imported:
    """A schedule from vesting terms, with sentences on what of them is not in it."""

    schedule: Conditions
    name: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issued:
    """A grant's own facts in the format: quantity, dates, and the events that its conditions wait for.

    ``start`` is null where no vesting start was recorded; a schedule that begins with one then does not run.
    ``vestings`` are the grant's own, which override any terms.
    """

    quantity: int
    issued: date
    start: date | None
    events: Mapping[str, date]
    vestings: Conditions | None = None
    lost: tuple[str, ...] = ()


def read_vesting_terms(data: Mapping[str, Any]) -> Imported:
    """A schedule from a ``VESTING_TERMS`` object. Raises TermsError with a sentence that names the place."""
    lost: list[str] = []
    listed = data.get("vesting_conditions")
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
        raise TermsError("vesting_conditions: there are none.")
    conditions = [_condition(number, condition, lost) for number, condition in enumerate(listed)]
    schedule = {
        "kind": "conditions",
        "clause": CLAUSE,
        "text": str(data.get("description") or data.get("name") or "Vesting terms.")[:2000],
        "allocation": str(data.get("allocation_type", "")).lower(),
        "conditions": conditions,
    }
    try:
        return Imported(Conditions.model_validate(schedule), str(data.get("name") or ""), tuple(lost))
    except ValidationError as error:
        raise TermsError(first_problem(error, frozenset(WHEN_TYPES))) from None


def _condition(number: int, data: Any, lost: list[str]) -> dict[str, Any]:
    place = f"vesting_conditions[{number}]"
    if not isinstance(data, Mapping):
        raise TermsError(f"{place}: this is not a condition.")
    condition: dict[str, Any] = {
        "id": data.get("id"),
        "when": _when(place, data.get("trigger"), data.get("id")),
        "next": list(data.get("next_condition_ids") or ()),
    }
    portion = data.get("portion")
    if isinstance(portion, Mapping):
        condition["portion"] = _portion(place, portion)
        condition["of_rest"] = bool(portion.get("remainder"))
    quantity = _number(f"{place}.quantity", data.get("quantity") or 0)
    if quantity.denominator != 1:
        raise TermsError(f"{place}.quantity: {data['quantity']} is not a whole number of shares.")
    if quantity:
        condition["shares"] = int(quantity)
    return condition


def _portion(place: str, portion: Mapping[str, Any]) -> str:
    top = _number(f"{place}.portion.numerator", portion.get("numerator"))
    bottom = _number(f"{place}.portion.denominator", portion.get("denominator"))
    if bottom == 0:
        raise TermsError(f"{place}.portion: the denominator is zero.")
    if top.denominator == bottom.denominator == 1:
        return f"{top}/{bottom}"
    part = top / bottom
    return f"{part.numerator}/{part.denominator}"


def _number(place: str, value: Any) -> Fraction:
    if not re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,10})?", str(value), flags=re.ASCII):
        raise TermsError(f"{place}: {str(value)[:40]!r} is not a number of the format.")
    return Fraction(str(value))


def _when(place: str, trigger: Any, name: Any) -> dict[str, Any]:
    kind = trigger.get("type") if isinstance(trigger, Mapping) else None
    match kind:
        case "VESTING_START_DATE":
            return {"type": "start"}
        case "VESTING_EVENT":
            return {"type": "event", "event": name}
        case "VESTING_SCHEDULE_ABSOLUTE":
            return {"type": "date", "date": trigger.get("date")}
        case "VESTING_SCHEDULE_RELATIVE":
            return _period(place, trigger)
    raise TermsError(f"{place}.trigger: {str(kind)[:60]!r} is not a trigger of the format.")


def _period(place: str, trigger: Mapping[str, Any]) -> dict[str, Any]:
    period = trigger.get("period")
    if not isinstance(period, Mapping) or period.get("type") not in {"DAYS", "MONTHS"}:
        raise TermsError(f"{place}.trigger.period: a period counts DAYS or MONTHS.")
    when: dict[str, Any] = {
        "type": "after",
        "of": trigger.get("relative_to_condition_id"),
        str(period["type"]).lower(): period.get("length"),
        "times": period.get("occurrences"),
        "cliff": period.get("cliff_installment") or 0,
    }
    if period["type"] == "MONTHS":
        when["day"] = _day(place, str(period.get("day_of_month")))
    return when


def _day(place: str, written: str) -> str | int:
    if written == START_DAY:
        return "start"
    found = re.fullmatch(r"([0-2][0-9])|(29|30|31)_OR_LAST_DAY_OF_MONTH", written)
    if found is None:
        raise TermsError(f"{place}.trigger.period.day_of_month: {written[:60]!r} is not one of the format's.")
    return int(found[1] or found[2])


def read_grant(transactions: Sequence[Mapping[str, Any]]) -> Issued:
    """A grant's facts from its transactions: issuance, vesting start, vesting events.

    Raises TermsError when there is no issuance. Accelerations are listed, for the format does not say which
    installments they shorten.
    """
    issuance = next(
        (item for item in transactions if str(item.get("object_type")).endswith("_ISSUANCE")), None
    )
    if issuance is None:
        raise TermsError("There is no issuance among the transactions.")
    quantity = _number("quantity", issuance.get("quantity"))
    start: date | None = None
    events: dict[str, date] = {}
    lost: list[str] = []
    for item in transactions:
        match item.get("object_type"):
            case "TX_VESTING_START":
                start = start or _date(item)
            case "TX_VESTING_EVENT":
                events.setdefault(str(item.get("vesting_condition_id")), _date(item))
            case "TX_VESTING_ACCELERATION":
                lost.append(
                    f"The acceleration of {item.get('quantity')} shares on {item.get('date')} is not applied: the"
                    " format does not say which installments it takes them from."
                )
    own = read_vestings(issuance["vestings"]) if issuance.get("vestings") else None
    return Issued(int(quantity), _date(issuance), start, events, own, tuple(lost))


def _date(item: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(str(item.get("date")))
    except ValueError:
        raise TermsError(
            f"date: {str(item.get('date'))[:40]!r} is not a day written as YYYY-MM-DD."
        ) from None


def read_vestings(vestings: Sequence[Mapping[str, Any]]) -> Conditions:
    """A grant's own ``vestings``, which override its terms, as conditions on the calendar. Raises TermsError."""
    listed = sorted(vestings, key=lambda item: str(item.get("date")))
    conditions = []
    for number, item in enumerate(listed):
        amount = _number(f"vestings[{number}].amount", item.get("amount"))
        if amount.denominator != 1 or not amount:
            raise TermsError(
                f"vestings[{number}].amount: {item.get('amount')} is not a whole number of shares."
            )
        following = [f"vest-{number + 1}"] if number + 1 < len(listed) else []
        when = {"type": "date", "date": item.get("date")}
        conditions.append({"id": f"vest-{number}", "when": when, "shares": int(amount), "next": following})
    text = "The grant's own vestings."
    try:
        return Conditions.model_validate({"clause": "vestings", "text": text, "conditions": conditions})
    except ValidationError as error:
        raise TermsError(first_problem(error, frozenset(WHEN_TYPES))) from None


def granted_vests(schedule: Conditions | None, issued: Issued) -> tuple[Vest, ...]:
    """What a grant vests: by its own list, else by a schedule of the format; with neither when it was issued."""
    schedule = issued.vestings or schedule
    if schedule is None:
        return (Vest(issued.issued, Fraction(issued.quantity)),)
    begins = {condition.when.type for condition in schedule.first}
    if begins == {"start"} and issued.start is None:
        return ()
    return vests(schedule, issued.issued, issued.quantity, (), "anchor", issued.start, issued.events)


def read_windows(windows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """``termination_exercise_windows`` as the windows of a terms file. Raises TermsError."""
    listed = []
    for number, item in enumerate(windows):
        place = f"termination_exercise_windows[{number}]"
        reason = str(item.get("reason"))
        if reason not in REASONS:
            raise TermsError(f"{place}.reason: {reason[:60]!r} is not one of {', '.join(REASONS)}.")
        if item.get("period_type") not in {"DAYS", "MONTHS"}:
            raise TermsError(f"{place}.period_type: a period counts DAYS or MONTHS.")
        length = int(_number(f"{place}.period", item.get("period")))
        unit = str(item["period_type"]).lower()
        lasts = {unit: length} if length else {"at_once": True}
        text = f"{length} {unit} after service ends by {reason}."
        listed.append({"reasons": list(REASONS[reason]), "clause": place, "text": text, **lasts})
    return listed
