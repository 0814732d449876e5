"""The pieces of which the clauses of vesting sentences are made, as patterns over reduced text (``vesting_core``)."""

from __future__ import annotations

from lib.plans.vesting_words import ORDINALS

PERIODS = {
    "month": 1, "monthly": 1, "quarter": 3, "quarterly": 3, "semi-annual": 6, "semiannual": 6, "semi-annually": 6,
    "annual": 12, "annually": 12, "year": 12, "yearly": 12,
}  # fmt: skip

D, F, N, M = (rf"\{{{kind}\d+\}}" for kind in "dfnm")
ANCHOR = rf"@(?:g|s|{D})"
ORDINAL = rf"(?:{'|'.join(ORDINALS[1:])}|\d{{1,2}}(?:st|nd|rd|th))"
PERIOD = rf"(?:{'|'.join(sorted(PERIODS, key=len, reverse=True))})"
EQUAL = r"(?:(?:approximately|substantially|nearly|equal|successive|consecutive|as nearly as possible) )*"
AND = r"(?:(?:[,;:.]|\b(?:and|then|with|thereafter,?|or)\b) ?)+"
AFTER = r"(?:after|from|following|of)"
LENGTH = r"\d{1,3}[- ](?:months?|years?|quarters?)"
ONE_WHEN = (
    rf"(?:{D}|(?:the )?(?:{ORDINAL}(?: annual)?|{LENGTH})(?: \(\d+(?:st|nd|rd|th)\))? anniversary(?: date)?(?: {AFTER} {ANCHOR}| of {D})?"
    rf"|{LENGTH} {AFTER} (?:{ANCHOR}|{D})|{ANCHOR})"
)
LIST = rf"(?:{ONE_WHEN})(?:(?:, and |, | and ){ONE_WHEN})*"
ORDINALS_LIST = rf"{ORDINAL}(?:(?:, and |, | and | through ){ORDINAL})*"
AMOUNT = rf"(?:{F}(?: \({N}\))?|{N}|R|S|in full|fully)"
OVER = rf"(?:(?:over|during|for)(?: an?| the| a period of)?(?: (?:next|following|subsequent|remaining))? ?{LENGTH}(?: period| term)?)"
THEREAFTER = rf"(?: ?,?(?:thereafter|(?:following|after) (?:such|that) (?:date|anniversary)))?(?:,? {OVER}(?: thereafter| following {ONE_WHEN})?)?(?:,? until(?: all)?(?: of)? S V(?: in full)?| until fully V)?"
MEETING = (
    rf"(?P<before>(?:the )?(?:date |day )(?:immediately )?(?:prior to|before|preceding) )?(?:(?:the )?date of )?(?:the )?(?:\w+'s )?(?:(?:first|next|1st|following) (?:regular(?:ly scheduled)? )?)annual (?:meeting of (?:the )?(?:\w+'s )?(?:stock|share)holders|(?:stock|share)holders'? meeting|general meeting|meeting)"
    rf"(?: of the (?:company|issuer|corporation))?(?: (?:following|after|occurring after|that follows|held after) (?P<after>{ANCHOR}|{D}))?"
)
OTHER = r"(?:the )?(?:\w+'s )?(?:death|disability|change (?:in|of) control)(?: or disability)?"
