"""Terms that a plan states in one sentence: pool, cap, price, adjustment, exercise, who is eligible, and history."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.plans.reader.found import LIKELY, Found
from lib.plans.reader.outline import Part, dates_in
from lib.plans.reader.words import LENGTH, SHARES, length, whole_number


def pool(plan: Part) -> Iterator[Found]:
    """The share limit, the splits its figures already reflect, and what returns."""
    limits: dict[int, Found] = {}
    for sentence in plan.sentences():
        text = sentence.text.lower()
        limit = re.search(
            rf"(?:(?:maximum|total)(?: aggregate)? number of shares\b.{{0,140}}?\bissued\b.{{0,60}}?\b(?:shall (?:be|not exceed)|is|will be)\b[^.]{{0,60}}?{SHARES}"
            rf"|at most {SHARES.replace('shares', 'most')} shares\b.{{0,60}}?\bmay be issued"
            rf"|\b{SHARES.replace('shares', 'kept')} shares\b.{{0,60}}?\b(?:are|is|shall be|will be|have been) (?:hereby )?(?:reserved|authorized|available)\b.{{0,30}}?\b(?:issu|grant|under)"
            rf"|(?:total|aggregate) (?:number )?of {SHARES.replace('shares', 'total')} shares\b.{{0,80}}?\b(?:reserved|available|issued)\b)",
            text,
        )
        around = text[max(0, limit.start() - 60) : limit.end()] if limit else ""
        if limit and not re.search(
            r"\bany (?:one )?(?:participant|individual|employee|fiscal year|calendar year)|per (?:participant|year)",
            around,
        ):
            value = whole_number(limit["shares"] or limit["most"] or limit["kept"] or limit["total"])
            limits.setdefault(value, Found("pool.limit", value, sentence.clause, sentence.text))
        splits = re.search(
            r"\b(?:reflect|count|give effect to)s?\b.{0,30}\bstock splits?\b.{0,40}\b(?:prior to|before)\b",
            text,
        )
        dates = dates_in(sentence.text)
        if splits and len(dates) == 1:
            yield Found("pool.reflects_splits_before", dates[0], sentence.clause, sentence.text)
        ends = re.search(r"\b(?:expires?|terminate[sd]?|lapses?|ends?|forfeited|cancel\w+)\b", text)
        back = re.search(
            r"\b(?:again (?:be(?:come)? )?available|become available|be available (?:again )?for|(?:are|is) free for|added back|limit shall be increased|return to)\b",
            text,
        )
        if ends and back and re.search(r"\b(?:shares|unexercised)\b", text):
            yield Found(
                "pool.returns",
                "unexercised",
                sentence.clause.split("(i)")[0] if sentence.items else sentence.clause,
                sentence.text,
            )
    if len(limits) == 1:
        yield next(iter(limits.values()))


def cap(plan: Part) -> Iterator[Found]:
    """The longest life of an option."""
    for sentence in plan.sentences():
        text = sentence.text.lower()
        pattern = (
            r"\b(?:no|any|each|an|the) (?:[\w-]+ ){0,3}?options?\b[^.;]{0,60}?(?:exercis\w+ (?:more than|later than|after)(?: the expiration of)?|(?:shall |will )?(?:expires?|terminates?)(?: no later than)?|have a term of|has a term of)"
            rf" {LENGTH} (?:after|from|following) (?:the |its |such )?(?:effective )?(?:date of (?:the )?grant|date of option grant|grant date|date of grant)"
        )
        general = (
            r"\bterm (?:of (?:each|any|an|the) option )?(?:will|shall) (?:be no (?:more|longer) than|not exceed|be)"
            rf" {LENGTH} (?:after|from|following) the date of (?:the )?grant"
        )
        for found in (*re.finditer(pattern, text), *re.finditer(general, text)):
            before = text[max(0, found.start() - 10) : found.end()]
            whole = text[: found.start()] if found.re.pattern == general else ""
            if re.search(r"ten percent|10%|incentive stock option granted to", before + whole):
                continue
            measured = length(found)
            if measured and not measured.get("months", 1) % 12 and "months" in measured:
                yield Found(
                    "cap.years", measured["months"] // 12, sentence.clause_at(found.start()), sentence.text
                )
        dated = re.search(
            rf"expiration date:?[* ]*\s*the date {LENGTH} after the date of (?:option )?grant", text
        )
        if dated and (measured := length(dated)) and measured.get("months", 1) % 12 == 0:
            yield Found("cap.years", measured["months"] // 12, sentence.clause, sentence.text, LIKELY)


def price(plan: Part) -> Iterator[Found]:
    """The price rule, where the plan fixes one and leaves nobody a choice."""
    for sentence in plan.sentences():
        text = sentence.text.lower()
        named = re.search(
            r"\b(?:exercise|option|purchase) price\b|\bprice (?:of one share|per share)\b", text
        )
        fixed = re.search(
            r"\bprice\b.{0,90}?\b(?:shall (?:be|equal)|is|will (?:be|equal))\b (?:equal to )?(?!(?:not|no|established|determined|subject|adjusted)\b)",
            text,
        )
        if (
            not named
            or not fixed
            or re.search(
                r"not (?:be )?less than|at least|discretion|percent|%|adjust|aggregate|multipl|payable|paid",
                text,
            )
        ):
            continue
        rest = text[fixed.end() :]
        basis = None
        if re.match(r".{0,20}(?:last (?:reported )?sales? prices?|last sale price)", rest):
            basis = "last_sale"
        elif re.match(r".{0,20}closing (?:sales? )?price", rest):
            basis = "closing"
        elif re.match(r".{0,12}average of the high", rest):
            basis = "average_high_low"
        elif re.match(r".{0,12}fair market value", rest):
            basis = "fair_market_value"
        if basis is None or not re.search(r"\bdate of (?:the )?grant\b|\bgrant date\b", text):
            continue
        value: dict[str, object] = {"basis": basis}
        if re.search(
            r"\bnearest (?:preceding|earlier|prior) day|\b(?:next|last|immediately) preceding (?:trading )?day",
            text,
        ):
            value["without_a_price"] = "preceding_day"
        yield Found("price", value, sentence.clause, sentence.text)


def adjustment(plan: Part) -> Iterator[Found]:
    """What a split does to shares and price."""
    for block in plan.blocks:
        words = " ".join(block.text.lower().split())
        if re.search(r"\bstock (?:split|dividend)", words) and re.search(r"\badjust", words):
            whole = " ".join(" ".join(under.text for under in plan.under(block.clause)).split())
            lowered = whole.lower()
            if not re.search(
                r"outstanding (?:options?|awards?)|covered by each outstanding|options outstanding", lowered
            ):
                continue
            kept = (
                "aggregate"
                if re.search(r"aggregate (?:purchase |exercise )?price", lowered)
                else "proportional"
            )
            yield Found("splits", kept, block.clause, whole[:1500])


def exercise(plan: Part) -> Iterator[Found]:
    """How an option is exercised."""
    for sentence in plan.sentences():
        text = sentence.text.lower()
        about = f"{text} {sentence.heading.lower()}"
        told = re.search(r"\bwritten notice\b|\bnotice of exercise\b|\bin writing\b", text)
        paid = re.search(r"\b(?:payment|price|cash|company receives|accompanied|to the company)\b", text)
        if not (told and paid and re.search(r"\bexercis\w+\b", about)):
            continue
        if not re.search(r"\bdesignat|\bterminat\w+ immediately|represent", text):
            yield Found("exercise", "written notice", sentence.clause, sentence.text)


def eligibility(plan: Part) -> Iterator[Found]:
    """Whether employees are among those who take part."""
    for sentence in plan.sentences():
        text = sentence.text.lower()
        directors = re.search(r"\bdirectors?\b", text)
        outside = re.search(
            r"\bdirectors?\b.{0,60}\b(?:who (?:are|is) not (?:an )?employees?|who is employed neither|not employed)\b",
            text,
        )
        if outside and (
            re.search(r"\beligible\b", text) or re.search(r"part|eligib", sentence.heading.lower())
        ):
            yield Found("eligibility.excludes_employees", True, sentence.clause, sentence.text)
        elif directors and re.search(r"\b(?:each|every) non-employee director shall receive\b", text):
            yield Found("eligibility.excludes_employees", True, sentence.clause, sentence.text, LIKELY)
        elif re.search(
            r"\bmay be granted (?:only )?to employees\b.{0,40}\b(?:and|or)\b.{0,40}\b(?:directors|consultants)\b",
            text,
        ):
            yield Found("eligibility.excludes_employees", False, sentence.clause, sentence.text)


_STEPS = re.compile(
    r"\b(adopted|approved|amended(?: and restated)?|amendments? (?:and restatement )?(?:\(attached\) )?approved)\b",
    re.IGNORECASE,
)


def history(plan: Part, amendments: list[Part]) -> list[Found]:
    """The plan's steps with their dates, in order."""
    steps: dict[object, Found] = {}
    for sentence in plan.sentences():
        if (
            len(sentence.text) > 400
            or not _STEPS.search(sentence.text)
            or not re.search(r"\bboard\b|\b(?:stock|share)holders\b", sentence.text, re.IGNORECASE)
        ):
            continue
        for day in dates_in(sentence.text):
            steps.setdefault(day, Found("history", day, "Adoption note", sentence.text))
    for amendment in amendments:
        for day in dates_in(amendment.heading.title()):
            target = next((block.clause for block in amendment.blocks if block.clause), "")
            clause = f"Amendment of {target}" if target else "Amendment"
            steps[day] = Found("history", day, clause, amendment.heading)
    return [steps[day] for day in sorted(steps, key=str)]
