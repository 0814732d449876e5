"""Text dumps whose cells a converter cut: words, titles and signatures made whole, each with its finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.filings.readers.text import read_text
from lib.filings.readers.text_words import whole_words

from .dumps import FOOT, TABS, rules, tabs

KNOWN = frozenset(
    [
        "Class",
        "Common",
        "Stock",
        "Ordinary",
        "Shares",
        "share",
        "value",
        "Trust",
        "footnote",
        "Spouse",
        "Investments",
        "Family",
    ]
)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("By Spous", "By Spouse"),
        ("Class A Commo Stock n", "Class A Common Stock"),
        ("See fo otnote", "See footnote"),
        ("Restricted Share Restricted Share", "Restricted Share"),
        ("Family Trust Family Trus", "Family Trust"),
        ("By Share", "By Share"),
        ("Obligatio", "Obligatio"),
    ],
)
def test_words_are_made_whole_only_by_known_words(cut: str, whole: str) -> None:
    """A letter is put back where exactly one known word has it; a plural is never guessed."""
    assert whole_words(cut, KNOWN) == whole


def test_a_cut_word_of_a_cell_is_told() -> None:
    """The nature of ownership is completed with a finding."""
    filing = tabs("Common Stock\t\t\t\t\t\t\t\t450\tI\tBy Daughte")
    assert filing.non_derivative[0].nature_of_ownership == "By Daughter"
    assert rules(filing, "non_derivative[0].nature_of_ownership") == {"text.cut_word"}


def test_a_title_is_completed_from_another_row() -> None:
    """A title whose lower line is lost is the one whole title that begins so, with a warning."""
    filing = tabs(
        "Class A Common Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "Class A\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t",
        "Common\t\t\t\t\t\t\t\t\t\t",
    )
    assert [row.security_title for row in filing.non_derivative] == ["Class A Common Stock"] * 2
    assert "text.longer_title" in rules(filing, "non_derivative[1].security_title")


def test_a_short_title_of_its_own_stays() -> None:
    """A title on one line is not completed, although a longer one begins so."""
    filing = tabs(
        "Common Stock Class A\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t",
    )
    assert filing.non_derivative[1].security_title == "Common Stock"


def test_a_row_that_a_page_cut_is_kept_and_told() -> None:
    """Of a row at a page's end only its title is left: the row stays, with a warning."""
    filing = tabs(
        "Common\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t8,800\tD\t",
        "Stock\t\t\t\t\t\t\t\t\t\t",
        "Common\t\t\t\t\t\t\t\t\t\t",
        "Stock\t\t\t\t\t\t\t\t\t\t",
    )
    assert [row.security_title for row in filing.non_derivative] == ["Common Stock"] * 2
    assert rules(filing, "non_derivative[1]") == {"text.cut_row"}


def test_signatures_lend_each_other_their_signs() -> None:
    """A comma that a line's end took is put back where another signature has it; so is the colon of "By:"."""
    signed = "Finch LP, By /s/ Jo Finch Manager 03/05/2021\nFinch GP, By: /s/ Jo Finch, Manager 03/05/2021\n"
    text = TABS.format(rows="").replace("/s/ Jo Finch 03/05/2021\n", signed)
    filing = read_text("dump.txt", text.encode())
    assert [x.name for x in filing.signatures] == [
        "Finch LP, By: /s/ Jo Finch, Manager",
        "Finch GP, By: /s/ Jo Finch, Manager",
    ]
    assert rules(filing, "signatures[0].name") == {"text.cut_word"}


def test_a_line_end_inside_a_note_is_taken_out() -> None:
    """A space after a hyphen, or between the brackets of a rule's number, was a line's end."""
    text = TABS.format(rows="") + "1. One- for-one under Rule 16a-1(a) (4).\n"
    assert FOOT in text
    filing = read_text("dump.txt", text.encode())
    assert filing.footnotes["F1"] == "One-for-one under Rule 16a-1(a)(4)."
    assert rules(filing, "footnotes.F1") == {"text.line_end"}


def test_a_balance_puts_back_digits_that_a_cut_took() -> None:
    """Shares following that are the balance without its first digits become the balance, with a warning."""
    filing = tabs(
        "Common Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t48,800\tD\t",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t8,700\tD\t",
    )
    assert filing.non_derivative[1].shares_owned_following == Decimal(48700)
    assert rules(filing, "non_derivative[1].shares_owned_following") == {"text.balance"}


def test_a_balance_that_does_not_add_up_is_the_filing_s_own() -> None:
    """A number that is no part of the balance stays as printed."""
    filing = tabs(
        "Common Stock\t03/04/2021\t\tS\t\t1,200\tD\t$10.5\t48,800\tD\t",
        "Common Stock\t03/04/2021\t\tS\t\t100\tD\t$10.6\t48,000\tD\t",
    )
    assert filing.non_derivative[1].shares_owned_following == Decimal(48000)
    assert not rules(filing, "non_derivative[1].shares_owned_following")
