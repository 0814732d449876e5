"""PDFs with text: characters, rules and links of each page, then the form as it stands on paper.

Pages come from pdfium, which reads characters many times faster than pdfminer; pdfplumber reads those that
pdfium shows no rules for or that are turned, and is the reference in the tests.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lib.filings.errors import UnreadableFiling, WithoutText
from lib.filings.form import UNKNOWN_CHARACTER
from lib.filings.readers.paper import read_paper
from lib.filings.readers.scan import INSTALL, SCANNED_PDF
from lib.filings.readers.sheet import Box, Rule, Sheet, Word
from lib.filings.record import Filing

MAX_PAGES = 60
MAX_POINTS = 5_000
"""A page wider or higher than this, some 70 inches, is no page of a form."""
MAX_NESTED_FORMS = 4
WORD_GAP = 0.1
"""Characters of a word stand nearer to each other than this share of their height."""
THIN = 2.5
"""A shape thinner than this is a rule."""
LINE_END_HYPHENS = frozenset("\x02\ufffe")
"""What pdfium makes of a hyphen at the end of a line."""


def read_pdf(name: str, data: bytes) -> Filing:
    """The filing in a PDF that carries text. Raises ``UnreadableFiling``; ``WithoutText`` for a scan."""
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableFiling(
            name, "is a PDF that is cut off before its end", "Get it again from where it came"
        )
    sheets = _sheets(name, data)
    if not any(sheet.words for sheet in sheets):
        raise WithoutText(name, SCANNED_PDF, INSTALL)
    return read_paper(name, sheets)


def _sheets(name: str, data: bytes) -> list[Sheet]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "assword" in str(error)
        raise UnreadableFiling(
            name,
            "is a PDF locked with a password" if locked else "is a PDF that is broken or cut off",
            "Save it without the password" if locked else "Get it again from where it came",
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFiling(
                name, f"has {len(document)} pages, which no ownership form has", "Drop in the form alone"
            )
        if any(max(document[n].get_size()) > MAX_POINTS for n in range(len(document))):
            raise UnreadableFiling(
                name, "has a page larger than any form is printed on", "Print it to letter size"
            )
        sheets = [_pdfium_sheet(document[n], n + 1) for n in range(len(document))]
        turned = any(document[n].get_rotation() for n in range(len(document)))
    except pdfium.PdfiumError as error:
        raise UnreadableFiling(
            name, "is a PDF with a page that is broken", "Get it again from where it came"
        ) from error
    finally:
        document.close()
    ruled = any(sheet.horizontal and sheet.vertical for sheet in sheets)
    return sheets if ruled and not turned else plumbed_sheets(name, data)


@dataclass(frozen=True, slots=True)
class Char:
    """A character of a page and its box in points from the upper left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def _pdfium_sheet(page: Any, number: int) -> Sheet:
    height = page.get_height()
    horizontal, vertical = _rules(_pdfium_shapes(page, height))
    words = list(_words(pdfium_chars(page, height), _pdfium_links(page, height)))
    return Sheet(number, page.get_width(), height, words, horizontal, vertical)


def pdfium_chars(page: Any, height: float) -> Iterator[Char]:
    """The characters of a page of that height, in the order in which the document has them."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    for n in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, n)
        raw.FPDFText_GetLooseCharBox(text, n, box)
        char = UNKNOWN_CHARACTER if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
        char = "-" if char in LINE_END_HYPHENS else char
        yield Char(char, box.left, height - box.top, box.right, height - box.bottom)


def _pdfium_shapes(page: Any, height: float) -> Iterator[tuple[Box, bool]]:
    """The box of every drawn shape, and whether it is an outline."""
    import pypdfium2.raw as raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for shape, forms in _pdfium_objects(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        for m in reversed(forms):
            xs, ys = [m.a * x0 + m.e, m.a * x1 + m.e], [m.d * y0 + m.f, m.d * y1 + m.f]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        yield (x0, height - y1, x1, height - y0), bool(stroke.value) and not fill.value


def _pdfium_objects(
    holder: Any, count: Any, get: Any, forms: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every object of a page and of the form objects in it, with the matrices of those forms, outermost first.

    The matrices of forms scale and move; those that turn their content hold no ruled form.
    """
    import pypdfium2.raw as raw

    for n in range(count(holder)):
        found = get(holder, n)
        if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_FORM and len(forms) < MAX_NESTED_FORMS:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(found, matrix)
            yield from _pdfium_objects(
                found, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, (*forms, matrix)
            )
        else:
            yield found, forms


def _pdfium_links(page: Any, height: float) -> list[tuple[str, Box]]:
    import pypdfium2.raw as raw

    found = []
    at, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, at, link):
        raw.FPDFLink_GetAnnotRect(link, rect)
        action = raw.FPDFLink_GetAction(link)
        address = "#"
        if action:
            size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
            address = buffer.value.decode("utf-8", "replace") or "#"
        found.append((address, (rect.left, height - rect.top, rect.right, height - rect.bottom)))
    return found


def plumbed_sheets(name: str, data: bytes) -> list[Sheet]:
    """The same pages as pdfplumber reads them. Raises ``UnreadableFiling``."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [_plumbed_sheet(page) for page in document.pages]
    except Exception as error:
        # pdfminer raises whatever a broken file makes of its internals
        raise UnreadableFiling(
            name, "is a PDF that is broken or cut off", "Get it again from where it came"
        ) from error


def _plumbed_sheet(page: Any) -> Sheet:
    links = [(link.get("uri") or "#", _box(link)) for link in page.hyperlinks]
    chars = (Char(c["text"], *_box(c)) for c in page.chars if c.get("upright", True))
    shapes = (
        (_box(shape), shape["object_type"] == "rect" and bool(shape.get("stroke")) and not shape.get("fill"))
        for shape in (*page.rects, *page.lines, *page.curves)
    )
    horizontal, vertical = _rules(shapes)
    words = list(_words(chars, links))
    return Sheet(page.page_number, float(page.width), float(page.height), words, horizontal, vertical)


def _box(thing: dict[str, Any]) -> Box:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def _words(chars: Iterable[Char], links: list[tuple[str, Box]]) -> Iterator[Word]:
    """Characters in the order they were drawn, grouped while they touch, share a size and a base line."""
    run: list[Char] = []
    spaced = True
    for char in chars:
        space = char.text.isspace() or char.text == "\0"
        if run and (space or not _continues(run[-1], char)):
            yield _word(run, spaced, links)
            run, spaced = [], False
        if space:
            spaced = True
        else:
            run.append(char)
    if run:
        yield _word(run, spaced, links)


def _continues(last: Char, char: Char) -> bool:
    size = max(last.bottom - last.top, 1.0)
    touching = -0.5 * size <= char.x0 - last.x1 <= WORD_GAP * size
    level = abs(char.bottom - last.bottom) < 0.12 * size
    return touching and level and abs(char.bottom - char.top - size) < 0.1 * size


def _word(run: list[Char], spaced: bool, links: list[tuple[str, Box]]) -> Word:
    x0, x1 = run[0].x0, run[-1].x1
    top, bottom = min(c.top for c in run), max(c.bottom for c in run)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    link = next((address for address, (a, b, c, d) in links if a <= x <= c and b <= y <= d), None)
    return Word("".join(c.text for c in run), x0, top, x1, bottom, bottom - top, spaced, link)


def _rules(shapes: Iterable[tuple[Box, bool]]) -> tuple[list[Rule], list[Rule]]:
    """Rules from lines, thin filled shapes and the sides of outlined rectangles."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for (x0, top, x1, bottom), outline in shapes:
        if bottom - top <= THIN:
            if x1 - x0 > THIN:
                horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THIN:
            vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif outline:
            horizontal += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
            vertical += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
    return horizontal, vertical
