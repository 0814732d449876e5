"""Text that cannot be read because a character stands in the place of one that looks like it: ``06/12/2O24``.

A reader leaves such a value empty, for it does not guess. What it most likely means, and which character is to
blame, is said here, so that a person sees what no typeface shows well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from lib.filings.record import Filing

_DIGITS: Final = str.maketrans("OoQDlI|iZzSsB", "0000" + "1111" + "22" + "55" + "8")
_LETTERS: Final = str.maketrans("01l|5", "OIIIS")
_NAMES: Final = {"|": "upright stroke"}
_ALPHABETS: Final = str.maketrans("АВЕКМНОРСТХаеорсхАΒΕΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXaeopcxABEIKMNOPTX")
"""Cyrillic and Greek letters that look like Latin ones."""
LEFT_EMPTY: Final = frozenset(
    {"form.unfit", "form.date", "text.unsettled", "xml.number", "xml.date", "xml.boolean", "dataset.value"}
)
"""Rules of findings that quote what a value left empty has in the document."""
_QUOTED: Final = re.compile("“([^”]+)”")


def as_meant(text: str, holds: Callable[[str], object | None]) -> str | None:
    """The text with look-alikes exchanged so that it holds a value; ``None`` where that does not help.

    ``holds`` gives ``None`` for text that holds no value.
    """
    ways = (
        unicodedata.normalize("NFKC", text).translate(_ALPHABETS),
        text.translate(_DIGITS),
        text.translate(_LETTERS),
    )
    return next(
        (way for way in ways if len(way) == len(text) and way != text and holds(way) is not None), None
    )


def exchanged(text: str, meant: str) -> str:
    """Which characters differ, in words: ``the letter O in place of the digit 0``."""
    pairs = dict.fromkeys((was, is_) for was, is_ in zip(text, meant, strict=True) if was != is_)
    return " and ".join(f"{_name(was)} in place of {_name(is_)}" for was, is_ in pairs)


def unread_text(filing: Filing, path: str) -> str | None:
    """What the document has at ``path`` where it could not be read: the text that the finding there quotes."""
    said = (unread_in(one.rule, one.message) for one in filing.findings if one.where == path)
    return next((text for text in said if text is not None), None)


def unread_in(rule: str, message: str) -> str | None:
    """The text that could not be read where a finding of this rule and message quotes it."""
    found = _QUOTED.search(message) if rule in LEFT_EMPTY else None
    return found[1] if found else None


def _name(character: str) -> str:
    if character in _NAMES:
        return f"the {_NAMES[character]} {character}"
    kind = "digit" if character.isdigit() else "letter" if character.isalpha() else "sign"
    if character.isascii():
        size = "small letter" if kind == "letter" and character.islower() else kind
        return f"the {size} {character}"
    return f"the {kind} {character} ({unicodedata.name(character, 'unnamed').lower()})"
