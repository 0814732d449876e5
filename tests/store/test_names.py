"""Names of dropped files, as they may be shown."""

from __future__ import annotations

import pytest

from lib.store.names import display_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("form4.xml", "form4.xml"),
        ("../../etc/form4.xml", "form4.xml"),
        (r"C:\filings\form4.xml", "form4.xml"),
        ("a\nb\x00.xml", "ab.xml"),
        ("gnp.\u202exml.exe", "gnp.xml.exe"),
        ("\u200b", "unnamed file"),
        ("", "unnamed file"),
    ],
)
def test_display_name(given: str, shown: str) -> None:
    """Folders, control and direction characters are dropped."""
    assert display_name(given) == shown


def test_long_names_keep_their_ending() -> None:
    """A name is cut in the middle."""
    shown = display_name("x" * 500 + "-2007.pdf")
    assert len(shown) == 120
    assert shown.endswith("-2007.pdf")
