"""The issuers that a library holds, each once, however its filings print them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lib.filings.record import Issuer
from lib.holdings.identity import issuer_keys
from lib.holdings.naming import company_key
from lib.store.issuers import Issuing


@dataclass(frozen=True, slots=True)
class IssuerHeld:
    """An issuer of filings in the library: its key in the ledger, its name as lists show it, all its prints."""

    key: str
    label: str
    printed: tuple[Issuing, ...]

    @property
    def filings(self) -> int:
        """How many filings the library holds of it."""
        return sum(one.filings for one in self.printed)

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key, and those it has in a library that lacks the filings with its CIK."""
        return tuple(sorted({self.key, *(company_key(one.name) for one in self.printed if one.name)}))


def issuers_of(printed: Sequence[Issuing]) -> list[IssuerHeld]:
    """Each issuer once, the one with the most filings first; the label is the print of the most filings."""
    groups: dict[str, list[Issuing]] = defaultdict(list)
    for one, key in zip(
        printed, issuer_keys(Issuer(one.cik, one.name, one.symbol) for one in printed), strict=True
    ):
        groups[key].append(one)
    labels = {key: issuer_name(group[0].name, group[0].symbol) for key, group in groups.items()}
    times = Counter(labels.values())
    found = [
        IssuerHeld(key, labels[key] if times[labels[key]] == 1 else f"{labels[key]}, {key}", tuple(group))
        for key, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.filings, one.label))


def issuer_name(name: str | None, symbol: str | None) -> str:
    """The issuer with its ticker: ``MKS INSTRUMENTS INC (MKSI)``."""
    if not name:
        return symbol or "Issuer not stated"
    return f"{name} ({symbol})" if symbol else name
