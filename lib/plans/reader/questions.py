"""The readings that a plan's text leaves open: which questions arise from what was found, with their options."""

from __future__ import annotations

from typing import Any

QUESTIONS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "day_of_month": (
        "On which day does an installment fall in a shorter month?",
        "A3",
        (
            ("anchor", "The day of the grant, or the month's last day where the month is shorter."),
            ("end_of_month", "A grant on a month's last day vests on the last day of each later month."),
        ),
    ),
    "vest_on_termination_date": (
        "Does an installment that falls on the day of leaving count?",
        "A5",
        (
            ("inclusive", "The day of leaving counts."),
            ("exclusive", "Only what had vested before that day counts."),
        ),
    ),
    "service": (
        "Which service keeps the option alive?",
        "A15",
        (
            ("director", "The service that the plan names."),
            ("eligible_participant", "Any role that the agreement names."),
        ),
    ),
    "window_amendment": (
        "Whom does the amended window reach?",
        "A17",
        (
            ("outstanding", "Every option of its grant dates that had not lapsed on the amendment's date."),
            ("prospective", "Only those who leave on or after the amendment's date."),
        ),
    ),
    "death_acceleration": (
        "What is the additional portion at the next anniversary?",
        "A22",
        (
            ("through", "Everything that would have vested up to and on the next anniversary."),
            ("installment", "Only the installment dated on the next anniversary."),
            ("none", "The agreement alone: only what was exercisable on that day."),
        ),
    ),
    "disability_measure": (
        "Where disability and the end of service fall on different days, which one measures the portion?",
        "A25",
        (
            ("favourable", "The one that gives more; the window runs from the end of service."),
            ("disability", "The day of disability, from which the window runs too."),
            ("cessation", "The day service ended."),
        ),
    ),
    "breach_lapse": (
        "When does a breach end the option?",
        "A28",
        (("notice", "On the company's written notice."), ("breach", "On the breach itself.")),
    ),
    "split_price": (
        "How does the exercise price follow a split?",
        "A33",
        (
            ("aggregate", "Exactly in proportion, so that the aggregate price stays the same."),
            ("ratio", "Divided by the ratio and rounded to the cent."),
        ),
    ),
    "pool_shortfall": (
        "What happens to a grant larger than what is left in the pool?",
        "A36",
        (("stop", "The grant is not made."), ("pro_rata", "The grants of the day share what is left.")),
    ),
}


def reading(
    name: str, clause: str, other: dict[str, str] | None = None, without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """A reading of a terms file with its clause, options of another clause, and options that do not arise."""
    question, rule, options = QUESTIONS[name]
    listed = [
        {"name": option, "clause": (other or {}).get(option, clause), "text": text}
        for option, text in options
        if option not in without
    ]
    return {"question": question, "rule": rule, "default": listed[0]["name"], "options": listed}
