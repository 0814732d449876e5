"""The draft of a terms file that a document fills, term by term, with the list of what it leaves open."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from lib.plans.reader import stated
from lib.plans.reader.agreement import award_of, grant_facts, is_of_units, life_of, named_end
from lib.plans.reader.early import accelerations, unread_accelerations
from lib.plans.reader.forms import Form, cited
from lib.plans.reader.found import Found, Missing
from lib.plans.reader.granting import grants, schedules
from lib.plans.reader.leaving import silent_lengths, uncovered, unread_windows, windows
from lib.plans.reader.outline import Part, dates_in, defined_dates
from lib.plans.reader.questions import reading
from lib.plans.term import REASON_WORDS

LONGEST_QUOTE = 1900
_WORD = r"(?:[A-Z][\w&'’-]*|[A-Z]\.)"
_COMPANY = rf"\b((?:{_WORD}[, ]+){{0,6}}?{_WORD},? (?:INCORPORATED|Incorporated|CORPORATION|Corporation|CORP\b\.?|Corp\b\.?|INC\b\.?|Inc\b\.?|COMPANY|(?:BANCORP|Bancorp|BANCSHARES|Bancshares)(?!,? (?:INC|Inc|CORP|Corp))|LTD\.?|LLC))(?!\w)"
_ASK = {
    "grant_rules": "Which grants does the plan make, of how many shares, and when?",
    "elected_after": "After which day must a director have been elected to receive these grants?",
    "schedule": "How do these grants vest?",
    "first_day": "On which day does the first part vest? The document leaves it open.",
    "eligibility": "Who can receive grants? Are employees left out?",
    "windows": "How long after service ends may an option be exercised, for each reason of leaving?",
    "cap": "How many years does an option last at most?",
    "final_exercise_date": "Where is the last day of an option named?",
    "accelerations": "What vests early, how much of it, and upon what?",
    "pool": "How many shares may be issued under the plan?",
    "returns": "Do the shares of options that end unexercised become available again?",
    "splits": "How do shares and prices follow a stock split?",
    "exercise": "How is an option exercised?",
    "price": "How is the exercise price set?",
}


class Draft:
    """What is found in a plan and its amendments, in the words of a terms file."""

    def __init__(self, name: str, plan: Part, amendments: list[Part], of_award: bool = False) -> None:
        self.name, self.plan, self.amendments = name, plan, amendments
        self.found: list[Found] = []
        self.missing: list[Missing] = []
        self.by_term: dict[str, Found] = {}
        self.terms: dict[str, Any] = {}
        self.early: list[Found] = []
        self.sooner: list[Found] = []
        self.newest_windows: list[Found] = []
        whole = "\n".join(part.text() for part in (plan, *amendments))
        self.named = defined_dates(whole)
        self._title()
        self.of_award = of_award
        self.facts = grant_facts(plan) if of_award else []
        if of_award:
            self.grants, unread = award_of(plan, self.facts)
        else:
            self.grants, unread = grants(plan, self.named)
            schedules(plan, self.grants)
        self.only_units = of_award and is_of_units(plan)
        self._grants(unread)
        self._facts()
        self._single("eligibility", list(stated.eligibility(plan)))
        self._leaving()
        self._single("cap", list(stated.cap(plan)) or [one for one in [life_of(self.facts)] if one])
        self._pool()
        self._price()
        self._single("splits", list(stated.adjustment(plan)))
        self._single("exercise", list(stated.exercise(plan)))
        self._history()

    def _title(self) -> None:
        head = re.sub(
            r"\s+",
            " ",
            self.plan.blocks[0].text if self.plan.blocks and not self.plan.blocks[0].clause else "",
        )
        company = re.search(rf"{_COMPANY}", head)
        defined = re.search(
            rf"{_COMPANY},? (?:\(|an? (?:[\w.]+ )*?(?:corporation|company)\b)[^(]{{0,60}}\(?(?:the )?[\"“]Company",
            " ".join(self.plan.text().split()),
        )
        title = re.search(
            r"((?:[A-Z0-9][\w’'-]*,? |AND |and |of |for )*(?:PLAN|Plan))\b",
            head[company.end() :] if company else head,
        )
        named = defined or company
        self.company = re.sub(r"^EXHIBIT [\d.A-Z]+ ", "", named[1].strip()) if named else None
        self.title = title[1].strip() if title else None
        self.terms["plan"] = _slug(self.title or self.name)
        self.terms["title"] = self.title or self.name
        self.terms["company"] = self.company or "not named"

    def take(self, found: Found) -> None:
        """Keep a finding; the first of a term is the one that counts."""
        self.found.append(found)
        self.by_term.setdefault(found.term.split(".")[0], found)

    def ask(self, term: str, about: str | None = None, quotes: tuple[str, ...] = ()) -> None:
        """List a term as missing."""
        self.missing.append(Missing(term, about or _ASK[term.split(".")[-1]], quotes))

    def _single(self, term: str, listed: list[Found]) -> None:
        """A term that the plan states once; statements that differ are no statement."""
        values = {repr(found.value) for found in listed}
        if len(values) != 1:
            self.ask(term, quotes=tuple(found.quote for found in listed))
            return
        found = listed[0]
        self.take(found)
        cited_term: dict[str, Any] = _cited(found)
        field = found.term.partition(".")[2]
        if field:
            cited_term[field] = found.value
        self.terms[term] = cited_term

    def _grants(self, unread: list[str]) -> None:
        rules = []
        for granting in self.grants:
            if granting.shares is not None:
                self.take(granting.found)
            if granting.undated:
                self.ask(f"grant_rules.{granting.name}.elected_after", quotes=(granting.found.quote,))
            if granting.schedule is None:
                self.ask(f"grant_rules.{granting.name}.schedule", quotes=(granting.found.quote,))
                continue
            if granting.open_day:
                term = f"grant_rules.{granting.name}.schedule"
                self.ask(term, _ASK["first_day"], granting.open_day)
            self.take(granting.schedule)
            schedule = {**granting.schedule.value, **_cited(granting.schedule)}
            rules.append(
                {
                    "name": granting.name,
                    "made": granting.made,
                    "shares": granting.shares,
                    **granting.more,
                    **_cited(granting.found),
                    "schedule": schedule,
                }
            )
        if rules:
            self.terms["grant_rules"] = rules
        if unread or not self.grants:
            self.ask("grant_rules", quotes=tuple(unread))

    def _facts(self) -> None:
        """The figures of one award; its last day is where the last day of an option is named."""
        self.found += self.facts
        last = next((one for one in self.facts if one.term == "grant.final_exercise_date"), None)
        named = named_end(self.plan) if self.of_award else None
        if last is not None:
            named = Found("final_exercise_date", True, last.clause, last.quote)
        if named is not None:
            self.found.append(named)
            self.terms["final_exercise_date"] = _cited(named)

    def _leaving(self) -> None:
        listed = windows(self.plan)
        self.early = accelerations(self.plan)
        written = [_dated(found, None, None) for found in listed]
        early = [_dated(found, None, None) for found in self.early]
        for found in (*listed, *self.early):
            self.take(found)
        self.newest_windows = listed
        for amendment in self.amendments:
            day = next(iter(dates_in(amendment.heading.title())), None)
            if day is None:
                self.ask("windows", "From which day does the amendment count?", (amendment.heading,))
                continue
            added, sooner = windows(amendment), accelerations(amendment)
            since = next((f.value["granted_from"] for f in added if "granted_from" in f.value), None)
            written += [_dated(found, day, None) for found in added]
            early += [_dated(found, day, since) for found in sooner]
            self.newest_windows = added or self.newest_windows
            self.sooner += sooner
            for found in (*added, *sooner):
                self.take(found)
        self._ask_about_leaving(listed)
        early.sort(key=lambda term: ("acquisition" in term["upon"], str(term.get("effective", ""))))
        self.terms["windows"], self.terms["accelerations"] = written, early
        if listed:
            self.by_term["service"] = listed[0]
            now = (one for one in self.newest_windows if one.clause == listed[0].clause)
            self.terms["service"] = _cited(next(now, listed[0]))

    def _ask_about_leaving(self, listed: list[Found]) -> None:
        """What of the text on leaving and on early vesting was not read, in plan and amendments."""
        parts = (self.plan, *self.amendments)
        unread = [text for part in parts for text in unread_windows(part)]
        open_ = uncovered(listed)
        if open_ and not self.only_units:
            unread += [t for part in parts for t in silent_lengths(part) if t not in unread]
        if (open_ and not self.only_units) or unread:
            said = (
                f" Not found for: {', '.join(REASON_WORDS[one] for one in open_)}."
                if open_
                else " Some sentences were not understood."
            )
            self.ask("windows", _ASK["windows"] + said, tuple(unread[:4]))
        read = [found.quote for found in self.found if found.term != "windows"] + [
            g.schedule.quote for g in self.grants if g.schedule
        ]
        sooner = [text for part in parts for text in unread_accelerations(part, read)]
        if sooner:
            self.ask("accelerations", quotes=tuple(sooner[:4]))

    def _pool(self) -> None:
        found = {item.term: item for item in stated.pool(self.plan)}
        for item in found.values():
            self.take(item)
        limit, returns = found.get("pool.limit"), found.get("pool.returns")
        if limit is None:
            self.ask("pool")
        if returns is None:
            self.ask("pool.returns")
        if limit is None or returns is None:
            return
        self.terms["pool"] = {"limit": limit.value, **_cited(limit), "returns": _cited(returns)}
        if "pool.reflects_splits_before" in found:
            self.terms["pool"]["reflects_splits_before"] = found["pool.reflects_splits_before"].value

    def _price(self) -> None:
        listed = list(stated.price(self.plan))
        if len({repr(found.value) for found in listed}) == 1:
            self.take(listed[0])
            self.terms["price"] = {**listed[0].value, **_cited(listed[0])}

    def _history(self) -> None:
        listed = stated.history(self.plan, self.amendments)
        self.found += listed
        self.terms["history"] = [{"date": found.value, **_cited(found)} for found in listed]

    def take_forms(self, forms: list[Form]) -> None:
        """What only the agreement forms say, and the readings that plan and forms leave open."""
        for form in forms:
            self.found += [*form.found.values(), *form.windows]
        for term in ("final_exercise_date", "breach"):
            clause = cited(forms, term)
            if clause is not None:
                quote = next(form.found[term].quote for form in forms if term in form.found)
                self.terms[term] = {"clause": clause, "text": quote[:LONGEST_QUOTE]}
        named = stated.final_day(self.plan)
        if "final_exercise_date" not in self.terms and named is not None:
            self.take(named)
            self.terms["final_exercise_date"] = _cited(named)
        if "final_exercise_date" not in self.terms:
            self.ask("final_exercise_date")
        both = cited(forms, "exercise")
        if both is not None and "exercise" in self.terms:
            self.terms["exercise"]["clause"] += f", {both}"
        self.terms["readings"] = self._readings(forms)

    def _readings(self, forms: list[Form]) -> dict[str, Any]:
        listed: dict[str, Any] = {}
        schedule = next(
            (
                g.schedule
                for g in self.grants
                if g.schedule and g.schedule.value["kind"] != "meeting_or_months"
            ),
            None,
        )
        if schedule is not None:
            listed["day_of_month"] = reading("day_of_month", schedule.clause)
        if "service" in self.by_term:
            clause = self.by_term["service"].clause
            listed["vest_on_termination_date"] = reading("vest_on_termination_date", clause)
            role = cited(forms, "service")
            if role is not None:
                listed["service"] = reading("service", clause, {"eligible_participant": role})
        amended = next((window for window in self.terms.get("windows", []) if "effective" in window), None)
        if amended is not None:
            listed["window_amendment"] = reading("window_amendment", amended["clause"])
        self._death(listed, forms)
        if "breach" in self.terms:
            listed["breach_lapse"] = reading("breach_lapse", self.terms["breach"]["clause"])
        if "splits" in self.by_term and self.by_term["splits"].value == "aggregate":
            listed["split_price"] = reading("split_price", self.by_term["splits"].clause)
        if "pool" in self.terms:
            listed["pool_shortfall"] = reading("pool_shortfall", self.terms["pool"]["clause"])
        return listed

    def _death(self, listed: dict[str, Any], forms: list[Form]) -> None:
        early = next(
            (found for found in (*self.early, *self.sooner) if found.value["reach"] == "next_anniversary"),
            None,
        )
        if early is None:
            return
        alone = cited(forms, "death")
        without = frozenset() if alone else frozenset({"none"})
        listed["death_acceleration"] = reading(
            "death_acceleration", early.clause, {"none": alone or ""}, without
        )
        if "disability" in early.value["upon"]:
            other = {"disability": alone} if alone else {}
            listed["disability_measure"] = reading("disability_measure", early.clause, other)

    def data(self) -> dict[str, Any]:
        """The draft in the order of a terms file."""
        return dict(self.terms)


def _cited(found: Found) -> dict[str, Any]:
    return {"clause": found.clause or "Title", "text": found.quote[:LONGEST_QUOTE]}


def _dated(found: Found, day: date | None, since: date | None) -> dict[str, Any]:
    value = {name: item for name, item in found.value.items() if name != "other_than"}
    term = {**value, **_cited(found)}
    if day is not None:
        term["effective"] = day
        term["clause"] = f"{found.clause} as amended {day}"
    if since is not None:
        term.setdefault("granted_from", since)
    return term


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80] or "plan"
