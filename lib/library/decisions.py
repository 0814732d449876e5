"""What a person decides about names on the holdings page: titles, natures and owners joined or kept apart."""

from __future__ import annotations

from collections.abc import Iterable

from lib.holdings.identity import Apart, ByHand, Same, What
from lib.holdings.naming import folded
from lib.store.decisions import Decision


def by_hand(decisions: Iterable[Decision], issuer: str) -> ByHand:
    """The decisions as the ledger takes them, for the issuer's present key; a later one stands above an earlier.

    Names joined one after another are one group; a name that is kept apart leaves its group.
    """
    groups: dict[What, list[dict[str, str]]] = {}
    alone: dict[What, dict[str, str]] = {}
    for one in decisions:
        names = {folded(name): name for name in one.names}
        mine, apart = groups.setdefault(one.what, []), alone.setdefault(one.what, {})
        if one.kind == "same":
            for group in [group for group in mine if group.keys() & names.keys()]:
                mine.remove(group)
                names = group | names
            mine.append(names)
            for name in names:
                apart.pop(name, None)
        else:
            apart |= names
            for group in mine:
                for name in names:
                    group.pop(name, None)
    return ByHand(
        tuple(
            Same(what, tuple(group.values()), issuer)
            for what, found in groups.items()
            for group in found
            if len(group) > 1
        ),
        tuple(Apart(what, tuple(found.values()), issuer) for what, found in alone.items() if found),
    )
