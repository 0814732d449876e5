"""Running text from a scan: letters put right by what can stand there, and only there."""

from __future__ import annotations

import pytest

from lib.filings.form import Text
from lib.filings.readers.scan_columns import settled
from lib.filings.readers.scan_prose import in_english
from lib.filings.readers.sheet import Word


def read(text: str, known: str = "", below: str = "") -> str:
    """The text of one line as it can stand, each word sure; ``below`` is the line under it."""
    lines = [
        [
            (Word(word, 10.0 + 40 * n, top, 45.0 + 40 * n, top + 8, 8.0, True), 0.99)
            for n, word in enumerate(line)
        ]
        for line, top in ((text.split(), 100.0), (below.split(), 110.0))
    ]
    return " ".join(word.text for word, _ in in_english(lines[0], known.split(), lines[1:]))


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("granted on March 10. 2021. vest", "granted on March 10, 2021, vest"),
        ("Finch. as Attornev-in-Fact", "Finch, as Attorney-in-Fact"),
        ("Finch. Chief Compliance Officer", "Finch, Chief Compliance Officer"),
        ("Finch Group. Inc.", "Finch Group, Inc."),
        ("includes 2.965 common shares", "includes 2,965 common shares"),
        ("ls/ Jo Finch", "/s/ Jo Finch"),
        ("Finch Inc. [ FNCH 1", "Finch Inc. [ FNCH ]"),
        ("CO FINCH LLC", "C/O FINCH LLC"),
        ("Finch 03/05/2021. ", "Finch 03/05/2021"),
        ("P. 0. BOX 12", "P. O. BOX 12"),
        ("under Rule 16a- 1(a)", "under Rule 16a-1(a)"),
    ],
)
def test_what_cannot_stand_there_is_put_right(seen: str, said: str) -> None:
    """A point before a small letter, a year or a company's form, a word of no language, and the form's own signs."""
    assert read(seen) == said


@pytest.mark.parametrize(
    "text",
    [
        "The shares vest. Each share",
        "held by Finch Inc. and others",
        "a price of $2.965 a share",
        "Jo A. Finch",
        "CO 80202",
        "Rule 10b5-1 Sec. an",
    ],
)
def test_what_can_stand_there_stays(text: str) -> None:
    """Ends of sentences, abbreviations, prices and initials are not touched."""
    assert read(text, known="the shares vest each share held by and others price an rule") == text


def test_a_line_goes_on_below() -> None:
    """The point at a line's end is a comma where the line below goes on with a small letter."""
    assert read("sold by Finch.", below="as trustee") == "sold by Finch,"


def test_a_doubled_letter_is_taken_from_the_page() -> None:
    """Of two like letters recognition may see one; the page has the word whole elsewhere."""
    assert read("Warants", known="warrants") == "Warrants"


@pytest.mark.parametrize(
    ("column", "seen", "whole"),
    [
        ("transaction_code", "G 1)", "G(1)"),
        ("owned_following", "7,24310)", "7,243(10)"),
        ("conversion_or_exercise_price", "( I )", "(1)"),
        ("nature_of_ownership", "See footnotes (4 )", "See footnotes"),
        ("transaction_code", "J/K 1) (2)(3)", "J/K(1)(2)(3)"),
        ("transaction_code", "J )", "J"),
        ("exercise_date", "(123)", "(1)(2)(3)"),
        ("nature_of_ownership", "See Footnotes'", "See Footnotes"),
        ("nature_of_ownership", "By 401(k) Plan", "By 401(k) Plan"),
    ],
)
def test_marks_get_back_what_they_lost(column: str, seen: str, whole: str) -> None:
    """A bracket that was not read, a 1 read as a letter, and strokes that are left of a mark."""
    assert settled(column, Text(seen)).text == whole
