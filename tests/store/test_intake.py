"""Taking files in: each has its outcome, and none stops another."""

from __future__ import annotations

from pathlib import Path

import pytest

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
