"""A plan's terms as data: what it grants, how that vests, and when the right to exercise ends.

Every term carries the clause it came from. The engine runs whatever these models hold and knows no plan by
name; a disputed text is a named reading with its options, of which the first is the default.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lib.plans.days import Day, DayOfMonth
from lib.plans.errors import TermsError, first_problem

SHIPPED = Path(__file__).parent / "shipped"
LONGEST_TERMS_FILE = 1_000_000  # characters
LONGEST_SCHEDULE = 1200  # months

Reason = Literal["voluntary", "removal", "not_reelected", "death", "disability"]
Allocation = Literal[
    "fractional",
    "cumulative_rounding",
    "cumulative_round_down",
    "front_loaded",
    "back_loaded",
    "front_loaded_to_single_tranche",
    "back_loaded_to_single_tranche",
]
ReadingName = Literal[
    "day_of_month",
    "vest_on_termination_date",
    "service",
    "window_amendment",
    "death_acceleration",
    "disability_measure",
    "breach_lapse",
    "split_price",
    "pool_shortfall",
]

Name = Annotated[str, Field(min_length=1, max_length=200)]
Months = Annotated[int, Field(ge=1, le=1200)]
Shares = Annotated[int, Field(ge=1, le=10**12)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Readings(_Model):
    """One choice for every text that can be read in more than one way; each default is the first named."""

    day_of_month: DayOfMonth = "anchor"
    vest_on_termination_date: Literal["inclusive", "exclusive"] = "inclusive"
    service: Literal["director", "eligible_participant"] = "director"
    window_amendment: Literal["outstanding", "prospective"] = "outstanding"
    death_acceleration: Literal["through", "installment", "none"] = "through"
    disability_measure: Literal["favourable", "disability", "cessation"] = "favourable"
    breach_lapse: Literal["notice", "breach"] = "notice"
    split_price: Literal["aggregate", "ratio"] = "aggregate"
    pool_shortfall: Literal["stop", "pro_rata"] = "stop"


class Term(_Model):
    """Anything the plan says: the clause, and what it says in brief."""

    clause: Name
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class DatedTerm(Term):
    """A term that counts from a day on, or for grants of some dates only (A16, A45)."""

    effective: Day | None = None
    granted_from: Day | None = None
    granted_through: Day | None = None

    def covers(self, granted: date) -> bool:
        """Whether an option granted on that day falls under this term."""
        first, last = self.granted_from, self.granted_through
        return (first is None or first <= granted) and (last is None or granted <= last)

    def in_force(self, day: date) -> bool:
        """Whether the term counts on that day."""
        return self.effective is None or self.effective <= day


class Installments(Term):
    """Equal installments every ``period_months`` from the grant date; the first ``cliff`` of them come together."""

    kind: Literal["installments"] = "installments"
    count: Annotated[int, Field(ge=1, le=1200)]
    period_months: Months
    allocation: Allocation = "fractional"
    cliff: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _runs_a_sensible_time(self) -> Self:
        if self.count * self.period_months > LONGEST_SCHEDULE:
            raise ValueError(
                f"{self.count} installments of {self.period_months} months run longer than a century"
            )
        if self.cliff > self.count:
            raise ValueError(
                f"a cliff of {self.cliff} installments is longer than the {self.count} there are"
            )
        return self


class MeetingOrMonths(Term):
    """All at once: some days before the next annual meeting, or after ``months``, whichever is earlier (A7, A8)."""

    kind: Literal["meeting_or_months"] = "meeting_or_months"
    days_before: Annotated[int, Field(ge=0, le=60)]
    months: Months


SCHEDULE_KINDS = ("installments", "meeting_or_months")
Schedule = Annotated[Installments | MeetingOrMonths, Field(discriminator="kind")]


class GrantRule(Term):
    """A kind of grant: when it is made, to whom, of how many shares, and how it vests.

    ``shares`` is null when each grant sets its own number. ``elected_after`` limits grants on election,
    ``months_since_election`` and ``held_from`` those at annual meetings.
    """

    name: Name
    made: Literal["on_election", "at_annual_meeting", "by_the_board"]
    shares: Shares | None = None
    elected_after: Day | None = None
    months_since_election: Annotated[int, Field(ge=0, le=1200)] = 0
    held_from: Day | None = None
    schedule: Schedule

    @model_validator(mode="after")
    def _automatic_grants_have_a_size(self) -> Self:
        if self.made != "by_the_board" and self.shares is None:
            raise ValueError("an automatic grant needs its number of shares")
        return self


class Eligibility(Term):
    """Who can receive automatic grants."""

    excludes_employees: bool


class Window(DatedTerm):
    """How long after service ends the exercisable part may still be exercised; null ``reasons`` means any."""

    reasons: tuple[Reason, ...] | None = None
    months: Annotated[int, Field(ge=0, le=1200)] = 0
    days: Annotated[int, Field(ge=0, le=36500)] = 0


class Acceleration(DatedTerm):
    """What vests early: at an acquisition everything, at death or disability up to the next anniversary."""

    upon: tuple[Literal["death", "disability", "acquisition"], ...]
    reach: Literal["next_anniversary", "full"]


class Cap(Term):
    """The longest life of an option, counted from its grant (A19)."""

    years: Annotated[int, Field(ge=1, le=100)]


class Pool(Term):
    """How many shares the plan may issue, in the units of ``reflects_splits_before`` (rule 5)."""

    limit: Shares
    reflects_splits_before: Day | None = None
    returns: Term


class Choice(Term):
    """One way to read a disputed text."""

    name: Name


class Reading(_Model):
    """A disputed text: what is asked, the default, and each option with its citation."""

    question: Name
    rule: Name
    default: Name
    options: Annotated[tuple[Choice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _default_is_offered(self) -> Self:
        if self.default not in self.names:
            raise ValueError(f"the default {self.default!r} is not one of {', '.join(self.names)}")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The options' names in the order of the file."""
        return tuple(option.name for option in self.options)


class Provision(Term):
    """A term that a reader of the plan needs to see and the engine does not act on."""

    topic: Name


class Amendment(Term):
    """A step in the plan's history."""

    date: Day


class PlanTerms(_Model):
    """Everything a plan says, ready to be run; see ``shipped`` for a worked one."""

    plan: Name
    title: Name
    company: Name
    grant_rules: Annotated[tuple[GrantRule, ...], Field(min_length=1)]
    eligibility: Eligibility
    service: Term
    windows: tuple[Window, ...]
    cap: Cap
    final_exercise_date: Term
    accelerations: tuple[Acceleration, ...] = ()
    breach: Term | None = None
    pool: Pool
    splits: Term
    exercise: Term
    readings: dict[ReadingName, Reading] = {}
    provisions: tuple[Provision, ...] = ()
    history: tuple[Amendment, ...] = ()

    @model_validator(mode="after")
    def _rule_names_differ(self) -> Self:
        names = [rule.name for rule in self.grant_rules]
        if len(set(names)) < len(names):
            raise ValueError("grant_rules: two rules have the same name")
        return self

    @model_validator(mode="after")
    def _every_departure_has_a_window(self) -> Self:
        for reason in get_args(Reason):
            if not any(
                window.effective is window.granted_from is window.granted_through is None
                and (window.reasons is None or reason in window.reasons)
                for window in self.windows
            ):
                raise ValueError(f"windows: no rule covers every grant when service ends by {reason}")
        return self

    @model_validator(mode="after")
    def _readings_are_known(self) -> Self:
        for name, reading in self.readings.items():
            known = get_args(Readings.model_fields[name].annotation)
            for option in reading.names:
                if option not in known:
                    raise ValueError(f"readings.{name}: {option!r} is not one of {', '.join(known)}")
        return self

    def rule(self, name: str) -> GrantRule | None:
        """The grant rule of that name."""
        return next((rule for rule in self.grant_rules if rule.name == name), None)


@lru_cache(maxsize=32)
def read_terms(text: str) -> PlanTerms:
    """Terms from YAML text. Raises TermsError with a sentence that names the term."""
    if len(text) > LONGEST_TERMS_FILE:
        raise TermsError(f"A terms file is at most {LONGEST_TERMS_FILE:,} characters long.")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise TermsError("A terms file may not use YAML aliases; write the term out.")
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, TermsError):
            raise
        raise TermsError(f"This is not YAML: {' '.join(str(error).split())}.") from None
    if not isinstance(data, dict):
        raise TermsError("A terms file is a YAML mapping that starts with `plan:`.")
    try:
        return PlanTerms.model_validate(data)
    except ValidationError as error:
        raise TermsError(first_problem(error, frozenset(SCHEDULE_KINDS))) from None


def shipped_plans() -> tuple[str, ...]:
    """The names of the plans that come with the project."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def load_terms(plan: str) -> PlanTerms:
    """Terms of a shipped plan by name, or of a terms file by path. Raises TermsError."""
    path = SHIPPED / f"{plan}.yaml" if plan in shipped_plans() else Path(plan)
    if path.suffix not in {".yaml", ".yml"}:
        raise TermsError(
            f"No plan {plan!r} is shipped; there is {', '.join(shipped_plans())}, or give a .yaml file."
        )
    try:
        return read_terms(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TermsError(f"{plan}: the terms file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise TermsError(f"{plan}: the terms file is not UTF-8 text.") from None
    except TermsError as error:
        raise TermsError(f"{plan}: {error}") from None
