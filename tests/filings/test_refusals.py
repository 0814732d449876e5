"""Bad input: one sentence with the file's name and what to do, from every reader."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from lib.filings.errors import NotAFiling, UnreadableFiling
from lib.filings.isolated import read_isolated
from lib.filings.readers.paper import read_paper
from lib.filings.readers.sheet import Sheet
from tests.filings.documents import form4

PDF = next((Path(__file__).parents[2] / "sample_filings").glob("spice*form3.pdf")).read_bytes()
EMPTY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def word_document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return packed.getvalue()


BAD = {
    "empty.pdf": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "is empty"),
    "photo.pdf": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "is an image"),
    "news.html": (
        b"<html><body><h1>Market news</h1><p>FORM 4 of the day</p></body></html>",
        "is a web page, but not",
    ),
    "cut.pdf": (PDF[: len(PDF) // 2], "cut off before its end"),
    "broken.pdf": (b"%PDF-1.7\n" + b"\0junk" * 500 + b"%%EOF", "broken"),
    "scan.pdf": (EMPTY_PDF, "most likely a scan"),
    "entities.xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + form4()[22:], "DOCTYPE"),
    "letter.docx": (word_document(), "is a Word or Office document"),
    "letter.doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "is an older Word"),
    "recipe.txt": (b"Take three eggs and a Form 4 of butter.\n" * 40, "recipe.txt"),
    "noise.bin": (random.Random(1).randbytes(30_000_000), "is no kind of file that is read here"),
}


@pytest.mark.parametrize(
    ("name", "data", "sentence"), [(n, d, s) for n, (d, s) in BAD.items()], ids=list(BAD)
)
def test_bad_input_gets_a_sentence(name: str, data: bytes, sentence: str) -> None:
    """The error names the file, says what is wrong, and tells what to do."""
    ((_, found),) = read_isolated([(name, data)])
    assert isinstance(found, UnreadableFiling)
    assert str(found).startswith(f"{name}: ")
    assert sentence in str(found)
    assert found.advice


def test_a_bad_file_never_stops_the_batch() -> None:
    """Between bad files the good ones are read, in order."""
    good = ("good.xml", form4())
    batch = [good, *((name, data) for name, (data, _) in BAD.items()), ("good.pdf", PDF)]
    outcomes = dict(read_isolated(batch))
    assert list(outcomes) == [name for name, _ in batch]
    assert [name for name, found in outcomes.items() if isinstance(found, list)] == ["good.xml", "good.pdf"]


def test_a_picture_of_something_else_is_called_a_picture() -> None:
    """What recognised words are no form's is no PDF with text."""
    with pytest.raises(NotAFiling, match="is a scan or picture, but not of a Form 3, 4 or 5"):
        read_paper("cat.jpg", [Sheet(1, 600.0, 800.0, [])], "scan")
