"""A plan's terms as data: what it grants, how that vests, and when the right to exercise ends.

Every term carries the clause it came from. The engine runs whatever these models hold and knows no plan by
name; a disputed text is a named reading with its options, of which the first is the default.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

import yaml
from pydantic import Field, ValidationError, model_validator

from lib.plans.days import Day, DayOfMonth
from lib.plans.errors import TermsError, first_problem
from lib.plans.schedule_terms import SCHEDULE_KINDS, WHEN_TYPES, Conditions, Schedule
from lib.plans.term import DatedTerm, Model, Months, Name, Shares, Term
from lib.plans.term import Reason as Reason  # pages import it from here

SHIPPED = Path(__file__).parent / "shipped"
LONGEST_TERMS_FILE = 1_000_000  # characters

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


class Readings(Model):
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


class GrantRule(Term):
    """A kind of grant: when it is made, to whom, of how many shares, and how it vests.

    ``shares`` is null when each grant sets its own number. ``elected_after`` limits grants on election,
    ``months_since_election`` and ``held_from`` those at annual meetings. ``units`` are shares delivered as they
    vest, with nothing to exercise.
    """

    name: Name
    award: Literal["option", "units"] = "option"
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
    """How long after service ends the exercisable part may still be exercised; null ``reasons`` means any.

    ``at_once`` ends the right with service, ``until_expiry`` leaves it the option's own life.
    """

    reasons: tuple[Reason, ...] | None = None
    months: Annotated[int, Field(ge=0, le=1200)] = 0
    days: Annotated[int, Field(ge=0, le=36500)] = 0
    at_once: bool = False
    until_expiry: bool = False

    @model_validator(mode="after")
    def _says_for_whom_and_how_long(self) -> Self:
        if self.reasons is not None and not self.reasons:
            raise ValueError("a window without a reason; name one or more, or leave reasons out for any")
        if (self.months or self.days) and (self.at_once or self.until_expiry):
            raise ValueError("a window has a length, or ends at_once, or lasts until_expiry: one of them")
        if not (self.months or self.days or self.at_once or self.until_expiry):
            raise ValueError("a window without a length; say months, days, at_once or until_expiry")
        return self


Occasion = Literal["acquisition"] | Reason


class Acceleration(DatedTerm):
    """What vests early upon an acquisition or the end of service for some reasons.

    ``reach`` is everything, what would have vested through the next anniversary of the grant (A22), or through
    the next ``months``. With ``within_months_of_acquisition`` the end of service counts only that soon after an
    acquisition, the second of two triggers.
    """

    upon: Annotated[tuple[Occasion, ...], Field(min_length=1)]
    reach: Literal["next_anniversary", "full", "months"]
    months: Months | None = None
    within_months_of_acquisition: Months | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if (self.reach == "months") != (self.months is not None):
            raise ValueError("reach 'months' needs months, and only it does")
        if self.within_months_of_acquisition is not None and "acquisition" in self.upon:
            raise ValueError(
                "within_months_of_acquisition is for reasons why service ends, not for the acquisition"
            )
        return self


class Cap(Term):
    """The longest life of an option, counted from its grant (A19)."""

    years: Annotated[int, Field(ge=1, le=100)]


class PriceRule(Term):
    """The exercise price of a grant: a percentage of a market price, with what counts where a day has none (A38)."""

    basis: Literal["last_sale", "closing", "average_high_low", "fair_market_value"]
    day: Literal["grant", "day_before"] = "grant"
    percent: Annotated[int, Field(ge=1, le=1000)] = 100
    without_a_price: Literal["preceding_day", "following_day"] | None = None


class Pool(Term):
    """How many shares the plan may issue, in the units of ``reflects_splits_before`` (rule 5)."""

    limit: Shares
    reflects_splits_before: Day | None = None
    returns: Term


class Choice(Term):
    """One way to read a disputed text."""

    name: Name


class Reading(Model):
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


class PlanTerms(Model):
    """Everything a plan says, ready to be run; see ``shipped`` for a worked one."""

    plan: Name
    title: Name
    company: Name
    grant_rules: Annotated[tuple[GrantRule, ...], Field(min_length=1)]
    eligibility: Eligibility
    service: Term
    windows: tuple[Window, ...] = ()
    cap: Cap
    final_exercise_date: Term
    accelerations: tuple[Acceleration, ...] = ()
    breach: Term | None = None
    pool: Pool
    price: PriceRule | None = None
    splits: Term
    exercise: Term
    readings: dict[ReadingName, Reading] = Field(default_factory=dict)
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
        if all(rule.award == "units" for rule in self.grant_rules):
            return self
        for reason in get_args(Reason):
            if not any(
                window.effective is window.granted_from is window.granted_through is None
                and (window.reasons is None or reason in window.reasons)
                for window in self.windows
            ):
                raise ValueError(f"windows: no rule covers every grant when service ends by {reason}")
        return self

    @model_validator(mode="after")
    def _history_runs_forward(self) -> Self:
        for number, (before, after) in enumerate(pairwise(self.history), start=1):
            if after.date < before.date:
                raise ValueError(
                    f"history[{number}].date: {after.date} is before {before.date}, listed ahead of it"
                )
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
    data = plain_yaml(text)
    if not isinstance(data, dict):
        raise TermsError("A terms file is a YAML mapping that starts with `plan:`.")
    try:
        return PlanTerms.model_validate(data)
    except ValidationError as error:
        raise TermsError(first_problem(error, frozenset({*SCHEDULE_KINDS, *WHEN_TYPES}))) from None


def plain_yaml(text: str) -> Any:
    """What YAML text holds, as plain data. Raises TermsError; aliases are refused, for they can stand for anything."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise TermsError("A terms file may not use YAML aliases; write the term out.")
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, TermsError):
            raise
        raise TermsError(f"This is not YAML: {' '.join(str(error).split())}.") from None


def terms_text(terms: PlanTerms) -> str:
    """The terms as a YAML file that ``read_terms`` reads back to the same terms; what is not set is left out."""
    data = terms.model_dump(mode="json", exclude_defaults=True)
    for rule, written in zip(terms.grant_rules, data["grant_rules"], strict=True):
        written["schedule"] = {"kind": rule.schedule.kind, **written["schedule"]}
        if isinstance(rule.schedule, Conditions):
            for condition, step in zip(
                rule.schedule.conditions, written["schedule"]["conditions"], strict=True
            ):
                step["when"] = {"type": condition.when.type, **step.get("when", {})}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


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
    except ValueError:
        raise TermsError(f"{plan!r} cannot be the name of a file.") from None
