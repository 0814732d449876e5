"""Who is who across filings: issuers and owners by CIK, else by name, and what the analyst decides by hand.

Printed forms carry no CIK, so their people meet those of the XML by name. A rule joins the same words in
another order or with another legal form; a guess (an initial, a slip of spelling, a missing “Jr.”) joins only
where exactly one other fits, and says so in a finding. Two different CIKs are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rapidfuzz import fuzz

from lib.filings.record import Filing, Issuer
from lib.holdings.naming import (
    company_key,
    folded,
    is_entity,
    nature_words,
    owner_words,
    person_name,
    security_words,
)
from lib.holdings.positions import LedgerFinding

What = Literal["issuer", "owner", "security", "nature"]
ALIKE: Final = 88.0
"""Least similarity, of 100, of two names that may differ by a slip of spelling (``Bertucci``, ``Bertuci``)."""
SHORTEST_SLIP: Final = 5
"""Letters a word must have before one that differs by a slip is taken for it."""


@dataclass(frozen=True, slots=True)
class Same:
    """By hand: these printed names (or CIKs) mean one thing, whatever the rules say; for one issuer or all."""

    what: What
    names: tuple[str, ...]
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """By hand: each of these printed names is a thing of its own, whatever the rules say."""

    what: What
    names: tuple[str, ...]
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class RowPlaced:
    """By hand: one row of one filing belongs to the lot with this number of its position."""

    filing_id: int
    path: str
    lot: int


@dataclass(frozen=True, slots=True)
class ByHand:
    """The analyst's decisions about who and what is the same. They stand above every rule and guess."""

    same: tuple[Same, ...] = ()
    apart: tuple[Apart, ...] = ()
    rows: tuple[RowPlaced, ...] = ()

    def key(self, what: What, name: str | None, issuer: str | None) -> str | None:
        """The key that a decision gives to a printed name; ``None`` where none speaks of it."""
        wanted = folded(name)
        decisions: tuple[Same | Apart, ...] = (*self.same, *self.apart)
        for one in decisions:
            if one.what == what and one.issuer in (None, issuer) and wanted in map(folded, one.names):
                return f"hand:{folded(one.names[0]) if isinstance(one, Same) else wanted}"
        return None


NOTHING_BY_HAND: Final = ByHand()


@dataclass(slots=True)
class Identities:
    """Keys for the names of these filings. Built once from all of them, so loading order does not matter.

    ``printed`` are an owner's names as the filings print them, by key.
    """

    by_hand: ByHand
    issuers: dict[tuple[str | None, str], str] = field(default_factory=dict)
    owners: dict[tuple[str, str | None, str], str] = field(default_factory=dict)
    findings: list[LedgerFinding] = field(default_factory=list)
    printed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _words: dict[tuple[What, str | None, str], str] = field(default_factory=dict)

    def issuer(self, filing: Filing) -> str:
        """The key of a filing's issuer: its CIK where any filing gives it, else its name."""
        return self.issuers[_printed(filing.issuer)]

    def owner(self, filing: Filing, issuer: str) -> str:
        """One key for all owners of a filing together: they report one holding, not one each."""
        keys = {self.owners[issuer, one.cik, folded(one.name)] for one in filing.reporting_owners}
        return " + ".join(sorted(keys))

    def security(self, title: str | None, issuer: str) -> str:
        """The key of a security's title."""
        return self._word("security", title, issuer, security_words)

    def nature(self, nature: str | None, issuer: str) -> str:
        """The key of a nature of ownership, empty where it says nothing."""
        return self._word("nature", nature, issuer, nature_words)

    def _word(self, what: What, text: str | None, issuer: str, rule: Callable[[str | None], str]) -> str:
        if not (self.by_hand.same or self.by_hand.apart):
            return rule(text)
        known = self._words.get((what, issuer, text or ""))
        if known is None:
            known = self.by_hand.key(what, text, issuer) or rule(text)
            self._words[what, issuer, text or ""] = known
        return known


def identify(filings: Sequence[tuple[int, Filing]], by_hand: ByHand = NOTHING_BY_HAND) -> Identities:
    """Keys for every issuer and owner in the filings, with a finding for each guess."""
    known = Identities(by_hand)
    _identify_issuers(((filing_id, filing.issuer) for filing_id, filing in filings), known)
    mentions: dict[str, dict[tuple[str | None, str], _Mention]] = defaultdict(dict)
    for filing_id, filing in filings:
        issuer = known.issuer(filing)
        for owner in filing.reporting_owners:
            at = (owner.cik, folded(owner.name))
            mention = mentions[issuer].setdefault(at, _Mention(owner.cik, owner.name or ""))
            mention.seen(owner.name or "", filing_id)
    for issuer in sorted(mentions):
        for at, key in _owner_keys(issuer, list(mentions[issuer].values()), known).items():
            known.owners[issuer, *at] = key
            known.printed[key].add(mentions[issuer][at].name)
    return known


@dataclass(slots=True)
class _Mention:
    """A name with its CIK or without, as one or many filings print it."""

    cik: str | None
    name: str
    filing_ids: list[int] = field(default_factory=list)

    def seen(self, name: str, filing_id: int) -> None:
        """Note another filing; of spellings that fold alike, the first in the alphabet speaks for all."""
        self.name = min(self.name, name)
        self.filing_ids.append(filing_id)

    @property
    def at(self) -> tuple[str | None, str]:
        """What a filing looks its owner up by."""
        return self.cik, folded(self.name)


def issuer_keys(issuers: Iterable[Issuer], by_hand: ByHand = NOTHING_BY_HAND) -> list[str]:
    """The key of each issuer as some filings print it: by CIK, else by name, else, as a guess, by ticker."""
    printed = list(issuers)
    known = Identities(by_hand)
    _identify_issuers(list(enumerate(printed)), known)
    return [known.issuers[_printed(one)] for one in printed]


def _printed(issuer: Issuer) -> tuple[str | None, str]:
    """What an issuer's key is looked up by."""
    return issuer.cik, folded(issuer.name) or folded(issuer.symbol)


def _identify_issuers(issuers: Iterable[tuple[int, Issuer]], known: Identities) -> None:
    """Issuers by CIK, else by name, else, as a guess, by ticker."""
    by_name: dict[str, set[str]] = defaultdict(set)
    by_symbol: dict[str, set[str]] = defaultdict(set)
    unnamed: dict[tuple[str | None, str], list[tuple[int, Issuer]]] = defaultdict(list)
    for filing_id, issuer in issuers:
        at = _printed(issuer)
        by_hand = known.by_hand.key("issuer", issuer.cik, None) or known.by_hand.key(
            "issuer", issuer.name, None
        )
        if by_hand or issuer.cik:
            known.issuers[at] = by_hand or issuer.cik or ""
            by_name[company_key(issuer.name)].add(known.issuers[at])
            by_symbol[ticker(issuer.symbol)].add(known.issuers[at])
        else:
            unnamed[at].append((filing_id, issuer))
    for at, mentions in unnamed.items():
        issuer = mentions[0][1]
        named, ticked = by_name[company_key(issuer.name)], by_symbol[ticker(issuer.symbol)]
        if issuer.name and len(named) == 1:
            known.issuers[at] = next(iter(named))
        elif ticker(issuer.symbol) and len(ticked) == 1:
            known.issuers[at] = next(iter(ticked))
            message = (
                f"“{issuer.name or 'An issuer without a name'}” is taken for the company with CIK "
                f"{known.issuers[at]}, for both have the ticker {ticker(issuer.symbol)}."
            )
            ids = tuple(sorted(filing_id for filing_id, _ in mentions))
            known.findings.append(LedgerFinding("warning", ids, "issuer.name", message, "issuer.by-ticker"))
        else:
            known.issuers[at] = company_key(issuer.name) or folded(issuer.symbol)


def ticker(symbol: str | None) -> str:
    """A ticker without its exchange; empty for ``none`` and ``n/a``."""
    word = (symbol or "").rpartition(":")[2].strip().upper()
    return "" if word in {"NONE", "N/A", "NA", "-"} else word


def _owner_keys(
    issuer: str, mentions: list[_Mention], known: Identities
) -> dict[tuple[str | None, str], str]:
    """The key of every mention of one issuer's owners."""
    keys: dict[tuple[str | None, str], str] = {}
    for one in mentions:
        by_hand = known.by_hand.key("owner", one.name, issuer)
        by_hand = by_hand or (known.by_hand.key("owner", one.cik, issuer) if one.cik else None)
        keys[one.at] = by_hand or one.cik or ""
    by_words: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        if keys[one.at]:
            by_words[owner_words(one.name)].add(keys[one.at])
    open_ones = sorted((one for one in mentions if not keys[one.at]), key=lambda one: one.at[1])
    for one in open_ones:
        fits = by_words[owner_words(one.name)]
        if len(fits) > 1:
            known.findings.append(_ambiguous(one, len(fits)))
        keys[one.at] = next(iter(fits)) if len(fits) == 1 else f"name:{owner_words(one.name)}"
    _guess(mentions, keys, known)
    return keys


def _guess(mentions: list[_Mention], keys: dict[tuple[str | None, str], str], known: Identities) -> None:
    """Join a name without a CIK to the one other name of the issuer that may be the same person."""
    by_word: dict[str, list[_Mention]] = defaultdict(list)
    for one in mentions:
        for word in set(person_name(one.name).words):
            by_word[word].append(one)
    before = dict(keys)
    fitting = {id(one): _fitting(one, by_word, before) for one in mentions}
    for one in sorted(mentions, key=lambda one: one.at[1]):
        fits = fitting[id(one)]
        if not before[one.at].startswith("name:") or len({before[other.at] for other in fits}) != 1:
            continue
        other = fits[0]
        rivals = [rival for rival in fitting[id(other)] if before[rival.at] != before[one.at]]
        if any(not may_be(one.name, rival.name) for rival in rivals):
            continue
        into, away = sorted((keys[one.at], keys[other.at]), key=lambda key: (key.startswith("name:"), key))
        if into == away or not away.startswith("name:"):
            continue
        keys.update({at: into for at, key in keys.items() if key == away})
        message = (
            f"“{one.name}” and “{other.name}” are taken for one owner, for the names differ only by an initial, "
            "a generation or a slip. If they are two, keep them apart by hand."
        )
        ids = tuple(sorted({*one.filing_ids, *other.filing_ids}))
        known.findings.append(LedgerFinding("warning", ids, "reporting_owners", message, "owner.guess"))


def _fitting(
    one: _Mention, by_word: dict[str, list[_Mention]], keys: dict[tuple[str | None, str], str]
) -> list[_Mention]:
    """The other mentions that may be the same person, never one with another CIK."""
    near = {other.at: other for word in person_name(one.name).words for other in by_word[word]}
    return [
        near[at]
        for at in sorted(near, key=lambda at: (at[1], at[0] or ""))
        if keys[at] != keys[one.at]
        and (keys[at].startswith("name:") or keys[one.at].startswith("name:"))
        and may_be(one.name, near[at].name)
    ]


def _ambiguous(one: _Mention, count: int) -> LedgerFinding:
    message = (
        f"“{one.name}” stands without a CIK, and {count} owners with different CIKs have that name. "
        "Its holdings are kept on their own; join them by hand."
    )
    return LedgerFinding(
        "warning", tuple(sorted(one.filing_ids)), "reporting_owners", message, "owner.ambiguous"
    )


def may_be(a: str, b: str) -> bool:
    """Whether two names may be one person: equal but for an initial, one generation, or one slip.

    Never true for companies and funds, whose names differ by a numeral, and never for two generations.
    """
    if is_entity(a) or is_entity(b):
        return False
    first, second = person_name(a), person_name(b)
    if first.generation and second.generation and first.generation != second.generation:
        return False
    only_first, only_second = _difference(first.words, second.words), _difference(second.words, first.words)
    shared = len(first.words) - len(only_first)
    if not shared or max(len(only_first), len(only_second)) > 1:
        return False
    if not only_first and not only_second:
        return True
    if not only_first or not only_second:
        (extra,) = only_first or only_second
        return len(extra) == 1 and shared > 1
    (x,), (y,) = only_first, only_second
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0] and shared > 1
    slip = len(x) >= SHORTEST_SLIP and len(y) >= SHORTEST_SLIP and x[0] == y[0] and shared > 0
    return slip and fuzz.ratio(x, y) >= ALIKE


def _difference(a: Iterable[str], b: Iterable[str]) -> list[str]:
    """The words of ``a`` that ``b`` lacks, each as often as it is lacking."""
    left = list(b)
    out = []
    for word in a:
        if word in left:
            left.remove(word)
        else:
            out.append(word)
    return out
