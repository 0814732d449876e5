"""Broken documents made from sound ones, the same every time: mutated, cut, spliced, and pure noise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from lib.filings.record import DATE_FIELDS, DECIMAL_FIELDS, Filing, Row
from tests.filings.documents import form4

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"
SUFFIXES = (".xml", ".html", ".pdf", ".txt")
TOKENS = (
    *(
        b"<value>",
        b"</value>",
        b"<table>",
        b"</td>",
        b"<![CDATA[",
        b"]]>",
        b"&amp;",
        b"\x00",
        b"\xff\xfe",
        b"\t",
        b"\n",
    ),
    *(
        b"Table I - Non-Derivative",
        b"Explanation of Responses:",
        b"(1)",
        b"99/99/9999",
        b"1e999",
        b"NaN",
        b"-1",
        b"\xe2\x81\xbd",
    ),
    *(
        b"<!DOCTYPE x>",
        b"%PDF-1.7",
        b"endobj",
        b"stream",
        b"Remarks:",
        b"/A",
        b"|" * 300,
        b" " * 300,
        b"9" * 300,
    ),
)


def seeds() -> list[bytes]:
    """Sound documents of every container that is read."""
    return [form4(), *(path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in SUFFIXES)]


def broken(count: int, seed: int = 20261121) -> Iterator[bytes]:
    """``count`` documents, each a sound one that something has happened to."""
    chance = random.Random(seed)
    sound = seeds()
    for _ in range(count):
        data = bytearray(chance.choice(sound))
        kind = chance.randrange(6)
        if kind == 0:
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif kind == 1:
            data = data[: chance.randrange(len(data))]
        elif kind == 2:
            other = chance.choice(sound)
            data = data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]
        elif kind == 3:
            for _ in range(chance.randint(1, 12)):
                at = chance.randrange(len(data) + 1)
                data[at:at] = chance.choice(TOKENS)
        elif kind == 4:
            at, length = chance.randrange(len(data)), chance.randint(1, 2000)
            data[at : at + length] = data[at : at + length] * chance.randint(0, 3)
        else:
            data = bytearray(chance.randbytes(chance.randrange(4000)))
        yield bytes(data)


def wrong_types(filing: Filing) -> list[str]:
    """Places of a record whose value is not of the type its field has."""
    found = []
    for where, row in filing.rows():
        for field in fields(Row):
            value = getattr(row, field.name)
            if field.name in DECIMAL_FIELDS:
                sound = value is None or (isinstance(value, Decimal) and value.is_finite())
            elif field.name in DATE_FIELDS:
                sound = value is None or isinstance(value, date)
            elif field.name == "equity_swap_involved":
                sound = value is None or isinstance(value, bool)
            elif field.name == "footnotes":
                sound = all(isinstance(mark, str) for marks in value.values() for mark in marks)
            else:
                sound = value is None or isinstance(value, str)
            if not sound:
                found.append(f"{where}.{field.name}")
    if not (filing.period_of_report is None or isinstance(filing.period_of_report, date)):
        found.append("period_of_report")
    return found
