"""Files that could not be read stay known, with the reason, until they are read or dismissed."""

from __future__ import annotations

from pathlib import Path

from lib.filings.errors import UnreadableFiling
from lib.store import Store
from lib.store.intake import take_in
from lib.store.refusals import dismiss, refuse, refused, settle


def test_why_a_file_failed_is_kept(store: Store) -> None:
    """Each file once, with what was said last, the latest first."""
    refused_by_size = UnreadableFiling("big.pdf", "has 30 MB", "Split it")
    list(
        take_in(store, [("holiday.jpg", b"\xff\xd8"), ("big.pdf", refused_by_size), ("holiday.jpg", b"\xff")])
    )
    number, latest = refused(store, 10)
    assert number == 2
    assert [one.name for one in latest] == ["holiday.jpg", "big.pdf"]
    assert latest[1].reason.startswith("big.pdf: has 30 MB")
    assert refused(store, 1) == (2, latest[:1])


def test_a_file_that_is_read_after_all_is_settled(store: Store, root: Path) -> None:
    """The same name, mended and dropped in again."""
    name = "cho-2023-07-11-form4.xml"
    refuse(store, name, f"{name}: is cut off.")
    refuse(store, "other.xml", "other.xml: is cut off.")
    list(take_in(store, [(name, (root / "sample_filings" / name).read_bytes())]))
    assert [one.name for one in refused(store, 10)[1]] == ["other.xml"]


def test_dismissed_is_gone(store: Store) -> None:
    """All at once; settling what is not there does nothing."""
    refuse(store, "a.xml", "a.xml: is cut off.")
    settle(store, "b.xml")
    dismiss(store)
    assert refused(store, 10) == (0, [])


def test_some_are_dismissed_by_name(store: Store) -> None:
    """Who has been told of a file again and again forgets that file, and no other."""
    for name in ("old.xml", "dup.xml", "dup.xml"):
        refuse(store, name, f"{name}: is cut off.")
    number, others = refused(store, 10, but={"dup.xml"})
    assert (number, [one.name for one in others]) == (1, ["old.xml"])
    dismiss(store, ["dup.xml"])
    assert [one.name for one in refused(store, 10)[1]] == ["old.xml"]
