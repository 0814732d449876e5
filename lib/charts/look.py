"""What every chart shares: the colours of meanings, ink and paper, and how numbers and dates are said.

The meanings' colours are of the Okabe–Ito set and the same in light and dark, on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.filings.words import MINUS, amount, day, signed

__all__ = [
    "ACQUIRED",
    "DARK",
    "DAYS",
    "DISPOSED",
    "EXERCISABLE",
    "FONT",
    "HELD",
    "LIGHT",
    "MINUS",
    "Look",
    "amount",
    "day",
    "look",
    "signed",
]

ACQUIRED: Final = "#0072B2"
DISPOSED: Final = "#D55E00"
HELD: Final = "#8A857B"
EXERCISABLE: Final = "#009E73"

FONT: Final = "'IBM Plex Sans', 'Helvetica Neue', Arial, sans-serif"


DAYS: Final = {
    "type": "date",
    "nticks": 6,
    "tickangle": 0,
    "tickformatstops": [{"dtickrange": ["M1", "M11"], "value": "%b\n%Y"}],
}
"""An axis of days whose labels are narrow enough for a phone: the year once below its months."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one appearance; ``lines`` tell ownership lines apart and carry no meaning."""

    ink: str
    faint_ink: str
    paper: str
    rule: str
    lines: tuple[str, ...]


LIGHT: Final = Look(
    "#1b1a17", "#6b665c", "#fcfbf8", "#e4dfd4", ("#1b1a17", "#b0578a", "#b07900", "#2f8fc4", "#7a6a4f")
)
DARK: Final = Look(
    "#ede9e1", "#a8a297", "#040404", "#35322d", ("#ede9e1", "#d78fb8", "#e6b143", "#7cc4ee", "#c2ac87")
)


def look(dark: bool) -> Look:
    """The colours for the dark or the light appearance."""
    return DARK if dark else LIGHT
