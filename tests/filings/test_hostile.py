"""Documents made to harm: each refused in a sentence, within its limits of time and memory."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import pytest

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import read_isolated
from lib.filings.readers import read
from tests.filings.documents import form4

MINUTE = 60.0


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalog."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def inflating(megabytes: int) -> bytes:
    """A small PDF whose page unpacks to so many megabytes of drawing."""
    packer = zlib.compressobj(9)
    line = b"BT /F1 9 Tf (FORM 4) Tj ET\n" * 40_000
    stream = b"".join(packer.compress(line) for _ in range(megabytes)) + packer.flush()
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    )


def pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"] * count,
    )


def entities(depth: int) -> bytes:
    """XML whose entities multiply tenfold at every step."""
    steps = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(depth))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">{steps}]><ownershipDocument>&e{depth};</ownershipDocument>'.encode()


HOSTILE = {
    "a PDF that inflates to a gigabyte": lambda: inflating(1000),
    "a PDF of 10,000 pages": lambda: pages(10_000),
    "entities that multiply": lambda: entities(9),
    "an entity that reads a file": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<ownershipDocument><remarks>&f;</remarks></ownershipDocument>"
    ),
    "200,000 nested elements": lambda: b'<?xml version="1.0"?><ownershipDocument>' + b"<a>" * 200_000,
    "a cell of a hundred thousand marks": lambda: (
        b"<html><body>FORM 4 SECURITIES AND EXCHANGE COMMISSION<table><tr><td>" + b"(1) " * 100_000 + b"x"
    ),
    "a submission of spaces": lambda: b"<SEC-DOCUMENT><DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>" + b" " * 5_000_000,
    "200,000 nested tables": lambda: b"<html><body>FORM 4" + b"<table><tr><td>" * 200_000,
    "a line of ten million bars": lambda: b"FORM 4 Table I - Non-Derivative Securities\n" + b"|" * 10_000_000,
    "ten million spaces": lambda: (
        b"FORM 4\nTable I - Non-Derivative Securities\n1. Name and Address" + b" " * 10_000_000
    ),
}


@pytest.fixture
def clock() -> Iterator[None]:
    """Fails a test that takes a minute; hostile files are refused in seconds."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < MINUTE


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("clock")
def test_hostile_documents_are_refused_in_a_sentence(name: str) -> None:
    """Nothing hangs, expands or crashes; the sentence names the file, and the next file is read."""
    outcomes = dict(read_isolated([("hostile", HOSTILE[name]()), ("good.xml", form4())]))
    assert isinstance(outcomes["hostile"], UnreadableFiling), outcomes["hostile"]
    assert str(outcomes["hostile"]).startswith("hostile: ")
    assert isinstance(outcomes["good.xml"], list)


def test_external_entities_are_never_opened() -> None:
    """A document that names a file of this machine is refused before anything is looked up."""
    with pytest.raises(UnreadableFiling, match="DOCTYPE"):
        read("x.xml", HOSTILE["an entity that reads a file"]())
