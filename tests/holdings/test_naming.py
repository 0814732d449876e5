"""Names, titles and natures brought to one form, and owners who may be one."""

from __future__ import annotations

import pytest

from lib.holdings.identity import may_be
from lib.holdings.naming import company_key, nature_words, owner_words, security_words


@pytest.mark.parametrize(
    "title",
    [
        "Common",
        "COMMON STOCK",
        "Common Shares",
        "Common Stock, par value $.01",
        "Common Stock, $0.10 par value",
        "Common Stock, no par value",
        'Common Stock, par value $0.01 per share ("Common Stock")',
    ],
)
def test_common_stock_by_any_title(title: str) -> None:
    """Par value, plural, case and definitions do not make another security."""
    assert security_words(title) == "common stock"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Class A Common Stock", "Common Class A"),
        ("Restricted Stock Units (RSUs)", "Restricted Stock Unit"),
        ("Performance-Based Stock Units (PSUs)", "Performance-based Stock Units"),
        ("Stock Option (Right to Buy)", "Stock Options"),
        ("Class B common stock, par value $0.0001 per share", "CLASS B COMMON STOCK"),
    ],
)
def test_titles_that_are_one(one: str, other: str) -> None:
    """The same security, printed twice."""
    assert security_words(one) == security_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Class A Common Stock", "Class B Common Stock"),
        ("Earnout Rights (option)", "Earnout Rights (restricted stock units)"),
        ("Series A Preferred Stock", "Series A Warrant"),
        ("Common Stock", "Common Stock (ESPP)"),
        ("Incentive Stock Option", "Non Qualified Stock Option"),
    ],
)
def test_titles_that_are_two(one: str, other: str) -> None:
    """A word that may tell securities apart stays."""
    assert security_words(one) != security_words(other)


@pytest.mark.parametrize(
    "nature", ["By Spouse", "by wife", "Spouse", "Held by Spouse", "By spouse.", "By Husband"]
)
def test_by_spouse_by_any_words(nature: str) -> None:
    """Wife and husband are the spouse; case and full stops do not count."""
    assert nature_words(nature) == "spouse"


def test_natures() -> None:
    """Funds keep their names, plans are one, and what only points to a footnote says nothing."""
    assert nature_words("By LogiQ, Inc") == nature_words("By LogiQ, Inc.")
    assert nature_words("401(k) Plan") == nature_words("By 401(k)") == nature_words("401K")
    assert nature_words("By Wife's Trust") != nature_words("By Wife")
    assert nature_words("By Fund XI, LP") != nature_words("By Fund XII, LP")
    assert {
        nature_words(text) for text in ("See footnote", "See Footnotes (1) and (2)", "See Notes", "-")
    } == {""}


def test_companies() -> None:
    """A legal form or EDGAR's tag is no part of the name; a name of nothing else stays whole."""
    assert company_key("MKS INSTRUMENTS INC") == company_key("MKS Instruments, Inc.")
    assert company_key("Dime Community Bancshares, Inc. /NY/") == company_key("Dime Community Bancshares Inc")
    assert company_key("The Company") == "the co"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BERTUCCI JOHN R", "John R. Bertucci"),
        ("Ferguson Roger W. Jr.", "Roger W. Ferguson, Jr."),
        ("Dr. José Díaz", "DIAZ JOSE"),
        ("Peek Street Equatorial Trustee Ltd", "Peek Street Equatorial Trustee Limited"),
    ],
)
def test_spellings_of_one_owner(one: str, other: str) -> None:
    """Order, case, accents, honours and legal forms do not make another owner."""
    assert owner_words(one) == owner_words(other)


@pytest.mark.parametrize(
    ("one", "other", "guess"),
    [
        ("Frank Edward H.", "Edward Frank", True),
        ("Bertucci John R", "Bertucci John Robert", True),
        ("Bertucci John R", "Bertuci John R", True),
        ("Smith John Jr", "John Smith", True),
        ("Smith John Jr", "Smith John Sr", False),
        ("Smith Jane", "Smith Janet", False),
        ("Sequoia Capital Fund XI", "Sequoia Capital Fund XII", False),
        ("Kim Jo", "Lee Jo", False),
        ("Bertucci", "Bertucci John", False),
    ],
)
def test_guesses(one: str, other: str, guess: bool) -> None:
    """An initial, a generation or a slip may be one person; two generations, funds and other names may not."""
    assert may_be(one, other) is guess
    assert may_be(other, one) is guess
