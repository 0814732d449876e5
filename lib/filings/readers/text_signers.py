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
            who = names.pop(0)
            printed.findings.append(
                Finding("note", where, f"“{who.text}” stood apart from its date.", "text.moved_name")
            )
        elif n in lacking:
            who = Text("")
            printed.findings.append(
                Finding("warning", where, "The signature's name is lost.", "text.unsettled")
            )
        printed.signatures.append((who, when))


def _undated(
    strays: Sequence[Sequence[Word]],
) -> tuple[list[Sequence[Word]], list[Sequence[Word]]]:
    """A signature whose one date stands amid the lines of its name, below everything else."""
    days = [n for n, line in enumerate(strays) if is_date(line[-1])]
    if len(days) != 1:
        return [], []
    n = days[0]
    name = [w for line in (*strays[max(n - 2, 0) : n], strays[n][:-1], *strays[n + 1 : n + 3]) for w in line]
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
    while first and (_GOES_ON.search(texts[first - 1]) or _beginning(texts, first - 1, owners) >= 3.0):
        first -= 1
    return lines[first:]


def squeezed(text: str) -> str:
    """The text's letters and digits alone, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def _names(lines: Sequence[Sequence[Word]], count: int, owners: Sequence[str]) -> list[Text]:
    """The lines as so many names, parted where names most likely begin; none if they are too few."""
    if not count or len(lines) < count:
        return []
    texts = [" ".join(w.text for w in line) for line in lines]
    starts = [_beginning(texts, n, owners) for n in range(len(lines))]
    best: list[list[tuple[float, list[int]]]] = [[(0.0, [0])]]
    # best[n][k]: the likeliest k + 1 beginnings among the first n + 1 lines, the first line one of them.
    for n in range(1, len(lines)):
        row = []
        for k in range(min(n + 1, count)):
            stay = best[-1][k] if k < len(best[-1]) else (float("-inf"), [])
            step = best[-1][k - 1] if k else (float("-inf"), [])
            moved = (step[0] + starts[n], [*step[1], n])
            row.append(max(stay, moved, key=lambda way: way[0]))
        best.append(row)
    if len(best[-1]) < count:
        return []
    cuts = [*best[-1][count - 1][1], len(lines)]
    return [text_of([w for line in lines[a:b] for w in line]) for a, b in pairwise(cuts)]


def _beginning(texts: Sequence[str], n: int, owners: Sequence[str]) -> float:
    """How much a line looks like the beginning of a name."""
    line, before = texts[n], texts[n - 1] if n else ""
    words = line.lower().split()
    score = 0.0
    if line.startswith("/s/"):
        score += 3.0
    if any(
        owner.lower().split()[:2] == words[:2] or owner.lower().startswith(line.lower())
        for owner in owners
        if owner
    ):
        score += 3.0
    if _ENDS.search(before):
        score += 2.0
    if _GOES_ON.search(before):
        score -= 4.0
    if line[:1].islower():
        score -= 3.0
    return score
