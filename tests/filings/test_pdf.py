"""PDFs: what pdfium gives equals what pdfplumber gives, and the page's geometry reads as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.filings.readers.paper import cell_text, read_paper
from lib.filings.readers.pdf import plumbed_sheets, read_pdf
from lib.filings.readers.sheet import Rule, Sheet, Word, by_gaps, joined, lines_of, merged, text_of
from lib.filings.record import Source

PDFS = sorted((Path(__file__).parents[2] / "sample_filings").glob("*.pdf"))


def word(
    text: str, x0: float, top: float, size: float = 10.0, spaced: bool = True, link: str | None = None
) -> Word:
    """A word half as wide as its letters are high."""
    return Word(text, x0, top, x0 + 0.5 * size * len(text), top + size, size, spaced, link)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_pdfplumber_reads_the_same_record(path: Path) -> None:
    """Read through pdfplumber, the reference, every sample gives the same facts."""
    data = path.read_bytes()
    fast, slow = read_pdf(path.name, data), read_paper(path.name, plumbed_sheets(path.name, data))
    assert (slow.non_derivative, slow.derivative) == (fast.non_derivative, fast.derivative)
    assert (slow.footnotes, slow.reporting_owners) == (fast.footnotes, fast.reporting_owners)


def test_the_place_of_a_value_is_its_box_on_the_page() -> None:
    """A number's source is the page and the rectangle around its digits."""
    path = next(p for p in PDFS if p.name.startswith("spice-2021"))
    cell = read_pdf(path.name, path.read_bytes()).cell("derivative[0]", "underlying_security_shares")
    assert isinstance(cell.source, Source)
    assert cell.source.page == 1
    left, top, right, bottom = cell.source.box or (0, 0, 0, 0)
    assert 300 < left < right < 450
    assert bottom - top < 15


def test_raised_marks_stay_on_their_line() -> None:
    """A footnote mark set smaller and higher belongs to the line it is printed on."""
    lines = lines_of([word("4,079", 0, 100), word("(2)", 30, 98, size=6), word("next", 0, 112)])
    assert [text_of(line) for line in lines] == ["4,079 (2)", "next"]


def test_marks_are_told_from_words_by_their_size() -> None:
    """A small number in parentheses is a mark; one of the words' own size belongs to the words."""
    sheet = Sheet(1, 612, 792, [])
    cell = cell_text(
        [
            (sheet, word(t, x, 50, size))
            for t, x, size in (("See", 0, 8), ("note", 20, 8), ("(2)", 45, 8), ("(3)", 62, 5))
        ]
    )
    assert (cell.text, cell.marks) == ("See note (2)", (3,))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Non-", "Qualified"], "Non-Qualified"),
        (["Inc. /s/", "Ada Lovelace"], "Inc. /s/ Ada Lovelace"),
        (["Jan -", "Dec"], "Jan - Dec"),
        (["and/", "or"], "and/or"),
    ],
)
def test_words_broken_at_a_line_end_are_joined(lines: list[str], text: str) -> None:
    """A hyphen or slash inside a word glues the lines; a dash between words, or a signature's /s/, does not."""
    assert joined(lines) == text


def test_rows_of_an_address_are_told_from_wrapped_lines() -> None:
    """Lines close together are one text; lines set further apart are two."""
    sheet = Sheet(1, 612, 792, [])
    tops = [0, 11, 25]
    groups = by_gaps((sheet, [word("x", 0, top)]) for top in tops)
    assert [len(group) for group in groups] == [2, 1]


def test_an_underline_does_not_close_a_cell() -> None:
    """Only a rule as wide as the cell bounds it."""
    label = word("Issuer", 12, 20)
    sheet = Sheet(
        1,
        612,
        792,
        [label],
        [Rule(5, 0, 100), Rule(40, 12, 60), Rule(80, 0, 100)],
        [Rule(0, 5, 80), Rule(100, 5, 80)],
    )
    assert sheet.around(label) == (0, 5, 100, 80)


def test_doubled_borders_are_one_rule() -> None:
    """Borders drawn twice, a hair apart, count once."""
    assert merged([10.0, 10.7, 50.0]) == [10.0, 50.0]
