"""Taking files in: each has its outcome, and none stops another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from lib.filings.errors import UnreadableFiling
from lib.store import Store
from lib.store import intake as intake_module
from lib.store.intake import take_in


@pytest.fixture
def xml(root: Path) -> bytes:
    return (root / "sample_filings" / "cho-2023-07-11-form4.xml").read_bytes()


def test_a_bad_file_stops_nothing(store: Store, xml: bytes) -> None:
    """Files before and after an unreadable one are read; it keeps its reason."""
    files = [("bad.xml", b"<ownershipDocument><oops"), ("good.xml", xml), ("empty.txt", b"")]
    bad, good, empty = take_in(store, files)
    assert bad.reason
    assert "bad.xml" in bad.reason
    assert good.new
    assert good.entries[0].form == "4"
    assert empty.reason
    assert len(store.library()) == 1


def test_known_bytes_are_not_read_again(store: Store, xml: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time the library answers, under the first name, without the reader."""
    list(take_in(store, [("first.xml", xml)]))
    monkeypatch.setattr(
        intake_module, "read_isolated", lambda files: iter([pytest.fail(n) for n, _ in files])
    )
    (again,) = take_in(store, [("second.xml", xml)])
    assert not again.new
    assert again.reason is None
    assert again.entries == tuple(store.library())


def test_names_are_cleaned_before_they_are_said(store: Store) -> None:
    """A reason never carries control characters or folders of a dropped name."""
    (outcome,) = take_in(store, [("../x\u202e\n.xml", b"no filing")])
    assert outcome.name == "x.xml"
    assert outcome.reason
    assert "\u202e" not in outcome.reason


def test_outcomes_keep_the_order_of_the_files(store: Store, xml: bytes) -> None:
    """Known and new, good and bad files come back as they were dropped; a copy in one batch is known."""
    list(take_in(store, [("first.xml", xml)]))
    files = [("a.xml", xml), ("b.txt", b""), ("c.xml", xml), ("d.xml", xml + b"\n"), ("e.xml", xml + b"\n")]
    outcomes = list(take_in(store, files))
    assert [outcome.name for outcome in outcomes] == [name for name, _ in files]
    assert [outcome.new for outcome in outcomes] == [False, False, False, True, False]


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_names_inside_an_archive_are_cleaned(store: Store, xml: bytes) -> None:
    """Neither the name nor the reason of a refused member carries what would turn or ring a terminal."""
    members = {"2007/\u202efdp.xml": xml, "../gn\x07p\u202e.txt": b"x", "b\u202ead.txt": b"no filing"}
    good, out, bad = take_in(store, [("f\u202e.zip", packed(members))])
    assert (good.name, good.entries[0].document) == ("f.zip/2007/fdp.xml", "fdp.xml")
    assert out.name == "f.zip/gnp.txt"
    assert out.reason
    assert out.reason.startswith("f.zip/gnp.txt: has a path that leads out")
    assert bad.reason
    assert bad.reason.startswith("f.zip/bad.txt: ")
    assert all(one.reason is None or one.reason.isprintable() for one in (good, out, bad))


def test_a_file_refused_before_it_was_read_keeps_its_reason(store: Store, xml: bytes) -> None:
    """What a page refuses passes through in its place."""
    refusal = UnreadableFiling("big\x07.pdf", "is too large")
    refused, good = take_in(store, [("big\x07.pdf", refusal), ("good.xml", xml)])
    assert (refused.name, refused.reason) == ("big.pdf", "big.pdf: is too large.")
    assert good.new


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), "cannot keep"),
        (OperationalError("insert", {}, Exception("disk is full")), "cannot be written"),
    ],
)
def test_a_failure_of_the_store_fails_its_file_only(
    store: Store, xml: bytes, monkeypatch: pytest.MonkeyPatch, failure: Exception, words: str
) -> None:
    """The batch goes on after a filing that the library cannot keep."""
    keep = store.add_document

    def add(name: str, *rest: Any) -> Any:
        if name == "bad.xml":
            raise failure
        return keep(name, *rest)

    monkeypatch.setattr(store, "add_document", add)
    bad, good = take_in(store, [("bad.xml", xml + b"\n"), ("good.xml", xml)])
    assert bad.reason
    assert bad.reason.startswith("bad.xml: ")
    assert words in bad.reason
    assert good.new


def test_known_files_are_told_as_they_come(store: Store, xml: bytes) -> None:
    """Each outcome comes before the next file is asked for, so that a page can show how far it is."""
    list(take_in(store, [("a.xml", xml)]))
    asked: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in ("a.xml", "b.xml"):
            asked.append(name)
            yield name, xml

    outcomes = take_in(store, files())
    assert next(outcomes).name == "a.xml"
    assert asked == ["a.xml"]
    assert next(outcomes).name == "b.xml"
