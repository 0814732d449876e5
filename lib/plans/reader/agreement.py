"""A document that is one award's agreement or notice and no plan: its grant, its dates, its price and its vesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from lib.plans.days import months_after
from lib.plans.reader.first_day import with_first_day
from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.granting import Granting, installment_schedule
from lib.plans.reader.outline import DATE, Block, Part, dates_in
from lib.plans.reader.words import ORDINAL_WORD, SHARES, in_digits, whole_number
from lib.plans.vesting_words import ordinal

LONGEST_TITLE = 110
TITLE_LINES = 8
NOTICE = "Notice"

_LABEL_LINE = r"[A-Z][\w /()%-]{2,60}:"
_AWARD_PAPER = re.compile(r"\b(?:agreement|notice of|(?:grant|award) notice|certificate)\b", re.IGNORECASE)
_UNITS = re.compile(
    r"\b(?:restricted (?:stock|share)s?(?: units?)?|rsus?|stock units?|share units?)\b", re.IGNORECASE
)
_LABELS = (
    ("date", r"(?:date of (?:option |the )?(?:grant|award)|(?:option )?grant date|award date)"),
    ("vesting_start", r"vesting (?:commencement|start|base) date"),
    (
        "final_exercise_date",
        r"(?:option )?(?:term ?/ ?)?(?:expiration|expiry) date(?: of option)?|final exercise date",
    ),
    (
        "shares",
        r"(?:total )?number of (?:option )?(?:shares|(?:restricted )?(?:stock |share )?units|rsus|optioned shares)\b[^:]{0,40}|shares subject to (?:the )?option|(?:restricted stock )?units (?:granted|awarded)",
    ),
    ("price", r"(?:option )?(?:exercise|purchase) price\b[^:]{0,25}"),
)
_NAMED_DAY = (
    ("date", re.compile(rf"({DATE.pattern[3:-3]}),? \((?:the )?[\"“](?:Grant Date|Award Date|Date of (?:Grant|Award))[\"”]\)")),
    ("vesting_start", re.compile(rf"({DATE.pattern[3:-3]}),? \((?:the )?[\"“]Vesting (?:Commencement|Start) Date[\"”]\)")),
    ("final_exercise_date", re.compile(rf"\b(?:expires?|terminates?)(?: at [^,.;]{{1,40}})? on ({DATE.pattern[3:-3]})")),
)  # fmt: skip
_SIZE = re.compile(
    rf"\b(?:purchase|acquire|grants?|awards?|granted|awarded|award of|issues?)\b[^.;]{{0,80}}?\b{SHARES} (?:shares|(?:restricted )?(?:stock |share )?units|rsus|restricted)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bprice (?:per share )?(?:of|is|shall be|equal to) \$ ?(?P<price>\d[\d,]*(?:\.\d+)?)|\b(?:for|at) \$ ?(?P<each>\d[\d,]*(?:\.\d+)?) (?:per|a) share\b"
)
_VESTS = re.compile(
    r"\bvest(?:s|ed|ing)?\b|\bbecomes? exercisable\b|\brestrictions (?:shall|will) lapse\b", re.IGNORECASE
)
_NOT_BY_TIME = re.compile(
    r"\b(?:performance|achiev\w+|attain\w+|milestones?|shareholder return|change (?:in|of) control|death|disability|terminat\w+)\b",
    re.IGNORECASE,
)


def is_agreement(parts: list[Part], lines: list[str]) -> bool:
    """Whether a document is an award's paper: its first lines say so, or it is an agreement form alone."""
    if parts[0].kind == "form":
        return True
    titles = [line.strip() for line in lines if line.strip()][:TITLE_LINES]
    return any(
        len(line) < LONGEST_TITLE and line[:1].isupper() | line.startswith("[") and _AWARD_PAPER.search(line)
        for line in titles
        if not line.endswith((".", ","))
    )


def as_one(parts: list[Part]) -> Part:
    """A notice and the agreement that goes with it as one text."""
    whole = Part("plan", parts[0].heading)
    for part in parts:
        if part.heading and part.heading not in part.text():
            whole.blocks.append(Block("", "", part.heading))
        for block in part.blocks:
            texts = [block.text] if block.clause else re.split(rf"\n(?={_LABEL_LINE})|\n\n", block.text)
            whole.blocks += [Block(block.clause, block.heading, text) for text in texts if text.strip()]
    return whole


def is_of_units(paper: Part) -> bool:
    """Whether the award is of units or restricted shares, with nothing to exercise."""
    text = " ".join(paper.text().split())
    option = re.search(r"\boption(?:s|ee)?\b", text[:600], re.IGNORECASE)
    return option is None and _UNITS.search(text) is not None


def grant_facts(paper: Part) -> list[Found]:
    """What the paper fixes of its grant: day, vesting start, shares, price, last day; nothing said twice otherwise."""
    values: dict[str, list[Found]] = {}
    for name, value, clause, quote in (*_labelled(paper), *_in_sentences(paper)):
        values.setdefault(name, []).append(Found(f"grant.{name}", value, clause or NOTICE, quote))
    return [
        listed[0]
        for name, _ in _LABELS
        if (listed := values.get(name)) and len({str(one.value) for one in listed}) == 1
    ]


def _labelled(paper: Part) -> Iterator[tuple[str, Any, str, str]]:
    for block in paper.blocks:
        for line in block.text.splitlines():
            label, mark, rest = line.strip().lstrip("*•- ").partition(":")
            if not mark or len(label) > 70:
                continue
            for name, pattern in _LABELS:
                if re.fullmatch(
                    rf"(?:the )?{pattern}|(?:{pattern}) ?\([^)]*\)", label.strip(), re.IGNORECASE
                ):
                    value = _value(name, rest.strip())
                    if value is not None:
                        yield name, value, block.clause, " ".join(line.split())


def _value(name: str, written: str) -> Any:
    """What stands after a label, null where it is no single value."""
    if name == "shares":
        found = re.match(rf"{SHARES}\b", written)
        return whole_number(found["shares"]) if found else None
    if name == "price":
        found = re.match(r"(?:US)?\$ ?(\d[\d,]*(?:\.\d+)?)(?![\d,])", written)
        return Decimal(found[1].replace(",", "")) if found else None
    days = dates_in(written)
    return days[0] if len(days) == 1 and DATE.match(written) else None


def _in_sentences(paper: Part) -> Iterator[tuple[str, Any, str, str]]:
    for sentence in paper.sentences():
        for name, pattern in _NAMED_DAY:
            for found in pattern.finditer(sentence.text):
                for day in dates_in(found[0]):
                    yield name, day, sentence.clause, sentence.text
        size = _SIZE.search(in_digits(sentence.text))
        if size and not re.search(r"\bplan\b.{0,40}\breserved\b", sentence.text):
            yield "shares", whole_number(size["shares"]), sentence.clause, sentence.text
        price = _PRICE.search(sentence.text)
        if price:
            yield (
                "price",
                Decimal((price["price"] or price["each"]).replace(",", "")),
                sentence.clause,
                sentence.text,
            )


def award_of(paper: Part, facts: list[Found]) -> tuple[list[Granting], list[str]]:
    """The award as a rule of the board's making, with the sentences on vesting where no one schedule comes of them."""
    named = {fact.term: fact for fact in facts}
    size = named.get("grant.shares")
    schedule, unread, blank = _schedule(paper)
    if size is None and schedule is None:
        return [], unread
    name = "units" if is_of_units(paper) else "option"
    evidence = size or schedule
    assert evidence is not None
    shares = size.value if size else None
    found = Found("grant_rules", shares, evidence.clause, evidence.quote, SURE if size else LIKELY)
    more = {"award": "units"} if name == "units" else {}
    granting = Granting(name, "by_the_board", shares, found, more=more)
    if schedule is not None:
        granting.schedule = Found(
            f"grant_rules.{name}.schedule",
            schedule.value,
            schedule.clause,
            schedule.quote,
            schedule.confidence,
        )
        granting.open_day = blank
    return [granting], unread if schedule is None else []


def _schedule(paper: Part) -> tuple[Found | None, list[str], tuple[str, ...]]:
    """The one schedule that the paper states, the texts that gave none, and those that leave its first day open."""
    read: dict[str, tuple[Found, tuple[str, ...]]] = {}
    telling: list[str] = []
    for clause, text in _on_vesting(paper):
        if re.search(r"\b(?:vests?|vested|exercisable|lapse)\b", text, re.IGNORECASE) and text not in telling:
            telling.append(text)
        value = installment_schedule(_of_award(text))
        if value is not None:
            dated, open_ = with_first_day(value, text, paper)
            quote = _table_in_words(text)
            asked = () if open_ is None else tuple(filter(None, (open_, quote)))
            sure = SURE if open_ is None else LIKELY
            read.setdefault(repr(dated), (Found("", dated, clause or NOTICE, quote, sure), asked))
    if len(read) != 1:
        return None, telling[:4], ()
    schedule, asked = next(iter(read.values()))
    return schedule, [], asked


def _on_vesting(paper: Part) -> Iterator[tuple[str, str]]:
    """Texts on vesting by time: single sentences, and clauses whose sentences or items only together say it."""
    for sentence in paper.sentences():
        if _tells(sentence.text):
            yield sentence.clause, sentence.text
    for block in paper.blocks:
        for text in (_joined([block]), _joined(paper.under(block.clause)) if block.clause else ""):
            if _tells(_ratio_table(text)):
                yield block.clause, text


def _tells(text: str) -> bool:
    """Whether a text is on vesting by time, and not the line of a form that dates its start."""
    return (
        _VESTS.search(text) is not None
        and _NOT_BY_TIME.search(text) is None
        and re.match(r"(?:initial )?vesting (?:commencement |start |base )?date\b", text, re.IGNORECASE)
        is None
    )


def _joined(blocks: list[Block]) -> str:
    return " ".join(" ".join(block.text.split()) for block in blocks)


def _of_award(text: str) -> str:
    """The words on vesting, as a footnote would have them: without label, lead, and what is no condition of time."""
    text = re.sub(
        r"^It (?=vests?\b|becomes?\b|shall\b|will\b)", "The option ", _anniversary_table(_ratio_table(text))
    )
    text = re.sub(r"^.*?\b(?:Vesting(?: Schedule)?|Schedule|Restriction Period)[:.] ", "", text)
    text = re.sub(
        r"^(?:Subject to|Provided|So long as|If) [^,]*\b(?:service|employ\w+|agreement|plan)\b[^,]*, ",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(
        r"\b(?:the |all )?restrictions (?:shall|will) lapse(?: as to| with respect to)?\b",
        "the shares shall vest as to",
        text,
        flags=re.IGNORECASE,
    )


def _table_in_words(text: str) -> str:
    """A text with the rows of a table in it as ``first cell: second cell; …``; any other text as it stands."""
    if not re.search(r"\|[ :|-]*-{3,}[ :|-]*\|", text):
        return text
    rows = re.split(r"\|\s+\|", re.sub(r"\|(?: *:?-{3,}:? *\|)+", "|", text))
    cells = [[cell.strip() for cell in row.split("|") if cell.strip()] for row in rows]
    return "; ".join(": ".join(row) for row in cells if row)


def _ratio_table(text: str) -> str:
    """A table of vested ratios, so much on the first vesting date and so much for each period from it, in a sentence."""
    first = re.search(r"\bOn Initial Vesting Date\b[^|]*\| *(\d{1,3}/\d{1,3}) *\|", text)
    later = re.search(
        r"\bFor each (?:full |additional )?(year|month|quarter) of [^|]* from Initial Vesting Date until the Vested Ratio equals 1/1, an additional *\| *(\d{1,3}/\d{1,3}) *\|",
        text,
    )
    if not (first and later) or len(re.findall(r"\d{1,3}/\d{1,3} *\|", text)) != 2:
        return text
    return f"{first[1]} of the shares vest on the vesting start date and an additional {later[2]} of the shares vest each {later[1]} thereafter"


def _anniversary_table(text: str) -> str:
    """A table of percentages by anniversary, each alone or all so far, in a sentence."""
    head = re.search(
        r"\banniversary\b.{0,60}?\b(?:percent\w*|portion|cumulative)\b[^%]{0,60}?(?=\bfirst\b)",
        text,
        re.IGNORECASE,
    )
    rows = (
        re.findall(
            rf"\b({ORDINAL_WORD})(?: anniversary)?:?\s*\|?\s*(\d{{1,3}}(?:\.\d+)?)%",
            text.lower()[head.end() :],
        )
        if head
        else []
    )
    parts = [Fraction(part) for _, part in rows]
    if len(rows) < 2 or [ordinal(name) for name, _ in rows] != list(range(1, len(rows) + 1)):
        return text
    if parts[-1] == 100 and parts == sorted(set(parts)):
        parts = [part - before for before, part in pairwise([Fraction(0), *parts])]
    said = [
        f"{float(part):g}% on the {name} anniversary of the grant date"
        for (name, _), part in zip(rows, parts, strict=True)
    ]
    return f"The option shall vest as to {', '.join(said[:-1])} and {said[-1]}" if sum(parts) == 100 else text


def named_end(paper: Part) -> Found | None:
    """The sentence that calls a day the expiration date."""
    for sentence in paper.sentences():
        labelled = re.match(r"(?:Option )?(?:Expiration|Final Exercise) Date:\s*[A-Za-z0-9]", sentence.text)
        if labelled or re.search(
            r"\bexpir\w+\b.*\((?:the )?[\"“](?:Expiration|Expiry|Final Exercise) Date[\"”]\)", sentence.text
        ):
            return Found("final_exercise_date", True, sentence.clause or NOTICE, sentence.text)
    return None


def life_of(facts: list[Found]) -> Found | None:
    """The option's life in years where its last day is an anniversary of the grant, or the day before one."""
    named = {fact.term: fact for fact in facts}
    first, last = named.get("grant.date"), named.get("grant.final_exercise_date")
    if first is None or last is None:
        return None
    years = last.value.year - first.value.year
    if years < 1 or not 0 <= (_anniversary(first.value, years) - last.value).days <= 1:
        return None
    return Found("cap.years", years, last.clause, last.quote, LIKELY)


def _anniversary(day: date, years: int) -> date:
    return months_after(day, 12 * years)
