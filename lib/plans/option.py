"""One option over time: what is vested, exercisable, exercised, forfeited and lapsed at the end of any day.

The state is a closed formula of the facts and the day, not a running balance, so that asking for one day never
depends on having asked for another. Amounts are kept as fractions in the units of the grant date and floored
only when shares are counted, so a split before a vest equals a split after it (A33).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

from lib.plans.days import ONE_DAY, months_after, next_anniversary
from lib.plans.facts import Facts
from lib.plans.money import to_cents
from lib.plans.result import Holding, LastDay
from lib.plans.scenario import Grant
from lib.plans.schedule import vests
from lib.plans.schedule_terms import AnySchedule
from lib.plans.terms import Acceleration, GrantRule, Window
from lib.plans.vest import Vest, whole
from lib.plans.windows import Limit, earliest, expiry, window

ZERO = Fraction(0)
DeathReading = Literal["through", "installment", "none"]
_OF_THE_SCHEDULE = ("vests", "_vest_days", "expiry", "_broken")


@dataclass(frozen=True)
class Exercised:
    """Shares bought on a day, in that day's units."""

    date: date
    shares: int


@dataclass(frozen=True)
class Option:
    """A grant of ``shares`` (units of the grant date) with the exercises allowed so far."""

    facts: Facts
    grant: Grant
    rule: GrantRule
    shares: int
    exercises: tuple[Exercised, ...] = ()

    @property
    def schedule(self) -> AnySchedule:
        """The grant's own schedule, else the rule's (A43)."""
        return self.grant.schedule or self.rule.schedule

    @cached_property
    def vests(self) -> tuple[Vest, ...]:
        """The schedule as it would run without leaving."""
        if self.grant.vested:
            return (Vest(self.grant.date, Fraction(self.shares)),)
        facts = self.facts
        return vests(
            self.schedule,
            self.grant.date,
            self.shares,
            facts.meetings,
            facts.readings.day_of_month,
            self.grant.vesting_start,
            facts.met(self.grant.id),
        )

    @cached_property
    def _vest_days(self) -> list[date]:
        return [vest.date for vest in self.vests]

    @property
    def delivered(self) -> bool:
        """Whether shares are delivered as they vest, with nothing to exercise."""
        return self.rule.award == "units"

    @cached_property
    def expiry(self) -> Limit:
        """Cap or Final Exercise Date, whichever is earlier."""
        return expiry(self.facts, self.grant.date, self.grant.final_exercise_date)

    def factor(self, day: date) -> Fraction:
        """Shares that one share of the grant has become; a split on the grant day is already in it (A34)."""
        return self.facts.factor(self.grant.date, day)

    def with_exercise(self, day: date, shares: int) -> Option:
        """The same option after a further exercise."""
        after = replace(self, exercises=(*self.exercises, Exercised(day, shares)))
        return self._keeping(after, *_OF_THE_SCHEDULE, "acquisitions", "kept", "_measured")

    def with_death_reading(self, mode: DeathReading) -> Option:
        """The same option under a reading of what death or disability adds (A21, A22)."""
        if mode == self.facts.readings.death_acceleration:
            return self
        readings = self.facts.readings.model_copy(update={"death_acceleration": mode})
        after = replace(self, facts=replace(self.facts, readings=readings))
        return self._keeping(after, *_OF_THE_SCHEDULE, "acquisitions")

    def _keeping(self, after: Option, *names: str) -> Option:
        """What has been worked out already and stays true of the option ``after`` a change."""
        for name in names:
            if name in self.__dict__:
                after.__dict__[name] = self.__dict__[name]
        return after

    # Vesting, in units of the grant date

    def scheduled(self, day: date) -> Fraction:
        """What the schedule alone has given by the end of ``day``."""
        passed = bisect_right(self._vest_days, day)
        return self.vests[passed - 1].cumulative if passed else ZERO

    def earned(self, day: date) -> Fraction:
        """What has vested by the end of ``day`` while service goes on: scheduled, or early by an acquisition."""
        return max(self.scheduled(day), self._early(day))

    def _early(self, day: date) -> Fraction:
        """What acquisitions by the end of ``day`` have made vest at the least."""
        return max((self._reach(rule, at) for at, rule in self.acquisitions if at <= day), default=ZERO)

    def _reach(self, rule: Acceleration, day: date) -> Fraction:
        """All that has vested once an acceleration on ``day`` has done its work."""
        if rule.reach == "full":
            return Fraction(self.shares)
        if rule.months is not None:
            return self.scheduled(months_after(day, rule.months))
        return self.scheduled(self._anniversary(day))

    def _anniversary(self, day: date) -> date:
        return next_anniversary(self.grant.date, day, self.facts.readings.day_of_month)

    def left(self, day: date) -> bool:
        """Whether service has ended by the end of ``day``."""
        return self.facts.service.end is not None and self.facts.service.end <= day

    def vested(self, day: date) -> Fraction:
        """What is vested by the end of ``day``; after service ends only what the plan lets the holder keep."""
        return self.kept if self.left(day) else self.earned(day)

    @cached_property
    def acquisitions(self) -> tuple[tuple[date, Acceleration], ...]:
        """The acquisitions that make shares vest early, with the rule: outstanding before, in service on it (A30)."""
        end, found = self.facts.service.end, []
        for day in self.facts.acquisitions:
            in_service = end is None or day <= end
            if in_service and self.grant.date < day and self.own_limit(day - ONE_DAY).last_day.date >= day:
                rule = self.acceleration("acquisition", day)
                found += [(day, rule)] if rule is not None else []
        return tuple(found)

    @property
    def acquired(self) -> date | None:
        """The first acquisition that made shares vest early."""
        return self.acquisitions[0][0] if self.acquisitions else None

    @cached_property
    def kept(self) -> Fraction:
        """What stays vested when service ends, any acceleration included."""
        return sum(self._measured, start=ZERO)

    @cached_property
    def _measured(self) -> tuple[Fraction, Fraction]:
        """The portion exercisable when service ended, and what death or disability adds to it (A21 to A25)."""
        served = self.facts.service
        assert served.end is not None
        inclusive = self.facts.readings.vest_on_termination_date == "inclusive"
        last = served.end if inclusive or self.grant.vested else served.end - ONE_DAY
        at_end = self._portion(served.end, max(self.scheduled(last), self._early(served.end)))
        disabled = served.disabled_holding(self.grant.date)
        if disabled is None:
            return at_end
        at_disability = self._portion(disabled, self.earned(disabled))
        match self.facts.readings.disability_measure:
            case "cessation":
                return at_end
            case "disability":
                return at_disability
            case "favourable":
                return max(at_end, at_disability, key=sum)

    def _portion(self, measured: date, vested: Fraction) -> tuple[Fraction, Fraction]:
        served, mode = self.facts.service, self.facts.readings.death_acceleration
        assert served.end is not None
        rule = self.acceleration(served.accelerating, served.end) if served.accelerating else None
        if rule is None or mode == "none" or served.end < self.grant.date:
            return vested, ZERO
        if rule.reach == "next_anniversary" and mode == "installment":
            anniversary = self._anniversary(measured)
            before = max(vested, self.scheduled(anniversary - ONE_DAY))
            return vested, max(ZERO, self.scheduled(anniversary) - before)
        return vested, max(ZERO, self._reach(rule, measured) - vested)

    def acceleration(self, event: str, day: date) -> Acceleration | None:
        """The rule in force on ``day`` that such an event sets off for this grant: the newest, of two triggers first."""
        rules = [
            rule
            for rule in self.facts.terms.accelerations
            if event in rule.upon
            and rule.in_force(day)
            and rule.covers(self.grant.date)
            and self._follows_an_acquisition(rule, day)
        ]
        return max(
            rules,
            key=lambda rule: (rule.effective or date.min, rule.within_months_of_acquisition or 0),
            default=None,
        )

    def _follows_an_acquisition(self, rule: Acceleration, day: date) -> bool:
        """Whether the first of two triggers came before, soon enough; true of a rule with one trigger."""
        months = rule.within_months_of_acquisition
        return months is None or any(
            self.grant.date < at <= day <= months_after(at, months) for at in self.facts.acquisitions
        )

    # The end of the right

    def limit(self, day: date) -> Limit | None:
        """The last day to exercise as seen on ``day``, with its term; null when nothing can ever be exercised."""
        if self.delivered:
            return None
        own = self.own_limit(day)
        end = self.facts.service.end
        if end is None or not self._outlived_service(day):
            best = self.earned(own.last_day.date)
            return own if whole(best, self.factor(day)) > 0 else None
        if self._count(end, self.vested(end)) == 0:
            return None
        for broken in self.facts.breaches:
            if (
                end
                <= broken
                <= min(day, earliest(self.facts, self.grant.date, self.expiry, broken).last_day.date)
            ):
                return self._breach(broken)
        return earliest(self.facts, self.grant.date, self.expiry, day)

    def window(self, day: date) -> Window:
        """The rule on leaving that counts as seen on ``day``, which is not before service ended."""
        return window(self.facts, self.grant.date, self.expiry.last_day.date, day)[0]

    def own_limit(self, day: date) -> Limit:
        """Where the option ends of itself, seen on ``day``: at a breach notice, else at its expiry (A28)."""
        broken = self._broken
        return broken if broken is not None and broken.last_day.date <= day else self.expiry

    @cached_property
    def _broken(self) -> Limit | None:
        """The end by the first breach in the option's life."""
        expires = self.expiry.last_day.date
        broken = next((b for b in self.facts.breaches if self.grant.date <= b <= expires), None)
        return None if broken is None else self._breach(broken)

    def _breach(self, day: date) -> Limit:
        assert self.facts.terms.breach is not None
        return Limit(LastDay(day, "breach"), self.facts.terms.breach, at_once=True)

    def _outlived_service(self, day: date) -> bool:
        """Whether service has ended by ``day`` and the option was still alive then."""
        end = self.facts.service.end
        return end is not None and end <= day and self.own_limit(day).last_day.date >= end

    # Counting shares

    def exercised(self, day: date) -> int:
        """Shares exercised by the end of ``day``, as they were exercised."""
        return sum(exercise.shares for exercise in self.exercises if exercise.date <= day)

    def used(self, day: date) -> Fraction:
        """The same in the units of ``day``, which is what the pool counts (A37)."""
        return self._exercised_base(day) * self.factor(day)

    def _exercised_base(self, day: date) -> Fraction:
        return sum(
            (
                exercise.shares / self.factor(exercise.date)
                for exercise in self.exercises
                if exercise.date <= day
            ),
            start=ZERO,
        )

    def _count(self, day: date, amount: Fraction) -> int:
        """Whole shares, in the units of ``day``, of an amount vested less what was exercised."""
        left = amount - self._exercised_base(day) if self.exercises else amount
        return max(0, whole(left, self.factor(day)))

    def holding(self, day: date) -> Holding:
        """The state at the end of ``day``, which is not before the grant."""
        remaining = self._count(day, Fraction(self.shares))
        open_part = self._count(day, self.vested(day))
        exercised = self.exercised(day)
        if not self._outlived_service(day):
            if _over(self.own_limit(day), day):
                return Holding(0, 0, exercised, 0, remaining)
            return Holding(remaining - open_part, open_part, exercised, 0, 0)
        limit = self.limit(day)
        if limit is None:
            return Holding(0, 0, exercised, remaining, 0)
        if _over(limit, day):
            return Holding(0, 0, exercised, remaining - open_part, open_part)
        return Holding(0, open_part, exercised, remaining - open_part, 0)

    def open_to_exercise(self, day: date) -> int:
        """Shares that can be exercised on ``day``: after its vests, before what lapses at its end (A6)."""
        limit = self.limit(day) if day >= self.grant.date else None
        if limit is None or limit.last_day.date < day:
            return 0
        return self._count(day, self.vested(day))

    def to_deliver(self, day: date) -> int:
        """Vested shares of a grant of units that are not delivered yet, on ``day``."""
        if day < self.grant.date or _over(self.own_limit(day), day):
            return 0
        return self._count(day, self.vested(day))

    def accelerated(self, day: date) -> int:
        """Shares that vested early by the end of ``day``, in that day's units."""
        early = 0
        end = self.facts.service.end
        if self.acquired is not None and self.acquired <= day:
            at = self.acquired
            early += self._added(
                at, self.scheduled(at), max(ZERO, self._early(day) - self.scheduled(at)), day
            )
        if end is not None and self._outlived_service(day):
            early += self._added(end, *self._measured, day)
        return early

    def _added(self, at: date, before: Fraction, added: Fraction, day: date) -> int:
        """Whole shares, in the units of ``day``, that an acceleration ``at`` a day adds to those vested before."""
        if not added:
            return 0
        used, factor = self._exercised_base(at - ONE_DAY), self.factor(day)
        return whole(before + added - used, factor) - whole(before - used, factor)

    def price(self, day: date) -> Fraction | None:
        """The exercise price a share in the units of ``day``: exact, or rounded to the cent at each split (A33)."""
        if self.grant.price is None:
            return None
        if self.facts.readings.split_price == "aggregate":
            return Fraction(self.grant.price) / self.factor(day)
        price = Fraction(self.grant.price)
        for split in self.facts.splits:
            if self.grant.date < split.date <= day:
                price = Fraction(to_cents(price / split.factor))
        return price


def _over(limit: Limit, day: date) -> bool:
    """Whether the right has ended by the end of ``day``: after its last day, or on it where it ends at once."""
    return limit.last_day.date < day or (limit.at_once and limit.last_day.date == day)
