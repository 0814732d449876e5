"""Issuers as lists show them, found among many, and computed one at a time as if together."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.filings.record import Filing, Issuer
from lib.holdings.identity import Apart, Same
from lib.holdings.together import together
from lib.library.decisions import by_hand
from lib.library.issuers import issuers_of
from lib.store.decisions import Decision, Kind, What
from lib.store.issuers import Issuing
from lib.ui.checks_filters import MOST_TOGETHER, at_first
from lib.ui.checks_results import all_of, check_all
from tests.builders import filing, transaction

ISSUERS = (
    Issuer("0001049502", "MKS INSTRUMENTS INC", "MKSI"),
    Issuer(None, "MKS Instruments, Inc.", "NASDAQ:MKSI"),
    Issuer(None, "Rocket Lab USA", "RKLB"),
    Issuer("0001819994", "Rocket Lab USA, Inc.", "RKLB"),
    Issuer(None, "Zeta", None),
    Issuer("0000000001", "Zeta", None),
    Issuer("0000000002", "Zeta", None),
)


def printed(one: Issuer, filings: int = 1) -> Issuing:
    return Issuing(one.cik, one.name, one.symbol, filings)


def test_one_line_for_each_issuer_however_printed() -> None:
    """Prints with and without a CIK are one; equal names of different CIKs are told apart by it."""
    found = issuers_of([printed(one, 9 - n) for n, one in enumerate(ISSUERS)])
    assert [(one.label, one.filings) for one in found] == [
        ("MKS INSTRUMENTS INC (MKSI)", 17),
        ("Rocket Lab USA (RKLB)", 13),
        ("Zeta, zeta", 5),
        ("Zeta, 0000000001", 4),
        ("Zeta, 0000000002", 3),
    ]
    assert found[0].keys == ("0001049502", "mks instruments")


def test_checks_of_a_large_library_start_with_one_issuer() -> None:
    """All issuers are checked at once as long as that is quick; of more, the one with the most filings."""
    few = issuers_of([printed(one, 10) for one in ISSUERS])
    assert at_first(few) == few
    many = issuers_of([printed(one, MOST_TOGETHER) for one in ISSUERS])
    assert at_first(many) == many[:1]
    assert at_first([]) == []


filings = st.lists(
    st.builds(
        lambda issuer, day, side, left, owner: filing(
            f"2020-01-{day:02}",
            transaction(f"2020-01-{day:02}", "P" if side else "S", "A" if side else "D", 10, left),
            issuer=issuer,
            owner=owner,
        ),
        st.sampled_from(ISSUERS),
        st.integers(1, 28),
        st.booleans(),
        st.integers(100, 120),
        st.sampled_from(("Ann Lee", "LEE ANN", "Bob Ray")),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=80)
@given(filings)
def test_issuers_one_by_one_are_all_together(found: list[Filing]) -> None:
    """Nothing that filings say together crosses issuers: ledgers, breaks, splits and checks are the same."""
    numbered = list(enumerate(found))
    prints = {one: printed(one) for one in dict.fromkeys(f.issuer for f in found)}
    parts = []
    for issuer in issuers_of(list(prints.values())):
        mine = [(n, f) for n, f in numbered if printed(f.issuer) in issuer.printed]
        parts.append((mine, together(mine)))
    whole = together(numbered)
    assert sorted(map(repr, whole.book.ledgers)) == sorted(repr(x) for _, t in parts for x in t.book.ledgers)
    assert sorted(map(repr, whole.breaks)) == sorted(repr(x) for _, t in parts for x in t.breaks)
    assert sorted(map(repr, whole.splits)) == sorted(repr(x) for _, t in parts for x in t.splits)
    checks, joined = check_all(numbered, whole), all_of(check_all(*part) for part in parts)
    assert sorted(map(repr, checks.noted)) == sorted(map(repr, joined.noted))
    assert sorted(map(repr, checks.timed)) == sorted(map(repr, joined.timed))
    assert sorted(map(repr, checks.swings)) == sorted(map(repr, joined.swings))
    assert checks.who == joined.who


def decision(kind: Kind, *names: str, what: What = "nature") -> Decision:
    return Decision(0, datetime(2026, 11, 28), kind, what, names, "old key")


def test_a_later_decision_stands_above_an_earlier() -> None:
    """Joined names grow to one group; a name kept apart leaves it; joined again it is back."""
    joined = [decision("same", "By Trust", "By Family Trust"), decision("same", "By family trust", "Trust A")]
    (group,) = by_hand(joined, "key").same
    assert group == Same("nature", ("By Trust", "By family trust", "Trust A"), "key")
    apart = by_hand([*joined, decision("apart", "BY TRUST")], "key")
    assert apart.same[0].names == ("By family trust", "Trust A")
    assert apart.apart == (Apart("nature", ("BY TRUST",), "key"),)
    again = by_hand([*joined, decision("apart", "BY TRUST"), decision("same", "By Trust", "Trust A")], "key")
    assert set(again.same[0].names) == {"By Trust", "By family trust", "Trust A"}
    assert again.apart == ()
