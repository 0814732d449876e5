"""ZIP archives: every file inside for itself, and bombs refused while they are still small."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from lib.filings.errors import UnreadableFiling
from lib.filings.isolated import read_isolated, unpacked
from lib.filings.readers.archive import members
from tests.filings.documents import form4


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def outcomes(data: bytes) -> dict[str, object]:
    return dict(read_isolated(unpacked([("many.zip", data)])))


def test_each_file_of_an_archive_is_read_for_itself() -> None:
    """Nested folders are walked; one file's failure stands beside the others' filings."""
    found = outcomes(
        packed({"a.xml": form4(), "q1/b.xml": form4(footnote="Other."), "q1/c.txt": b"Dear all"})
    )
    assert list(found) == ["many.zip/a.xml", "many.zip/q1/b.xml", "many.zip/q1/c.txt"]
    assert [isinstance(outcome, list) for outcome in found.values()] == [True, True, False]


def test_clutter_and_folders_are_passed_over() -> None:
    """What operating systems add to archives is no file of the analyst's."""
    data = packed({"a.xml": form4(), "__MACOSX/._a.xml": b"\0", "q/.DS_Store": b"\0"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.infolist()) == 3
    assert list(outcomes(data)) == ["many.zip/a.xml"]


def test_an_archive_in_an_archive_is_refused() -> None:
    """Only the outer archive is opened."""
    found = outcomes(packed({"inner.zip": packed({"a.xml": form4()}), "b.xml": form4()}))
    assert "archive inside an archive" in str(found["many.zip/inner.zip"])
    assert isinstance(found["many.zip/b.xml"], list)


def test_a_bomb_is_refused_while_it_is_small() -> None:
    """A file that unpacks to 200 MB of zeros is given up long before."""
    found = outcomes(packed({"bomb.xml": b"\0" * 200_000_000, "a.xml": form4()}))
    assert "unpacks to more" in str(found["many.zip/bomb.xml"])
    assert isinstance(found["many.zip/a.xml"], list)


def test_sizes_that_lie_do_not_help_a_bomb() -> None:
    """The bytes that come out are counted, whatever the archive declares."""
    data = bytearray(packed({"bomb.xml": b"\0" * 50_000_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    lying = bytes(data)
    ((_, found),) = members("lie.zip", io.BytesIO(lying))
    assert isinstance(found, UnreadableFiling) or len(found) <= 10
    (told,) = outcomes(lying).values()
    assert isinstance(told, UnreadableFiling)
    assert str(told).startswith("many.zip/bomb.xml: ")


@pytest.mark.parametrize("path", ["/etc/passwd", "../../up.xml"])
def test_paths_that_lead_out_are_refused(path: str) -> None:
    """A member named to land elsewhere is not read."""
    found = outcomes(packed({path: form4()}))
    assert "leads out of its archive" in str(next(iter(found.values())))


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"\0" * 100, packed({"a.xml": form4()})[:-30]], ids=["junk", "cut off"]
)
def test_a_broken_archive_gets_a_sentence(data: bytes) -> None:
    """An archive that cannot be opened is one failure with the archive's name."""
    found = outcomes(data)
    assert list(found) == ["many.zip"]
    assert "broken or cut off" in str(found["many.zip"])
