"""Signatures whose names and dates a converter set apart: which lines of names belong to which date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lib.filings.form import Text
from lib.filings.printed import Printed
from lib.filings.readers.text_lines import Word, text_of
from lib.filings.readers.text_tail import dated, is_date
from lib.filings.record import Finding

_GOES_ON: Final = re.compile(
    r"(?:\b[Bb]y:?|/s/?|,|;|\bof|\bfor|\bfor:|\bFor:|\bthe|\band|\bas|&|-|Name:|Title:?)$"
)
_SLASHED: Final = re.compile(r"(?:^|\s)/?s/|^/s|By:|by:")
MAX_LINES: Final = 120
_UNSIGNED: Final = 4.0
_ENDS: Final = re.compile(
    r"(?:fact|member|officer|signatory|secretary|president|manager|director|attorney|trustee|counsel|poa)\.?$",
    re.IGNORECASE,
)


def read_signatures(
    signed: Sequence[Sequence[Word]],
    strays: Sequence[Sequence[Word]],
    printed: Printed,
) -> None:
    """Dates with their names; names that stand elsewhere go, in order, to the dates that lack one."""
    if not signed:
        signed, strays = _undated(strays)
    pairs = [dated(line) for line in signed]
    strays = _names_only([line for line in strays if line], printed)
    lacking = [n for n, (who, _) in enumerate(pairs) if len(who.text) < 4]
    names = _names(strays, len(lacking), [o.name.text for o in printed.owners])
    for n, (who, when) in enumerate(pairs):
        where = f"signatures[{n}].name"
        if n in lacking and names:
            who = _ended(names.pop(0), who.text)
            printed.findings.append(
                Finding("note", where, f"“{who.text}” stood apart from its date.", "text.moved_name")
            )
        elif n in lacking:
            who = Text("")
            printed.findings.append(
                Finding("warning", where, "The signature's name is lost.", "text.unsettled")
            )
        printed.signatures.append((who, when))


def take_signatures(signatures: Sequence[tuple[Text, Text, bool]], printed: Printed) -> None:
    """Names with their dates; where one was put together from several lines, with a finding."""
    for n, (who, when, apart) in enumerate(signatures):
        if apart:
            message = f"“{who.text[:80]}” was put together from lines about its date."
            printed.findings.append(Finding("note", f"signatures[{n}].name", message, "text.moved_name"))
        printed.signatures.append((who, when))


def _undated(
    strays: Sequence[Sequence[Word]],
) -> tuple[list[Sequence[Word]], list[Sequence[Word]]]:
    """A signature whose one date stands amid the lines of its name, below everything else."""
    days = [n for n, line in enumerate(strays) if is_date(line[-1])]
    if len(days) != 1:
        return [], []
    n = days[0]
    below = strays[n + 1 : n + 3]
    above = strays[max(n - max(len(below), 1), 0) : n]
    name = [w for line in (*above, strays[n][:-1], *below) for w in line]
    return [[*name, strays[n][-1]]], []


def _names_only(lines: list[Sequence[Word]], printed: Printed) -> list[Sequence[Word]]:
    """The lines without scraps of the tables' cells, and from where the first name can begin."""
    texts = [" ".join(w.text for w in line) for line in lines]
    first = next((n for n, text in enumerate(texts) if _SLASHED.search(text)), None)
    if first is None:
        said = {squeezed(text.text) for _, cells in printed.rows for text in cells.values() if text.text}
        return [
            line
            for line, text in zip(lines, texts, strict=True)
            if not any(squeezed(text) in x for x in said)
        ]
    owners = [o.name.text for o in printed.owners]
    while first and (
        _GOES_ON.search(texts[first - 1]) or any(_names_owner(texts[first - 1], x) for x in owners)
    ):
        first -= 1
    return lines[first:]


def squeezed(text: str) -> str:
    """The text's letters and digits alone, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def _ended(lines: Sequence[Sequence[Word]], ending: str) -> Text:
    """The lines as one name; what a cut left beside the date ends the line that stood there, the middle one."""
    text = text_of([w for line in lines for w in line])
    middle = " ".join(w.text for w in lines[len(lines) // 2])
    if ending in {",", ";", ":"} and len(lines) % 2 and middle in text.text:
        return Text(text.text.replace(middle, middle + ending, 1), source=text.source)
    return text


def _names(
    lines: Sequence[Sequence[Word]], count: int, owners: Sequence[str]
) -> list[Sequence[Sequence[Word]]]:
    """The lines of so many names, parted where names most likely begin; none if they are too few."""
    if not count or len(lines) < count or len(lines) > MAX_LINES:
        return []
    texts = [" ".join(w.text for w in line) for line in lines]
    starts = [_beginning(texts, n, owners) for n in range(len(lines))]
    slashed = [bool(_SLASHED.search(text)) for text in texts]
    wanted = _UNSIGNED if sum(slashed) >= count else 0.0
    likeliest: list[tuple[float, list[int]]] = [(0.0, []), *[(float("-inf"), [])] * len(lines)]
    # likeliest[n]: how likely the first n lines are so many names, and where those begin.
    for _ in range(count):
        ways: list[tuple[float, list[int]]] = [(float("-inf"), [])]
        for end in range(1, len(lines) + 1):
            ways.append(
                max(
                    (
                        (
                            likeliest[first][0] + starts[first] - wanted * (not any(slashed[first:end])),
                            [*likeliest[first][1], first],
                        )
                        for first in range(end)
                    ),
                    key=lambda way: way[0],
                )
            )
        likeliest = ways
    cuts = [*likeliest[-1][1], len(lines)]
    return [lines[a:b] for a, b in pairwise(cuts)] if len(cuts) == count + 1 else []


def _beginning(texts: Sequence[str], n: int, owners: Sequence[str]) -> float:
    """How much a line looks like the beginning of a name."""
    if not n:
        return 0.0
    line, before = texts[n], texts[n - 1]
    score = 0.0
    if line.startswith("/s/"):
        score += 3.0
    if any(_names_owner(line, owner) for owner in owners):
        score += 3.0
    if _ENDS.search(before):
        score += 2.0
    if _GOES_ON.search(before):
        score -= 4.0
    if line[:1].islower():
        score -= 3.0
    room = max(len(text) for text in texts) - len(before) - 1
    # Words that had room on the line before stand below it for another reason.
    return score + (1.5 if len(line.split()[0]) < room else 0.0)


def _names_owner(line: str, owner: str) -> bool:
    """Whether a line begins with an owner's name, as it is written or with the first name first."""
    said, name = squeezed(line), squeezed(owner)
    words = [squeezed(word) for word in owner.split()]
    last_first = len(words) > 1 and {*map(squeezed, line.split()[:3])} >= {*words[:2]}
    return bool(name) and (
        last_first or said.startswith("".join(words[:2])) or (len(said) > 3 and name.startswith(said))
    )
