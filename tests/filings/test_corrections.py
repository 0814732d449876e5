"""Corrections: what was read stays, what a person changed stands until undone, and moot lines are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.filings.corrections import (
    FILED,
    Correction,
    corrected,
    moot,
    parsed,
    standing,
    value_at,
    value_before,
    value_in_words,
)
from lib.filings.record import ROW_FIELDS, Filing, Finding, Submission
from tests.builders import bertucci, filing, transaction

SHARES = "non_derivative[0].transaction_shares"


def line(number: int, action: Any = "correct", where: str = SHARES, **more: Any) -> Correction:
    return Correction(number, action, where, by="Ada", at=datetime(2026, 1, 2), **more)


@pytest.fixture
def sale() -> Filing:
    """A sale of 100 shares at 10.00 that leaves 900."""
    return filing("2020-01-02", transaction("2020-01-02", "S", "D", 100, 900))


def test_a_correction_is_the_value_and_says_so(sale: Filing) -> None:
    """The corrected record has the new value, and a note with who, what was and why."""
    found = corrected(sale, [line(1, was="100", value="150", reason="misread")])
    assert value_at(found, SHARES) == Decimal(150)
    (note,) = [finding for finding in found.findings if finding.rule == "corrected"]
    assert note.message == "Corrected from 100 to 150 by Ada: misread"
    assert value_at(sale, SHARES) == Decimal(100)


def test_undo_gives_back_what_was_read(sale: Filing) -> None:
    """An undone line leaves no trace in the record, and undoing the later of two brings the earlier back."""
    log = [line(1, was="100", value="150"), line(2, was="100", value="160"), line(3, "undo", undoes=2)]
    assert value_at(corrected(sale, log), SHARES) == Decimal(150)
    assert corrected(sale, [*log, line(4, "undo", undoes=1)]) == sale


def test_the_last_correction_of_a_value_counts(sale: Filing) -> None:
    """Correcting again replaces; the log keeps both."""
    log = [line(1, was="100", value="150"), line(2, was="100", value="160")]
    assert [one.number for one in standing(log)] == [2]
    assert value_at(corrected(sale, log), SHARES) == Decimal(160)


def test_what_stood_before_a_line_is_what_the_lines_before_it_left(sale: Filing) -> None:
    """The value read, then each correction's, but not an undone one's nor one that a newer reading made moot."""
    log = [
        line(1, was="100", value="150"),
        line(2, was="100", value="160"),
        line(3, "undo", undoes=2),
        line(4, was="100", value="170"),
        line(5, was="120", value="180"),
        line(6, where="issuer.name", was="A", value="B"),
    ]
    before = [value_before(log, one) for one in log if one.action == "correct"]
    assert before == ["100", "150", "150", "120", "A"]
    assert moot(sale, log[:2]) == [], "the value read is kept too, for a newer reading to be held to"


def test_accepting_a_finding_settles_it_alone(sale: Filing) -> None:
    """The accepted finding is gone; another at the same place stays."""
    one, other = Finding("warning", SHARES, "a", "cut"), Finding("warning", SHARES, "b", "moved")
    found = corrected(replace(sale, findings=(one, other)), [line(1, "accept", rule="cut")])
    assert found.findings == (other,)


def test_a_correction_settles_the_findings_of_its_value(sale: Filing) -> None:
    """What the reader doubted is answered; the checks look at the new value."""
    doubted = replace(sale, findings=(Finding("warning", SHARES, "doubtful", "scan.column"),))
    found = corrected(doubted, [line(1, was="100", value="")])
    assert {finding.rule for finding in found.findings} == {"corrected", "empty.amount"}


def test_a_place_that_is_gone_changes_nothing_and_is_told(sale: Filing) -> None:
    """A newer reader that finds fewer rows leaves the correction in the log, told as moot."""
    log = [line(1, where="non_derivative[7].transaction_shares", was="1", value="2")]
    assert corrected(sale, log) == sale
    ((_, why),) = moot(sale, log)
    assert "no longer has this place" in why


@pytest.mark.parametrize(
    ("was", "value", "why"),
    [
        ("10", "100", "gives this value by itself"),
        ("10", "150", "now gives 100, not 10, so the correction is not applied"),
    ],
)
def test_a_new_reading_can_make_a_correction_moot(sale: Filing, was: str, value: str, why: str) -> None:
    """A line whose value is not there any more changes nothing, for another row may have taken its place."""
    ((_, said),) = moot(sale, [line(1, was=was, value=value)])
    assert value_at(corrected(sale, [line(1, was=was, value=value)]), SHARES) == Decimal(100)
    assert why in said


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (SHARES, "1,700", Decimal(1700)),
        (SHARES, " ", None),
        ("non_derivative[0].transaction_price_per_share", "$.0025", Decimal(".0025")),
        ("non_derivative[0].transaction_date", "11/24/2003", date(2003, 11, 24)),
        ("reporting_owners[0].is_director", "No", False),
        ("issuer.name", "  MKS   INC ", "MKS INC"),
    ],
)
def test_what_a_person_writes_becomes_the_value(path: str, text: str, value: object) -> None:
    """Amounts as printed, dates in both forms, yes and no, words with their spaces folded."""
    assert parsed(path, text) == value


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        (SHARES, "many", "is not an amount"),
        (SHARES, "-5", "not negative"),
        (SHARES, "NaN", "not an amount"),
        (SHARES, "1_000", "not an amount"),
        (SHARES, "1e2000000", "not an amount"),
        ("non_derivative[0].transaction_date", "2003-W48-1", "not a date"),
        ("reporting_owners[0].is_officer", "", "cannot be left empty"),
        ("non_derivative[0].transaction_date", "2003-13-01", "not a date"),
        ("non_derivative[0].direct_or_indirect", "X", "one of D, I"),
        ("non_derivative[0].transaction_code", "V", "cannot stand here"),
        ("document_type", "", "cannot be left empty"),
        ("reporting_owners[0].is_officer", "perhaps", "neither yes nor no"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_sentence(path: str, text: str, why: str) -> None:
    """The field's kind decides."""
    with pytest.raises(ValueError, match=why):
        parsed(path, text)


@pytest.mark.parametrize(
    "path",
    ["", "issuer", "footnotes", "findings", "container", "non_derivative", "non_derivative[0]", "non_derivative.x",
     "issuer[0].name", "non_derivative[0].footnotes", "nothing", "non_derivative[0].nothing", "__class__"],
)  # fmt: skip
def test_only_values_can_be_named(sale: Filing, path: str) -> None:
    """Parts, marks and what the record has not are no values."""
    with pytest.raises(KeyError):
        value_at(sale, path)


@given(
    st.lists(
        st.tuples(st.sampled_from(ROW_FIELDS), st.sampled_from(["", "1", "3.5", "2020-02-03", "D", "words"])),
        max_size=6,
    )
)
def test_undoing_everything_is_the_record_as_read(changes: list[tuple[str, str]]) -> None:
    """Whatever is corrected, in whatever order: with every line undone nothing is left of it."""
    read = bertucci()[0]
    log = [line(n, where=f"non_derivative[0].{name}", value=text) for n, (name, text) in enumerate(changes)]
    undone = [line(100 + n, "undo", undoes=one.number) for n, one in enumerate(log)]
    assert corrected(read, [*log, *undone]) == read


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("transaction_date", "2007-11-08", "8 Nov 2007"),
        ("transaction_shares", "1234567.50", "1,234,567.50"),
        ("nature_of_ownership", "2007-11-08", "2007-11-08"),
        ("transaction_date", "soon", "soon"),
        ("is_officer", True, "yes"),
        ("remarks", None, "empty"),
    ],
)
def test_values_as_people_read_them(name: str, value: str | bool | None, words: str) -> None:
    """Days and amounts by what the field holds; whatever does not fit it stays as it is."""
    assert value_in_words(name, value) == words


@pytest.mark.parametrize("read", [None, date(2020, 1, 3)], ids=["none", "another"])
def test_a_filing_date_can_be_given_and_corrected(sale: Filing, read: date | None) -> None:
    """It is a value like any other; what else came with it names the filing and is nobody's to change."""
    sale = replace(
        sale, submission=Submission(accession_number="0000000000-20-000001", filed_as_of_date=read)
    )
    was = read and read.isoformat()
    given = line(1, where=FILED, was=was, value="2020-01-09", reason="EDGAR's index")
    found = corrected(sale, [given])
    assert found.submission == replace(sale.submission, filed_as_of_date=date(2020, 1, 9))
    (note,) = [finding for finding in found.findings if finding.where == FILED]
    assert note.message == f"Corrected from {was or 'empty'} to 2020-01-09 by Ada: EDGAR's index"
    assert corrected(sale, [given, line(2, "undo", where=FILED, undoes=1)]) == sale
    with pytest.raises(ValueError, match="is not a date"):
        parsed(FILED, "soon")
    with pytest.raises(KeyError):
        value_at(sale, "submission.accession_number")
