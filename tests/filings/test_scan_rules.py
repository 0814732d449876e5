"""Rules on a picture of a page: long ones are found although no page is quite level."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2")
np = pytest.importorskip("numpy")

from lib.filings.readers.scan_picture import POINT  # noqa: E402 - only where the engine is installed
from lib.filings.readers.scan_rules import rules_of  # noqa: E402


def drawn(length: int, drift: int, thickness: int):
    """A white page with one rule that drifts so many pixels over its length."""
    page = np.full((400, 1700), 255, np.uint8)
    cv2.line(page, (60, 200), (60 + length, 200 + drift), 80, thickness)
    return cv2.GaussianBlur(page, (0, 0), 0.8)


@pytest.mark.parametrize(("length", "drift"), [(1500, 0), (1500, 4), (600, 1)])
def test_a_long_rule_may_drift_by_a_few_pixels(length: int, drift: int) -> None:
    """What is left of a page's turn spreads a long rule over more rows of pixels; it is one rule all the same."""
    (rule,) = rules_of(drawn(length, drift, 4)).horizontal
    assert rule.at == pytest.approx((200 + drift / 2) / POINT, abs=1.5)
    assert rule.end - rule.start == pytest.approx(length / POINT, abs=6)


def test_a_thick_bar_is_no_rule() -> None:
    """A bar much thicker than a rule is not taken for one, however long."""
    assert rules_of(drawn(1500, 0, 30)).horizontal == []


def underlined(remnant: int):
    """A line of letters, underlined; the last letter's tail ends beside the underline, which skips it and goes on."""
    page = np.full((400, 900), 255, np.uint8)
    for x in range(100, 200, 12):
        page[120:139, x : x + 3] = page[120:122, x : x + 9] = 70
    cv2.line(page, (212, 122), (206, 143), 70, 2)
    page[140:142, 100:200] = page[140:142, 218 : 218 + remnant] = 60
    return cv2.GaussianBlur(page, (0, 0), 0.6)


@pytest.mark.parametrize("remnant", [0, 5, 14])
def test_an_underline_is_taken_away_and_the_tail_it_skips_stays(remnant: int) -> None:
    """Else a y is read as a v, and what is left of the underline as a full stop."""
    page = underlined(remnant)
    rest = rules_of(page).rest
    assert (rest[140:145, 96:200] > 200).all()
    assert (rest[140:145, 216:240] > 200).all()
    assert (rest[120:144, 202:215] == page[120:144, 202:215]).all()
