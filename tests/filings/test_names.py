"""Names of dropped files, as they may be shown."""

from __future__ import annotations

import pytest

from lib.filings.names import display_name, display_path


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


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a.zip/2007/form4.xml", "a.zip/2007/form4.xml"),
        ("a.zip/../../form4.xml", "a.zip/form4.xml"),
        ("a.zip/C:\\x\\fo\u202erm4.xml", "a.zip/C:/x/form4.xml"),
        ("a.zip/1/2/3/4/5/form4.xml", "a.zip/…/form4.xml"),
        ("", "unnamed file"),
    ],
)
def test_display_path(given: str, shown: str) -> None:
    """A file in an archive is shown with its folders, each part cleaned, and none too many."""
    assert display_path(given) == shown
