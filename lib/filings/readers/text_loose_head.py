"""The boxes of the head in a dump that lost their order: each fact known by what it looks like.

An issuer ends in its symbol in brackets, a state is two letters above "(State)", a tick stands in one block
with the label it belongs to or right before it. What could be either is told in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from lib.filings.form import Text, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_boxes import unwrapped
from lib.filings.readers.text_lines import Word, text_of
from lib.filings.record import Finding

_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_STREET: Final = re.compile(
    r"\d|^C/O|\bBOX\b|\b(?:STREET|ROAD|AVENUE|DRIVE|PLAZA|SQUARE|FLOOR|SUITE)\b", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"^\(?(?:Last|First|Middle|Street|City|State|Zip)\)$")
_LABELS: Final = re.compile(
    r"SEC Form|FORM [345]|UNITED STATES SEC|COMMISSION$|OMB |3235-?|^0\d{3}$|Estimated average|hours per|response|^[01]\.[05]$"
    r"|Washington, D|Check this box|Check all appl|STATEMENT OF|^OWNERSHIP|^SECURITIES$|Filed pursuant|or Section 30|Section 16|obligations may|Instruction"
    r"|transaction was made|contract, instr|for the purchase|securities of the|intended to|defense cond|affirmative|written$|plan for|equity"
    r"|Name and Address|Issuer Name|Relationship of|Date of E|^Requiring|Month/Day|If Amendment|^Filed$|Original|Individual or|Joint/Group|Applicable"
    r"|^Line\)|^Issuer$|^Person$|Form filed|filed by|^X Form|Fiscal Year|Holdings Reported|Transactions Reported|Form [345]|Burden|^to$|^Number:"
)
_ROLE_LINE: Final = re.compile(
    r"^(?:X )?(?:Director|10% Owner|Officer|Other|\(give|title below|\(specify|below\))|^(?:X )?title below"
)
_ROLES: Final = (
    ("Director", "is_director"),
    ("10% Owner", "is_ten_percent_owner"),
    ("Officer", "is_officer"),
    ("Other", "is_other"),
)


class _Block(Protocol):
    @property
    def lines(self) -> tuple[tuple[Word, ...], ...]: ...
    @property
    def words(self) -> list[Word]: ...
    @property
    def texts(self) -> list[str]: ...


def read_loose_head(blocks: Sequence[_Block], printed: Printed) -> None:
    """Everything above Table I, from its blocks in whatever order."""
    _issuer(blocks, printed)
    dates = [w for block in blocks for w in block.words if _DATE.fullmatch(w.text)]
    printed.period = text_of(dates[:1])
    printed.original_filed = text_of(dates[1:2])
    owner = PrintedOwner()
    printed.owners.append(owner)
    rest = _address(blocks, owner, printed)
    _roles(blocks, owner, rest, printed)
    _switches(blocks, printed)


def _issuer(blocks: Sequence[_Block], printed: Printed) -> None:
    for block in blocks:
        text = text_of(block.words)
        start = text.text.rfind("Trading Symbol")
        said = text.text[start + 14 :] if start >= 0 else text.text
        if "[" in said and "]" in said:
            issuer, symbol = issuer_and_symbol(said[: said.rfind("]") + 1])
            printed.issuer_name = Text(issuer or "", source=text.source)
            printed.issuer_symbol = Text(symbol or "", source=text.source)
            return


def _is_label(text: str) -> bool:
    return bool(
        _BRACKET.match(text)
        or _LABELS.search(text)
        or _ROLE_LINE.match(text)
        or _DATE.search(text)
        or text == "X"
    )


def _address(blocks: Sequence[_Block], owner: PrintedOwner, printed: Printed) -> list[list[Word]]:
    """Name and address; returns the blocks that are neither, which may be titles."""
    issuer = {w for b in blocks if "[" in " ".join(b.texts) for w in b.words}
    loose: list[tuple[list[tuple[Word, ...]], str]] = []
    for block in blocks:
        run: list[tuple[Word, ...]] = []
        for line, text in zip(block.lines, block.texts, strict=True):
            if any(w in issuer for w in line):
                continue
            if _is_label(text):
                if run:
                    loose.append((run, text))
                run = []
            else:
                run.append(line)
        if run:
            loose.append((run, ""))
    name = next((n for n, (_, label) in enumerate(loose) if label in {"(Last)", "(First)", "(Middle)"}), None)
    if name is None and loose:
        name = 0
    if name is None:
        return []
    owner.name = text_of([w for line in loose.pop(name)[0] for w in line])
    state = next(
        (n for n, (run, _) in enumerate(loose) if len(run) == 1 and _STATE.fullmatch(_said(run[0]))), None
    )
    if state is None:
        return [[w for line in run for w in line] for run, _ in loose]
    codes = next(
        (n for n in range(state + 1, len(loose)) if any(c.isdigit() for c in _said(loose[n][0][0]))), None
    )
    city = state - 1
    street_blocks = [n for n in range(city) if _is_street(loose[n][0], loose[n][1])]
    owner.state = text_of(loose[state][0][0])
    if codes is not None:
        owner.zip_code = text_of(loose[codes][0][0])
    if city >= 0:
        owner.city = text_of([w for line in loose[city][0] for w in line])
    streets = [list(line) for n in street_blocks for line in loose[n][0]]
    owner.streets = unwrapped(streets, "reporting_owners[0]", printed.findings)
    used = {city, state, codes, *street_blocks}
    return [[w for line in run for w in line] for n, (run, _) in enumerate(loose) if n not in used]


def _is_street(run: Sequence[Sequence[Word]], label: str) -> bool:
    said = [_said(line) for line in run]
    return label == "(Street)" or any(_STREET.search(x) for x in said) or all(x.isupper() for x in said)


def _said(line: Sequence[Word]) -> str:
    return " ".join(w.text for w in line)


def _roles(blocks: Sequence[_Block], owner: PrintedOwner, rest: list[list[Word]], printed: Printed) -> None:
    """The ticks of the relationship box, and the titles that are left over."""
    lines = [(line, text) for block in blocks for line, text in zip(block.lines, block.texts, strict=True)]
    below = loose = 0
    for n, (line, text) in enumerate(lines):
        if "Individual or" in text:
            break
        ticked = line[0].text == "X"
        label = next((role for start, role in _ROLES if start in text), None)
        if "below)" in text:
            below += 1
            label = label or ("is_officer" if below == 1 else "is_other")
        if not ticked:
            continue
        if text == "X":
            after = lines[n + 1][1] if n + 1 < len(lines) else ""
            label = next((role for start, role in _ROLES if after.startswith(start)), None)
            loose += label is None
        if label:
            owner.roles[label] = Text("X", source=line[0].source)
    titles = [w for words in rest for w in words]
    if titles and "is_officer" not in owner.roles and "is_other" in owner.roles:
        owner.other_text = text_of(titles)
    elif titles:
        owner.officer_title = text_of(titles)
    if loose or (titles and not {"is_officer", "is_other"} & owner.roles.keys()):
        _guess(owner, bool(titles), printed)


def _guess(owner: PrintedOwner, titled: bool, printed: Printed) -> None:
    role = "is_officer" if titled and not {"is_officer", "is_other"} & owner.roles.keys() else "is_director"
    owner.roles.setdefault(role, Text("X"))
    printed.findings += [
        Finding(
            "warning",
            f"reporting_owners[0].{name}",
            "A tick stands apart from its label; which role it marks was inferred.",
            "text.loose_tick",
        )
        for _, name in _ROLES
    ]


def _switches(blocks: Sequence[_Block], printed: Printed) -> None:
    texts = [text for block in blocks for text in block.texts]
    asked = any("to indicate that a" in text or "10b5" in text for text in texts)
    printed.aff10b5_one = False if asked else None
    stop = next(
        (n for n, text in enumerate(texts) if "Name and Address" in text or "Issuer Name" in text), len(texts)
    )
    ticks = [n for n, text in enumerate(texts[:stop]) if text == "X" or text.startswith("X ")]
    if not ticks:
        return
    where = "aff10b5_one" if asked else "not_subject_to_section16"
    if asked:
        printed.aff10b5_one = True
    else:
        printed.section16_ticked = True
    printed.findings.append(
        Finding(
            "warning",
            where,
            "A tick stands apart from its label; it was taken for this one.",
            "text.loose_tick",
        )
    )
