"""The typeface of reports: IBM Plex, under its licence beside it, as the PDFs embed it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

SANS: Final = "IBMPlexSans-Regular"
BOLD: Final = "IBMPlexSans-SemiBold"
SERIF: Final = "IBMPlexSerif-SemiBold"


@cache
def register_fonts() -> frozenset[int]:
    """Make the typeface known to ReportLab. Returns the characters that it has."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = [TTFont(name, Path(__file__).with_name(f"{name}.ttf")) for name in (SANS, BOLD, SERIF)]
    for font in fonts:
        registerFont(font)
    registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))
