"""Text dumps: what the form's own structure puts back, each with its finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.filings.readers.text import read_text
from lib.filings.readers.text_arithmetic import reconciled
from lib.filings.readers.text_head import street_lines
from lib.filings.readers.text_lines import words_of
from lib.filings.readers.text_phrases import Phrases

from .dumps import TABLE_I, TABS, rules, tabs


@pytest.mark.parametrize(
    ("street", "lines"),
    [
        ("27 FINCH ROAD HERON GOLF CLUB", ["27 FINCH ROAD", "HERON GOLF CLUB"]),
        ("2200 FINCH COLLEGE BLVD RNB-4", ["2200 FINCH COLLEGE BLVD", "RNB-4"]),
        (
            "C/O FINCH, LTD. HERON HOUSE 1ST FL. 94 WREN RD",
            ["C/O FINCH, LTD.", "HERON HOUSE 1ST FL. 94 WREN RD"],
        ),
        ("C/O FINCH CORP. II 4 WREN WAY", ["C/O FINCH CORP. II", "4 WREN WAY"]),
        ("100 FINCH AVENUE SOUTH", ["100 FINCH AVENUE SOUTH"]),
        ("100 FINCH STREET", ["100 FINCH STREET"]),
    ],
)
def test_streets_part_after_the_street_and_the_company(street: str, lines: list[str]) -> None:
    """What follows a street's word or a company's form stood on a line of its own; a direction did not."""
    assert [line.text for line in street_lines(words_of(street, 1), "here", [])] == lines


def test_marks_of_notes_that_no_cell_names_go_where_they_stand_in_order() -> None:
    """A note between two others belongs to the one nature without a mark between theirs, with a warning."""
    text = TABS.format(
        rows="\n".join(
            f"Common Stock\t\t\t\t\t\t\t\t{n}00\tI\tSee footnote{mark}"
            for n, mark in enumerate(("(1)", "", "(3)"), 1)
        )
    )
    filing = read_text("dump.txt", (text + "1. By a trust.\n2. By a son.\n3. By a fund.\n").encode())
    assert filing.non_derivative[1].footnotes["nature_of_ownership"] == ("F2",)
    assert "text.mark_by_order" in rules(filing, "non_derivative[1].nature_of_ownership")


def test_marks_before_a_code_belong_to_the_row_above() -> None:
    """A code's marks that wrapped into the next row go back."""
    filing = tabs(
        "Common Stock\t03/04/2021\t\tS(1)\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "Common Stock\t03/04/2021\t\t(2) S\t\t100\tD\t$10.6\t8,700\tD\t",
    )
    assert [row.transaction_code for row in filing.non_derivative] == ["S", "S"]
    assert "text.moved_mark" in rules(filing, "non_derivative[0].transaction_code")


def test_two_rows_that_ran_together_keep_no_number_of_two() -> None:
    """Where a line says D twice, a cell with two numbers stays empty and the row gets a finding."""
    filing = tabs("Common Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10 $11\t8,800\tD D\t")
    assert filing.non_derivative[0].transaction_price_per_share is None
    assert "text.two_rows" in rules(filing, "non_derivative[0]")


def test_the_first_balance_is_what_was_acquired() -> None:
    """Digits that a cut took are put back where the first shares owned are those acquired."""
    filing = tabs("Common Stock\t03/04/2021\t\tA\t\t37,918\tA\t$0\t7,918\tD\t")
    assert filing.non_derivative[0].shares_owned_following == Decimal(37918)


def test_a_cut_word_is_completed_by_its_phrase() -> None:
    """The words beside a cut word say which word it was; a phrase said whole, or two ways, changes nothing."""
    phrases = Phrases(["shares held by Aesther Healthcare Sponsor, LLC of which", "The Finch Trust 2007"])
    assert phrases.whole("By Aesther Healthca Sponsor, LLC") == "By Aesther Healthcare Sponsor, LLC"
    assert phrases.whole("By The Finch Trust 200 7") == "By The Finch Trust 2007"
    assert phrases.whole("By Finch Sponsor Group") == "By Finch Sponsor Group"


def test_a_title_is_completed_only_where_the_notes_always_do() -> None:
    """The word for a security that always follows is taken; two, or an end of a sentence, tell nothing."""
    assert (
        Phrases(["each restricted stock unit and all restricted stock units"]).security_after(
            "Restricted Stock"
        )
        == "Units"
    )
    assert not Phrases(["a class B common stock option, class B common stock."]).security_after(
        "Common Stock"
    )


def test_numbers_are_exchanged_where_the_balance_then_adds_up() -> None:
    """Of two cells that stood apart, the amount is the one that makes the balance."""
    rows = [
        ["Common", "01/02/2021", "A", "100", "A", "1,100", "D"],
        ["Common", "01/03/2021", "S", "5", "D", "1,050", "D"],
        ["Option", "50", "I"],
    ]
    texts = [text for row in rows for text in row]
    places = [(n, c) for n in (0, 1) for c in range(7)] + [(2, 0), (2, 5), (2, 6)]
    found, moved = reconciled(texts, places, TABLE_I, {texts.index("5"), texts.index("50")})
    assert found[texts.index("50")] == (1, 3)
    assert moved == {texts.index("5"), texts.index("50")}


def test_numbers_that_add_up_stay() -> None:
    """Nothing is exchanged where the balances come out."""
    texts = [
        "Common",
        "01/02/2021",
        "A",
        "100",
        "A",
        "1,100",
        "D",
        "Common",
        "01/03/2021",
        "S",
        "50",
        "D",
        "1,050",
        "D",
    ]
    places = [(n, c) for n in (0, 1) for c in range(7)]
    assert reconciled(texts, places, TABLE_I, {*range(14)}) == (places, set())
