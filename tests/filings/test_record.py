"""The record: rows built in two ways are the same, and none can be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.filings.readers import dataset
from lib.filings.readers.xml_elements import PARTS, ROWS, TOP
from lib.filings.record import ROW_FIELDS, ElementPaths, Filing, Issuer, Owner, Row, Signature, Source
from lib.filings.tables import ROLES, ROW_TABLES


@given(st.dictionaries(st.sampled_from(ROW_FIELDS), st.text(max_size=3) | st.decimals(allow_nan=False)))
def test_a_row_of_values_is_the_row_the_constructor_makes(values: dict[str, str | Decimal]) -> None:
    """The short way fills every field, those without a value with nothing."""
    marks = {"security_title": ("F1",)}
    made = Row.of({**values, "row_type": "transaction", "footnotes": marks})
    assert made == Row("transaction", footnotes=marks, **values)


def test_a_row_of_values_cannot_be_changed() -> None:
    """It is as frozen as any other."""
    row = Row.of({"security_title": "Common Stock", "row_type": "holding", "footnotes": {}})
    with pytest.raises(FrozenInstanceError):
        row.security_title = "Preferred Stock"  # type: ignore[misc]


def test_element_paths_are_asked_for_once() -> None:
    """Places are put together when the first of them is wanted, and not again."""
    asked: list[int] = []

    def parts() -> dict[str, tuple[str, dict[str, str]]]:
        asked.append(1)
        return {"issuer.": ("/doc/issuer[1]", {"name": "/issuerName"})}

    paths = ElementPaths(parts)
    assert not asked
    assert dict(paths) == {"issuer.name": Source(path="/doc/issuer[1]/issuerName")}
    assert len(paths) == len(asked) == 1


@given(st.dictionaries(st.sampled_from([one.name for one in fields(Owner)]), st.text(max_size=3)))
def test_an_owner_made_quickly_is_the_owner_the_constructor_makes(values: dict[str, Any]) -> None:
    """What is not given is as the class says, the class is the same, and nothing in it can be changed."""
    owner = Owner.of(values)
    assert type(owner) is Owner
    assert owner == Owner(**values)
    with pytest.raises(FrozenInstanceError):
        owner.name = "Somebody else"  # type: ignore[misc]


XML_RECORDS = {"issuer": Issuer, "reportingOwner": Owner, "ownerSignature": Signature} | dict.fromkeys(
    ROWS, Row
)


@pytest.mark.parametrize(
    ("record", "named"),
    [
        *(
            (XML_RECORDS[tag], {name for one in part.values() for name in (one.field, one.marked)})
            for tag, part in PARTS.items()
        ),
        (Filing, {one.field for one in TOP.values()}),
        *((Row, {*columns.values()}) for columns in ROW_TABLES.values()),
        (Owner, {*dataset._OWNER, *ROLES.values()}),
        (Signature, {*dataset._SIGNATURE}),
    ],
)
def test_readers_name_only_fields_of_their_record(record: type[Any], named: set[str]) -> None:
    """``of`` takes any key, so what the tables of the XML and the data set's reader say is held against the record here."""
    assert named
    assert named <= {one.name for one in fields(record)}
