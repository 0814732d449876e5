"""The boxes of the form's head where their words follow their labels in reading order.

Dumps without columns say a box as one run of words, its lines lost; where two lines of an address parted is
then inferred, and told in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.filings.form import TICKED, Text, issuer_and_symbol
from lib.filings.printed import Printed, PrintedOwner
from lib.filings.readers.text_lines import Run, Word, text_of
from lib.filings.record import Finding

NAME: Final = re.compile(r"Name and Address of Reporting Person ?(?:\[?\*\]?)?")
ISSUER: Final = re.compile(r"Issuer Name and Ticker or Trading Symbol")
PERIOD: Final = re.compile(
    r"(?:Date of Earliest Transaction|Date of Event Requiring Statement|Fiscal Year Ended)(?: \(Month/Day/Year\))?"
)
AMENDED: Final = re.compile(r"If Amendment, Date of Original(?: Issuer)? Filed(?: \(Month/Day/Year\))?")
RELATION: Final = re.compile(r"(?:\(?Check|eck) all applicable\)")
_RELATIONSHIP: Final = re.compile(r"[45]\. Relationship of")
_BEGINNING: Final = re.compile(r"^5(?:\.(?: [A-Z][a-z]{0,3}\b)?)? (?=\S)")
_BOX: Final = re.compile(r"(?<!\S)\d{1,2}A?\. (?=[A-Z])|$")
_AFTER_ISSUER: Final = re.compile(r"(?<!\S)(?!5\. [A-Z][a-z]{0,3} )\d{1,2}A?\. (?=[A-Z])|$")
"""The next box; a border through the label of box 5 leaves its beginning, ``5. R``, before the issuer's name."""
_END_OF_ROLES: Final = re.compile(
    rf"(?<!\S)(?:\d\. )?(?:I?ndividual or Joint|If Amendment|{PERIOD.pattern}|Statement for Issuer)|{NAME.pattern}|$"
)
_FILERS: Final = re.compile(r"\(Check Applicable Line\)")
_FILERS_WORDS: Final = tuple(
    "Form filed by One Reporting Person Form filed by More than One Reporting Person".split()  # noqa: SIM905
)
_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_STATE: Final = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_SECOND_LINE: Final = re.compile(
    r"(?<=\S) (?=P\.? ?O\.? BOX\b)|(?<=[^,]) (?=(?:SUITE|STE\.?|FLOOR \d|UNIT|BLDG\.?|ROOM|APT\.?)\b)"
    r"|(?<=[^,]) (?=\d{1,2}(?:ST|ND|RD|TH) (?:FLOOR|FL)\b)",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(r"(?<=\S) (?=(?:\d+[A-Z]?(?:-\d+)?|ONE|TWO|THREE) [A-Z0-9])", re.IGNORECASE)
_CARE_OF: Final = re.compile(
    r"^C/O .*?\b(?:INC|LTD|LLC|L\.L\.C|LP|L\.P|CORP|CORPORATION|PLC|N\.V|S\.A)\b[.,]*( )(?=\S)", re.IGNORECASE
)
_STREET_WORDS: Final = (
    r"(?:ROAD|RD|DRIVE|DR|BLVD|BOULEVARD|STREET|AVENUE|AVE|LANE|WAY|PLACE|PARKWAY|PKWY|COURT)\.?"
)
_AFTER_STREET: Final = re.compile(
    rf"^(?:\d\S*|ONE|TWO|THREE|FOUR|FIVE) (?:[^,]*?) ?\b{_STREET_WORDS}( )"
    rf"(?!(?:[NSEW]{{1,2}}|NORTH|SOUTH|EAST|WEST|[NS]\.[EW]\.|NORTHEAST|NORTHWEST|SOUTHEAST|SOUTHWEST)\b|#|-|&|OF\b"
    rf"|\d{{1,3}}$|{_STREET_WORDS}(?:\s|$))(?=\S{{2}})",
    re.IGNORECASE,
)
"""A name of a building or a place after the street's word stood on a line of its own."""
_IN_NAME: Final = 3
"""Fewer words between a company's form and a house's number are still its name, such as "Corp. II"."""
_ONE_LINE: Final = 3
"""A street of more words may have stood on two lines."""
_US_ZIP: Final = re.compile(r"\d{5}(?:-?\d{4})?")
STATES: Final = frozenset(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR""".split()  # noqa: SIM905 - reads as a list
)
_ROLE_STARTS: Final = (
    ("Direc", "is_director"),
    ("10%", "is_ten_percent_owner"),
    ("Officer", "is_officer"),
    ("Other", "is_other"),
)
_LABEL_WORDS: Final = ("Owner", "(give", "title", "(specify", "below)", "below)")
_OF_LABELS: Final = frozenset(
    [
        *_FILERS_WORDS,
        *_LABEL_WORDS,
        *"""Date of Earliest Transaction Event Requiring Statement Fiscal Year Ended (Month/Day/Year) If Amendment,
        Original Filed Individual or Joint/Group Filing (Check Applicable Line) Relationship to Issuer all applicable)
        Director 10% Officer Other""".split(),  # noqa: SIM905 - reads as the labels do
    ]
)
"""Words of the labels of boxes 3 to 6: a title may say one of them, but says more."""
_OF_DATES: Final = frozenset({"Date", "(Month/Day/Year)"})
"""What of them no title says."""
_WORD: Final = re.compile(r"[^\W\d_]{2}")


def read_head(run: Run, relation: Sequence[Word], printed: Printed) -> None:
    """Issuer, period and amendment from the words of the head, roles from those of the relationship box."""
    words = run.after(ISSUER, _AFTER_ISSUER)
    issuer, symbol = issuer_and_symbol(_without_labels(" ".join(w.text for w in words), run.text))
    source = text_of(words).source
    printed.issuer_name = Text(issuer or "", source=source)
    printed.issuer_symbol = Text(symbol or "", source=source)
    printed.period = _day(run, PERIOD)
    printed.original_filed = _day(run, AMENDED)
    if printed.owners:
        read_roles(Run(relation).after(RELATION, _END_OF_ROLES), printed.owners[0], printed)
        _read_woven_title(Run(relation).after(_FILERS, _BOX), printed)


def _without_labels(issuer: str, head: str) -> str:
    """The issuer without the beginnings of the labels beside it, which a border through them left there."""
    if _RELATIONSHIP.search(head):
        return issuer
    return _BEGINNING.sub("", issuer[: issuer.rfind("]") + 1] or issuer)


def _day(run: Run, label: re.Pattern[str]) -> Text:
    """The date right after a label."""
    words = run.after(label, _BOX)[:4]
    return text_of([w for w in words if _DATE.fullmatch(w.text)][:1])


def _read_woven_title(words: Sequence[Word], printed: Printed) -> None:
    """The title of an officer whose box shows none, from among the labels of the box that tells who files.

    The lines of the two boxes ran into each other; what is none of the labels, all of which are there, is the title,
    if it has a word of its own: a tick, a number or another box's label is none.
    """
    owner = printed.owners[0]
    if "is_officer" not in owner.roles or owner.officer_title.text:
        return
    labels = list(_FILERS_WORDS)
    title = []
    for word in words:
        if labels and word.text == labels[0]:
            del labels[0]
        elif not (_is_tick(word.text) or word.text in _OF_DATES):
            title.append(word)
    if not labels and any(_WORD.search(word.text) and word.text not in _OF_LABELS for word in title):
        owner.officer_title = text_of(title)
        message = f"“{owner.officer_title.text}” stood among the labels of the next box."
        where = "reporting_owners[0].officer_title"
        printed.findings.append(Finding("warning", where, message, "text.woven_title"))


def _is_tick(word: str) -> bool:
    """Whether a word is a ticked box, or two of them that ran together, or what a cut left of one."""
    return all(TICKED.fullmatch(sign) for sign in word.strip("[]()_"))


def street_lines(words: Sequence[Word], where: str, findings: list[Finding]) -> list[Text]:
    """The one or two lines of a street address whose break is lost."""
    text = text_of(words)
    if not words:
        return []
    breaks = [m.start() for m in _SECOND_LINE.finditer(text.text)]
    houses = [m.start() for m in _HOUSE.finditer(text.text)]
    if houses and not text.text[0].isdigit() and not _inside_box(text.text[: houses[0]]):
        breaks = houses
    care_of = _CARE_OF.search(text.text)
    after = _AFTER_STREET.search(text.text)
    if care_of and not (
        houses and breaks == houses and len(text.text[care_of.end() : breaks[0]].split()) < _IN_NAME
    ):
        breaks = [care_of.start(1)]
    elif not breaks and after:
        breaks = [after.start(1)]
    if not breaks:
        if len(words) > _ONE_LINE:
            message = "Where the lines of the street parted is lost; it was taken for one line."
            findings += [
                Finding("note", f"{where}.{name}", message, "text.street_lines")
                for name in ("street1", "street2")
            ]
        return [text]
    lines = [text.text[: breaks[0]], text.text[breaks[0] + 1 :]]
    findings += [
        Finding(
            "note",
            f"{where}.{name}",
            f"The lines of “{text.text}” were parted by meaning.",
            "text.street_lines",
        )
        for name in ("street1", "street2")
    ]
    return [Text(line, source=text.source) for line in lines]


def _inside_box(text: str) -> bool:
    return bool(re.search(r"\b(?:BOX|SUITE|STE\.?|FLOOR|ROUTE|HIGHWAY|NO\.?|UNIT|#)$", text, re.IGNORECASE))


def read_place(words: Sequence[Word], owner: PrintedOwner, where: str, findings: list[Finding]) -> None:
    """City, state and zip code from the words between "(Street)" and "(City)".

    A long city wraps around the state and zip code beside it: ``SALT LAKE UT 84101 CITY``.
    """
    states = [n for n, word in enumerate(words) if _STATE.fullmatch(word.text)]
    followed = [n for n in states if n + 1 < len(words) and any(c.isdigit() for c in words[n + 1].text)]
    if not states:
        _place_without_state(words, owner, where, findings)
        return
    at = (followed or states)[-1]
    after = list(words[at + 1 :])
    codes: list[Word] = []
    while after and len(codes) < 2 and (any(c.isdigit() for c in after[0].text) or _goes_on(codes, after[0])):
        codes.append(after.pop(0))
    owner.city = text_of([*words[:at], *after])
    owner.state, owner.zip_code = text_of(words[at : at + 1]), text_of(codes)
    if after:
        findings.append(
            Finding(
                "note",
                f"{where}.city",
                f"“{owner.city.text}” was wrapped around its state.",
                "text.wrapped_city",
            )
        )


def _goes_on(codes: Sequence[Word], word: Word) -> bool:
    """Whether a word without digits can end a zip code, as in ``6221 BT``; none of the United States has such."""
    return bool(codes) and len(word.text) < 4 and not _US_ZIP.fullmatch(codes[0].text)


def _place_without_state(
    words: Sequence[Word], owner: PrintedOwner, where: str, findings: list[Finding]
) -> None:
    rest = list(words)
    codes = [w for w in rest if any(c.isdigit() for c in w.text[:-1])]
    rest = [w for w in rest if w not in codes]
    owner.city, owner.zip_code = text_of(rest), text_of(codes)
    city = owner.city.text
    if codes and len(city) > 4 and (city[-2:] in STATES or city[-1].isdigit()):
        owner.city, owner.state = (
            Text(city[:-2], source=owner.city.source),
            Text(city[-2:], source=owner.city.source),
        )
        findings += [
            Finding(
                "note", f"{where}.{name}", f"“{city}” was parted into city and state.", "text.city_and_state"
            )
            for name in ("city", "state")
        ]


def _is_label(word: str, start: str) -> bool:
    """Whether a word is a role's label, perhaps cut; ``Director-by-Deputization`` is none."""
    return word.startswith(start) and "-" not in word


def read_roles(words: Sequence[Word], owner: PrintedOwner, printed: Printed) -> None:
    """Ticks stand before their labels; what is no label is the officer's title or the other role."""
    left = list(_LABEL_WORDS)
    title: list[Word] = []
    tick: Word | None = None
    below = 0
    for word in words:
        if word.text == "X":
            tick = word
            continue
        if tick:
            role = next((name for start, name in _ROLE_STARTS if word.text.startswith(start)), None)
            if not role and word.text in {"title", "below)", "(give"}:
                role = "is_other" if below else "is_officer"
            if role:
                owner.roles[role] = Text("X", source=tick.source)
            tick = None
        below += word.text == "below)"
        if word.text in left:
            left.remove(word.text)
        elif title or not any(_is_label(word.text, start) for start, _ in _ROLE_STARTS):
            title.append(word)
    if "is_other" in owner.roles and "is_officer" not in owner.roles:
        owner.other_text = text_of(title)
        return
    owner.officer_title = text_of(title if title[-1:] and title[-1].text != "." else title[:-1])
    if title and "is_other" in owner.roles:
        printed.findings += [
            Finding(
                "warning",
                f"reporting_owners[0].{name}",
                "Which words are the officer's title and which the other role is lost.",
                "text.titles",
            )
            for name in ("officer_title", "other_text")
        ]
