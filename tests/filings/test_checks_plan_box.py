"""The Rule 10b5-1 box: what footnotes state, deny and leave open, against the box's three states."""

from __future__ import annotations

import pytest

from lib.filings.checks import check, states_10b5_1
from tests.builders import filing, transaction

STATED = [
    "Transaction made pursuant to a Rule 10b5-1(c) plan adopted on March 15, 2023.",
    "Shares were sold pursuant to an effective 10b5-1 Plan.",
    "These sales were effected under a Rule 10b5-l trading plan dated March 22, 2023.",
    "Sold under a plan of May 2, which complies with the requirements of Rule 10b5-1(c)(1).",
    "The sales do not represent discretionary trades and were made pursuant to a Rule 10b5-1 plan.",
    "Sold by the broker, without discretion of the owner, under a Rule 10b5-1 plan.",
    "The Reporting Person has no discretion over sales under the Rule 10b5-1 plan.",
    "All sales, other than those described in footnote 2, were made pursuant to a Rule 10b5-1 plan.",
    "The sale in row 1 was made under a Rule 10b5-1 plan. That in row 2 was not made under a Rule 10b5-1 plan.",
    "Made under a 10b5-1 plan; the gift was not made under a 10b5-1 plan.",
    "An automatic sell-to-cover intended to comply with Rule 10b5-1.",
    "Sale under Rule 10b5–1 plan. Further details upon request.",
    "Rule 10b5-1 sale.",
    "10b5-1 plan",
]
DENIED = [
    "This sale was not made pursuant to a Rule 10b5-1 trading plan.",
    "The sale wasn’t made under a 10b5-1 plan.",
    "Bought in the open market and not pursuant to a Rule 10b5-1 plan.",
    "Shares acquired other than pursuant to a Rule 10b5-1 plan.",
    "The sale was made outside of the reporting person's existing Rule 10b5-1 plan.",
    "None of the purchases and sales reported herein was made pursuant to a Rule 10b5-1 plan.",
    "Neither sale was made under a Rule 10b5-1 plan.",
    "Not made under any contract, instruction or written plan intended to satisfy the affirmative defense "
    "conditions of Rule 10b5-1(c).",
    "The trades were not made pursuant to, or in reliance on, Rule 10b5-1.",
    "The sale was effected without a Rule 10b5-1 plan.",
    "The reporting person has not adopted a Rule 10b5-1 trading plan.",
    "A Rule 10b5-1 plan was not used for this trade.",
    "Bought under a dividend reinvestment plan; no Rule 10b5-1 plan was involved.",
]
LEFT_OPEN = [
    "",
    "Held by a trust.",
    "Exempt under Rule 16b-3.",
    "Sold pursuant to a trading plan.",
    "The reporting person adopted a Rule 10b5-1 plan on March 1, 2023.",
    "Further shares may be sold in the future under a Rule 10b5-1 plan.",
    "Sold under Rule 10b5-10.",
]


@pytest.mark.parametrize("text", STATED)
def test_a_plan_trade_is_recognised(text: str) -> None:
    """A sentence that says a trade was made under a plan counts, whatever else it denies."""
    assert states_10b5_1(text) is True


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_is_no_plan_trade(text: str) -> None:
    """A negation that reaches the rule says that there was no plan trade."""
    assert states_10b5_1(text) is False


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_silence_and_plans_to_come_state_nothing(text: str) -> None:
    """A text without the rule, or with a plan but no trade made under it, states nothing."""
    assert states_10b5_1(text) is None


@pytest.mark.parametrize(
    ("box", "text", "rule"),
    [
        (True, STATED[0], None),
        (False, STATED[0], ("plan-box.unticked", "warning")),
        (None, STATED[0], ("plan-box.told", "note")),
        (True, DENIED[0], ("plan-box.denied", "warning")),
        (False, DENIED[0], None),
        (None, DENIED[0], None),
        (True, f"{DENIED[0]} {STATED[0]}", None),
        (True, LEFT_OPEN[1], None),
        (False, LEFT_OPEN[1], None),
    ],
)
def test_the_box_is_held_to_the_footnotes(box: bool | None, text: str, rule: tuple[str, str] | None) -> None:
    """Only a box that says the opposite of the text, or a form without a box, gives a finding."""
    sale = transaction("2024-03-01", "S", "D", 1, 0, footnotes={"transaction_code": ("F1",)})
    record = filing("2024-03-01", sale, footnotes={"F1": text}, aff10b5_one=box)
    found = [(one.rule, one.severity) for one in check(record)]
    assert found == ([rule] if rule else [])


def test_the_finding_quotes_the_sentence_and_its_place() -> None:
    """A person reads which footnote or remark says what, word by word."""
    record = filing(
        "2024-03-01", remarks=f"See exhibit. {STATED[1]}", aff10b5_one=False, not_subject_to_section16=True
    )
    (finding,) = check(record)
    assert finding.where == "aff10b5_one"
    assert finding.message == f"The Rule 10b5-1 box is not ticked, but the remark says: “{STATED[1]}”"


def test_hostile_text_takes_no_time() -> None:
    """Text made of repeated negations, marks or plan words is judged in one pass."""
    for text in ("nor " * 50_000 + "10b5-1", "10b5-1 " + "sales " * 50_000 + "x", "10b5-1" * 50_000):
        states_10b5_1(text)
