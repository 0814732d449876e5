"""Signatures whose lines a converter moved: known by the letters they left and the date half-way down them."""

from __future__ import annotations

from lib.filings.readers.text_centred import centred_signatures
from lib.filings.readers.text_lines import words_of


def read(above: str, moved: str = "") -> list[tuple[str, str]]:
    """The signatures in the lines above their label."""
    lines = [words_of(line, n) for n, line in enumerate(above.split("\n"), 1)]
    later = [words_of(line, n) for n, line in enumerate(moved.split("\n"), 50) if line]
    return [(who.text, when.text) for who, when, _ in centred_signatures(lines, later)]


def test_a_date_stands_half_way_down_its_name() -> None:
    """As many lines above a date as below it are its name's; an even number leaves the date a line of its own."""
    above = "/s/ Ada Finch, as\nAttorney-in-Fact 03/05/2021\nfor Jo Finch\n/s/ Bo Wren,\n03/06/2021\nTrustee"
    assert read(above) == [
        ("/s/ Ada Finch, as Attorney-in-Fact for Jo Finch", "03/05/2021"),
        ("/s/ Bo Wren, Trustee", "03/06/2021"),
    ]


def test_letters_left_in_place_tell_the_lines_that_were_moved() -> None:
    """Each moved line goes where its first letter stayed, and gets back what stayed before the date."""
    above = "/\nA , 03/05/2021\nf\n/s/ Bo Wren 03/06/2021"
    moved = "Common Stock\n/s/ Ada Finch\nAttorney-in-Fact\nfor Jo Finch"
    assert read(above, moved) == [
        ("/s/ Ada Finch Attorney-in-Fact, for Jo Finch", "03/05/2021"),
        ("/s/ Bo Wren", "03/06/2021"),
    ]


def test_first_letters_are_given_back() -> None:
    """A line that was moved without its first letter gets it from the place where it stayed."""
    assert read("Ja\n03/05/2021\nW", "ane Finch by Jo\nren, Attorney") == [
        ("Jane Finch by Jo Wren, Attorney", "03/05/2021")
    ]


def test_lines_that_fit_two_ways_are_not_read() -> None:
    """Where two runs of moved lines fit the letters alike, nothing is settled."""
    assert read("A\n03/05/2021\nB", "Ada\nBo\nAnn\nBea") == []


def test_lines_that_do_not_add_up_are_not_read() -> None:
    """A date with more lines below it than above it has no reading."""
    assert read("03/05/2021\nAda Finch") == []
    assert read("/s/ Ada Finch 03/05/2021\n03/06/2021") == []
