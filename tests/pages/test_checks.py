"""The checks page: what does not add up, was late, was matched, should be looked at; each leads to its cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.filings.record import Filing, Finding, Issuer, Owner, Submission
from lib.store import Store
from lib.store.market import Window, filed_after
from lib.ui.checks_results import Who, check_all, headline, narrowed
from lib.ui.market_tables import late
from tests.builders import bertucci, filing, transaction

PARTS = ("Reconciliation", "Deadlines", "Short swing", "Quality")
EVIL = "![x](http://a.b) <b>=1+1</b>"


def add(store: Store, *filings: Filing) -> None:
    for n, one in enumerate(filings):
        store.add_document(f"{n}.xml", b"<filing n='%d'/>" % n, [one], reader_version=1)


def opened(app: AppTest, part: str = "Reconciliation", **query: str) -> AppTest:
    """The checks page at one of its parts."""
    at = app.run()
    at.switch_page("pages/checks.py")
    for name, value in {"part": part, **query}.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    elements = [*at.title, *at.subheader, *at.text, *at.caption, *at.info, *at.success, *at.markdown]
    return "\n".join(str(element.value) for element in elements)


def traders() -> list[Filing]:
    """One insider whose lowest purchase is worth more with the lower sale; each is filed late."""
    trades = [
        ("2020-01-02", "P", "A", 100, 1100, "10"),
        ("2020-03-02", "S", "D", 100, 1000, "12"),
        ("2020-05-01", "P", "A", 100, 1100, "8"),
        ("2020-09-01", "S", "D", 100, 1000, "11"),
    ]
    return [
        filing(
            day,
            transaction(day, code, side, shares, after, transaction_price_per_share=Decimal(price)),
            owner="Trader Ann",
            submission=Submission(filed_as_of_date=date(2020, 10, n + 1)),
        )
        for n, (day, code, side, shares, after, price) in enumerate(trades)
    ]


def test_empty_library_is_one_click_from_the_samples(app: AppTest, file_store: Store) -> None:
    """A first visit meets words and a button, then the breaks of the samples."""
    at = opened(app)
    assert "Nothing to check yet" in texts(at)
    at.button(key="load_samples_here").click().run()
    assert not at.exception
    assert Decimal(-2816593) in list(at.dataframe[0].value["Unexplained"])
    assert "no filing in the library says why" in texts(at)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_runs(app: AppTest, file_store: Store, part: str) -> None:
    """Each part opens by its link and shows its rows."""
    finding = Finding("note", "", "Odd.", "odd")
    add(file_store, *bertucci(), *(replace(one, findings=(finding,)) for one in traders()))
    at = opened(app, part)
    assert at.dataframe


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_words_for_nothing(app: AppTest, file_store: Store, part: str) -> None:
    """A filing without rows is no error in any part."""
    bare = Filing("xml", "4", issuer=Issuer(name="A"), reporting_owners=(Owner(name="B", is_director=True),))
    add(file_store, bare)
    assert texts(opened(app, part))


def test_a_break_is_told_with_its_causes_and_filings(app: AppTest, file_store: Store) -> None:
    """The largest break first: its levels, its days, what may explain it, and links to both filings."""
    add(file_store, *bertucci())
    at = opened(app)
    assert list(at.dataframe[0].value["Unexplained"]) == [-2828266, -2816593]
    said = texts(at)
    assert "2 changes that no filing explains" in said
    assert "5,273,927 shares were held after 24 Nov 2003" in said
    assert "2,828,266 fewer" in said
    assert "A filing between 24 Nov 2003 and 8 Nov 2007" in said


def test_filters_narrow_every_part(app: AppTest, file_store: Store) -> None:
    """The owner in the link is the only one left."""
    add(file_store, *bertucci(), *traders())
    at = opened(app, "Deadlines", people="Trader Ann")
    assert set(at.dataframe[0].value["Owner"]) == {"Trader Ann"}
    assert at.multiselect(key="people").value == ["Trader Ann"]


def test_deadlines_give_the_rule_on_the_day(app: AppTest, file_store: Store) -> None:
    """Late rows come first, with their days and the rule that was in force."""
    add(file_store, *bertucci(), *traders())
    at = opened(app, "Deadlines")
    assert "Late" in at.dataframe[0].value["State"][0]
    assert "Section 16(a)(2)(C)" in texts(at)


def test_a_state_without_reports_says_so(app: AppTest, file_store: Store) -> None:
    """The states are in the link; where none is left there are words."""
    add(file_store, *bertucci(), *traders())
    at = opened(app, "Deadlines", timeliness="In time")
    assert "No report is in this state" in texts(at)


def test_short_swing_shows_pairs_and_says_what_it_is(app: AppTest, file_store: Store) -> None:
    """Lowest-in highest-out and the largest total, and plainly that it is a screen."""
    add(file_store, *traders())
    at = opened(app, "Short swing")
    said = texts(at)
    assert "A screen, not a liability" in said
    screens, greedy, best = (frame.value for frame in at.dataframe[:3])
    assert list(screens["Lowest-in, highest-out"]) == [400]
    assert list(screens["Largest total"]) == [500]
    assert list(greedy["Profit"]) == [400]
    assert list(best["Profit"]) == [300, 200]
    assert "misses $100.00" in said


def test_quality_filters_by_severity_and_rule(app: AppTest, file_store: Store) -> None:
    """A finding is listed by its severity and rule, and what a filing says stays text."""
    finding = Finding("error", "non_derivative[0].transaction_code", f"Read as S: {EVIL}", "test.rule")
    add(file_store, replace(bertucci()[0], findings=(finding,)))
    at = opened(app, "Quality", severity="error", rules="test.rule")
    assert list(at.dataframe[0].value["Rule"]) == ["test.rule"]
    assert f"Read as S: {EVIL}" in [text.value for text in at.text]


def test_names_of_filings_are_never_markup(app: AppTest, file_store: Store) -> None:
    """An owner's name comes from the document: in headings it stays text."""
    owners = (Owner(name=EVIL),)
    add(file_store, *(replace(one, reporting_owners=owners, document_type=EVIL) for one in bertucci()))
    for part in PARTS:
        at = opened(app, part)
        assert not any("![x]" in str(element.value) for element in [*at.subheader, *at.caption, *at.markdown])
        assert not any("![x]" in link.proto.label for link in at.get("page_link"))


def test_headline_counts() -> None:
    """The counts in a sentence, and the words for nothing."""
    assert headline(check_all([])) == (
        "Every change explained; 0 reported late; no short-swing match; no findings"
    )
    found = check_all(list(enumerate([*bertucci(), *traders()])))
    assert headline(found).startswith("2 changes that no filing explains; 4 reported late, 3 unknown")


def test_narrowed_keeps_only_the_named() -> None:
    """Nothing of another owner is left in any part."""
    found = check_all(list(enumerate([*bertucci(), *traders()])))
    ann = narrowed(found, ["Trader Ann"])
    assert ann.breaks == ()
    assert {one.who for one in ann.timed} == {Who("MKS INSTRUMENTS INC (MKSI)", "Trader Ann")}
    assert len(ann.swings) == 1
    assert narrowed(found, ()) == found


def test_a_filing_date_is_entered_and_taken_back(app: AppTest, file_store: Store) -> None:
    """A report of unknown timeliness is judged once somebody gives its filing date, here and for the market."""
    trade = transaction("2024-05-01", "S", "D", 100, 900, transaction_price_per_share=Decimal(10))
    add(file_store, filing("2024-05-01", trade, aff10b5_one=False))
    (entry,) = file_store.library()
    at = opened(app, "Deadlines")
    assert list(at.dataframe[0].value["State"]) == ["Unknown"]
    at.text_input[0].set_value("5/8/2024")
    save = next(one for one in at.button if one.label == "Save correction")
    save.click().run()
    assert "A correction needs a reason" in at.error[0].value
    at.text_input[1].set_value("EDGAR's index")
    next(one for one in at.button if one.label == "Save correction").click().run()
    assert not at.exception
    assert list(at.dataframe[0].value["State"]) == ["Late"]
    assert [one.value for one in at.toast] == ["Noted in the log"]
    assert "no findings" in texts(at), "what a person corrected is settled"
    assert "Filed on 8 May 2024, 5 days after 3 May 2024." in texts(at)
    assert "Corrected from empty to 8 May 2024 by Analyst: EDGAR's index" in texts(at)
    (late_one,) = late(filed_after(file_store, Window(date(2024, 1, 1), date(2024, 12, 31))))
    assert late_one.filed.filed == date(2024, 5, 8)
    at.button(key="undo_cell").click().run()
    assert list(at.dataframe[0].value["State"]) == ["Unknown"]
    assert [line.action for line in file_store.log(entry.id)] == ["correct", "undo"]


def test_a_filing_date_that_was_read_is_corrected_and_taken_back(app: AppTest, file_store: Store) -> None:
    """The date of a header or a data set gives way to a person's, and comes back when that is undone."""
    add(file_store, traders()[0])
    at = opened(app, "Deadlines")
    assert list(at.dataframe[0].value["Filed"]) == [date(2020, 10, 1)]
    assert at.text_input[0].value == "2020-10-01"
    at.text_input[0].set_value("2020-01-03")
    at.text_input[1].set_value("EDGAR's index")
    next(one for one in at.button if one.label == "Save correction").click().run()
    assert not at.exception
    assert list(at.dataframe[0].value["State"]) == ["In time"]
    assert "Corrected from 1 Oct 2020 to 3 Jan 2020 by Analyst: EDGAR's index" in texts(at)
    at.button(key="undo_cell").click().run()
    assert list(at.dataframe[0].value["State"]) == ["Late"]
    assert list(at.dataframe[0].value["Filed"]) == [date(2020, 10, 1)]


def test_an_amendment_without_its_original_is_not_late(app: AppTest, file_store: Store) -> None:
    """The original was in time, so what it may have had is unknown, also where a second amendment says more."""
    trade = transaction("2020-05-08", "A", "A", 100, 900)
    amendment = filing(
        "2020-05-08",
        trade,
        document_type="4/A",
        date_of_original_submission=date(2020, 5, 12),
        submission=Submission("1", date(2020, 5, 22)),
    )
    again = replace(
        amendment,
        non_derivative=(trade, transaction("2020-05-08", "A", "A", 33, 933)),
        submission=Submission("2", date(2020, 6, 22)),
    )
    add(file_store, amendment, again)
    at = opened(app, "Deadlines")
    assert list(at.dataframe[0].value["State"]) == ["Unknown"] * 3
    assert "Days late" not in at.dataframe[0].value
    assert "which the library does not hold" in texts(at)


@pytest.mark.parametrize("chosen", ["", "Unknown"])
def test_a_report_stays_in_sight_when_its_date_is_entered(
    app: AppTest, file_store: Store, chosen: str
) -> None:
    """It stays picked where its row moves, and where the chosen states no longer list it a sentence says so."""

    def shown(element: Any) -> str:
        return str(element.value).replace("\\", "")

    for owner in ("First Ann", "Second Bob"):
        trade = transaction("2024-05-01", "S", "D", 100, 900)
        one = filing("2024-05-01", trade, owner=owner, aff10b5_one=False)
        file_store.add_document(f"{owner}.xml", owner.encode(), [one], reader_version=1)
    at = opened(app, "Deadlines", **({"timeliness": chosen} if chosen else {}))
    assert shown(at.subheader[-1]) == "Unknown: First Ann, Form 4"
    at.text_input[0].set_value("5/2/2024")
    at.text_input[1].set_value("EDGAR's index")
    next(one for one in at.button if one.label == "Save correction").click().run()
    assert not at.exception
    if chosen:
        assert shown(at.subheader[-1]) == "Unknown: Second Bob, Form 4"
        assert "First Ann, Form 4 is now in time" in shown(at.info[0])
    else:
        assert list(at.dataframe[0].value["State"]) == ["Unknown", "In time"]
        assert shown(at.subheader[-1]) == "In time: First Ann, Form 4"
        assert not at.info
