"""The elements of ownership XML, and the field of the record that each fills.

By the part of the document that holds them, for an element means something only in its own part.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from lib.filings.record import DATE_FIELDS, DECIMAL_FIELDS
from lib.filings.values import decimal, folded, iso_date

Value = str | Decimal | date | bool | None

_SWITCHES: Final = {"1": True, "true": True, "0": False, "false": False}


def switch(text: str) -> bool | None:
    """Yes or no as the schema writes it."""
    return _SWITCHES[text] if text in _SWITCHES else _SWITCHES.get(text.strip().lower())


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    **dict.fromkeys(DECIMAL_FIELDS, decimal),
    **dict.fromkeys(DATE_FIELDS | {"period_of_report", "date_of_original_submission", "date"}, iso_date),
    **dict.fromkeys(("not_subject_to_section16", "no_securities_owned", "aff10b5_one"), switch),
    **dict.fromkeys(("is_director", "is_officer", "is_ten_percent_owner", "is_other"), switch),
    "equity_swap_involved": switch,
}
"""How a field that is no text is read."""


_CODING, _CODE = "transactionCoding", "transaction_code"


class Element(NamedTuple):
    """What an element of a part fills, how its text is read, and its path from the part's own element down.

    ``read`` gives ``None`` for what is no value of the field. ``marked`` is the field that a footnote id after it stands on: EDGAR prints every mark of a transaction's
    coding on its code. ``group`` is the element it is meant to stand in; without that, its path is ``alone``.
    """

    field: str
    read: Callable[[str], Value]
    marked: str
    group: str
    in_group: str
    alone: str


def _elements(group: str, fields: dict[str, str]) -> dict[str, Element]:
    mark = _CODE if group == _CODING else None
    return {
        tag: Element(
            field,
            _READERS.get(field, folded),
            mark or field,
            group,
            f"/{group}/{tag}" if group else f"/{tag}",
            f"/{tag}",
        )
        for tag, field in fields.items()
    }


TOP: Final = _elements(
    "",
    {
        "documentType": "document_type",
        "schemaVersion": "schema_version",
        "periodOfReport": "period_of_report",
        "dateOfOriginalSubmission": "date_of_original_submission",
        "notSubjectToSection16": "not_subject_to_section16",
        "noSecuritiesOwned": "no_securities_owned",
        "aff10b5One": "aff10b5_one",
        "remarks": "remarks",
    },
)
_ISSUER: Final = _elements("", {"issuerCik": "cik", "issuerName": "name", "issuerTradingSymbol": "symbol"})
_OWNER: Final = (
    _elements("reportingOwnerId", {"rptOwnerCik": "cik", "rptOwnerName": "name"})
    | _elements(
        "reportingOwnerAddress",
        {
            "rptOwnerStreet1": "street1",
            "rptOwnerStreet2": "street2",
            "rptOwnerCity": "city",
            "rptOwnerState": "state",
            "rptOwnerZipCode": "zip_code",
        },
    )
    | _elements(
        "reportingOwnerRelationship",
        {
            "isDirector": "is_director",
            "isOfficer": "is_officer",
            "isTenPercentOwner": "is_ten_percent_owner",
            "isOther": "is_other",
            "officerTitle": "officer_title",
            "otherText": "other_text",
        },
    )
)
_SIGNATURE: Final = _elements("", {"signatureName": "name", "signatureDate": "date"})
_ROW: Final = (
    _elements(
        "",
        {
            "securityTitle": "security_title",
            "conversionOrExercisePrice": "conversion_or_exercise_price",
            "transactionDate": "transaction_date",
            "deemedExecutionDate": "deemed_execution_date",
            "transactionTimeliness": "transaction_timeliness",
            "exerciseDate": "exercise_date",
            "expirationDate": "expiration_date",
        },
    )
    | _elements(
        _CODING,
        {
            "transactionFormType": "transaction_form_type",
            "transactionCode": "transaction_code",
            "equitySwapInvolved": "equity_swap_involved",
        },
    )
    | _elements(
        "transactionAmounts",
        {
            "transactionShares": "transaction_shares",
            "transactionTotalValue": "transaction_total_value",
            "transactionPricePerShare": "transaction_price_per_share",
            "transactionValue": "transaction_price_per_share",
            "transactionAcquiredDisposedCode": "acquired_disposed_code",
        },
    )
    | _elements(
        "underlyingSecurity",
        {
            "underlyingSecurityTitle": "underlying_security_title",
            "underlyingSecurityShares": "underlying_security_shares",
            "underlyingSecurityValue": "underlying_security_value",
        },
    )
    | _elements(
        "postTransactionAmounts",
        {
            "sharesOwnedFollowingTransaction": "shares_owned_following",
            "valueOwnedFollowingTransaction": "value_owned_following",
        },
    )
    | _elements(
        "ownershipNature",
        {"directOrIndirectOwnership": "direct_or_indirect", "natureOfOwnership": "nature_of_ownership"},
    )
)
ROWS: Final = {
    f"{table}{kind}": name
    for table, name in (("nonDerivative", "non_derivative"), ("derivative", "derivative"))
    for kind in ("Transaction", "Holding", "Security")
}
"""The elements that are rows, and the table of the record each belongs to."""
PARTS: Final = {"issuer": _ISSUER, "reportingOwner": _OWNER, "ownerSignature": _SIGNATURE} | dict.fromkeys(
    ROWS, _ROW
)
"""What may stand in each part."""
LISTS: Final = ROWS | {"reportingOwner": "reporting_owners", "ownerSignature": "signatures"}
"""The list of the record that each part which may be there again and again belongs to."""
GROUPS: Final = {
    group: (f"/{group}", _CODE if group == _CODING else "")
    for group in {one.group for part in (_OWNER, _ROW) for one in part.values()} - {""}
}
"""The path of each group of elements, and the field that a footnote id of the group itself stands on."""
WRAPPERS: Final = frozenset({"nonDerivativeTable", "derivativeTable", "footnotes"})
FIELD_TAGS: Final = frozenset().union(TOP, *PARTS.values())
TELLING: Final = frozenset({*ROWS, "ownershipDocument", "reportingOwner", "ownerSignature"})
"""Elements that no other XML has."""
