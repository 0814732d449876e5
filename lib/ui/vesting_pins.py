"""Pinned scenarios: kept in the link as the contract's JSON, packed; up to four, compared with the first.

A link is somebody else's text: what is unpacked from it is bounded, and read as strictly as a scenario file.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lib.plans.errors import ScenarioError
from lib.plans.scenario import parse_scenario
from lib.plans.terms import PlanTerms
from lib.ui.vesting_numbers import numbers
from lib.ui.vesting_outcome import Outcome, inputs_in_words, outcome

PIN: Final = "pin"
MOST_PINS: Final = 4
MOST_BYTES: Final = 60_000
MOST_WORDS: Final = 4


@dataclass(frozen=True)
class Pinned:
    """A pinned scenario that ran: how it is told from the first, and what it comes to."""

    packed: str
    label: str
    found: Outcome


def side_by_side(pins: Sequence[Pinned]) -> tuple[list[str], list[list[str]]]:
    """The scenarios' figures as a table: its heads, and a row for each figure."""
    told = [
        {n.name: n.value for n in numbers(p.found.state, p.found.value, p.found.left, p.found.units)}
        for p in pins
    ]
    names = dict.fromkeys(name for figures in told for name in figures)
    heads = ["", *(f"{number}. {one.label}" for number, one in enumerate(pins, start=1))]
    return heads, [[name, *(figures.get(name, "") for figures in told)] for name in names]


def packed(data: Mapping[str, Any], share_price: Decimal | None) -> str:
    """A scenario and the share price as one word of a link."""
    whole = {"scenario": data, "market": None if share_price is None else str(share_price)}
    text = json.dumps(whole, separators=(",", ":"), sort_keys=True).encode()
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def unpacked(word: str) -> tuple[dict[str, Any], Decimal | None]:
    """The scenario's data and the share price. Raises ScenarioError for a word that is none of ours."""
    unzip = zlib.decompressobj()
    try:
        whole = json.loads(
            unzip.decompress(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), MOST_BYTES)
        )
        data, market = whole["scenario"], whole["market"]
        price = None if market is None else Decimal(str(market))
        if not isinstance(data, dict) or (price is not None and not 0 <= price <= 10**9):
            raise ValueError(word)
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        raise ScenarioError(
            "A pinned scenario in the link cannot be read; the link may have been cut."
        ) from None
    return data, price


def pinned(words: Sequence[str], shelf: Mapping[str, PlanTerms]) -> tuple[list[Pinned], list[str]]:
    """The pinned scenarios of a link, run; and a sentence for each that cannot be."""
    listed: list[Pinned] = []
    problems: list[str] = []
    first: dict[str, str] = {}
    for number, word in enumerate(words[:MOST_PINS], start=1):
        try:
            data, price = unpacked(word)
            terms = shelf.get(str(data.get("plan")))
            if terms is None:
                raise ScenarioError(f"the plan {str(data.get('plan'))[:80]!r} is not in this library.")
            scenario = parse_scenario(data)
            found = outcome(terms, scenario, price)
            if found is None:
                raise ScenarioError("no grant had been made on its day.")
        except ScenarioError as error:
            problems.append(f"Scenario {number}: {error}")
            continue
        inputs = inputs_in_words(scenario, terms, None if price is None else str(price))
        first = first or inputs
        listed.append(Pinned(word, _label(inputs, first), found))
    return listed, problems


def _label(inputs: Mapping[str, str], first: Mapping[str, str]) -> str:
    """What tells a scenario from the first; the first by its grant and service."""
    if inputs == first:
        grant = inputs.get("Grant") or f"Elected {inputs['Elected']}"
        return f"{grant[:1].upper()}{grant[1:]}, {inputs['Service'][:1].lower()}{inputs['Service'][1:]}"
    changed = [
        f"{value}" if name in {"Service", "Plan"} else f"{name.removeprefix('Reading: ')}: {value}"
        for name, value in inputs.items()
        if first.get(name) != value
    ]
    changed += [f"without {name.lower()}" for name in first if name not in inputs]
    more = f" and {len(changed) - MOST_WORDS} more" if len(changed) > MOST_WORDS else ""
    return "; ".join(changed[:MOST_WORDS]) + more
