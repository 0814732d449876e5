"""The boxes of the head in a dump that lost their order: each fact known by what it looks like.

An issuer ends in its symbol in brackets, a zip code is digits, a state two letters before it, a city stands
before the state, a street has a number or a word of streets. A tick in one block with its label is sure; one
that stands alone is inferred, and told in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from lib.filings.form import ASKS_FOR_PLAN, Text, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_boxes import unwrapped
from lib.filings.readers.text_lines import Word, text_of
from lib.filings.record import Finding

_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_ZIP: Final = re.compile(r"\d{5}(?:-?\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d")
_PLACE: Final = re.compile(r"[A-Z0-9]{2}|\d[\d-]*")
_STREET: Final = re.compile(
    r"^\d+\w? |\b\d{2,}\b|^C/O|\bBOX\b|\b(?:STREET|ST\.?|ROAD|RD\.?|AVENUE|AVE\.?|DRIVE|BLVD|BOULEVARD|PLAZA|SQUARE|FLOOR|SUITE"
    r"|PARKWAY|WAY|LANE|COURT|CENTER|CENTRE|BUILDING|HOUSE|PLACE|LOOP)\b|^(?:ONE|TWO|THREE) ",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\(?(?:Last|First|Middle|Street|City|State|Zip)\)")
_UNDER_NAME: Final = re.compile(r"\((?:Last|First|Middle)\)")
_FIRST_BOX: Final = re.compile(r"Name and Address|Issuer Name|Date of E")
_LABELS: Final = re.compile(
    r"SEC Form|FORM [345]|UNITED STATES SEC|COMMISSION$|OMB |3235-?|^0\d{3}$|Estimated average|hours per|response"
    r"|^[01]\.[05]$|Washington, D|Check this box|Check all appl|STATEMENT OF|^OWNERSHIP|^SECURITIES$|Filed pursuant"
    r"|or Section 30|Section 16|obligations may|Instruction|transaction was made|contract, instr|for the purchase"
    r"|securities of the|intended to|defense cond|^conditions of|affirmative|written$|plan for|equity|Rule 10b5"
    r"|Name and Address|^Reporting Person|Issuer Name|Relationship of|Date of E|^Requiring|Month/Day|If Amendment"
    r"|^Filed$|Original|Individual or|Joint/Group|Applicable|^Line\)|^Issuer$|^Person$|Form filed|filed by"
    r"|Fiscal Year|Holdings Reported|Transactions Reported|Form [345]\b|^burden|^to$|^Number:|^\d{1,2}\.$|^\*$"
)
_ROLE_LINE: Final = re.compile(
    r"(?:X )?(?:Director|10% Owner|Officer(?: \(give.*)?|Other(?: \(specify.*)?|\(give.*|title below\).*|\(specify.*"
    r"|below\)|Form)"
)
_ROLES: Final = (
    ("Director", "is_director"),
    ("10% Owner", "is_ten_percent_owner"),
    ("Officer", "is_officer"),
    ("Other", "is_other"),
)

_Run = list[tuple[Word, ...]]
"""Lines that stand together."""


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


def _is_label(text: str, officer: bool) -> bool:
    """Whether a line is one of the form's own; ``officer`` tells that "Officer" alone is."""
    if _BRACKET.fullmatch(text) or _LABELS.search(text) or _DATE.search(text) or text == "X":
        return True
    return bool(_ROLE_LINE.fullmatch(text)) and (text != "Officer" or officer)


def _runs(blocks: Sequence[_Block]) -> tuple[_Run | None, list[_Run]]:
    """The name, and the other lines that are no labels, neighbours together, without the issuer's."""
    issuer = {w for b in blocks if "[" in " ".join(b.texts) for w in b.words}
    officer = not any("Officer (give" in text for b in blocks for text in b.texts)
    runs: list[_Run] = []
    named: list[_Run] = []
    for block in blocks:
        run: _Run = []
        for line, text in zip(block.lines, block.texts, strict=True):
            if any(w in issuer for w in line) or _is_label(text, officer):
                if run and _UNDER_NAME.fullmatch(text):
                    named.append(run)
                runs.append(run)
                run = []
            else:
                run.append(line)
        runs.append(run)
    runs = [run for run in runs if run]
    first = next((run for run in named if _is_name(run)), next((run for run in runs if _is_name(run)), None))
    return first, [run for run in runs if run is not first]


def _address(blocks: Sequence[_Block], owner: PrintedOwner, printed: Printed) -> list[_Run]:
    """Name and address; returns the runs that are neither, which may be titles."""
    name, runs = _runs(blocks)
    if name:
        owner.name = text_of([w for line in name for w in line])
    codes = next((n for n, run in enumerate(runs) if _ZIP.fullmatch(_said(run))), None)
    states = [
        n for n, run in enumerate(runs) if _STATE.fullmatch(_said(run)) and (codes is None or n <= codes)
    ]
    state = states[-1] if states else None
    if (
        codes is None
        and state is not None
        and state + 1 < len(runs)
        and re.search(r"\d", _said(runs[state + 1]))
    ):
        codes = state + 1
    used = {n for n in (state, codes) if n is not None}
    near = [n for n, run in enumerate(runs) if n not in used and not _is_street(run) and not _is_mixed(run)]
    anchor = min(used, default=0)
    city = min(near, key=lambda n: (abs(n - anchor), n)) if near and used else None
    if city is not None:
        used.add(city)
    _place(
        [runs[city] if city is not None else [], *(runs[n] if n is not None else [] for n in (state, codes))],
        owner,
    )
    streets = [n for n, run in enumerate(runs) if n not in used and _is_street(run)]
    lines = [list(line) for n in streets for line in runs[n]]
    lines.sort(key=lambda line: not line[0].text.upper().startswith("C/O"))
    owner.streets = unwrapped(lines, "reporting_owners[0]", printed.findings)
    if len(streets) > 1 or city is None or city + 1 not in used:
        message = "The lines of the address lost their order; they were told apart by what they look like."
        printed.findings += [
            Finding("note", f"reporting_owners[0].{name}", message, "text.address")
            for name in (
                "name",
                "street1",
                "street2",
                "city",
                "state",
                "zip_code",
                "officer_title",
                "other_text",
            )
        ]
    return [run for n, run in enumerate(runs) if n not in used and n not in streets]


def _place(runs: Sequence[_Run], owner: PrintedOwner) -> None:
    """City, state and zip code; a city that reaches up to its state has it as the last word of a line."""
    city, state, codes = ([w for line in run for w in line] for run in runs)
    if not state and len(city) > 1:
        ends = {line[-1] for line in runs[0] if _STATE.fullmatch(line[-1].text)}
        state = [w for w in city if w in ends][-1:]
        city = [w for w in city if w not in state]
    owner.city, owner.state, owner.zip_code = text_of(city), text_of(state), text_of(codes)


def _is_name(run: _Run) -> bool:
    return not _is_street(run) and not _PLACE.fullmatch(_said(run))


def _is_street(run: _Run) -> bool:
    said = _said(run)
    return not _ZIP.fullmatch(said) and any(_STREET.search(" ".join(w.text for w in line)) for line in run)


def _is_mixed(run: _Run) -> bool:
    """Whether a run has small letters, as titles have; addresses are mostly in capitals."""
    return any(c.islower() for c in _said(run))


def _said(run: _Run) -> str:
    return " ".join(w.text for line in run for w in line)


def _roles(blocks: Sequence[_Block], owner: PrintedOwner, rest: list[_Run], printed: Printed) -> None:
    """The ticks of the relationship box, and the titles that are left over."""
    texts = [text for block in blocks for text in block.texts]
    titles = [w for run in rest for line in run for w in line]
    loose = sum(text == "X" for text in texts) - (not any("X Form" in text for text in texts))
    loose -= any(text == "X" for text in _above(texts))
    below = 0
    for block in blocks:
        for line, text in zip(block.lines, block.texts, strict=True):
            label = next((role for start, role in _ROLES if start in text and "Form" not in text), None)
            if "below)" in text:
                below += 1
                label = label or ("is_officer" if below == 1 else "is_other")
            if label and line[0].text == "X":
                owner.roles[label] = Text("X", source=line[0].source)
    _infer_roles(owner, loose, bool(titles), printed)
    if titles and "is_other" in owner.roles and "is_officer" not in owner.roles:
        owner.other_text = text_of(titles)
    elif titles:
        owner.officer_title = text_of(titles)


def _infer_roles(owner: PrintedOwner, loose: int, titled: bool, printed: Printed) -> None:
    """Roles for ticks apart from their labels: a title wants an officer, else a director is likeliest."""
    wanted = ["is_officer"] if titled and not {"is_officer", "is_other"} & owner.roles.keys() else []
    wanted += [role for role in ("is_director", "is_ten_percent_owner", "is_officer") if role not in wanted]
    inferred = [role for role in wanted if role not in owner.roles][: max(loose, 0)]
    if not inferred:
        return
    owner.roles |= {role: Text("X") for role in inferred}
    message = "A tick stands apart from its label; which role it marks was inferred."
    printed.findings += [
        Finding("warning", f"reporting_owners[0].{name}", message, "text.loose_tick")
        for name in (*(role for _, role in _ROLES), "officer_title", "other_text")
    ]


def _above(texts: Sequence[str]) -> list[str]:
    """The lines above the first box."""
    stop = next((n for n, text in enumerate(texts) if _FIRST_BOX.search(text)), len(texts))
    return list(texts[:stop])


def _switches(blocks: Sequence[_Block], printed: Printed) -> None:
    """The tick above the boxes: beside the plan statement where the form has it, else beside the other."""
    texts = [text for block in blocks for text in block.texts]
    asked = bool(ASKS_FOR_PLAN.search(" ".join(texts)))
    printed.aff10b5_one = False if asked else None
    if not any(text == "X" or (text.startswith("X ") and "below" not in text) for text in _above(texts)):
        return
    where = "aff10b5_one" if asked else "not_subject_to_section16"
    if asked:
        printed.aff10b5_one = True
    else:
        printed.section16_ticked = True
    message = "A tick stands apart from its label; it was taken for this one."
    printed.findings.append(Finding("warning", where, message, "text.loose_tick"))
