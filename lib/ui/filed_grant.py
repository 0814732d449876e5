"""An option row of a filing's Table II as a grant to simulate, with the vesting sentence of its footnotes.

What the row does not say is not made up: it is said beside the figures what was taken from where.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lib.filings.record import Filing, Row
from lib.plans.days import EARLIEST, LATEST, months_after
from lib.plans.footnotes import NotUnderstood, Vesting, grant_fields, read_vesting
from lib.plans.schedule_terms import Conditions
from lib.ui.words import issuer_name, owner_names

USUAL_LIFE: Final = 120
"""Months from grant to expiration of most options; used, and said, where a row dates only its expiration."""


MARKET_CODES: Final = ("P", "S", "F")
"""Purchases and sales, and shares withheld for taxes: what a share was worth; other codes may carry set prices."""


@dataclass(frozen=True)
class Market:
    """What a share was worth by a transaction of the filing: dollars a share, the transaction's code and day."""

    price: Decimal
    code: str
    day: date


@dataclass(frozen=True)
class FiledGrant:
    """A row as a grant: what it says, the schedule read for it, and what was not understood or inferred.

    ``units`` are delivered as they vest. ``period`` is the filing's period of report, ``market`` what a share was worth
    on that day by the filing itself. ``own`` are the fields of a scenario's grant that the schedule gives;
    empty where none was read.
    """

    title: str
    issuer: str | None
    units: bool
    granted: date | None
    shares: int | None
    price: Decimal | None
    expires: date | None
    period: date | None
    market: Market | None
    own: dict[str, Any]
    evidence: str | None
    not_understood: str | None
    notes: tuple[str, ...]


def is_option_row(row: Row) -> bool:
    """Whether a row of Table II is of something that vests over a number of shares."""
    return row.underlying_security_shares is not None or row.transaction_shares is not None


def filed_grant(filing: Filing, number: int) -> FiledGrant:
    """The grant that row ``number`` of the filing's Table II tells of. Raises IndexError where there is none."""
    row = filing.derivative[number]
    notes: list[str] = []
    own, evidence, refused, vesting = _schedule(filing, row, notes)
    granted = _granted(row, vesting, notes)
    shares = _shares(row, notes)
    return FiledGrant(
        title=_title(filing, row, number),
        issuer=filing.issuer.name,
        units=_is_units(row),
        granted=granted,
        shares=shares,
        price=row.conversion_or_exercise_price,
        expires=row.expiration_date,
        period=_sensible(filing.period_of_report) if filing.period_of_report else None,
        market=_market(filing, row),
        own=own,
        evidence=evidence,
        not_understood=refused,
        notes=tuple(notes),
    )


def _market(filing: Filing, row: Row) -> Market | None:
    """The price of the filing's own transactions in the underlying shares on its period's day, where they agree."""
    listed = {
        Market(one.transaction_price_per_share, one.transaction_code, one.transaction_date)
        for one in filing.non_derivative
        if one.transaction_price_per_share
        and one.transaction_code in MARKET_CODES
        and one.transaction_date is not None
        and one.transaction_date == filing.period_of_report
        and _same_title(one.security_title, row.underlying_security_title)
    }
    agree = len({one.price for one in listed}) == 1
    return min(listed, key=lambda one: one.code) if agree else None


def _same_title(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.lower().split() == other.lower().split()


def _is_units(row: Row) -> bool:
    """Whether the row is of units that are delivered as they vest, by its title and its lack of a price."""
    title = (row.security_title or "").lower()
    return not row.conversion_or_exercise_price and any(word in title for word in ("unit", "rsu", "phantom"))


def _title(filing: Filing, row: Row, number: int) -> str:
    owner = owner_names(tuple(owner.name or "unnamed" for owner in filing.reporting_owners[:1]))
    issuer = issuer_name(filing.issuer.name, filing.issuer.symbol)
    return f"{row.security_title or 'Derivative security'} of {owner}, {issuer}: Table II, row {number + 1}"


def _schedule(
    filing: Filing, row: Row, notes: list[str]
) -> tuple[dict[str, Any], str | None, str | None, Vesting | None]:
    """The schedule of the row's footnotes, its sentence, why none was read, and all that the footnote says."""
    read = [vesting for text in _footnotes(filing, row) if (vesting := read_vesting(text)) is not None]
    understood = [vesting for vesting in read if isinstance(vesting, Vesting)]
    if len(understood) == 1 and len(read) == 1:
        vesting = understood[0]
        notes += vesting.notes
        return _as_data(grant_fields(vesting)), vesting.evidence, None, vesting
    if read:
        refused = next((one for one in read if isinstance(one, NotUnderstood)), None)
        if refused is None:
            return {}, understood[0].evidence, "more than one footnote of the row gives a schedule", None
        return {}, refused.evidence, refused.reason, None
    if row.exercise_date is not None:
        notes.append(f"Exercisable in full on {row.exercise_date}, the date in column 6.")
        at_once = Conditions.model_validate(
            {
                "clause": "Column 6",
                "text": f"Date Exercisable: {row.exercise_date}",
                "conditions": [
                    {"id": "date", "when": {"type": "date", "date": row.exercise_date}, "portion": "1/1"}
                ],
            }
        )
        return {"schedule": at_once.model_dump(mode="json")}, None, None, None
    return {}, None, "the row and its footnotes do not say when it vests", None


def _footnotes(filing: Filing, row: Row) -> list[str]:
    """The texts of the row's footnotes, those of its exercise date first."""
    marks = [*row.footnotes.get("exercise_date", ())]
    marks += [mark for listed in row.footnotes.values() for mark in listed]
    return [filing.footnotes[mark] for mark in dict.fromkeys(marks) if mark in filing.footnotes]


def _as_data(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a grant as JSON has them."""
    data = dict(fields)
    if "schedule" in data:
        data["schedule"] = data["schedule"].model_dump(mode="json")
    if isinstance(data.get("vesting_start"), date):
        data["vesting_start"] = data["vesting_start"].isoformat()
    return data


def _granted(row: Row, vesting: Vesting | None, notes: list[str]) -> date | None:
    if row.transaction_code == "A" and row.transaction_date is not None:
        return _sensible(row.transaction_date)
    if vesting is not None and vesting.granted is not None:
        notes.append(f"Granted on {vesting.granted}, as the footnote says.")
        return _sensible(vesting.granted)
    if vesting is not None and isinstance(vesting.counts_from, date):
        notes.append(
            f"The row does not say when it was granted: {vesting.counts_from}, from which vesting counts, is taken."
        )
        return _sensible(vesting.counts_from)
    if row.expiration_date is not None and _sensible(row.expiration_date):
        taken = months_after(row.expiration_date, -USUAL_LIFE)
        notes.append(
            f"The row does not say when it was granted: {taken}, ten years before it expires, is taken for a start."
        )
        return _sensible(taken)
    notes.append("The row does not say when it was granted: set the grant date.")
    return None


def _sensible(day: date) -> date | None:
    return day if EARLIEST <= day <= LATEST else None


def _shares(row: Row, notes: list[str]) -> int | None:
    """The shares of the grant: those under the row, and with a row that disposes those that are left too."""
    named = row.underlying_security_shares or row.transaction_shares
    if named is None:
        return None
    if row.acquired_disposed_code == "D":
        left = row.shares_owned_following or Decimal(0)
        notes.append(
            f"The row reports {named:,f} shares exercised or disposed of and {left:,f} left; the grant may have been"
            " larger."
        )
        named += left
    if named % 1:
        notes.append(f"{named:,f} is not a whole number of shares; the fraction is left out.")
    return int(named) or None
