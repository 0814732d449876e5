"""The core of a vesting sentence: subjects, verbs and conditions of service reduced to single signs.

What is left after this says only how much vests when. ``S`` is whatever vests, ``V`` says that it does, ``R`` is
the rest of it, and ``@g``, ``@s`` or ``@{d0}`` the day from which time is counted: grant, vesting start, or a date.
"""

from __future__ import annotations

import re

_ADJECTIVES = (
    r"total|number of|reported|original|time-based|time-vested|time-vesting|restricted|stock|share|deferred|employee"
    r"|nonqualified|non-qualified|nonstatutory|incentive|director|class [a-c]|common|ordinary|unvested|granted|initial"
    r"|annual(?= (?:option|grant|award|rsu))|underlying|phantom|google stock|such"
)
_NOUNS = (
    r"options?(?: to (?:buy|purchase))?(?! to)|rsu's|rsus?|gsus?|dsus?|sars?|units?|shares?|stock|awards?|grants?(?! date)|securities|warrants?"
    r"|appreciation rights?"
)
_PHRASE = rf"(?:(?:the|these|this|such|each|all|an?|of|{_ADJECTIVES}) )*(?:{_NOUNS})(?: \((?:\"|the)[^()]{{1,40}}\))?"
SUBJECT = re.compile(
    rf"\b{_PHRASE}(?:,? (?:granted|awarded)(?: to the reporting person)?(?: (?:on )?(?:@)?\{{d\d+\}})?,?)?"
    rf"(?: (?:of|subject to|underlying|covered by|represented by|under) {_PHRASE})*(?![\w-])"
)
_VERB = (
    r"(?:vesting(?= (?:in|on|as to|monthly|quarterly|annually|over|every|each|equally)\b)|(?:(?:will|shall|(?:is|are) scheduled to) )?(?:(?:fully |cliff[- ])?vest(?:s|ed)?|(?:first )?(?:become|becomes|became|be|is|are)"
    r" (?:fully )?(?:vested|exercisable)))"
)
VERB = re.compile(
    rf"\b{_VERB}(?:,? and(?: (?:will|shall))?(?: (?:become|becomes|became|be|is|are))?(?: first)?"
    r" (?:fully )?(?:exercisable|vest(?:ed|s)?|converts?(?: into (?:shares of )?(?:class [a-c] )?common stock)?|settles?))?"
    r"(?: in equal parts)?\b"
)
REST = re.compile(
    rf"\b(?:the )?(?:(?:remainder|balance|rest)(?: (?:of )?{_PHRASE})?|remaining (?:{_PHRASE}|portion|amount)(?: (?:of|subject to) {_PHRASE})*)(?![\w-])"
)
_START = r"(?:vesting (?:commencement|start|base) date|initial vesting date|vesting commencement)"
_GRANT = r"(?:date of (?:the |such |its )?(?:grant|award|issuance)|(?:original )?grant date|award date|grant(?= of such))"
ANCHORS = (
    (re.compile(rf"\b(?:the |such |its )?{_START},? (?:of |\(|which is |being )?(\{{d\d+\}})\)?"), r"@\1"),
    (re.compile(rf"\b(?:the |such )?(\{{d\d+\}}) {_START}"), r"@\1"),
    (re.compile(rf"\b(\{{d\d+\}}) \((?:the )?\"?{_START}\"?\)"), r"@\1"),
    (re.compile(rf"\b(?:the |such |its |their )?{_GRANT},? (?:of |\()?(\{{d\d+\}})\)?"), r"@\1"),
    (re.compile(rf"\b(?:the |such |its |their )?{_START}(?!\w)"), "@s"),
    (re.compile(rf"\b(?:the |such |its |their )?{_GRANT}(?!\w)"), "@g"),
    (re.compile(r"\banniversary date of the (?:award|grant),? \(?(\{d\d+\})\)?,?"), r"anniversary, \1"),
    (re.compile(r"\banniversary(?: date)? of the (?:award|grant)\b"), "anniversary of @g"),
    (re.compile(r"\banniversaries of the (?:award|grant)\b"), "anniversaries of @g"),
    (re.compile(r"(?<=anniversary of )(\{d\d+\})"), r"@\1"),
    (re.compile(r"(?<=anniversaries of )(\{d\d+\})"), r"@\1"),
)
_PERSON = r"(?:(?:the |such )?(?:reporting person|recipient|option ?holder|holder|grantee|participant|optionee|outside director|non-employee director|executive|director|awardee|employee|mr\. \w+|ms\. \w+)(?:'s|s')?|his|her|their|his or her|the individual's|your|you)"
_SERVICE = rf"(?:{_PERSON} )?(?:continued |continuous |continuing )?(?:(?:provision of )?services?|employment|status|board service|service relationship|provision of service)"
_TAIL = rf"(?:\b(?:in each case|in all cases|each case|generally)\b,? ?)?(?:,? ?)(?:(?:subject(?:,? in each case,?)? to|contingent (?:on|upon)|conditioned (?:on|upon)|assuming)(?: in each case to)? (?:{_SERVICE}|{_PERSON} continuing)|(?:so long as|if|provided(?:,? (?:that|however))*,?) {_PERSON} (?:continues|remains|is|continue|remain)\b(?! not))[^.;()]*"
SERVICE_TAIL = re.compile(rf"[,;]? ?(?:\((?:{_TAIL})\)|(?:{_TAIL}))")
BUSINESS_DAY = re.compile(
    r"[,;(] ?(?:unless|if|or if) (?:that|such|any|the) (?:\w+ ){0,4}?(?:date )?(?:falls on|is) (?:a date|a non-?business|not a business)[^.]*"
    r"|[,(] ?or the (?:next|following) business (?:day|date)[^,.)]*\)?|\((?:or )?the next business (?:day|date)[^)]*\)"
)
EXERCISABLE_BEFORE = re.compile(
    r"\b(?:is|are) (?:immediately|currently|fully) exercisable,? (?:and|but) (?=(?:(?:will|shall) )?vests?\b)"
)
"""What can be exercised at once and still vests later; the schedule is that of vesting."""
MARKET_UNITS = re.compile(r"\bmarket (?:share|stock) (?=units?\b)")
NEUTRAL = (
    re.compile(r"^(?:unless|subject to) (?:earlier|prior) forfeit[^,]*, "),
    re.compile(r"[;,] none of the award is eligible for immediate sale"),
    re.compile(r",? pursuant to (?:the|an) [^,.;]*?(?:plan|policy|program)\b"),
    re.compile(r"^(?:pursuant to|under) the terms of (?:the|this|such) [^,.;]{1,60}, "),
    re.compile(
        r"^(?:represents|includes|consists of)(?: an?)?(?: award of| grant of)? (?=.*\b(?:which|that)\b.*\bvest)"
    ),
    re.compile(
        r"^(?:(?!vest|exercisable|\{[dfn])[^.;]){0,200}?\b(?:was|were) (?:granted|awarded) (?=an? [^.;]*\b(?:that|which) vests?\b)"
    ),
    re.compile(r"\((?:rounded|with rounding)[^)]*\)"),
    re.compile(r"\((?:i{1,3}|iv|v|vi{0,3}|[a-h]|\d)\) ?"),
    re.compile(r"\b(?:on )?such vesting dates?\b"),
    re.compile(
        rf",? on the same day of the month as the {_START}(?: \((?:and|or),? if there is no corresponding day,? (?:in any month,? )?on the last day of (?:the|such) month\))?"
    ),
)
_SMALL = (
    (re.compile(r"\b(?:an |and )?additional (?=\{)"), ""),
    (
        re.compile(
            r"\b(?:as to|with respect to|to the extent of|at the rate of) (?=(?:an additional |the remaining )?[{R])"
        ),
        "",
    ),
    (re.compile(r"\bthe remaining (?=\{[fn])"), ""),
    (re.compile(r"\b(?:counted|measured|beginning to run) (?=from )"), ""),
    (re.compile(r"\b(?:the )?first anniversary,? @?(\{d\d+\}),? ?"), r"\1, "),
    (re.compile(r"\bthe (?:remaining|other) (?=\d+ )"), "R in "),
)

_COUNTED_FROM = re.compile(r",? with vesting (?:counted |measured |running )?from (\{d\d+\})(?=[:,;])")
_THAT_DATE = re.compile(r"\b(?<=after )that date\b|\b(?<=of )that date\b")
_SYNONYMS = (
    (
        re.compile(r"^((?:the |these |such )?(?:stock )?(?:options?|warrants?)) exercisable (?=in |on |as )"),
        r"\1 become exercisable ",
    ),
    (re.compile(r"\b(?:ratably|pro rata|evenly) in (?=\d)"), "in "),
    (
        re.compile(
            r"\b(month|quarter)ly in (\d{1,3}) ((?:\w+ )?equal) (?=installments|tranches|increments|parts)"
        ),
        r"in \2 \3 \1ly ",
    ),
    (
        re.compile(
            r"\b(?:annually|yearly) in (\d{1,3}) ((?:\w+ )?equal) (?=installments|tranches|increments|parts)"
        ),
        r"in \1 \2 annual ",
    ),
    (
        re.compile(r"\b(monthly|quarterly|annually) in equal (?:installments|amounts|increments)\b"),
        r"equally \1",
    ),
    (re.compile(r"(?<=\}) (?:per|each) year (?=on each of the )"), " "),
    (re.compile(r"\bmeasured from (?=\{d)"), "from @"),
    (re.compile(r"(?<=following )(?=\{d)"), "@"),
    (re.compile(r"(?<=years )from (?=\{d)"), "from @"),
    (
        re.compile(r"\bon (the [^,;.]{1,60}?|\{d\d+\}),? or,? if (?:earlier|sooner),? (?:on |upon )?"),
        r"on the earlier of \1 or ",
    ),
    (
        re.compile(
            r"(\{n\d+\}[^,.;{]{0,80}?) (?:(?:are|were) (?:already )?|(?:have|had) (?:already )?)vested(?=,? and )"
        ),
        r"\1 already",
    ),
    (re.compile(r"\ba (?=(?:year|month|quarter) (?:after|from|following)\b)"), "1 "),
    (re.compile(r"\bin (?:each|every) (month|quarter|year) that follows\b"), r"every \1 thereafter"),
    (
        re.compile(
            r"^nothing (?:is left|remains) to vest(?:[:;,] (?:the (?:whole|entire) )?(?:option|award|grant)"
            r" can be exercised(?: in full)?)?$"
        ),
        "is fully vested",
    ),
)

_ISSUED = re.compile(r"^S (?:was|were) (?:issued|granted|awarded)(?: on \{d\d+\})?,? and (?=V)")


def core(text: str) -> tuple[str, list[str]]:
    """The reduced sentence, with notes on what was set aside that a reader of the schedule should know."""
    notes: list[str] = []
    text = text.strip(" .")
    if BUSINESS_DAY.search(text):
        text = BUSINESS_DAY.sub("", text)
        notes.append(
            "A vest that falls on a day without business moves to the next one; the dates here do not."
        )
    tails = [tail[0] for tail in SERVICE_TAIL.finditer(text)]
    if tails and not any(re.search(r"\{[fn]\d+\}|\bvests?\b", tail) for tail in tails):
        notes.append("Vesting goes on only while service does.")
        if any("accelerat" in tail for tail in tails):
            notes.append("The award may vest earlier; how is not said here.")
        text = SERVICE_TAIL.sub("", text)
    if EXERCISABLE_BEFORE.search(text):
        text = EXERCISABLE_BEFORE.sub("", text)
        notes.append("It can be exercised before it vests; the dates here are those of vesting.")
    if MARKET_UNITS.search(text):
        text = MARKET_UNITS.sub("share ", text)
        notes.append("How many shares a unit gives depends on the share's price; here is only when it vests.")
    text = _with_one_start(text)
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    for pattern in NEUTRAL:
        text = pattern.sub("", text)
    for pattern, sign in ANCHORS:
        text = pattern.sub(sign, text)
    for pattern, word in _SMALL:
        text = pattern.sub(word, text)
    text = VERB.sub("V", REST.sub("R", text))
    text = SUBJECT.sub("S", text)
    text = re.sub(r"(\{[fn]\d+\}|R)(?: of)?(?: S\b)+", r"\1", text)
    text = re.sub(r"(\{[fn]\d+\}) R\b", r"\1", text)
    text = re.sub(r"^S of \{n\d+\}(?= (?:that|which) V)", "S", text)
    text = re.sub(r"^S: (?=\{f)", "", _ISSUED.sub("S ", text))
    return " ".join(text.replace(" ,", ",").split()).strip(" ,.;"), notes


def _with_one_start(text: str) -> str:
    """``with vesting counted from D: … after that date`` says the day where it counts."""
    starts = _COUNTED_FROM.findall(text)
    if len(starts) != 1 or not _THAT_DATE.search(text):
        return text
    return _THAT_DATE.sub(f"@{starts[0]}", _COUNTED_FROM.sub("", text))
