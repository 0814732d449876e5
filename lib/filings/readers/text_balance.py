"""Running balances in a dump's tables: shares following a trade are those before it, plus or minus its amount.

Only a number that lost digits is mended by it; a balance that merely does not add up is the filing's own affair,
as rows may leave out moves between them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from lib.filings.form import Table, Text
from lib.filings.printed import Printed
from lib.filings.record import Finding
from lib.filings.values import decimal

_POSITION: Final = ("security_title", "direct_or_indirect", "nature_of_ownership")
_AMOUNTS: Final = {"acquired": 1, "disposed": -1}
_NONE: Final = Text("")


def mend_by_balance(printed: Printed) -> None:
    """Put back the digits that a cut took from the shares owned following a trade, each with a finding."""
    counts: dict[Table, int] = {"non_derivative": 0, "derivative": 0}
    before: dict[tuple[str, ...], Decimal] = {}
    for table, cells in printed.rows:
        where = f"{table}[{counts[table]}].shares_owned_following"
        counts[table] += 1
        position = (table, *(cells.get(name, _NONE).text for name in _POSITION))
        owned = cells.get("owned_following", _NONE)
        said, change = decimal(owned.text), _change(cells)
        if said is None or owned.text.startswith("$"):
            continue
        last = before.get(position)
        expected = last + change if last is not None and change else change if change and change > 0 else None
        if expected is not None and expected >= 0 and expected != said and _cut_from(said, expected):
            cells["owned_following"] = replace(owned, text=str(expected))
            message = f"“{owned.text}” lost digits: {last or 'nothing'} before, changed by {change}, make {expected}."
            printed.findings.append(Finding("warning", where, message, "text.balance"))
            said = expected
        before[position] = said


def _change(cells: dict[str, Text]) -> Decimal | None:
    """What a row's trade adds to the position; nothing where it says no amount or no side."""
    for column, sign in _AMOUNTS.items():
        if column in cells:
            amount = decimal(cells[column].text)
            return amount * sign if amount is not None else None
    amount = decimal(cells.get("transaction_amount", _NONE).text)
    side = cells.get("acquired_disposed_code", _NONE).text
    return amount * (1 if side == "A" else -1) if amount is not None and side in {"A", "D"} else None


def _cut_from(said: Decimal, expected: Decimal) -> bool:
    """Whether a number is another one without its first or last digits."""
    one, other = str(said), str(expected)
    return len(one) < len(other) and len(one) > 1 and (other.endswith(one) or other.startswith(one))
