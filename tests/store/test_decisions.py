"""What a person decided is a log: nothing is lost, everything can be undone."""

from __future__ import annotations

from lib.store import open_store
from lib.store.decisions import decide, decided, undo


def test_a_decision_stands_until_it_is_undone() -> None:
    """It is found under any key that the issuer has had, and gone once it is taken back."""
    store = open_store(":memory:")
    first = decide(store, "same", "nature", ["By Trust", "By Family Trust"], "mks instruments")
    second = decide(store, "apart", "owner", ["Smith D"], "0001049502")
    keys = ("0001049502", "mks instruments")
    assert [(one.id, one.kind, one.names) for one in decided(store, keys)] == [
        (first, "same", ("By Family Trust", "By Trust")),
        (second, "apart", ("Smith D",)),
    ]
    assert [one.id for one in decided(store, ["0001049502"])] == [second]
    undo(store, first)
    undo(store, first)
    assert [one.id for one in decided(store, keys)] == [second]
    assert decide(store, "same", "nature", ["a", "b"], "x") > second
    store.close()
