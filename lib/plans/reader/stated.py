"""Terms that a plan states in one sentence: pool, cap, price, adjustment, exercise, who is eligible, and history."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.plans.reader.found import LIKELY, SURE, Found
from lib.plans.reader.outline import Part, dates_in
from lib.plans.reader.words import LENGTH, ORDINAL_WORD, SHARES, in_digits, length, whole_number
from lib.plans.vesting_words import MONTHS, ordinal

_LIMIT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:(?:maximum|total|aggregate)(?: aggregate)? number of shares\b|number of shares\b[^.]{{0,60}}\b(?:that|which) may be\b).{{0,170}}?\b(?:shall (?:be|not exceed)|will (?:be|not exceed)|may not exceed|is(?: limited to)?|not to exceed)\b[^.]{{0,60}}?{SHARES}",
        rf"\bmay be (?:issued|sold|granted)\b[^.]{{0,60}}?\b(?:shall|may|will) not exceed(?: in the aggregate)? {SHARES} shares",
        rf"\b(?:at most|not more than|no more than|up to|a maximum of|an aggregate of(?: not more than)?|a total of(?: not more than)?) {SHARES} shares\b.{{0,90}}?\bmay be (?:issued|sold|delivered|granted|purchased|optioned|awarded)",
        rf"\b{SHARES} shares\b.{{0,80}}?\b(?:(?:are|is|shall be|will be|have been) (?:hereby |initially )?(?:reserved|authorized|available|set aside)|may be issued)\b.{{0,30}}?\b(?:issu|grant|under|for)",
        rf"\b(?:total|aggregate) (?:number )?of {SHARES} shares\b.{{0,80}}?\b(?:reserved|available|issued)\b",
        rf"\bthere (?:shall|will) be (?:reserved|available|authorized)\b[^.]{{0,60}}?{SHARES} shares\b",
        rf"\bthere (?:are|is|shall be|will be)\b[^.]{{0,40}}?{SHARES} shares\b.{{0,60}}?\b(?:reserved|available|set aside|authorized)\b",
        rf"\b(?:reserves?|(?:shall|will|has|have) (?:hereby )?(?:reserved?|set aside)|hereby reserves)\b[^.]{{0,60}}?{SHARES} shares\b.{{0,60}}?\b(?:issu|plan|option)",
    )
)
_PER_HOLDER = re.compile(
    r"\b(?:any|each|a single|one) (?:one )?(?:participant|individual|employee|person|director|optionee|fiscal year|calendar year|year)|per (?:participant|year|person)|\bof which\b|\bincentive stock options\b|\bincreas|\bannual(?:ly)?\b"
)
_GROWS = re.compile(
    r"\bplus\b|\bincreased? (?:annually|each|every|on|as of)\b|\bannual increase|\btogether with\b"
)
_ENDS_UNEXERCISED = re.compile(
    r"\b(?:expires?|expired|terminate[sd]?|lapses?|lapsed|ends?|forfeited|cancel\w+|surrendered|unexercised)\b"
)
_BACK = re.compile(
    r"\b(?:again (?:be(?:come)? )?available|become available|be available (?:again )?for|(?:are|is) free for|added back|limit shall be increased|returns? to|again be (?:made )?(?:subject to|optioned|granted|awarded|used|issued)|again be (?:made )?available|may again be\b|\b(?:used|issued|granted|awarded|available|optioned) again\b)"
)


def pool(plan: Part) -> Iterator[Found]:
    """The share limit, the splits its figures already reflect, and what returns."""
    limits: dict[int, Found] = {}
    for sentence in plan.sentences():
        text = in_digits(sentence.text.lower())
        for found in (match for pattern in _LIMIT if (match := pattern.search(text))):
            around = text[max(0, found.start() - 60) : found.end("shares")]
            if not _PER_HOLDER.search(around) and not _GROWS.search(text[found.end("shares") :]):
                value = whole_number(found["shares"])
                limits.setdefault(value, Found("pool.limit", value, sentence.clause, sentence.text))
                break
        splits = re.search(
            r"\b(?:reflect|count|give effect to)s?\b.{0,30}\bstock splits?\b.{0,40}\b(?:prior to|before)\b",
            text,
        )
        dates = dates_in(sentence.text)
        if splits and len(dates) == 1:
            yield Found("pool.reflects_splits_before", dates[0], sentence.clause, sentence.text)
        if (
            _ENDS_UNEXERCISED.search(text)
            and _BACK.search(text)
            and re.search(r"\b(?:shares|unexercised)\b", text)
            and not re.search(
                r"\b(?:shall|will|may) not (?:again )?(?:be|become) (?:again )?available|\bnot again\b", text
            )
        ):
            clause = sentence.clause.split("(i)")[0] if sentence.items else sentence.clause
            yield Found("pool.returns", "unexercised", clause, sentence.text)
    if len(limits) == 1:
        yield next(iter(limits.values()))


_LASTS = re.compile(
    rf"\b(?:no|any|each|every|an|the|your|this) (?:[\w-]+ ){{0,3}}?options?\b[^.;]{{0,80}}?(?:exercis\w+ (?:more than|later than|after)(?: the expiration of)?|(?:shall |will )?(?:expires?|terminates?|lapses?)(?: no later than| automatically)?(?: on the date)?(?: that is)?|(?:shall )?(?:have|has) a (?:maximum )?term of)"
    rf" {LENGTH} (?:after|from|following) (?:the |its |such )?(?:effective )?(?:date (?:of (?:the |its )?grant|of option grant|(?:on which )?it (?:was|is) granted|(?:the|such) option (?:was|is) granted)|grant date|grant\b)"
)
_TERM = re.compile(
    r"\b(?:term|duration|period) (?:of (?:each|any|an|the|every) (?:[\w-]+ )?options? )?(?:will|shall|may|is) (?:be (?:no (?:more|longer) than)?|not (?:exceed|be (?:more|longer) than))? ?"
    rf"(?:a period of )?{LENGTH}(?: (?:after|from|following) (?:the|its) (?:date of (?:the |its )?grant|grant date))?(?=[,.;]|$| (?:or|and|unless|subject|except))"
)
_HAVE_A_TERM = re.compile(
    rf"\boptions? (?:granted )?[^.;]{{0,40}}?(?:shall |will )?(?:have|has) a term of {LENGTH}(?: (?:after|from|following) (?:the|its) (?:date of (?:the |its )?grant|grant date))?(?=[,.;]|$| (?:or|and|unless|subject))"
)
_BY_ANNIVERSARY = re.compile(
    rf"\b(?:no|any|each|every|an|the|your|this) (?:[\w-]+ ){{0,3}}?options?\b[^.;]{{0,160}}?\b(?:(?:later|more) than|after|on|upon|until)(?: \w+){{0,8}}?[,:;a-z() ]{{0,10}}?(?P<eve>the day before )?the (?P<which>{ORDINAL_WORD})(?: \(\d+th\))? anniversary of (?:the |its )?(?:date of (?:the )?(?:option )?grant|grant date|grant)\b"
)
_IF_SOONER = re.compile(rf"\bif (?:earlier|sooner|later)\b[^.;]{{0,30}}\b{LENGTH}\b")
_ENDS_THEN = re.compile(r"\bexpir|\bterminat|\blaps|\blater than\b|\bafter\b|^no\b")
_BEGINS_THEN = re.compile(r"\bvest|\binstallment|\bbecomes? (?:fully )?exercisable")
_HOUR = re.compile(r"\b(?:at )?\d{1,2}:\d\d [ap]\.?m\.?(?:,? \w+ time)?,?")
_OF_SOME = re.compile(r"ten[- ]percent|10%|incentive stock option (?:granted to|of)|five years for")


def cap(plan: Part) -> Iterator[Found]:
    """The longest life of an option."""
    for sentence in plan.sentences():
        ends = re.search(r"\b(?:expires?|terminates?|term)\b", sentence.lead)
        text = _HOUR.sub("", sentence.whole if ends else sentence.text.lower())
        for pattern in (_LASTS, _TERM, _HAVE_A_TERM):
            for found in pattern.finditer(text):
                before = text[max(0, found.start() - 60) : found.end()]
                if (
                    _OF_SOME.search(before)
                    or _IF_SOONER.search(text[found.end() :])
                    or re.search(r"\bterm\b.{0,20}\bplan\b|\bplan\b.{0,20}\bterm\b", before)
                ):
                    continue
                years = _years(length(found))
                if years is not None:
                    clause = sentence.clause if ends else sentence.clause_at(found.start("number"))
                    yield Found("cap.years", years, clause, sentence.text)
        by_day = _BY_ANNIVERSARY.search(text)
        if (
            by_day
            and _ENDS_THEN.search(by_day[0])
            and not _BEGINS_THEN.search(by_day[0])
            and (number := ordinal(by_day["which"]))
        ):
            sure = LIKELY if by_day["eve"] else SURE
            yield Found("cap.years", number, sentence.clause, sentence.text, sure)
        dated = re.search(
            rf"expiration date:?[* ]*\s*the date {LENGTH} after the date of (?:option )?grant", text
        )
        if dated and (years := _years(length(dated))) is not None:
            yield Found("cap.years", years, sentence.clause, sentence.text, LIKELY)


def _years(measured: dict[str, int] | None) -> int | None:
    months = (measured or {}).get("months", 1)
    return months // 12 if months % 12 == 0 else None


_FINAL_DAY = re.compile(
    r"\b(?:term|expiration date|expiry|expiration of the (?:option|award))\b[^.;]{0,60}\b(?:set forth|stated|specified|fixed|named|provided|determined|established)\b[^.;]{0,40}\b(?:(?:option|award|grant) agreement|agreement evidencing|committee|grant notice|notice of grant)\b"
    r"|\bterm of (?:each|any|an|the|every) (?:stock )?option shall be (?:fixed|determined|set|established|as stated|stated|specified) (?:by|in)\b",
    re.IGNORECASE,
)


def final_day(plan: Part) -> Found | None:
    """Where a plan leaves it to each grant to name its last day."""
    for sentence in plan.sentences():
        found = _FINAL_DAY.search(sentence.text)
        if found and re.search(r"\boptions?\b", sentence.text, re.IGNORECASE):
            return Found("final_exercise_date", True, sentence.clause, sentence.text, LIKELY)
    return None


_FIXED_PRICE = re.compile(
    r"\bprice\b.{0,120}?\b(?:shall (?:be|equal)|is|will (?:be|equal)|equals|of not less nor more than)\b (?:equal to )?(?!(?:not|no|established|determined|subject|adjusted|set)\b)"
    r"|\bshares (?:of [\w ]{3,30} )?(?:at|for) (?:a price equal to |an exercise price equal to )?(?=the closing|100|the fair market|the last|the average)"
)
_BASIS = (
    ("last_sale", r"(?:last (?:reported )?sales? prices?|last sale price)"),
    ("closing", r"closing (?:sales? )?price"),
    (
        "average_high_low",
        r"(?:average|mean|midpoint)(?: of| between)? (?:the )?(?:reported )?(?:high|lowest|highest)",
    ),
    ("fair_market_value", r"fair market value"),
)
_GRANT_DAY = r"\bdate of (?:the |its )?grant\b|\bgrant date\b|\bdate (?:the|such|on which the) option (?:is|was) granted\b|\bthat (?:day|date)\b|\bday of (?:the )?grant\b"
_CHOICE = r"not (?:be )?less than|at least|discretion|\b(?!100)\d+ ?(?:%|percent)|adjust|aggregate|multipl|payable|paid\b|incentive stock option|ten percent|\bunless\b|\b(?:greater|lesser|higher|lower) of\b|\bweighted\b|average of the closing|\btrading days\b|\bbusiness days\b"
_DAY_BEFORE = re.compile(
    r"\b(?:trading |business )?day (?:immediately )?(?:preceding|before|prior to) (?:the )?(?:date of (?:the )?grant|grant date|date on which the option is granted)"
)


def price(plan: Part) -> Iterator[Found]:
    """The price rule, where the plan fixes one and leaves nobody a choice."""
    meaning = _fair_market_value(plan)
    for sentence in plan.sentences():
        text = re.sub(r"\bone hundred percent \(100%\)|\bone hundred percent", "100%", sentence.text.lower())
        named = re.search(
            r"\b(?:exercise|option|purchase) price\b|\bprice (?:of one share|per share)\b|\boptions? to purchase\b",
            text,
        )
        fixed = _FIXED_PRICE.search(text)
        if not named or not fixed or re.search(_CHOICE, text) or not re.search(_GRANT_DAY, text):
            continue
        basis = _basis(re.sub(r"^(?:100(?:%| percent) of )", "", text[fixed.end() :]))
        which = re.search(r"\bfair market value\b.*\b(?:which (?:is|shall be)|being|i\.e\.,) (.*)", text)
        if basis == "fair_market_value":
            basis = (_basis(which[1]) if which else None) or meaning or basis
        if basis is None:
            continue
        value: dict[str, object] = {"basis": basis}
        if re.search(
            r"\bnearest (?:preceding|earlier|prior) day|\b(?:next|last|immediately) preceding (?:trading )?day",
            text,
        ):
            value["without_a_price"] = "preceding_day"
        before = _DAY_BEFORE.search(text) is not None and "without_a_price" not in value
        if before:
            value["day"] = "day_before"
        yield Found("price", value, sentence.clause, sentence.text, LIKELY if before else SURE)


def _basis(text: str) -> str | None:
    """The market price that a text begins with."""
    return next((basis for basis, pattern in _BASIS if re.match(rf".{{0,20}}?{pattern}", text)), None)


def _fair_market_value(plan: Part) -> str | None:
    """What fair market value means in the plan, where one sentence says so on no condition."""
    meant = set()
    for sentence in plan.sentences():
        text = sentence.text.lower()
        found = re.search(
            r"[\"“]?fair market value[\"”]?(?: of [^.]{1,60}?)? (?:means|shall mean|shall be|is) (.*)", text
        )
        if found and "price" in found[1]:
            several = re.search(r"\bif\b|\bor\b(?! (?:on|its|any successor))|\(i\)|\(a\)", found[1])
            meant.add(None if several or not re.search(_GRANT_DAY, text) else _basis(found[1]))
    return meant.pop() if len(meant) == 1 else None


_SPLITS = re.compile(
    r"\b(?:stock|share) (?:split|dividend)|\bstock is split\b|\bsplit(?:-up)? of|\bdividend is paid in shares|\bsplits?\b.{0,40}\bstock dividend"
)
_ON_OPTIONS = re.compile(
    r"outstanding (?:options?|awards?)|covered by (?:each|any|all)? ?outstanding|options? outstanding|under (?:each |any |all )?(?:outstanding )?(?:options?|awards?)|subject to (?:each |any |all )?(?:outstanding )?(?:options?|awards?)"
)


_NO_ADJUSTMENT = re.compile(
    r"\bno adjustments? (?:shall|will) be made (?:for|upon|in the event of) (?:any |a )?(?:stock|share) (?:split|dividend)|\bneed not\b[^.]{0,40}\badjust"
)
_MAY_ADJUST = re.compile(r"\b(?:committee|board|administrator|company) may\b[^.;]{0,40}\badjust")
_SHALL_ADJUST = re.compile(
    r"\b(?:shall|will)\b[^.;]{0,60}\badjust|\badjustments?\b[^.;]{0,120}\b(?:shall|will) be made"
)


def adjustment(plan: Part) -> Iterator[Found]:
    """What a split does to shares and price."""
    for block in plan.blocks:
        words = " ".join(block.text.lower().split())
        if not (_SPLITS.search(words) and re.search(r"\badjust", words)) or _NO_ADJUSTMENT.search(words):
            continue
        if _MAY_ADJUST.search(words) and not _SHALL_ADJUST.search(words):
            continue
        whole = " ".join(" ".join(under.text for under in plan.under(block.clause)).split())
        lowered = whole.lower()
        plainly = re.search(r"\bnumber of shares and the price\b|\bnumber and (?:the )?price\b", lowered)
        if not (_ON_OPTIONS.search(lowered) or (plainly and "proportion" in lowered)):
            continue
        kept = (
            "aggregate" if re.search(r"aggregate (?:purchase |exercise )?price", lowered) else "proportional"
        )
        sure = SURE if _ON_OPTIONS.search(lowered) and "proportion" in lowered else LIKELY
        yield Found("splits", kept, block.clause, whole[:1500], sure)


def exercise(plan: Part) -> Iterator[Found]:
    """How an option is exercised."""
    for sentence in plan.sentences():
        text = sentence.text.lower()
        about = f"{text} {sentence.heading.lower()}"
        told = re.search(
            r"\bwritten notice\b|\bnotice of exercise\b|\bin writing\b|\b(?:by|delivers?|delivering|gives?|giving) (?:a |signed )?notice\b|\bexercise notice\b",
            text,
        )
        paid = re.search(r"\b(?:payment|price|cash|company receives|accompanied|to the company|pay)\b", text)
        if not (told and paid and re.search(r"\bexercis\w+\b", about)):
            continue
        if not re.search(r"\bdesignat|\bterminat\w+ immediately|represent|\bdisqualif", text):
            yield Found("exercise", "written notice", sentence.clause, sentence.text)


_NOT_EMPLOYED = r"(?:(?:who |that )?(?:are|is) not (?:(?:an? )?(?:officers? or )?employees?|employed|otherwise employed|full-time employees?)|who is employed neither|not employed|who are neither officers nor employees)"
_OUTSIDE = re.compile(rf"\b(?:directors?|members? of the board)\b.{{0,60}}?\b{_NOT_EMPLOYED}\b")
_TAKES_PART = re.compile(
    r"\beligible\b|\breceive\b|\bparticipa\w+\b|\bgranted\b|\b(?:non-employee|outside|independent) directors?\b"
)
_EMPLOYEES = re.compile(
    r"\bemployees?\b[^.;]{0,90}?\b(?:are|is|shall be|will be) eligible\b|\bmay be (?:granted|awarded|made)(?: only)? to (?:any |key )?(?:\w+ )?employees\b|\bparticipation\b.{0,30}\blimited to (?:[\w-]+ )?employees\b|\b(?:any|an|each|all|key) (?:[\w-]+ )?employees?\b[^.;]{0,90}?\b(?:may be (?:selected|granted|designated)|may participate|shall be eligible|is eligible|are eligible)"
    r"|\bemployees\b[^.;]{0,60}\beligible (?:to|for)\b"
)


_DEFINED_OUTSIDE = re.compile(
    rf"[\"“](?:non-?employee|outside|eligible|independent) directors?[\"”] (?:means|shall mean)\b.{{0,80}}?\b{_NOT_EMPLOYED}\b"
)
_ONLY_OUTSIDE = re.compile(
    r"\beligible\b[^.;]{0,60}?\b(?:is|are|be) (?:only )?(?:the |all |each )?(?:non-?employee|outside|eligible|independent) directors?\b|\boptions (?:shall|may|will) be granted only to (?:non-?employee|outside|eligible|independent) directors\b"
)


def eligibility(plan: Part) -> Iterator[Found]:
    """Whether employees are among those who take part."""
    defined = any(_DEFINED_OUTSIDE.search(sentence.text.lower()) for sentence in plan.sentences())
    for sentence in plan.sentences():
        text = sentence.text.lower().replace("other than incentive stock options", "")
        heading = sentence.heading.lower()
        about = re.search(r"part|eligib|who may", heading) or re.search(r"\beligible\b", text)
        outside = _OUTSIDE.search(text)
        if re.search(r"\bnot (?:be )?eligible\b", text):
            continue
        employees = re.sub(r"\b(?:not|neither) (?:an? )?(?:\w+ (?:or|nor) )?employees?\b", "", text)
        if (outside and _TAKES_PART.search(text) and (about or re.search(r"\bonly\b", text))) or (
            defined and _ONLY_OUTSIDE.search(text)
        ):
            yield Found("eligibility.excludes_employees", True, sentence.clause, sentence.text)
        elif re.search(r"\b(?:each|every) non-employee director shall receive\b", text):
            yield Found("eligibility.excludes_employees", True, sentence.clause, sentence.text, LIKELY)
        elif (
            not outside and _EMPLOYEES.search(employees) and not re.search(r"\bincentive stock option", text)
        ):
            sure = SURE if re.search(r"\bdirectors?\b|\bconsultants?\b", text) else LIKELY
            yield Found("eligibility.excludes_employees", False, sentence.clause, sentence.text, sure)


_STEPS = re.compile(
    rf"\b(adopted|approved|effective (?=(?:on |as of )?(?:{'|'.join(MONTHS)}) \d)|amended(?: and restated)?|amendments? (?:and restatement )?(?:\(attached\) )?approved)\b",
    re.IGNORECASE,
)


def history(plan: Part, amendments: list[Part]) -> list[Found]:
    """The plan's steps with their dates, in order."""
    steps: dict[object, Found] = {}
    for sentence in plan.sentences():
        if (
            len(sentence.text) > 400
            or not _STEPS.search(sentence.text)
            or not re.search(
                r"\bboard\b|\b(?:stock|share)holders\b|\bplan\b[^.]{0,40}\beffective\b|\(effective (?:as of )?[a-z]+ \d",
                sentence.text,
                re.IGNORECASE,
            )
        ):
            continue
        until = re.split(r"\bterminat\w+\b|\bexpires?\b", sentence.text)[0]
        for day in dates_in(until):
            steps.setdefault(day, Found("history", day, "Adoption note", sentence.text))
    for amendment in amendments:
        for day in dates_in(amendment.heading.title()):
            target = next((block.clause for block in amendment.blocks if block.clause), "")
            clause = f"Amendment of {target}" if target else "Amendment"
            steps[day] = Found("history", day, clause, amendment.heading)
    return [steps[day] for day in sorted(steps, key=str)]
