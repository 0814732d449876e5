"""Which grants the plan makes by itself: on a director's election and at annual meetings (A11 to A14).

A grant that the scenario already lists on the same day under the same rule is not made a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import floor

from lib.plans.days import months_after
from lib.plans.facts import Facts
from lib.plans.result import Finding
from lib.plans.scenario import Director, Grant
from lib.plans.terms import GrantRule


@dataclass(frozen=True)
class Automatic:
    """The grants that arise, in order of date, and what there is to say about those that do not."""

    grants: tuple[Grant, ...]
    findings: tuple[Finding, ...]


def automatic_grants(facts: Facts, director: Director | None, listed: tuple[Grant, ...]) -> Automatic:
    """The automatic grants up to the facts' day for one director."""
    if director is None:
        return Automatic((), ())
    made: list[Grant] = []
    findings: list[Finding] = []
    known = {(grant.rule, grant.date) for grant in listed}
    for rule in facts.terms.grant_rules:
        for day, refusal in _occasions(facts, director, rule):
            if refusal is not None:
                findings.append(refusal)
            elif (rule.name, day) not in known:
                made.append(Grant(id=f"{rule.name}-{day}", rule=rule.name, date=day))
        findings += _counts_that_disagree(facts, director, rule)
    return Automatic(tuple(sorted(made, key=lambda grant: grant.date)), tuple(findings))


def shares_by_rule(facts: Facts, rule: GrantRule, day: date) -> int:
    """The rule's number of shares on that day, adjusted for splits up to and including it (A34)."""
    assert rule.shares is not None
    return floor(rule.shares * facts.plan_factor(day))


def _occasions(facts: Facts, director: Director, rule: GrantRule) -> Iterator[tuple[date, Finding | None]]:
    """Every day on which the rule could make a grant, with the reason where it makes none."""
    if rule.made == "on_election" and director.elected <= facts.through:
        yield director.elected, _no_grant_on_election(facts, director, rule)
    if rule.made == "at_annual_meeting":
        for meeting in facts.meetings:
            if director.elected <= meeting <= facts.through:
                yield meeting, _no_grant_at_meeting(facts, director, rule, meeting)


def _no_grant_on_election(facts: Facts, director: Director, rule: GrantRule) -> Finding | None:
    elected = director.elected
    if rule.elected_after is not None and elected <= rule.elected_after:
        message = (
            f"No {rule.name} grant: elected on {elected}, not after {rule.elected_after} ({rule.clause})."
        )
        return Finding("note", "director.elected", message, "A13")
    if facts.terms.eligibility.excludes_employees and director.employed(elected):
        message = (
            f"No {rule.name} grant: an employee on the day of election, {elected}. A director who becomes eligible"
            f" later has no election to date the grant by ({rule.clause})."
        )
        return Finding("warning", "director.employee", message, "A13")
    return None


def _no_grant_at_meeting(facts: Facts, director: Director, rule: GrantRule, meeting: date) -> Finding | None:
    where, rule_id, reason = "events", "A12", None
    left = facts.service.board_end
    if rule.held_from is not None and meeting < rule.held_from:
        rule_id, reason = "A46", f"it was before {rule.held_from}, under an earlier text; list such grants"
    elif left is not None and left <= meeting:
        rule_id, reason = "A11", f"service on the Board ended on {left}"
    elif facts.terms.eligibility.excludes_employees and director.employed(meeting):
        where, rule_id, reason = "director.employee", "A13", "the director was an employee on that day"
    elif months_after(director.elected, rule.months_since_election) > meeting:
        where = "director.elected"
        rule_id = "A14" if director.elected == meeting else "A12"
        reason = f"elected on {director.elected}, less than {rule.months_since_election} months before"
    if reason is None:
        return None
    message = f"No {rule.name} grant at the meeting of {meeting}: {reason} ({rule.clause})."
    return Finding("note", where, message, rule_id)


def _counts_that_disagree(facts: Facts, director: Director, rule: GrantRule) -> Iterator[Finding]:
    """Meetings on which counting months forward and counting them backward differ (A12)."""
    if rule.made != "at_annual_meeting":
        return
    for meeting in facts.meetings:
        forward = months_after(director.elected, rule.months_since_election) <= meeting
        backward = director.elected <= months_after(meeting, -rule.months_since_election)
        if meeting <= facts.through and forward != backward:
            message = (
                f"Counted forward from {director.elected} the {rule.months_since_election} months are"
                f" {'over' if forward else 'not over'} at the meeting of {meeting}; counted backward they are"
                f" {'over' if backward else 'not over'}. The forward count is used ({rule.clause})."
            )
            yield Finding("warning", "director.elected", message, "A12")
