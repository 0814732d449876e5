"""Words of a drawn page as a scan's reader sees them: spaces, marks and letters that recognition alone loses."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from lib.filings.readers.scan import is_installed

if not is_installed():
    pytest.skip("the engine that reads scans is not installed", allow_module_level=True)

from lib.filings.readers.scan_picture import pictures
from lib.filings.readers.scan_sheet import sheet_of


def words(draw) -> list[str]:
    """What stands on a page, word by word, that ``draw`` draws upon a canvas and that is scanned."""
    data = io.BytesIO()
    page = Canvas(data, pagesize=(612, 300), pageCompression=0)
    draw(page)
    page.showPage()
    page.save()
    (picture,) = pictures("drawn.pdf", data.getvalue())
    sheet, _ = sheet_of(picture)
    return [word.text for word in sheet.words]


def line(text: str, size: float = 9, font: str = "Times-Roman"):
    """Draws one line of text."""

    def draw(page: Canvas) -> None:
        page.setFont(font, size)
        page.drawString(60, 200, text)

    return draw


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("FINCH DATA PROCESSING INC", 10),
        ("Options on shares of Series A common stock of the issuer", 8),
        ('Shares held by Upland Company ("UPCO"), of which each is a member', 8),
    ],
)
def test_a_line_is_read_word_by_word(text: str, size: float) -> None:
    """Spaces beside slanted letters are narrow, and a word in capitals is told by its height."""
    assert words(line(text, size)) == text.split()


@pytest.mark.parametrize("marks", ["(1)(3)", "(1)", "(11)", "(2)(4)"])
def test_small_marks_are_whole(marks: str) -> None:
    """In small type the paper around a 1 is as wide as a space."""
    assert "".join(words(line(marks, 6))) == marks


def test_a_number_and_its_raised_mark_are_two() -> None:
    """A nought before a mark is a value, no mark without a note."""

    def draw(page: Canvas) -> None:
        page.setFont("Times-Roman", 9)
        page.drawString(60, 200, "0")
        page.setFont("Times-Roman", 7)
        page.drawString(64.5, 203, "(2)")

    assert "".join(words(draw)) == "0(2)"


def test_an_underlined_name_keeps_its_tails() -> None:
    """The underline goes, and neither a y nor a comma is cut with it."""

    def draw(page: Canvas) -> None:
        page.setFont("Times-Roman", 10)
        page.drawString(60, 200, "Corey Finch, Secretary")
        page.setLineWidth(0.6)
        # As browsers draw it: left out where a letter or a comma hangs below the line.
        for start, end in ((60, 77), (83, 106.5), (110, 146.5), (152, 153.5)):
            page.line(start, 198.3, end, 198.3)

    assert words(draw) == ["Corey", "Finch,", "Secretary"]
