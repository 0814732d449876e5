"""Text dumps whose cells a converter cut: words, titles and signatures made whole, each with its finding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lib.filings.readers.text import read_text
from lib.filings.readers.text_words import whole_words
from lib.filings.record import Filing

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


def signed_apart(names: str) -> Filing:
    """The dump with two dates above the label of signatures, and these lines of names below the form."""
    text = TABS.format(rows="").replace("/s/ Jo Finch 03/05/2021", "03/05/2021\n03/05/2021")
    return read_text("dump.txt", (text + names).encode())


def test_signatures_lend_each_other_their_signs() -> None:
    """A comma that a line's end took is put back where another signature has it; so is the colon of "By:"."""
    filing = signed_apart("Finch LP, By /s/ Jo Finch\nManager\nFinch GP, By: /s/ Jo Finch,\nManager\n")
    assert [x.name for x in filing.signatures] == [
        "Finch LP, By: /s/ Jo Finch, Manager",
        "Finch GP, By: /s/ Jo Finch, Manager",
    ]
    assert "text.cut_word" in rules(filing, "signatures[0].name")


@pytest.mark.parametrize(
    ("owner", "signed", "whole"),
    [
        ("Astor Jo", "By: Jo Lee, as", "By: Jo Lee, as"),
        ("Office Jo Finch", "Jo Finch, Trustee of", "Jo Finch, Trustee of"),
        ("Lee Ash", "By: Jo Wren, as Lee", "By: Jo Wren, as Lee"),
        ("Astor Jo", "/s/ Jo Lee Ast", "/s/ Jo Lee Astor"),
        ("Lee Ash", "/s/ As Lee", "/s/ Ash Lee"),
    ],
)
def test_a_small_word_is_no_beginning_of_a_name(owner: str, signed: str, whole: str) -> None:
    """A cut name that begins with a capital is completed from the owner's; a word such as "as" stays."""
    text = TABS.format(rows="").replace("Marlowe Ada", owner).replace("/s/ Jo Finch", signed)
    filing = read_text("dump.txt", text.encode())
    assert [one.name for one in filing.signatures] == [whole]
    assert ("text.cut_word" in rules(filing, "signatures[0].name")) == (signed != whole)


def test_a_sign_that_a_line_never_had_is_not_put_in() -> None:
    """Words beside each other in a line lost nothing between them, whatever stands there in another signature."""
    names = ["Finch LP by: /s/ Jo Finch, Manager", "Finch LP, by: /s/ Jo Finch, Manager"]
    filing = signed_apart("\n".join(names) + "\n")
    assert [x.name for x in filing.signatures] == names


def test_a_signature_below_the_notes_has_the_date_left_at_their_heading() -> None:
    """A converter that moves the notes moves the name with them, and leaves the date with a letter of the name."""
    text = TABS.format(rows="").replace("/s/ Jo Finch 03/05/2021\n", "/\na 03/05/2021\nF\n")
    notes = f"1. {'Each unit is worth one share. ' * 5}\n/s/Jo Finch, as\nattorney for Ada Lou\nMarlo\n"
    filing = read_text("dump.txt", text.replace("** Signature", f"{notes}** Signature").encode())
    (signature,) = filing.signatures
    assert (signature.name, signature.date) == (
        "/s/Jo Finch, as attorney for Ada Lou Marlowe",
        date(2021, 3, 5),
    )
    assert rules(filing, "signatures[0].name") == {"text.moved_name", "text.cut_word"}


def test_a_title_among_the_labels_of_the_next_box_is_found() -> None:
    """Box 5 ran into box 6: what is none of box 6's labels is the officer's title, with a warning."""
    woven = (
        "below) below) 6. Individual or Joint/Group Filing (Check Applicable Line) Chief X Form filed by One Reporting"
        " Keeper Person & Form filed by More than One Reporting Person Baker"
    )
    text = TABS.format(rows="").replace("below) below) Chief Kee\tper", woven)
    filing = read_text("dump.txt", text.encode())
    assert filing.reporting_owners[0].officer_title == "Chief Keeper & Baker"
    assert "text.woven_title" in rules(filing, "reporting_owners[0].officer_title")
    lost = read_text("dump.txt", text.replace("More than ", "").encode())
    assert lost.reporting_owners[0].officer_title is None


@pytest.mark.parametrize(
    "beside",
    [
        "x",
        "X",
        "[X]",
        "X)",
        "XX",
        "☒",
        "1",
        "&",
        "Date",
        "(Month/Day/Year)",
        "X Date (Month/Day/Year)",
        "Director",
        "Other (specify below)",
    ],
)
def test_what_is_no_title_among_the_labels_of_the_next_box_is_none(beside: str) -> None:
    """Ticks, numbers and words of other labels leave the title empty, and take nothing from a title among them."""
    woven = (
        "below) below) 6. Individual or Joint/Group Filing (Check Applicable Line) {title} Form filed by One Reporting"
        f" {beside} Person Form filed by More than One Reporting Person"
    )
    text = TABS.format(rows="").replace("below) below) Chief Kee\tper", woven)
    (owner,) = read_text("dump.txt", text.format(title="").encode()).reporting_owners
    assert (owner.is_officer, owner.officer_title) == (True, None)
    (owner,) = read_text("dump.txt", text.format(title="Chief of Boats").encode()).reporting_owners
    assert (owner.officer_title or "").startswith("Chief of Boats")


@pytest.mark.parametrize("beside", ["x", "[X]", "X)", "XX", "☒", "Date", "(Month/Day/Year)"])
def test_a_title_among_labels_has_no_tick_and_no_date_s_label(beside: str) -> None:
    """What no title says is left out of the one that stands about it."""
    woven = (
        "below) below) 6. Individual or Joint/Group Filing (Check Applicable Line) Chief Form filed by One Reporting"
        f" {beside} Person Form filed by More than One Reporting Person Director"
    )
    text = TABS.format(rows="").replace("below) below) Chief Kee\tper", woven)
    filing = read_text("dump.txt", text.encode())
    assert filing.reporting_owners[0].officer_title == "Chief Director"


def test_a_nature_goes_on_below_the_table_as_a_note_says_it() -> None:
    """Loose lines that follow the cell's words in a note, but for a word that the page's end took, belong to the cell."""
    row = "Common Stock\t\t\t\t\t\t\t\t450\tI\tBy the Finch Fund, a fund"
    note = "1. The Finch Fund, a fund founded under the laws of Maine for the keepers, holds the shares.\n"
    text = TABS.format(rows=row).replace(
        "Explanation of", "under the\t\nlaws of\t\nMaine\t(1)\nExplanation of", 1
    )
    text = text.replace("/s/ Jo", f"{note}/s/ Jo").replace("By the Finch", "The Finch")
    (holding,) = read_text("dump.txt", text.encode()).non_derivative
    assert holding.nature_of_ownership == "The Finch Fund, a fund founded under the laws of Maine"
    assert holding.footnotes["nature_of_ownership"] == ("F1",)
    (other,) = read_text("dump.txt", text.replace("founded", "of Jo Finch founded").encode()).non_derivative
    assert other.nature_of_ownership == "The Finch Fund, a fund"


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
