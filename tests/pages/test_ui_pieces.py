"""The pages' pure pieces: safe text, safe CSV, printed tables, source lines."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from re import findall, sub
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib.exports.csv import csv_bytes
from lib.filings.form_tables import printed_rows
from lib.filings.readers import read
from lib.filings.record import Filing, Owner, Row, Source
from lib.filings.words import days_as_read, where_in_words
from lib.ui import page_image
from lib.ui.filing_tables import in_record
from lib.ui.page_image import MOST_PIXELS, boxes_in, page_picture
from lib.ui.source_lines import WIDEST, Listing, Unread, as_html, listing
from lib.ui.source_view import place_of, unread_at
from lib.ui.words import issuer_name, plain, roles, trading_plan
from sample_filings.render import html, pdf_edgar, pdf_ir, text
from tests.builders import filing, transaction

MARKED = "<mark"


def test_markdown_of_filings_is_shown_as_it_is() -> None:
    """No image, link, icon or formula of a filing comes alive."""
    assert plain("![x](http://a.b)") == r"\!\[x\]\(http\:\/\/a\.b\)"
    assert plain(":material/home: $x$") == r"\:material\/home\: \$x\$"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_escaping_loses_nothing(text: str) -> None:
    """Only backslashes are added."""
    import re

    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text)) == " ".join(text.split())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_text_is_never_a_formula(start: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe."""
    assert b"'" + start.encode() in csv_bytes(["name"], [[f"{start}1+1"]])


def test_csv_numbers_stay_numbers() -> None:
    """A negative number is no formula, a date is ISO, nothing is empty."""
    row = [Decimal("-2816593"), Decimal("17.50"), date(2007, 11, 8), None, 3]
    assert csv_bytes(["a"], [row]).decode("utf-8-sig") == "a\r\n-2816593,17.50,2007-11-08,,3\r\n"


def test_table_is_printed_as_on_the_form() -> None:
    """Marks stand on their values, dollars on prices, V only where the form prints it."""
    row = transaction(
        "2007-11-08",
        "S",
        "D",
        1700,
        2284880,
        transaction_form_type="5",
        footnotes={"transaction_code": ("F1",)},
    )
    (printed,) = printed_rows(filing("2007-11-08", row), "non_derivative")
    assert printed["3 Code"] == "S ⁽¹⁾"
    assert printed["3 V"] == "V"
    assert (printed["4 Amount"], printed["4 Price"], printed["5 Owned after"]) == (
        "1,700",
        "$10.00",
        "2,284,880",
    )
    assert printed["2A Deemed"] == ""


def test_derivative_amount_stands_on_its_side() -> None:
    """Column 5 of Table II is two columns; the number stands in one."""
    row = Row("transaction", "Option", transaction_shares=Decimal(5), acquired_disposed_code="D")
    (printed,) = printed_rows(filing("2020-01-01", derivative=(row,)), "derivative")
    assert (printed["5 (A)"], printed["5 (D)"]) == ("", "5")


def test_roles_and_plan_in_words() -> None:
    """Every ticked role is said; a form without the 10b5-1 box did not ask."""
    owner = Owner(is_director=True, is_ten_percent_owner=True, is_officer=True, officer_title="CEO")
    assert roles(owner) == "Director, 10 % owner, officer (CEO)"
    assert trading_plan(filing("2003-11-24")) == "Not asked"
    assert trading_plan(filing("2024-11-24", aff10b5_one=False)) == "No"
    assert issuer_name("MKS", "MKSI") == "MKS (MKSI)"


@pytest.mark.parametrize(
    "name", ["cho-2023-07-11-form4.xml", "griffin-2023-08-30-form4.html", "bertucci-2007-11-08-form4.txt"]
)
def test_every_place_is_found_again(root: Path, name: str) -> None:
    """Each place a reader noted is on a line of the document as the page shows it."""
    data = (root / "sample_filings" / name).read_bytes()
    (found,) = read(name, data)
    for path, source in found.sources.items():
        lines = listing(data, found.container, source)
        assert lines.first, path
        assert lines.last, path
        assert MARKED in as_html(lines, whole=False), path


def test_minified_xml_is_laid_out() -> None:
    """A filing on one line is shown an element a line, with the value's own marked."""
    data = b"<ownershipDocument><issuer><issuerName>A &amp; B</issuerName></issuer></ownershipDocument>"
    found = listing(data, "xml", Source(line=1, path="/ownershipDocument/issuer/issuerName"))
    assert found.lines[(found.first or 0) - 1].strip() == "<issuerName>A & B</issuerName>"


def test_documents_are_shown_escaped() -> None:
    """Nothing of a document reaches the page as markup."""
    shown = as_html(Listing(("<script>x</script>", "b"), 1, 1, 0, 8), whole=True)
    assert "<script" not in shown
    assert f"{MARKED}" in shown


def test_window_follows_the_mark() -> None:
    """Only lines near the mark are sent, shifted to it where the line is long."""
    lines = tuple(f"{n:04d}" + "x" * 300 for n in range(1, 500))
    shown = as_html(Listing(lines, 250, 250, 290, 297), whole=False)
    assert shown.count("\n") == 32
    assert "0250" not in shown
    assert "x" * 7 + "</mark>" in shown


def test_a_mark_behind_tabs_is_in_sight():
    """A tab takes more room than one character, and broken tables are full of them."""
    line = "Common\t2003\t003\t\t\tS (1)\t\t8,000\tD\t$25.\t67"
    shown = as_html(Listing((line,), 1, 1, len(line) - 2, len(line)), whole=False)
    text = shown.partition("  </span>")[2].partition("<mark")[0]
    assert text
    assert len(f"{text}67".expandtabs(4)) <= WIDEST < len(line.expandtabs(4))


def test_a_cell_without_a_place_takes_its_rows() -> None:
    """Where only the row is known, the row is marked."""
    place = Source(line=3)
    found = filing("2020-01-01", sources={"non_derivative[0]": place})
    assert place_of(found, "non_derivative[0].transaction_code") is place
    assert place_of(found, "issuer.name") is None


def test_places_in_words() -> None:
    """Paths and places read as sentences do."""
    assert where_in_words("non_derivative[2].direct_or_indirect") == "Table I, row 3, direct or indirect"
    assert where_in_words("issuer.name") == "Issuer, name"
    assert where_in_words("a[b") == "A[b"
    assert Source(page=2).in_words() == "page 2"
    assert Source(line=4, start=0, end=3).in_words() == "line 4, columns 1 to 3"
    assert Source(line=4, start=97, end=98).in_words() == "line 4, column 98"


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("non_derivative[0].transaction_code", True),
        ("non_derivative[0]", True),
        ("derivative", True),
        ("issuer.cik", True),
        ("document_type", True),
        ("non_derivative[1]", False),
        ("non_derivative.transaction_code", False),
        ("non_derivative[0].other", False),
        ("issuer.name.x", False),
        ("period_of_report.year", False),
        ("rows", False),
        ("", False),
    ],
)
def test_paths_of_the_record(path: str, known: bool) -> None:
    """A path names a part of the record, a row, or a field of either."""
    assert in_record(filing("2007-11-08", Row()), path) is known


def sheet(width: float, height: float) -> bytes:
    """A PDF of one blank page."""
    out = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("size", [(612, 792), (14_400, 14_400), (14_400, 3), (3, 14_400), (5000, 700)])
@pytest.mark.parametrize("place", [None, (10.0, 10.0, 60.0, 20.0), (-50.0, 4000.0, 90_000.0, 4010.0)])
def test_a_picture_has_its_size_whatever_the_page_has(
    size: tuple[float, float], place: tuple[float, float, float, float] | None
) -> None:
    """A letter page at two pixels a point, a wall of a page at fewer, and the place close up on either."""
    data = sheet(*size)
    found = page_picture(data, f"{size}", 1, place)
    with Image.open(io.BytesIO(found.whole)) as whole:
        assert whole.width * whole.height <= MOST_PIXELS * 1.01
        if size == (612, 792):
            assert whole.size == (1224, 1584)
    assert (found.close_up is None) is (place is None)


def damaged(root: Path, draw: Callable[[Any], bytes]) -> tuple[bytes, Filing, Unread, Source]:
    """A sample with the letter O for the 0 in the year of its first row, what is read of it, that text and its place."""
    facts = json.loads((root / "sample_filings" / "facts" / "griffin-2023-08-30-form4.json").read_text())
    row = facts["non_derivative"][0]
    row["transaction_date"] = row["transaction_date"].replace("20", "2O", 1)
    (found,) = read("damaged", data := draw(facts))
    unread = unread_at(found, path := "non_derivative[0].transaction_date")
    assert unread is not None
    return data, found, unread, found.sources[path]


@pytest.mark.parametrize("draw", [html.render, text.render], ids=["html", "text"])
def test_a_look_alike_is_framed_in_its_line(root: Path, draw: Callable[[Any], bytes]) -> None:
    """Within the marked place, the one letter that stands for a digit has a frame, and the rest has none."""
    data, found, unread, place = damaged(root, draw)
    shown = as_html(listing(data, found.container, place, unread), whole=False)
    framed = findall(r'<mark style="([^"]*)">([^<]*)</mark>', shown)
    assert [letter for style, letter in framed if "outline" in style] == ["O"]
    assert unread.text in sub(r"<[^>]*>", "", shown)


@pytest.mark.parametrize("draw", [pdf_edgar.render, pdf_ir.render], ids=["edgar", "ir"])
def test_a_look_alike_is_framed_on_its_page(root: Path, draw: Callable[[Any], bytes]) -> None:
    """The frame is around one letter, inside the place; a text that is not there gets none."""
    data, _, unread, place = damaged(root, draw)
    assert place.page
    assert place.box
    key, at = hashlib.sha256(data).hexdigest(), tuple(sorted(unread.strange))
    ((left, top, right, bottom),) = boxes_in(data, key, place.page, place.box, unread.text, at)
    assert place.box[0] < left < right < place.box[2]
    assert right - left < (place.box[2] - place.box[0]) / 4
    assert top < (place.box[1] + place.box[3]) / 2 < bottom
    assert boxes_in(data, key, place.page, place.box, "somewhere else", at) == ()


def test_what_a_scan_shows_has_no_characters(root: Path) -> None:
    """A picture of a page has letters only for who looks at it."""
    out = io.BytesIO()
    Image.new("RGB", (100, 100)).save(out, "PNG")
    assert boxes_in(out.getvalue(), "a scan", 1, (0.0, 0.0, 90.0, 90.0), "2O24", (1,)) == ()


def test_marked_pages_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rerun of the page draws no frame again; another place does."""
    data, drawn = sheet(612, 792), []
    mark = page_image._marked
    monkeypatch.setattr(page_image, "_marked", lambda *given: drawn.append(given) or mark(*given))
    for place in ((1.0, 1.0, 2.0, 2.0), (1.0, 1.0, 2.0, 2.0), (1.0, 1.0, 3.0, 2.0)):
        page_picture(data, "drawn once", 1, place)
    assert len(drawn) == 2


def test_a_page_that_is_not_there_is_refused() -> None:
    """A record may name any page."""
    with pytest.raises(ValueError, match="no page 2"):
        page_picture(sheet(612, 792), "one page", 2, None)


def test_days_in_a_sentence() -> None:
    """Each day as people read it; what only looks like one stays."""
    assert days_as_read("By 2008-03-15, not 2008-13-15 (file 12008-03-15).") == (
        "By 15 Mar 2008, not 2008-13-15 (file 12008-03-15)."
    )
