"""The boxes of the head in a dump that lost their order: each fact known by what it looks like.

An issuer ends in its symbol in brackets, a zip code is digits, a state two letters before it, a city stands
beside the state, a street has a number or a word of streets, a title a word of offices. Ticks come apart from
their labels, but in few ways: the boxes of the form never move, so how labels are grouped tells where no tick
stands. What is inferred is told in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Protocol

from lib.filings.form import ASKS_FOR_PLAN, Text, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_boxes import unwrapped
from lib.filings.readers.text_lines import Word, text_of
from lib.filings.record import Finding

_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_ZIP: Final = re.compile(r"\d{5}(?:-?\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d")
_FOREIGN_ZIP: Final = re.compile(r"(?=.*\d)[A-Z0-9]{1,4}(?:[ -][A-Z0-9]{2,5})?|\d{3,7}")
_PLACE: Final = re.compile(r"[A-Z0-9]{2}|\d[\d-]*")
_STREET: Final = re.compile(
    r"^\d+\w? |\b\d{2,}\b|^C/O|\bBOX\b|\b(?:STREET|ST\.?|ROAD|RD\.?|AVENUE|AVE\.?|DRIVE|BLVD|BOULEVARD|PLAZA|SQUARE|FLOOR|SUITE"
    r"|PARKWAY|PKWY|WAY|LANE|COURT|CENTER|CENTRE|BUILDING|BLDG|HOUSE|PLACE|LOOP)\b|^(?:ONE|TWO|THREE) "
    r"|\b(?:INC|LLC|L\.P|L\.L\.C|CORP|LTD|COMPANY|DEPARTMENT|CLUB|PARTNERS|HOLDINGS|GROUP|HWY|HIGHWAY)\b",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"^C/O\b|^[^\d]*\b(?:INC|LLC|L\.P|L\.L\.C|CORP|LTD|COMPANY|DEPARTMENT)\b", re.IGNORECASE
)
_WITHIN: Final = re.compile(
    r"(?:SUITE|STE\.?|UNIT|ROOM|BLDG\.?|MAIL|\d{1,3}(?:ST|ND|RD|TH) FLOOR|FLOOR)\b", re.IGNORECASE
)
_ADDRESS_LINE: Final = re.compile(r"^\d+\w? |^C/O\b|\bBOX\b", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"\b(?:chief|officer|president|vice|\w{0,3}VP|CEO|CFO|COO|CTO|CAO|CIO|CMO|CHRO|CLO|counsel|secretary|treasurer"
    r"|controller|chair(?:man|woman|person)?|remarks?|director|general|founder|principal|manager|managing|member"
    r"|trustee|head|adviser|advisor|president|partner|person|technolog|architect|business|below)\b",
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
_ROLE_PATHS: Final = (*(role for _, role in _ROLES), "officer_title", "other_text")
_ADDRESS_PATHS: Final = (
    "name",
    "street1",
    "street2",
    "city",
    "state",
    "zip_code",
    "officer_title",
    "other_text",
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


def _is_label(text: str, before: str) -> bool:
    """Whether a line is one of the form's own; ``before`` is the line before it if that is none."""
    if _BRACKET.fullmatch(text) or _LABELS.search(text) or _DATE.search(text) or text == "X":
        return True
    # A title may go on with a word of the form's: "Chief Financial" / "Officer".
    return bool(_ROLE_LINE.fullmatch(text)) and not (before and text in {"Officer", "Director", "Other"})


def _runs(blocks: Sequence[_Block]) -> tuple[_Run | None, bool, list[_Run]]:
    """The name, whether its label says so, and the other lines that are no labels, without the issuer's.

    Lines that stand together are one run.
    """
    issuer = {w for b in blocks if "[" in " ".join(b.texts) for w in b.words}
    runs: list[_Run] = []
    named: list[_Run] = []
    for block in blocks:
        run: _Run = []
        beside: list[_Run] = []
        before = ""
        for line, text in zip(block.lines, block.texts, strict=True):
            if any(w in issuer for w in line) or _is_label(text, before):
                if run and _UNDER_NAME.fullmatch(text):
                    named.append(run)
                runs += [run, *beside]
                run, beside, before = [], [], ""
            elif run and _STATE.fullmatch(text) and not _is_street(run):
                # A state beside the two lines of its city stands between them.
                beside.append([line])
            else:
                run.append(line)
                before = text
        runs += [run, *beside]
    runs = [run for run in runs if run]
    likely = [run for run in runs if _is_name(run)]
    likely.sort(key=lambda run: (_is_office(run), bool(re.search(r"\d", _said(run)))))
    labelled = next((run for run in named if _is_name(run)), None)
    first = labelled or (likely[0] if likely else None)
    return first, labelled is not None, [run for run in runs if run is not first]


def _address(blocks: Sequence[_Block], owner: PrintedOwner, printed: Printed) -> list[_Run]:
    """Name and address; returns the runs that are neither, which may be titles."""
    name, labelled, runs = _runs(blocks)
    if name:
        owner.name = text_of([w for line in name for w in line])
    state, codes = _state_and_code(runs)
    used = {n for n in (state, codes) if n is not None}
    city = _city(runs, used)
    if city is not None:
        used.add(city)
    _place(
        [runs[city] if city is not None else [], *(runs[n] if n is not None else [] for n in (state, codes))],
        owner,
    )
    left = [n for n in range(len(runs)) if n not in used]
    streets = [n for n in left if _is_street(runs[n]) or not (_is_mixed(runs[n]) or _is_office(runs[n]))]
    lower = {line[-1] for block in blocks for line in _lines_above_amended(block)}
    lines = [list(line) for n in streets for line in runs[n]]
    if len(streets) > 1:
        lines.sort(key=lambda line: _street_rank(line, lower))
    owner.streets = unwrapped(lines, "reporting_owners[0]", printed.findings)
    if len(streets) > 1 or city is None or city + 1 not in used:
        message = "The lines of the address lost their order; they were told apart by what they look like."
        printed.findings += [
            Finding("note", f"reporting_owners[0].{path}", message, "text.address")
            for path in _ADDRESS_PATHS
            if path not in _plain_parts(runs) and not (labelled and path == "name")
        ]
    return [runs[n] for n in left if n not in streets]


def _plain_parts(runs: Sequence[_Run]) -> set[str]:
    """Which of state and zip code one run alone can be."""
    shapes = {"state": _STATE, "zip_code": _ZIP}
    return {
        part for part, shape in shapes.items() if sum(bool(shape.fullmatch(_said(run))) for run in runs) == 1
    }


def _state_and_code(runs: Sequence[_Run]) -> tuple[int | None, int | None]:
    """Which runs are the state and the zip code."""
    codes = next((n for n, run in enumerate(runs) if _ZIP.fullmatch(_said(run))), None)
    states = [n for n, run in enumerate(runs) if _STATE.fullmatch(_said(run)) and n != codes]
    if codes is None:
        foreign = [
            n for n, run in enumerate(runs) if _FOREIGN_ZIP.fullmatch(_said(run)) and n not in states[:1]
        ]
        codes = min(foreign, key=lambda n: abs(n - states[-1])) if foreign and states else None
        codes = foreign[0] if codes is None and foreign else codes
        states = [n for n in states if n != codes]
    anchor = codes if codes is not None else len(runs)
    before = [n for n in states if n < anchor]
    return before[-1] if before else next(iter(states), None), codes


def _city(runs: Sequence[_Run], used: set[int]) -> int | None:
    """Which run is the city: no street and no title, the nearest to its state and zip code."""
    if not used:
        return None
    likely = [n for n, run in enumerate(runs) if n not in used and not _is_street(run)]
    capitals = [n for n in likely if not _is_mixed(runs[n]) and not _is_office(runs[n])]
    likely = capitals or [n for n in likely if not _is_office(runs[n])]
    return min(likely, key=lambda n: (min(abs(n - m) for m in used), n > min(used), n), default=None)


def _lines_above_amended(block: _Block) -> list[tuple[Word, ...]]:
    """The line of a block beside the label of box 4 or 5, which is the lower of two streets."""
    return [
        line
        for line, text in zip(block.lines, block.texts[1:], strict=False)
        if re.match(r"[45]\. If Amendment", text)
    ]


def _street_rank(line: Sequence[Word], lower: set[Word]) -> int:
    text = " ".join(w.text for w in line)
    if _COMPANY.search(text):
        return 0
    return 3 if _WITHIN.match(text) else 2 if line[-1] in lower else 1


def _place(runs: Sequence[_Run], owner: PrintedOwner) -> None:
    """City, state and zip code; a city that reaches up to its state has it as the last word of a line."""
    city, state, codes = ([w for line in run for w in line] for run in runs)
    if not state and len(city) > 1:
        ends = {line[-1] for line in runs[0] if _STATE.fullmatch(line[-1].text)}
        state = [w for w in city if w in ends][-1:]
        city = [w for w in city if w not in state]
    owner.city, owner.state, owner.zip_code = text_of(city), text_of(state), text_of(codes)


def _is_name(run: _Run) -> bool:
    return not _PLACE.fullmatch(_said(run)) and not _ADDRESS_LINE.search(_said(run))


def _is_street(run: _Run) -> bool:
    said = _said(run)
    return not _ZIP.fullmatch(said) and any(_STREET.search(" ".join(w.text for w in line)) for line in run)


def _is_mixed(run: _Run) -> bool:
    """Whether a run has small letters, as titles have; addresses are mostly in capitals."""
    return any(c.islower() for c in _said(run))


def _is_office(run: _Run) -> bool:
    return bool(_OFFICE.search(_said(run)))


def _said(run: _Run) -> str:
    return " ".join(w.text for line in run for w in line)


def _roles(blocks: Sequence[_Block], owner: PrintedOwner, rest: list[_Run], printed: Printed) -> None:
    """The ticks of the relationship box, and the titles that are left over."""
    titles = [w for run in rest for line in run for w in line]
    roles = _ticked_within(blocks)
    loose = _loose_ticks(blocks)
    if loose:
        roles |= dict.fromkeys(_inferred_roles(blocks, len(roles) + len(loose), bool(titles)) - roles.keys())
    elif titles and not {"is_officer", "is_other"} & roles.keys():
        roles["is_officer"] = None
    owner.roles = {role: Text("X", source=tick.source if tick else None) for role, tick in roles.items()}
    if None in roles.values():
        message = "A tick stands apart from its label; which role it marks was inferred."
        printed.findings += [
            Finding("warning", f"reporting_owners[0].{path}", message, "text.loose_tick")
            for path in _ROLE_PATHS
        ]
    if titles and "is_other" in owner.roles and "is_officer" not in owner.roles:
        owner.other_text = text_of(titles)
    elif titles:
        owner.officer_title = text_of(titles)


def _ticked_within(blocks: Sequence[_Block]) -> dict[str, Word | None]:
    """The roles whose tick stands on the line of its label."""
    roles: dict[str, Word | None] = {}
    below = 0
    for block in blocks:
        for line, text in zip(block.lines, block.texts, strict=True):
            label = next((role for start, role in _ROLES if start in text and "Form" not in text), None)
            if "below)" in text:
                below += 1
                label = label or ("is_officer" if below == 1 else "is_other")
            if label and line[0].text == "X" and len(line) > 1:
                roles[label] = line[0]
    return roles


def _loose_ticks(blocks: Sequence[_Block]) -> list[int]:
    """The blocks of the ticks that stand alone and mark roles: one more says how many filed the form."""
    first = next((n for n, b in enumerate(blocks) if any(_FIRST_BOX.search(t) for t in b.texts)), 0)
    ticks = [n for n, block in enumerate(blocks) for text in block.texts if text == "X" and n >= first]
    if any(text.startswith("X ") and "orm" in text for block in blocks for text in block.texts):
        return ticks
    return ticks[:-1]


def _inferred_roles(blocks: Sequence[_Block], count: int, titled: bool) -> set[str]:
    """The likeliest ``count`` roles for ticks apart from their labels.

    Labels in one block have no tick between them. Reading goes from a tick to the label on its right, but the
    upper tick in the middle is read before the label on its left.
    """
    starts = [block.texts[0] for block in blocks]
    after = [b.texts[0] for a, b in pairwise(blocks) if a.texts[-1] == "X"]
    ticked = {label for label, _ in _ROLES if any(text.startswith(label) for text in after)}
    if count >= len(_ROLES):
        return {role for _, role in _ROLES}
    if not titled:
        both = {"is_director", "is_ten_percent_owner"}
        return both if count > 1 else {"is_ten_percent_owner" if "Director" in ticked else "is_director"}
    one_block = any("10% Owner" in b.texts and any(t.startswith("Other (") for t in b.texts) for b in blocks)
    if "Other" in ticked or (count == 2 and "Officer" not in ticked):
        post = "is_officer" if one_block else "is_other"
    else:
        post = "is_officer"
    order = [text for text in starts if text == "X" or text.startswith(("Director", "10% Owner"))]
    owner = any(
        a.startswith("Director") and b == "X" and c.startswith("10%")
        for a, b, c in zip(order, order[1:], order[2:], strict=False)
    )
    upper = {"is_ten_percent_owner" if owner else "is_director"} if count == 2 else set()
    return {post} | upper | ({"is_director", "is_ten_percent_owner"} if count == 3 else set())


def _above(texts: Sequence[str]) -> list[str]:
    """The lines above the first box."""
    stop = next((n for n, text in enumerate(texts) if _FIRST_BOX.search(text)), len(texts))
    return list(texts[:stop])


def _switches(blocks: Sequence[_Block], printed: Printed) -> None:
    """The tick above the boxes: before the plan statement, where that stands apart, else before the other."""
    texts = [text for block in blocks for text in block.texts]
    asking = [" ".join(block.texts) for block in blocks if ASKS_FOR_PLAN.search(" ".join(block.texts))]
    printed.aff10b5_one = False if asking else None
    if not any(text == "X" or (text.startswith("X ") and "below" not in text) for text in _above(texts)):
        return
    # A tick between the two statements keeps them apart.
    planned = any("no longer" not in text for text in asking)
    where = "aff10b5_one" if planned else "not_subject_to_section16"
    if planned:
        printed.aff10b5_one = True
    else:
        printed.section16_ticked = True
    message = "A tick stands apart from its label; it was taken for this one."
    printed.findings.append(Finding("warning", where, message, "text.loose_tick"))
