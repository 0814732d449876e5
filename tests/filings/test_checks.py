"""Checks on one filing: each rule fires on its fault, says it in figures, and is silent on sound filings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from lib.filings.checks import check, checked
from lib.filings.readers import read
from lib.filings.record import Filing, Finding, Owner, Row, Signature
from tests.builders import filing, holding, transaction
from tests.filings.strategies import filings

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "xml_rendered" / "xml"
DAMAGED = "frank-2024-06-12-form4.txt"
"""The sample whose row has a letter in its date, as the samples' README says."""
SAMPLES = sorted(p for p in (ROOT / "sample_filings").iterdir() if "form" in p.stem)

SOUND_PERCENT = 90
"""Of real filings that give no finding above a note; what was reached is 95."""


def sale(day: str = "2024-03-01", shares: int = 100, following: int | None = 900, **fields: Any) -> Row:
    return transaction(day, "S", "D", shares, following, **fields)


def option(**fields: Any) -> Row:
    """An option's holding with everything the form asks for."""
    values: dict[str, Any] = {
        "security_title": "Option",
        "conversion_or_exercise_price": Decimal(5),
        "exercise_date": date(2020, 1, 1),
        "expiration_date": date(2030, 1, 1),
        "underlying_security_title": "Common",
        "underlying_security_shares": Decimal(10),
        "direct_or_indirect": "D",
    }
    return Row(**values | fields)


def form(*rows: Row, **fields: Any) -> Filing:
    """A sound Form 4 of 2024-03-01, signed three days later, with these rows or one sale."""
    signed = (Signature("/s/ Doe", date(2024, 3, 4)),)
    return filing("2024-03-01", *(rows or (sale(),)), **{"signatures": signed} | fields)


def person(**fields: Any) -> tuple[Owner, ...]:
    return (Owner(name="Doe Jane", **fields),)


FAULTS: dict[str, tuple[Filing, str, str]] = {
    # head
    "amendment without original": (form(document_type="4/A"), "amendment.original", "does not say when"),
    "original of no amendment": (
        form(date_of_original_submission=date(2024, 3, 2)),
        "amendment.original",
        "2024-03-02",
    ),
    "original after signature": (
        form(document_type="4/A", date_of_original_submission=date(2024, 4, 1)),
        "amendment.original",
        "filed on 2024-04-01, after this amendment was signed on 2024-03-04",
    ),
    "no role": (form(reporting_owners=person()), "owner.no-role", "Doe Jane is marked neither"),
    "officer without title": (form(reporting_owners=person(is_officer=True)), "owner.no-title", "officer"),
    "other without text": (form(reporting_owners=person(is_other=True)), "owner.no-other-text", "what"),
    "nothing owned, with rows": (
        form(holding(1), document_type="3", no_securities_owned=True),
        "form.nothing-reported",
        "reports 1 row",
    ),
    "nothing on a Form 3": (
        replace(form(), document_type="3", non_derivative=()),
        "form.nothing-reported",
        "does not say that none",
    ),
    "nothing on a Form 4": (replace(form(), non_derivative=()), "form.nothing-reported", "no transaction"),
    "nothing owned on a Form 4": (
        replace(form(), non_derivative=(), no_securities_owned=True),
        "form.nothing-reported",
        "belongs to Form 3",
    ),
    # days
    "period not the earliest": (
        form(sale("2024-02-27")),
        "period.not-earliest",
        "earliest transaction is of 2024-02-27, but the form gives 2024-03-01 as its date: 3 days later",
    ),
    "signed before the event": (
        form(holding(1), document_type="3", signatures=(Signature("x", date(2024, 2, 1)),)),
        "signature.before-period",
        "Signed on 2024-02-01, before the form's own date, 2024-03-01",
    ),
    "after the signature": (
        form(sale(), sale("2024-03-09", following=800)),
        "date.after-signature",
        "Row 2 of Table I is of 2024-03-09, after the form was signed on 2024-03-04",
    ),
    "far after the period": (
        form(sale(), sale("2025-03-02", following=800), signatures=()),
        "date.far-after-period",
        "366 days after",
    ),
    "outside the fiscal year": (
        form(sale("2022-06-01"), document_type="5"),
        "date.outside-fiscal-year",
        "outside the fiscal year that ended on 2024-03-01",
    ),
    "transaction on a Form 3": (form(document_type="3"), "form3.transaction", "holdings only"),
    "expires before exercisable": (
        form(derivative=(option(exercise_date=date(2031, 1, 1)),)),
        "date.expires-unexercisable",
        "from 2031-01-01, but expires before, on 2030-01-01",
    ),
    "already expired": (
        form(
            derivative=(
                replace(
                    sale(), security_title="Option", conversion_or_exercise_price=Decimal(5),
                    exercise_date=date(2020, 1, 1), expiration_date=date(2024, 2, 1),
                    underlying_security_title="Common",
                ),
            )
        ),
        "date.already-expired",
        "is of 2024-03-01, after the security expired on 2024-02-01",
    ),
    # letters
    "no code": (form(replace(sale(), transaction_code=None)), "code.missing", "without a code"),
    "unknown code": (form(replace(sale(), transaction_code="K")), "code.unknown", "“K”"),
    "no direction": (form(replace(sale(), acquired_disposed_code=None)), "code.direction", "neither"),
    "holding with a price": (
        form(sale(), holding(1, transaction_price_per_share=Decimal(2))),
        "holding.coded",
        "transaction price per share",
    ),
    "holding of form type 4": (
        form(sale(), holding(1, transaction_form_type="4")),
        "holding.form-type",
        "form type 4",
    ),
    "direct with a nature": (
        form(sale(nature_of_ownership="By Trust")),
        "ownership.direct-with-nature",
        "“By Trust”",
    ),
    "indirect without": (
        form(sale(direct_or_indirect="I")),
        "ownership.indirect-without-nature",
        "does not say how",
    ),
    "neither": (form(sale(direct_or_indirect=None)), "ownership.missing", "neither direct"),
    "no underlying": (
        form(derivative=(option(underlying_security_title=None),)),
        "derivative.no-underlying",
        "Row 1 of Table II",
    ),
    # numbers
    "empty price": (form(sale(transaction_price_per_share=None)), "empty.price", "no footnote says why"),
    "empty date": (
        form(derivative=(option(expiration_date=None),)),
        "empty.date",
        "Row 1 of Table II has no expiration date",
    ),
    "empty amount": (form(replace(sale(), transaction_shares=None)), "empty.amount", "without an amount"),
    "empty balance": (form(sale(following=None)), "empty.amount", "without what is owned after it"),
    "shares and value": (
        form(sale(value_owned_following=Decimal(12000))),
        "amount.shares-and-value",
        "shares owned following (900) and value owned following (12,000)",
    ),
    "free trade": (form(sale(transaction_price_per_share=Decimal(0))), "price.free-trade", "price of zero"),
    "dear share": (
        form(sale(transaction_price_per_share=Decimal("1000000.5"))),
        "price.absurd",
        "$1,000,000.5",
    ),
    "huge trade": (
        form(sale(shares=10**7, transaction_price_per_share=Decimal(9000))),
        "amount.absurd",
        "$90,000,000,000 (10,000,000 at $9,000)",
    ),
    "balance does not step": (
        form(sale(following=900), sale(following=850)),
        "balance.step",
        "900 after Row 1 of Table I less 100 disposed of make 800, but Row 2 of Table I says 850: 50 more",
    ),
    # footnotes and sizes
    "mark without footnote": (
        form(sale(footnotes={"transaction_shares": ("F2",)})),
        "footnote.missing",
        "marks footnote F2 on its transaction shares",
    ),
    "unused footnote": (form(footnotes={"F1": "By will."}), "footnote.unused", "“By will.”"),
    "empty footnote": (form(footnotes={"F1": ""}), "footnote.empty", "F1"),
    "many owners": (
        form(reporting_owners=person(is_director=True) * 11),
        "limit.reporting-owner",
        "11 reporting owners, where EDGAR takes at most 10",
    ),
    "many rows": (form(sale(), *[holding(n) for n in range(30)]), "limit.row", "31 rows"),
    "long footnote": (
        form(sale(footnotes={"transaction_code": ("F1",)}), footnotes={"F1": "x" * 1001}),
        "limit.character",
        "1,001 characters",
    ),
    "long remarks": (form(remarks="x" * 2001), "limit.character", "remarks: 2,001"),
    "many places": (
        form(sale(transaction_price_per_share=Decimal("1.23456"))),
        "limit.decimals",
        "1.23456 has 5 decimal places",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("record", "rule", "words"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_found_and_said(record: Filing, rule: str, words: str) -> None:
    """One fault gives one finding of its rule, with the figures in its sentence, and nothing else."""
    (finding,) = check(record)
    assert finding.rule == rule
    assert words in finding.message
    assert finding.message.endswith((".", "”"))


marked = {"footnotes": {"transaction_price_per_share": ("F1",)}}
SOUND: dict[str, Filing] = {
    "plain": form(),
    "a price that is only a mark": form(
        sale(transaction_price_per_share=None, **marked), footnotes={"F1": "Average."}
    ),
    "a free sale with a mark": form(
        sale(transaction_price_per_share=Decimal(0), **marked), footnotes={"F1": "Swap."}
    ),
    "nature that is only a mark": form(
        sale(direct_or_indirect="I", footnotes={"nature_of_ownership": ("F1",)}), footnotes={"F1": "Trust."}
    ),
    "late Form 3 holding": form(sale(), holding(1, transaction_form_type="3"), document_type="5"),
    "late transaction on a Form 5": form(sale("2020-01-02", transaction_form_type="4"), document_type="5"),
    "voluntary early gift before the period": form(
        transaction("2024-01-05", "G", "D", 10, 1000, transaction_form_type="5"), sale()
    ),
    "nothing owned": replace(form(), document_type="3", non_derivative=(), no_securities_owned=True),
    "exit without rows": replace(form(), non_derivative=(), not_subject_to_section16=True),
    "amendment": form(document_type="4/A", date_of_original_submission=date(2024, 3, 4)),
    "later owners of a printed form": form(
        container="pdf", reporting_owners=(Owner(name="A", is_director=True), Owner(name="B"))
    ),
    "trailing zeros": form(sale(transaction_price_per_share=Decimal("12.500000"))),
}


@pytest.mark.parametrize("record", SOUND.values(), ids=list(SOUND))
def test_a_sound_filing_gives_nothing(record: Filing) -> None:
    """What the forms allow is not reported."""
    assert check(record) == ()


by_trust = {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"}
BALANCES: dict[str, tuple[Row, ...]] = {
    "row by row": (sale(following=900), sale(following=800), sale(following=700)),
    "one final balance on every row": (sale(following=700), sale(following=700), sale(following=700)),
    "the last row first": (sale(following=700), sale(following=800), sale(following=900)),
    "at the end of each day": (
        sale(following=800),
        sale(following=800),
        sale("2024-03-04", following=600),
        sale("2024-03-04", following=600),
    ),
    "days out of order": (sale("2024-03-04", following=800), sale(following=900)),
    "acquired, then withheld": (
        transaction("2024-03-01", "M", "A", 500, 1500),
        transaction("2024-03-01", "F", "D", 200, 1300),
    ),
    "two ways of holding": (sale(following=900), sale(following=50, **by_trust), sale(following=800)),
    "two trusts told apart by marks": (
        sale(following=900, footnotes={"nature_of_ownership": ("F1",)}, **by_trust),
        sale(following=50, footnotes={"nature_of_ownership": ("F2",)}, **by_trust),
    ),
    "a row without a number between": (sale(following=900), sale(following=None), sale(following=100)),
}


@pytest.mark.parametrize("rows", BALANCES.values(), ids=list(BALANCES))
def test_every_habit_of_balances_is_understood(rows: tuple[Row, ...]) -> None:
    """Stepping, final, daily and reversed balances all fit, and positions are kept apart."""
    assert "balance.step" not in {finding.rule for finding in check(form(*rows))}


def test_a_balance_with_a_footnote_is_a_note() -> None:
    """Where a footnote tells what else changed, a balance that does not step is no warning."""
    told = sale(following=1200, footnotes={"shares_owned_following": ("F1",)})
    (finding,) = check(form(sale(following=900), told, footnotes={"F1": "With a dividend."}))
    assert (finding.rule, finding.severity) == ("balance.step", "note")


@pytest.mark.parametrize("after", [(600, 650), (600, 1250)], ids=["each grant", "the class"])
def test_derivatives_may_count_the_grant_or_the_class(after: tuple[int, int]) -> None:
    """Two like grants may each give their own balance, or the second that of both."""
    terms = {
        "security_title": "Warrant",
        "conversion_or_exercise_price": Decimal(1),
        "exercise_date": date(2024, 3, 1),
        "expiration_date": date(2029, 3, 1),
        "underlying_security_title": "Common",
    }
    grants = [
        transaction("2024-03-01", "P", "A", shares, following, **terms)
        for shares, following in zip((600, 650), after, strict=True)
    ]
    assert check(form(derivative=tuple(grants))) == ()


def test_checked_appends_once() -> None:
    """The findings come after those of the reader, and checking again adds nothing."""
    read_as = Finding("note", "", "Joined again.", "xml.unwrapped")
    record = replace(form(sale(direct_or_indirect=None)), findings=(read_as,))
    once = checked(record)
    assert [finding.rule for finding in once.findings] == ["xml.unwrapped", "ownership.missing"]
    assert checked(once) == once
    assert replace(once, findings=record.findings) == record


@settings(deadline=None)
@given(filings())
def test_any_record_can_be_checked(record: Filing) -> None:
    """No record is so odd that a check fails; every finding has a place in it and a sentence."""
    paths = {where for where, _ in record.rows()}
    for finding in check(record):
        assert finding.message
        assert finding.where.partition(".")[0] in paths or finding.where.split(".")[0].split("[")[0] in (
            Filing.__dataclass_fields__
        )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_are_sound(path: Path) -> None:
    """The sample filings, from any container, give no finding above a note but for the damaged date of one."""
    damaged = ["non_derivative[0].transaction_date"] if path.name == DAMAGED else []
    for record in read(path.name, path.read_bytes()):
        assert [finding.where for finding in check(record) if finding.severity != "note"] == damaged


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
def test_real_filings_are_mostly_sound() -> None:
    """The checks stay quiet on real filings: nearly all give no warning, none an error."""
    loud: Counter[bool] = Counter()
    for path in sorted(CORPUS.glob("*.xml")):
        for record in read(path.name, path.read_bytes()):
            severities = {finding.severity for finding in check(record)}
            assert "error" not in severities, path.name
            loud["warning" in severities] += 1
    assert loud[False] >= SOUND_PERCENT / 100 * loud.total()


def test_labels_of_the_form_are_no_values() -> None:
    """A text whose columns are lost may give a label for a name: that is an error, and no name is one."""
    one = filing("2020-01-02", holding(1), owner="(City) (State) (Zip)")
    assert "reporting_owners[0].name" in {f.where for f in check(one) if f.rule == "value.label"}
    assert not [f for f in check(filing("2020-01-02", holding(1))) if f.rule == "value.label"]
